package foreign

import (
	"slices"

	"cnnl/eval/dialect"
)

// What a program may ask for.
const (
	mostSteps = 20_000
	mostOps   = 1_000
	mostCalls = 40 // one within another
)

// A machine carries out a program as far as it describes a network: it gathers the
// uses of layers in their order. Everything else passes by.
type machine struct {
	tool   dialect.Tools
	known  func(name string) bool // layers of the script
	global map[string]value
	frames []*frame
	ops    []*op
	runs   map[*stmt]int // how often a function was carried out
	path   []place
	loose  []*module // made, and held by nothing
	steps  int
	over   bool    // it asked for too much
	sample []int64 // the size of an input that the program makes up, without the batch
	odd    bool    // something was passed by that might have mattered
}

// A frame is a function that is being carried out.
type frame struct {
	def    *stmt
	names  map[string]value
	result value
	done   bool
}

func newMachine(tool dialect.Tools, known func(string) bool) *machine {
	m := &machine{tool: tool, known: known, global: map[string]value{}, runs: map[*stmt]int{}}
	m.frames = []*frame{{names: m.global}}
	return m
}

func (m *machine) top() *frame { return m.frames[len(m.frames)-1] }

// step counts what is done; false: it was too much.
func (m *machine) step() bool {
	if m.steps++; m.steps > mostSteps || len(m.ops) > mostOps {
		m.over = true
	}
	return !m.over
}

// run carries out statements.
func (m *machine) run(body []*stmt, repeated bool) {
	for _, s := range body {
		if m.top().done || !m.step() {
			return
		}
		m.path = append(m.path, place{s, m.top().def, repeated})
		m.do(s)
		m.path = m.path[:len(m.path)-1]
	}
}

func (m *machine) do(s *stmt) {
	switch s.sort {
	case sExpr:
		m.eval(s.x)
	case sAssign:
		v := m.eval(s.x)
		for _, t := range s.targets {
			m.assign(t, v)
		}
	case sAugment:
		v := m.binary(s.text, m.eval(s.targets[0]), m.eval(s.x), s.x)
		m.assign(s.targets[0], v)
	case sReturn:
		if s.x != nil {
			m.top().result = m.eval(s.x)
		}
		m.top().done = true
	case sClass, sDef:
		m.top().names[s.text] = value{sort: vFunction, text: s.text, def: s}
	case sIf:
		m.choose(s)
	case sFor:
		m.loop(s)
	case sBlock:
		if s.text == "while" {
			m.odd = true
			return
		}
		m.run(s.body, false)
	}
}

// choose carries out a condition's branch; where it is not known which, the first.
func (m *machine) choose(s *stmt) {
	is, known := m.eval(s.x).isTrue()
	switch {
	case isMain(s.x):
	case !known:
		m.odd = true
		m.run(s.body, false)
	case is:
		m.run(s.body, false)
	default:
		m.run(s.orElse, false)
	}
}

// isMain reports the question whether a program is run by itself, behind which
// stands no network.
func isMain(x *expr) bool { return x.sort == eBinary && x.args[0].text == "__name__" }

func (m *machine) loop(s *stmt) {
	list, ok := m.sequence(m.eval(s.x))
	if !ok {
		m.odd = true
		return
	}
	for _, item := range list {
		if !m.step() || m.top().done {
			return
		}
		m.assign(s.targets[0], item)
		m.run(s.body, len(list) != 1)
	}
}

// sequence is what a loop goes through.
func (m *machine) sequence(v value) ([]value, bool) {
	switch {
	case v.sort == vList:
		return v.items, true
	case v.sort == vModule && v.module.call.Does == dialect.Chains:
		return v.module.kids, true
	}
	return nil, false
}

func (m *machine) assign(t *expr, v value) {
	if isVariable(v) && !m.isModule(v.text) {
		v = m.variable(v)
	}
	switch t.sort {
	case eName:
		m.name(t.text, v)
		m.top().names[t.text] = v
	case eAttr:
		if self := m.eval(t.args[0]); self.sort == vInstance {
			m.name(t.text, v)
			self.self.attrs[t.text] = v
		} else if t.args[0].text == "self" {
			m.name(t.text, v)
			m.global["self."+t.text] = v
		}
	case eList:
		for i, x := range t.args {
			item := value{}
			if v.sort == vList && i < len(v.items) {
				item = v.items[i]
			}
			m.assign(x, item)
		}
	}
}

// isModule reports a name that calls are found in, or that is itself something to call.
func (m *machine) isModule(name string) bool {
	return dialect.ToolOf(name) != 0 || dialect.CallOf(dialect.AnyTool, name) != nil
}

// name gives what a variable holds its name.
func (m *machine) name(name string, v value) {
	switch v.sort {
	case vTensor:
		if op := v.tensor.op; op != nil && !slices.Contains(op.names, name) {
			op.names = append(op.names, name)
		}
	case vModule:
		if v.module.name == "" {
			v.module.name = name
		}
	}
}

// lookup is what a name means.
func (m *machine) lookup(name string) value {
	for _, names := range [...]map[string]value{m.top().names, m.global} {
		if v, ok := names[name]; ok {
			return v
		}
	}
	switch {
	case name == "True" || name == "False":
		return value{sort: vTruth, text: name}
	case name == "None":
		return none
	case m.known(name):
		return ofTensor(tensor{ref: name})
	}
	return value{sort: vName, text: name}
}

// attribute is what an object has of a name.
func (m *machine) attribute(x *expr) value {
	if x.args[0].sort == eName && x.args[0].text == "self" {
		if v, ok := m.global["self."+x.text]; ok {
			return v
		}
	}
	v := m.eval(x.args[0])
	switch v.sort {
	case vInstance:
		if a, ok := v.self.attrs[x.text]; ok {
			return a
		}
		if def := method(v.self.class, x.text); def != nil {
			return value{sort: vFunction, text: x.text, def: def, self: v.self}
		}
		return value{}
	case vFunction:
		return m.classAttribute(v.def, x.text)
	case vName:
		return value{sort: vName, text: v.text + "." + x.text}
	}
	return value{}
}

// saysInput reports a layer that is given the size of the network's input.
func (m *machine) saysInput() bool {
	for _, o := range m.ops {
		for _, a := range o.module.args {
			switch dialect.Plain(a.word) {
			case "inputshape", "batchinputshape", "inputdim", "inputlength", "batchshape":
				return true
			}
		}
	}
	return false
}
