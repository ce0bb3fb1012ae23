package foreign

import (
	"slices"
	"strconv"
	"strings"

	"cnnl/eval/dialect"
)

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
		l.w.misfit = true
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
		l.w.layout = channelsFirst
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
