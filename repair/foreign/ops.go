package foreign

import (
	"slices"

	"cnnl/eval/dialect"
)

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
		s.owner, s.values, s.opts = w.learned[owner], nil, nil
		s.name = ""
		return []string{s.String()}
	}
	if s.name == "" && o == o.module.ops[0] {
		s.name = o.module.name
	}
	if s.name = w.free(s.kind, s.name); s.name != "" {
		w.taken[s.name] = true
	}
	for i := int64(1); i < l.layers; i++ {
		inner := newStatement(s.kind)
		inner.values, inner.opts = s.values, slices.Clone(s.opts)
		if inner.set("sequence"); true {
			list = append(list, inner.String())
		}
	}
	return append(list, s.String())
}
