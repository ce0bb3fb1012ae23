package eval

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// Names: those given, those that are automatic, and those that nobody gave.

// otherName is advice for a name that is taken; a second input has it only
// because none was given.
func (m *machine) otherName(name string) string {
	if k := layer.Find(name); k != nil && k.Source {
		return "give this one a name: input other 120x120 cmyk"
	}
	return "choose another name"
}

func (e *entity) words(m *machine) string {
	switch {
	case e.sort == isValue:
		return "a value"
	case e.place.group != network.None:
		return "a block: " + m.net.Groups[e.place.group].Kind.Name
	}
	return "a layer: " + m.net.Nodes[e.place.row].Kind.Name
}

// unknownName tells of a name that nobody has given so far, once.
func (m *machine) unknownName(name lang.Name, what string) {
	if m.muted > 0 {
		return
	}
	hint := ""
	detail := "nothing before this line has that name"
	if m.block != nil {
		detail = "a block knows its parameters, its own layers and the lets above it"
	}
	if m.laterParam(name.Text) {
		detail = "a default knows only the parameters before it"
		hint = "put " + name.Text + " before it in the head of the block"
	} else if at, later := m.later(name.Text); later {
		line, _ := m.src.Position(at)
		detail = "line " + itoa(line) + " gives that name, and only earlier names can be used"
		hint = "move this statement below line " + itoa(line)
	} else if last := m.lastOf(name.Text); last != "" {
		hint = "the last is " + last
	} else if p := layer.OptionOf(name.Text); p != nil && len(name.Text) > 1 { // q may be anybody's
		hint = "`" + name.Text + "` is a word of " + p.Name + "; values are numbers, sizes, true and false"
	} else if near := lang.Nearest(name.Text, m.candidates(name.Text)...); near != "" {
		hint = "did you mean " + near + "?"
	} else if m.kindNamed(name.Text) != nil {
		hint = "it is a kind; give a layer a name, and write that: " + name.Text + " n1"
	} else if what == "layer" {
		hint = "give a layer that name first: conv " + name.Text + " 20 3x3"
	} else {
		hint = "name the value first: let " + name.Text + " = 20"
	}
	if m.library {
		detail, hint = "of a file that is used only the blocks and lets count", "move the let into the block that needs it"
	}
	m.errorf(lang.Naming, name.Span(), "there is no "+what+" called "+name.Text, detail, hint)
	m.set(name.Text, &entity{at: name.Span()})
}

// lastOf is the automatic name of the latest layer of a kind, or empty.
func (m *machine) lastOf(kind string) string {
	first, end := m.extent(m.group)
	for i := end - 1; i >= first; i-- {
		if r := &m.net.Nodes[i]; r.Group == m.group && r.Kind != nil && r.Kind.Name == kind {
			return r.Name
		}
	}
	return ""
}

// laterParam reports a parameter of the block being used that has no value yet.
func (m *machine) laterParam(name string) bool {
	return m.block != nil && m.block.kind.Find(name) >= 0
}

// candidates lists the known names in the order of giving.
func (m *machine) candidates(word string) (names []string) {
	known := m.names
	for name, e := range known {
		if e.sort != lost && name != word {
			names = append(names, name)
		}
	}
	sortByPlace(names, known)
	if m.block != nil {
		for i := range m.block.kind.Params {
			if p := &m.block.kind.Params[i]; m.names[p.Name] == nil && p.Name != word {
				names = append(names, p.Name)
			}
		}
	}
	return names
}

// later finds where the frame's statements give a name further down.
func (m *machine) later(name string) (at int, found bool) {
	m.walkOwn(func(s *lang.Stmt) {
		key := m.givenName(s.Node)
		if !found && key.Text == name && s.Span.Start > m.at.Start {
			at, found = key.At, true
		}
	})
	return at, found
}

