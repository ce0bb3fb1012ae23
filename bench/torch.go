package main

import (
	_ "embed"
	"fmt"
	"os"
	"os/exec"
)

//go:embed with_torch.py
var withTorch string

const model = "vgg16"

// torch has PyTorch build and count a model of the zoo, where Python has it: with
// memory for its numbers, and on the device meta, which has none. A start of Python
// with PyTorch and no model stands beside them.
func (b *bench) torch() []*contest {
	python := pythonWithTorch()
	if python == "" {
		b.skipped = append(b.skipped, "PyTorch: left out, no python3 here has it (Debian: python3-torch)")
		return nil
	}
	script, description := b.path("with_torch.py"), b.path(model+".json")
	if err := os.WriteFile(script, []byte(withTorch), 0o666); err != nil {
		b.skipped = append(b.skipped, fmt.Sprintf("PyTorch: left out, %v", err))
		return nil
	}
	if out, err := exec.Command(b.program, "zoo/"+model, "-o", "json="+description).CombinedOutput(); err != nil {
		b.skipped = append(b.skipped, fmt.Sprintf("PyTorch: left out, %v: %s", err, out))
		return nil
	}
	name := "torch: cnnl zoo/" + model
	run := func(args ...string) func() (cost, error) {
		return func() (cost, error) { return timed(1, python, append([]string{script, description}, args...)...) }
	}
	return []*contest{
		{name: name, run: b.started(b.program, "zoo/"+model), each: starts},
		{name: "torch: PyTorch, nothing built", run: run("nothing"), of: name},
		{name: "torch: PyTorch builds and counts " + model, run: run("cpu"), of: name},
		{name: "torch: the same on the device meta", run: run("meta"), of: name},
	}
}

// pythonWithTorch is a Python that has PyTorch, or empty.
func pythonWithTorch() string {
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import torch").Run() == nil {
			return name
		}
	}
	return ""
}
