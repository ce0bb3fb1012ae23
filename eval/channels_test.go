package eval_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/eval/layer"
	"cnnl/internal/chunk"
	"cnnl/lang"
)

// TestChannelsFirst: no input of an example, of the zoo or of a published network
// looks as if its channels came first; each does, turned round.
func TestChannelsFirst(t *testing.T) {
	var files []string
	for _, pattern := range []string{"../examples/*/*.cnnl", "../test/oracle/testdata/*/*.cnnl", "../test/oracle/testdata/*/*/*.cnnl"} {
		more, _ := filepath.Glob(pattern)
		files = append(files, more...)
	}
	inputs, turned := 0, 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		net, diags := run(lang.NewSource(file, string(text)), eval.Options{})
		for _, d := range diags.List {
			if strings.Contains(d.Summary, "channels come last") {
				t.Errorf("%s: %s", file, chunk.Text(d))
			}
		}
		for i := range net.Nodes {
			r := &net.Nodes[i]
			if r.Kind == nil || !r.Kind.Source || r.Out.Rank() != 3 || r.Out.IsTokens() || r.Out.At(0) < 5 || r.Out.At(0) == r.Out.Channels() || r.Out.At(0) != r.Out.At(1) {
				continue
			}
			inputs++
			if got := layer.ChannelsFirst(layer.NewShape(r.Out.Channels(), r.Out.At(0), r.Out.At(1))); got == r.Out.String() {
				turned++
			} else {
				t.Errorf("%s: %s turned round gives %q", file, r.Out, got)
			}
		}
	}
	if inputs < 100 || turned != inputs {
		t.Errorf("%d inputs, %d turned round are noticed", inputs, turned)
	}
}
