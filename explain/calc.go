package explain

import (
	"strings"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// A Calc is one number and how it came about.
type Calc struct {
	What string   // output, parameters, biases, running statistics, ...
	Axes []string // of outputs and fields: the axes that this is the size of
	Expr calc.Expr
	// Before stands before the calculation: 0 new: uses c3's.
	Before string
	Said   string   // behind it, or in place of one where Expr is absent
	Of     []string // the layers that a sum is over
	Value  int64
}

// What calculations are about, beside measures, which are called by their titles.
const (
	Output = "output"
	Field  = "receptive field"
)

// The measures that can be another layer's, and say so.
var (
	parameters = network.Measured("params")
	weights    = network.Measured("weights")
	biases     = network.Measured("biases")
)

// of makes a calculation of an expression.
func of(what string, e calc.Expr) Calc { return Calc{What: what, Expr: e, Value: e.Value()} }

// Alone reports a number that is one term, so that there is nothing to
// calculate.
func (c *Calc) Alone() bool { return c.Expr.Present() && c.Expr.Alone() }

// Terms names what the calculation is made of, each once: "kernel 3x3, 4
// input channels, 1 bias, 20 filters".
func (c *Calc) Terms() string {
	if len(c.Of) > 0 {
		return ""
	}
	terms := c.Expr.Terms()
	told, several := map[calc.Term]bool{}, joined(terms)
	var words []string
	for i, t := range terms {
		key := calc.Term{Name: t.Name, Measure: t.Measure}
		if !t.Measure { // of a size the sides are named together
			key.Value = t.Value
		}
		switch {
		case told[key]:
			continue
		case !t.Measure:
			words = append(words, layer.Counted(t.Value, t.Name))
		case several[along{t.Name, t.Axis}]:
			words = append(words, t.Title()+" "+strings.Join(valuesAlong(terms[i:], t), " and "))
		default:
			words = append(words, t.Name+" "+sides(terms[i:], t.Name))
		}
		told[key] = true
	}
	return strings.Join(words, ", ")
}

// along is a size along one of its axes.
type along struct{ name, axis string }

// joined are the sizes that come up with several values along the same axis: of
// tensors that are joined.
func joined(terms []calc.Term) map[along]bool {
	several, first := map[along]bool{}, map[along]int64{}
	for _, t := range terms {
		k := along{t.Name, t.Axis}
		if before, known := first[k]; t.Axis != "" && known && before != t.Value {
			several[k] = true
		}
		first[k] = t.Value
	}
	return several
}

// valuesAlong lists the values of a size along its axis.
func valuesAlong(terms []calc.Term, t calc.Term) (values []string) {
	for _, u := range terms {
		if u.Name == t.Name && u.Axis == t.Axis {
			values = append(values, lang.Group(u.Value))
		}
	}
	return values
}

// sides joins the values of a size: 3x3. Along one axis it counts once.
func sides(terms []calc.Term, name string) string {
	var values []string
	axes := map[string]bool{}
	for _, t := range terms {
		if t.Name != name || !t.Measure || t.Axis != "" && axes[t.Axis] {
			continue
		}
		axes[t.Axis] = true
		values = append(values, lang.Group(t.Value))
	}
	return strings.Join(values, "x")
}

// asTheInput is said of an axis that is the input's.
const asTheInput = "as the input"

// sizes calculates the sides of the output. Axes that are calculated alike
// stand together; of an output that is the input there is one.
func sizes(call *layer.Call) (list []Calc) {
	axes := call.Axes()
	names := call.Out.AxisNames()
	asInput := call.Out == call.In
	for i, e := range axes {
		kept := isKept(e, names[i])
		asInput = asInput && kept
		if last := len(list) - 1; i > 0 && i < len(axes)-1 && list[last].Value == e.Value() && (kept && list[last].Said == asTheInput || list[last].Expr.Present() && list[last].Expr.String() == e.String()) {
			list[last].Axes = append(list[last].Axes, names[i])
			continue
		}
		c := of(Output, e)
		if len(axes) > 1 {
			c.Axes = []string{names[i]}
		}
		if t, _ := e.Term(); isInput(e) {
			c = Calc{What: Output, Axes: c.Axes, Said: asTheInput, Value: e.Value()}
			switch {
			case len(axes) == 1:
				c.Said = "the input's channels"
			case !kept:
				c.Said = "the " + t.Title()
			}
		}
		list = append(list, c)
	}
	if asInput {
		return []Calc{{What: Output, Said: asTheInput}}
	}
	return list
}

// isInput reports an axis that is one of the input's.
func isInput(e calc.Expr) bool {
	t, alone := e.Term()
	_, ok := layer.InputAxis(t)
	return alone && ok
}

// isKept reports the axis of the input that has the same name.
func isKept(e calc.Expr, name string) bool {
	t, alone := e.Term()
	axis, ok := layer.InputAxis(t)
	return alone && ok && (axis == name || axis == "")
}

// learned calculates the parameters of one use of a layer, and says whose they
// are.
func (x *Explanation) learned(r *network.Node, call *layer.Call) []Calc {
	owner := x.Net.Shares(r)
	c := of(parameters.Title, parameters.Rule(call))
	switch {
	case !c.Expr.Present():
		return []Calc{nothing}
	case r.Owner >= 0 && r.Bias != r.Owner:
		return x.apart(r, call)
	case owner != "":
		c.Before, c.Value = "0 new: uses "+owner+"'s", 0
	default:
		c.Said = trained(r)
	}
	return []Calc{c}
}

// nothing is said of the parameters of a layer that has none.
var nothing = Calc{What: parameters.Title, Said: "nothing to learn"}

// trained says what of a row is not trained.
func trained(r *network.Node) string {
	if frozen := r.FrozenWords(); frozen != "" {
		return frozen + ", not trained"
	}
	return ""
}

// apart calculates weights and biases that come from different layers.
func (x *Explanation) apart(r *network.Node, call *layer.Call) []Calc {
	w := of(parameters.Title, weights.Rule(call))
	w.Before, w.Value = "0 new weights: uses "+x.Net.Path(r.Owner)+"'s", 0
	if r.Turned {
		w.Said = "turned round"
	}
	b := of(biases.Title, biases.Rule(call))
	switch {
	case !b.Expr.Present():
		return []Calc{w}
	case r.Bias >= 0:
		b.Before, b.Value = "0 new: uses "+x.Net.Path(r.Bias)+"'s", 0
	}
	return []Calc{w, b}
}

// others are the measures that are calculated beside the parameters: what is
// kept, and what it costs if that is asked for.
func (x *Explanation) others() (list []*network.Measure) {
	for i := range network.Measures {
		m := &network.Measures[i]
		if m.Calculated() && m != parameters && m.Beside == "" && !m.Under && (!m.Cost || x.opts.Macs) {
			list = append(list, m)
		}
	}
	return list
}
