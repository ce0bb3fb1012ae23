package foreign

import (
	"slices"
	"strconv"
	"strings"

	"cnnl/eval/dialect"
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
	called  map[*op]string    // layers by the op that made them
	wanted  map[*op]bool      // ops that something names later
	taken   map[string]bool   // names that are given
	layout  layout            // of the current tensor
	written map[*op][]string  // the statements of each op
	entered int               // entries of ours in the session
	notes   []string          // what cannot be carried over
	sure    bool              // nothing was assumed
	fitting bool              // what does not fit all that is said is not wanted
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
	w.taken, w.written, w.notes, w.sure = map[string]bool{}, map[*op][]string{}, nil, true
	w.layout, w.sized, w.failed = unknownLayout, nil, nil
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
		if w.failed != nil || w.fitting && len(w.notes) > 0 {
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

// nameOf is what a tensor is called in the script; an op that has no name yet will
// have one when all is written once more.
func (w *writer) nameOf(t tensor) string {
	switch {
	case t.op != nil:
		w.wanted[t.op] = true
		return w.called[t.op]
	case t.ref != entering:
		return t.ref
	}
	return w.entry
}

// lowered is what an op is here.
func (w *writer) lowered(o *op) *lowering {
	c := o.module.call
	switch c.Does {
	case dialect.Activates:
		return w.activates(o)
	case dialect.Rewrites:
		l := &lowering{w: w, op: o, stmt: newStatement(kindFor(c)), layers: 1, sure: true, given: map[string]bool{}}
		l.before = ruleOf(c.Adds)(l)
		l.stmt = nil
		return l
	case dialect.Cannot:
		l := &lowering{w: w, op: o}
		l.doubt(o.module.called + " cannot be carried over: " + c.Why)
		return l
	case dialect.Passes, dialect.Plumbs, dialect.Chains, dialect.Wraps:
		return &lowering{w: w, op: o, sure: true}
	}
	l := w.lower(o, c.Of())
	w.position(l)
	w.along(l)
	return l
}

// activates is the activation that a layer is given by its name.
func (w *writer) activates(o *op) *lowering {
	l := &lowering{w: w, op: o, sure: true}
	for _, a := range o.module.args {
		switch a.word {
		case "activation":
			l.follow(a.value.words())
			if len(l.after) > 0 {
				l.before, l.after = l.after, nil
			}
		}
	}
	if len(o.module.args) == 0 {
		l.doubt("which activation is not in the text")
	}
	return l
}

// position has a dense layer work at every position of what is no vector, as the other
// tools' do.
func (w *writer) position(l *lowering) {
	if l.stmt.kind.Name == "dense" && len(w.size()) > 1 && len(l.before) == 0 && !l.stmt.has("each") {
		l.stmt.set("each")
	}
}

// along is the axis that a concatenation grows.
func (w *writer) along(l *lowering) {
	if l.stmt.kind.Name != "concat" || l.op.module.call.Does != dialect.Makes {
		return
	}
	axis, given := l.whole("axis")
	if dim, is := l.whole("dim"); is {
		axis, given = dim, true
	} else if !given && l.op.module.call.Tool == dialect.PyTorch {
		l.doubt("the axis of cat is the batch's")
	}
	l.stmt.opts = nil
	size := w.size()
	if !given || len(size) == 0 || axis == -1 && l.op.module.call.Tool == dialect.Keras {
		return
	}
	if axis < 0 {
		axis += int64(len(size)) + 1
	}
	first := l.op.module.call.Tool == dialect.PyTorch && len(size) > 1 && (w.layout == channelsFirst || w.layout == unknownLayout && len(size) != 2)
	if axis = ourAxis(axis, int64(len(size)), first); axis == int64(len(size)) {
		return
	}
	names := map[int][]string{2: {"length"}, 3: {"height", "width"}, 4: {"depth", "height", "width"}}[len(size)]
	if axis < 1 || int(axis) > len(names) {
		l.doubt("this axis cannot be carried over")
		return
	}
	l.stmt.set("along " + names[axis-1])
	if w.layout == unknownLayout {
		l.sure = false
	}
}

// ourAxis is the number of our axis that one of theirs is, counted from 1 behind the batch.
func ourAxis(axis, rank int64, first bool) int64 {
	switch {
	case !first:
		return axis
	case axis == 1:
		return rank
	}
	return axis - 1
}

// layoutAfter is where a tensor has its channels behind an op.
func (w *writer) layoutAfter(l *lowering) layout {
	c := l.op.module.call
	if c.Tool == dialect.Keras || l.stmt == nil {
		return w.layout
	}
	switch name := l.stmt.kind.Name; {
	case name == "embedding", name == "attention", l.stmt.kind.Find("bidirectional") >= 0:
		return channelsLast
	case l.stmt.kind.Find("kernel") >= 0, name == "batchnorm", name == "instancenorm", name == "groupnorm":
		return channelsFirst
	}
	return w.layout
}

// tell keeps what an op cannot say.
func (w *writer) tell(l *lowering) {
	if l.note != "" && !slices.Contains(w.notes, l.note) {
		w.notes = append(w.notes, l.note)
	}
	w.sure = w.sure && l.sure
}

// texts are the statements of an op, with the names that are wanted.
func (w *writer) texts(l *lowering, rest []tensor) []string {
	list := slices.Clone(l.before)
	if l.stmt != nil {
		for _, t := range rest {
			l.stmt.with = append(l.stmt.with, w.nameOf(t))
		}
		list = append(list, w.layers(l)...)
	}
	list = append(list, l.after...)
	w.giveName(l, list)
	return list
}

// layers are those of one op: one, or several recurrent ones.
func (w *writer) layers(l *lowering) (list []string) {
	o, s := l.op, l.stmt
	if i := slices.Index(o.module.ops, o); i > 0 && s.kind.Learn != nil {
		owner := o.module.ops[0]
		w.wanted[owner] = true
		s.owner, s.values, s.opts = w.called[owner], nil, nil
		s.name = ""
		return []string{s.String()}
	}
	if s.name == "" && o == o.module.ops[0] {
		s.name = o.module.name
	}
	s.name = w.free(s.kind, s.name)
	for i := int64(1); i < l.layers; i++ {
		inner := newStatement(s.kind)
		inner.values, inner.opts = s.values, slices.Clone(s.opts)
		if inner.set("sequence"); true {
			list = append(list, inner.String())
		}
	}
	return append(list, s.String())
}

// giveName gives the last layer of an op its variable's name, where others name it; what
// has one keeps it, and what has none is called as our language calls it by itself.
func (w *writer) giveName(l *lowering, list []string) {
	o := l.op
	if len(list) == 0 {
		return
	}
	last := len(list) - 1
	for last > 0 && strings.HasPrefix(list[last], "freeze ") {
		last--
	}
	if l.stmt != nil && last == len(list)-1-len(l.after) && l.stmt.name != "" {
		w.called[o] = l.stmt.name
	} else if w.trial || w.wanted[o] {
		kind, rest, _ := strings.Cut(list[last], " ")
		if k := layer.Find(kind); k != nil {
			if name := w.nameFor(o, k); name != "" {
				list[last] = strings.TrimSpace(kind + " " + name + " " + rest)
				w.called[o] = name
			}
		} else { // a loop: what it gives is named behind it
			list[last] += "; identity"
		}
	}
	if name := w.called[o]; name != "" {
		w.taken[name] = true
	}
}

// nameFor is a name for what an op gives: that of its module or variable, if a layer of
// ours can have it.
func (w *writer) nameFor(o *op, kind *layer.Kind) string {
	for _, name := range append([]string{o.module.name}, o.names...) {
		if name = w.free(kind, name); name != "" {
			return name
		}
	}
	return ""
}

// free is a name as a layer of ours can have it, or empty.
func (w *writer) free(kind *layer.Kind, name string) string {
	name = identifier(name)
	if name == "" || w.taken[name] || lang.Reserved(name) || layer.Find(name) != nil {
		return ""
	}
	if kind != nil {
		if _, means := dialect.Says(dialect.AnyTool, kind, name, ""); means || kind.Knows(name) || kind.Find(name) >= 0 || dialect.Behind(kind, name) != "" {
			return ""
		}
	}
	if i := layer.Find("input"); i.Knows(name) {
		return ""
	}
	return name
}

// identifier is a name with what ours cannot have left out.
func identifier(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < 128 && (isLetter(byte(r)) || isDigit(byte(r))) {
			return r
		}
		return '_'
	}, name)
	if name == "" || isDigit(name[0]) {
		return ""
	}
	return name
}

