package foreign

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
)

// eval is what an expression gives.
func (m *machine) eval(x *expr) value {
	if !m.step() {
		return value{}
	}
	switch x.sort {
	case eNumber:
		return number(x.text)
	case eText:
		return value{sort: vText, text: x.text}
	case eName:
		return m.lookup(x.text)
	case eAttr:
		return m.attribute(x)
	case eCall:
		return m.call(x)
	case eList:
		return listOf(m.all(x.args)...)
	case eBinary:
		return m.binary(x.text, m.eval(x.args[0]), m.eval(x.args[1]), x)
	case eUnary:
		return m.unary(x.text, m.eval(x.args[0]))
	case eIndex:
		return m.index(m.eval(x.args[0]), x)
	case eIf:
		if is, known := m.eval(x.args[1]).isTrue(); known && !is {
			return m.eval(x.args[2])
		} else if !known {
			m.odd = true
		}
		return m.eval(x.args[0])
	case eFor:
		return m.comprehend(x)
	}
	return value{}
}

// all are the values of some expressions; those behind a star stand in the row.
func (m *machine) all(list []*expr) (values []value) {
	for _, x := range list {
		if x.sort != eStar {
			values = append(values, m.eval(x))
			continue
		}
		items, ok := m.sequence(m.eval(x.args[0]))
		if !ok {
			m.odd = true
		}
		values = append(values, items...)
	}
	return values
}

func (m *machine) comprehend(x *expr) value {
	list, ok := m.sequence(m.eval(x.args[2]))
	if !ok {
		m.odd = true
	}
	var result []value
	for _, item := range list {
		if !m.step() {
			break
		}
		m.assign(x.args[1], item)
		result = append(result, m.eval(x.args[0]))
	}
	return listOf(result...)
}

func (m *machine) unary(op string, v value) value {
	switch {
	case op == "not":
		if is, known := v.isTrue(); known {
			return truth(!is)
		}
	case op == "-" && v.sort == vNumber:
		return number(strings.TrimPrefix("-"+v.text, "--"))
	case op == "+":
		return v
	}
	return value{}
}

// merges are the kinds that operators between tensors stand for.
var merges = map[string]string{"+": "add", "-": "sub", "*": "mul"}

func (m *machine) binary(op string, x, y value, at *expr) value {
	isX, isY := x.sort == vTensor, y.sort == vTensor
	switch {
	case isX && isY && merges[op] != "":
		call := dialect.CallOf(dialect.PyTorch, merges[op])
		return m.apply(&module{call: call, called: op, at: at.span}, []tensor{x.tensor, y.tensor}, at)
	case isX && isY:
		return m.apply(cannot(op, at), []tensor{x.tensor, y.tensor}, at)
	case isX && (op == "+" || op == "-" || op == "*" || op == "/" || op == "**"): // with a number
		return x
	case isY && merges[op] != "":
		return y
	case x.sort == vList && y.sort == vList && op == "+":
		return listOf(slices.Concat(x.items, y.items)...)
	case x.sort == vList && op == "*":
		return m.repeatList(x, y)
	case op == "and" || op == "or":
		return either(op, x, y)
	}
	if v := compared(op, x, y); v.sort != vUnknown {
		return v
	}
	return calculate(op, x, y)
}

// either is what and and or give.
func either(op string, x, y value) value {
	is, known := x.isTrue()
	switch {
	case !known:
		return value{}
	case is == (op == "and"):
		return y
	}
	return x
}

func (m *machine) repeatList(x, y value) value {
	n, ok := y.whole()
	if !ok || n < 0 || n*int64(x.size) > mostItems {
		return value{}
	}
	return listOf(slices.Repeat(x.items, int(n))...)
}

// index is an item of a list, or a part of a tensor.
func (m *machine) index(v value, x *expr) value {
	switch v.sort {
	case vTensor:
		return m.pick(v.tensor, x)
	case vModule:
		if v.module.call.Does == dialect.Chains {
			return m.item(v.module.kids, x)
		}
	case vList:
		return m.item(v.items, x)
	}
	return value{}
}

func (m *machine) item(list []value, x *expr) value {
	i, ok := m.eval(x.args[1]).whole()
	if i < 0 {
		i += int64(len(list))
	}
	if !ok || i < 0 || i >= int64(len(list)) {
		return value{}
	}
	return list[i]
}

// pick is a part of a tensor: the last step of a sequence, or one place of it.
func (m *machine) pick(t tensor, x *expr) value {
	wanted := m.all(x.args[1:])
	last := func(i int) bool { return i < len(wanted) && wanted[i].text == "-1" }
	switch {
	case t.part == ending:
		return ofTensor(t) // hidden[-1]: of the last layer
	case t.op != nil && t.part == steps && (last(1) || last(0)):
		return ofTensor(tensor{op: t.op, part: ending})
	}
	return m.apply(&module{call: &dialect.Call{Does: dialect.Rewrites, Adds: "pick", Tool: m.tool}, called: "[ ]", at: x.span, args: byPlace(wanted)}, []tensor{t}, x)
}

func byPlace(values []value) (args []argument) {
	for _, v := range values {
		args = append(args, argument{value: v})
	}
	return args
}

// cannot is a module that cannot be carried over.
func cannot(name string, at *expr) *module {
	return &module{call: &dialect.Call{Does: dialect.Cannot, Why: "nothing here is called so"}, called: name, at: at.span}
}

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

// hold marks a module that another one holds.
func (m *machine) hold(v value) {
	if v.sort == vModule {
		v.module.held = true
	}
	for _, item := range v.items {
		m.hold(item)
	}
}

