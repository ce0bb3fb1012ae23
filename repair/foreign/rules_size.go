package foreign

import (
	"slices"
)

// sides is Keras' padding or cropping: one number, one for each axis, or two for each.
func sides(l *lowering) []string {
	v := l.sidesValue()
	axes := max(1, l.axes())
	numbers, ok := []int64{}, true
	for _, item := range flat(v) {
		n, whole := item.whole()
		numbers, ok = append(numbers, n), ok && whole
	}
	nested := v.sort == vList && len(v.items) > 0 && v.items[0].sort == vList
	switch {
	case !ok:
	case len(numbers) == 1:
		return l.padded(slices.Repeat(numbers, 1), slices.Repeat(numbers, 1))
	case len(numbers) == axes && !nested && axes > 1:
		return l.padded(numbers, numbers)
	case len(numbers) == 2*axes:
		var before, after []int64
		for i := 0; i < len(numbers); i += 2 {
			before, after = append(before, numbers[i]), append(after, numbers[i+1])
		}
		return l.padded(before, after)
	}
	l.doubt("this padding cannot be carried over")
	return nil
}

func (l *lowering) sidesValue() value {
	for _, a := range l.op.module.args {
		if a.word == "padding" || a.word == "cropping" {
			return a.value
		}
	}
	for _, pair := range l.op.module.call.Defaults() {
		l.sure = false
		return number(pair[1])
	}
	return value{}
}

// padded writes padding before and after each axis.
func (l *lowering) padded(before, after []int64) []string {
	kind := l.stmt.kind
	switch {
	case slices.Equal(before, after):
		return []string{kind.Name + " " + join(before...)}
	case kind.Find("before") >= 0:
		return []string{kind.Name + " before " + join(before...) + " after " + join(after...)}
	}
	l.doubt("a cropping of unequal sides cannot be carried over")
	return nil
}

// ends is PyTorch's padding: one number, or two for each axis, the last axis first.
func ends(l *lowering) []string {
	v, _ := l.word("padding")
	var before, after []int64
	list := flat(v)
	for i := len(list) - 1; i >= 0; i-- {
		n, ok := list[i].whole()
		if !ok || n < 0 {
			l.doubt("this padding cannot be carried over")
			return nil
		}
		if len(list) == 1 {
			return []string{l.stmt.kind.Name + " " + join(n)}
		}
		if i%2 == 1 {
			after = append(after, n)
		} else {
			before = append(before, n)
		}
	}
	return l.padded(before, after)
}

// extent is a size of the output as height and width.
func extent(l *lowering) []string {
	list, ok := l.numbers()
	if !ok || len(list) < 2 {
		l.doubt("this size is not in the text")
		return nil
	}
	return []string{l.stmt.kind.Name + " to " + join(list[:2]...)}
}

func repeatVector(l *lowering) []string {
	n, ok := l.whole("n")
	size := l.w.size()
	if !ok || len(size) != 1 {
		l.doubt("RepeatVector stands behind a vector")
		return nil
	}
	return []string{"reshape " + join(1, size[0]), "upsample " + join(n)}
}
