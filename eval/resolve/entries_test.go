package resolve_test

import (
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/eval/session"
	"cnnl/internal/chunk"
	"cnnl/lang"
)

// TestEntries: an entry knows the names of those before it that stand, and no
// others; U takes the last back. A wrong one is told what is wrong with it.
func TestEntries(t *testing.T) {
	s, _ := session.New("prompt", eval.Options{Whole: true}, lang.Limits{})
	for _, test := range []struct{ entry, want string }{
		{"let k = 4", ""},
		{"input 8x8x4", ""},
		{"conv c $k 1x1", ""},
		{"tanh; add with c", ""},
		{"conv d = c", ""},
		{"U", ""},
		{"freeze d", "no layer called d"},
		{"conv d 4 1x1", ""},
		{"if k > 9 { conv e 4 1x1 }", ""},
		{"add with e", "line 6 gives that name, and did not run"},
		{"if k > 9 { add with e }", ""},
		{"conv e 4 1x1", ""},
		{"tanh; add with e", ""},
		{"for i in 1..2 { conv t $k 1x1 }", ""},
		{"tanh; add with t[1] t[2]", ""},
		{"for i in 1..2 { conv u $k 1x1; zork }", "no kind of layer called zork"},
		{"from u[1]", "no layer called u"},
		{"for i in 1..2 { conv u $k 1x1 }", ""},
		{"block b(n) { conv c $n 1x1; zork }", "no kind of layer called zork"},
		{"b 3", "no kind of layer called b"},
		{"block b(n) { conv c $n 1x1 }", ""},
		{"b b1 3", ""},
		{"U", ""},
		{"U", ""},
		{"from b1.c", "no layer called b1"},
		{"if k < 3 { let w = nobody }", "called nobody"},
		{"if k < 3 { let w = 5 }; let w = 6", ""},
		{"conv $w 1x1", ""},
		{"conv conv9 4 1x1; conv 4 1x1", ""},
		{"from conv9", ""},
	} {
		if test.entry == "U" {
			s.Undo()
			continue
		}
		a := s.Enter(test.entry)
		said := ""
		if len(a.Diags.List) > 0 {
			said = chunk.Text(a.Diags.List[0])
		}
		if a.OK != (test.want == "") || !strings.Contains(said, test.want) {
			t.Errorf("%s: %v, %s", test.entry, a.OK, said)
		}
	}
}
