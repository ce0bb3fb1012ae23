package foreign

import (
	"slices"
	"strconv"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
)

// A statement is a layer as our language writes it, still in pieces.
type statement struct {
	kind   *layer.Kind
	name   string
	values map[string]string // by our names of them
	opts   []string
	owner  string // the layer whose parameters it has
	with   []string
}

func newStatement(kind *layer.Kind) *statement {
	return &statement{kind: kind, values: map[string]string{}}
}

// String writes a layer: values in their order, options as the kind lists them.
func (s *statement) String() string {
	words := []string{s.kind.Name}
	if s.name != "" {
		words = append(words, s.name)
	}
	if s.owner != "" {
		words = append(words, "=", s.owner)
	} else {
		words = append(words, s.arguments()...)
	}
	if len(s.with) > 0 {
		words = append(append(words, "with"), s.with...)
	}
	return strings.Join(words, " ")
}

func (s *statement) arguments() (words []string) {
	alone := s.has("global") || s.has("to")
	for i := range s.kind.Params {
		if p := &s.kind.Params[i]; p.Value && s.values[p.Name] != "" && !alone {
			words = append(words, s.values[p.Name])
		}
	}
	for i := range s.kind.Params {
		for _, opt := range s.opts {
			if optionOf(opt) == s.kind.Params[i].Name {
				words = append(words, opt)
			}
		}
	}
	return words
}

// optionOf is the option's word of one as it is written: no bias, pad same.
func optionOf(opt string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(opt, "no "), " ")
	return first
}

func (s *statement) has(option string) bool {
	return slices.ContainsFunc(s.opts, func(opt string) bool { return optionOf(opt) == option })
}

// set writes an option once; a later one takes the place of an earlier.
func (s *statement) set(opt string) {
	s.opts = slices.DeleteFunc(s.opts, func(old string) bool { return optionOf(old) == optionOf(opt) })
	if opt != "" {
		s.opts = append(s.opts, opt)
	}
}

// writeAll writes options that stand in one text: no gamma no beta.
func (s *statement) writeAll(text string) {
	words := strings.Fields(text)
	for i := 0; i < len(words); {
		n := 1
		for i+n < len(words) && (words[i+n-1] == "no" || s.kind.Find(words[i+n]) < 0 && words[i+n] != "no") {
			n++
		}
		s.set(strings.Join(words[i:i+n], " "))
		i += n
	}
}

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
	text := a.value.words()
	says, known := l.says(a.word, text)
	if !known {
		l.doubt(a.word + " of " + l.op.module.called + " cannot be carried over")
		return
	}
	if text == "" && says.Is == dialect.Takes {
		l.doubt("the value of " + a.word + " of " + l.op.module.called + " is not in the text")
		return
	}
	l.mean(a.word, text, says)
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

// check compares what the program says of the input with what it is.
func (l *lowering) check(what, text string) {
	size := l.w.size()
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil:
		return
	case len(size) == 0:
		if what == "length" {
			l.input(text)
		}
		return
	}
	is := size[len(size)-1]
	if what == "length" {
		is = size[0]
	}
	switch {
	case is == n:
	case l.stmt.kind.Name == "dense" && product(size) == n && len(size) > 1:
		l.before = append(l.before, "flatten")
		l.sure = false
	default:
		l.doubt(l.op.module.called + " says " + text + ", and its input has " + strconv.FormatInt(is, 10))
	}
}

func product(size []int64) int64 {
	n := int64(1)
	for _, side := range size {
		n *= side
	}
	return n
}

// follow puts an activation behind the layer.
func (l *lowering) follow(text string) {
	if text == "linear" || text == "None" {
		return
	}
	if kind, extra := activation(text); kind != nil {
		l.after = append(l.after, strings.TrimSpace(kind.Name+" "+extra))
		return
	}
	l.doubt("the activation " + text + " cannot be carried over")
}

// activation is the layer that a word for an activation means.
func activation(word string) (k *layer.Kind, extra string) {
	k, example := dialect.KindOf(word)
	if k == nil || len(k.Params) > 0 && k.Params[0].Value || !k.Light && k.Name != "glu" && k.Name != "prelu" {
		return nil, ""
	}
	_, extra, _ = strings.Cut(example, " ")
	if example == k.Example {
		extra = ""
	}
	return k, extra
}

// become makes another kind of it.
func (l *lowering) become(text string) {
	kind, opts, _ := strings.Cut(text, " ")
	l.stmt = newStatement(layer.Find(kind))
	l.stmt.writeAll(opts)
}

// input puts the network's input in front, unless there is one.
func (l *lowering) input(text string) {
	if size := l.w.size(); len(size) > 0 {
		if l.op == l.w.ops[0] && text != join(size...) {
			l.doubt(l.op.module.called + " says " + text + ", and its input is " + join(size...))
		}
		return
	}
	statement, note := inputOf(text, l.stmt.kind.Tokens)
	if l.before = append(l.before, statement); note != "" {
		l.doubt(note)
	}
}

// inputOf is an input of a size as Keras has it, without the batch.
func inputOf(text string, tokens bool) (statement, note string) {
	sides := strings.Split(text, "x")
	for i, side := range sides {
		if side == "None" {
			sides[i], note = "100", "the input's length is open there: 100 is put"
		}
	}
	switch size := strings.Join(sides, "x"); {
	case tokens:
		return "input " + size + " tokens", note
	case len(sides) == 2:
		return "input " + size + " sequence", note
	default:
		return "input " + size, note
	}
}

// open takes the likeliest meaning of what is not settled.
func (l *lowering) open(word, text, here string) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && dialect.Plain(word) == "numlayers" && n < 100 {
		l.layers = n
		return
	}
	if here == "" {
		l.doubt(word + "=" + text + " of " + l.op.module.called + " cannot be carried over")
		return
	}
	l.sure = false
	l.stmt.writeAll(here)
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
