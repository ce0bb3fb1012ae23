package foreign

import (
	"slices"
	"strconv"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/session"
	"cnnl/lang"
)

// A layout says where a tensor of the program has its channels.
type layout uint8

const (
	unknownLayout layout = iota
	channelsFirst
	channelsLast
)

// A writer writes the ops of a program as statements of ours, one behind the other,
// and enters each into a session, so that it knows what every layer is given.
type writer struct {
	s       *session.Session
	ops     []*op
	current tensor            // whose tensor is the current one
	aliases map[*op]tensor    // what passes on what it is given
	layouts map[*op]layout    // of what ops give
	called  map[*op]string    // what ops give, by its name
	learned map[*op]string    // the layer of an op that learns
	wanted  map[*op]bool      // ops that something names later
	taken   map[string]bool   // names that are given
	layout  layout            // of the current tensor
	written map[*op][]string  // the statements of each op
	entered int               // entries of ours in the session
	notes   []string          // what cannot be carried over
	sure    bool              // nothing was assumed
	fitting bool              // what does not fit all that is said is not wanted
	misfit  bool              // something that the program says of an input is not so
	trial   bool              // everything has a name
	failed  *lang.Diagnostics // what our own language says against it
	entry   string            // the name of what was current before the program
	sample  []int64           // the size of an input that the program makes up
	sized   []int64           // the size of the current tensor, if it has been asked
}

func newWriter(s *session.Session, ops []*op) *writer {
	w := &writer{s: s, ops: ops, wanted: map[*op]bool{}}
	w.entry = currentName(s)
	return w
}

// write writes all ops twice: at first every layer has a name, then only those that
// something names.
func (w *writer) write() {
	w.begin()
	w.trial = true
	w.all()
	w.takeBack()
	if w.failed == nil {
		w.trial = false
		w.begin()
		w.all()
		w.takeBack()
	}
}

func (w *writer) begin() {
	w.current, w.aliases, w.layouts, w.called = tensor{ref: entering}, map[*op]tensor{}, map[*op]layout{}, map[*op]string{}
	w.learned, w.taken, w.written, w.notes, w.sure = map[*op]string{}, map[string]bool{}, map[*op][]string{}, nil, true
	w.layout, w.sized, w.failed, w.misfit = unknownLayout, nil, nil, false
	for i := range w.s.Nodes().Nodes {
		w.taken[w.s.Nodes().Nodes[i].Name] = true
	}
}

func (w *writer) takeBack() {
	for ; w.entered > 0; w.entered-- {
		w.s.Undo()
	}
}

func (w *writer) all() {
	for _, o := range w.ops {
		w.one(o)
		if w.failed != nil || w.fitting && w.misfit {
			return
		}
	}
}

// one writes an op.
func (w *writer) one(o *op) {
	ins := make([]tensor, len(o.ins))
	for i, t := range o.ins {
		ins[i] = w.original(t)
	}
	if o.module.call.Kind == "input" {
		w.input(o)
		return
	}
	first, rest := w.order(o, ins)
	w.goTo(o, first)
	if w.failed != nil {
		return
	}
	w.layout = w.layoutBefore(o)
	l := w.lowered(o)
	w.tell(l)
	texts := w.texts(l, rest)
	if len(texts) == 0 {
		w.pass(o, first)
		return
	}
	w.enter(o, texts)
	w.current = tensor{op: o}
	w.layouts[o] = w.layoutAfter(l)
	w.layout = w.layouts[o]
}

// pass is an op that gives what it is given; its axes may be called otherwise.
func (w *writer) pass(o *op, first tensor) {
	w.aliases[o] = first
	w.layouts[o] = w.layout
}

// original is the tensor that an alias stands for, in the script's words.
func (w *writer) original(t tensor) tensor {
	for t.op != nil {
		next, is := w.aliases[t.op]
		if !is {
			return tensor{op: t.op}
		}
		t = next
	}
	switch t.ref {
	case "":
		return w.current
	case w.entry:
		return tensor{ref: entering}
	}
	return tensor{ref: t.ref}
}

