package foreign_test

import (
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/lang"
	"cnnl/repair/foreign"
)

const (
	picture  = "input 32x32x3"
	maps     = "input 16x16x64"
	steps    = "input 20x64 sequence"
	ids      = "input 20 tokens"
	features = "input 512"
)

// calls are single layers of other tools, and what their documentation says they are:
// https://keras.io/api/layers/, https://pytorch.org/docs/stable/nn.html. What only another
// tool's default says is likely and not certain: in brackets.
var calls = []struct{ above, call, want string }{
	// Keras, by place and by keyword.
	{picture, `layers.Conv2D(32, 3)`, "conv 32 3"},
	{picture, `layers.Conv2D(32, (3, 3), (2, 2), "same")`, "conv 32 3x3 stride 2x2 pad same"},
	{picture, `layers.Conv2D(filters=32, kernel_size=(5, 3), strides=2, padding="valid")`, "conv 32 5x3 stride 2 pad valid"},
	{picture, `Conv2D(32, kernel_size=3, activation="relu")`, "conv 32 3; relu"},
	{picture, `Conv2D(32, 3, use_bias=False)`, "conv 32 3 no bias"},
	{picture, `Conv2D(32, 3, dilation_rate=2, name="wide")`, "conv wide 32 3 dilation 2"},
	{maps, `Conv2D(64, 3, groups=4)`, "conv 64 3 groups 4"},
	{picture, `Conv2D(32, 3, kernel_initializer="he_normal", kernel_regularizer=l2(1e-4))`, "conv 32 3"},
	{picture, `Conv2D(32, 3, trainable=False)`, "conv 32 3; freeze conv1"},
	{steps, `Conv1D(128, 5, padding="causal")`, "conv 128 5 pad causal"},
	{"input 8x32x32x3", `Conv3D(16, (3, 3, 3))`, "conv 16 3x3x3"},
	{picture, `Conv2DTranspose(16, 3, strides=2, padding="same")`, "deconv 16 3 stride 2 pad same"},
	{picture, `DepthwiseConv2D(3, padding="same", depth_multiplier=2)`, "depthwise 3 multiplier 2 pad same"},
	{picture, `SeparableConv2D(32, (3, 3), padding="same", activation="relu")`, "separable 32 3x3 pad same; relu"},
	{features, `Dense(10)`, "dense 10"},
	{features, `Dense(units=10, activation="softmax", use_bias=False)`, "dense 10 no bias; softmax"},
	{features, `Dense(10, "relu")`, "dense 10; relu"},
	{steps, `Dense(10)`, "dense 10 each"},
	{steps, `TimeDistributed(Dense(10))`, "dense 10 each"},
	{picture, `MaxPooling2D()`, "[maxpool 2]"},
	{picture, `MaxPooling2D((3, 3), strides=2, padding="same")`, "maxpool 3x3 stride 2 pad same"},
	{picture, `MaxPooling2D(pool_size=(2, 2))`, "maxpool 2x2"},
	{picture, `AveragePooling2D(pool_size=2, strides=None)`, "avgpool 2"},
	{picture, `GlobalAveragePooling2D()`, "avgpool global"},
	{picture, `GlobalAveragePooling2D(keepdims=True)`, "avgpool to 1x1"},
	{steps, `GlobalMaxPooling1D()`, "maxpool global"},
	{picture, `BatchNormalization()`, "batchnorm"},
	{picture, `BatchNormalization(momentum=0.9, epsilon=1e-5)`, "batchnorm"},
	{picture, `BatchNormalization(scale=False)`, "batchnorm no gamma"},
	{picture, `BatchNormalization(center=False, scale=False)`, "batchnorm no gamma no beta"},
	{maps, `GroupNormalization()`, "[groupnorm 32]"},
	{maps, `GroupNormalization(groups=8)`, "groupnorm 8"},
	{steps, `LayerNormalization(epsilon=1e-6)`, "layernorm"},
	{picture, `Dropout(0.25)`, "dropout 0.25"},
	{picture, `SpatialDropout2D(rate=0.2)`, "dropout 0.2"},
	{ids, `Embedding(10000, 64)`, "embedding 10000 64"},
	{ids, `Embedding(input_dim=10000, output_dim=64, mask_zero=True)`, "embedding 10000 64"},
	{steps, `LSTM(32)`, "lstm 32"},
	{steps, `LSTM(32, return_sequences=True)`, "lstm 32 sequence"},
	{steps, `Bidirectional(LSTM(32, return_sequences=True))`, "lstm 32 sequence bidirectional"},
	{steps, `GRU(32)`, "[gru 32 bias 2]"},
	{steps, `GRU(32, reset_after=False)`, "gru 32"},
	{steps, `SimpleRNN(32, use_bias=False)`, "simplernn 32 no bias"},
	{picture, `Activation("relu")`, "relu"},
	{picture, `LeakyReLU()`, "[leaky slope 0.3]"},
	{picture, `LeakyReLU(0.2)`, "leaky slope 0.2"},
	{picture, `LeakyReLU(alpha=0.2)`, "leaky slope 0.2"},
	{picture, `ReLU(max_value=6)`, "relu6"},
	{picture, `PReLU(shared_axes=[1, 2])`, "prelu"},
	{picture, `ELU(alpha=1.0)`, "elu slope 1"},
	{picture, `Flatten()`, "flatten"},
	{features, `Reshape((8, 8, 8))`, "reshape 8x8x8"},
	{picture, `ZeroPadding2D()`, "[zeropad 1]"},
	{picture, `ZeroPadding2D(padding=(3, 3))`, "zeropad 3x3"},
	{picture, `UpSampling2D()`, "[upsample 2]"},
	{picture, `UpSampling2D((2, 2), interpolation="bilinear")`, "upsample 2x2 bilinear"},
	{picture, `Rescaling(1./255)`, "[# Rescaling(1./255)]"},

	// PyTorch.
	{picture, `nn.Conv2d(3, 16, 3)`, "conv 16 3"},
	{picture, `nn.Conv2d(3, 16, 3, 2, 1)`, "conv 16 3 stride 2 pad 1"},
	{picture, `nn.Conv2d(3, 16, kernel_size=(3, 5), stride=(2, 1), padding=(1, 2), bias=False)`, "conv 16 3x5 stride 2x1 pad 1x2 no bias"},
	{picture, `nn.Conv2d(in_channels=3, out_channels=16, kernel_size=3, padding="same")`, "conv 16 3 pad same"},
	{maps, `nn.Conv2d(64, 64, 3, 1, 1, 1, 64)`, "conv 64 3 stride 1 pad 1 dilation 1 groups 64"},
	{picture, `nn.Conv2D(3, 16, 3)`, "conv 16 3"},
	{picture, `keras.layers.Conv2d(16, 3)`, "conv 16 3"},
	{picture, `BatchNormalization(axis=3)`, "batchnorm"},
	{steps, `BatchNormalization(axis=-1)`, "batchnorm"},
	{steps, `MultiHeadAttention(8, 64)`, "attention heads 8 dim 64"},
	{picture, `ZeroPadding2D(((1, 0), (2, 3)))`, "zeropad before 1x2 after 0x3"},
	{picture, `nn.ZeroPad2d((1, 2, 3, 4))`, "zeropad before 3x1 after 4x2"},
	{picture, `nn.AdaptiveAvgPool2d((None, 7))`, "avgpool to 32x7"},
	{picture, `nn.LazyConv2d(16, 3)`, "conv 16 3"},
	{maps, `nn.ConvTranspose2d(64, 32, 3, stride=2, padding=1, output_padding=1)`, "deconv 32 3 stride 2 pad 1 outpad 1"},
	{maps, `nn.ConvTranspose2d(64, 32, 2, 2)`, "deconv 32 2 stride 2"},
	{features, `nn.Linear(512, 10)`, "dense 10"},
	{features, `nn.Linear(512, 10, bias=False)`, "dense 10 no bias"},
	{features, `nn.Linear(in_features=512, out_features=10)`, "dense 10"},
	{steps, `nn.Linear(64, 10)`, "dense 10 each"},
	{picture, `nn.MaxPool2d(2)`, "maxpool 2"},
	{picture, `nn.MaxPool2d(2, 2)`, "maxpool 2 stride 2"},
	{picture, `nn.MaxPool2d(3, 2, 1)`, "maxpool 3 stride 2 pad 1"},
	{picture, `nn.MaxPool2d(kernel_size=3, stride=2, ceil_mode=True)`, "maxpool 3 stride 2 ceil"},
	{picture, `nn.AvgPool2d(2, ceil_mode=False)`, "avgpool 2"},
	{picture, `nn.AdaptiveAvgPool2d((1, 1))`, "avgpool to 1x1"},
	{picture, `nn.AdaptiveAvgPool2d(7)`, "avgpool to 7x7"},
	{maps, `nn.BatchNorm2d(64)`, "batchnorm"},
	{maps, `nn.BatchNorm2d(64, affine=False)`, "batchnorm no gamma no beta"},
	{maps, `nn.GroupNorm(32, 64)`, "groupnorm 32"},
	{maps, `nn.InstanceNorm2d(64)`, "[instancenorm no gamma no beta]"},
	{maps, `nn.InstanceNorm2d(64, affine=True)`, "instancenorm"},
	{steps, `nn.LayerNorm(64)`, "layernorm"},
	{picture, `nn.Dropout()`, "[dropout 0.5]"},
	{picture, `nn.Dropout2d(p=0.1)`, "dropout 0.1"},
	{ids, `nn.Embedding(10000, 64, padding_idx=0)`, "embedding 10000 64"},
	{steps, `nn.LSTM(64, 32, batch_first=True)`, "[lstm 32 sequence bias 2]"},
	{steps, `nn.GRU(64, 32, bidirectional=True)`, "[gru 32 sequence bidirectional bias 2]"},
	{steps, `nn.MultiheadAttention(64, 8)`, "attention heads 8"},
	{picture, `nn.ReLU(inplace=True)`, "relu"},
	{picture, `nn.LeakyReLU(0.2, True)`, "leaky slope 0.2"},
	{picture, `nn.PReLU()`, "[prelu single]"},
	{maps, `nn.PReLU(64)`, "prelu"},
	{features, `nn.Softmax(dim=1)`, "softmax"},
	{picture, `nn.Flatten()`, "flatten"},
	{picture, `nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)`, "upsample 2 bilinear"},
	{picture, `nn.ZeroPad2d(2)`, "zeropad 2"},
	{picture, `nn.ReflectionPad2d(3)`, "zeropad 3"},
	{maps, `nn.PixelShuffle(2)`, "pixelshuffle 2"},
	{picture, `nn.Identity()`, "identity"},
}

