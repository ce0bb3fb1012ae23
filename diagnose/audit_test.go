package diagnose

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"cnnl/eval/network"
)

func wholeTotal(net *network.Network) []Claim {
	return []Claim{{Target: "total.params", Node: network.None, End: int32(len(net.Nodes)), Property: "params"}}
}

// An audit is counted as every search is: what it may take is what a problem may.
func TestAuditIsBounded(t *testing.T) {
	var text strings.Builder
	text.WriteString("input 64x64 rgb\n")
	for i := range 60 {
		fmt.Fprintf(&text, "conv c%d %d 3x3 pad 1\n", i, 8+i%7)
	}
	net := networkOf(t, text.String())
	g, err := New(net, Options{Effort: Wide})
	if err != nil {
		t.Fatal(err)
	}
	if a := g.Audit(wholeTotal(net)); a.Ended {
		t.Errorf("it ends with %d steps left", g.left)
	}
	g.left = 3_000
	a := g.Audit(wholeTotal(net))
	if !a.Ended || a.Beliefs == 0 {
		t.Errorf("ended %v, of %d beliefs", a.Ended, a.Beliefs)
	}
	if g.left = 100; g.Weak(wholeTotal(net)) {
		t.Error("a key is weak whose mistakes were not looked through")
	}
}

// What the audits of the examples take is far from the bound, and all is looked at.
func TestAuditOfExamples(t *testing.T) {
	for file, unseen := range map[string]string{"homework/cmyk": "stride-ignored", "zoo/vgg16": "padding-assumed"} {
		text, err := os.ReadFile("../examples/" + file + ".cnnl")
		if err != nil {
			t.Fatal(err)
		}
		net := networkOf(t, string(text))
		g, err := New(net, Options{})
		if err != nil {
			t.Fatal(err)
		}
		a := g.Audit(wholeTotal(net))
		if a.Ended || !slices.ContainsFunc(a.Unseen, func(b Blurred) bool { return slices.Contains(b.IDs, unseen) }) {
			t.Errorf("%s: ended %v, unseen %v", file, a.Ended, a.Unseen)
		}
	}
}
