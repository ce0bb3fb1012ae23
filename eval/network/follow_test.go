package network

import (
	"testing"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// call is a layer that was run: its kind, some values and options, and what it takes.
func call(t *testing.T, kind string, args map[string]layer.Arg, in layer.Shape, with ...layer.Shape) *layer.Call {
	t.Helper()
	k := layer.Find(kind)
	c := &layer.Call{Kind: k, In: in, With: with, Args: k.Defaults(), Sheet: new(calc.Sheet)}
	for name, a := range args {
		c.Args[k.Find(name)] = a
	}
	if c.Run(); c.Fault != nil {
		t.Fatalf("%s: %+v", kind, c.Fault)
	}
	return c
}

var uneven2 = map[string]layer.Arg{"filters": layer.Num(4), "kernel": layer.Num(3), "stride": layer.Num(2)}

// TestFollowerCountsSpans: what is kept for turns is counted once for each field, and
// where there is too much of it turns are told apart no longer.
func TestFollowerCountsSpans(t *testing.T) {
	in := layer.NewShape(9, 8, 4)
	spread := call(t, "deconv", uneven2, in)
	var w Follower
	f, fits := w.Through([]*Field{PointField(in, 0)}, spread, 1)
	if !fits || f.spans() != 4 || w.Spans != 4 {
		t.Fatalf("%d spans, %d counted", f.spans(), w.Spans)
	}
	same, _ := w.Through([]*Field{f}, call(t, "relu", nil, spread.Out), 2)
	if same != f || w.Spans != 4 {
		t.Errorf("behind relu: the same %v, %d counted", same == f, w.Spans)
	}
	if none, _ := w.Through([]*Field{nil}, call(t, "relu", nil, layer.NewShape(4)), 2); none != nil || w.Spans != 4 {
		t.Errorf("a vector has a field, or %d are counted", w.Spans)
	}
	w.Spans = mostSpans
	full, _ := w.Through([]*Field{PointField(in, 0)}, spread, 1)
	if full.spans() != 0 || full.axes[0].turns() != 2 {
		t.Errorf("%d spans are kept where there is no memory", full.spans())
	}
	w.Spans = mostSpans - 1
	if last, _ := w.Through([]*Field{PointField(in, 0)}, spread, 1); last.spans() != 4 {
		t.Errorf("%d spans are kept of the last", last.spans())
	}
}

// TestFollowerLoses: where a field is lost is told of every layer behind it, and is one
// field.
func TestFollowerLoses(t *testing.T) {
	in := layer.NewShape(9, 4)
	c := call(t, "slice", map[string]layer.Arg{"axis": {Word: 2}, "places": layer.Num(1, 1, 3, 3, 4, 4)}, in)
	var w Follower
	lost, fits := w.Through([]*Field{PointField(in, 0)}, c, 3)
	if why, at := lost.Loss(); !fits || !lost.Lost() || why != uneven || at != 3 {
		t.Fatalf("%q at %d", why, at)
	}
	still, _ := w.Through([]*Field{lost}, call(t, "conv", map[string]layer.Arg{"filters": layer.Num(2), "kernel": layer.Num(2)}, c.Out), 4)
	if still != lost {
		t.Errorf("behind it another field is lost: %+v", still)
	}
	merged, _ := w.Through([]*Field{PointField(c.Out, 0), lost}, call(t, "add", nil, c.Out, c.Out), 5)
	if merged != lost {
		t.Errorf("with another tensor another field is lost: %+v", merged)
	}
	turned, _ := w.Through([]*Field{lost, PointField(c.Out, 0)}, call(t, "add", nil, c.Out, c.Out), 5)
	if turned != lost {
		t.Errorf("in front of another tensor another field is lost: %+v", turned)
	}
	if other, _ := w.Through([]*Field{PointField(in, 0), PointField(layer.NewShape(8, 4), 1)}, call(t, "add", nil, in, in), 6); !other.Lost() || other.loss != (loss{inputs, 6}) {
		t.Errorf("inputs of different sizes: %+v", other.loss)
	}
}
