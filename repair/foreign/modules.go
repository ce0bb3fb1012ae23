package foreign

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
)

// cannot is a module that cannot be carried over.
func cannot(name string, at *expr) *module {
	return &module{call: &dialect.Call{Does: dialect.Cannot, Why: "nothing here is called so"}, called: name, at: at.span}
}

// hold marks a module that another one holds.
func (m *machine) hold(v value) {
	if v.sort == vModule {
		v.module.held = true
	}
	for _, item := range v.items {
		m.hold(item)
	}
}

// keep remembers a layer that was made, in case that nothing uses it.
func (m *machine) keep(mod *module) {
	mod.path, mod.top = slices.Clone(m.path), len(m.frames) == 1
	m.loose = append(m.loose, mod)
}

// make makes a layer that is put to use later.
func (m *machine) make(c *dialect.Call, name string, args []argument, x *expr) value {
	mod := &module{call: c, called: name, at: x.span, tool: c.Tool}
	m.hold(value{items: valuesOf(args)})
	mod.args = inOrder(c.Order(), args)
	if c.Kind == "input" {
		return m.apply(mod, nil, x)
	}
	switch c.Does {
	case dialect.Chains:
		mod.kids, mod.args = kidsOf(args), nil
	case dialect.Wraps:
		return m.wrap(mod, args)
	}
	m.keep(mod)
	return value{sort: vModule, module: mod}
}

// inOrder gives arguments by place their words.
func inOrder(order []string, args []argument) []argument {
	named := slices.Clone(args)
	for i := range named {
		if named[i].word == "" && i < len(order) {
			named[i].word = order[i]
		}
	}
	return named
}

// kidsOf are the layers of a chain: as arguments, or as a list.
func kidsOf(args []argument) (kids []value) {
	for _, a := range args {
		switch {
		case a.word != "" && a.word != "layers":
		case isNamed(a.value):
			a.value.items[1].module.name = a.value.items[0].text
			kids = append(kids, a.value.items[1])
		case a.value.sort == vList:
			kids = append(kids, kidsOf(byPlace(a.value.items))...)
		default:
			kids = append(kids, a.value)
		}
	}
	return kids
}

// isNamed reports a layer with its name in front, as OrderedDict has them.
func isNamed(v value) bool {
	return v.sort == vList && len(v.items) == 2 && v.items[0].sort == vText && v.items[1].sort == vModule
}

// wrap is the layer that a wrapper is given, with what that adds.
func (m *machine) wrap(mod *module, args []argument) value {
	if len(args) == 0 || args[0].value.sort != vModule {
		return m.unknown(mod.called, args, &expr{span: mod.at})
	}
	inner := args[0].value.module
	if mod.call.Adds != "" {
		inner.adds = append(inner.adds, mod.call.Adds)
	}
	for _, a := range mod.args[1:] {
		inner.args = append(inner.args, argument{word: a.word, value: a.value, given: true})
	}
	inner.held, inner.at = false, mod.at
	return args[0].value
}

// functional is a function of tensors, carried out at once.
func (m *machine) functional(c *dialect.Call, name string, args []argument, x *expr) value {
	var ins []tensor
	order := c.Order()
	var rest []argument
	for len(order) > 0 && strings.HasPrefix(order[0], "X") {
		order = order[1:]
		if len(args) > 0 && (args[0].word == "" || args[0].value.sort == vTensor) {
			ins = append(ins, m.tensorsIn(args[0].value)...)
			args = args[1:]
		}
	}
	if len(order) > 0 && order[0] == "SIZE" { // its sides one by one, or as a list
		if len(args) == 1 && args[0].value.sort == vList {
			args = byPlace(args[0].value.items)
		}
		rest, order = args, nil
	} else {
		rest = inOrder(order, args)
	}
	if k := layer.Find(c.Kind); k != nil && k.Merges && len(ins) < 2 && len(rest) > 0 { // with a number
		return ofTensor(ins[0])
	}
	return m.apply(&module{call: c, called: name, at: x.span, args: rest, held: true, tool: c.Tool}, ins, x)
}

