package foreign

import (
	"slices"
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

// view is PyTorch's: the first side is the batch's, channels stand before positions.
func view(l *lowering) []string {
	list, _ := l.numbers()
	if len(list) < 2 {
		l.doubt("this view cannot be carried over")
		return nil
	}
	return l.shaped(list[1:], true)
}

// shaped is a reshape to sides of which one may be open; first says that channels stand
// in front.
func (l *lowering) shaped(list []int64, first bool) []string {
	size := l.w.size()
	list = slices.Clone(list)
	open, known := -1, int64(1)
	for i, side := range list {
		if side <= 0 {
			if open >= 0 {
				l.doubt("the sides of this size are not in the text")
				return nil
			}
			open = i
			continue
		}
		known *= side
	}
	switch {
	case len(list) == 1 && len(size) == 1:
		return nil
	case len(list) == 1:
		l.flatFact(list[0], size)
		return []string{"flatten"}
	}
	if open >= 0 {
		if len(size) == 0 || product(size)%known != 0 {
			l.doubt("the sides of this size do not follow from the text")
			return nil
		}
		list[open] = product(size) / known
	}
	if first && len(list) > 2 {
		list = append(list[1:], list[0])
	}
	if first && len(list) == 2 && len(size) == 3 && list[0] == size[2] && l.w.layout == channelsFirst { // the positions in a row
		return []string{"flatten sequence"}
	}
	return []string{"reshape " + join(list...)}
}

// flatFact compares the length that a flattening states.
func (l *lowering) flatFact(n int64, size []int64) {
	if n > 0 && len(size) > 0 && product(size) != n {
		l.doubt("the text says " + strconv.FormatInt(n, 10) + " numbers, and there are " + strconv.FormatInt(product(size), 10))
	}
}

func flatten(l *lowering) []string {
	start, given := l.whole("start_dim")
	_, end := l.word("end_dim")
	size := l.w.size()
	switch {
	case end:
		l.doubt("a flattening up to an axis cannot be carried over")
	case len(size) == 1:
		return nil
	case !given || start == 1 || start == 0:
		return []string{"flatten"}
	case start == 2 && l.w.layout != channelsLast:
		return []string{"flatten sequence"}
	}
	l.doubt("this flattening cannot be carried over")
	return nil
}

// reshape is Keras': channels stand last.
func reshape(l *lowering) []string {
	list, _ := l.numbers()
	return l.shaped(list, false)
}

func unflatten(l *lowering) []string {
	list, ok := l.numbers()
	if !ok || len(list) < 3 || list[0] != 1 {
		l.doubt("this unflattening cannot be carried over")
		return nil
	}
	return l.shaped(list[1:], true)
}

// permute is PyTorch's: 0 is the batch, and where the channels stand in front the order
// of ours is another. Where only channels change place nothing has to be done.
func permute(l *lowering) []string {
	list, ok := l.numbers()
	if !ok || len(list) < 3 || list[0] != 0 {
		l.doubt("an order with the batch elsewhere cannot be carried over")
		return nil
	}
	return l.turned(list[1:])
}

func transpose(l *lowering) []string {
	a, aok := l.whole("dim0")
	b, bok := l.whole("dim1")
	rank := int64(len(l.w.size()))
	if rank == 0 {
		rank = 2
	}
	for _, axis := range [...]*int64{&a, &b} {
		if *axis < 0 {
			*axis += rank + 1
		}
	}
	if !aok || !bok || a < 1 || b < 1 || a > rank || b > rank {
		l.doubt("this transposition cannot be carried over")
		return nil
	}
	list := make([]int64, rank)
	for i := range list {
		list[i] = int64(i) + 1
	}
	list[a-1], list[b-1] = list[b-1], list[a-1]
	return l.turned(list)
}

// turned puts axes, counted from 1, in another order.
func (l *lowering) turned(order []int64) []string {
	n := int64(len(order))
	toLast, toFirst := make([]int64, 0, n), []int64{n}
	for i := int64(2); i <= n; i++ {
		toLast = append(toLast, i)
		toFirst = append(toFirst, i-1)
	}
	toLast = append(toLast, 1)
	if l.w.layout == unknownLayout && n == 3 && l.op.module.call.Tool == dialect.PyTorch {
		l.w.layout = channelsFirst // as images are
	}
	switch {
	case l.w.layout == channelsFirst && slices.Equal(order, toLast):
		l.w.layout = channelsLast
		return nil
	case l.w.layout == channelsLast && slices.Equal(order, toFirst):
		l.w.layout = channelsFirst
		return nil
	case l.w.layout == channelsFirst:
		order = ofFirst(order)
	}
	words := make([]string, len(order))
	for i, axis := range order {
		words[i] = strconv.FormatInt(axis, 10)
	}
	return []string{"permute " + strings.Join(words, " ")}
}

// ofFirst is the order of our axes where theirs has the channels in front.
func ofFirst(order []int64) []int64 {
	n := int64(len(order))
	ours := func(axis int64) int64 { return (axis+n-2)%n + 1 }
	turned := make([]int64, n)
	for i, axis := range order {
		turned[ours(int64(i)+1)-1] = ours(axis)
	}
	return turned
}

func squeeze(l *lowering) []string {
	size := l.w.size()
	if len(size) < 2 {
		return nil
	}
	if product(size) == size[len(size)-1] {
		return []string{"flatten"}
	}
	l.doubt("this squeezing cannot be carried over")
	return nil
}

// mean is over the positions: global pooling.
func mean(l *lowering) []string {
	size := l.w.size()
	list := []int64{}
	for _, a := range l.op.module.args {
		if a.word == "dim" || a.word == "axis" {
			for _, v := range flat(a.value) {
				n, ok := v.whole()
				if !ok {
					l.doubt("the axes of this mean are not in the text")
				}
				list = append(list, n)
			}
		}
	}
	kept, _ := l.word("keepdim")
	more, _ := l.word("keepdims")
	channels := int64(len(size))
	if l.op.module.call.Tool == dialect.PyTorch && (l.w.layout == channelsFirst || l.w.layout == unknownLayout && len(size) == 3) {
		channels = 1
	}
	for i := range list {
		if list[i] < 0 {
			list[i] += int64(len(size)) + 1
		}
	}
	if len(size) < 2 || len(list) != len(size)-1 || slices.Contains(list, channels) || slices.Contains(list, 0) {
		l.doubt("a mean over these axes cannot be carried over")
		return nil
	}
	if kept.text == "True" || more.text == "True" {
		return []string{l.stmt.kind.Name + " to " + join(slices.Repeat([]int64{1}, len(size)-1)...)}
	}
	return []string{l.stmt.kind.Name + " global"}
}

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

// encoderLayer is a layer of a transformer as PyTorch makes it.
// https://pytorch.org/docs/stable/generated/torch.nn.TransformerEncoderLayer.html
func encoderLayer(l *lowering) []string {
	heads, ok := l.whole("nhead")
	wide, given := l.whole("dim_feedforward")
	width, known := l.whole("d_model")
	if !given {
		wide = 2048
	}
	if !ok || !known {
		l.doubt("the sizes of TransformerEncoderLayer are not in the text")
		return nil
	}
	if size := l.w.size(); len(size) > 0 && size[len(size)-1] != width {
		l.doubt("TransformerEncoderLayer says " + join(width) + ", and its input has " + join(size[len(size)-1]))
	}
	act := "relu"
	if v, ok := l.word("activation"); ok {
		if kind, _ := activation(v.words()); kind != nil {
			act = kind.Name
		}
	}
	attends := "attention heads " + join(heads)
	works := "dense " + join(wide) + " each; " + act + "; dense " + join(width) + " each"
	if v, _ := l.word("norm_first"); v.text == "True" {
		return []string{"add { } { layernorm; " + attends + " }", "add { } { layernorm; " + works + " }"}
	}
	return []string{"add { } { " + attends + " }", "layernorm", "add { } { " + works + " }", "layernorm"}
}

func encoder(l *lowering) []string {
	v, _ := l.word("encoder_layer")
	n, ok := l.whole("num_layers")
	if v.sort != vModule || v.module.call.Adds != "encoderlayer" || !ok {
		l.doubt("the layers of TransformerEncoder are not in the text")
		return nil
	}
	inner := &lowering{w: l.w, op: &op{module: v.module}, stmt: l.stmt, sure: true}
	body := encoderLayer(inner)
	l.sure = l.sure && inner.sure
	if inner.note != "" {
		l.doubt(inner.note)
	}
	if len(body) == 0 {
		return nil
	}
	return []string{"repeat " + join(n) + " { " + strings.Join(body, "; ") + " }"}
}

// kindFor is the kind that a rule starts with, if its call has one.
func kindFor(c *dialect.Call) *layer.Kind {
	if k := c.Of(); k != nil {
		return k
	}
	return layer.Find("identity")
}
