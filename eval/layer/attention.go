package layer

import (
	"fmt"
	"strings"

	"cnnl/eval/calc"
)

// attention counts as Vaswani et al. (arXiv 1706.03762) define it, with the
// forms of later models: shared keys and values (arXiv 2305.13245), windows that
// shift (arXiv 2103.14030), grids (arXiv 2204.01697), cosine similarity and a
// small network in place of the table of offsets (arXiv 2111.09883), normalized
// queries and keys (arXiv 2302.05442).
var attention = &Kind{
	Name:    "attention",
	Doc:     "every position looks at all others, or at those of another tensor",
	Example: "attention heads 4",
	Params: []Param{
		{Name: "heads", Doc: "how many there are side by side", Type: Count, Min: 1, Default: Num(1), Learned: true, Said: "%s head(s)"},
		{Name: "dim", Doc: "the size of each head; not given: the channels divided by the heads", Type: Count, Min: 1, Learned: true, Said: "%s numbers a head"},
		{Name: "value", Doc: "the size of each head's values; not given: dim", Type: Count, Min: 1, Learned: true, Said: "%s number(s) a value"},
		{Name: "kv", Doc: "heads of keys and values, each for several heads; not given: as many as heads", Type: Count, Min: 1, Learned: true, Said: "%s head(s) of keys and values"},
		{Name: "causal", Doc: "no position looks at later ones", Type: Flag, Said: "only backwards"},
		{Name: "window", Doc: "positions look at those of their window only, one of so many", Type: PerAxis, Min: 1, Most: mostInWindow, Said: "in windows of %s", Group: "part"},
		{Name: "grid", Doc: "positions look at those of a grid of so many over the whole", Type: PerAxis, Min: 1, Most: mostInWindow, Said: "in grids of %s", Group: "part"},
		{Name: "shift", Doc: "by how much the windows are moved", Type: PerAxis, Min: 0, Default: Num(0), Said: "shifted by %s", Of: "window"},
		{Name: "relative", Doc: "learns a number for each offset between positions and each head; or a network gives them, in braces", Type: Flag, Learned: true, Said: "with relative positions"},
		{Name: "cosine", Doc: "compares by the angle, and learns a scale for each head", Type: Flag, Learned: true, Said: "by the cosine"},
		{Name: "norm", Doc: "queries and keys are normalized, with a learned scale for each number of a head", Type: Flag, Learned: true, Said: "queries and keys normalized"},
		{Name: "bias", Doc: "biases of queries, keys, values and output, or of those only whose letters are named", Type: Choice, Words: projections, Default: Arg{Word: uint8(len(projections))}, Off: true, Learned: true,
			Said: "biases of %s only"},
	},
	Sentence: func(c *Call) string {
		if len(c.With) > 0 && !c.networked() {
			return "attention to another tensor"
		}
		return "self-attention"
	},
	Takes:   Range{1, 3},
	Tensors: Tensors{Beside: Range{0, 2}, Branching: Branching{Branch: "relative", Begin: offsets, BeginSize: (*Call).offsets}},
	Check: func(c *Call) {
		heads := c.arg("heads").N[0]
		switch kv := c.arg("kv"); {
		case kv.Len > 0 && heads%kv.N[0] != 0:
			c.Refuse(Fault{Param: "kv", Summary: "the heads of keys and values do not divide the heads", Detail: fmt.Sprintf("%d heads share %d", heads, kv.N[0]), Hint: fmt.Sprintf("%d divides %d", calc.GCD(heads, kv.N[0]), heads), Instead: []string{fmt.Sprintf("kv %d", calc.GCD(heads, kv.N[0]))}})
		case c.is("shift") && !c.is("window"):
			c.Refuse(Fault{Param: "shift", Summary: "only windows can be shifted", Hint: "as in attention window 7 shift 3"})
		}
	},
	Output: func(c *Call) {
		heads := c.arg("heads").N[0]
		switch memory, values, beside := c.memory(); {
		case c.arg("dim").Len == 0 && c.In.Channels()%heads != 0:
			c.Refuse(Fault{Param: "heads", Summary: "the heads do not divide the channels", Detail: fmt.Sprintf("%d channels in %d heads leave a rest of %d", c.In.Channels(), heads, c.In.Channels()%heads),
				Hint: fmt.Sprintf("heads divide %d, or have a size of their own: attention heads %d dim 64", c.In.Channels(), heads), Instead: []string{fmt.Sprintf("heads %d", calc.GCD(c.In.Channels(), heads))}})
		case c.is("causal") && c.In.Spatial() > 1:
			c.Refuse(Fault{Param: "causal", Summary: "only a sequence has later positions", Detail: "the input is " + c.In.WithForm(), Hint: "flatten sequence puts the positions in a row"})
		case beside && (memory.Spatial() == 0 || values.Spatial() == 0):
			c.Refuse(Fault{Summary: "attention looks at positions, and the other tensor has none", Detail: "found " + memory.WithForm(), Hint: "a tensor before flatten or global pooling has positions"})
		case beside && memory.With(1) != values.With(1):
			c.Refuse(Fault{Summary: "keys and values are of the same positions", Detail: "found " + memory.WithForm() + " and " + values.WithForm(), Hint: "behind with stand the tensor of the keys and that of the values, or one for both"})
		case beside && (c.is("window") || c.is("grid")):
			c.Refuse(Fault{Summary: "windows and grids are of one tensor", Detail: "found with another", Hint: "a window or a grid stands without with"})
		case c.networked() && c.With[0].Spatial() > c.In.Spatial():
			c.Refuse(Fault{Param: "relative", Summary: "the network of offsets has more axes than the positions", Detail: "it ends with " + c.With[0].String() + ", the positions are of " + c.In.WithForm(), Hint: "it ends with positions and a number for each head"})
		case c.networked() && c.With[0].Channels() != heads && c.With[0].Channels() != c.perHead("dim").Value():
			c.Refuse(Fault{Param: "relative", Summary: "the network of offsets gives a number for each head", Detail: fmt.Sprintf("it ends with %s, and there %s", Counted(c.With[0].Channels(), "channels"), are(heads, "heads")),
				Hint: fmt.Sprintf("it ends with dense %d each, or with %d numbers, a vector that is compared with the queries", heads, c.perHead("dim").Value())})
		}
		unchanged(c)
	},
	Learn:  (*Call).attends,
	Work:   (*Call).compares,
	Inside: (*Call).attended,
	Window: attentionWindow,
}

