package assist_test

import (
	"slices"
	"strings"
	"testing"

	"cnnl/assist"
	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/eval/value"
	"cnnl/lang"
)

// TestLookup: a word of each sort, and which meaning wins where there are
// several.
func TestLookup(t *testing.T) {
	for word, want := range map[string]string{
		"conv":           "kind conv",
		"Conv":           "kind conv",
		"Conv2D":         "kind conv",
		"abs":            "kind abs", // and a function
		"bottleneck":     "block bottleneck",
		"inception":      "block inception", // and its library
		"let":            "statement let",
		"expect":         "statement expect", // and an error code
		"stride":         "param stride",
		"Strides":        "param stride",
		"filters":        "param filters",
		"kernel_size":    "param kernel",
		"k":              "param kernel", // and a letter of attention's bias
		"pad":            "param pad",    // zeropad in other tools
		"padding":        "param pad",
		"ceil":           "param ceil", // and a function
		"sqrt":           "term",       // an activation elsewhere
		"min":            "term",
		"channels":       "term", // and an axis
		"total":          "term",
		"in":             "term",
		"same":           "choice of pad",
		"resnet":         "library resnet",
		"squeeze":        "library squeeze", // flatten in other tools
		"Shape":          "page",
		"share":          "page",
		"blurpool":       "there is no kind of layer called blurpool; a fixed blur, then every second position: avgpool 3x3 stride 2 pad 1",
		"momentum":       "there is no option called momentum; it changes no count",
		"convv":          "there is no word convv; did you mean conv?",
		"bottelneck":     "there is no word bottelneck; did you mean bottleneck?",
		"strid":          "there is no word strid; did you mean stride?",
		"activatons":     "there is no word activatons; did you mean activations?",
		"undoo":          "there is no word undoo; did you mean undo?",
		"cov2dtranspose": "there is no word cov2dtranspose; did you mean conv2dtranspose? Here it is called deconv: deconv 64 2x2 stride 2",
		"zyxwvutsr":      "there is no word zyxwvutsr; ask",
	} {
		if got := sort(assist.Lookup(word, "undo")); got != want {
			t.Errorf("%s: got %s, want %s", word, got, want)
		}
	}
}

func sort(m assist.Meaning) string {
	switch {
	case m.Kind != nil:
		return "kind " + m.Kind.Name
	case m.Block != nil:
		return "block " + m.Block.Name
	case m.Usage != "":
		return "statement " + m.Word
	case m.Params != nil:
		return "param " + m.Params[0].Name
	case m.Term != "":
		return "term"
	case m.Choices != nil:
		return "choice of " + m.Choices[0].Name
	case m.Library != nil:
		return "library " + m.Library[0].Library
	case m.Page != "":
		return "page"
	}
	return m.Denial("word", "ask")
}

// TestEveryWordIsFound: what the language, the catalogue and the standard
// library have is found, and so is everything that Words lists.
func TestEveryWordIsFound(t *testing.T) {
	words := slices.Concat(assist.Words(), lang.Statements(), value.FunctionNames(), network.Properties)
	for _, b := range resolve.LibraryBlocks() {
		words = append(words, b.Name, b.Library)
	}
	for _, k := range layer.All {
		words = append(words, k.Vocabulary()...)
	}
	for _, e := range dialect.Table() {
		if e.Is != dialect.Prose {
			words = append(words, strings.Fields(e.Words)...)
		}
	}
	for _, word := range words {
		if got := sort(assist.Lookup(word)); strings.HasPrefix(got, "there is no") {
			t.Errorf("%s: %s", word, got)
		}
	}
}
