package render

import (
	"cmp"
	"iter"
	"strconv"
	"strings"

	"cnnl/eval/network"
	"cnnl/internal/jsonline"
	"cnnl/lang"
)

// What stands behind the first mistake of a script: shown as far as it can be
// read, never summed up.

// unknown stands for a number that does not follow from what could be read.
const unknown = "?"

// provisional are the rows behind the first mistake.
func provisional(net *network.Network) iter.Seq[line] {
	return func(yield func(line) bool) {
		for r := range provisionalRows(net) {
			l := line{cmp.Or(r.Path, r.Kind.Name), asWritten(net, &r), unknown, unknown, "", "provisional"}
			if r.Out.Known() {
				l[outColumn], l[paramsColumn] = r.Out.String(), lang.Group(r.Params())
			}
			if net.AtFault(r.First) {
				l[noteColumn] = "at fault"
			}
			if !yield(l) {
				return
			}
		}
	}
}

// provisionalRows are those of which a layer could be made out. No block is
// folded there.
func provisionalRows(net *network.Network) iter.Seq[network.Row] {
	return func(yield func(network.Row) bool) {
		for r := range net.Rows(int32(net.Good), int32(len(net.Nodes)), -1) {
			if r.Kind != nil && !yield(r) {
				return
			}
		}
	}
}

func provisionalCount(net *network.Network) (n int) {
	for i := range net.Nodes[net.Good:] {
		if net.Nodes[net.Good+i].Kind != nil {
			n++
		}
	}
	return n
}

// asWritten is a row's statement in short form or, where its words have no
// meaning, as it stands in the script.
func asWritten(net *network.Network, r *network.Row) string {
	if r.Args != nil || r.Use != network.None {
		return r.Statement(net)
	}
	src, _ := net.Place(&r.Node)
	text, _, _ := strings.Cut(src.Text[r.At:], "\n")
	text, _, _ = strings.Cut(text, ";")
	return lang.Visible(strings.TrimSpace(text))
}

// provisionalJSON are the rows behind the first mistake, with null for what does
// not follow from what could be read.
func provisionalJSON(net *network.Network, x *extract) jsonline.List {
	if !net.Failed {
		return jsonline.None
	}
	p := net.Provisional()
	return x.list("provisional", func() int { return provisionalCount(p) }, func(yield func(any) bool) {
		for r := range provisionalRows(p) {
			if !yield(guessOf(p, &r)) {
				return
			}
		}
	})
}

func guessOf(net *network.Network, r *network.Row) (doc jsonline.Object) {
	_, line := net.Place(&r.Node)
	var output []int64
	var params *int64
	if r.Out.Known() {
		n := r.Params()
		output, params = axes(r.Out), &n
	}
	doc.Add("name", cmp.Or(r.Path, r.Kind.Name))
	doc.Add("kind", r.Kind.Name)
	doc.Add("line", line)
	doc.Add("output", output)
	doc.Add("params", params)
	doc.Add("at_fault", net.AtFault(r.First))
	return doc
}

// noTotals says why a network that failed has no totals.
func noTotals(net *network.Network) string {
	if net.Good == len(net.Nodes) {
		return "no totals: the script is at fault"
	}
	return "no totals: line " + strconv.Itoa(lineOf(net, int32(net.Good))) + " is at fault, and what stands behind it is provisional"
}