// mostInWindow bounds the side of a window, so that its offsets can be counted.
const mostInWindow = 1 << 20

// are is a number of things behind there: is 1 head, are 3 heads.
func are(n int64, things string) string {
	if n == 1 {
		return "is " + Counted(n, things)
	}
	return "are " + Counted(n, things)
}

// offsets are where the network of relative positions begins: the two
// coordinates of every offset between positions of a window.
var offsets = &Kind{
	Name: "offsets",
	Doc:  "the offsets between the positions of a window",
	Output: func(c *Call) {
		for _, n := range c.arg("size").Sides() {
			c.Axis(c.Sheet.Measure("offsets", "", n))
		}
	},
	Params:   []Param{{Name: "size", Doc: "their shape", Type: Extent, Value: true}},
	Tensors:  Tensors{Begins: true},
	Standing: Standing{Free: true, Aside: true},
}

// networked reports that a network gives the relative positions: what it ends
// with is the other tensor.
func (c *Call) networked() bool { return c.is("relative") && len(c.With) > 0 }

// projections are the sets of linear layers in an attention, by their letters.
var projections = []string{"q", "k", "v", "o", "qk", "qv", "qo", "kv", "ko", "vo", "qkv", "qko", "qvo", "kvo", "qkvo"}

// memory is what is looked at beside the current tensor: that of the keys and
// that of the values, mostly one for both.
func (c *Call) memory() (keys, values Shape, beside bool) {
	if c.is("relative") || len(c.With) == 0 {
		return Shape{}, Shape{}, false
	}
	return c.With[0], c.With[len(c.With)-1], true
}

