package network_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cnnl/eval"
	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/examples/zoo"
	"cnnl/internal/gen"
	"cnnl/lang"
)

// TestCalculations: in every model and in random scripts a measure's calculation
// gives the number of its node, and the numbers of nodes add up to the totals.
func TestCalculations(t *testing.T) {
	for _, name := range zoo.Names() {
		text, _ := zoo.Text(name)
		if wrong := miscounted(t, text); wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		if wrong := miscounted(t, gen.Script(r)); wrong != "" {
			r.Fatal(wrong)
		}
	})
}

// miscounted names a measure whose numbers do not agree, or is empty.
func miscounted(t *testing.T, text string) string {
	t.Helper()
	file, _ := lang.Parse(lang.NewSource("counted", text), lang.Limits{})
	net, _ := eval.Run(file, eval.Options{})
	sheet := new(calc.Sheet)
	sums := make([]int64, len(network.Measures))
	for i := range net.Nodes[:net.Good] {
		r := &net.Nodes[i]
		sheet.Reset()
		call := net.CallOf(r)
		call.Sheet = sheet
		call.Run()
		for j := range network.Measures {
			m := &network.Measures[j]
			sums[j] += m.OfNode(r)
			e := m.Calculation(call, r)
			if m.Calculated() && e.Value() != m.OfNode(r) {
				return net.Path(int32(i)) + "." + m.Name + " is calculated as " + e.String()
			}
		}
	}
	for j := range network.Measures {
		if m := &network.Measures[j]; m.OfTotals(&net.Totals) != sums[j] {
			return "the total of " + m.Name
		}
	}
	return ""
}

// TestTellsEveryMeasure: what a measure is called, and what it is told beside, is
// there.
func TestTellsEveryMeasure(t *testing.T) {
	for _, m := range network.InOrder("macs", "biases") {
		switch {
		case m.Name == "" || m.Title == "" || m.Doc == "":
			t.Errorf("%q lacks a name, a title or what it is", m.Name)
		case m.Beside != "" && network.Measured(m.Beside) == nil:
			t.Errorf("%s is told beside %s, which is no measure", m.Name, m.Beside)
		case network.Measured(m.Name) != m:
			t.Errorf("there are two measures %s", m.Name)
		}
	}
}

// TestOwnStats: statistics are those of the layer that owns them.
func TestOwnStats(t *testing.T) {
	file, _ := lang.Parse(lang.NewSource("shared", "input 8x8x3\nbatchnorm a\nbatchnorm b = a\nbatchnorm c\n"), lang.Limits{})
	net, _ := eval.Run(file, eval.Options{})
	for i, want := range []bool{false, true, false, true} {
		call := net.Call(i)
		call.Sheet = new(calc.Sheet)
		call.Run()
		if e := network.Measured("stats").Calculation(call, &net.Nodes[i]); e.Present() != want {
			t.Errorf("%s has statistics: %v", net.Nodes[i].Name, e.Present())
		}
	}
}

// TestRulesOfKinds: a kind's rules are those of its output, and of each count that is
// no part of another.
func TestRulesOfKinds(t *testing.T) {
	for name, want := range map[string]string{
		"conv":      "output height, output width, output channels, parameters, multiply-accumulates",
		"batchnorm": "output height, output width, output channels, parameters, running statistics",
		"lstm":      "output channels, parameters, multiply-accumulates, activations inside",
	} {
		var rules []string
		for _, r := range network.Rules(layer.Find(name)) {
			rules = append(rules, r.What)
			if r.In != layer.Find(name).Sample().In {
				t.Errorf("%s: %s is of %s", name, r.What, r.In)
			}
		}
		if got := strings.Join(rules, ", "); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