// input writes the network's input; one that the script has already is that one.
func (w *writer) input(o *op) {
	l := &lowering{w: w, op: o, stmt: newStatement(layer.Find("input")), sure: true}
	text := l.inputSize()
	statement, note := inputOf(text, w.feedsTokens(o))
	if text == "" {
		w.sure = false
		w.notes = append(w.notes, "the input's size is not in the text")
		w.aliases[o] = w.current
		return
	}
	if note != "" {
		l.doubt(note)
	}
	w.tell(l)
	size := strings.TrimPrefix(text, "1x")
	if len(w.size()) > 0 && w.current == (tensor{ref: entering}) && (text == join(w.size()...) || size == join(w.size()...)) {
		w.aliases[o] = tensor{ref: entering}
		return
	}
	if kind, rest, _ := strings.Cut(statement, " "); w.trial || w.wanted[o] || w.entry != "" || w.countInputs() > 1 {
		if name := w.nameFor(o, layer.Find(kind)); name != "" {
			statement = kind + " " + name + " " + rest
			w.called[o], w.taken[name] = name, true
		}
	}
	w.enter(o, []string{statement})
	w.current = tensor{op: o}
}

// countInputs is how many the program has.
func (w *writer) countInputs() (n int) {
	for _, o := range w.ops {
		if o.module.call.Kind == "input" {
			n++
		}
	}
	return n
}

// inputSize is the size that an input is given, without the batch.
func (l *lowering) inputSize() string {
	for _, a := range l.op.module.args {
		switch dialect.Plain(a.word) {
		case "shape", "inputshape":
			return sizeOf(a.value)
		case "batchshape", "batchinputshape":
			if a.value.sort == vList && len(a.value.items) > 1 {
				return sizeOf(listOf(a.value.items[1:]...))
			}
		}
	}
	return ""
}

// sizeOf is a size whose sides may be open.
func sizeOf(v value) string {
	sides := []string{}
	for _, item := range flat(v) {
		if item.sort != vNumber && item.sort != vNone {
			return ""
		}
		sides = append(sides, item.text)
	}
	return strings.Join(sides, "x")
}

// feedsTokens reports an input that an embedding takes.
func (w *writer) feedsTokens(input *op) bool {
	for _, o := range w.ops {
		if k := o.module.call.Of(); k != nil && k.Tokens && slices.ContainsFunc(o.ins, func(t tensor) bool { return t.op == input }) {
			return true
		}
	}
	return false
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
