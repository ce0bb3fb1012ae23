// Package explain tells how every number of a network came about: the size of
// each output, the parameters, the costs, each with the calculation that gave
// it. It is data; render writes it down.
//
//	x, err := explain.New(net, explain.Options{Depth: -1})
//	for l := range x.Layers() { ... }
package explain

import (
	"errors"
	"iter"
	"slices"
	"strings"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// Options say what is explained.
type Options struct {
	Depth  int      // blocks deeper than this stand folded; below 0 none does
	Layers []string // names of layers and blocks; none: all, and the sums
	Macs   bool     // multiply-accumulates too
	Field  bool     // receptive fields too
}

// An Explanation is of one network, up to its first layer that failed.
type Explanation struct {
	Net    *network.Network
	opts   Options
	rows   []network.Row
	want   []bool // of each row; nil: all
	totals bool   // the sums are wanted too, by the name total
}

// New prepares an explanation. The error names a layer that the network does
// not have, and the nearest one.
func New(net *network.Network, opts Options) (*Explanation, error) {
	x := &Explanation{Net: net, opts: opts, rows: net.Folded(opts.Depth)}
	for _, name := range opts.Layers {
		if !x.choose(name) && opts.Depth >= 0 {
			opts.Depth = -1 // it stands in a block that is folded
			return New(net, opts)
		} else if !x.choose(name) {
			return nil, x.unknown(name)
		}
	}
	return x, nil
}

// choose wants the rows that a name stands for: a layer, all of a block, all
// that a loop has named.
func (x *Explanation) choose(name string) (found bool) {
	if x.want == nil {
		x.want = make([]bool, len(x.rows))
	}
	if name == "total" {
		x.totals = true
		return true
	}
	for i := range x.rows {
		rest, ok := strings.CutPrefix(x.rows[i].Path, name)
		if ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			x.want[i], found = true, true
		}
	}
	return found
}

func (x *Explanation) unknown(name string) error {
	text := "there is no layer called " + name
	for i := x.Net.Good; i < len(x.Net.Nodes); i++ {
		if x.Net.Path(int32(i)) == name {
			return errors.New(name + " stands behind the first layer that failed, and cannot be explained")
		}
	}
	var names []string
	for i := range x.rows {
		names = append(names, x.rows[i].Path)
	}
	if near := lang.Nearest(name, names...); near != "" {
		text += "; did you mean " + near + "?"
	} else if x.Net.Failed {
		text += " before the first one that failed"
	}
	return errors.New(text)
}

// Depth is how deep blocks are opened; below 0 all are.
func (x *Explanation) Depth() int { return x.opts.Depth }

// Whole reports whether the sums follow: all layers are explained, or the
// total is asked for.
func (x *Explanation) Whole() bool { return x.want == nil || x.totals }

// Names are those of the layers that are explained, in the order of the script.
func (x *Explanation) Names() (list []string) {
	for i := range x.rows {
		if x.want == nil || x.want[i] {
			list = append(list, x.rows[i].Path)
		}
	}
	return list
}

// A Layer is the explanation of one row.
type Layer struct {
	Name, Kind string
	Line       int
	Sentence   string   // what it does, in the words of a textbook
	Takes      []Tensor // what it takes
	Output     layer.Shape
	Calcs      []Calc
}

// A Tensor is what a layer takes, and whose output it is.
type Tensor struct {
	Name  string
	Shape layer.Shape
}

// Layers yields the layers in the order of the script. What is yielded is
// void when the next one comes: its calculations stand on one sheet.
func (x *Explanation) Layers() iter.Seq[*Layer] {
	return func(yield func(*Layer) bool) {
		sheet := new(calc.Sheet)
		for i := range x.rows {
			if x.want != nil && !x.want[i] {
				continue
			}
			sheet.Reset()
			if !yield(x.layer(i, sheet)) {
				return
			}
		}
	}
}

func (x *Explanation) layer(i int, sheet *calc.Sheet) *Layer {
	r := &x.rows[i]
	_, line := x.Net.Place(&r.Node)
	l := &Layer{Name: r.Path, Kind: r.Kind.Name, Line: line, Output: r.Out, Takes: x.takes(i)}
	if r.Use >= 0 {
		l.Sentence = x.folded(r)
		l.Calcs = x.sums(sheet, r)
		return l
	}
	call := x.Net.CallOf(&r.Node)
	call.Sheet = sheet
	call.Run()
	l.Sentence = call.Sentence()
	if r.Kind.Source {
		return l
	}
	l.Calcs = slices.Concat(sizes(call), x.learned(&r.Node, call))
	for _, m := range x.others() {
		if e := m.Calculation(call, &r.Node); e.Present() {
			l.Calcs = append(l.Calcs, of(m.Title, e))
		}
	}
	if x.opts.Field && r.Field.Known() {
		l.Calcs = append(l.Calcs, x.fields(&r.Node, call)...)
	}
	return l
}

// takes lists a row's tensors with their names.
func (x *Explanation) takes(i int) (list []Tensor) {
	r := &x.rows[i]
	names := x.Net.Origins(x.rows, i)
	for j, from := range r.From {
		t := Tensor{Shape: x.Net.Nodes[from].Out}
		if names != nil {
			t.Name = names[j]
		} else {
			t.Name = x.rows[i-1].Path
		}
		list = append(list, t)
	}
	return list
}

// folded is the sentence for a block that is not opened.
func (x *Explanation) folded(r *network.Row) string {
	text := "block " + r.Statement(x.Net) + " of " + layer.Counted(int64(r.Last-r.First+1), "layers")
	if owner := r.Shares(x.Net); owner != "" {
		text += ", with all parameters of " + owner
	}
	return text
}
