package main

import (
	"encoding/json"
	"maps"
	"slices"

	"cnnl/eval"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// A sample is one random network, as a script and as the list of its layers
// in the same order. The list is the generator's own: that the program reads
// the same out of the script is what is tested.
type sample struct {
	Seed   uint64 `json:"seed"`
	Script string `json:"script"`
	Ops    []op   `json:"ops"`
}

// An op is one layer: what it is, whose tensors it takes and, where it shares,
// the layer whose parameters it has. Args are those that the script gives,
// the owner's with them.
type op struct {
	Kind   string         `json:"kind"`
	Args   map[string]any `json:"args"`
	In     []int          `json:"in"`
	Owner  int            `json:"owner"` // -1: its own
	Turned bool           `json:"turned,omitempty"`
}

// A result is what came out of one layer: its shape without the batch,
// channels last; its new parameters; the numbers it keeps without training
// them.
type result struct {
	Out           []int64
	Params, Stats int64
}

// MarshalJSON writes a result in one short list.
func (r result) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{r.Out, r.Params, r.Stats})
}

// UnmarshalJSON reads one.
func (r *result) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&r.Out, &r.Params, &r.Stats})
}

// count is what the program says of a script; why is its first error.
func count(script string) (net *network.Network, why string) {
	file, diags := lang.Parse(lang.NewSource("random.cnnl", script), lang.Limits{})
	net, more := eval.Run(file, eval.Options{})
	diags.Merge(more)
	for _, d := range diags.List {
		if d.Severity == lang.Error {
			return net, d.Summary
		}
	}
	return net, ""
}

// results are the program's, layer by layer.
func results(net *network.Network) (list []result) {
	for i := range net.Nodes {
		r := &net.Nodes[i]
		list = append(list, result{slices.Clone(r.Out.Axes()), r.Params(), r.Stats})
	}
	return list
}

// A state is the network as far as it is drawn.
type state struct {
	text  string
	ops   []op
	names map[string]use
	at    int         // the op whose tensor is the current one
	shape layer.Shape // of that tensor
}

// A use is what a name stands for: the ops from first up to end.
type use struct {
	kind       string
	first, end int
}

func (u use) last() int { return u.end - 1 }

// with is the state after further ops; the last gives the current tensor.
func (s state) with(line string, ops ...op) state {
	s.text += line + "\n"
	s.ops = append(slices.Clip(s.ops), ops...)
	names := map[string]use{}
	maps.Copy(names, s.names)
	s.names = names
	s.at = len(s.ops) - 1
	return s
}

// again are ops once more, in another place: those that took the tensor of
// entry take that of at, those that took each other's or shared with each
// other do so again.
func again(ops []op, first, entry, place, at int) []op {
	moved := func(i int) int {
		switch {
		case i == entry:
			return at
		case i >= first:
			return i - first + place
		}
		return i
	}
	list := slices.Clone(ops)
	for i := range list {
		in := slices.Clone(list[i].In)
		for j := range in {
			in[j] = moved(in[j])
		}
		list[i].In = in
		if list[i].Owner >= first {
			list[i].Owner = moved(list[i].Owner)
		}
	}
	return list
}
