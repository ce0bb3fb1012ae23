package foreign

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
)

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
	case "int", "float", "list", "tuple", "OrderedDict":
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