// walkOwn calls visit for the frame's statements, blocks' own left out.
func (m *machine) walkOwn(visit func(*lang.Stmt)) {
	lang.WalkWithin(m.stmts, func(s *lang.Stmt) bool {
		visit(s)
		switch s.Node.(type) {
		case *lang.Block, *lang.Accept, *lang.Misconception:
			return false
		}
		return true
	})
}

// givenName is the name that a statement gives, if it gives one.
func (f *frame) givenName(node lang.Node) lang.Key {
	switch n := node.(type) {
	case *lang.Let:
		return lang.Key(n.Name)
	case *lang.For:
		return lang.Key(n.Var)
	case *lang.Layer:
		if len(n.Words) > 0 && n.Words[0].No.Text == "" && !lang.Reserved(n.Words[0].Name.Text) {
			if kind := f.kindNamed(n.Kind.Text); kind == nil || !kind.Knows(n.Words[0].Name.Text) {
				return n.Words[0].Name
			}
		}
	}
	return lang.Key{}
}

// automatic names a layer for which the script gives no name: its kind and
// its number among the layers of that kind.
func (m *machine) automatic(kind *layer.Kind) string {
	if kind.Source {
		return kind.Name
	}
	stem := kind.Name
	if last := stem[len(stem)-1]; last >= '0' && last <= '9' {
		stem += "_" // relu6_1 is no 61st relu
	}
	for number := m.counts[kind.Name]; ; number++ {
		name := stem + itoa(number)
		if m.names[name] == nil && !m.isGiven(name) && m.kindNamed(name) == nil {
			put(m.past, m.frame.counts, kind.Name, number)
			return name
		}
	}
}

// isGiven reports whether the frame's statements themselves give a name that
// looks like an automatic one.
func (m *machine) isGiven(name string) bool {
	if m.given == nil {
		m.given = map[string]bool{}
		if m.block != nil {
			if m.block.given != nil {
				m.given = m.block.given
				return m.given[name]
			}
			m.block.given = m.given
		}
		m.noteGiven()
	}
	return m.given[name]
}

// noteGiven notes the names that the frame's statements give and that look
// like automatic ones.
func (m *machine) noteGiven() {
	m.walkOwn(func(s *lang.Stmt) {
		if key := m.givenName(s.Node).Text; len(key) > len(strings.TrimRight(key, "0123456789")) {
			put(m.past, m.given, key, true)
		}
	})
}

// takeName takes the word right after the kind for the layer's name if the
// kind does not know it.
func (b *binder) takeName() {
	if len(b.words) == 0 {
		return
	}
	w := b.words[0]
	word := w.Name.Text
	if word == "" || w.No.Text != "" || lang.Reserved(word) || b.kind.Knows(word) {
		return
	}
	b.words = b.words[1:]
	why, hint := b.noName(word)
	if why == "" {
		b.name = w.Name
		return
	}
	b.errorf(lang.Naming, w.Span(), why, "the word after "+b.kind.Name+" is taken for the layer's name", hint)
	if says := dialect.Behind(b.kind, word); says != "" {
		b.skipAnswered(says)
		b.skipValue(nil, false)
	}
	if e := b.m.find(word); e != nil && e.sort == isValue {
		for len(b.words) > 0 && isValueWord(b.words[0]) {
			b.next() // it stood among the values
		}
	}
}

