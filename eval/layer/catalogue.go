package layer

import "slices"

// All is the catalogue, sorted by name.
var All = [...]*Kind{
	absKind, avgpool, batchnorm, conv, deconv, dense, depthwise, dropout, elu, flatten, gelu, hardsigmoid, hardswish, identity,
	input, leaky, localconv, lrn, maxpool, mish, prelu, relu, relu6, separable, sigmoid, silu, softmax, softplus, tanh,
}

// Find gives the kind of that name, or nil.
func Find(name string) *Kind {
	i, ok := slices.BinarySearchFunc(All[:], name, func(k *Kind, name string) int {
		switch {
		case k.Name < name:
			return -1
		case k.Name > name:
			return 1
		}
		return 0
	})
	if !ok {
		return nil
	}
	return All[i]
}

// Later are the kinds of the language that are not counted yet.
var Later = [...]string{
	"add", "attention", "concat", "crop", "droppath", "embedding", "groupnorm", "gru", "instancenorm", "layernorm", "lstm", "matmul", "max", "mul",
	"param", "permute", "pixelshuffle", "pixelunshuffle", "position", "reshape", "rmsnorm", "scale", "shuffle", "simplernn", "slice", "sub", "token",
	"upsample", "zeropad",
}
