package eval

import (
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/value"
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
	group  int32     // the block's use, or none
	in     int32     // the row of the tensor that entered; of a file, of its first input
	at     lang.Span // of the statement being run
	loops  int       // loops around it
	braces int       // braces around it
	follow *follow
	caller *frame
	site   lang.Span // of the statement that runs the block
	depth  int
	past   *journal // of a session's own statements
}

// A unit is a file whose blocks and lets are known: the script itself, or one
// that it uses.
type unit struct {
	top    *frame
	path   string // as `use` names it from the script's folder
	blocks map[string]knownBlock
	broken bool // something it uses could not be read; which blocks it has is not known
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
	value value.Value
	place place
	turns []place // of a name given inside a loop, each layer it has named
	at    lang.Span
}

// A place is a layer's row, or a block's use and the row it ends in.
type place struct{ row, group int32 }

func (m *machine) newFrame(u *unit, src *lang.Source, stmts []lang.Stmt) *frame {
	return &frame{unit: u, src: src, stmts: stmts, group: network.None, in: network.None}
}

func (f *frame) set(name string, e *entity) {
	if f.names == nil {
		f.names = make(map[string]*entity, 8)
	}
	put(f.past, f.names, name, e)
}

// unset ends a name with its braces.
func (f *frame) unset(name string) {
	if e := f.names[name]; e != nil {
		f.past.note(func() { f.names[name] = e })
		delete(f.names, name)
	}
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
		if r := &m.net.Nodes[i]; r.Group == group && r.Name == name {
			return &entity{sort: isLayer, place: place{i, network.None}, at: lang.Span{Start: r.At, End: r.At}}
		}
	}
	for i := group + 1; int(i) < len(m.net.Groups) && m.net.Groups[i].Parent >= group; i++ { // the uses inside it follow it
		if i%64 == 0 {
			m.steps++
		}
		if g := &m.net.Groups[i]; g.Parent == group && g.Name == name {
			return &entity{sort: isLayer, place: place{g.Out, i}, at: lang.Span{Start: g.At, End: g.At}}
		}
	}
	return nil
}

// extent is the range of rows of a block's use, or of the whole script.
func (m *machine) extent(group int32) (first, end int32) {
	if group == network.None {
		return 0, int32(len(m.net.Nodes))
	}
	g := &m.net.Groups[group]
	if g.End == network.None {
		return g.First, int32(len(m.net.Nodes))
	}
	return g.First, g.End
}

// define gives a name a meaning, or tells that it has one already.
func (m *machine) define(name lang.Key, e entity) bool {
	e.at = name.Span()
	old := m.names[name.Text]
	if old == nil && m.past != nil {
		old = m.unnamed(m.group, name.Text) // a prompt cannot look ahead for names that are given
		if old != nil && old.place == e.place {
			old = nil
		}
	}
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
func (m *machine) defineLocal(name lang.Key, v value.Value) bool {
	ok := m.define(name, entity{sort: isValue, value: v})
	if ok && m.braces > 0 {
		m.locals = append(m.locals, name.Text)
	}
	return ok
}

// defineTurn gives a name inside a loop once more.
func (m *machine) defineTurn(name lang.Key, p place) {
	if e := m.names[name.Text]; e != nil && e.turns != nil {
		place, turns := e.place, e.turns
		m.past.note(func() { e.place, e.turns = place, turns })
		e.place, e.turns = p, append(e.turns, p)
		return
	}
	turns := entity{sort: isLayer, place: p, turns: []place{p}}
	if !m.define(name, turns) {
		turns.at = name.Span()
		m.set(name.Text, &turns) // so that its turns are known, and what is said of them is not wrong too
	}
}

// turn is the number that a name gets in a loop.
func (m *machine) turn(name string) int {
	if e := m.names[name]; e != nil {
		return len(e.turns) + 1
	}
	return 1
}
