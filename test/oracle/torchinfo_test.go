package oracle

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cnnl/eval/network"
)

// A torchinfoTable is a table that a test of torchinfo expects, and the script
// that says the same model.
type torchinfoTable struct {
	Test, Script string
	Set          map[string]string
	Table        int
	NotRebuilt   string `json:"not_rebuilt"`
	Batch        int64  // the first axis of its outputs; 0: they have none
	Total        int64
	Trainable    int64
	NonTrainable int64      `json:"non_trainable"`
	Asserted     []namedInt // exact numbers, where the table only has rounded ones
	MultAdds     struct {
		Printed, Unit string
		Ours          *int64 // where the printed figure is odd, what the rule gives
		DenseOnce     bool   `json:"dense_once"` // an older rule: dense layers once for each example
	} `json:"mult_adds"`
	Rows []torchinfoRow
}

type namedInt struct {
	name string
	n    int64
}

func (a *namedInt) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&a.name, &a.n})
}

// A torchinfoRow is one line of a table: a module, of the depth in which it
// stands. The lines below it that are deeper are its own modules.
type torchinfoRow struct {
	depth    int
	class    string
	out      []int64 // with the batch; nil: not told
	params   learned
	multAdds *int64
}

func (r *torchinfoRow) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&r.depth, &r.class, &r.out, &r.params, &r.multAdds})
}

// learned is what a column of parameters has: nothing, a number, frozen ones,
// or that they are those of a module above.
type learned struct {
	n             int64
	told          bool
	frozen, again bool
}

func (l *learned) UnmarshalJSON(text []byte) error {
	var frozen struct{ Frozen int64 }
	switch {
	case string(text) == "null":
		return nil
	case string(text) == `"recursive"`:
		l.told, l.again = true, true
		return nil
	case json.Unmarshal(text, &frozen) == nil:
		l.n, l.told, l.frozen = frozen.Frozen, true, true
		return nil
	}
	l.told = true
	return json.Unmarshal(text, &l.n)
}

// TestTorchinfo: the scripts of the models in torchinfo's tests have the layers,
// parameters and mult-adds of the tables expected there.
func TestTorchinfo(t *testing.T) {
	var want struct{ Tables []torchinfoTable }
	read(t, "torchinfo.json", &want)
	rebuilt := 0
	for i := range want.Tables {
		table := &want.Tables[i]
		if table.NotRebuilt != "" {
			continue
		}
		rebuilt++
		net := runIn(t, "torchinfo", table.Script, table.Set)
		again := func(row torchinfoRow) bool { return row.params.again }
		w := torchinfoWalk{t: t, table: table, net: net, shows: slices.ContainsFunc(table.Rows, again)}
		w.totals()
		if table.Rows != nil {
			w.layers()
		}
	}
	if len(want.Tables) != 120 || rebuilt != 104 {
		t.Errorf("%d tables, %d of them with a script", len(want.Tables), rebuilt)
	}
}

// A torchinfoWalk goes through a table and the rows of a network side by side.
type torchinfoWalk struct {
	t     *testing.T
	table *torchinfoTable
	net   *network.Network
	next  int   // of the network's rows
	shows bool  // further uses of a layer have lines too
	own   int64 // parameters that modules own themselves, beside those of their modules
	bare  int64 // parameters of the script's params
}

func (w *torchinfoWalk) errorf(format string, args ...any) {
	w.t.Helper()
	w.t.Errorf("%s %d, %s: %s", w.table.Test, w.table.Table, w.table.Script, fmt.Sprintf(format, args...))
}

