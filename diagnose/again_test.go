package diagnose

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
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

// exampleNetworks are those of the examples that are small enough for a table.
func exampleNetworks(t *testing.T) (list []*network.Network) {
	t.Helper()
	files, _ := filepath.Glob("../examples/*/*.cnnl")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		parsed, _ := new(lang.Parser).Parse(lang.NewSource(file, string(text)), lang.Limits{})
		if net := eval.Evaluate(parsed, eval.Options{}).Network; net != nil && !net.Failed && len(net.Nodes) > 0 && net.Good == len(net.Nodes) && len(net.Nodes) <= mostRows {
			list = append(list, net)
		}
	}
	if len(list) < 20 {
		t.Errorf("only %d examples are tried", len(list))
	}
	return list
}

// mostRows is how many layers a table has at most: what is claimed of more takes
// seconds for each mistake.
const mostRows = 24

// table is what somebody would state who counts as a world does: each layer that
// learns or has another size, and the total.
func (w *world) table() (claims []Claim) {
	net := w.engine.net
	for i := range net.Nodes {
		c := Claim{Target: net.Path(int32(i)) + ".params", Node: int32(i), Property: "params"}
		if net.Nodes[i].Owner != network.None {
			c.Target, c.Property = net.Path(int32(i))+".per_use", "per_use"
		}
		if v, _ := w.of(w.rows[i], int32(i), c.Property); v > 0 || net.Nodes[i].PerUse > 0 {
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

// lost are the misconceptions that are not found again, each with its reason.
var lost = map[string]string{
	"field-without-strides": "a table states no receptive field",
}

// TestFoundAgain: a misconception of the library, held on a network, is found again from
// the numbers of its table; and what is shown instead of it is its own like as good as
// never. Of each network some changes are tried, others in the next; AGAIN=1 tries all of
// them, which takes half an hour and a -timeout to match.
func TestFoundAgain(t *testing.T) {
	step := again
	if n, err := strconv.Atoi(os.Getenv("AGAIN")); err == nil && n > 0 {
		step = n
	} else if testing.Short() {
		step *= 4
	}
	all, unseen, found, shown, twins, wrong := 0, 0, 0, 0, 0, 0
	for n, net := range slices.Concat(testNetworks(t), exampleNetworks(t)) {
		g, err := New(net, Options{Effort: Wide})
		if err != nil {
			t.Fatal(err)
		}
		b := new(bench)
		for k := n % step; k < len(g.changes); k += step {
			c := g.changes[k]
			w, ok := g.world(b, g.truth, []*change{c}, nil)
			if !ok || c.entry.Beside || lost[c.entry.ID] != "" {
				continue
			}
			r := g.diagnose(w.table())
			if !slices.ContainsFunc(r.Claims, func(j Judged) bool { return !j.Right }) {
				unseen++ // only a receptive field changes
				continue
			}
			all++
			if !slices.ContainsFunc(r.Diagnoses, func(d *Diagnosis) bool { return d.is(c.entry) }) {
				t.Errorf("not found: %s in %s of network %d", c.entry.ID, net.Path(c.rows[0]), n)
				continue
			}
			found++
			first := slices.IndexFunc(r.Diagnoses, func(d *Diagnosis) bool { return d.Shown })
			switch {
			case first < 0:
			case r.Diagnoses[first].is(c.entry):
				shown++
			case slices.ContainsFunc(g.changes, func(o *change) bool { return r.Diagnoses[first].is(o.entry) && o.alike(c) }):
				twins++
			case !slices.ContainsFunc(r.Diagnoses[first].Catalogue, func(m string) bool { return slices.Contains(c.entry.Catalogue, m) }):
				wrong++
				t.Logf("%v is shown for %s in %s of network %d", r.Diagnoses[first].IDs, c.entry.ID, net.Path(c.rows[0]), n)
			}
		}
	}
	t.Logf("%d changes are in no number of a table; of %d others %d found, %d shown, %d times another of the same numbers, something else %d times", unseen, all, found, shown, twins, wrong)
	if wrong*100 > all {
		t.Errorf("something else is shown %d times", wrong)
	}
}

// again is of how many changes one is tried.
const again = 61

// alike reports changes, of whatever entries, that give the same numbers: one input
// channel and one filter where a layer has as many of both.
func (c *change) alike(d *change) bool {
	return c.totals == d.totals && slices.Equal(c.touched, d.touched) && slices.EqualFunc(c.values, d.values, func(a, b *counted) bool {
		return a.weights == b.weights && a.biases == b.biases && a.macs == b.macs && a.out == b.out
	})
}

func (d *Diagnosis) is(e *Entry) bool {
	return slices.Contains(d.IDs, e.ID) || slices.Contains(d.Also, e.ID)
}
