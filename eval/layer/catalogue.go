package layer

import "slices"

// All is the catalogue, sorted by name.
var All = [...]*Kind{
	absKind, add, avgpool, batchnorm, concat, conv, crop, deconv, dense, depthwise, dropout, droppath, elu, embedding, flatten, gelu, groupnorm, gru,
	hardsigmoid, hardswish, identity, input, instancenorm, layernorm, leaky, localconv, lrn, lstm, maxMerge, maxpool, mish, mul, permute, pixelshuffle,
	pixelunshuffle, prelu, relu, relu6, reshape, rmsnorm, separable, shuffle, sigmoid, silu, simplernn, slice, softmax, softplus, sub, tanh, upsample,
	zeropad,
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
var Later = [...]string{"attention", "matmul", "param", "position", "scale", "token"}