// outside is a call of a name from another module.
func (m *machine) outside(name string, args []argument, x *expr) value {
	prefix, last := "", name
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		prefix, last = name[:i], name[i+1:]
	}
	if v, ok := m.builtin(last, prefix, args); ok {
		return v
	}
	prefer := m.prefer(prefix)
	c := dialect.CallOf(prefer, last)
	if c != nil && takesTensors(c) && len(args) > 0 && len(tensorsOf(args)) == 0 && !isVariable(args[0].value) {
		c = withoutTensors(prefer, last, c)
	}
	switch {
	case c == nil && strings.HasPrefix(name, "self."):
		return m.attributeUse(last, args, x)
	case c == nil:
		return m.unknown(last, args, x)
	case c.Does == dialect.Plumbs:
		m.hold(value{items: valuesOf(args)})
		m.samples(last, args)
		return value{}
	case takesTensors(c):
		return m.functional(c, last, args, x)
	}
	return m.make(c, last, args, x)
}

func valuesOf(args []argument) (values []value) {
	for _, a := range args {
		values = append(values, a.value)
	}
	return values
}

// isVariable reports a name that no module has: a tensor that the program does not make.
func isVariable(v value) bool {
	return v.sort == vName && !strings.Contains(v.text, ".") && dialect.ToolOf(v.text) == 0
}

// prefer are the tools that a module's name speaks for, else those of the program.
func (m *machine) prefer(prefix string) dialect.Tools {
	first, _, _ := strings.Cut(prefix, ".")
	last := prefix[strings.LastIndexByte(prefix, '.')+1:]
	for _, word := range [...]string{last, first} {
		if tool := dialect.ToolOf(word); tool != 0 {
			return tool
		}
	}
	return m.tool
}

// attributeUse is a layer of the script that the program calls by its own name.
func (m *machine) attributeUse(name string, args []argument, x *expr) value {
	if m.known(name) {
		return m.again(tensor{ref: name}, args, x)
	}
	return m.unknown(name, args, x)
}

// unknown is a call of something that nobody knows: with tensors a step that cannot be
// carried over, else a layer that cannot.
func (m *machine) unknown(name string, args []argument, x *expr) value {
	if ins := tensorsOf(args); len(ins) > 0 {
		return m.apply(cannot(name, x), ins, x)
	}
	if name == "" || name[0] >= 'a' && name[0] <= 'z' {
		return value{}
	}
	mod := cannot(name, x)
	m.keep(mod)
	return value{sort: vModule, module: mod}
}

// keep remembers a layer that was made, in case that nothing uses it.
func (m *machine) keep(mod *module) {
	mod.path, mod.top = slices.Clone(m.path), len(m.frames) == 1
	m.loose = append(m.loose, mod)
}

// builtin is what Python's own functions give.
func (m *machine) builtin(name, prefix string, args []argument) (value, bool) {
	if prefix != "" || len(args) == 0 && name != "list" {
		return value{}, false
	}
	switch name {
	case "range":
		return rangeOf(args), true
	case "len":
		items, ok := m.sequence(args[0].value)
		return integer(int64(len(items))), ok
	case "int", "float", "list", "tuple":
		if len(args) == 0 {
			return listOf(), true
		}
		return args[0].value, true
	}
	return value{}, false
}

func rangeOf(args []argument) value {
	numbers := [3]int64{0, 0, 1}
	for i, a := range args {
		n, ok := a.value.whole()
		if !ok || i > 2 {
			return value{}
		}
		numbers[i] = n
	}
	if len(args) == 1 {
		numbers[0], numbers[1] = 0, numbers[0]
	}
	var list []value
	for n := numbers[0]; numbers[2] > 0 && n < numbers[1] && len(list) <= mostItems; n += numbers[2] {
		list = append(list, integer(n))
	}
	return listOf(list...)
}

// takesTensors reports a call of a function: it works on tensors at once.
func takesTensors(c *dialect.Call) bool {
	return strings.HasPrefix(c.Takes, "X")
}

// withoutTensors is the call of that name that makes a layer.
func withoutTensors(prefer dialect.Tools, name string, c *dialect.Call) *dialect.Call {
	for _, other := range dialect.Calls() {
		if other.Kind == c.Kind && !takesTensors(&other) && slices.ContainsFunc(strings.Fields(other.Names), func(n string) bool { return dialect.Plain(n) == dialect.Plain(name) }) && (other.Tool&prefer != 0 || c.Tool != other.Tool) {
			return &other
		}
	}
	return c
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
		case a.value.sort == vList:
			kids = append(kids, a.value.items...)
		default:
			kids = append(kids, a.value)
		}
	}
	return kids
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
	order, rest := c.Order(), []argument{}
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
	return []tensor{m.implicit().tensor}
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

// samples keeps the size of an input that the program makes up, to try itself.
func (m *machine) samples(name string, args []argument) {
	var sides []int64
	for _, a := range args {
		if name == "summary" && a.value.sort != vList || name != "summary" && a.word != "" {
			continue
		}
		for _, v := range flat(a.value) {
			if n, ok := v.whole(); ok && n > 0 {
				sides = append(sides, n)
			}
		}
	}
	switch {
	case name == "summary" && len(sides) == 4, (name == "randn" || name == "rand" || name == "zeros" || name == "ones") && len(sides) > 1 && len(sides) < 6:
		m.sample = sides[1:]
	case name == "summary" && len(sides) > 0:
		m.sample = sides
	}
}