// layoutBefore is where what an op is given has its channels.
func (w *writer) layoutBefore(o *op) layout {
	if len(o.ins) == 0 || o.ins[0].op == nil {
		return unknownLayout
	}
	return w.layouts[o.ins[0].op]
}

// order is the tensor that an op goes on from, and those that it names. Of a merge that
// may take them in any order the current one comes first.
func (w *writer) order(o *op, ins []tensor) (first tensor, rest []tensor) {
	if len(ins) == 0 {
		return w.current, nil
	}
	first, rest = ins[0], slices.Clone(ins[1:])
	kind := o.module.call.Of()
	if kind == nil {
		return first, nil
	}
	if kind.Merges && kind.Name != "sub" {
		if i := slices.Index(ins, w.current); i > 0 {
			rest = slices.Delete(slices.Clone(ins), i, i+1)
			first = w.current
		}
	}
	if kind.Name == "attention" {
		rest = attended(first, rest)
	}
	return first, rest
}

// attended are the keys' and values' tensors, where they are not the queries'.
func attended(query tensor, rest []tensor) []tensor {
	switch {
	case len(rest) == 0, rest[0] == query && (len(rest) == 1 || rest[1] == query):
		return nil
	case len(rest) > 1 && rest[0] == rest[1]:
		return rest[:1]
	}
	return rest[:min(2, len(rest))]
}

// goTo goes on from another tensor than the current one.
func (w *writer) goTo(o *op, t tensor) {
	if t == w.current || w.failed != nil {
		return
	}
	text := "from " + w.nameOf(t)
	w.written[o] = append(w.written[o], text)
	w.put(text)
	w.current = t
}

// put enters one statement.
func (w *writer) put(text string) {
	w.sized = nil
	a := w.s.Enter(text)
	if !a.OK {
		w.failed = &a.Diags
		return
	}
	w.entered++
}

// enter puts statements into the session, and keeps what the last layer is called.
func (w *writer) enter(o *op, texts []string) {
	first := len(w.s.Nodes().Nodes)
	for _, text := range texts {
		if text == "freeze @" {
			text = "freeze " + w.lastLearned()
		}
		if w.put(text); w.failed != nil {
			return
		}
		w.written[o] = append(w.written[o], text)
	}
	n := w.s.Nodes()
	if w.called[o] == "" {
		w.called[o] = n.Path(int32(len(n.Nodes) - 1))
	}
	for i := first; i < len(n.Nodes); i++ {
		w.taken[n.Nodes[i].Name] = true
		if n.Nodes[i].Kind.Learn != nil && w.learned[o] == "" {
			w.learned[o] = n.Path(int32(i))
		}
	}
}

// lastLearned is the name of the last layer that learns something.
func (w *writer) lastLearned() string {
	n := w.s.Nodes()
	for i := len(n.Nodes) - 1; i >= 0; i-- {
		if n.Nodes[i].Kind.Learn != nil {
			return n.Path(int32(i))
		}
	}
	return "all"
}

// size is that of the current tensor, the channels last; none: there is none.
func (w *writer) size() []int64 {
	if w.sized != nil {
		return w.sized
	}
	text, _ := w.s.Value("here")
	w.sized = []int64{}
	for side := range strings.SplitSeq(text, "x") {
		n, err := strconv.ParseInt(side, 10, 64)
		if err != nil {
			return nil
		}
		w.sized = append(w.sized, n)
	}
	return w.sized
}

// kindOf is the kind of a layer of the script.
func (w *writer) kindOf(name string) *layer.Kind {
	for i := range w.s.Nodes().Nodes {
		if n := &w.s.Nodes().Nodes[i]; n.Name == name && n.Group == network.None {
			return n.Kind
		}
	}
	return nil
}

// currentName is the name of the current tensor of a script.
func currentName(s *session.Session) string {
	n := s.Nodes()
	if len(n.Nodes) == 0 {
		return ""
	}
	lines := strings.FieldsFunc(s.Source.Text, func(r rune) bool { return r == '\n' || r == ';' })
	if len(lines) > 0 {
		if name, is := strings.CutPrefix(strings.TrimSpace(lines[len(lines)-1]), "from "); is {
			return strings.TrimSpace(name)
		}
	}
	return n.Path(int32(len(n.Nodes) - 1))
}
