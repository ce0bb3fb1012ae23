package oracle

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"testing"

	"cnnl/eval/network"
)

// sum adds up what a function gives of each row.
func sum(net *network.Network, of func(*network.Node) int64) (n int64) {
	for i := range net.Nodes {
		n += of(&net.Nodes[i])
	}
	return n
}

func elements(row *network.Node) int64 {
	n, _ := row.Out.Size()
	return n
}

func isKind(row *network.Node, kinds ...string) bool { return slices.Contains(kinds, row.Kind.Name) }

// sides are the sides of a shape without those of 1.
func sides(shape []int64) []int64 {
	return slices.DeleteFunc(slices.Clone(shape), func(side int64) bool { return side == 1 })
}

// biased is how many numbers of a layer's output had a bias added.
func biased(row *network.Node) int64 {
	if row.Biases == 0 || !isKind(row, "conv", "depthwise", "dense") {
		return 0
	}
	return elements(row)
}

// TestPycls: parameters, operations and activations of pycls' models. An
// operation is a multiply-accumulate or the addition of a bias; activations are
// the outputs of convolutions, dense layers and poolings but global ones.
func TestPycls(t *testing.T) {
	var want struct {
		Pycls struct {
			Models []struct {
				Config, Script      string
				Params, Flops, Acts int64
			}
		}
	}
	read(t, "others.json", &want)
	if len(want.Pycls.Models) != 49 {
		t.Errorf("%d models", len(want.Pycls.Models))
	}
	for _, m := range want.Pycls.Models {
		net := runIn(t, "others/pycls", m.Script, nil)
		flops := net.Totals.Macs + sum(net, biased)
		acts := sum(net, func(row *network.Node) int64 {
			if isKind(row, "conv", "depthwise", "dense", "maxpool") {
				return elements(row)
			}
			return 0
		})
		if net.Totals.Params() != m.Params || flops != m.Flops || acts != m.Acts {
			t.Errorf("%s: %d parameters, %d operations, %d activations; want %+v", m.Config, net.Totals.Params(), flops, acts, m)
		}
	}
}

// nanoGPTParts are the parts in which nanoGPT counts each layer.
var nanoGPTParts = map[string][]string{
	"words": {"embedding/token", "embedding"}, "places": {"embedding/position", "embedding"},
	"block1.layernorm1": {"attention/ln", "attention", "block"}, "block1.attention1": {"attention", "block"},
	"block1.layernorm2": {"mlp/ln", "mlp", "block"}, "block1.dense1": {"mlp/ffw", "mlp", "block"}, "block1.dense2": {"mlp/proj", "mlp", "block"},
	"final": {"ln_f"}, "next": {"dense"},
}

// TestNanoGPT: the parts of GPT-2 small as nanoGPT adds them up: without biases,
// two operations for each multiply-accumulate.
func TestNanoGPT(t *testing.T) {
	var want struct {
		NanoGPT struct{ Params, Flops map[string]int64 }
	}
	read(t, "others.json", &want)
	net := runIn(t, "others/small", "gpt2_without_biases", nil)
	params := map[string]int64{"total": net.Totals.Params()}
	flops := map[string]int64{"total": 2 * net.Totals.Macs}
	for i := range net.Nodes {
		row := &net.Nodes[i]
		parts := nanoGPTParts[net.Path(int32(i))]
		if row.Group >= 0 {
			parts = append(slices.Clone(parts), "transformer")
		}
		for _, part := range parts {
			params[part] += row.Params()
			flops[part] += 2 * row.Macs
		}
	}
	compareParts(t, "parameters", params, want.NanoGPT.Params)
	compareParts(t, "operations", flops, want.NanoGPT.Flops)
}

func compareParts(t *testing.T, what string, got, want map[string]int64) {
	t.Helper()
	if len(want) < 7 {
		t.Errorf("%d figures of %s", len(want), what)
	}
	for part, n := range want {
		if got[part] != n {
			t.Errorf("%s: %d %s, want %d", part, got[part], what, n)
		}
	}
}

// A summaryRow is a layer as pytorch-summary prints it: the output with the batch
// and the channels first.
type summaryRow struct {
	class  string
	out    []int64
	params int64
}

func (r *summaryRow) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&r.class, &r.out, &r.params})
}

