package dialect

// behind are words that stand behind a kind elsewhere and stand for no option
// here.
var behind = []Entry{
	{English, "permute", "height width channels depth length", Prose, "axes are numbers here: permute 1 3 2"},
	{English, "position", "sinusoidal sinusoid sine fixed rotary rope alibi encoding", Prose, fixed},
	{English, "embedding", "sinusoidal rotary rope", Prose, fixed},
	{English, "position", "relative", Prose, "relative positions are attention's: attention relative; position is a table of absolute ones"},
	{Keras, "rmsnorm", "beta bias", Prose, "rmsnorm only scales; layernorm shifts too"},
	{English, "lstm gru simplernn", "peephole peepholes", Prose, "such a cell is a block, tied from step to step"},
	{English, "depthwise", "filters", Prose, "its filters are as many as the channels: multiplier 2 is two for each"},
	{English, "attention", "multihead multiheaded selfattention", Prose, "it needs no word: heads 4 makes several"},
	{PyTorch | Keras, "upsample", "mode interpolation method", Prose, "its words stand alone: upsample 2 bilinear"},
	{English, "attention", "rope rotary alibi flash", Prose, noCount},
	{English | PyTorch | Keras, "softmax", "axis dim along over length height width channels", Prose, "softmax goes over the channels of every position; another axis changes no count"},
	{Keras, "lstm simplernn", "resetafter", Prose, "only a gru of Keras has it"},
	{PyTorch, "lstm gru simplernn", "numlayers layers", Prose, "layers stand one behind the other: repeat 2 { lstm 64 sequence }"},
	{Keras, "lstm gru simplernn", "returnstate stateful unroll recurrentdropout timemajor", Prose, noCount},
	{PyTorch | Keras, "batchnorm layernorm groupnorm instancenorm rmsnorm", "eps epsilon momentum", Prose, noCount},
	{PyTorch, anyKind, "inplace aligncorners antialias", Prose, noCount},
	{PyTorch, anyKind, "reflect replicate circular paddingmode", Prose, "what stands in the padding changes no count; pad takes a number or same"},
	{PyTorch | Keras, anyKind, "batchfirst channelslast trainable dtype device countincludepad returnindices", Prose, noCount},
	{PyTorch | Keras, anyKind, "dataformat channelsfirst", Prose, "channels stand last here, in every size: input 32x32x3"},
	{English, anyKind, "share shares shared sharing tie tied ties", Prose, sharing},
	{Keras, anyKind, "kernelinitializer biasinitializer initializer kernelregularizer biasregularizer regularizer weightdecay", Prose, noCount},
}
