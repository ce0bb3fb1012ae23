package repair

import (
	"strings"
	"testing"
)

// TestReads: slips, and what each is certainly, or perhaps, meant to say. A blank offer:
// nothing is offered, since another meaning would be given to what stands there.
func TestReads(t *testing.T) {
	const (
		image    = "input 32x32x3\n"
		layers   = image + "conv c1 8 3x3 pad same\nconv c2 8 3x3 pad same\n"
		sequence = "input 100x64 sequence\n"
	)
	for _, c := range []struct{ above, slip, certain, perhaps string }{
		{sequence, "bilstm 64", "lstm 64 bidirectional", ""},
		{sequence, "bi-lstm 64", "lstm 64 bidirectional", ""},
		{sequence, "BiGRU 64", "gru 64 bidirectional", ""},
		{"", "input 32x32x3 batch 16", "input 32x32x3", ""},
		{"", "input 32x32x3 foo 16", "", ""},
		{layers, "unfreeze c1", "", ""},
		{image, "/* first */ conv 8 3x3", "conv 8 3x3 # first", ""},
		{image, "conv 8 3x3 /* first */", "conv 8 3x3 # first", ""},
		{image, "conv 8 3x3 conv 4 3x3", "conv 8 3x3; conv 4 3x3", ""},
		{image, "conv 8 3x3 relu max pool 2x2 flatten dense 10 softmax", "conv 8 3x3; relu; maxpool 2x2; flatten; dense 10; softmax", ""},
		{image, "conv 8 3x3 and maxpool 2x2", "conv 8 3x3; maxpool 2x2", ""},
		{image, "cnov 8 3x3 dropout 0.5", "conv 8 3x3; dropout 0.5", ""},
		{image, "conv 8 3x3 activation relu maxpool 2x2", "conv 8 3x3; relu; maxpool 2x2", ""},
		{layers, "from c1 conv 16 3x3", "from c1; conv 16 3x3", ""},
		{layers, "from c1 max pool 2x2", "from c1; maxpool 2x2", ""},
		{image, "leaky relu 0.1", "leaky slope 0.1", ""},
		{sequence, "attention 8", "", "attention heads 8"},
		{image, "1. conv 8 3x3", "conv 8 3x3", ""},
		{image, "b) conv 8 3x3", "conv 8 3x3", ""},
		{image, "5 conv 8 3x3", "", "repeat 5 { conv 8 3x3 }"},
		{image, "conv 8 3x3 x5", "repeat 5 { conv 8 3x3 }", ""},
		{sequence, "MultiHeadAttention(8, 64)", "attention heads 8 dim 64", ""},
		{image, "nn.Conv2D(3, 16, 3)", "conv 16 3", ""},
		{image, "conv 8 3x3 stride stride 2", "conv 8 3x3 stride 2", ""},
		{image, "conv 8 3x3 stride 2 pad no bias", "", ""},
		{image + "block unit(n, norm = true) { conv $n 1x1 }\n", "plain unit 64 no norm", "unit plain 64 no norm", ""},
		{image + "block unit(n, k) { conv $n $k }\n", "64 unit 3", "", "unit 64 3"},
		{image + "block unit(n, k = 1, s = 1) { conv $n $k stride $s }\n", "unit 64 k k 3", "unit 64 k 3", ""},
		{image + "block unit(n, k, s = 1) { conv $n $k stride $s }\n", "unit 64 s 3 2", "", "unit 64 2 s 3"},
		{image, "relu relu conv 8 3x3", "", ""},
		{image, "avgpool global True", "avgpool global", ""},
		{layers, "conv c5 8 3x3 with c2", "", "conv c5 = c2"},
		{layers, "expect biases of c1 == 8", "expect c1.biases == 8", ""},
		{layers, "conv c3 8 3x3 frozen", "", "conv c3 8 3x3; freeze c3"},
		{image, "conv 8 3 x 3", "conv 8 3x3", ""},
		{image, "avgpool global True", "avgpool global", ""},
		{layers, "skip from c1", "", "add with c1"},
		{layers, "skip c1", "", "add with c1"},
		{layers, "concat skip c1", "", ""},
		{layers, "print total", "# print total", ""},
		{layers, "print c1.params", "# print c1.params", ""},
		{layers, "frozen c1", "", "freeze c1"},
		{layers, "c1 frozen", "", "freeze c1"},
		{layers, "c1.freeze", "", "freeze c1"},
		{layers, "upsample x2", "", "upsample 2"},
		{image, "conv x2 3x3", "", ""},
		{layers, "deconv 8 3x3 stride 2 output padding 1", "deconv 8 3x3 stride 2 outpad 1", ""},
		{image, "conv 8 3x3 padding mode reflect", "conv 8 3x3", ""},
		{layers, "conv 32 3x3 groups=depthwise", "", "conv 32 3x3 groups 8"},
		{layers, "conv c3 = c2 weights", "conv c3 = c2", ""},
		{layers, "conv c3 shares c2", "conv c3 = c2", ""},
		{layers, "conv c3 same as c2", "conv c3 = c2", ""},
		{layers, "expect c1.params == 1,224 and c2.params == 1,584", "expect c1.params == 1224 and c2.params == 1584", ""},
		{layers, "conv c3 1,000 3x3; expect c3.params == 73,000", "", "conv c3 1000 3x3; expect c3.params == 73000"},
	} {
		text := c.above + c.slip
		src, r := mend(text)
		if want := c.above + cmpOr(c.certain, c.slip); r.Text != want {
			t.Errorf("%q is mended to %q, want %q", c.slip, strings.TrimPrefix(r.Text, c.above), want)
		}
		if c.perhaps != "" && !offers(src, r, c.above+c.perhaps) {
			t.Errorf("%q: %q is not offered: %v", c.slip, c.perhaps, r.Diags.List)
		}
	}
}

// TestOffersNothing: where what is meant does not fit, or cannot be seen, no other thing
// is offered that happens to run.
func TestOffersNothing(t *testing.T) {
	const layers = "input 32x32x3\nconv c1 8 3x3\nconv c2 8 3x3 stride 2\n"
	for _, slip := range []string{"add c1 c2", "concat c1 c2", "conv c3 8 3x3 foo 2", "unfreeze c1", "input 64x64x3 foo 16"} {
		_, r := mend(layers + slip)
		for _, d := range r.Diags.List {
			for _, f := range d.Fixes {
				t.Errorf("%q: %s is offered: %v", slip, f.Rule, f.Edits)
			}
		}
	}
}
