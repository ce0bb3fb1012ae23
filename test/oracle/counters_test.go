package oracle

import (
	"strconv"
	"testing"

	"cnnl/eval/network"
)

// A rounded is a published number of so many decimals.
func rounded(n float64, decimals int) string { return strconv.FormatFloat(n, 'f', decimals, 64) }

// running leaves out what runs only in training.
func running(net *network.Network, of func(*network.Node) int64) int64 {
	return sum(net, func(row *network.Node) int64 {
		for g := row.Group; g >= 0; g = net.Groups[g].Parent {
			if net.Groups[g].Name == "head" {
				return 0
			}
		}
		return of(row)
	})
}

// A figure is what is published of a model, in millions of parameters and in
// billions of multiply-accumulates.
type figure struct {
	Script  string
	Params  string `json:"million_params"`
	Macs    string `json:"giga_macs"`
	OurMacs string `json:"our_giga_macs"` // where the published figure is odd
}

func compareFigures(t *testing.T, figures []figure, macs func(*network.Node) int64) {
	t.Helper()
	for _, w := range figures {
		net := runIn(t, "", w.Script, nil)
		params, macs := rounded(float64(net.Totals.Params())/1e6, 2), rounded(float64(running(net, macs))/1e9, 2)
		if w.OurMacs != "" {
			w.Macs = w.OurMacs
		}
		if params != w.Params || macs != w.Macs {
			t.Errorf("%s: %s M parameters and %s G, want %s and %s", w.Script, params, macs, w.Params, w.Macs)
		}
	}
}

// TestThop: the table in the README of thop, which adds to the multiply-accumulates
// one for each bias of a convolution, once more those of dense layers, and four for
// each number that is normalized.
func TestThop(t *testing.T) {
	var want struct{ Thop struct{ Models []figure } }
	read(t, "others.json", &want)
	if len(want.Thop.Models) != 20 {
		t.Errorf("%d models", len(want.Thop.Models))
	}
	compareFigures(t, want.Thop.Models, func(row *network.Node) int64 {
		switch row.Kind.Name {
		case "conv", "depthwise":
			return row.Macs + biased(row)
		case "dense":
			return 2 * row.Macs
		case "batchnorm":
			return 4 * elements(row)
		}
		return 0
	})
}

// TestPtflops: ptflops' count of matrix products, each bias one more.
func TestPtflops(t *testing.T) {
	var want struct{ Ptflops struct{ Models []figure } }
	read(t, "others.json", &want)
	if len(want.Ptflops.Models) != 7 {
		t.Errorf("%d models", len(want.Ptflops.Models))
	}
	compareFigures(t, want.Ptflops.Models, func(row *network.Node) int64 { return row.Macs + biased(row) })
}
