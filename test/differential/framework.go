package main

import (
	"slices"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
)

// A framework is what networks are compared with.
type framework struct {
	name    string
	command []string // builds networks: one a line in, its results a line out
	tool    dialect.Tools
	// always lists options that are always drawn: without them there is no
	// counterpart, or seldom one that tells conventions apart.
	always []string
	// odd tells of combinations without one.
	odd      func(o op, in ...layer.Shape) bool
	tiesAsIs bool // a layer is called again as it is or not at all
}

// lacks reports whether the framework has no counterpart of an argument.
func (f *framework) lacks(kind string, a arg) bool {
	word, _ := a.value.(string)
	return dialect.LacksValue(f.tool, kind, a.name, word) != ""
}

// kinds are those that are drawn.
func (f *framework) kinds() (list []*layer.Kind) {
	for _, k := range layer.All {
		if dialect.LacksKind(f.tool, k.Name) == "" && !k.Source {
			list = append(list, k)
		}
	}
	return list
}

// fits reports whether the framework has a layer for such an input.
func (f *framework) fits(o op, in ...layer.Shape) bool { return o.Kind == "input" || !f.odd(o, in...) }

func find(name string) *framework {
	for _, f := range frameworks {
		if f.name == name {
			return f
		}
	}
	return nil
}

var frameworks = []*framework{
	{
		name: "torch", command: []string{"/usr/bin/python3", "test/differential/with_torch.py"},
		tool:   dialect.PyTorch,
		always: []string{"simplernn.bias", "lstm.bias", "gru.bias", "deconv.stride", "deconv.outpad"},
		odd:    oddTorch,
	},
	{
		name: "keras", command: []string{"node", "test/differential/with_keras.mjs"}, tiesAsIs: true,
		tool:   dialect.Keras,
		always: []string{"deconv.stride", "deconv.outpad"},
		odd:    oddKeras,
	},
}

// oddTorch tells what PyTorch has no layer for.
func oddTorch(o op, ins ...layer.Shape) bool {
	in := layer.Shape{}
	if len(ins) > 0 {
		in = ins[0]
	}
	switch o.Kind {
	case "instancenorm", "lrn", "flatten": // these want positions
		return (in.Spatial() == 0 || in.IsTokens()) && (o.Kind != "flatten" || o.Args["sequence"] != nil) || normOdd(o)
	case "pixelshuffle", "pixelunshuffle": // only of images, square
		_, square := o.Args["factor"].(int)
		return in.Spatial() != 2 || !square
	case "maxpool", "avgpool": // padding at most half of the window
		pad, kernel := numbers(o.Args["pad"], 3, 0), numbers(o.Args["kernel"], 3, 0)
		for i := range in.Spatial() {
			if 2*pad[i] > kernel[i] && pad[i] > 0 || in.Spatial() == 3 && int(in.At(i)) < kernel[i] {
				return true
			}
		}
	case "conv", "depthwise", "separable": // 'same' goes only without strides
		return o.Args["pad"] == "same" && slices.Max(numbers(o.Args["stride"], 3, 1)) > 1
	case "upsample": // 'bicubic' is of images
		return o.Args["bicubic"] != nil && in.Spatial() != 2
	case "deconv":
		return o.Args["pad"] == "same"
	case "batchnorm", "layernorm", "groupnorm":
		return normOdd(o)
	case "simplernn", "lstm", "gru": // two bias vectors, or none
		project, units := numbers(o.Args["project"], 1, 0)[0], numbers(o.Args["units"], 1, 0)[0]
		return o.Args["bias"] != 0 && o.Args["bias"] != 2 || project >= units
	}
	return false
}

// oddKeras tells what Keras in TensorFlow.js has no layer for.
func oddKeras(o op, ins ...layer.Shape) bool {
	in := ins[0]
	strides, dilations := numbers(o.Args["stride"], 3, 1), numbers(o.Args["dilation"], 3, 1)
	switch o.Kind {
	case "depthwise", "separable": // strides are one number
		return in.Spatial() != 2 || strides[0] != strides[1] || slices.Max(strides) > 1 && slices.Max(dilations) > 1
	case "conv":
		return slices.Max(strides) > 1 && slices.Max(dilations) > 1
	case "deconv":
		return in.Spatial() < 2 || outpadOdd(o, strides)
	case "batchnorm", "layernorm":
		return in.Spatial() == 3
	case "matmul":
		return in.Spatial() != 1
	case "prelu": // shared only among inputs of one shape
		return o.Owner >= 0
	case "flatten":
		return in.Rank() == 1
	case "crop", "zeropad", "upsample":
		return in.Spatial() != 2
	case "maxpool", "avgpool":
		return o.Args["global"] != nil && in.Spatial() == 3
	case "add", "mul", "max":
		return slices.ContainsFunc(ins, func(s layer.Shape) bool { return s != in })
	case "simplernn", "lstm", "gru":
		return len(ins) > 1 || o.Args["bias"] != nil && o.Args["bias"].(int) > 1
	}
	return false
}

// outpadOdd: without one a window smaller than the stride leaves out what Keras
// fills, as auto does; with none and even windows the length of same padding is of
// an input that is one shorter, and TensorFlow does not run what Keras promises.
func outpadOdd(o op, strides []int) bool {
	kernel := numbers(o.Args["kernel"], 3, 1)
	switch o.Args["outpad"].(type) {
	case nil:
		return o.Args["pad"] != "same" && smaller(kernel, strides)
	case string:
		return false
	}
	for i, n := range numbers(o.Args["outpad"], 3, 0) {
		if o.Args["pad"] == "same" && n == 0 && i < len(kernel) && kernel[i]%2 == 0 {
			return true
		}
	}
	return false
}

// smaller reports whether a side is smaller than its counterpart.
func smaller(a, b []int) bool {
	for i := range min(len(a), len(b)) {
		if a[i] < b[i] {
			return true
		}
	}
	return false
}

// normOdd: gamma and beta, or neither.
func normOdd(o op) bool { return (o.Args["gamma"] == nil) != (o.Args["beta"] == nil) }
