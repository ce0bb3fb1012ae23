package dialect

// Families of kinds that have the same options.
const (
	convolutions = "conv deconv depthwise localconv separable"
	poolings     = "avgpool maxpool"
	recurrents   = "gru lstm simplernn"
	scaling      = "batchnorm groupnorm instancenorm layernorm rmsnorm" // with gamma
	shifting     = "batchnorm groupnorm instancenorm layernorm"         // with beta

	sliding = convolutions + " " + poolings                 // with kernel, stride and pad
	dilated = "conv deconv depthwise separable " + poolings // with dilation
)

// options are words for options and values.
var options = []Entry{
	{PyTorch | Keras | Caffe, sliding, "kernel_size", Option, "kernel"},
	{Darknet | English, sliding, "size", Option, "kernel"},
	{English, sliding, "k", Option, "kernel"},
	{Keras, sliding, "strides subsample", Option, "stride"},
	{English, sliding, "s", Option, "stride"},
	{anyTool, sliding, "padding", Option, "pad"},
	{Keras, sliding, "border border_mode", Option, "pad"},
	{English, sliding, "p", Option, "pad"},
	{Keras, dilated, "dilation_rate", Option, "dilation"},
	{English, dilated, "dilations dilated dilate atrous rate", Option, "dilation"},
	{Caffe, "conv deconv", "group", Option, "groups"},
	{English, "conv deconv", "cardinality grouped", Option, "groups"},
	{Keras, "depthwise separable", "depth_multiplier", Option, "multiplier"},
	{English, "depthwise separable", "channel_multiplier", Option, "multiplier"},
	{PyTorch, "deconv", "output_padding", Option, "outpad"},
	{Keras, convolutions + " dense", "use_bias", Option, "bias"},
	{English, convolutions + " dense", "biases", Option, "bias"},
	{PyTorch, poolings, "ceil_mode", Option, "ceil"},
	{PyTorch, poolings + " crop upsample", "output_size", Option, "to"},
	{English, poolings, "adaptive", Option, "to"},

	{PyTorch, "dense", "out_features", Option, "units"},
	{English, "dense", "neurons", Option, "units"},
	{PyTorch, "dropout droppath", "p", Option, "rate"},
	{Keras, "elu leaky", "alpha", Option, "slope"},
	{PyTorch | Keras, "elu leaky", "negative_slope", Option, "slope"},
	{Keras, "concat", "axis", Option, "along"},
	{PyTorch, "concat", "dim", Option, "along"},
	{English, "matmul", "transpose_b transb", Option, "transpose"},

	{Keras, scaling, "scale", Option, "gamma"},
	{PyTorch, scaling, "affine elementwise_affine", Option, "gamma"},
	{Keras, shifting, "center", Option, "beta"},
	{PyTorch, shifting, "bias", Option, "beta"},
	{PyTorch, "batchnorm", "track_running_stats", Option, "stats"},
	{PyTorch, "groupnorm", "num_groups", Option, "groups"},
	{Keras, "layernorm rmsnorm", "axis", Option, "over"},
	{PyTorch, "layernorm rmsnorm", "normalized_shape", Option, "over"},

	{Keras, "embedding", "input_dim", Option, "vocabulary"},
	{PyTorch, "embedding", "num_embeddings", Option, "vocabulary"},
	{English, "embedding", "vocab_size", Option, "vocabulary"},
	{Keras, "embedding", "output_dim", Option, "dimensions"},
	{PyTorch, "embedding", "embedding_dim", Option, "dimensions"},
	{PyTorch, recurrents, "hidden_size", Option, "units"},
	{English, recurrents, "hidden", Option, "units"},
	{Keras, recurrents, "return_sequences", Option, "sequence"},
	{English, recurrents, "bi bidi bilstm", Option, "bidirectional"},
	{Keras, recurrents, "use_bias", Option, "bias"},
	{Keras, "gru", "reset_after", Option, "bias"},
	{PyTorch, "lstm", "proj_size", Option, "project"},
	{English, "lstm", "projection", Option, "project"},
	{Keras, "lstm", "num_proj", Option, "project"},

	{PyTorch | Keras, "attention", "num_heads", Option, "heads"},
	{English, "attention", "n_heads", Option, "heads"},
	{PyTorch, "attention", "nhead", Option, "heads"},
	{Keras, "attention", "key_dim", Option, "dim"},
	{English, "attention", "head_dim d_k", Option, "dim"},
	{Keras, "attention", "value_dim", Option, "value"},
	{PyTorch, "attention", "vdim", Option, "value"},
	{English, "attention", "d_v", Option, "value"},
	{English, "attention", "num_kv_heads n_kv_heads kv_heads num_key_value_heads", Option, "kv"},
	{Keras, "attention", "use_causal_mask", Option, "causal"},
	{PyTorch, "attention", "is_causal", Option, "causal"},
	{English, "attention", "masked", Option, "causal"},
	{English, "attention", "window_size", Option, "window"},
	{English, "attention", "grid_size", Option, "grid"},
	{English, "attention", "shift_size cyclic_shift", Option, "shift"},
	{English, "attention", "relative_position_bias rel_pos", Option, "relative"},
	{English, "attention", "qk_norm qk_layernorm q_norm k_norm", Option, "norm"},
	{Keras, "attention", "use_bias", Option, "bias"},
	{English, "attention", "qkv_bias", Option, "bias"},
	{English, "position", "max_length maxlen block_size max_position_embeddings n_positions", Option, "length"},
	{PyTorch, "param", "buffer register_buffer", Option, "fixed"},
	{English, "param", "constant frozen", Option, "fixed"},
	{Keras, "scale", "use_bias", Option, "bias"},
	{English, "scale", "shift", Option, "bias"},

	{Keras, "input", "grayscale", Option, "gray"},
	{English, "input", "grey greyscale mono", Option, "gray"},
	{English, "input", "color colour bgr", Option, "rgb"},
	{English, "input", "seq", Option, "sequence"},
	{English, "input", "ids token", Option, "tokens"},
	{Keras, "reshape", "target_shape", Option, "size"},
	{PyTorch | Keras, "permute", "dims", Option, "order"},
	{PyTorch, "slice", "dim", Option, "axis"},
	{PyTorch, "pixelshuffle pixelunshuffle", "upscale_factor downscale_factor", Option, "factor"},
	{Keras, "pixelshuffle pixelunshuffle", "block_size", Option, "factor"},
	{English, "upsample", "scale", Option, "factor"},
	{PyTorch, "upsample", "scale_factor", Option, "factor"},
	{PyTorch, "upsample", "linear trilinear", Option, "bilinear"},
	{English, "upsample", "cubic", Option, "bicubic"},
	{English, "upsample", "repeat neighbor neighbour", Option, "nearest"},
}