// offsets is the shape of what the network of relative positions is given.
func (c *Call) offsets() Shape {
	axes := make([]int64, 0, MaxAxes)
	for i := range c.In.Spatial() {
		axes = append(axes, max(2*c.cell(i)-1, 1)) // an input that is too long is told later
	}
	return NewShape(append(axes, int64(c.In.Spatial()))...)
}

// cell is along one axis how many positions look at each other.
func (c *Call) cell(axis int) int64 {
	switch {
	case c.is("window"):
		return c.along("window", axis)
	case c.is("grid"):
		return c.along("grid", axis)
	}
	return c.In.At(axis)
}

// together are the positions that look at each other.
func (c *Call) together() (n calc.Expr) {
	for i := range c.In.Spatial() {
		name := TermInput
		switch {
		case c.is("window"):
			name = "window"
		case c.is("grid"):
			name = "grid"
		}
		n = calc.Product(n, c.Sheet.Measure(name, c.In.axisName(i), c.cell(i)))
	}
	return n
}

// padded are all positions, filled up to whole windows.
func (c *Call) padded() (n calc.Expr) {
	for i := range c.In.Spatial() {
		axis, cell := c.In.axisName(i), c.cell(i)
		places := c.Sheet.Measure("positions", axis, c.In.At(i))
		if c.In.At(i)%cell != 0 {
			side := c.Sheet.Measure("window", axis, cell)
			places = places.CeilOver(side).Times(side)
		}
		n = calc.Product(n, places)
	}
	return n
}

// width is the size of so many heads together: heads·dim, of values heads·value.
func (c *Call) width(heads, each string) calc.Expr {
	return c.count(heads).Times(c.perHead(each))
}

func (c *Call) perHead(each string) calc.Expr {
	if a := c.arg(each); a.Len > 0 {
		return c.Sheet.Term(each, a.N[0])
	}
	if a := c.arg("dim"); a.Len > 0 {
		return c.Sheet.Term("dim", a.N[0])
	}
	return c.Sheet.Term("dim", c.In.Channels()/c.arg("heads").N[0])
}

// biased is the bias of the linear layer with a letter.
func (c *Call) biased(letter string) calc.Expr {
	if strings.Contains(c.word("bias"), letter) {
		return c.Sheet.Term(TermBias, 1)
	}
	return c.Sheet.Term(TermBias, 0)
}

// attends is what attention learns: q (C + 1)·heads·dim, k and v
// 2·(M + 1)·kv·dim, out (heads·dim + 1)·C. Values may be of another size than
// keys, or made of another tensor.
func (c *Call) attends() []Bank {
	banks := append([]Bank{{Fan: c.channels(), Bias: c.biased("q"), Units: c.width("heads", "dim"), Multiplies: true, Uses: c.padded()}}, c.keysAndValues()...)
	banks = append(banks, Bank{Fan: c.width("heads", "value"), Bias: c.biased("o"), Units: c.channels(), Multiplies: true, Uses: c.padded()})
	if c.is("relative") && !c.networked() {
		var table calc.Expr
		for i := range c.In.Spatial() {
			table = calc.Product(table, c.Sheet.Const(2).Times(c.Sheet.Measure("window", c.In.axisName(i), c.cell(i))).Minus(c.Sheet.Const(1)))
		}
		banks = append(banks, Bank{Fan: table, Units: c.count("heads")})
	}
	if c.is("norm") {
		banks = append(banks, Bank{Fan: c.Sheet.Term("queries and keys", 2), Units: c.perHead("dim")})
	}
	if c.is("cosine") {
		banks = append(banks, Bank{Fan: c.Sheet.Term("scale", 1), Units: c.count("heads")})
	}
	return banks
}

