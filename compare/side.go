package compare

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// None is the row of no layer.
const None = network.None

// A View says which layers of a network are compared, and in which order.
type View struct {
	Flow bool // in the order of how they came about, whichever branch is written first
	// Graded is as grading looks at networks: without layers that it passes over, as
	// activations; with those behind the first that failed, as far as they could be
	// read; tensors that are put behind each other in any order.
	Graded bool
}

// A Side is one of two networks as it is compared: its layers in an order, each as
// what it is in effect. It is not changed by comparing it, so that the key of a class
// is made one once.
type Side struct {
	net   *network.Network
	view  View
	nodes []int32 // those that are compared, in order
	names map[given]bool
	roles []role // by node; nil: nothing is shared
	rows  []row  // nil: not made yet
	of    []int32
}

// A row is a layer in effect. One that does what several do is several rows; one that
// does nothing is none.
type row struct {
	node  int32
	form  layer.Form
	inner bool // it takes what the row before it gives, which is of the same layer
}

// A role is what a layer does in sharing.
type role uint8

const (
	alone role = iota
	gives      // others have its parameters
	takes      // it has another's
)

// NewSide makes a network ready to be compared.
func NewSide(net *network.Network, view View) *Side {
	s := &Side{net: net, view: view, nodes: make([]int32, 0, len(net.Nodes))}
	add := func(i int32) {
		if k := net.Nodes[i].Kind; k != nil && !(view.Graded && k.Light) {
			s.nodes = append(s.nodes, i)
		}
	}
	good := inOrder(net)
	if view.Flow {
		good = Flow(net)
	}
	for _, i := range good {
		add(i)
	}
	for i := int32(net.Good); view.Graded && int(i) < len(net.Nodes); i++ {
		add(i)
	}
	s.findRoles()
	return s
}

// Whole is a side whose rows are made already: who compares it with many makes them
// once.
func (s *Side) Whole() *Side {
	whole := *s
	whole.begin()
	for _, i := range whole.nodes {
		whole.add(i)
	}
	whole.givenNames()
	return &whole
}

func (s *Side) findRoles() {
	for i := range s.net.Nodes {
		for _, owner := range owners(&s.net.Nodes[i]) {
			if s.roles == nil {
				s.roles = make([]role, len(s.net.Nodes))
			}
			s.roles[owner], s.roles[i] = max(s.roles[owner], gives), takes
		}
	}
}

func (s *Side) role(node int32) role {
	if s.roles == nil {
		return alone
	}
	return s.roles[node]
}

// begin makes room for rows.
func (s *Side) begin() {
	s.rows = make([]row, 0, len(s.nodes)+1)
	s.of = none(s.net)
}

// add makes the rows of a node by its rules.
func (s *Side) add(node int32) {
	r := &s.net.Nodes[node]
	call := s.net.CallOf(r)
	call.Out = r.Out
	for k, form := range call.Forms() {
		s.of[node] = int32(len(s.rows))
		s.rows = append(s.rows, row{node, form, k > 0})
	}
}

// addAs makes the rows of a node that is as another network's is.
func (s *Side) addAs(node int32, other *Side, as int32) {
	last := other.of[as]
	if last == None {
		return
	}
	first := last
	for other.rows[first].inner {
		first--
	}
	for _, r := range other.rows[first : last+1] {
		s.of[node] = int32(len(s.rows))
		s.rows = append(s.rows, row{node, r.form, r.inner})
	}
}

// rowOf is the row that a layer's tensor comes from: its own, of one without, as an
// activation, that of the layer it takes; None where several meet in such a one.
func (s *Side) rowOf(node int32) int32 {
	for s.of[node] == None {
		from := s.net.Nodes[node].From
		if len(from) != 1 {
			return None
		}
		node = from[0]
	}
	return s.of[node]
}

// from are the rows whose tensors a row takes.
func (s *Side) from(i int32) []int32 {
	if s.rows[i].inner {
		return []int32{i - 1}
	}
	nodes := s.net.Nodes[s.rows[i].node].From
	rows := make([]int32, len(nodes))
	for k, node := range nodes {
		rows[k] = s.rowOf(node)
	}
	return rows
}

// own reports a row that is the layer itself, with what it shares and trains, and no
// step on the way to it.
func (s *Side) own(i int32) bool { return s.of[s.rows[i].node] == i }

// asWritten reports a row of the kind that the layer is written as.
func (s *Side) asWritten(i int32) bool {
	return s.rows[i].form.Kind == s.net.Nodes[s.rows[i].node].Kind
}

// argsAs are the arguments of a row in effect. Of one whose input is not known they
// are as they would be in place of another side's row.
func (s *Side) argsAs(i int32, t *Side, j int32) layer.Args {
	r := &s.rows[i]
	if r.form.Out.Known() || r.form.Args == nil || !t.rows[j].form.Out.Known() {
		return r.form.Args
	}
	own := &s.net.Nodes[r.node]
	call := t.net.CallOf(&t.net.Nodes[t.rows[j].node])
	call.Kind, call.Args = own.Kind, own.Args
	call.Try()
	for _, form := range call.Forms() {
		if form.Kind == t.rows[j].form.Kind {
			return form.Args
		}
	}
	return r.form.Args
}

// A given is the name that somebody thought of for a layer of a kind; empty: none.
// Names that layers get by themselves say nothing.
type given struct {
	kind *layer.Kind
	name string
}

func (s *Side) given(node int32) given {
	r := &s.net.Nodes[node]
	if strings.TrimRight(r.Name, "0123456789") == r.Kind.Name {
		return given{r.Kind, ""}
	}
	return given{r.Kind, r.Name}
}

// givenNames are the names that there are.
func (s *Side) givenNames() map[given]bool {
	if s.names == nil {
		s.names = map[given]bool{}
		for _, i := range s.nodes {
			s.names[s.given(i)] = true
		}
	}
	return s.names
}

// alike reports two nodes that surely stand for each other, so that no alignment is
// better without that pair.
func alike(s *Side, i int32, t *Side, j int32) bool {
	a, b := &s.net.Nodes[i], &t.net.Nodes[j]
	if !sameArgs(a, b) || a.Out != b.Out || !a.Out.Known() || s.role(i) != t.role(j) {
		return false
	}
	one, other := s.given(i), t.given(j)
	return one == other || !t.givenNames()[one] && !s.givenNames()[other]
}

// sameArgs reports nodes of one kind whose arguments are written alike.
func sameArgs(a, b *network.Node) bool {
	return a.Kind == b.Kind && slices.EqualFunc(a.Args, b.Args, layer.Arg.Same)
}

func none(n *network.Network) []int32 { return slices.Repeat([]int32{None}, len(n.Nodes)) }
