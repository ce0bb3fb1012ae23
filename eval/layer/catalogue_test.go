package layer_test

import (
	"slices"
	"strings"
	"testing"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// TestCatalogue holds the table to what its readers rely on.
func TestCatalogue(t *testing.T) {
	names := []string{}
	for _, k := range layer.All {
		names = append(names, k.Name)
		if k.Doc == "" || k.Output == nil || !strings.Contains(k.Example, k.Name) {
			t.Errorf("%s: a kind needs a doc, a shape rule and an example that uses it", k.Name)
		}
		if lang.Reserved(k.Name) || layer.Find(k.Name) != k {
			t.Errorf("%s cannot be found by its name", k.Name)
		}
		checkParams(t, k)
	}
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("the catalogue is not sorted, or has a kind twice: %v", names)
	}
}

func checkParams(t *testing.T, k *layer.Kind) {
	t.Helper()
	seen := map[string]bool{}
	options := false
	for i := range k.Params {
		p := &k.Params[i]
		if p.Doc == "" || seen[p.Name] || layer.Find(p.Name) != nil {
			t.Errorf("%s %s: a parameter needs a doc and a name of its own", k.Name, p.Name)
		}
		if p.Value && options {
			t.Errorf("%s %s: values come before options", k.Name, p.Name)
		}
		if (p.Reading == "") != (p.Unsaid == "") {
			t.Errorf("%s %s: a reading needs words for what was not said", k.Name, p.Name)
		}
		seen[p.Name], options = true, options || !p.Value
	}
}

func TestShort(t *testing.T) {
	k := layer.Find("conv")
	args := k.Defaults()
	args[0], args[1] = layer.Num(20), layer.Num(3, 3)
	if got := k.Short(args); got != "20 3x3" {
		t.Errorf("got %q", got)
	}
	args[k.Find("stride")] = layer.Num(2)
	args[k.Find("pad")] = layer.Arg{Word: 3}
	args[k.Find("bias")] = layer.Num(0)
	if got := k.Short(args); got != "20 3x3 stride 2 pad same no bias" {
		t.Errorf("got %q", got)
	}
}

func TestShape(t *testing.T) {
	for _, test := range []struct {
		shape layer.Shape
		text  string
		form  string
	}{
		{layer.NewShape(120, 120, 4), "120x120x4", "image"},
		{layer.NewShape(16, 8, 9, 3), "16x8x9x3", "volume"},
		{layer.NewShape(100, 64), "100x64", "sequence"},
		{layer.NewShape(10), "10", "vector"},
		{layer.Tokens(10), "10 tokens", "tokens"},
		{layer.Shape{}, "?", "unknown"},
		{layer.NewShape(1, 2, 3, 4, 5), "1x2x3x4x5", "5-axis tensor"},
	} {
		if got := test.shape.String(); got != test.text {
			t.Errorf("got %s, want %s", got, test.text)
		}
		if got := test.shape.Form(); got != test.form {
			t.Errorf("%s: got %s, want %s", test.text, got, test.form)
		}
	}
	if _, fits := layer.NewShape(1<<40, 1<<40).Size(); fits {
		t.Error("2^80 elements fit")
	}
}

// TestEveryKindShowsItsRules: one of the samples fits every kind that takes a
// tensor.
func TestEveryKindShowsItsRules(t *testing.T) {
	for _, k := range layer.All {
		if !k.Source && k.Sample() == nil {
			t.Errorf("%s shows no rules", k.Name)
		}
	}
}
