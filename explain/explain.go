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

// An Explanation is of one network, up to its first layer that failed. Its rows
// are put together as they are asked for, so that the beginning of a very long
// one costs no more than it shows.
type Explanation struct {
	Net        *network.Network
	opts       Options
	first, end int32  // the nodes it is of
	within     string // the block they are inside of, whose name theirs go without
	want       []bool // of each row; nil: all
	totals     bool   // the sums are wanted too, by the name total
}

// New prepares an explanation. The error names a layer that the network does
// not have, and the nearest one.
func New(net *network.Network, opts Options) (*Explanation, error) {
	x := &Explanation{Net: net, opts: opts, end: int32(net.Good)}
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

// rows are those of the view.
func (x *Explanation) rows() iter.Seq[network.Row] {
	return func(yield func(network.Row) bool) {
		for r := range x.Net.Rows(x.first, x.end, x.opts.Depth) {
			if r.Path = strings.TrimPrefix(r.Path, x.within); !yield(r) {
				return
			}
		}
	}
}

// choose wants the rows that a name stands for: a layer, all of a block, all
// that a loop has named.
func (x *Explanation) choose(name string) (found bool) {
	if x.want == nil {
		x.want = make([]bool, x.Net.CountRows(x.first, x.end, x.opts.Depth))
	}
	if name == "total" {
		x.totals = true
		return true
	}
	i := 0
	for r := range x.rows() {
		rest, ok := strings.CutPrefix(r.Path, name)
		if ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			x.want[i], found = true, true
		}
		i++
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
	for r := range x.rows() {
		names = append(names, r.Path)
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

// Wants reports a row of the view that is explained.
func (x *Explanation) Wants(row int) bool {
	if x.want == nil {
		return row < x.Count()
	}
	return row < len(x.want) && x.want[row]
}

// Count is how many layers are explained.
func (x *Explanation) Count() (n int) {
	if x.want == nil {
		return x.Net.CountRows(x.first, x.end, x.opts.Depth)
	}
	for _, wanted := range x.want {
		if wanted {
			n++
		}
	}
	return n
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
		above := network.Row{Gives: network.None}
		i := 0
		for r := range x.rows() {
			if x.want == nil || x.want[i] {
				sheet.Reset()
				if !yield(x.layer(&r, &above, sheet)) {
					return
				}
			}
			above = r
			i++
		}
	}
}

func (x *Explanation) layer(r, above *network.Row, sheet *calc.Sheet) *Layer {
	_, line := x.Net.Place(&r.Node)
	l := &Layer{Name: r.Path, Kind: r.Kind.Name, Line: line, Output: r.Out, Takes: x.takes(r, above)}
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
func (x *Explanation) takes(r, above *network.Row) (list []Tensor) {
	names := x.Net.Origins(r, above.Gives, x.opts.Depth, len(r.From))
	for j, from := range r.From {
		t := Tensor{Shape: x.Net.Nodes[from].Out}
		if names != nil {
			t.Name = names[j]
		} else {
			t.Name = above.Path
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
