package layer

import (
	"fmt"
	"slices"

	"cnnl/eval/calc"
)

// A Call is one layer about to be computed: its input, its arguments and the
// sheet its rules calculate on. Run comes first; then the other rules may be
// asked.
type Call struct {
	Kind  *Kind
	In    Shape   // unknown for a Source
	With  []Shape // the other tensors, where several come together
	Args  Args
	Sheet *calc.Sheet

	Out   Shape  // after Run
	Fault *Fault // after Run: why there is no Out

	axes   [MaxAxes]calc.Expr
	rank   int
	bank   [1]Bank // memory for the one of most kinds
	tokens bool
}

// A Fault says why a layer cannot be.
type Fault struct {
	Param   string // the value or option to blame, or empty
	Summary string
	Detail  string
	Hint    string
	Instead []string // what the value or option could be, as it is written
	Flat    bool     // the input is a vector, and positions are needed
}

// Handed is what a layer gives to one of a kind that names it at that place
// behind with.
func (c *Call) Handed(to *Kind, place int) Shape {
	if to != c.Kind || c.Args == nil || !c.Out.Known() {
		return c.Out
	}
	return to.Hands(c, place)
}

// Run applies the shape rule.
func (c *Call) Run() Shape {
	c.rank, c.tokens, c.Fault, c.Out = 0, c.Kind.Ids && c.In.IsTokens(), nil, Shape{}
	if !c.Kind.Source && !c.Kind.Begins {
		c.checkInput()
	}
	if c.check(); c.Fault == nil {
		c.Kind.Output(c)
	}
	for i := range c.rank {
		c.checkAxis(i)
	}
	if c.Fault == nil {
		c.Out = Shape{rank: uint8(c.rank), tokens: c.tokens}
		for i, e := range c.Axes() {
			c.Out.axes[i] = e.Value()
		}
	}
	return c.Out
}

// CheckAlone applies only what can be checked without an input.
func (c *Call) CheckAlone() {
	c.Fault = nil
	c.check()
}

func (c *Call) check() {
	if c.Kind.Check != nil {
		c.Kind.Check(c)
	}
}

// Axes are the calculations of the output's sizes, in order.
func (c *Call) Axes() []calc.Expr { return c.axes[:c.rank] }

// Banks is what the layer learns.
func (c *Call) Banks() []Bank {
	if c.Kind.Learn == nil {
		return nil
	}
	return c.Kind.Learn(c)
}

// Macs is the multiply-accumulates of one use of the layer; absent: none.
func (c *Call) Macs() (e calc.Expr) {
	for _, b := range c.Banks() {
		e = calc.Sum(e, b.Macs())
	}
	if c.Kind.Work != nil {
		e = calc.Sum(e, c.Kind.Work(c))
	}
	return e
}

// Inside is how many numbers the layer computes before its output; absent: none.
func (c *Call) Inside() (e calc.Expr) {
	if c.Kind.Inside != nil {
		e = c.Kind.Inside(c)
	}
	return e
}

// Params is how many parameters one use of the layer has.
func (c *Call) Params() (n int64) {
	for _, b := range c.Banks() {
		n += b.Params().Value()
	}
	return n
}

// Axis adds an axis to the output.
func (c *Call) Axis(size calc.Expr) {
	c.axes[c.rank] = size
	c.rank++
}

// Refuse records why the layer cannot be.
func (c *Call) Refuse(f Fault) {
	if c.Fault == nil {
		c.Fault = &f
	}
}

// checkInput holds the input to what the kind takes.
func (c *Call) checkInput() {
	takes, n := c.Kind.takes(), c.In.Spatial()
	switch {
	case c.anyTokens() && !c.Kind.Tokens && !c.Kind.Ids:
		c.Refuse(Fault{Summary: c.Kind.Name + " needs numbers, not tokens",
			Detail: "its input is " + c.In.String(), Hint: "tokens become vectors by an embedding, as in embedding 10_000 64"})
	case c.Kind.Tokens && !c.In.IsTokens():
		c.Refuse(Fault{Summary: c.Kind.Name + " needs tokens", Detail: "its input is " + c.In.WithForm(), Hint: "an input gives ids, as in input 100 tokens"})
	case n < takes.Min || n > takes.Max:
		c.Refuse(Fault{Summary: c.Kind.Name + " does not work on " + c.In.WithForm(),
			Detail: "it takes " + takes.words(), Hint: takes.hint(n), Flat: n == 0 && !c.In.IsTokens()})
	case len(c.With) < c.Kind.Beside.Min: // what is named is told where it is written
		c.Refuse(Fault{Summary: c.Kind.Name + " needs a second tensor"})
	default:
		c.checkSides(n)
	}
}

// takes is Takes, or what its zero stands for.
func (k *Kind) takes() Range {
	if k.Takes == (Range{}) {
		return Range{0, 3}
	}
	return k.Takes
}

func (c *Call) anyTokens() bool {
	return c.In.IsTokens() || slices.ContainsFunc(c.With, Shape.IsTokens)
}

// checkSides holds values with a number for each axis to the input's axes.
func (c *Call) checkSides(spatial int) {
	for i := range c.Kind.Params {
		p, a := &c.Kind.Params[i], c.Args[i]
		if (p.Type == PerAxis || p.Type == Extent && !p.Value) && a.Len > 1 && int(a.Len) != spatial && !(p.Channels && int(a.Len) == spatial+1) {
			c.Refuse(Fault{Param: p.Name,
				Summary: fmt.Sprintf("%s %s has %d sides", p.Name, a.numbers(), a.Len),
				Detail:  fmt.Sprintf("the input is %s, which has %d", c.In.WithForm(), spatial),
				Hint:    fmt.Sprintf("one number is for all sides, or there is one for each: %s", example(spatial))})
		}
	}
}

