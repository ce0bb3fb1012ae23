package oracle

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"cnnl/eval/network"
)

// A darknetNet is what darknet counts of one of its cfg files.
type darknetNet struct {
	Fork, Cfg, Script string
	Set               map[string]string
	Ops               int64
	StoredFloats      int64 `json:"stored_floats"`
	Layers            []darknetLayer
}

type darknetLayer struct {
	kind   string
	out    []int64
	bflops string // of convolutions
}

func (l *darknetLayer) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&l.kind, &l.out, &l.bflops})
}

// darknetOps is two for each multiply-accumulate of a convolution, a connected or
// a recurrent layer. AlexeyAB's fork counts groups as if there were one.
func darknetOps(row *network.Node, fork string) int64 {
	switch {
	case !isKind(row, "conv", "depthwise", "dense", "gru"):
		return 0
	case fork == "alexeyab" && isKind(row, "conv"):
		return 2 * row.Macs * row.Args[row.Kind.Find("groups")].N[0]
	case fork == "alexeyab" && isKind(row, "depthwise"):
		return 2 * row.Macs * row.Out.Channels()
	}
	return 2 * row.Macs
}

// TestDarknet: the numbers that darknet stores, running statistics with them, its
// operations and, of some, each layer.
func TestDarknet(t *testing.T) {
	var want struct{ Darknet struct{ Nets []darknetNet } }
	read(t, "others.json", &want)
	if len(want.Darknet.Nets) != 70 {
		t.Errorf("%d networks", len(want.Darknet.Nets))
	}
	for _, w := range want.Darknet.Nets {
		net := runIn(t, "others/darknet", w.Script, w.Set)
		ops := sum(net, func(row *network.Node) int64 { return darknetOps(row, w.Fork) })
		if stored := net.Totals.Params() + net.Totals.Stats; stored != w.StoredFloats || ops != w.Ops {
			t.Errorf("%s %s: %d numbers, %d operations; want %d, %d", w.Fork, w.Cfg, stored, ops, w.StoredFloats, w.Ops)
		}
		if w.Layers != nil {
			compareDarknet(t, &w, net)
		}
	}
}

// darknetKinds are darknet's layers and what they are here.
var darknetKinds = map[string][]string{
	"conv": {"conv", "depthwise", "dense"}, "connected": {"dense"}, "GRU": {"gru"}, "max": {"maxpool"}, "avg": {"avgpool"}, "upsample": {"upsample"},
}

func compareDarknet(t *testing.T, want *darknetNet, net *network.Network) {
	t.Helper()
	left := want.Layers
	for i := range net.Nodes {
		row := &net.Nodes[i]
		if !isKind(row, "conv", "depthwise", "dense", "gru", "maxpool", "avgpool", "upsample") {
			continue
		}
		if len(left) == 0 {
			t.Errorf("%s: %s is not in darknet's table", want.Cfg, net.Path(int32(i)))
			return
		}
		w := left[0]
		left = left[1:]
		bflops := fmt.Sprintf("%.3f", float64(2*row.Macs)/1e9)
		if !isKind(row, darknetKinds[w.kind]...) || !slices.Equal(sides(row.Out.Axes()), sides(w.out)) || w.bflops != "" && bflops != w.bflops {
			t.Errorf("%s: %s is %s %s with %s billion operations, want %+v", want.Cfg, net.Path(int32(i)), row.Kind.Name, row.Out, bflops, w)
			return
		}
	}
	if len(left) > 0 {
		t.Errorf("%s: %d layers are missing", want.Cfg, len(left))
	}
}
