package layer

import (
	"slices"
	"strings"
	"sync"
)

// A Family is a heading of the catalogue, and its kinds in the order in which they
// are listed.
type Family struct {
	Name  string
	Kinds []*Kind
}

// Families are the catalogue, the usual kinds first. A new kind is a word here.
var Families = [...]Family{
	{"the usual ones", []*Kind{input, conv, maxpool, avgpool, flatten, dense, relu, softmax, batchnorm, dropout, add, concat}},
	{"convolutions", []*Kind{depthwise, separable, deconv, localconv}},
	{"sizes and order", []*Kind{zeropad, crop, upsample, pixelshuffle, pixelunshuffle, reshape, permute, slice, shuffle, identity}},
	{"sequences", []*Kind{embedding, position, token, attention, lstm, gru, simplernn}},
	{"activations", []*Kind{sigmoid, tanh, leaky, prelu, elu, selu, relu6, gelu, silu, mish, softplus, hardsigmoid, hardswish, glu, absKind}},
	{"normalization and chance", []*Kind{layernorm, groupnorm, instancenorm, rmsnorm, lrn, scale, droppath}},
	{"several tensors", []*Kind{sub, mul, maxMerge, matmul, param}},
}

// All is the catalogue, sorted by name.
var All = func() (all []*Kind) {
	for i := range Families {
		all = append(all, Families[i].Kinds...)
	}
	slices.SortFunc(all, func(a, b *Kind) int { return strings.Compare(a.Name, b.Name) })
	return all
}()

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
