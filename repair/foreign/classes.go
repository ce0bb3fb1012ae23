package foreign

import (
	"strings"
)

// classAttribute is what a class has of a name, without an instance.
func (m *machine) classAttribute(class *stmt, name string) value {
	for _, s := range class.body {
		if s.sort == sAssign && s.targets[0].text == name {
			return m.eval(s.x)
		}
	}
	return value{}
}

// method finds a function of a class.
func method(class *stmt, name string) *stmt {
	for _, s := range class.body {
		if s.sort == sDef && s.text == name {
			return s
		}
	}
	return nil
}

// forward is the function of a class that its instances are called by.
func forward(class *stmt) *stmt {
	for _, name := range [...]string{"forward", "call", "__call__"} {
		if def := method(class, name); def != nil {
			return def
		}
	}
	return nil
}

// invoke carries out a function of the program's own.
func (m *machine) invoke(def *stmt, self *instance, args []argument) value {
	if len(m.frames) > mostCalls || !m.step() {
		m.over = true
		return value{}
	}
	f := &frame{def: def, names: map[string]value{}, result: none}
	m.bind(f, def, self, args)
	m.runs[def]++
	m.frames = append(m.frames, f)
	m.run(def.body, false)
	m.frames = m.frames[:len(m.frames)-1]
	return f.result
}

// bind gives a function's parameters what it is called with.
func (m *machine) bind(f *frame, def *stmt, self *instance, args []argument) {
	params := def.params
	if self != nil && len(params) > 0 {
		f.names[params[0].name] = value{sort: vInstance, self: self}
		params = params[1:]
	}
	for _, p := range params {
		if p.x != nil {
			f.names[p.name] = m.eval(p.x)
		} else if p.name != "" {
			f.names[p.name] = value{}
		}
	}
	for i, a := range args {
		switch {
		case a.word != "":
			f.names[a.word] = a.value
		case i < len(params) && params[i].name != "":
			f.names[params[i].name] = a.value
		}
	}
}

// instantiate makes an instance of a class.
func (m *machine) instantiate(class *stmt, args []argument) value {
	self := &instance{class: class, attrs: map[string]value{}}
	for _, s := range class.body {
		if s.sort == sAssign {
			m.assignClass(self, s)
		}
	}
	if def := method(class, "__init__"); def != nil {
		m.invoke(def, self, args)
	}
	return value{sort: vInstance, self: self}
}

func (m *machine) assignClass(self *instance, s *stmt) {
	if t := s.targets[0]; t.sort == eName {
		self.attrs[t.text] = m.eval(s.x)
	}
}

// isSuper reports super(), whose constructor makes nothing of ours.
func isSuper(x *expr) bool {
	return x.sort == eCall && x.args[0].sort == eName && x.args[0].text == "super" || x.sort == eAttr && strings.HasSuffix(x.text, "Module")
}
