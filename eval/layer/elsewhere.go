package layer

import (
	"strings"
	"sync"
)

// Words of other tools that stand for no kind and no option of ours, with what
// is written in their place. Where a kind does the same, the word is among its
// Foreign instead.

// An answer is what is said to some words.
type answer struct {
	of    string // the kinds behind which they stand; empty: any
	words string
	says  string
}

const (
	noCount = "leave it out: it changes no count"
	sharing = "a layer shares another's parameters by its name behind =: conv c5 = c3"
	fixed   = "fixed positions learn nothing: leave the line out"
)

// statements are words that begin a statement elsewhere.
var statements = []answer{
	{"", "activation", "write the activation itself: relu, tanh, sigmoid, softmax ..."},
	{"", "hardtanh softsign softshrink hardshrink tanhshrink logsigmoid threshold thresholdedrelu clip clamp exp log sqrt sin cos", "it learns nothing and keeps the shape, as every activation: relu counts the same"},
	{"", "square power pow", "a product with itself: name the tensor, then mul with NAME"},
	{"", "div divide", "it counts as mul does: mul with NAME"},
	{"", "mean reducemean", "the mean over all positions: avgpool global"},
	{"", "grn globalresponsenorm globalresponsenormalization", "its gamma and beta are one of each for every channel: scale bias"},
	{"", "weightnorm weightnormalization", "it learns a length for every filter: scale behind the layer"},
	{"", "weightstandardization weightstandardisation stdconv spectralnorm spectralnormalization", "it learns nothing: leave it out"},
	{"", "l2norm l2normalize l2normalization normalize unitnormalization unitnorm", "it learns nothing: rmsnorm no gamma; with a factor for every channel, rmsnorm"},
	{"", "normalization standardize", "means and variances that are not trained: leave it out, or batchnorm no gamma no beta"},
	{"", "frozenbatchnorm frozenbatchnorm2d", "its numbers are fixed: batchnorm no gamma no beta, or batchnorm and freeze"},
	{"", "se seblock selayer semodule squeezeexcite squeezeexcitation squeezeandexcite squeezeandexcitation", "it is in the standard library: write use squeeze above, then excite 16"},
	{"", "roialign roipool roipooling cropandresize", "of one region: avgpool to 7x7"},
	{"", "deformconv deformconv2d deformableconv dcn", "its offsets are a convolution of their own: conv 18 3x3 pad 1 in a branch beside conv 64 3x3 pad 1"},
	{"", "bidirectional bilstm bigru birnn blstm", "both directions are an option: lstm 64 bidirectional"},
	{"", "timedistributed", "every position by itself is an option: dense 10 each"},
	{"", "repeatvector", "one step, then repeated: reshape 1x64; upsample 10"},
	{"", "embeddingbag", "embedding 10_000 64; avgpool global"},
	{"", "patchembed patchembedding patchify", "a convolution whose stride is its kernel: conv 768 16x16 stride 16; flatten sequence"},
	{"", "masking mask gaussiannoise noise activityregularization regularizer regularization", "it learns nothing and keeps the shape: leave it out"},
	{"", "textvectorization stringlookup integerlookup tokenizer tokenize hashing", "begin with the ids it gives: input 100 tokens"},
	{"", "randomflip randomrotation randomzoom randomcontrast randombrightness randomtranslation randomcrop randomheight randomwidth colorjitter augmentation augment", "it learns nothing: leave it out, and give the input the size behind it"},
	{"", "rescaling centering", "it learns nothing: leave it out"},
	{"", "positionalencoding positionencoding", "fixed positions learn nothing: leave the line out; a learned table is position"},
	{"", "maxunpool maxunpool1d maxunpool2d maxunpool3d maxunpooling", "positions go back to where they were: upsample 2"},
	{"", "unfold fold im2col", "the windows as channels: pixelunshuffle 2 where they do not overlap"},
	{"", "blurpool antialias", "a fixed blur, then every second position: avgpool 3x3 stride 2 pad 1"},
	{"", "topk kmaxpool kmaxpooling knn", "which are taken depends on the numbers, how many does not: maxpool to 8, or a second input"},
	{"", "min minimum", "it counts as max does: max with NAME"},
	{"", "norm", "which: batchnorm, layernorm, groupnorm 8, instancenorm or rmsnorm"},
	{"", "bilinear", "a product of two dense layers: mul { dense 10 } { from other; dense 10 }; more room upsample 2"},
	{"", "highway", "mul { dense 64; relu } { dense gate 64; sigmoid }, and the rest of what came in"},
	{"", "crf", "its transitions are a table: param 9x9"},
	{"", "lstmcell grucell rnncell", "one step of a sequence: reshape 1x64; lstm 64"},
	{"", "convlstm convlstm2d", "a cell of your own: a block of two convolutions, tied from step to step"},
	{"", "reverse flip roll", "it moves positions and counts nothing: leave it out"},
	{"", "expand repeatinterleave tile broadcast", "an axis of 1 stretches by itself in add and mul; upsample repeats positions"},
	{"", "share shares shared sharing tie tied ties", sharing},
	{"", "lambda", "write what it computes: add, mul, slice, reshape ..."},
	{"", "rope rotary rotaryembedding rotaryembeddings rotarypositionembedding sinusoidal sinusoidalencoding sinusoidalpositionalencoding alibi", fixed},
	{"", "swiglu", "a gate is a product of two branches: mul { dense 2048 each; silu } { dense 2048 each }"},
	{"", "geglu", "a gate is a product of two branches: mul { dense 2048 each; gelu } { dense 2048 each }"},
	{"", "sequential modulelist functional", "layers stand one below the other, without a word around them"},
	{"", "output outputs", "what nothing takes is an output of the network: leave it out"},
	{"", "loss crossentropyloss mseloss compile fit optimizer", "a script describes the network, not its training: leave it out"},
}

