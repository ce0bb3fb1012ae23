package eval_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/reading"
	"cnnl/lang"
)

// under is the network of one layer, under an assume or none; nil: there is
// something wrong with it.
func under(k *layer.Kind, assume, statement string) *network.Network {
	input := "input 12x12x6\n"
	switch {
	case k.Tokens:
		input = "input 12 tokens\n"
	case k.Takes == layer.Range{Min: 1, Max: 1}:
		input = "input 12x6 sequence\n"
	}
	if assume != "" {
		assume = "assume " + k.Name + " " + assume + "\n"
	}
	net, diags := run(lang.NewSource(k.Name, "let yes = true\nlet none = false\nlet two = 2\n"+assume+input+statement+"\n"), eval.Options{})
	if diags.Failed() {
		return nil
	}
	return net
}

// bare is an example of a kind without its options.
func bare(k *layer.Kind) string {
	words := []string{}
	for _, w := range strings.Fields(k.Example[strings.LastIndex(k.Example, ";")+1:]) {
		if k.Find(w) >= 0 {
			break
		}
		words = append(words, w)
	}
	return strings.Join(words, " ")
}

// sayings are ways to state an option, and that it is off, where it can be. Values
// behind $ only a run can tell.
func sayings(p *layer.Param) (list []string) {
	switch {
	case p.Type == layer.Flag:
		return []string{p.Name, "no " + p.Name, p.Name + " $yes", p.Name + " $none"}
	case len(p.Words) > 0:
		for _, w := range p.Words {
			list = append(list, p.Name+" "+w)
		}
	case p.Type == layer.Extent:
		list = []string{p.Name + " 3x3"}
	case p.Type == layer.Rate, p.Type == layer.Slope:
		list = []string{p.Name + " 0.25"}
	default:
		list = []string{p.Name + " 1", p.Name + " 2", p.Name + " $two"}
	}
	if p.CanBeLeft() || p.Off {
		list = append(list, "no "+p.Name)
	}
	return list
}

// decides reports whether what is said of option i leaves no question of option j.
func decides(k *layer.Kind, i, j int, said string) bool {
	p, q := &k.Params[i], &k.Params[j]
	return i == j || p.Group != "" && p.Group == q.Group || p.Alone && !strings.HasPrefix(said, "no ")
}

// TestStatedBeatsAssumed: what a layer states of an option gives the same
// numbers under any assume of it, or of one that it excludes, and no reading
// calls it unstated.
func TestStatedBeatsAssumed(t *testing.T) {
	held := map[string]int{}
	for _, k := range layer.All {
		for i := range k.Params {
			if k.Source || k.Params[i].Value {
				continue
			}
			for _, said := range sayings(&k.Params[i]) {
				statement := bare(k) + " " + said
				if k.Params[i].Alone || k.Params[i].Instead {
					statement = k.Name + " " + said
				}
				want := under(k, "", statement)
				if want == nil {
					continue
				}
				if unsaid := want.Assumed(&want.Nodes[len(want.Nodes)-1]); slices.ContainsFunc(unsaid, func(name string) bool { return decides(k, i, k.Find(name), said) }) {
					t.Errorf("%s: %v is called unstated", statement, unsaid)
				}
				for j := range k.Params {
					if q := &k.Params[j]; !q.Value && !q.Alone && !q.Instead && decides(k, i, j, said) {
						held[k.Name+" "+k.Params[i].Name] += holds(t, k, statement, q, want)
					}
				}
			}
		}
	}
	for _, k := range layer.All {
		for i := range k.Params {
			if p := &k.Params[i]; !k.Source && p.Group != "" && held[k.Name+" "+p.Name] < 4 {
				t.Errorf("%s %s was held to %d assumes only", k.Name, p.Name, held[k.Name+" "+p.Name])
			}
		}
	}
}

// holds sets a statement under every assume of an option.
func holds(t *testing.T, k *layer.Kind, statement string, q *layer.Param, want *network.Network) (n int) {
	for _, assumed := range sayings(q) {
		got := under(k, assumed, statement)
		if got == nil {
			t.Errorf("assume %s %s: %s fails", k.Name, assumed, statement)
			continue
		}
		if a, b := numbers(got), numbers(want); a != b {
			t.Errorf("assume %s %s: %s gives %s, without the assume %s", k.Name, assumed, statement, a, b)
		}
		n++
	}
	return n
}

// numbers are those that a network is asked for.
func numbers(n *network.Network) string {
	t := n.Totals
	return fmt.Sprint(n.Nodes[len(n.Nodes)-1].Out, t.Params(), t.PerUse, t.Macs, t.Stats, t.Activations, t.Field.Sizes())
}

// TestAssumedInLibrary: an assume answers what the blocks of the standard library
// leave open.
func TestAssumedInLibrary(t *testing.T) {
	files, _ := filepath.Glob("../examples/zoo/*.cnnl")
	answered := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "use ") {
			continue
		}
		src := lang.NewSource(file, string(text))
		plain, _ := run(src, eval.Options{})
		for i := range plain.Nodes {
			r := &plain.Nodes[i]
			for _, option := range plain.Assumed(r) {
				p := r.Kind.Params[r.Kind.Find(option)]
				assume := r.Kind.Name + " no " + option
				if p.Type != layer.Flag {
					assume = r.Kind.Name + " " + option + " " + p.DefaultText()
				}
				net, _ := run(src, eval.Options{Reading: reading.Assuming(assume, "--assume")})
				if again := net.Assumed(&net.Nodes[i]); slices.Contains(again, option) {
					t.Errorf("%s: under assume %s the %s of %s is called unstated", file, assume, option, net.Path(int32(i)))
				}
				answered++
			}
		}
	}
	if answered == 0 {
		t.Error("no library leaves anything open")
	}
}

// TestOrderOfRanges: behind with a range that has the current tensor among its own
// gives the tensors in the order written; otherwise the current one comes first.
func TestOrderOfRanges(t *testing.T) {
	const layers = "input 8x8x3\nfor i in 1..4 { from input; conv n $i 1x1 }\n"
	for merge, want := range map[string][]int32{
		"concat with n[1..4]":             {1, 2, 3, 4},
		"concat with n[3..4] n[1..2]":     {3, 4, 1, 2},
		"concat with n[1..3]":             {4, 1, 2, 3},
		"from n[2]; concat with n[1..4]":  {1, 2, 3, 4},
		"concat with n[4]":                {4, 4},
		"concat with n[4..4]":             {4, 4},
		"concat with n[1] n[2] n[3] n[4]": {4, 1, 2, 3, 4},
		"from input; concat with n[1..4]": {0, 1, 2, 3, 4},
		"attention with n[4..4]":          {4, 4},
	} {
		net, _ := run(lang.NewSource("t", layers+merge), eval.Options{})
		if got := net.Nodes[len(net.Nodes)-1].From; !slices.Equal(got, want) {
			t.Errorf("%s takes %v, want %v", merge, got, want)
		}
	}
}
