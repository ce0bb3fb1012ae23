package network

import (
	"cmp"

	"cnnl/eval/layer"
)

// A Read is what could be made out of a statement that failed: enough to guess
// how the script goes on behind it.
type Read struct {
	Name  string
	Kind  *layer.Kind // nil: it was no layer, and the tensor before it goes on
	Args  layer.Args  // nil: they could not be read
	Fault bool        // its own words are wrong, and not only the tensors it takes
}

// Understood keeps what could be made out of the statement of a node that failed.
func (n *Network) Understood(i int32, r Read) {
	if n.read == nil {
		n.read = map[int32]Read{}
	}
	n.read[i] = r
}

// AtFault reports a node, of those from Good on, whose own statement is wrong.
func (n *Network) AtFault(i int32) bool {
	return n.read[i].Fault || int(i) == n.Good
}

// Provisional is a network that failed, its nodes from Good on as they would be if
// what could be read of the first mistakes were all that they say. Shapes are given
// where they follow from that, and no totals: this is for showing, never for
// counting. A node whose statement was no layer has no kind.
func (n *Network) Provisional() *Network {
	p := *n
	p.Nodes = append(make([]Node, 0, len(n.Nodes)), n.Nodes...)
	b := Builder{Net: &p, Failed: true, Scratch: new(Scratch)}
	for i := n.Good; i < len(p.Nodes); i++ {
		node := &p.Nodes[i]
		if read, failed := n.read[int32(i)]; failed {
			node.Kind, node.Args = read.Kind, read.Args
			node.Name = cmp.Or(node.Name, read.Name)
		}
		if !node.Out.Known() {
			b.guess(node)
		}
	}
	return &p
}

// guess gives a node the shape and the counts that its statement asks for, where
// it fits what comes before it.
func (b *Builder) guess(node *Node) {
	switch {
	case node.Kind != nil && node.Args != nil:
		guessed := *node
		if p := b.Compute(&guessed); p == (Problem{}) || p.Tie != nil {
			*node = guessed
		}
	case node.Kind == nil && len(node.From) > 0:
		from := &b.Net.Nodes[node.From[0]]
		node.Out, node.Field = from.Out, from.Field
	}
}
