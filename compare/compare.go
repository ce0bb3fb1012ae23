// Package compare sets two networks side by side: which layers stand for each
// other, which differ, what a difference touches and how it carries on. It is data;
// render writes it down, and grading counts it.
//
//	d := compare.Networks(a, b)
//	if d.First >= 0 { ... d.Pairs[d.First] ... }
//
// Layers are compared as what they are in effect: see layer.Form. To compare one
// network with many, make a Side of it once.
package compare

import (
	"slices"

	"cnnl/eval/network"
)

// A Diff is two networks layer by layer.
type Diff struct {
	A, B  *network.Network
	Pairs []Pair
	First int // the first pair that differs in itself, or None
	a, b  half
}

// A half is one side, and for each of its rows the other's that stands for it.
type half struct {
	*Side
	other []int32 // or None
}

// A Pair is two layers that stand for each other, or one that has no
// counterpart. A layer that does what several do stands in several pairs.
type Pair struct {
	A, B    int32  // nodes, or None
	Parts   []Part // in what the statements differ; none: they are the same in effect
	Touches Touch  // what the difference changes by itself
	a, b    int32  // rows, or None
}

// A Part is one thing in which two statements differ.
type Part struct{ Name, A, B string }

// Alone reports a layer without a counterpart.
func (p *Pair) Alone() bool { return p.A == None || p.B == None }

// Differs reports a pair that is not the same statement in effect.
func (p *Pair) Differs() bool { return p.Alone() || len(p.Parts) > 0 }

// Networks compares two networks in the order in which they are written, up to the
// first layer of either that failed.
func Networks(a, b *network.Network) *Diff {
	d := matched(NewSide(a, View{}), NewSide(b, View{}).Whole())
	d.cut()
	d.find()
	return d
}

// Sides compares two sides. The rows of b are made, see Whole; a is made anew, as it
// is needed here.
func Sides(a, b *Side) *Diff {
	d := matched(a, b)
	d.find()
	return d
}

// matched pairs the layers of two sides.
func matched(a, b *Side) *Diff {
	own := *a
	a = &own
	d := &Diff{A: a.net, B: b.net, First: None, Pairs: paired(align(a, b))}
	d.a, d.b = half{a, slices.Repeat([]int32{None}, len(a.rows))}, half{b, slices.Repeat([]int32{None}, len(b.rows))}
	for i := range d.Pairs {
		if p := &d.Pairs[i]; !p.Alone() {
			d.a.other[p.a], d.b.other[p.b] = p.b, p.a
		}
	}
	return d
}

// find looks for what differs.
func (d *Diff) find() {
	for i := range d.Pairs {
		p := &d.Pairs[i]
		if !p.Alone() {
			p.Parts = d.parts(p.a, p.b)
		}
		if p.Differs() {
			p.Touches = d.touches(p)
			if d.First == None {
				d.First = i
			}
		}
	}
}

// cut leaves out what stands behind the end of a network that failed: whether
// it has it, nobody knows.
func (d *Diff) cut() {
	for n := len(d.Pairs); n > 0; n-- {
		if p := &d.Pairs[n-1]; !(p.A == None && d.A.Failed || p.B == None && d.B.Failed) {
			return
		}
		d.Pairs = d.Pairs[:n-1]
	}
}

// Carried reports a pair that is the same statement, but gives another
// output or other counts, because of what comes before it.
func (d *Diff) Carried(p *Pair) bool {
	if p.Differs() || !d.a.own(p.a) || !d.b.own(p.b) {
		return false
	}
	a, b := &d.A.Nodes[p.A], &d.B.Nodes[p.B]
	return a.Out.Squeezed() != b.Out.Squeezed() || slices.ContainsFunc(network.InOrder(), func(m *network.Measure) bool { return m.OfNode(a) != m.OfNode(b) })
}

// Equal reports two networks that are the same in effect, whatever their
// layers are called, and count alike.
func (d *Diff) Equal() bool {
	return d.First == None && !d.A.Failed && !d.B.Failed && !slices.ContainsFunc(d.Pairs, func(p Pair) bool { return d.Carried(&p) })
}

// Of gives for each node of b the node of a that stands for it, or None. For one that
// does nothing that of the layer before it does.
func (d *Diff) Of() []int32 {
	list := none(d.B)
	for _, j := range d.b.nodes {
		if row := d.b.rowOf(j); row != None && d.b.other[row] != None {
			list[j] = d.a.rows[d.b.other[row]].node
		}
	}
	return list
}

// Kin is how many layers of b have one of a of their kind.
func (d *Diff) Kin() (n int) {
	for j, i := range d.b.other {
		if i != None && d.a.rows[i].form.Kind == d.b.rows[j].form.Kind && !d.b.rows[j].form.Kind.Source {
			n++
		}
	}
	return n
}

// Rows is how many layers of b there are in effect, inputs left aside.
func (d *Diff) Rows() (n int) {
	for j := range d.b.rows {
		if !d.b.rows[j].form.Kind.Source {
			n++
		}
	}
	return n
}
