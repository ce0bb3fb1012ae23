package foreign

import (
	"slices"
	"strconv"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
)

// A lowering is what becomes of one op.
type lowering struct {
	w      *writer
	op     *op
	stmt   *statement
	before []string // statements in front of it, an input or a flatten
	after  []string // and behind it: activations
	layers int64    // how often it stands, of recurrent layers in several
	given  map[string]bool
	sure   bool
	note   string // what cannot be carried over
}

// doubt says what cannot be carried over, the first time.
func (l *lowering) doubt(note string) {
	l.sure = false
	if l.note == "" {
		l.note = note
	}
}

// lower makes a layer of a call.
func (w *writer) lower(o *op, kind *layer.Kind) *lowering {
	l := &lowering{w: w, op: o, stmt: newStatement(kind), layers: 1, given: map[string]bool{}, sure: true}
	c := o.module.call
	if c.Adds != "" && c.Does == dialect.Makes {
		l.stmt.writeAll(c.Adds)
	}
	for _, a := range o.module.args {
		l.given[dialect.Plain(a.word)] = true
		l.take(a)
	}
	for _, pair := range c.Defaults() {
		l.unsaid(pair[0], pair[1])
	}
	for _, add := range o.module.adds {
		l.stmt.writeAll(add)
	}
	l.parts()
	return l
}

// take carries an argument over.
func (l *lowering) take(a argument) {
	if a.word == "" {
		l.doubt(l.op.module.called + " takes no further argument by place")
		return
	}
	text := l.text(a.value)
	says, known := l.says(a.word, text)
	if known && says.Is == dialect.Follows && a.value.sort == vModule {
		l.followModule(a.value.module)
		return
	}
	if !known {
		l.doubt(a.word + " of " + l.op.module.called + " cannot be carried over")
		return
	}
	if text == "" && says.Is == dialect.Takes {
		l.missing(a.word, says.Here)
		return
	}
	l.mean(a.word, text, says)
}

// missing puts a number where the text has none, of what a layer cannot be without.
func (l *lowering) missing(word, name string) {
	note := "the value of " + word + " of " + l.op.module.called + " is not in the text"
	if p := &l.stmt.kind.Params[l.stmt.kind.Find(name)]; p.Value && p.Type == layer.Count {
		l.stmt.values[name] = "10"
		note += ": 10 is put"
	}
	l.doubt(note)
}

// text is a value as arguments are written here; a side that is None is the input's.
func (l *lowering) text(v value) string {
	if size := l.w.size(); v.sort == vList && len(size) == len(v.items)+1 && l.stmt.kind.Find("to") >= 0 {
		v.items = slices.Clone(v.items)
		for i, item := range v.items {
			if item.sort == vNone {
				v.items[i] = integer(size[i])
			}
		}
	}
	if v.sort == vModule {
		return v.module.called
	}
	return v.words()
}

// says asks the table: of the call's own tool first.
func (l *lowering) says(word, text string) (dialect.Saying, bool) {
	if says, ok := dialect.Says(l.op.module.call.Tool, l.stmt.kind, word, text); ok {
		return says, true
	}
	return dialect.Says(dialect.AnyTool, l.stmt.kind, word, text)
}

func (l *lowering) mean(word, text string, says dialect.Saying) {
	switch says.Is {
	case dialect.Takes:
		l.put(says.Here, text)
	case dialect.Writes:
		l.write(says.Here)
	case dialect.Fact:
		l.check(says.Here, text)
	case dialect.Follows:
		l.follow(text)
	case dialect.Becomes:
		l.become(strings.ReplaceAll(says.Here, "@", text))
	case dialect.Freezes:
		l.after = append(l.after, "freeze @")
	case dialect.Named:
		l.stmt.name = identifier(text)
	case dialect.Input:
		l.input(text)
	case dialect.Channels:
		l.open(word, text, "")
	case dialect.Open:
		l.open(word, text, says.Here)
	}
}

