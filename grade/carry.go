package grade

import (
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A sheet that was worked out by hand carries on from its own numbers: what is right
// for what stands before it is right. Each layer's rule is asked with the size that
// is stated of its input, a sum with the parts that are stated, a let with the total.

// A carry is the key's network with the sizes that a sheet states.
type carry struct {
	a     *attempt
	nodes []network.Node // each as it follows from what is stated before it
}

// carried is what a target would be if what a sheet states before it were right.
func (a *attempt) carried(t *target) (v value.Value, ok bool) {
	if a.carry == nil {
		a.carry = &carry{a: a}
		a.carry.follow()
	}
	switch {
	case t.isLet():
		v, ok = a.carry.ofLet(t.name)
	case strings.HasPrefix(t.name, "total."):
		v, ok = a.carry.sum(strings.TrimPrefix(t.name, "total."))
	case t.row >= 0 && t.group < 0:
		v, ok = a.carry.ofRow(t)
	}
	return v, ok && (v.Sort != value.Number || v.Num > 0)
}

// stated is what a sheet states of something, in the one answer that counts.
func (c *carry) stated(name string) (v value.Value, ok bool) {
	one, how := c.a.one(c.a.w.claims[name])
	return one.Value, how == "" && one.Value.Known()
}

// follow works out every layer with the size that is stated of its input.
func (c *carry) follow() {
	key := c.a.r.v.Network
	given := *key // its sizes are the stated ones, where there are any
	given.Nodes = append([]network.Node(nil), key.Nodes...)
	c.nodes = append([]network.Node(nil), key.Nodes...)
	b := network.Builder{Net: &given, Scratch: new(network.Scratch)}
	for i := range c.nodes {
		node := c.nodes[i]
		node.Counts, node.Out = network.Counts{}, layer.Shape{}
		if p := b.Compute(&node); p == (network.Problem{}) && node.Out.Known() {
			c.nodes[i] = node
			given.Nodes[i].Out = node.Out
		}
		if size, ok := c.stated(key.Path(int32(i)) + ".out"); ok {
			if shape, fits := shapeOf(size, key.Nodes[i].Out); fits {
				given.Nodes[i].Out = shape
			}
		}
	}
}

// shapeOf is a stated size as a tensor of as many axes as the key's; of channels in
// front they come last again.
func shapeOf(v value.Value, like layer.Shape) (layer.Shape, bool) {
	shape := v.Shape
	if v.Sort == value.Number && v.IsWhole() && v.Num > 0 {
		shape = layer.NewShape(v.Num)
	}
	if turnedAround(v, value.OfShape(like)) {
		return like, true
	}
	return shape, shape.Known() && shape.Rank() == like.Rank() && !like.IsTokens()
}

// ofRow is a size or a count of a layer.
func (c *carry) ofRow(t *target) (v value.Value, ok bool) {
	property := strings.TrimPrefix(t.tail, ".")
	node := &c.nodes[t.row]
	if property == "out" {
		return value.OfShape(node.Out), true
	}
	if size, ok := node.Out.Axis(property); ok {
		return value.Whole(size), true
	}
	if m := network.Measured(property); m != nil {
		return value.Whole(m.OfNode(node)), true
	}
	return v, false
}

// sum is a total of what is stated of the layers, and of what follows for those of
// which nothing is. Of parts that are mostly wrong it is none.
func (c *carry) sum(property string) (v value.Value, ok bool) {
	m := network.Measured(property)
	if m == nil {
		return v, false
	}
	key, total, right, wrong := c.a.r.v.Network, int64(0), 0, 0
	for i := range key.Nodes {
		n := m.OfNode(&c.nodes[i])
		if own, ok := c.stated(key.Path(int32(i)) + "." + property); ok && own.IsWhole() && n > 0 {
			if own.Num == n {
				right++
			} else {
				wrong++
			}
			n = own.Num
		}
		total += n
	}
	return value.Whole(total), wrong <= right
}

// ofLet is a value of the key computed with what a sheet states.
func (c *carry) ofLet(name string) (v value.Value, ok bool) {
	let := c.a.k.let(name)
	if let == nil {
		return v, false
	}
	calc := value.Evaluator{Context: c}
	v = calc.Value(&let.Value)
	return v, v.Known()
}

// Ref is what a sheet states of a quantity, or what it is in the key.
func (c *carry) Ref(r *lang.Ref) value.Value {
	src := c.a.k.file.Source
	if v, ok := c.stated(targetIn(c.a.r.v, r, src)); ok {
		return v
	}
	v, _ := c.a.r.v.Ask(&lang.Expr{First: lang.Operand{Ref: r, Span: r.Span}}, src)
	return v
}

// Dollar is the value of a let of the key.
func (c *carry) Dollar(lit lang.Lit) value.Value {
	let := c.a.k.let(lit.Text[1:])
	if let == nil {
		return value.Value{}
	}
	v, _ := c.a.r.v.Ask(&let.Value, c.a.k.file.Source)
	return v
}

// Count is how many layers of a kind the key has.
func (c *carry) Count(r *lang.Ref) value.Value {
	v, _ := c.a.r.v.Ask(&lang.Expr{First: lang.Operand{Ref: r, Span: r.Span}}, c.a.k.file.Source)
	return v
}

// Text is what is written in the key.
func (c *carry) Text(span lang.Span) string { return c.a.k.text(span) }

// Tell passes over what is wrong: it has been told.
func (c *carry) Tell(lang.Code, lang.Span, string, string, string, ...lang.Edit) {}

// Mute passes over it too.
func (c *carry) Mute(int) {}
