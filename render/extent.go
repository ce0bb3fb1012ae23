package render

import (
	"cmp"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"cnnl/internal/jsonline"
	"cnnl/lang"
)

// An Extent bounds what a view shows of a network, however long that is. The
// zero value is what people get who ask for nothing else; Whole is all.
type Extent struct {
	Rows    int // layers in each list; 0: 10,000
	Bytes   int // of text, after which no further row begins; 0: 16 MiB
	Letters int // of what stands in one cell of a table, or one sentence; 0: 1,000
}

// Whole is the extent that cuts nothing.
func Whole() Extent { return Extent{math.MaxInt, math.MaxInt, math.MaxInt} }

// complete fills in what was not said.
func (e Extent) complete() Extent {
	return Extent{cmp.Or(e.Rows, 10_000), cmp.Or(e.Bytes, 16<<20), cmp.Or(e.Letters, 1_000)}
}

// leftOut says that a view is cut, and what shows the rest.
func leftOut(n int, what string) string {
	if n == 1 {
		return "1 more " + what + "; --all-rows shows it"
	}
	return lang.Group(int64(n)) + " more " + what + "s; --all-rows shows them"
}

// A meter writes a view, and knows when the view has got as long as it may.
type meter struct {
	Extent // with the bytes that are left
	w      io.Writer
}

func (e Extent) meter(w io.Writer) *meter { return &meter{e.complete(), w} }

func (m *meter) Write(p []byte) (int, error) {
	m.Bytes -= len(p)
	return m.w.Write(p)
}

// full reports that no further row may begin behind so many.
func (m *meter) full(rows int) bool { return rows >= m.Rows || m.Bytes <= 0 }

// cut is the beginning of a text that is too long, and how long it is. What is cut
// counts as written: it took as long to put together.
func (m *meter) cut(text string) string {
	if len(text) <= m.Letters {
		return text
	}
	letters, end := 0, len(text)
	for i := range text {
		if letters == m.Letters {
			end = i
		}
		letters++
	}
	if end == len(text) {
		return text
	}
	m.Bytes -= len(text) - end
	return text[:end] + "… (" + lang.Group(int64(utf8.RuneCountInString(text))) + " letters)"
}

// names is how many names a list of what a layer takes has.
func (m *meter) names() int { return max(m.Letters/10, 2) }

// listed are words in a row, behind which more are left out.
func listed(words []string, more int) string {
	text := strings.Join(words, ", ")
	if more > 0 {
		text += " and " + lang.Group(int64(more)) + " more"
	}
	return text
}

// An extract is a document for machines as far as its extent goes. What is left out
// of each of its lists it counts.
type extract struct {
	*meter
	left jsonline.Object
}

// list is one of the document, whose key and length are told where it is cut.
func (x *extract) list(key string, count func() int, rows jsonline.List) jsonline.List {
	return func(yield func(any) bool) {
		n := 0
		for row := range rows {
			if x.full(n) {
				x.left.Add(key, int64(count()-n))
				return
			}
			n++
			if !yield(row) {
				return
			}
		}
	}
}

// some are the first names of a list, the rest being counted.
func (x *extract) some(key string, names []string) []string {
	most, letters := min(len(names), x.Rows), 0
	for i, name := range names[:most] {
		if letters += len(name); letters > x.Bytes {
			most = i
			break
		}
	}
	if more := len(names) - most; more > 0 {
		x.left.Add(key, int64(more))
	}
	return names[:most]
}

// leftOut is what has been left out, by the key of its list, or null.
func (x *extract) leftOut() jsonline.Later { return func() jsonline.Object { return x.left } }
