package dialect_test

import (
	"slices"
	"strings"
	"testing"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
)

// TestRowsMeanSomething: kinds exist, words are spelled as they are looked up, and
// what is taken or written is of the kind.
func TestRowsMeanSomething(t *testing.T) {
	for _, r := range dialect.Rows() {
		for word := range strings.FieldsSeq(r.Words) {
			if word != dialect.Plain(word) {
				t.Errorf("%q would never be found", word)
			}
		}
		if r.Of == "*" {
			continue
		}
		for name := range strings.FieldsSeq(r.Of) {
			k := layer.Find(name)
			if k == nil {
				t.Errorf("%s: there is no kind %s", r.Words, name)
				continue
			}
			if first := strings.TrimPrefix(r.Here, "no "); r.Is == dialect.Writes && r.Here != "" && k.Find(strings.Fields(first)[0]) < 0 || r.Is == dialect.Takes && k.Find(r.Here) < 0 {
				t.Errorf("%s: %s has no %s", r.Words, name, r.Here)
			}
		}
	}
}

// TestEveryRowSpeaks: the example of a row finds it, or another that says the same.
func TestEveryRowSpeaks(t *testing.T) {
	for _, r := range dialect.Rows() {
		said, _, ok := strings.Cut(r.Example, " -> ")
		words := strings.Fields(said)
		if !ok || len(words) < 2 {
			t.Errorf("%s %s: %q is no example", r.Words, r.Value, r.Example)
			continue
		}
		k := layer.Find(words[0])
		i := slices.IndexFunc(words, func(w string) bool { return slices.Contains(strings.Fields(r.Words), dialect.Plain(w)) })
		if k == nil || i < 0 {
			t.Errorf("%q has none of %s", r.Example, r.Words)
			continue
		}
		value := ""
		if i+1 < len(words) {
			value = words[i+1]
		}
		if says, ok := dialect.Says(r.Tools, k, words[i], value); !ok || says.Is != r.Is || says.Here != r.Here {
			t.Errorf("%s: %v %v, want %v %q", r.Example, says, ok, r.Is, r.Here)
		}
	}
}

// TestTruths: true and false in any spelling turn flags on and off, and the words of
// other tools as well as ours.
func TestTruths(t *testing.T) {
	for _, c := range []struct {
		kind, word, value string
		is                dialect.Sense
		here              string
		uses              bool
	}{
		{"conv", "use_bias", "False", dialect.Writes, "no bias", true},
		{"conv", "bias", "0", dialect.Writes, "no bias", true},
		{"conv", "bias", "yes", dialect.Writes, "", true},
		{"maxpool", "ceil_mode", "False", dialect.Writes, "", true},
		{"maxpool", "ceil_mode", "on", dialect.Writes, "ceil", true},
		{"maxpool", "ceil_mode", "", dialect.Writes, "ceil", false},
		{"lstm", "bias", "false", dialect.Writes, "no bias", true},
		{"lstm", "bias", "2", dialect.Takes, "bias", true},
		{"lstm", "return_sequences", "True", dialect.Writes, "sequence", true},
		{"attention", "use_bias", "False", dialect.Writes, "no bias", true},
		{"attention", "dim", "None", dialect.Writes, "", true},
		{"conv", "kernel_size", "3", dialect.Takes, "kernel", true},
		{"conv", "kernelSize", "3x3", dialect.Takes, "kernel", true},
		{"conv", "out_channels", "64", dialect.Takes, "filters", true},
		{"conv", "padding", "same", dialect.Takes, "pad", true},
	} {
		got, ok := dialect.Says(dialect.AnyTool, layer.Find(c.kind), c.word, c.value)
		if want := (dialect.Saying{Is: c.is, Here: c.here, Uses: c.uses}); !ok || got != want {
			t.Errorf("%s %s %s: %v, want %v", c.kind, c.word, c.value, got, want)
		}
	}
	if _, ok := dialect.Says(dialect.AnyTool, layer.Find("conv"), "wibble", "3"); ok {
		t.Error("wibble means nothing")
	}
}

// TestCallsMeanSomething: what a call makes and takes is known.
func TestCallsMeanSomething(t *testing.T) {
	for _, c := range append(dialect.Calls(), dialect.Methods()...) {
		k := c.Of()
		if c.Kind != "" && k == nil {
			t.Errorf("%s: there is no kind %s", c.Names, c.Kind)
		}
		if k == nil || c.Does != dialect.Makes {
			continue
		}
		for _, word := range c.Order() {
			if word != strings.ToUpper(word) {
				checkArgument(t, &c, k, word)
			}
		}
	}
}

// checkArgument: some value of an argument means something.
func checkArgument(t *testing.T, c *dialect.Call, k *layer.Kind, word string) {
	t.Helper()
	for _, value := range []string{"2", "2x2", "true", "none", "channels_last", "-1", "nearest", "softmax"} {
		if _, ok := dialect.Says(c.Tool|dialect.AnyTool, k, word, value); ok {
			return
		}
	}
	t.Errorf("%s: nothing is known of %s", c.Names, word)
}

// TestCallsOf: the tool decides where several call something the same.
func TestCallsOf(t *testing.T) {
	for _, c := range []struct {
		prefer dialect.Tools
		name   string
		tool   dialect.Tools
		kind   string
	}{
		{dialect.Keras, "Conv2D", dialect.Keras, "conv"},
		{dialect.PyTorch, "Conv2d", dialect.PyTorch, "conv"},
		{dialect.Keras, "LSTM", dialect.Keras, "lstm"},
		{dialect.PyTorch, "LSTM", dialect.PyTorch, "lstm"},
		{dialect.PyTorch, "relu", dialect.PyTorch, "relu"},
		{dialect.AnyTool, "max_pooling_2d", dialect.Keras, "maxpool"},
		{dialect.AnyTool, "fullyConnectedLayer", dialect.Other, "dense"},
	} {
		if got := dialect.CallOf(c.prefer, c.name); got == nil || got.Tool != c.tool || got.Kind != c.kind {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}
