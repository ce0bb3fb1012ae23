// Command differential holds the program to the real thing: it draws random
// networks that the program takes, has PyTorch or Keras build and run each of
// them, and compares every layer's shape, parameters and running statistics.
//
//	go run ./test/differential [-n 10000] [-seed 1] torch
//	go run ./test/differential [-n 10000] [-seed 1] keras
//
// PyTorch is Debian's package python3-torch; for Keras it is TensorFlow.js,
// which npm install in this folder brings. Neither is needed to build or test
// the program: what they answered for some networks is kept in testdata.
//
// A network that differs is kept in testdata as well, so that it is a test from
// then on.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
)

func main() {
	n := flag.Int("n", 10_000, "how many networks")
	seed := flag.Uint64("seed", 1, "seed of the first")
	record := flag.Bool("record", false, "keep what the framework answers as the sample for go test")
	flag.Parse()
	f := find(flag.Arg(0))
	if f == nil || flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	wrong, err := compare(f, *seed, *n, *record)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if wrong > 0 {
		os.Exit(1)
	}
}

// A record is a network and what the framework made of it.
type record struct {
	Seed   uint64   `json:"seed"`
	Script string   `json:"script"`
	Error  string   `json:"error,omitempty"`
	Layers []result `json:"layers"`
}

// compare draws networks and has the framework build them.
func compare(f *framework, seed uint64, n int, keep bool) (wrong int, err error) {
	answers, err := f.build(seed, n)
	if err != nil {
		return 0, err
	}
	var kept []record
	layers := 0
	for r := range answers.each {
		why := differs(r)
		layers += len(r.Layers)
		if why != "" {
			wrong++
			fmt.Printf("seed %d: %s\n%s\n", r.Seed, why, r.Script)
		}
		if keep || why != "" && r.Error == "" {
			kept = append(kept, r)
		}
	}
	if answers.err != nil {
		return wrong, answers.err
	}
	fmt.Printf("%d networks of %d layers from seed %d in %s: %d differ\n", n, layers, seed, f.name, wrong)
	return wrong, f.keep(kept, keep)
}

// differs says where the program counts otherwise, or nothing.
func differs(r record) string {
	if r.Error != "" {
		return r.Error
	}
	net, why := count(r.Script)
	if why != "" {
		return "the program refuses it: " + why
	}
	ours := results(net)
	if len(ours) != len(r.Layers) {
		return fmt.Sprintf("%d layers, there %d", len(ours), len(r.Layers))
	}
	for i, l := range r.Layers {
		if !slices.Equal(l.Out, ours[i].Out) || l.Params != ours[i].Params || l.Stats != ours[i].Stats {
			return fmt.Sprintf("layer %d, %s: output %v, parameters and statistics %d and %d; there %v, %d and %d",
				i+1, net.Statement(&net.Nodes[i]), ours[i].Out, ours[i].Params, ours[i].Stats, l.Out, l.Params, l.Stats)
		}
	}
	return ""
}

// answers are a framework's, in the order of the seeds.
type answers struct {
	each func(yield func(record) bool)
	err  error // after each
}

// build starts the framework's builder and gives it the networks.
func (f *framework) build(seed uint64, n int) (*answers, error) {
	cmd := exec.Command(f.command[0], f.command[1:]...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go f.write(in, seed, n)
	a := &answers{}
	a.each = func(yield func(record) bool) {
		lines, got := json.NewDecoder(bufio.NewReader(out)), 0
		for ; ; got++ {
			var r record
			if a.err = lines.Decode(&r); a.err != nil || !yield(r) {
				break
			}
		}
		if a.err == io.EOF {
			a.err = nil
		}
		if err := cmd.Wait(); a.err == nil {
			a.err = err
		}
		if a.err == nil && got != n {
			a.err = fmt.Errorf("%d networks went in, %d came out", n, got)
		}
	}
	return a, nil
}

func (f *framework) write(to io.WriteCloser, seed uint64, n int) {
	defer to.Close()
	buffered := bufio.NewWriter(to)
	defer buffered.Flush()
	encoder := json.NewEncoder(buffered)
	for i := range n {
		if err := encoder.Encode(draw(seed+uint64(i), f)); err != nil {
			return // the builder has ended; its own message says why
		}
	}
}

// sample is where a framework's answers are kept.
func (f *framework) sample() string { return "testdata/" + f.name + ".jsonl" }

// keep writes answers down: as the sample, or behind it.
func (f *framework) keep(list []record, afresh bool) error {
	if len(list) == 0 {
		return nil
	}
	mode := os.O_APPEND | os.O_CREATE | os.O_WRONLY
	if afresh {
		mode = os.O_TRUNC | os.O_CREATE | os.O_WRONLY
	}
	file, err := os.OpenFile("test/differential/"+f.sample(), mode, 0o644)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(file)
	encoder.SetEscapeHTML(false)
	for _, r := range list {
		if err := encoder.Encode(r); err != nil {
			file.Close()
			return err
		}
	}
	return file.Close()
}
