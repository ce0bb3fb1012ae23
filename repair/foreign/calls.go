package foreign

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
)

// call is what a call gives.
func (m *machine) call(x *expr) value {
	callee := x.args[0]
	if callee.sort == eAttr {
		if isSuper(callee.args[0]) || isSuper(callee) {
			return none
		}
		if v, done := m.method(callee, x); done {
			return v
		}
	}
	f := m.eval(callee)
	args := m.arguments(x)
	switch f.sort {
	case vModule:
		return m.use(f.module, args, x)
	case vInstance:
		return m.useInstance(f.self, args)
	case vFunction:
		if f.def.sort == sClass {
			return m.instantiate(f.def, args)
		}
		return m.invoke(f.def, f.self, args)
	case vTensor:
		return m.again(f.tensor, args, x)
	case vName:
		return m.outside(f.text, args, x)
	case vUnknown:
		if name, _ := dotted(callee); len(tensorsOf(args)) > 0 {
			return m.unknown(name, args, x)
		}
	}
	return value{}
}

func (m *machine) useInstance(self *instance, args []argument) value {
	self.used = true
	if def := forward(self.class); def != nil {
		return m.invoke(def, self, args)
	}
	return value{}
}

// again is a layer of the script that is called once more: it shares.
func (m *machine) again(t tensor, args []argument, x *expr) value {
	ins := tensorsOf(args)
	if len(ins) == 0 || t.ref == "" {
		return value{}
	}
	call := &dialect.Call{Does: dialect.Rewrites, Adds: "again", Tool: m.tool}
	return m.apply(&module{call: call, called: t.ref, at: x.span}, ins[:1], x)
}

// arguments are those of a call, with what stands behind a star in the row.
func (m *machine) arguments(x *expr) (args []argument) {
	for i, a := range x.args[1:] {
		switch {
		case a.sort == eStar:
			for _, v := range m.all([]*expr{a}) {
				args = append(args, argument{value: v})
			}
		case a.sort == eBinary && a.text == "=>": // Flux: 784 => 128
			m.eval(a.args[0])
			args = append(args, argument{value: m.eval(a.args[1])})
		default:
			args = append(args, argument{word: x.words[i], value: m.eval(a), given: x.words[i] != ""})
		}
	}
	return paired(args)
}

// paired reads MATLAB's arguments, words in quotes before their values.
func paired(args []argument) []argument {
	for i := 0; i+1 < len(args); i++ {
		name := args[i].value
		if args[i].word != "" || args[i+1].word != "" || name.sort != vText || name.text == "" || name.text[0] < 'A' || name.text[0] > 'Z' {
			continue
		}
		args[i] = argument{word: name.text, value: args[i+1].value, given: true}
		args = slices.Delete(args, i+1, i+2)
	}
	return args
}

// tensorsOf are the tensors among arguments, those of lists too.
func tensorsOf(args []argument) (list []tensor) {
	for _, a := range args {
		list = append(list, a.value.tensors()...)
	}
	return list
}

func (v value) tensors() (list []tensor) {
	switch v.sort {
	case vTensor:
		return []tensor{v.tensor}
	case vList:
		for _, item := range v.items {
			list = append(list, item.tensors()...)
		}
	}
	return list
}

// method is what is told to an object; done: it was an object that hears.
func (m *machine) method(callee, x *expr) (v value, done bool) {
	self := m.eval(callee.args[0])
	switch self.sort {
	case vTensor:
		return m.tensorMethod(self, callee.text, x), true
	case vModule:
		return m.moduleMethod(self, callee.text, x), true
	case vList:
		return m.listMethod(callee, self, x), true
	case vInstance:
		if _, has := self.self.attrs[callee.text]; !has && method(self.self.class, callee.text) == nil {
			return self, true // to, cuda, train
		}
	case vUnknown:
		return value{}, true
	case vName:
		if callee.text == "add" && !strings.Contains(self.text, ".") && dialect.ToolOf(self.text) == 0 { // a chain made elsewhere
			if args := m.arguments(x); len(args) == 1 && (args[0].value.sort == vModule || args[0].value.sort == vTensor) {
				return m.chainOn(args[0].value, x), true
			}
		}
		if dialect.ToolOf(self.text) == 0 && !strings.Contains(self.text, ".") && dialect.MethodOf(callee.text) != nil {
			return m.tensorMethod(m.implicit(), callee.text, x), true
		}
	}
	return value{}, false
}

// implicit is the current tensor, as a variable that the program does not make.
func (m *machine) implicit() value {
	if n := len(m.ops); n > 0 {
		return ofTensor(tensor{op: m.ops[n-1]})
	}
	return ofTensor(tensor{})
}

func (m *machine) tensorMethod(self value, name string, x *expr) value {
	c := dialect.MethodOf(name)
	args := m.arguments(x)
	switch {
	case name == "size" || c == nil:
		return value{}
	case c.Does == dialect.Passes:
		return self
	}
	return m.functional(c, name, append([]argument{{value: self}}, args...), x)
}

// moduleMethod is what a chain can be told: to take a layer more.
func (m *machine) moduleMethod(self value, name string, x *expr) value {
	if self.module.call.Does != dialect.Chains || name != "add" && name != "append" && name != "add_module" {
		return self
	}
	args := m.arguments(x)
	if len(args) == 0 {
		return none
	}
	kid := args[len(args)-1].value
	m.hold(kid)
	if kid.sort == vModule {
		kid.module.at = x.span
	}
	if len(self.module.kids) < mostOps {
		self.module.kids = append(self.module.kids, kid)
	}
	if len(m.frames) == 1 && self.module.call.Tool == dialect.Keras {
		m.chainOn(kid, x)
		self.module.held = true
	}
	return none
}

// chainOn puts a layer behind what there is.
func (m *machine) chainOn(kid value, x *expr) value {
	if kid.sort == vModule {
		m.hold(kid)
		return m.use(kid.module, []argument{{value: m.implicit()}}, x)
	}
	return kid
}

func (m *machine) listMethod(callee *expr, list value, x *expr) value {
	args := m.arguments(x)
	if len(args) != 1 {
		return value{}
	}
	switch callee.text {
	case "append":
		m.assign(callee.args[0], listOf(append(slices.Clip(list.items), args[0].value)...))
	case "extend":
		items, _ := m.sequence(args[0].value)
		m.assign(callee.args[0], listOf(slices.Concat(list.items, items)...))
	}
	return none
}
