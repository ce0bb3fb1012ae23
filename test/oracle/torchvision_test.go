package oracle

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"cnnl/eval/network"
)

// torchvision is what torchvision publishes of its models, and what counting
// them in PyTorch gave.
type torchvision struct {
	Models map[string]struct {
		Published struct {
			Params int64
			Ops    float64 `json:"ops_g"`
		}
		Params, Stats, Macs int64
		Layers              []publishedLayer
	}
}

// A publishedLayer is one layer: its class, its output with the channels last
// and sides of 1 left out, its parameters and multiply-accumulates.
type publishedLayer struct {
	class        string
	out          []int64
	params, macs int64
}

func (l *publishedLayer) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&l.class, &l.out, &l.params, &l.macs})
}

// TestTorchvision: the scripts of torchvision's models have its parameters to
// the last one, its multiply-accumulates, running statistics and layers.
func TestTorchvision(t *testing.T) {
	var want torchvision
	read(t, "torchvision.json", &want)
	if len(want.Models) != 36 {
		t.Fatalf("%d models", len(want.Models))
	}
	for name, model := range want.Models {
		net := shelf(models).run(t, name)
		macs := net.Totals.Macs
		if name == "inception_v3" {
			macs -= macsOf(net, "head") // it runs only in training
		}
		if net.Totals.Params() != model.Params || net.Totals.Params() != model.Published.Params || net.Totals.Stats != model.Stats || macs != model.Macs {
			t.Errorf("%s: %d parameters, %d running statistics, %d multiply-accumulates; want %d, %d, %d", name, net.Totals.Params(), net.Totals.Stats, macs, model.Params, model.Stats, model.Macs)
		}
		if ops := math.Round(float64(macs)/1e6) / 1e3; ops != model.Published.Ops {
			t.Errorf("%s: %v G multiply-accumulates, published are %v G", name, ops, model.Published.Ops)
		}
		compareLayers(t, name, net, model.Layers)
	}
}

// macsOf sums up a block's use.
func macsOf(net *network.Network, use string) (n int64) {
	for i := range net.Nodes {
		if r := &net.Nodes[i]; r.Group >= 0 && net.Groups[r.Group].Name == use {
			n += r.Macs
		}
	}
	for i := range net.Groups {
		if g := &net.Groups[i]; g.Parent >= 0 && net.Groups[g.Parent].Name == use {
			for j := range net.Nodes {
				if net.Nodes[j].Group == int32(i) {
					n += net.Nodes[j].Macs
				}
			}
		}
	}
	return n
}

// modules are the kinds that frameworks have as modules with a place in the
// order of running, and by what names.
var modules = map[string][]string{
	"conv": {"Conv2d"}, "depthwise": {"Conv2d"}, "dense": {"Linear", "Conv2d"}, "batchnorm": {"BatchNorm2d"}, "layernorm": {"LayerNorm", "LayerNorm2d"},
	"attention": {"MultiheadAttention", "ShiftedWindowAttention"}, "maxpool": {"MaxPool2d"}, "avgpool": {"AvgPool2d"},
}

// compareLayers compares the modules in the order in which they run.
func compareLayers(t *testing.T, name string, net *network.Network, want []publishedLayer) {
	t.Helper()
	i := 0
	for r := range net.Nodes {
		row := &net.Nodes[r]
		classes := modules[row.Kind.Name]
		if classes == nil || i >= len(want) || row.Params() == 0 && !slices.Contains(classes, want[i].class) {
			continue // a pooling that they have as a function
		}
		w := &want[i]
		var out []int64
		for _, side := range row.Out.Axes() {
			if side != 1 {
				out = append(out, side)
			}
		}
		if len(out) == 0 {
			out = []int64{1}
		}
		if !slices.Contains(classes, w.class) || !slices.Equal(out, w.out) || row.Params() != w.params || row.Macs != w.macs {
			t.Errorf("%s: %s is %s %v with %d parameters and %d multiply-accumulates, want %s %v %d %d", name, net.Path(int32(r)), row.Kind.Name, out, row.Params(), row.Macs, w.class, w.out, w.params, w.macs)
			return
		}
		i++
	}
	if i != len(want) {
		t.Errorf("%s: %d of %d layers are there; the next is %s %v", name, i, len(want), want[i].class, want[i].out)
	}
}