// tensorsIn are the tensors that an argument is; what is none is the current one.
func (m *machine) tensorsIn(v value) []tensor {
	if list := v.tensors(); len(list) > 0 && (v.sort == vTensor || len(list) == len(v.items)) {
		return list
	}
	if v.sort == vList {
		var list []tensor
		for _, item := range v.items {
			list = append(list, m.tensorsIn(item)...)
		}
		return list
	}
	return []tensor{m.variable(v).tensor}
}

// variable is the tensor that a variable holds which the program does not make: what is
// current where it is used for the first time.
func (m *machine) variable(v value) value {
	if !isVariable(v) {
		return m.implicit()
	}
	if bound, is := m.global[v.text]; is && bound.sort == vTensor {
		return bound
	}
	bound := m.implicit()
	if len(m.ops) == 0 {
		bound = ofTensor(tensor{ref: entering})
	}
	m.global[v.text] = bound
	return bound
}

// use puts a layer to use.
func (m *machine) use(mod *module, args []argument, x *expr) value {
	mod.held = true
	switch mod.call.Does {
	case dialect.Chains:
		return m.useChain(mod, args, x)
	case dialect.Plumbs:
		return value{}
	case dialect.Passes:
		m.odd = true // a line that is taken out and begins like a layer
		if len(args) > 0 {
			return args[0].value
		}
		return m.implicit()
	}
	var ins []tensor
	for i, a := range args {
		if a.word != "" && len(a.value.tensors()) == 0 || i > 0 && len(a.value.tensors()) == 0 {
			continue
		}
		ins = append(ins, m.tensorsIn(a.value)...)
	}
	if len(ins) == 0 {
		ins = []tensor{m.implicit().tensor}
	}
	return m.apply(mod, ins, x)
}

// useChain puts the layers of a chain to use, one behind the other.
func (m *machine) useChain(mod *module, args []argument, x *expr) value {
	current := m.implicit()
	if len(args) > 0 && args[0].value.sort == vTensor {
		current = args[0].value
	}
	for _, kid := range mod.kids {
		if !m.step() {
			break
		}
		switch kid.sort {
		case vModule:
			current = m.use(kid.module, []argument{{value: current}}, x)
		case vTensor: // an input
			current = kid
		case vInstance:
			current = m.useInstance(kid.self, []argument{{value: current}})
		case vName, vFunction:
			current = m.call(&expr{sort: eCall, args: []*expr{{sort: eName, text: kid.text, span: x.span}}, words: nil, span: x.span})
		}
		if current.sort == vList && len(current.items) > 0 {
			current = current.items[0]
		}
	}
	return current
}

// apply adds a step to the network.
func (m *machine) apply(mod *module, ins []tensor, x *expr) value {
	o := &op{module: mod, ins: ins, at: x.span, path: slices.Clone(m.path)}
	mod.ops = append(mod.ops, o)
	m.ops = append(m.ops, o)
	for i, t := range ins {
		if t.op != nil && t.part == steps {
			t.op.parts[steps] = true
		} else if t.op != nil && t.part == ending {
			t.op.parts[ending] = true
			o.ins[i].part = ending
		}
	}
	if mod.call.Tool == dialect.PyTorch && mod.call.Does == dialect.Makes {
		return torchResult(mod.call, o)
	}
	return ofTensor(tensor{op: o})
}

// torchResult is what a layer of PyTorch gives: of recurrent ones and of attention
// several tensors.
func torchResult(c *dialect.Call, o *op) value {
	last := ofTensor(tensor{op: o, part: ending})
	switch c.Kind {
	case "lstm":
		return listOf(ofTensor(tensor{op: o, part: steps}), listOf(last, last))
	case "gru", "simplernn":
		return listOf(ofTensor(tensor{op: o, part: steps}), last)
	case "attention":
		return listOf(ofTensor(tensor{op: o}), value{})
	}
	return ofTensor(tensor{op: o})
}
