package eval

import (
	"strings"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// A frame is one run of a file's or a block's statements, with the names
// given in it.
type frame struct {
	unit   *unit
	src    *lang.Source // what messages quote
	stmts  []lang.Stmt
	block  *block // nil: a file's own statements
	names  map[string]*entity
	locals []string       // lets and loop variables, which end with their braces
	counts map[string]int // layers of each kind so far, for automatic names
	given  map[string]bool
	group  int32 // the block's use, or none
	in     int32 // the row of the tensor that entered; of a file, of its first input
	at     int   // offset of the statement being run
	loops  int   // loops around it
	braces int   // braces around it
	follow *follow
	caller *frame
	site   lang.Span // of the statement that runs the block
	depth  int
}

// A unit is a file whose blocks and lets are known: the script itself, or one
// that it uses.
type unit struct {
	top    *frame
	path   string // as `use` names it from the script's folder
	blocks map[string]knownBlock
}

// A knownBlock is a block that a file knows from an offset on.
type knownBlock struct {
	*block
	since int
}

type entitySort uint8

const (
	lost    entitySort = iota // told to be wrong; whatever it is used for is silent
	isValue                   // a let, a parameter, a loop's variable
	isLayer                   // a layer, or a block's use
)

// An entity is what a name stands for.
type entity struct {
	sort  entitySort
	value value
	place place
	turns []place // of a name given inside a loop, each layer it has named
	at    lang.Span
}

// A place is a layer's row, or a block's use and the row it ends in.
type place struct{ row, group int32 }

func (m *machine) newFrame(u *unit, src *lang.Source, stmts []lang.Stmt) *frame {
	return &frame{unit: u, src: src, stmts: stmts, group: none, in: none}
}

func (f *frame) set(name string, e *entity) {
	if f.names == nil {
		f.names = make(map[string]*entity, 8)
	}
	f.names[name] = e
}

// find gives what a name stands for. A block knows the lets that stand above
// it in its file.
func (f *frame) find(name string) *entity {
	if e := f.names[name]; e != nil || f.block == nil {
		return e
	}
	if e := f.unit.top.names[name]; e != nil && e.sort != isLayer && e.at.Start < f.block.at {
		return e
	}
	return nil
}

// blockNamed finds a block; inside a block only those above it.
func (f *frame) blockNamed(name string) *block {
	k := f.unit.blocks[name]
	if k.block == nil || f.block != nil && k.since >= f.block.at {
		return nil
	}
	return k.block
}

// kindNamed finds a kind of the catalogue or of the script.
func (f *frame) kindNamed(name string) *layer.Kind {
	if k := layer.Find(name); k != nil {
		return k
	}
	if b := f.blockNamed(name); b != nil {
		return b.kind
	}
	return nil
}

// lookup finds what a name stands for, automatic names included.
func (m *machine) lookup(name string) *entity {
	if e := m.find(name); e != nil {
		return e
	}
	return m.unnamed(m.group, name)
}

// unnamed finds a layer or a block's use by its automatic name. These are
// looked for among the rows, so that they cost nothing until then.
func (m *machine) unnamed(group int32, name string) *entity {
	if name == "" || name[len(name)-1] < '0' || name[len(name)-1] > '9' {
		return nil
	}
	first, end := m.extent(group)
	m.steps += int(end-first) / 64
	for i := first; i < end; i++ {
		if r := &m.net.Rows[i]; r.Group == group && r.Name == name {
			return &entity{sort: isLayer, place: place{i, none}}
		}
	}
	for i := range m.net.Groups {
		if g := &m.net.Groups[i]; g.Parent == group && g.Name == name {
			return &entity{sort: isLayer, place: place{g.Out, int32(i)}}
		}
	}
	return nil
}

// extent is the range of rows of a block's use, or of the whole script.
func (m *machine) extent(group int32) (first, end int32) {
	if group == none {
		return 0, int32(len(m.net.Rows))
	}
	g := &m.net.Groups[group]
	if g.End == none {
		return g.First, int32(len(m.net.Rows))
	}
	return g.First, g.End
}

// define gives a name a meaning, or tells that it has one already.
func (m *machine) define(name lang.Key, e entity) bool {
	e.at = name.Span()
	old := m.names[name.Text]
	if old == nil || old.sort == lost {
		if b := m.blockNamed(name.Text); b != nil {
			m.errorf(lang.Naming, name.Span(), "the name "+name.Text+" is taken", "it is a block", m.otherName(name.Text))
			return false
		}
		m.set(name.Text, &e)
		return true
	}
	line, _ := m.src.Position(old.at.Start)
	m.errorf(lang.Naming, name.Span(), "the name "+name.Text+" is taken",
		"line "+itoa(line)+" gives it to "+old.words(m), m.otherName(name.Text))
	return false
}

// defineLocal gives a name that ends with its braces.
func (m *machine) defineLocal(name lang.Key, v value) bool {
	ok := m.define(name, entity{sort: isValue, value: v})
	if ok && m.braces > 0 {
		m.locals = append(m.locals, name.Text)
	}
	return ok
}

// defineTurn gives a name inside a loop once more.
func (m *machine) defineTurn(name lang.Key, p place) {
	if e := m.names[name.Text]; e != nil && e.turns != nil {
		e.place, e.turns = p, append(e.turns, p)
		return
	}
	m.define(name, entity{sort: isLayer, place: p, turns: []place{p}})
}

// turn is the number that a name gets in a loop.
func (m *machine) turn(name string) int {
	if e := m.names[name]; e != nil {
		return len(e.turns) + 1
	}
	return 1
}

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
	case e.place.group != none:
		return "a block: " + m.net.Groups[e.place.group].Kind.Name
	}
	return "a layer: " + m.net.Rows[e.place.row].Kind.Name
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
	if at, later := m.later(name.Text); later {
		line, _ := m.src.Position(at)
		detail = "line " + itoa(line) + " gives that name, and only earlier names can be used"
		hint = "move this statement below line " + itoa(line)
	} else if near := lang.Nearest(name.Text, m.candidates(name.Text)...); near != "" {
		hint = "did you mean " + near + "?"
	} else if what == "value" {
		hint = "name the value first: let " + name.Text + " = 20"
	}
	if m.library {
		detail, hint = "of a file that is used only the blocks and lets count", "move the let into the block that needs it"
	}
	m.errorf(lang.Naming, name.Span(), "there is no "+what+" called "+name.Text, detail, hint)
	m.set(name.Text, &entity{at: name.Span()})
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
			names = append(names, m.block.kind.Params[i].Name)
		}
	}
	return names
}

// later finds where the frame's statements give a name further down.
func (m *machine) later(name string) (at int, found bool) {
	m.walkOwn(func(s *lang.Stmt) {
		key := m.givenName(s.Node)
		if !found && key.Text == name && s.Span.Start > m.at {
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
	for number := m.counts[kind.Name]; ; number++ {
		name := kind.Name + itoa(number)
		if m.names[name] == nil && !m.isGiven(name) {
			m.frame.counts[kind.Name] = number
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
		m.walkOwn(func(s *lang.Stmt) {
			if key := m.givenName(s.Node).Text; len(key) > len(strings.TrimRight(key, "0123456789")) {
				m.given[key] = true
			}
		})
	}
	return m.given[name]
}
