package dialect

// What is said more than once.
const (
	noCount = "it changes no count"
	sharing = "a layer shares another's parameters by its name behind =: conv c5 = c3"
	fixed   = "fixed positions learn nothing, and take no line"
)

// beginnings are words that begin a statement elsewhere and stand for no kind
// here.
var beginnings = []Entry{
	{Keras, "", "activation", Prose, "the activation itself is the layer: relu, tanh, sigmoid, softmax ..."},
	{PyTorch | Keras, "", "hardtanh softsign softshrink hardshrink tanhshrink logsigmoid threshold thresholdedrelu clip clamp exp log sqrt sin cos", Prose, "it learns nothing and keeps the shape, as every activation: relu counts the same"},
	{English, "", "square power pow", Prose, "a product with itself: mul with the tensor's own name"},
	{English, "", "div divide", Prose, "it counts as mul does: mul with NAME"},
	{English, "", "mean reducemean", Prose, "the mean over all positions: avgpool global"},
	{English, "", "grn globalresponsenorm globalresponsenormalization", Prose, "its gamma and beta are one of each for every channel: scale bias"},
	{PyTorch, "", "weightnorm weightnormalization", Prose, "it learns a length for every filter: scale behind the layer"},
	{English | PyTorch, "", "weightstandardization weightstandardisation stdconv spectralnorm spectralnormalization", Prose, "it learns nothing, and takes no line"},
	{English, "", "l2norm l2normalize l2normalization normalize unitnormalization unitnorm", Prose, "it learns nothing: rmsnorm no gamma; with a factor for every channel, rmsnorm"},
	{Keras, "", "normalization standardize", Prose, "means and variances that are not trained count nothing; batchnorm no gamma no beta has them"},
	{PyTorch, "", "frozenbatchnorm frozenbatchnorm2d", Prose, "its numbers are fixed: batchnorm no gamma no beta, or batchnorm and freeze"},
	{English, "", "se seblock selayer semodule squeezeexcite squeezeexcitation squeezeandexcite squeezeandexcitation", Prose, "its block excite is in the library squeeze: excite 16"},
	{PyTorch, "", "roialign roipool roipooling cropandresize", Prose, "of one region: avgpool to 7x7"},
	{PyTorch, "", "deformconv deformconv2d deformableconv dcn", Prose, "its offsets are a convolution of their own: conv 18 3x3 pad 1 in a branch beside conv 64 3x3 pad 1"},
	{Keras, "", "bidirectional", Prose, "both directions are an option: lstm 64 bidirectional"},
	{Keras, "", "timedistributed", Prose, "every position by itself is an option: dense 10 each"},
	{Keras, "", "repeatvector", Prose, "one step, then repeated: reshape 1x64; upsample 10"},
	{PyTorch, "", "embeddingbag", Prose, "embedding 10_000 64; avgpool global"},
	{English, "", "patchembed patchembedding patchify", Prose, "a convolution whose stride is its kernel: conv 768 16x16 stride 16; flatten sequence"},
	{Keras, "", "masking mask gaussiannoise noise activityregularization regularizer regularization", Prose, "it learns nothing and keeps the shape, and takes no line"},
	{Keras, "", "textvectorization stringlookup integerlookup tokenizer tokenize hashing", Prose, "the ids it gives are the input: input 100 tokens"},
	{Keras | PyTorch, "", "randomflip randomrotation randomzoom randomcontrast randombrightness randomtranslation randomcrop randomheight randomwidth colorjitter augmentation augment", Prose, "it learns nothing; the input has the size behind it"},
	{Keras, "", "rescaling centering", Prose, "it learns nothing, and takes no line"},
	{English, "", "positionalencoding positionencoding", Prose, "fixed positions learn nothing; a learned table is position"},
	{PyTorch, "", "maxunpool maxunpool1d maxunpool2d maxunpool3d maxunpooling", Prose, "positions go back to where they were: upsample 2"},
	{PyTorch, "", "unfold fold im2col", Prose, "the windows as channels: pixelunshuffle 2 where they do not overlap"},
	{English, "", "blurpool antialias", Prose, "a fixed blur, then every second position: avgpool 3x3 stride 2 pad 1"},
	{English, "", "topk kmaxpool kmaxpooling knn", Prose, "which are taken depends on the numbers, how many does not: maxpool to 8, or a second input"},
	{English | Keras, "", "min minimum", Prose, "it counts as max does: max with NAME"},
	{English, "", "norm", Prose, "which: batchnorm, layernorm, groupnorm 8, instancenorm or rmsnorm"},
	{PyTorch, "", "bilinear", Prose, "a product of two dense layers: mul { dense 10 } { from other; dense 10 }; more room upsample 2"},
	{English, "", "highway", Prose, "mul { dense 64; relu } { dense gate 64; sigmoid }, and the rest of what came in"},
	{English, "", "crf", Prose, "its transitions are a table: param 9x9"},
	{PyTorch | Keras, "", "lstmcell grucell rnncell", Prose, "one step of a sequence: reshape 1x64; lstm 64"},
	{Keras, "", "convlstm convlstm2d", Prose, "a cell of your own: a block of two convolutions, tied from step to step"},
	{English, "", "reverse flip roll", Prose, "it moves positions and counts nothing, and takes no line"},
	{PyTorch, "", "expand repeatinterleave tile broadcast", Prose, "an axis of 1 stretches by itself in add and mul; upsample repeats positions"},
	{English, "", "share shares shared sharing tie tied ties", Prose, sharing},
	{Keras, "", "lambda", Prose, "what it computes are layers: add, mul, slice, reshape ..."},
	{English, "", "rope rotary rotaryembedding rotaryembeddings rotarypositionembedding sinusoidal sinusoidalencoding sinusoidalpositionalencoding alibi", Prose, fixed},
	{English, "", "swiglu", Prose, "a gate is a product of two branches: mul { dense 2048 each; silu } { dense 2048 each }"},
	{English, "", "geglu", Prose, "a gate is a product of two branches: mul { dense 2048 each; gelu } { dense 2048 each }"},
	{PyTorch | Keras, "", "sequential modulelist functional", Prose, "layers stand one below the other, without a word around them"},
	{Keras | PyTorch, "", "unfreeze defrost thaw", Prose, "what no freeze names is trained"},
	{English, "", "output outputs", Prose, "what nothing takes is an output of the network, without a word"},
	{PyTorch | Keras, "", "loss crossentropyloss mseloss compile fit optimizer", Prose, "a script describes the network, not its training"},
}
