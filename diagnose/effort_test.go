package diagnose

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/lang"
)

func networkOf(t testing.TB, text string) *network.Network {
	t.Helper()
	parsed, diags := lang.Parse(lang.NewSource("test", text), lang.Limits{})
	v := eval.Evaluate(parsed, eval.Options{})
	if diags.Merge(v.Diags); diags.Failed() {
		t.Fatal(diags.List)
	}
	return v.Network
}

// Preparing is counted in layers asked: the times are 50 ms, 300 ms and 1 s,
// and a layer takes one or two microseconds.
func TestPreparing(t *testing.T) {
	for file, most := range map[string]int{"homework/cmyk": 2_000, "zoo/vgg16": 20_000, "zoo/densenet161": 120_000} {
		text, err := os.ReadFile("../examples/" + file + ".cnnl")
		if err != nil {
			t.Fatal(err)
		}
		g, err := New(networkOf(t, string(text)), Options{})
		if err != nil {
			t.Fatal(file, err)
		}
		b := new(bench)
		g.changes, g.hidden = nil, nil
		if !g.placeAll(b) || b.spent > most {
			t.Errorf("%s: %d layers are asked, not at most %d", file, b.spent, most)
		}
	}
}

// What is too much is told, and nothing of it is shown.
func TestBudget(t *testing.T) {
	deep := networkOf(t, "input 8\nrepeat 2000 { dense 8 }\n")
	if _, err := New(deep, Options{}); !errors.Is(err, ErrLarge) {
		t.Errorf("2,000 layers, in a moment: %v", err)
	}
	var text strings.Builder
	text.WriteString("input 32x32 rgb\n")
	for i := range 100 {
		fmt.Fprintf(&text, "conv c%d %d 3x3 pad 1\n", i, 8+i%7)
	}
	net := networkOf(t, text.String())
	g, err := New(net, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var claims []string
	for i := range 41 {
		claims = append(claims, fmt.Sprintf("c%d.params=%d", i, 1000+37*i*i+i))
	}
	p := g.problem(nil)
	if p.bench.most != g.left || g.left > limits[Moment].problem {
		t.Errorf("a problem may take %d of %d", p.bench.most, g.left)
	}
	v, _ := lang.Parse(lang.NewSource("test", text.String()), lang.Limits{})
	r, diags := g.Ask(NewReader(eval.Evaluate(v, eval.Options{}), lang.Limits{}), claims)
	if !r.Ended || r.Shown || len(r.Diagnoses) > 0 || len(r.Claims) != 41 || len(diags.List) != 1 || diags.List[0].Code != lang.Limit {
		t.Errorf("41 wrong numbers: ended %v, shown %v, %d explanations, %v", r.Ended, r.Shown, len(r.Diagnoses), diags.List)
	}
}

// published are the claims of the published answer to the homework.
const published = `expect c1.params == (3*3*1+1)*20 == 200
expect c2.params == (3*3*20+1)*20 == 3620
expect c3.params == (3*3*20+1)*40 == 7240
expect c4.params == (3*3*20+1)*40 == 7240
expect c5.params == (3*3*20+1)*80 == 14480
expect c1.out == 120x120x20
expect c2.out == 120x120x20
expect c3.out == 60x60x40
expect c5.out == 30x30x80
expect total.params == 32780
`

// The published answer as claims of a script is explained in a moment: the aim is
// 100 ms, and a layer takes one or two microseconds.
func TestPublished(t *testing.T) {
	text, err := os.ReadFile("../examples/homework/cmyk.cnnl")
	if err != nil {
		t.Fatal(err)
	}
	parsed, _ := lang.Parse(lang.NewSource("test", string(text)+published), lang.Limits{})
	v := eval.Evaluate(parsed, eval.Options{})
	g, err := New(v.Network, Options{})
	if err != nil {
		t.Fatal(err)
	}
	claims, _ := about(v.Network, v.Refuted())
	p := g.problem(claims)
	if stories := p.search(); len(claims) != 9 || len(stories) < 5 || p.bench.spent > 70_000 {
		t.Errorf("%d claims have %d stories, and %d layers are asked", len(claims), len(stories), p.bench.spent)
	}
	Help(v, parsed, &v.Diags)
	helped := 0
	for _, d := range v.Diags.List {
		if d.Hint != "" {
			helped++
		}
	}
	if helped < 8 {
		t.Errorf("%d claims are explained, of 9", helped)
	}
}
