package dialect

// Families of kinds that take the same words.
const (
	affine    = "batchnorm groupnorm instancenorm layernorm" // with gamma and beta
	norms5    = affine + " rmsnorm"
	biased    = convolutions + " dense"
	learning  = norms5 + " " + biased + " " + recurrents + " attention embedding param position prelu scale token"
	merging   = "add concat max mul sub"
	unbounded = "crop upsample " + poolings // with a size of the output
)

// rows are words whose meaning hangs on their value. What is only another name of an
// option stands in options.go: its value goes over as it is, and true and false turn
// a flag on and off.
var rows = []Row{
	// Norms. https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html
	{PyTorch, affine, "affine elementwiseaffine", falsely, Writes, "no gamma no beta", "batchnorm affine false -> batchnorm no gamma no beta"},
	{PyTorch, affine, "affine elementwiseaffine", truly, Writes, "", "groupnorm 8 affine True -> groupnorm 8"},
	{PyTorch, "rmsnorm", "affine elementwiseaffine", falsely, Writes, "no gamma", "rmsnorm elementwise_affine False -> rmsnorm no gamma"},
	{PyTorch, "rmsnorm", "affine elementwiseaffine", truly, Writes, "", "rmsnorm elementwise_affine True -> rmsnorm"},
	{PyTorch, "instancenorm", "trackrunningstats", falsely, Idle, "", "instancenorm track_running_stats False -> instancenorm"},
	{PyTorch, "instancenorm", "trackrunningstats", truly, Open, "", "instancenorm track_running_stats True -> "},
	{PyTorch, "layernorm rmsnorm", "normalizedshape", aNum, Fact, "", "layernorm normalized_shape 8 -> layernorm"},
	{PyTorch, "layernorm rmsnorm", "normalizedshape", aSize, Writes, "over all", "layernorm normalized_shape 8x8x8 -> layernorm over all"},
	{Keras, norms5, "axis", "-1", Idle, "", "layernorm axis -1 -> layernorm"},
	{Keras, norms5, "axis", aNum, Fact, "axis", "batchnorm axis 3 -> batchnorm"},
	{Keras, "layernorm rmsnorm", "axis", aSize, Writes, "over all", "layernorm axis 1x2x3 -> layernorm over all"},
	{Keras, "layernorm", "rmsscaling", falsely, Idle, "", "layernorm rms_scaling False -> layernorm"},
	{Keras, "layernorm", "rmsscaling", truly, Open, "", "layernorm rms_scaling True -> "},
	{PyTorch | Keras, norms5, "eps epsilon momentum synchronized renorm fused virtualbatchsize", whatever, Idle, "", "batchnorm momentum 0.99 epsilon 0.001 -> batchnorm"},
	{PyTorch | Caffe, "lrn", "size alpha beta k localsize depthradius normregion", whatever, Idle, "", "lrn size 5 alpha 0.0001 -> lrn"},

	// Convolutions and poolings. https://keras.io/api/layers/convolution_layers/convolution2d/
	{anyTool, convolutions, "pad padding bordermode", "none|false|no|off", Writes, "pad valid", "conv 8 3x3 padding None -> conv 8 3x3 pad valid"},
	{anyTool, poolings, "pad padding bordermode", "none|false|no|off|valid", Writes, "", "maxpool 2 padding valid -> maxpool 2"},
	{anyTool, sliding, "pad padding bordermode", "true|yes|on", Open, "pad same", "conv 8 3x3 pad true -> conv 8 3x3 pad same"},
	{anyTool, convolutions, "nopad nopadding unpadded", bare, Writes, "pad valid", "conv 8 3x3 nopad -> conv 8 3x3 pad valid"},
	{anyTool, sliding, "zeropadding zeropad", aNum + "|" + aSize, Takes, "pad", "conv 8 3x3 zero_padding 1 -> conv 8 3x3 pad 1"},
	{anyTool, sliding, "stride strides dilation dilationrate", "none", Writes, "", "maxpool 2 strides None -> maxpool 2"},
	{PyTorch | English, poolings, "floor floormode", truly, Writes, "", "maxpool 3 floor -> maxpool 3"},
	{Caffe | English, "maxpool", "max", bare, Writes, "", "maxpool max 7x7 -> maxpool 7x7"},
	{Caffe | English, "maxpool", "ave average avg mean", bare, Becomes, "avgpool", "maxpool ave 7x7 -> avgpool 7x7"},
	{Caffe, "maxpool", "pool pooltype method", "ave|avg|average", Becomes, "avgpool", "maxpool 2 pool AVE -> avgpool 2"},
	{Caffe, "maxpool", "pool pooltype method", "max", Writes, "", "maxpool 2 pool MAX -> maxpool 2"},
	{Caffe | English, poolings, "globalpooling", truly, Writes, "global", "avgpool global_pooling true -> avgpool global"},
	{Caffe, poolings, "roundmode", "ceil", Writes, "ceil", "maxpool 3 round_mode ceil -> maxpool 3 ceil"},
	{Caffe, poolings, "roundmode", "floor", Writes, "", "maxpool 3 round_mode floor -> maxpool 3"},
	{Keras | PyTorch, poolings, "keepdims keepdim", truly, Writes, "to 1x1", "avgpool global keepdims True -> avgpool to 1x1"},
	{Keras | PyTorch, poolings, "keepdims keepdim", falsely, Writes, "", "avgpool global keepdims False -> avgpool global"},
	{PyTorch, poolings, "countincludepad returnindices divisoroverride", whatever, Idle, "", "avgpool 2 count_include_pad False -> avgpool 2"},
	{PyTorch, sliding + " zeropad", "paddingmode mode", whatever, Idle, "", "conv 8 3x3 padding_mode reflect -> conv 8 3x3"},
	{PyTorch, "zeropad", "value", whatever, Idle, "", "zeropad 1 value 0 -> zeropad 1"},
	{Keras, sliding + " flatten upsample zeropad crop", "dataformat", "channels_last|channelslast|none|nhwc", Idle, "", "conv 8 3x3 data_format channels_last -> conv 8 3x3"},
	{Keras, sliding + " flatten upsample zeropad crop", "dataformat", "channels_first|channelsfirst|nchw", Open, "", "conv 8 3x3 data_format channels_first -> "},
	{Keras, sliding + " flatten upsample zeropad crop", "dataformat", bare, Open, "", "conv 8 3x3 data_format -> "},
	{English, "conv", "untiebiases", truly, Writes, "untied", "conv 8 3x3 untie_biases true -> conv 8 3x3 untied"},
	{English, "conv", "untiebiases", falsely, Writes, "", "conv 8 3x3 untie_biases false -> conv 8 3x3"},
	{anyTool, biased, "biasinit weightsinit weightfiller biasfiller", whatever, Idle, "", "conv 8 3x3 weight_filler xavier -> conv 8 3x3"},

	{English, "conv deconv", "groups group", "depthwise|channels|in_channels|inchannels|all", Channels, "groups", "conv 8 3x3 groups depthwise -> conv 8 3x3 groups 8"},

	// What the input says anyway.
	{anyTool, "conv deconv depthwise separable localconv", "in inchannels ninput channelsin numchannels inputchannels", aNum, Fact, "", "conv in_channels 8 4 3x3 -> conv 4 3x3"},
	{Keras, "dense", "inputdim", aNum, Input, "", "dense 10 input_dim 512 -> dense 10"},
	{anyTool, "dense", "in infeatures numinputs inputsize", aNum, Fact, "", "dense in_features 512 10 -> dense 10"},
	{anyTool, recurrents, "inputsize inputdim", aNum, Fact, "", "lstm input_size 8 16 -> lstm 16"},
	{PyTorch, norms5 + " prelu", "numfeatures numchannels", aNum, Fact, "", "batchnorm num_features 8 -> batchnorm"},
	{PyTorch, "attention", "embeddim dmodel", aNum, Fact, "", "attention embed_dim 8 heads 4 -> attention heads 4"},
	{Keras, "embedding", "inputlength", aNum + "|none", Fact, "length", "embedding 1000 16 input_length 8 -> embedding 1000 16"},

	// Recurrent layers. https://pytorch.org/docs/stable/generated/torch.nn.LSTM.html
	// https://keras.io/api/layers/recurrent_layers/gru/
	{Keras, "gru", "resetafter", truly, Writes, "bias 2", "gru 5 reset_after true -> gru 5 bias 2"},
	{Keras, "gru", "resetafter", falsely, Writes, "", "gru 5 reset_after false -> gru 5"},
	{PyTorch, recurrents, "numlayers layers", "1", Idle, "", "lstm 8 num_layers 1 -> lstm 8"},
	{PyTorch, recurrents, "numlayers layers", aNum, Open, "", "lstm 8 num_layers 2 -> "},
	{PyTorch, recurrents, "batchfirst dropout nonlinearity", whatever, Idle, "", "lstm 8 batch_first True -> lstm 8"},
	{PyTorch, "lstm", "projsize", "0", Writes, "", "lstm 8 proj_size 0 -> lstm 8"},
	{Keras, recurrents, "activation recurrentactivation implementation recurrentdropout dropout returnstate gobackwards stateful unroll timemajor unitforgetbias", whatever, Idle, "", "lstm 8 recurrent_activation sigmoid -> lstm 8"},
	{Keras, recurrents, "mergemode", "concat", Idle, "", "lstm 8 merge_mode concat -> lstm 8"},
	{Keras, recurrents, "mergemode", whatever, Open, "", "lstm 8 merge_mode sum -> "},
	{anyTool, recurrents, "unidirectional", bare, Writes, "", "lstm 8 unidirectional -> lstm 8"},

	// Attention. https://pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html
	{English, "attention", "qkvbias", falsely, Writes, "bias o", "attention heads 4 qkv_bias false -> attention heads 4 bias o"},
	{English, "attention", "qkvbias", truly, Writes, "", "attention heads 4 qkv_bias true -> attention heads 4"},
	{PyTorch, "attention", "kdim vdim", aNum, Open, "", "attention heads 4 kdim 8 -> "},
	{PyTorch, "attention", "kdim vdim", "none", Idle, "", "attention heads 4 kdim None -> attention heads 4"},
	{PyTorch, "attention", "addbiaskv", truly, Open, "", "attention heads 4 add_bias_kv True -> "},
	{PyTorch, "attention", "addbiaskv", falsely, Idle, "", "attention heads 4 add_bias_kv False -> attention heads 4"},
	{PyTorch, "attention", "addzeroattn batchfirst dropout", whatever, Idle, "", "attention heads 4 dropout 0.1 -> attention heads 4"},
	{Keras, "attention", "dropout attentionaxes flashattention", whatever, Idle, "", "attention heads 4 dropout 0.1 -> attention heads 4"},
	{Keras, "attention", "valuedim outputshape", "none", Idle, "", "attention heads 4 value_dim None -> attention heads 4"},
	{Keras, "attention", "outputshape", whatever, Open, "", "attention heads 4 output_shape 8 -> "},

	// Activations.
	{Keras, "prelu", "sharedaxes", whatever, Writes, "", "prelu shared_axes 1x2 -> prelu"},
	{Keras | English, "prelu", "channelshared", truly, Writes, "single", "prelu channel_shared true -> prelu single"},
	{Keras | English, "prelu", "channelshared", falsely, Writes, "", "prelu channel_shared false -> prelu"},
	{PyTorch, "prelu", "numparameters", "1", Writes, "single", "prelu num_parameters 1 -> prelu single"},
	{PyTorch, "prelu", "numparameters", aNum, Fact, "", "prelu num_parameters 8 -> prelu"},
	{Keras, "relu", "maxvalue", "6|6.0", Becomes, "relu6", "relu max_value 6 -> relu6"},
	{Keras, "relu", "maxvalue threshold", whatever, Idle, "", "relu threshold 0 -> relu"},
	{Keras, "relu", "negativeslope", "0|0.0", Idle, "", "relu negative_slope 0 -> relu"},
	{Keras, "relu", "negativeslope", aNum, Becomes, "leaky slope @", "relu negative_slope 0.2 -> leaky slope 0.2"},
	{PyTorch, "prelu", "init", whatever, Idle, "", "prelu init 0.25 -> prelu"},
	{PyTorch | Keras, "softplus", "beta threshold", whatever, Idle, "", "softplus beta 1 -> softplus"},
	{PyTorch | Keras, "softmax", "dim axis", whatever, Idle, "", "softmax axis -1 -> softmax"},
	{PyTorch | Keras, "gelu", "approximate", whatever, Idle, "", "gelu approximate tanh -> gelu"},
	{PyTorch, "glu", "dim", whatever, Idle, "", "glu dim 1 -> glu"},
	{Keras, biased, "activation", "none|linear", Idle, "", "dense 10 activation None -> dense 10"},
	{anyTool, biased + " " + merging + " " + poolings + " " + norms5, "activation act nonlinearity", whatever, Follows, "", "dense 10 activation softmax -> dense 10; softmax"},

	// Other kinds.
	{Keras, "dense", "timedistributed", truly, Writes, "each", "dense 10 time_distributed -> dense 10 each"},
	{PyTorch | Keras, "embedding", "paddingidx maxnorm normtype sparse scalegradbyfreq maskzero", whatever, Idle, "", "embedding 1000 16 mask_zero True -> embedding 1000 16"},
	{PyTorch | Keras, "upsample", "mode interpolation method", "nearest|nearest_exact|nearest-exact", Writes, "nearest", "upsample 2 mode nearest -> upsample 2 nearest"},
	{PyTorch | Keras, "upsample", "mode interpolation method", "bilinear|linear|trilinear", Writes, "bilinear", "upsample 2 mode bilinear -> upsample 2 bilinear"},
	{PyTorch | Keras, "upsample", "mode interpolation method", "bicubic|cubic", Writes, "bicubic", "upsample 2 interpolation bicubic -> upsample 2 bicubic"},
	{PyTorch | Keras, "upsample", "mode interpolation method", "area", Writes, "area", "upsample 2 mode area -> upsample 2 area"},
	{PyTorch, "upsample", "size recomputescalefactor", "none", Idle, "", "upsample 2 size None -> upsample 2"},
	{PyTorch, "upsample", "size", aNum + "|" + aSize, Takes, "to", "upsample size 16x16 -> upsample to 16x16"},
	{PyTorch, "upsample", "scalefactor", "none", Idle, "", "upsample scale_factor None to 16x16 -> upsample to 16x16"},
	{Keras, "upsample", "size", aNum + "|" + aSize, Takes, "factor", "upsample size 2x2 -> upsample 2x2"},
	{Keras | PyTorch, "dropout droppath", "noiseshape seed training mode", whatever, Idle, "", "dropout 0.5 seed 1 -> dropout 0.5"},
	{Other, "dropout", "keepprob keepprobability", whatever, Open, "", "dropout keep_prob 0.8 -> "},
	{PyTorch, "flatten", "startdim", "1", Idle, "", "flatten start_dim 1 -> flatten"},
	{PyTorch, "flatten", "enddim", "-1", Idle, "", "flatten end_dim -1 -> flatten"},
	{PyTorch, "param", "requiresgrad", truly, Idle, "", "param w 8 requires_grad True -> param w 8"},
	{Keras, "matmul", "transposea", falsely, Idle, "", "matmul transpose_a False with a -> matmul with a"},
	{Keras, "concat", "axis", "-1", Writes, "", "concat axis -1 with a -> concat with a"},
	{PyTorch, "concat", "dim", "-1", Writes, "", "concat dim -1 with a -> concat with a"},

	// Of any layer.
	{anyTool, learning, "trainable requiresgrad", falsely, Freezes, "", "conv c1 8 3x3 trainable False -> conv c1 8 3x3; freeze c1"},
	{anyTool, learning, "trainable requiresgrad", truly, Idle, "", "conv 8 3x3 trainable True -> conv 8 3x3"},
	{anyTool, learning, "frozen", truly, Freezes, "", "conv c1 8 3x3 frozen -> conv c1 8 3x3; freeze c1"},
	{anyTool, learning, "frozen", falsely, Idle, "", "conv 8 3x3 frozen False -> conv 8 3x3"},
	{Keras, "conv dense lstm gru embedding flatten input", "inputshape batchinputshape batchshape", whatever, Input, "", "conv 8 3x3 input_shape 32x32x3 -> input 32x32x3; conv 8 3x3"},
	{English, "input", "batch minibatch", whatever, Idle, "", "input 8x8x3 batch 16 -> input 8x8x3"},
	{anyTool, anyKind, "name", whatever, Named, "", "conv 8 3x3 name c1 -> conv c1 8 3x3"},
	{PyTorch | Keras, anyKind, "inplace aligncorners antialias training batchfirst dtype device padtodivisor autocast", whatever, Idle, "", "relu inplace True -> relu"},
	{Keras, anyKind, "kernelinitializer biasinitializer depthwiseinitializer pointwiseinitializer recurrentinitializer embeddingsinitializer betainitializer gammainitializer movingmeaninitializer movingvarianceinitializer alphainitializer initializer kernelregularizer biasregularizer depthwiseregularizer pointwiseregularizer recurrentregularizer embeddingsregularizer activityregularizer regularizer betaregularizer gammaregularizer alpharegularizer kernelconstraint biasconstraint recurrentconstraint embeddingsconstraint betaconstraint gammaconstraint alphaconstraint weights weightdecay lorarank batchsize", whatever, Idle, "", "conv 8 3x3 kernel_initializer he_normal -> conv 8 3x3"},
}

