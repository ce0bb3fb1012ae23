package oracle

import (
	"encoding/json"
	"slices"
	"testing"

	"cnnl/eval/network"
)

// A caffeLayer is a layer of a prototxt, its output with the channels first.
type caffeLayer struct {
	class        string
	out          []int64
	params, macs int64
}

func (l *caffeLayer) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&l.class, &l.out, &l.params, &l.macs})
}

var caffeKinds = map[string][]string{
	"Convolution": {"conv"}, "InnerProduct": {"dense"}, "Pooling": {"maxpool", "avgpool"}, "ReLU": {"relu"}, "LRN": {"lrn"}, "Dropout": {"dropout"}, "Softmax": {"softmax"},
}

// TestCaffe: the layers of Caffe's reference models.
func TestCaffe(t *testing.T) {
	var want struct {
		Caffe struct {
			Nets []struct {
				File, Script string
				Params, Macs int64
				Layers       []caffeLayer
			}
		}
	}
	read(t, "others.json", &want)
	if len(want.Caffe.Nets) != 8 {
		t.Errorf("%d networks", len(want.Caffe.Nets))
	}
	for _, w := range want.Caffe.Nets {
		net := runIn(t, "others/caffe", w.Script, nil)
		if net.Totals.Params() != w.Params || net.Totals.Macs != w.Macs {
			t.Errorf("%s: %d parameters, %d multiply-accumulates; want %d, %d", w.File, net.Totals.Params(), net.Totals.Macs, w.Params, w.Macs)
		}
		compareCaffe(t, w.File, net, w.Layers)
	}
}

func compareCaffe(t *testing.T, name string, net *network.Network, want []caffeLayer) {
	t.Helper()
	i := 0
	for r := range net.Nodes {
		row := &net.Nodes[r]
		if isKind(row, "input", "flatten", "concat") {
			continue
		}
		if i == len(want) {
			t.Errorf("%s: there is nothing like %s", name, net.Path(int32(r)))
			return
		}
		w := want[i]
		out := append(slices.Clone(w.out[1:]), w.out[0])
		if !isKind(row, caffeKinds[w.class]...) || !slices.Equal(sides(row.Out.Axes()), sides(out)) || row.Params() != w.params || row.Macs != w.macs {
			t.Errorf("%s: %s is %s %s %d %d, want %+v", name, net.Path(int32(r)), row.Kind.Name, row.Out, row.Params(), row.Macs, w)
			return
		}
		i++
	}
	if i != len(want) {
		t.Errorf("%s: %d of %d layers", name, i, len(want))
	}
}
