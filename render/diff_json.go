package render

import (
	"io"
	"strings"

	"cnnl/compare"
	"cnnl/eval/network"
	"cnnl/internal/jsonline"
	"cnnl/lang"
)

// DiffSchema names the JSON of differences; docs/json.md describes it.
const DiffSchema = "cnnl-diff/1"

type jsonDiff struct {
	Schema      string             `json:"schema"`
	Files       [2]string          `json:"files"`
	Stopped     [2]*string         `json:"stopped"`
	Equal       bool               `json:"equal"`
	First       *jsonPair          `json:"first_difference"`
	Differences []jsonPair         `json:"differences"`
	Carried     []jsonPair         `json:"carried"`
	Totals      [2]jsonline.Object `json:"totals"`
	Diagnostics []JSONDiagnostic   `json:"diagnostics"`
}

// A jsonPair has null for a layer that only the other network has.
type jsonPair struct {
	Layers [2]jsonline.Object `json:"layers"`
	Parts  []jsonPart         `json:"parts"`
}

type jsonPart struct {
	What   string    `json:"what"`
	Values [2]string `json:"values"`
}

// DiffJSON writes how two networks differ as one line of JSON.
func DiffJSON(w io.Writer, d *compare.Diff, diagsA, diagsB lang.Diagnostics) error {
	a, b := d.A.File.Source.Name, d.B.File.Source.Name
	doc := jsonDiff{Schema: DiffSchema, Files: [2]string{a, b}, Equal: d.Equal(), Differences: []jsonPair{}, Carried: []jsonPair{},
		Totals:      [2]jsonline.Object{totalsOf(d.A), totalsOf(d.B)},
		Diagnostics: append(JSONDiagnostics(a, diagsA), JSONDiagnostics(b, diagsB)...)}
	for i, n := range [...]*network.Network{d.A, d.B} {
		if text := strings.TrimPrefix(stopped(n), "explained "); text != "" {
			doc.Stopped[i] = &text
		}
	}
	for i := range d.Pairs {
		switch p := &d.Pairs[i]; {
		case p.Differs():
			doc.Differences = append(doc.Differences, pairOf(d, p))
		case d.Carried(p):
			doc.Carried = append(doc.Carried, pairOf(d, p))
		}
	}
	if len(doc.Differences) > 0 {
		doc.First = &doc.Differences[0]
	}
	return jsonline.Write(w, doc)
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