// places are words for values, which stand by place here.
var places = []Entry{
	{PyTorch, "conv deconv localconv separable", "out_channels", Option, "filters"},
	{Caffe, "conv deconv", "num_output", Option, "filters"},
	{English, "conv deconv localconv separable", "num_filters num_outputs n_filters nb_filter filter features channels maps feature_maps kernels out", Option, "filters"},
	{English, convolutions + " " + poolings, "filter_size kernel_shape ksize window window_size", Option, "kernel"},
	{Keras, poolings, "pool_size pool_length", Option, "kernel"},
	{English, "conv deconv depthwise separable " + poolings, "dilatation", Option, "dilation"},
	{Caffe, convolutions + " dense scale", "bias_term has_bias", Option, "bias"},
	{Caffe, "dense", "num_output", Option, "units"},
	{English, "dense", "num_units num_outputs nodes hidden_units outputs out classes num_classes output_dim size", Option, "units"},
	{English, recurrents, "num_units hidden_units cells output_dim", Option, "units"},
	{English, "dropout droppath", "prob drop_prob drop_rate dropout_rate ratio dropout_ratio", Option, "rate"},
	{English, "batchnorm groupnorm", "num_groups group", Option, "groups"},
	{English, "zeropad", "padding", Option, "pad"},
	{Keras, "crop", "cropping", Option, "cut"},
	{Keras, "reshape", "shape", Option, "size"},
	{PyTorch, "reshape", "unflattened_size", Option, "size"},
	{Keras, "input", "shape input_shape batch_shape", Option, "size"},
	{PyTorch, "shuffle", "groups", Option, "groups"},
	{English, "upsample", "scale_factors ratio size factor", Option, "factor"},
	{English, "embedding", "vocab num_words max_features", Option, "vocabulary"},
	{English, "embedding", "embedding_size embed_size embed_dim dim size", Option, "dimensions"},
	{English, "deconv", "outputpadding adj", Option, "outpad"},
	{English, "leaky elu", "leak leakiness", Option, "slope"},
}
