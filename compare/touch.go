package compare

import "cnnl/eval/layer"

// What a difference changes by itself, whatever follows from it.

// A Touch is a set of what a difference changes.
type Touch uint8

// Output is the layer's tensor, and where it comes from; Params what it learns, shares
// and trains.
const (
	Output Touch = 1 << iota
	Params
)

// touches finds out what a difference changes. A layer too many, or one that is
// missing, or of another kind, or that takes another tensor, changes outputs. Values
// and options change what the layer of b would give with them.
func (d *Diff) touches(p *Pair) (t Touch) {
	if p.Alone() {
		return d.ofOne(p)
	}
	a, b := d.nodes(p.a, p.b)
	if b.Kind.Source {
		return ofInput(a.Out, b.Out)
	}
	arguments := false
	for _, part := range p.Parts {
		switch part.Name {
		case "kind":
			if t = Output; a.PerUse > 0 || b.PerUse > 0 || a.Kind.Learn != nil {
				t |= Params
			}
			return t
		case "takes":
			t |= Output
		case "shares", "training":
			t |= Params
		default:
			arguments = true
		}
	}
	if arguments {
		t |= d.ofArguments(p)
	}
	return t
}

// ofOne is what a layer without a counterpart changes.
func (d *Diff) ofOne(p *Pair) Touch {
	net, node := d.A, p.A
	if node == None {
		net, node = d.B, p.B
	}
	if r := &net.Nodes[node]; r.PerUse > 0 || r.Owner >= 0 || r.Kind.Learn != nil {
		return Output | Params
	}
	return Output
}

// ofInput is what another input changes: its places outputs, its channels what the
// layer behind it learns.
func ofInput(a, b layer.Shape) (t Touch) {
	if a.Rank() != b.Rank() || a.IsTokens() != b.IsTokens() {
		return Output | Params
	}
	for i := range a.Spatial() {
		if a.At(i) != b.At(i) {
			t |= Output
		}
	}
	if a.Channels() != b.Channels() {
		t |= Params
	}
	return t
}

// ofArguments is what a's values and options would change of b's layer.
func (d *Diff) ofArguments(p *Pair) (t Touch) {
	a, b := d.nodes(p.a, p.b)
	args := a.Args
	if !d.a.asWritten(p.a) || !d.b.asWritten(p.b) || args == nil || !b.Out.Known() {
		if t = Output; a.PerUse > 0 || b.PerUse > 0 {
			t |= Params
		}
		return t
	}
	with, as := d.B.CallOf(b), d.B.CallOf(b)
	with.Args = args
	out, params := with.Try()
	if out != b.Out {
		t |= Output
	}
	if _, own := as.Try(); own != params {
		t |= Params
	}
	return t
}