// put gives a value or option its number, size or word.
func (l *lowering) put(name, text string) {
	i := l.stmt.kind.Find(name)
	p := &l.stmt.kind.Params[i]
	text = l.fitting(p, text)
	switch {
	case text == "":
		l.doubt(name + " of " + l.op.module.called + " cannot be carried over")
	case p.Value:
		l.stmt.values[name] = text
	default:
		l.stmt.set(name + " " + text)
	}
}

// fitting is a value as our parameter takes it; empty: it cannot.
func (l *lowering) fitting(p *layer.Param, text string) string {
	if word := strings.ToLower(text); slices.Contains(p.Words, word) {
		return word
	}
	sides := strings.Split(text, "x")
	for i, side := range sides {
		whole := strings.TrimSuffix(side, ".0")
		if _, err := strconv.ParseFloat(side, 64); err != nil || strings.HasPrefix(side, "-") {
			return ""
		}
		sides[i] = whole
	}
	if axes := l.axes(); p.Type == layer.PerAxis && len(sides) == 4 && sides[0] == "1" && sides[3] == "1" {
		sides = sides[1:3] // the batch's and the channels' are left out
	} else if p.Type == layer.Extent && len(sides) == 1 && p.Name == "to" && axes > 1 {
		sides = slices.Repeat(sides, axes)
	}
	if p.Type == layer.List {
		return strings.Join(sides, " ")
	}
	if len(sides) == 1 && strings.HasPrefix(sides[0], ".") {
		return "0" + sides[0]
	}
	return strings.Join(sides, "x")
}

// axes is how many axes a layer works on, as its call's name says: Conv2d.
func (l *lowering) axes() int {
	if n := axesOf(l.op.module.called); n > 0 {
		return n
	}
	return len(l.w.size()) - 1
}

// write writes options; a size of the output has as many sides as the layer has axes.
func (l *lowering) write(text string) {
	if text == "to 1x1" {
		text = "to " + strings.Join(slices.Repeat([]string{"1"}, max(1, l.axes())), "x")
		l.stmt.set("global")
		l.stmt.opts = slices.DeleteFunc(l.stmt.opts, func(opt string) bool { return opt == "global" })
	}
	l.stmt.writeAll(text)
}

// unsaid is an argument that its tool has where nothing is said, and ours is not.
func (l *lowering) unsaid(word, text string) {
	if l.given[dialect.Plain(word)] {
		return
	}
	says, ok := l.says(word, text)
	switch {
	case text == "@each":
		l.stmt.set("each")
	case text == "auto":
		l.fills()
		return
	case !ok, says.Is == dialect.Takes && (l.stmt.values[says.Here] != "" || l.stmt.has(says.Here) || l.stmt.has("to") || l.stmt.has("global")):
		return
	default:
		l.mean(word, text, says)
	}
	l.sure = false
}

// fills is the output padding of Keras' transposed convolutions, where it shows: a
// stride larger than the window is filled.
func (l *lowering) fills() {
	stride := ""
	for _, opt := range l.stmt.opts {
		switch {
		case opt == "pad same":
			return
		case optionOf(opt) == "stride":
			stride = strings.TrimPrefix(opt, "stride ")
		}
	}
	first := func(text string) (n int) {
		side, _, _ := strings.Cut(text, "x")
		n, _ = strconv.Atoi(side)
		return n
	}
	if first(stride) > first(l.stmt.values["kernel"]) {
		l.stmt.set("outpad auto")
		l.sure = false
	}
}

// parts asks a recurrent layer of PyTorch for what the program uses of it.
func (l *lowering) parts() {
	if l.stmt.kind.Find("sequence") < 0 || l.op.module.call.Tool != dialect.PyTorch || l.stmt.kind.Source || l.stmt.kind.Name == "flatten" {
		return
	}
	used := l.op.parts
	switch {
	case used[steps] && used[ending]:
		l.doubt("all steps of " + l.op.module.called + " and its last state are both used: all steps are given")
		l.stmt.set("sequence")
	case used[steps]:
		l.stmt.set("sequence")
	case !used[ending]: // a line alone: PyTorch gives all steps
		l.stmt.set("sequence")
		l.sure = false
	}
}