// noName says why a word cannot name this layer, and shows the sentence that
// was probably meant.
func (b *binder) noName(word string) (why, hint string) {
	rest := strings.TrimSpace(b.kind.Name + " " + b.text(b.words))
	if k := layer.Find(word); k != nil {
		return "`" + word + "` is a kind of layer and cannot name one", "write " + rest + "; " + word
	}
	if b.m.blockNamed(word) != nil {
		return "`" + word + "` is a block and cannot name a layer", "write " + rest + "; " + word
	}
	if b.m.block != nil && slices.Contains(rowProperties, word) {
		return "inside a block no layer is called " + word, "from outside it could not be told from the block's own ." + word
	}
	if layer.IsColour(word) {
		return "`" + word + "` is a colour and cannot name a layer", "write input 120x120 " + word
	}
	if e := b.m.find(word); e != nil && e.sort == isValue {
		return "`" + word + "` is a value and cannot name a layer", strings.TrimSpace("its value is written with $: "+b.kind.Name+" $"+word+" "+b.text(b.words)) + "; or choose another name"
	}
	if b.n.Tie != nil && len(b.kind.Turns) > 0 && lang.Distance(word, transposed) <= 1 {
		return "`" + word + "` cannot name a layer that shares", "write " + b.kind.Name + " = " + b.n.Tie.Head.Text + " " + transposed
	}
	if says := dialect.Behind(b.kind, word); says != "" {
		return "`" + word + "` cannot name a layer", says
	}
	if p, of := b.optionElsewhere(word); p != nil {
		return "`" + word + "` is an option of " + of + " and cannot name a layer", b.kind.Name + " has no such option: write " + rest + ", or choose another name"
	}
	if near := b.nearWord(word); near != "" {
		return "`" + word + "` is one letter away from " + near, b.nearHint(near)
	}
	if i := b.kind.Find(word); i >= 0 && b.kind.Params[i].Value && len(b.words) > 0 && isValueWord(b.words[0]) {
		return "`" + word + "` cannot name a layer", word + " stands by place, without a word: " + b.kind.Name + " " + b.text(b.words)
	}
	if p := dialect.OptionOf(b.kind, word); p != nil && len(word) >= 4 {
		return "`" + word + "` cannot name a layer", "here it is called " + p.Name + b.called(p)
	}
	return "", ""
}

// called shows how an option that other tools call otherwise is written.
func (b *binder) called(p *layer.Param) string {
	switch {
	case p.Type == layer.Flag && p.Default.Len > 0:
		return ", which is on; no " + p.Name + " turns it off"
	case p.Value:
		return ": " + b.kind.Example
	}
	return ": " + strings.TrimSpace(b.kind.Example+" "+p.Name+" "+p.Sample())
}

// optionElsewhere finds an option of another kind that takes a number, where a
// name like that would hide a slip: in `crop before 1` the 1 is no cut.
func (b *binder) optionElsewhere(word string) (p *layer.Param, of string) {
	if len(b.kind.Params) == 0 || b.kind.Params[0].Type != layer.PerAxis || !b.kind.Params[0].Value || len(b.words) == 0 || !isValueWord(b.words[0]) {
		return nil, ""
	}
	for _, k := range layer.All {
		if i := k.Find(word); i >= 0 && !k.Params[i].Value && k.Params[i].Type != layer.Flag {
			return &k.Params[i], k.Name
		}
	}
	return nil, ""
}

// nearHint shows how a word is written that a name comes close to.
func (b *binder) nearHint(near string) string {
	i := b.kind.Find(near)
	if i < 0 {
		near = b.optionOf(near).Name + " " + near
	}
	if i >= 0 && b.kind.Params[i].Type != layer.Flag {
		return "options stand behind the values, as in " + strings.TrimSpace(b.kind.Usage()[:len(b.kind.Name)]+" ... "+near+" "+b.kind.Params[i].Sample()) + "; or choose another name"
	}
	return "write " + strings.Join(strings.Fields(b.kind.Name+" "+b.text(b.words)+" "+near), " ") + ", or choose another name"
}

// nearWord is an option word that a name differs from by one letter; a digit
// more is no slip.
func (b *binder) nearWord(word string) string {
	if strings.ContainsAny(word, "0123456789") {
		return ""
	}
	for _, known := range b.kind.Vocabulary() {
		if b.optionOf(known) == nil && b.kind.Find(known) < 0 {
			continue
		}
		if len(known) >= 4 && lang.Distance(word, known) == 1 {
			return known
		}
	}
	return ""
}
