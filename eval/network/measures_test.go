package network_test

import (
	"testing"

	"pgregory.net/rapid"

	"cnnl/eval"
	"cnnl/eval/calc"
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
