package foreign

import (
	"maps"
	"slices"

	"cnnl/lang"
)

// program carries out a region and puts to use what it only makes: the layers that
// nothing holds, else its last class, else its last function.
func (m *machine) program(tree []*stmt) {
	m.run(tree, false)
	if cut := (&stmt{body: tree}); forward(cut) != nil || method(cut, "__init__") != nil {
		m.useBare(cut)
		return
	}
	m.useLoose(true)
	m.useInstances()
	last := lastClass(tree)
	if last != nil && len(m.ops) == 0 && !needsArguments(last) {
		m.useClass(last)
	}
	if len(m.ops) == 0 {
		m.useFunction(tree)
	}
	if last != nil && len(m.ops) == 0 {
		m.useClass(last)
	}
}

// useLoose puts layers to use that nothing does, in the order in which they were made.
func (m *machine) useLoose(top bool) {
	for _, mod := range m.loose {
		if mod.held || len(mod.ops) > 0 || mod.top != top || m.over {
			continue
		}
		m.path = mod.path
		m.use(mod, []argument{{value: m.implicit()}}, &expr{sort: eOther, span: mod.at})
	}
	m.path = nil
}

// useInstances calls what was made of the program's classes and never called.
func (m *machine) useInstances() {
	for _, name := range slices.Sorted(maps.Keys(m.global)) {
		v := m.global[name]
		if v.sort == vInstance && !v.self.used && len(m.ops) == 0 {
			m.entry(v.self)
		}
	}
}

// entry calls an instance with the current tensor, once for each thing that it takes.
func (m *machine) entry(self *instance) {
	self.used = true
	def := forward(self.class)
	if def == nil {
		m.useLoose(false)
		return
	}
	m.invoke(def, self, m.entryArguments(def))
	if len(m.ops) == 0 {
		m.useLoose(false)
	}
}

// entryArguments are what a program is given: what is current, or, where it takes several
// tensors, the layers of those names.
func (m *machine) entryArguments(def *stmt) (args []argument) {
	for _, p := range def.params[min(1, len(def.params)):] {
		switch {
		case p.x != nil || p.name == "":
		case m.known(p.name):
			args = append(args, argument{value: ofTensor(tensor{ref: p.name})})
		case len(args) == 0:
			args = append(args, argument{value: ofTensor(tensor{ref: entering})})
		default:
			args = append(args, argument{})
			m.odd = true
		}
	}
	return args
}

// lastClass is the last class of a program, or nil.
func lastClass(tree []*stmt) (last *stmt) {
	for _, s := range tree {
		if s.sort == sClass {
			last = s
		}
	}
	return last
}

// needsArguments reports a class that is made with something.
func needsArguments(class *stmt) bool {
	def := method(class, "__init__")
	return def != nil && len(def.params) > 0 && needs(&stmt{params: def.params[1:]})
}

// useClass makes an instance of a class, and calls it.
func (m *machine) useClass(class *stmt) {
	if v := m.instantiate(class, nil); v.sort == vInstance {
		m.entry(v.self)
	}
}

// useBare takes functions that were cut out of a class: __init__ and forward.
func (m *machine) useBare(class *stmt) {
	self := &instance{class: class, attrs: map[string]value{}}
	for name, v := range m.global {
		if attr, ok := cutSelf(name); ok {
			self.attrs[attr] = v
		}
	}
	if def := method(class, "__init__"); def != nil {
		m.invoke(def, self, nil)
	}
	m.entry(self)
}

func cutSelf(name string) (string, bool) {
	const self = "self."
	if len(name) > len(self) && name[:len(self)] == self {
		return name[len(self):], true
	}
	return "", false
}

// useFunction calls the last function that needs nothing.
func (m *machine) useFunction(tree []*stmt) {
	for i := len(tree) - 1; i >= 0; i-- {
		s := tree[i]
		if s.sort != sDef || needs(s) {
			continue
		}
		v := m.invoke(s, nil, nil)
		switch {
		case v.sort == vInstance && !v.self.used:
			m.entry(v.self)
		case v.sort == vModule && len(v.module.ops) == 0:
			m.use(v.module, []argument{{value: m.implicit()}}, &expr{sort: eOther, span: lang.Span{Start: s.span.Start, End: s.span.End}})
		}
		return
	}
}

// needs reports a function that cannot be called with nothing.
func needs(def *stmt) bool {
	for _, p := range def.params {
		if p.name != "" && p.x == nil {
			return true
		}
	}
	return false
}
