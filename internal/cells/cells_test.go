package cells

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// all reads a whole table: rows parted by |, cells by /.
func all(text string) string {
	var b strings.Builder
	for t := NewReader(strings.NewReader(text)); ; {
		row, line, err := t.Row()
		if err == io.EOF {
			return b.String()
		} else if err != nil {
			return b.String() + "! " + err.Error()
		}
		fmt.Fprintf(&b, "%d", line)
		for _, c := range row {
			b.WriteString("/" + c.Text)
		}
		b.WriteString("|")
	}
}

// TestRows: what spreadsheets write, and what they do not.
func TestRows(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"a,b\n1,2\n", "1/a/b|2/1/2|"},
		{"a,b\r\n1,2", "1/a/b|2/1/2|"},
		{"a,b\r1,2\r", "1/a/b|2/1/2|"},
		{"a;b\n1,5;2\n", "1/a/b|2/1,5/2|"},
		{"\"a,b\";c\n1;2\n", "1/a,b/c|2/1/2|"},
		{"\uFEFFa\tb\n1\t2\n", "1/a/b|2/1/2|"},
		{"a,b\n\n1,\n", "1/a/b|2/|3/1/|"},
		{"a\n\"1\n2\"\n3\n", "1/a|2/1\n2|4/3|"},
		{"a,b\n\"say \"\"x\"\"\" ,5\" kernel\n", "1/a/b|2/say \"x\"/5\" kernel|"},
		{"a,b\n1,\"two\n3,four\n", "1/a/b|! line 2: a quote is not closed; a quote inside quotes is written twice"},
		{"a,b\n1,\"two\n3,\"four\"\n", "1/a/b|! line 2: a quote is not closed; a quote inside quotes is written twice"},
		{"a,b\n\"x\"y,2\n", "1/a/b|! line 2: a quote is not closed; a quote inside quotes is written twice"},
		{"a,b\n1,\xe9t\xe9\n", "1/a/b|2/1/été|"},
		{"\xff\xfea\x00,\x00b\x00\n\x001\x00,\x00\xe9\x00", "1/a/b|2/1/é|"},
		{"a\n" + strings.Repeat("x", MostRow+1), "1/a|! line 2: its row is longer than 8 MiB; perhaps a quote is not closed"},
	} {
		if got := all(test.text); got != test.want {
			t.Errorf("%.40q: got %q, want %q", test.text, got, test.want)
		}
	}
}

// FuzzRows: whatever is read, the places of cells lead to what they say, and
// nothing but what parts them lies between.
func FuzzRows(f *testing.F) {
	f.Add("a,\"b\"\"c\"\r\n\n1;2")
	f.Add("\"x\ny\"\tz")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")
		at := int64(0)
		for r := NewReader(strings.NewReader(text)); ; {
			row, _, err := r.Row()
			if err != nil {
				return
			}
			for _, c := range row {
				if between := text[at:c.From]; strings.Trim(between, ",;\t\r\n\uFEFF") != "" {
					t.Fatalf("%q was passed over", between)
				}
				raw := text[c.From:c.To]
				if strings.HasPrefix(raw, `"`) {
					raw = strings.TrimRight(raw, " ")
					raw = strings.ReplaceAll(raw[1:len(raw)-1], `""`, `"`)
				}
				if raw != c.Text {
					t.Fatalf("%q is said to be %q", text[c.From:c.To], c.Text)
				}
				at = c.To
			}
		}
	})
}
