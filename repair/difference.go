package repair

import (
	"unicode"
	"unicode/utf8"

	"cnnl/lang"
)

// difference gives the smallest edits by words that lead from one text to another.
func difference(from, to string) []lang.Edit {
	a, b := pieces(from), pieces(to)
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	at := length(a[:start])
	return edits(a[start:len(a)-end], b[start:len(b)-end], at)
}

// mostPieces bounds the table of a comparison; what is longer is replaced as a whole.
const mostPieces = 600

// edits compares what lies between the common ends.
func edits(a, b []string, at int) (list []lang.Edit) {
	if len(a) > mostPieces || len(b) > mostPieces {
		return []lang.Edit{{Span: lang.Span{Start: at, End: at + length(a)}, Text: joined(b)}}
	}
	common := commonPieces(a, b)
	i, j := 0, 0
	var e *lang.Edit
	for i < len(a) || j < len(b) {
		if i < len(a) && j < len(b) && a[i] == b[j] && common[i][j] == common[i+1][j+1]+weight(a[i]) {
			at += len(a[i])
			e, i, j = nil, i+1, j+1
			continue
		}
		if e == nil {
			list = append(list, lang.Edit{Span: lang.Span{Start: at, End: at}})
			e = &list[len(list)-1]
		}
		if j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1] {
			at += len(a[i])
			e.Span.End, i = at, i+1
		} else {
			e.Text, j = e.Text+b[j], j+1
		}
	}
	return list
}

// commonPieces is how much the rests of two lists have in common.
func commonPieces(a, b []string) [][]int {
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			common[i][j] = max(common[i+1][j], common[i][j+1])
			if a[i] == b[j] {
				common[i][j] = max(common[i][j], common[i+1][j+1]+weight(a[i]))
			}
		}
	}
	return common
}

// weight is how much it is worth that a piece stays: blanks and brackets alone hold
// nothing together.
func weight(piece string) int {
	if r, _ := utf8.DecodeRuneInString(piece); unicode.IsLetter(r) || unicode.IsDigit(r) {
		return 4
	}
	return 1
}

// pieces cuts a text into words, runs of blanks and single characters.
func pieces(text string) (list []string) {
	for len(text) > 0 {
		n := 1
		if _, size := utf8.DecodeRuneInString(text); size > 1 {
			n = size
		}
		if class := classOf(text); class != other {
			for n < len(text) && classOf(text[n:]) == class {
				_, size := utf8.DecodeRuneInString(text[n:])
				n += size
			}
		}
		list, text = append(list, text[:n]), text[n:]
	}
	return list
}

type class int

const (
	other class = iota
	wordly
	blank
)

func classOf(text string) class {
	switch r, _ := utf8.DecodeRuneInString(text); {
	case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
		return wordly
	case r == ' ' || r == '\t':
		return blank
	}
	return other
}

func length(pieces []string) (n int) {
	for _, p := range pieces {
		n += len(p)
	}
	return n
}

func joined(pieces []string) (text string) {
	for _, p := range pieces {
		text += p
	}
	return text
}