func (w *torchinfoWalk) totals() {
	total, multAdds := w.net.Totals, int64(0)
	for i := range w.net.Nodes {
		multAdds += w.multAdds(&w.net.Nodes[i])
	}
	if total.Params() != w.table.Total || total.Trainable() != w.table.Trainable || total.Frozen != w.table.NonTrainable {
		w.errorf("%d parameters, %d trainable, %d not", total.Params(), total.Trainable(), total.Frozen)
	}
	printed, odd := w.table.MultAdds.Printed, w.table.MultAdds.Ours
	same := printed == "" || torchinfoRounded(multAdds, w.table.MultAdds.Unit) == strings.ReplaceAll(printed, ",", "")
	if odd == nil && !same || odd != nil && (same || multAdds != *odd) {
		w.errorf("%d mult-adds, printed are %s %s", multAdds, printed, w.table.MultAdds.Unit)
	}
	ours := map[string]int64{"total_params": total.Params(), "trainable_params": total.Trainable(), "total_mult_adds": multAdds, "total_param_bytes": 4 * total.Params()}
	for _, a := range w.table.Asserted {
		if ours[a.name] != a.n {
			w.errorf("%s is %d, asserted is %d", a.name, ours[a.name], a.n)
		}
	}
}

// torchinfoRounded is a number as torchinfo prints it in a unit.
func torchinfoRounded(n int64, unit string) string {
	scales := map[string]float64{"k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
	if unit == "" {
		return strconv.FormatInt(n, 10)
	}
	return strconv.FormatFloat(float64(n)/scales[unit], 'f', 2, 64)
}

// multAdds is torchinfo's count of a layer: what it has learned, its biases too,
// once for each position of each example of the batch, or only once for each
// example. Products without learned numbers are none.
func (w *torchinfoWalk) multAdds(row *network.Node) int64 {
	batch := max(w.table.Batch, 1)
	switch row.Kind.Name {
	case "dense", "attention":
		if w.table.MultAdds.DenseOnce {
			return row.PerUse * batch
		}
		return row.PerUse * positions(row) * batch
	case "conv", "deconv":
		return row.PerUse * positions(row) * batch
	case "lstm":
		return row.PerUse * positions(&w.net.Nodes[row.From[0]]) * batch
	case "position":
		return row.PerUse // the same for all examples
	case "param", "scale":
		return 0 // no module, so it is not seen
	}
	return row.PerUse * batch
}

func positions(row *network.Node) int64 {
	n := int64(1)
	for i := range row.Out.Spatial() {
		n *= row.Out.At(i)
	}
	return n
}

// torchinfoKinds are the modules that are one layer, and how that is called here.
var torchinfoKinds = map[string][]string{
	"Conv1d": {"conv"}, "Conv2d": {"conv"}, "Conv3d": {"conv"}, "ConvTranspose2d": {"deconv"}, "Linear": {"dense"},
	"Embedding": {"embedding", "position"}, "LSTMCell": {"lstm"},
	"BatchNorm2d": {"batchnorm"}, "BatchNorm3d": {"batchnorm"}, "LayerNorm": {"layernorm"}, "T5LayerNorm": {"rmsnorm"},
	"ReLU": {"relu"}, "LogSoftmax": {"softmax"}, "LeakyReLU": {"leaky"}, "Tanh": {"tanh"}, "Dropout": {"dropout"}, "Dropout2d": {"dropout"}, "Identity": {"identity"},
	"MaxPool1d": {"maxpool"}, "MaxPool2d": {"maxpool"}, "AvgPool2d": {"avgpool"}, "AdaptiveAvgPool2d": {"avgpool"}, "MaxUnpool2d": {"upsample"}, "ReflectionPad2d": {"zeropad"},
}

// layers compares line by line: a module that is one layer with the next of that
// kind, one that is several and whose own are not shown with as many as have its
// parameters. What a module owns beside its own modules stands in a script as
// param; that has no place in the order.
func (w *torchinfoWalk) layers() {
	for i := range w.table.Rows {
		row := &w.table.Rows[i]
		_, single := torchinfoKinds[row.class]
		switch {
		case single:
			w.layer(row)
		case row.params.told && w.owns(i):
			w.owner(row)
		case row.params.told:
			w.whole(row)
		}
	}
	w.skip(func(*network.Node) bool { return false }, "the end")
	if w.own != w.bare {
		w.errorf("%d parameters as param, modules own %d", w.bare, w.own)
	}
}

// owns tells whether the parameters of a line are the module's own, beside those
// of its modules: they tell theirs, or there are none.
func (w *torchinfoWalk) owns(i int) bool {
	rows := w.table.Rows
	for _, below := range rows[i+1:] {
		if below.depth <= rows[i].depth {
			break
		}
		if below.params.told {
			return true
		}
	}
	return rows[i].depth == 0
}

// owner takes in the parameters of a module's own.
func (w *torchinfoWalk) owner(want *torchinfoRow) {
	w.own += want.params.n
	same := func(row network.Node) bool { return w.sameShape(&row, want) }
	if !slices.ContainsFunc(w.net.Nodes, same) {
		w.errorf("nothing is %s %v", want.class, want.out)
	}
}

// skip goes on to the next row that is looked for, past bare parameters, layers that
// torch has as functions, and further uses in a table that hides those.
func (w *torchinfoWalk) skip(found func(*network.Node) bool, what string) *network.Node {
	for ; w.next < len(w.net.Nodes); w.next++ {
		row := &w.net.Nodes[w.next]
		switch {
		case found(row):
			w.next++
			return row
		case row.Kind.Name == "param":
			w.bare += row.Params()
		case row.Params() != 0, tied(row) && w.shows:
			w.errorf("%s comes before %s", w.net.Path(int32(w.next)), what)
			return nil
		}
	}
	return nil
}

// tied tells whether a row has the parameters of another.
func tied(row *network.Node) bool { return row.Params() == 0 && row.PerUse != 0 }

func (w *torchinfoWalk) layer(want *torchinfoRow) {
	got := w.skip(func(row *network.Node) bool {
		return slices.Contains(torchinfoKinds[want.class], row.Kind.Name) && tied(row) == want.params.again
	}, want.class)
	if got == nil {
		w.errorf("there is no %s %v", want.class, want.out)
		return
	}
	frozen := got.Params() != 0 && got.FrozenParams() == got.Params()
	if !w.sameShape(got, want) || got.Params() != want.params.n || frozen != want.params.frozen {
		w.errorf("%s is %s with %d parameters, want %s %v %+v", got.Name, got.Out, got.Params(), want.class, want.out, want.params)
	}
	if n := w.multAdds(got); want.multAdds != nil && n != *want.multAdds {
		w.errorf("%s has %d mult-adds, want %d", got.Name, n, *want.multAdds)
	}
}

// whole takes as many rows as have a module's parameters. Its output is that of
// one of them, or of one behind them that has none.
func (w *torchinfoWalk) whole(want *torchinfoRow) {
	if want.params.again {
		for w.next < len(w.net.Nodes) && tied(&w.net.Nodes[w.next]) {
			w.next++
		}
		return
	}
	first, n, multAdds, frozen := w.next, int64(0), int64(0), int64(0)
	for ; w.next < len(w.net.Nodes) && n < want.params.n; w.next++ {
		row := &w.net.Nodes[w.next]
		n, frozen, multAdds = n+row.Params(), frozen+row.FrozenParams(), multAdds+w.multAdds(row)
	}
	end := w.next
	for end < len(w.net.Nodes) && w.net.Nodes[end].PerUse == 0 {
		end++
	}
	shaped := slices.ContainsFunc(w.net.Nodes[first:end], func(row network.Node) bool { return w.sameShape(&row, want) })
	if n != want.params.n || !shaped || (frozen == n) != want.params.frozen {
		w.errorf("no layers behind %d are %s %v: %d parameters, %d frozen", first, want.class, want.out, n, frozen)
	}
	if want.multAdds != nil && *want.multAdds != multAdds {
		w.errorf("%s has %d mult-adds, want %d", want.class, multAdds, *want.multAdds)
	}
}

// sameShape compares an output, which torch has with the batch and, where there
// are convolutions, with the channels before the positions. Sides of 1 are left
// out on both.
func (w *torchinfoWalk) sameShape(got *network.Node, want *torchinfoRow) bool {
	if want.out == nil {
		return true
	}
	out := want.out
	if w.table.Batch > 0 {
		out = out[1:]
	}
	if n := len(out); n > 2 || n == 2 && strings.HasSuffix(want.class, "1d") {
		out = append(slices.Clone(out[1:]), out[0])
	}
	return slices.Equal(sides(out), sides(got.Out.Axes()))
}
