package layer

import (
	"slices"
	"sync"
)

// All is the catalogue, sorted by name.
var All = [...]*Kind{
	absKind, add, attention, avgpool, batchnorm, concat, conv, crop, deconv, dense, depthwise, dropout, droppath, elu, embedding, flatten, gelu, glu, groupnorm, gru,
	hardsigmoid, hardswish, identity, input, instancenorm, layernorm, leaky, localconv, lrn, lstm, matmul, maxMerge, maxpool, mish, mul, param, permute, pixelshuffle,
	pixelunshuffle, position, prelu, relu, relu6, reshape, rmsnorm, scale, selu, separable, shuffle, sigmoid, silu, simplernn, slice, softmax, softplus, sub, tanh, token, upsample,
	zeropad,
}

// Find gives the kind of that name, or nil.
func Find(name string) *Kind { return byName()[name] }

var byName = sync.OnceValue(func() map[string]*Kind {
	kinds := make(map[string]*Kind, len(All))
	for _, k := range All {
		kinds[k.Name] = k
	}
	return kinds
})

// OptionOf finds an option that takes a word as its value, of whatever kind.
func OptionOf(word string) *Param {
	for _, k := range All {
		for i := range k.Params {
			if slices.Contains(k.Params[i].Words, word) {
				return &k.Params[i]
			}
		}
	}
	return nil
}
