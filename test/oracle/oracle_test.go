// Package oracle holds the program to figures that nobody here made: what
// frameworks, papers and tools published of well-known models.
package oracle

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/eval/reading"
	"cnnl/examples/zoo"
	"cnnl/lang"
)

func read(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// A shelf gives scripts, and the files that they use, by name.
type shelf func(file string) (string, error)

// folder is a folder of testdata.
func folder(name string) shelf {
	return func(file string) (string, error) {
		text, err := os.ReadFile("testdata/" + name + "/" + file)
		return string(text), err
	}
}

// models are those inside the program.
func models(file string) (string, error) {
	text, ok := zoo.Text(file)
	if !ok {
		return "", fmt.Errorf("no model is called %s", file)
	}
	return text, nil
}

// runIn is run for a script of a folder of testdata, or one inside the program:
// zoo/resnet18. set gives its lets other values.
func runIn(t *testing.T, place, name string, set map[string]string) *network.Network {
	t.Helper()
	var how reading.Reading
	for let, value := range set {
		how = how.And(reading.Set(let, value, "set"))
	}
	if model, ok := strings.CutPrefix(name, "zoo/"); ok {
		return shelf(models).run(t, model, how)
	}
	return folder(place).run(t, name+".cnnl", how)
}

// run evaluates a script that has to be there and without mistakes.
func (s shelf) run(t *testing.T, file string, how ...reading.Reading) *network.Network {
	t.Helper()
	text, err := s(file)
	if err != nil {
		t.Fatal(err)
	}
	script, diags := lang.Parse(lang.NewSource(file, text), lang.Limits{})
	opts := eval.Options{Open: s, Path: file}
	for _, r := range how {
		opts.Reading = opts.Reading.And(r)
	}
	net, more := eval.Run(script, opts)
	diags.Merge(more)
	for _, d := range diags.List {
		if d.Severity == lang.Error {
			t.Errorf("%s: %s (%s)", file, d.Summary, d.Detail)
		}
	}
	return net
}
