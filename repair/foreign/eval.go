package foreign

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
)

// eval is what an expression gives.
func (m *machine) eval(x *expr) value {
	if !m.step() {
		return value{}
	}
	switch x.sort {
	case eNumber:
		return number(strings.TrimSuffix(x.text, "."))
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
var merges = map[string]string{"+": "add", "-": "sub", "*": "mul", "@": "matmul"}

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
