package foreign

import (
	"strconv"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
)

// Programs of PyTorch do not say how large their input is, but their layers say a part
// of it: the channels of a convolution, the length of what was flattened.

// usualSides are sides of images, the most usual first.
var usualSides = []int64{32, 28, 224, 64, 227, 128, 96, 256, 299, 48, 84, 100, 120, 150, 160, 180, 192, 200, 240, 300, 320, 384, 416, 448, 512, 16, 8}

// guess tries inputs that the first layer may have, until one fits all that the program
// says; false: none does.
func (w *writer) guess() bool {
	w.fitting = true
	inputs := w.inputs()
	return w.guessFrom(inputs, true) || w.guessFrom(inputs, false)
}

// guessFrom takes the first input that fits; clean: with nothing left to say.
func (w *writer) guessFrom(inputs []string, clean bool) bool {
	for _, input := range inputs {
		w.notes, w.failed = nil, nil
		if !w.s.Enter(input).OK {
			continue
		}
		w.entry = currentName(w.s)
		w.write()
		if w.failed == nil && !w.misfit && !(clean && len(w.notes) > 0) {
			w.prepend(input)
			return true
		}
		w.s.Undo()
	}
	return false
}

// prepend puts the input before what was written first.
func (w *writer) prepend(input string) {
	for _, o := range w.ops {
		if len(w.written[o]) > 0 {
			w.written[o] = append([]string{input}, w.written[o]...)
			break
		}
	}
	w.notes, w.sure = append(w.notes, "the text does not say how large the input is: "+strings.TrimPrefix(input, "input ")+" fits"), false
}

// inputs are those that the program's first layer that learns may have, the likeliest
// first.
func (w *writer) inputs() []string {
	if len(w.sample) > 0 {
		return []string{w.sampled()}
	}
	for _, o := range w.ops {
		kind := o.module.call.Of()
		if kind == nil || o.module.call.Does != dialect.Makes {
			continue
		}
		n := stated(o, kind)
		switch {
		case kind.Tokens:
			return []string{"input 100 tokens"}
		case n == "":
		case kind.Name == "dense":
			return append([]string{"input " + n, "input 100x" + n + " sequence"}, flattened(n)...)
		case kind.Find("sequence") >= 0, kind.Name == "attention":
			return []string{"input 100x" + n + " sequence"}
		case kind.Find("kernel") >= 0:
			return images(n, axesOf(o.module.called))
		}
		if kind.Learn != nil {
			return nil
		}
	}
	return nil
}

// stated is what a layer says of its input's channels, or empty.
func stated(o *op, kind *layer.Kind) string {
	for _, a := range o.module.args {
		text := a.value.words()
		if says, ok := dialect.Says(o.module.call.Tool, kind, a.word, text); ok && says.Is == dialect.Fact {
			return text
		}
	}
	return ""
}

// flattened are images whose numbers are so many: a program may flatten its input first.
func flattened(n string) (list []string) {
	size, err := strconv.ParseInt(n, 10, 64)
	for _, side := range usualSides {
		for _, channels := range [...]int64{1, 3} {
			if err == nil && side*side*channels == size {
				list = append(list, "input "+join(side, side, channels))
			}
		}
	}
	return list
}

// images are inputs of so many channels, with as many axes as a layer works on.
func images(channels string, axes int) (list []string) {
	switch axes {
	case 1:
		return []string{"input 100x" + channels + " sequence"}
	case 3:
		return []string{"input 16x112x112x" + channels, "input 32x32x32x" + channels}
	}
	for _, side := range usualSides {
		list = append(list, "input "+join(side, side)+"x"+channels)
	}
	return list
}

// axesOf is how many axes a layer works on, as its call's name says; 0: it does not.
func axesOf(called string) int {
	name, is := strings.CutSuffix(strings.ToLower(called), "d")
	if n := len(name); is && n > 0 && name[n-1] >= '1' && name[n-1] <= '3' {
		return int(name[n-1] - '0')
	}
	return 0
}

// sampled is the input that the program tries itself with: torch.randn(1, 3, 32, 32),
// the batch and the channels in front.
func (w *writer) sampled() string {
	sides := w.sample
	if len(sides) > 1 {
		sides = append(append([]int64{}, sides[1:]...), sides[0])
	}
	if len(sides) == 2 {
		return "input " + join(sides...) + " sequence"
	}
	return "input " + join(sides...)
}