// checkAxis refuses an output of size 0 and shows how it comes about.
func (c *Call) checkAxis(i int) {
	size := c.axes[i].Value()
	if size >= 1 || c.overflown() {
		return
	}
	f := Fault{Summary: "nothing is left of the input",
		Detail: fmt.Sprintf("output %s: %s = %d", c.axisName(i), c.axes[i], size)}
	switch {
	case c.Kind.Spreads:
		f.Param, f.Summary, f.Hint = "pad", "the padding cuts everything off", c.Kind.WithArticle()+"'s padding makes its output smaller"
	case c.Kind.Find("kernel") >= 0:
		f.Param, f.Summary = "kernel", fmt.Sprintf("the kernel is larger than the input %s", c.In)
		f.Hint = "a kernel fits into its input, or into what pad same makes of it"
	}
	c.Refuse(f)
}

func (c *Call) overflown() bool { _, yes := c.Sheet.Overflow(); return yes }

func (c *Call) axisName(i int) string {
	names := Shape{rank: uint8(c.rank)}.AxisNames()
	if i < len(names) {
		return names[i]
	}
	return "size"
}

func (r Range) words() string {
	if r.Max >= len(forms)-1 {
		return "any tensor with positions"
	}
	text := ""
	for n := r.Min; n <= r.Max; n++ {
		switch {
		case text == "":
		case n == r.Max:
			text += " or "
		default:
			text += ", "
		}
		text += articles[n+1] + " " + forms[n+1]
	}
	return text
}

var articles = [...]string{"an", "a", "a", "an", "a"} // of forms

func (r Range) hint(found int) string {
	switch {
	case found == 0:
		return "keep the layer before flatten or dense, where there are positions"
	case r.Max == 0:
		return "flatten comes first"
	case r.Max == 1 && found > 1:
		return "flatten sequence puts all positions in a row"
	}
	return ""
}

func example(sides int) string {
	return [...]string{"3", "3", "3x3", "3x3x3"}[min(sides, 3)]
}

// arg finds an argument by name.
func (c *Call) arg(name string) *Arg {
	if i := c.Kind.Find(name); i >= 0 {
		return &c.Args[i]
	}
	return &Arg{}
}

// is reports whether a flag is set or an option given.
func (c *Call) is(name string) bool {
	a := c.arg(name)
	return a.N[0] != 0
}

// along is the value of a PerAxis along one spatial axis. A tensor that is refused may
// have more of them than a size has sides.
func (c *Call) along(name string, axis int) int64 {
	a := c.arg(name)
	if a.Len > 1 && axis < len(a.N) {
		return a.N[axis]
	}
	return a.N[0]
}

// chosen is the flag of a group that is set, or empty.
func (c *Call) chosen(group string) string {
	for i := range c.Kind.Params {
		if p := &c.Kind.Params[i]; p.Group == group && c.is(p.Name) {
			return p.Name
		}
	}
	return ""
}

// word is the word given for an option, or "".
func (c *Call) word(name string) string {
	i := c.Kind.Find(name)
	if i < 0 || c.Args[i].Word == 0 {
		return ""
	}
	return c.Kind.Params[i].Words[c.Args[i].Word-1]
}

// count is a Count as a named number of the calculation.
func (c *Call) count(param string) calc.Expr { return c.Sheet.Term(param, c.arg(param).N[0]) }

// flag is the named number 1 where a flag is set, and absent where not.
func (c *Call) flag(name string) calc.Expr {
	if !c.is(name) {
		return calc.Expr{}
	}
	return c.Sheet.Term(name, 1)
}

// InputAxis reports a term that is a size of the layer's input, and along which
// axis; of a vector there is none to name, and axis is the term's own name.
func InputAxis(t calc.Term) (axis string, ok bool) {
	switch t.Name {
	case TermInput:
		return t.Axis, true
	case TermChannels:
		return "channels", true
	case TermInputs:
		return TermInputs, true
	}
	return "", false
}

// size is axis i of the input.
func (c *Call) size(i int) calc.Expr {
	return c.Sheet.Measure(TermInput, c.In.axisName(i), c.In.At(i))
}

// channels is the last axis of the input.
func (c *Call) channels() calc.Expr {
	if c.In.Rank() == 1 {
		return c.Sheet.Term(TermInputs, c.In.At(0))
	}
	return c.Sheet.Term(TermChannels, c.In.Channels())
}

// positions is the number of places of a tensor, all axes but the channels;
// absent where there is one only.
func (c *Call) positions(of Shape, which string) calc.Expr {
	var n calc.Expr
	for i := range of.Spatial() {
		n = calc.Product(n, c.Sheet.Measure(which, of.axisName(i), of.At(i)))
	}
	return n
}

// elements is the number of elements of the input.
func (c *Call) elements() calc.Expr {
	if c.In.IsTokens() {
		return c.positions(c.In, TermInput)
	}
	return calc.Product(c.positions(c.In, TermInput), c.channels())
}

// unchanged is the shape rule of kinds that keep the shape.
func unchanged(c *Call) {
	for i := range c.In.Spatial() {
		c.Axis(c.size(i))
	}
	if !c.In.IsTokens() {
		c.Axis(c.channels())
	}
}
