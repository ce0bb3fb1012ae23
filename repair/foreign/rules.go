package foreign

import (
	"strconv"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
)

// A rule lowers a call whose arguments hang together: what it gives are statements,
// none where the tensor passes on as it is.
type rule func(l *lowering) (statements []string)

// ruleOf is the rule of a call that is a layer in no plain way.
func ruleOf(name string) rule {
	return map[string]rule{
		"view": view, "flatten": flatten, "reshape": reshape, "unflatten": unflatten, "permute": permute, "transpose": transpose, "squeeze": squeeze, "mean": mean,
		"sides": sides, "ends": ends, "extent": extent, "repeatvector": repeatVector, "pick": pick, "again": again, "encoderlayer": encoderLayer, "encoder": encoder, "part": partOf,
	}[name]
}

// numbers are the whole numbers among a rule's arguments; those that are none are 0,
// and ok is false.
func (l *lowering) numbers() (list []int64, ok bool) {
	ok = true
	for _, a := range l.op.module.args {
		for _, v := range flat(a.value) {
			n, whole := v.whole()
			list, ok = append(list, n), ok && whole
		}
	}
	return list, ok
}

func flat(v value) (list []value) {
	if v.sort != vList {
		return []value{v}
	}
	for _, item := range v.items {
		list = append(list, flat(item)...)
	}
	return list
}

// word is an argument by its word, in any spelling.
func (l *lowering) word(word string) (value, bool) {
	for _, a := range l.op.module.args {
		if a.word == word {
			return a.value, true
		}
	}
	return value{}, false
}

func (l *lowering) whole(word string) (int64, bool) {
	v, _ := l.word(word)
	return v.whole()
}

// join is a size of some sides.
func join(sides ...int64) string {
	words := make([]string, len(sides))
	for i, side := range sides {
		words[i] = strconv.FormatInt(side, 10)
	}
	return strings.Join(words, "x")
}

// pick is one place of a sequence: x[:, 0].
func pick(l *lowering) []string {
	size := l.w.size()
	args := l.op.module.args
	if len(size) == 2 && len(args) >= 2 {
		if n, ok := args[1].value.whole(); ok {
			if n < 0 {
				n += size[0]
			}
			return []string{"slice length " + join(n+1), "flatten"}
		}
	}
	l.doubt("this index cannot be carried over")
	return nil
}

// again is a layer of the script, once more.
func again(l *lowering) []string {
	kind := l.w.kindOf(l.op.module.called)
	if kind == nil {
		l.doubt("nothing is called " + l.op.module.called)
		return nil
	}
	if kind.Learn == nil {
		l.doubt(l.op.module.called + " is used once more")
		return nil
	}
	return []string{kind.Name + " = " + l.op.module.called}
}

// kindFor is the kind that a rule starts with, if its call has one.
func kindFor(c *dialect.Call) *layer.Kind {
	if k := c.Of(); k != nil {
		return k
	}
	return layer.Find("identity")
}