// options are words that stand behind a kind elsewhere.
var options = []answer{
	{"permute", "height width channels depth length", "axes are numbers here: permute 1 3 2"},
	{"position", "sinusoidal sinusoid sine fixed rotary rope alibi encoding", fixed},
	{"embedding", "sinusoidal rotary rope", fixed},
	{"position", "relative", "relative positions are attention's: attention relative; position is a table of absolute ones"},
	{"rmsnorm", "beta bias", "rmsnorm only scales; layernorm shifts too"},
	{"lstm gru simplernn", "peephole peepholes", "write the cell as a block, tied from step to step"},
	{"depthwise", "filters", "its filters are as many as the channels: multiplier 2 is two for each"},
	{"attention", "multihead multiheaded selfattention", "leave it out: heads 4 makes several"},
	{"attention", "rope rotary alibi flash", noCount},
	{"softmax", "axis dim along over length height width channels", "softmax goes over the channels of every position; leave it out: it changes no count"},
	{"lstm simplernn", "resetafter", "only a gru of Keras has it: leave it out"},
	{"lstm gru simplernn", "numlayers layers", "layers stand one behind the other: repeat 2 { lstm 64 sequence }"},
	{"lstm gru simplernn", "returnstate stateful unroll recurrentdropout timemajor", noCount},
	{"batchnorm layernorm groupnorm instancenorm rmsnorm", "eps epsilon momentum", noCount},
	{"", "inplace aligncorners bilinear nearest bicubic trilinear antialias", noCount},
	{"", "reflect replicate circular paddingmode", "what stands in the padding changes no count: leave it out, and give pad a number or same"},
	{"", "batchfirst dataformat channelslast channelsfirst trainable dtype device countincludepad returnindices", noCount},
	{"", "share shares shared sharing tie tied ties", sharing},
	{"", "kernelinitializer biasinitializer initializer kernelregularizer biasregularizer regularizer weightdecay", noCount},
}

// statementAnswers and optionAnswers are the tables by kind and word, made when
// somebody asks: most scripts have no such word.
var (
	statementAnswers = sync.OnceValue(func() map[[2]string]string { return indexed(statements) })
	optionAnswers    = sync.OnceValue(func() map[[2]string]string { return indexed(options) })
)

func indexed(answers []answer) map[[2]string]string {
	index := map[[2]string]string{}
	for _, a := range answers {
		kinds := strings.Fields(a.of)
		if len(kinds) == 0 {
			kinds = []string{""}
		}
		for _, kind := range kinds {
			for _, word := range strings.Fields(a.words) {
				index[[2]string{kind, word}] = a.says
			}
		}
	}
	return index
}

// Elsewhere is what is said to a word that begins a statement in other tools,
// or empty.
func Elsewhere(word string) string { return statementAnswers()[[2]string{"", Plain(word)}] }

// Elsewhere is what is said to a word behind the kind, or empty.
func (k *Kind) Elsewhere(word string) string {
	word = Plain(word)
	if says := optionAnswers()[[2]string{k.Name, word}]; says != "" {
		return says
	}
	if k.Output == nil {
		return "" // a block has words of its own
	}
	return optionAnswers()[[2]string{"", word}]
}

// Plain is a word as spellings of it agree: MaxPool2D, max_pool2d.
func Plain(word string) string { return strings.ReplaceAll(strings.ToLower(word), "_", "") }