// keysAndValues are one bank where they are alike, else two.
func (c *Call) keysAndValues() []Bank {
	heads := "heads"
	if c.arg("kv").Len > 0 {
		heads = "kv"
	}
	key := Bank{Fan: c.channels(), Bias: c.biased("k"), Units: c.width(heads, "dim"), Multiplies: true, Uses: c.padded()}
	value := Bank{Fan: key.Fan, Bias: c.biased("v"), Units: c.width(heads, "value"), Multiplies: true, Uses: key.Uses}
	if keys, values, beside := c.memory(); beside {
		key.Fan, key.Uses = c.channelsOf(keys), c.positions(keys, "other")
		value.Fan, value.Uses = c.channelsOf(values), key.Uses
	}
	if key.Params().Value() == value.Params().Value() && key.Bias.Value() == value.Bias.Value() {
		key.Units = c.Sheet.Term("keys and values", 2).Times(key.Units)
		return []Bank{key}
	}
	return []Bank{key, value}
}

// channelsOf are those of another tensor. Where they are as many as the input's
// they are the same term: what was learned for the one fits the other.
func (c *Call) channelsOf(other Shape) calc.Expr {
	if other.Channels() == c.In.Channels() {
		return c.channels()
	}
	return c.Sheet.Term("other channels", other.Channels())
}

// compares are both matrix products: queries by keys, and what comes of them
// by values.
func (c *Call) compares() calc.Expr {
	seen := c.seen()
	dim, value := c.width("heads", "dim"), c.width("heads", "value")
	if dim.Value() == value.Value() {
		return calc.Product(c.Sheet.Term("products", 2), c.padded(), seen, dim)
	}
	return calc.Sum(calc.Product(c.padded(), seen, dim), calc.Product(c.padded(), seen, value))
}

// seen are the positions that one looks at.
func (c *Call) seen() calc.Expr {
	if keys, _, beside := c.memory(); beside {
		return c.positions(keys, "other")
	}
	return c.together()
}

// attended is what attention computes on its way: queries, keys and values, both
// once more where they are normalized or compared by the angle; a score for each
// pair of positions and head, again where an offset is added, and its softmax; the
// values mixed by them; and what the output has for positions that fill up windows.
func (c *Call) attended() calc.Expr {
	heads, positions := "heads", c.padded()
	if c.arg("kv").Len > 0 {
		heads = "kv"
	}
	others := positions
	if keys, _, beside := c.memory(); beside {
		others = c.positions(keys, "other")
	}
	steps := int64(1)
	for _, option := range [...]string{"norm", "cosine"} {
		if c.is(option) {
			steps++
		}
	}
	queries := calc.Sum(calc.Product(positions, c.width("heads", "dim")), calc.Product(others, c.width(heads, "dim")))
	if steps > 1 {
		queries = calc.Product(c.Sheet.Term("steps of queries and keys", steps), queries)
	}
	scores := int64(2)
	if c.is("relative") {
		scores++
	}
	sum := calc.Sum(queries, calc.Product(others, c.width(heads, "value")),
		calc.Product(c.Sheet.Term("steps of scores", scores), c.count("heads"), positions, c.seen()), calc.Product(positions, c.width("heads", "value")))
	if c.positions(c.In, TermInput).Value() == positions.Value() {
		return sum
	}
	return calc.Sum(sum, positions.Minus(c.positions(c.In, TermInput)).Times(c.channels()))
}

// attentionWindow sees all positions; in windows those of the own one, in a grid
// those as far apart as its parts are long, and only itself where those of another
// tensor are looked at.
func attentionWindow(c *Call, axis int) Window {
	if _, _, beside := c.memory(); beside {
		return ownPlace
	}
	n, cell := c.In.At(axis), c.cell(axis)
	switch {
	case cell >= n:
		return wholeSequence(c, axis)
	case c.is("grid"):
		part := (n + cell - 1) / cell
		return Window{Taps: cell, Step: part, Stride: 1, Across: 1, Wrap: part}
	}
	return Window{Cell: cell, Before: -c.along("shift", axis), Taps: 1, Step: 1, Stride: 1, Across: 1}
}
