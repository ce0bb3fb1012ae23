package diagnose

import (
	"os"
	"slices"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

func testNetworks(t *testing.T) (list []*network.Network) {
	t.Helper()
	text, err := os.ReadFile("testdata/networks.cnnl")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range strings.Split(string(text), "---\n") {
		parsed, _ := new(lang.Parser).Parse(lang.NewSource("key", script), lang.Limits{})
		list = append(list, eval.Evaluate(parsed, eval.Options{}).Network)
	}
	return list
}

// table is what somebody would state who counts as a world does: each layer that
// learns or has another size, and the total.
func (w *world) table() (claims []Claim) {
	net := w.engine.net
	for i := range net.Nodes {
		c := Claim{Target: net.Path(int32(i)) + ".params", Node: int32(i), Property: "params"}
		if v, _ := w.of(w.rows[i], int32(i), "params"); v > 0 || net.Nodes[i].Params() > 0 {
			c.Value = value.Whole(v)
			claims = append(claims, c)
		}
		if c.Property, c.Target = "out", net.Path(int32(i))+".out"; w.rows[i].made.Rank() > 1 && !net.Nodes[i].Kind.Light {
			c.Value = value.OfShape(w.rows[i].made)
			claims = append(claims, c)
		}
	}
	total, _ := w.all("params")
	costs, _ := w.all("macs")
	activations, _ := w.all("activations")
	whole := Claim{Node: network.None, End: int32(len(net.Nodes))}
	for _, c := range []struct {
		property string
		n        int64
	}{{"params", total}, {"macs", costs}, {"activations", activations}} {
		whole.Target, whole.Property, whole.Value = "total."+c.property, c.property, value.Whole(c.n)
		claims = append(claims, whole)
	}
	return claims
}

// TestFoundAgain: every misconception of the library, held on every network, is found
// again from the numbers of its table; and what is shown instead of it is something
// else as good as never.
func TestFoundAgain(t *testing.T) {
	all, found, shown, wrong := 0, 0, 0, 0
	for _, net := range testNetworks(t) {
		g, err := New(net, Options{Effort: Wide})
		if err != nil {
			t.Fatal(err)
		}
		b := new(bench)
		for k, c := range g.changes {
			if k%again != 0 || c.entry.ID == "field-without-strides" {
				continue
			}
			w, ok := g.world(b, g.truth, []*change{c}, nil)
			if !ok || c.entry.Beside {
				continue
			}
			all++
			r := g.diagnose(w.table())
			switch {
			case slices.ContainsFunc(r.Diagnoses, func(d *Diagnosis) bool { return d.is(c.entry) }):
				found++
			default:
				t.Logf("not found: %s in %s", c.entry.ID, net.Path(c.rows[0]))
			}
			for _, d := range r.Diagnoses {
				if d.Shown && d.is(c.entry) {
					shown++
					break
				}
				if d.Shown {
					wrong++
					t.Logf("%v is shown for %s in %s", d.IDs, c.entry.ID, net.Path(c.rows[0]))
					break
				}
			}
		}
	}
	t.Logf("%d changes, %d found, %d shown, something else shown %d", all, found, shown, wrong)
}

// again is of how many changes one is tried.
const again = 23

func (d *Diagnosis) is(e *Entry) bool {
	return slices.Contains(d.IDs, e.ID) || slices.Contains(d.Also, e.ID)
}
