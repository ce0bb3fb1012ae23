package dialect

import (
	"slices"
	"strings"
)

// A Gap is something of ours without a counterpart in another tool.
type Gap struct {
	Tool   Tools
	Of     string // kinds
	Option string // of these; empty: the kinds themselves
	Value  string // a word of the option, aWord or aNumber; empty: whatever it is
	Why    string // what there is instead, or "none"
}

// Values that are lacking whichever word or number they are.
const (
	aWord   = "a word"
	aNumber = "a number"
)

// Gaps are what PyTorch 1.13 and the layers of TensorFlow.js, which are Keras,
// lack of the catalogue. The output padding of a transposed convolution is Keras'
// and not theirs.
func Gaps() []Gap { return slices.Clone(gaps) }

var gaps = []Gap{
	{PyTorch, "localconv", "", "", "none"},
	{PyTorch, "rmsnorm", "", "", "came with PyTorch 2.4"},
	{PyTorch, "droppath", "", "", "is torchvision's"},
	{PyTorch, "attention", "dim", "", "the channels divided by the heads"},
	{PyTorch, "attention", "value", "", "none"},
	{PyTorch, "attention", "bias", aWord, "all or none"},
	{PyTorch, "attention", "kv", "", "none"},
	{PyTorch, "attention", "window", "", "none"},
	{PyTorch, "attention", "grid", "", "none"},
	{PyTorch, "attention", "shift", "", "none"},
	{PyTorch, "attention", "relative", "", "none"},
	{PyTorch, "attention", "cosine", "", "none"},
	{PyTorch, "attention", "norm", "", "none"},
	{PyTorch, "conv", "untied", "", "none"},
	{PyTorch, "deconv " + poolings, "pad", "same", "none"},
	{PyTorch, "deconv", "outpad", "auto", "none"},
	{PyTorch, "avgpool", "dilation", "", "none"},
	{PyTorch, "prelu", "each", "", "none"},
	{PyTorch, "slice", "step", "", "a range of every so many is a slice of its own"},

	{Keras, "abs attention droppath glu groupnorm hardswish instancenorm localconv lrn param pixelshuffle pixelunshuffle position rmsnorm scale shuffle slice sub token", "", "", "none"},
	{Keras, "batchnorm", "stats", "", "always on"},
	{Keras, "lstm", "project", "", "none"},
	{Keras, "elu", "slope", "", "only 1"},
	{Keras, "crop upsample", "to", "", "none"},
	{Keras, "upsample", "bicubic", "", "none"},
	{Keras, "upsample", "area", "", "none"},
	{Keras, "flatten", "sequence", "", "none"},
	{Keras, "conv deconv", "groups", "", "none"},
	{Keras, "deconv", "dilation", "", "none"},
	{Keras, "conv", "untied", "", "none"},
	{Keras, "conv deconv depthwise separable " + poolings, "pad", aNumber, "only valid and same"},
	{Keras, "conv depthwise separable", "pad", "causal", "does not run"},
	{Keras, "depthwise", "dilation", "", "is passed by"},
	{Keras, poolings, "dilation", "", "none"},
	{Keras, poolings, "ceil", "", "none"},
	{Keras, poolings, "to", "", "none"},
}

// LacksKind says why a tool has no such kind, or nothing.
func LacksKind(tool Tools, kind string) string { return LacksOption(tool, kind, "") }

// LacksOption says why a tool has no such option, whatever its value, or nothing.
func LacksOption(tool Tools, kind, option string) string {
	return lacking(tool, kind, option, func(value string) bool { return value == "" })
}

// LacksValue says why a tool has no option of such a value, or nothing. The value
// is its word, or empty for a number or a flag.
func LacksValue(tool Tools, kind, option, word string) string {
	return lacking(tool, kind, option, func(value string) bool {
		return value == "" || word != "" && (value == word || value == aWord) || word == "" && value == aNumber
	})
}

func lacking(tool Tools, kind, option string, covers func(value string) bool) string {
	for _, g := range gaps {
		if g.Tool == tool && g.Option == option && covers(g.Value) && slices.Contains(strings.Fields(g.Of), kind) {
			return g.Why
		}
	}
	return ""
}