// lostCalls are layers of which something cannot be carried over, the statement without
// it, and what is said of it.
var lostCalls = []struct{ above, call, want, lost string }{
	{picture, `nn.Conv2d(4, 16, 3)`, "conv 16 3", "says 4"},
	{features, `nn.Linear(100, 10)`, "dense 10", "says 100"},
	{picture, `Conv2D(32, 3, data_format="channels_first")`, "conv 32 3", "data_format=channels_first"},
	{picture, `Conv2D(32, 3, padding="full")`, "conv 32 3", "pad"},
	{picture, `BatchNormalization(axis=1)`, "batchnorm", "axis 1"},
	{steps, `nn.MultiheadAttention(64, 8, kdim=32)`, "attention heads 8", "kdim=32"},
	{features, `nn.Bilinear(20, 30, 40)`, "# nn.Bilinear(20, 30, 40)", "Bilinear"},
	{picture, `nn.Hardtanh()`, "# nn.Hardtanh()", "Hardtanh"},
	{picture, `Lambda(lambda x: x * 2)`, "# Lambda(lambda x: x * 2)", "Lambda"},
	{ids, `Embedding(10000, 64, input_length=30)`, "embedding 10000 64", "30"},
}

// TestLostCalls: what cannot be carried over is said, and then nothing is certain.
func TestLostCalls(t *testing.T) {
	for _, c := range lostCalls {
		text := c.above + "\n" + c.call + "\n"
		readings := foreign.Look(text).Read(len(c.above)+1, eval.Options{}, lang.Limits{})
		if len(readings) == 0 {
			t.Errorf("%s is not read", c.call)
			continue
		}
		r := readings[0]
		mended, err := lang.Apply(text, r.Edits)
		if got := strings.TrimSpace(strings.TrimPrefix(mended, c.above)); err != nil || got != c.want {
			t.Errorf("%s is %s, want %s; %v", c.call, got, c.want, err)
		}
		if r.Sure || !strings.Contains(r.Lost, c.lost) {
			t.Errorf("%s: sure is %t, and of what is lost it says %q, want %q", c.call, r.Sure, r.Lost, c.lost)
		}
	}
}

// TestCalls: a layer that is pasted by itself becomes the statement that it means.
func TestCalls(t *testing.T) {
	for _, c := range calls {
		text := c.above + "\n" + c.call + "\n"
		readings := foreign.Look(text).Read(len(c.above)+1, eval.Options{}, lang.Limits{})
		if len(readings) == 0 {
			t.Errorf("%s is not read, want %s", c.call, c.want)
			continue
		}
		mended, err := lang.Apply(text, readings[0].Edits)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.TrimSpace(strings.TrimPrefix(mended, c.above))
		if !readings[0].Sure {
			got = "[" + got + "]"
		}
		if got != c.want {
			t.Errorf("%s\n  is %s\nwant %s", c.call, got, c.want)
		}
		if file, diags := lang.Parse(lang.NewSource("", mended), lang.Limits{}); diags.Failed() || eval.Evaluate(file, eval.Options{}).Diags.Failed() {
			t.Errorf("%s: %q fails", c.call, mended)
		}
	}
}
