package dialect

// Calls of further tools.
var otherCalls = []Call{
	// MATLAB. https://www.mathworks.com/help/deeplearning/ug/list-of-deep-learning-layers.html
	{Tool: Other, Names: "imageInputLayer sequenceInputLayer featureInputLayer", Kind: "input", Takes: "shape"},
	{Tool: Other, Names: "convolution2dLayer convolution1dLayer convolution3dLayer", Kind: "conv", Takes: "filter_size num_filters"},
	{Tool: Other, Names: "transposedConv2dLayer transposedConv3dLayer", Kind: "deconv", Takes: "filter_size num_filters"},
	{Tool: Other, Names: "maxPooling2dLayer maxPooling1dLayer maxPooling3dLayer", Kind: "maxpool", Takes: "pool_size", Unsaid: "stride=1"},
	{Tool: Other, Names: "averagePooling2dLayer averagePooling1dLayer averagePooling3dLayer", Kind: "avgpool", Takes: "pool_size", Unsaid: "stride=1"},
	{Tool: Other, Names: "globalAveragePooling2dLayer globalAveragePooling1dLayer", Kind: "avgpool", Adds: "global"},
	{Tool: Other, Names: "globalMaxPooling2dLayer globalMaxPooling1dLayer", Kind: "maxpool", Adds: "global"},
	{Tool: Other, Names: "fullyConnectedLayer", Kind: "dense", Takes: "units"},
	{Tool: Other, Names: "batchNormalizationLayer", Kind: "batchnorm"},
	{Tool: Other, Names: "layerNormalizationLayer", Kind: "layernorm"},
	{Tool: Other, Names: "groupNormalizationLayer", Kind: "groupnorm", Takes: "groups"},
	{Tool: Other, Names: "crossChannelNormalizationLayer", Kind: "lrn", Takes: "size"},
	{Tool: Other, Names: "reluLayer", Kind: "relu"},
	{Tool: Other, Names: "leakyReluLayer", Kind: "leaky", Takes: "slope"},
	{Tool: Other, Names: "clippedReluLayer", Kind: "relu", Takes: "max_value"},
	{Tool: Other, Names: "eluLayer", Kind: "elu", Takes: "slope"},
	{Tool: Other, Names: "geluLayer", Kind: "gelu"},
	{Tool: Other, Names: "swishLayer", Kind: "silu"},
	{Tool: Other, Names: "tanhLayer", Kind: "tanh"},
	{Tool: Other, Names: "sigmoidLayer", Kind: "sigmoid"},
	{Tool: Other, Names: "softmaxLayer", Kind: "softmax"},
	{Tool: Other, Names: "dropoutLayer", Kind: "dropout", Takes: "rate", Unsaid: "rate=0.5"},
	{Tool: Other, Names: "flattenLayer", Kind: "flatten"},
	{Tool: Other, Names: "additionLayer", Kind: "add"},
	{Tool: Other, Names: "depthConcatenationLayer", Kind: "concat"},
	{Tool: Other, Names: "lstmLayer", Kind: "lstm", Takes: "units"},
	{Tool: Other, Names: "bilstmLayer", Kind: "lstm", Takes: "units", Adds: "bidirectional"},
	{Tool: Other, Names: "gruLayer", Kind: "gru", Takes: "units"},
	{Tool: Other, Names: "classificationLayer regressionLayer", Does: Plumbs},

	// Lasagne. https://lasagne.readthedocs.io/en/latest/modules/layers.html
	{Tool: Other, Names: "Conv2DLayer Conv1DLayer", Kind: "conv", Takes: "X num_filters filter_size stride pad"},
	{Tool: Other, Names: "DenseLayer", Kind: "dense", Takes: "X num_units"},
	{Tool: Other, Names: "MaxPool2DLayer MaxPool1DLayer", Kind: "maxpool", Takes: "X pool_size stride pad"},
	{Tool: Other, Names: "DropoutLayer", Kind: "dropout", Takes: "X p", Unsaid: "p=0.5"},

	// TF-slim, whose convolutions and dense layers end in a relu.
	// https://github.com/google-research/tf-slim
	{Tool: Other, Names: "conv2d convolution2d", Kind: "conv", Takes: "X num_outputs kernel_size stride padding", Unsaid: "padding=same activation=relu"},
	{Tool: Other, Names: "fully_connected", Kind: "dense", Takes: "X num_outputs", Unsaid: "activation=relu"},
	{Tool: Other, Names: "max_pool2d", Kind: "maxpool", Takes: "X kernel_size stride padding", Unsaid: "stride=2"},
	{Tool: Other, Names: "avg_pool2d", Kind: "avgpool", Takes: "X kernel_size stride padding", Unsaid: "stride=2"},
	{Tool: Other, Names: "flatten", Kind: "flatten", Takes: "X"},
	{Tool: Other, Names: "dropout", Kind: "dropout", Takes: "X keep_prob"},
	{Tool: Other, Names: "softmax", Kind: "softmax", Takes: "X"},
}
