package repl

import (
	"io"
	"testing"
)

// chunks gives its pieces one by one, as a terminal does.
type chunks struct{ pieces []string }

func (c *chunks) Read(p []byte) (int, error) {
	if len(c.pieces) == 0 {
		return 0, io.EOF
	}
	n := copy(p, c.pieces[0])
	c.pieces = c.pieces[1:]
	return n, nil
}

func (c *chunks) Close() error { return nil }

// TestPastedTabs: only a tab that was pressed is a tab.
func TestPastedTabs(t *testing.T) {
	for _, test := range []struct {
		pieces []string
		want   string
	}{
		{[]string{"c", "o", "\t", "v"}, "co\tv"},
		{[]string{"con\t"}, "con\t"},
		{[]string{"input\t8x8x3\rrelu\t# activation\r"}, "input 8x8x3\rrelu # activation\r"},
		{[]string{"conv 3 \t\t\rrelu\r"}, "conv 3   \rrelu\r"},
		{[]string{"\x1b[200~conv\t", "3\t\x1b[201~", "\t"}, "conv 3 \t"},
		{[]string{"\x1b[20", "0~a\t\x1b[2", "01~\t"}, "a \t"},
		{[]string{"\x1b[A", "\x1b", "\x1b[2~"}, "\x1b[A\x1b\x1b[2~"},
		{[]string{"\x1b[20"}, "\x1b[20"},
	} {
		k := &keys{in: &chunks{test.pieces}}
		got, err := io.ReadAll(k)
		if string(got) != test.want || err != nil || !k.ended {
			t.Errorf("%q: got %q, %v", test.pieces, got, err)
		}
	}
}