// TestTorchsummary: the tables in the README of pytorch-summary, which counts a
// layer that is used twice twice.
func TestTorchsummary(t *testing.T) {
	var want struct {
		Torchsummary struct {
			Tables []struct {
				Folder, Script string
				Total          int64
				Rows           []summaryRow
			}
		}
	}
	read(t, "others.json", &want)
	if len(want.Torchsummary.Tables) != 3 {
		t.Errorf("%d tables", len(want.Torchsummary.Tables))
	}
	for _, table := range want.Torchsummary.Tables {
		net := runIn(t, table.Folder, table.Script, nil)
		if net.Totals.PerUse != table.Total {
			t.Errorf("%s: %d parameters, want %d", table.Script, net.Totals.PerUse, table.Total)
		}
		if len(table.Rows) == 0 {
			t.Errorf("%s: the table has no rows", table.Script)
		}
		next := 0
		for _, w := range table.Rows {
			out := append(slices.Clone(w.out[2:]), w.out[1])
			same := func(row network.Node) bool {
				return isKind(&row, torchinfoKinds[w.class]...) && slices.Equal(sides(row.Out.Axes()), sides(out)) && row.PerUse == w.params
			}
			found := slices.IndexFunc(net.Nodes[next:], same)
			if found < 0 {
				t.Errorf("%s: there is no %s %v with %d parameters behind row %d", table.Script, w.class, w.out, w.params, next)
				break
			}
			next += found + 1
		}
	}
}

// TestConvnetBurden: the megabytes of parameters and running statistics, of four
// bytes each, in the table of convnet-burden.
func TestConvnetBurden(t *testing.T) {
	var want struct {
		Burden struct {
			Models []struct {
				Model, Folder, Script string
				ParamMB               string `json:"param_mb"`
			}
		} `json:"convnet_burden"`
	}
	read(t, "others.json", &want)
	if len(want.Burden.Models) != 14 {
		t.Errorf("%d models", len(want.Burden.Models))
	}
	for _, w := range want.Burden.Models {
		net := runIn(t, w.Folder, w.Script, nil)
		numbers := running(net, func(row *network.Node) int64 { return row.Params() + row.Stats })
		if mb := rounded(float64(4*numbers)/(1<<20), 0); mb != w.ParamMB {
			t.Errorf("%s: %s MB, want %s", w.Model, mb, w.ParamMB)
		}
	}
}

// A featureSize is the side of an image and the features that come of it.
type featureSize struct {
	side int64
	out  []int64
}

func (f *featureSize) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&f.side, &f.out})
}

// TestConvnetBurdenFeatures: the features of images of six sizes.
func TestConvnetBurdenFeatures(t *testing.T) {
	var want struct {
		Burden struct {
			Features []struct {
				Model, Script string
				Set           map[string]string
				Features      []featureSize
			}
		} `json:"convnet_burden"`
	}
	read(t, "others.json", &want)
	if len(want.Burden.Features) != 18 {
		t.Errorf("%d models", len(want.Burden.Features))
	}
	for _, w := range want.Burden.Features {
		if len(w.Features) == 0 {
			t.Errorf("%s: no sizes", w.Model)
		}
		for _, size := range w.Features {
			set := map[string]string{"size": strconv.FormatInt(size.side, 10)}
			maps.Copy(set, w.Set)
			net := runIn(t, "others/burden", w.Script, set)
			if out := net.Nodes[len(net.Nodes)-1].Out; !slices.Equal(sides(out.Axes()), sides(size.out)) {
				t.Errorf("%s: %d gives %s, want %v", w.Model, size.side, out, size.out)
			}
		}
	}
}

// A slimModel is a MobileNet of TF-slim: its millions of multiply-accumulates and
// of parameters, and ours where those published are odd.
type slimModel struct {
	Model, Name, Script string
	Set                 map[string]string
	Macs                float64  `json:"million_macs"`
	Params              float64  `json:"million_params"`
	OurMacs             *float64 `json:"our_million_macs"`
	OurParams           *float64 `json:"our_million_params"`
}

// slimCounts are what TF-slim counts of each version: the first without the scales
// of normalizations but with their running statistics, the second without
// normalizations and with its multiply-accumulates rounded down.
var slimCounts = map[string]struct {
	params   func(*network.Totals) int64
	decimals int
	round    func(float64) float64
}{
	"v1": {func(t *network.Totals) int64 { return t.Params() + t.Stats/2 }, 2, math.Round},
	"v2": {func(t *network.Totals) int64 { return t.Params() - t.Stats }, 2, math.Floor},
	"v3": {(*network.Totals).Params, 1, math.Round},
}

// TestSlimMobileNets: the MobileNets of TF-slim, of all widths and sizes.
func TestSlimMobileNets(t *testing.T) {
	var want struct{ Slim struct{ Models []slimModel } }
	read(t, "others.json", &want)
	if len(want.Slim.Models) != 41 {
		t.Errorf("%d models", len(want.Slim.Models))
	}
	for _, w := range want.Slim.Models {
		if w.OurMacs != nil {
			w.Macs = *w.OurMacs
		}
		if w.OurParams != nil {
			w.Params = *w.OurParams
		}
		net, counts := runIn(t, "others/slim", w.Script, w.Set), slimCounts[w.Model]
		params, macs := rounded(float64(counts.params(&net.Totals))/1e6, counts.decimals), counts.round(float64(net.Totals.Macs)/1e6)
		if params != rounded(w.Params, counts.decimals) || macs != w.Macs {
			t.Errorf("%s %s: %s M parameters and %v M multiply-accumulates, want %v and %v", w.Model, w.Name, params, macs, w.Params, w.Macs)
		}
	}
}
