package render

import (
	"io"
	"slices"
	"strings"

	"cnnl/compare"
	"cnnl/eval/network"
	"cnnl/internal/jsonline"
	"cnnl/lang"
)

// DiffSchema names the JSON of differences; docs/json.md describes it.
const DiffSchema = "cnnl-diff/1"

// A jsonPair has null for a layer that only the other network has.
type jsonPair struct {
	Layers [2]jsonline.Object `json:"layers"`
	Parts  []jsonPart         `json:"parts"`
}

type jsonPart struct {
	What   string    `json:"what"`
	Values [2]string `json:"values"`
}

// DiffJSON writes how two networks differ as one line of JSON, its lists as far as
// the extent goes.
func DiffJSON(w io.Writer, d *compare.Diff, diagsA, diagsB lang.Diagnostics, e Extent) error {
	x := &extract{meter: e.meter(w)}
	a, b := d.A.File.Source.Name, d.B.File.Source.Name
	var ends [2]*string
	for i, n := range [...]*network.Network{d.A, d.B} {
		if text := strings.TrimPrefix(stopped(n), "explained "); text != "" {
			ends[i] = &text
		}
	}
	var first *jsonPair
	if i := slices.IndexFunc(d.Pairs, func(p compare.Pair) bool { return p.Differs() }); i >= 0 {
		p := pairOf(d, &d.Pairs[i])
		first = &p
	}
	return jsonline.Write(x, jsonline.Object{
		{Key: "schema", Value: DiffSchema},
		{Key: "files", Value: [2]string{a, b}},
		{Key: "stopped", Value: ends},
		{Key: "equal", Value: d.Equal()},
		{Key: "first_difference", Value: first},
		{Key: "differences", Value: x.pairs("differences", d, (*compare.Pair).Differs)},
		{Key: "carried", Value: x.pairs("carried", d, func(p *compare.Pair) bool { return !p.Differs() && d.Carried(p) })},
		{Key: "totals", Value: [2]jsonline.Object{totalsOf(d.A), totalsOf(d.B)}},
		{Key: "left_out", Value: x.leftOut()},
		{Key: "diagnostics", Value: append(JSONDiagnostics(a, diagsA), JSONDiagnostics(b, diagsB)...)},
	})
}

// pairs are those of one sort.
func (x *extract) pairs(key string, d *compare.Diff, wanted func(*compare.Pair) bool) jsonline.List {
	count := func() (n int) {
		for i := range d.Pairs {
			if wanted(&d.Pairs[i]) {
				n++
			}
		}
		return n
	}
	return x.list(key, count, func(yield func(any) bool) {
		for i := range d.Pairs {
			if p := &d.Pairs[i]; wanted(p) && !yield(pairOf(d, p)) {
				return
			}
		}
	})
}

func pairOf(d *compare.Diff, p *compare.Pair) jsonPair {
	doc := jsonPair{Layers: [2]jsonline.Object{layerAt(d.A, p.A), layerAt(d.B, p.B)}, Parts: []jsonPart{}}
	for _, part := range p.Parts {
		doc.Parts = append(doc.Parts, jsonPart{part.Name, [2]string{part.A, part.B}})
	}
	return doc
}

func layerAt(n *network.Network, i int32) jsonline.Object {
	if i == compare.None {
		return nil
	}
	return layerOf(n, &n.FoldedFrom(i, i+1, -1)[0])
}
