package render

import (
	"iter"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/internal/jsonline"
)

// What the JSON of a network says of how it hangs together: which layer feeds
// which, with which arguments, and in which use of a block.

// A jsonFeed is a tensor that a layer takes.
type jsonFeed struct {
	Layer  string  `json:"layer"`
	Inside *string `json:"inside"`
	As     string  `json:"as"`
}

// A jsonView writes down the rows of one view of a network.
type jsonView struct {
	net   *network.Network
	depth int
}

// layers are the rows.
func (v *jsonView) layers(yield func(any) bool) {
	for r := range v.net.Rows(0, int32(v.net.Good), v.depth) {
		if !yield(v.layer(&r)) {
			return
		}
	}
}

// layer is a row: as every document has it, then how it hangs together.
func (v *jsonView) layer(r *network.Row) jsonline.Object {
	doc := layerOf(v.net, r)
	src, _ := v.net.Place(&r.Node)
	weights, biases := v.net.Owners(&r.Node)
	doc.Add("file", src.Name)
	doc.Add("group", v.groupName(r.Group))
	doc.Add("from", v.feeds(r.Feeds()))
	doc.Add("arguments", argumentsOf(r.Settings(v.net)))
	doc.Add("weights_of", orNull(weights))
	doc.Add("biases_of", orNull(biases))
	doc.Add("transposed", r.Turned)
	doc.Add("frozen_parts", r.FrozenParts())
	return doc
}

// groupName is null of no group.
func (v *jsonView) groupName(g int32) *string {
	if g == network.None {
		return nil
	}
	path := v.net.GroupPath(g)
	return &path
}

// feeds names the rows that give the tensors.
func (v *jsonView) feeds(feeds []network.Feed) []jsonFeed {
	list := []jsonFeed{}
	for _, f := range feeds {
		path, gives := v.net.Within(f.Node, v.depth)
		doc := jsonFeed{Layer: path, As: f.As}
		if gives != f.Node {
			inside := v.net.Path(f.Node)
			doc.Inside = &inside
		}
		list = append(list, doc)
	}
	return list
}

// origins are the words for where an argument comes from.
var origins = [...]string{layer.Defaulted: "default", layer.Assumed: "assumed", layer.Given: "given"}

func argumentsOf(settings []network.Setting) jsonline.Object {
	doc := jsonline.Object{}
	for _, s := range settings {
		doc.Add(s.Name, jsonline.Object{{Key: "value", Value: s.Value}, {Key: "origin", Value: origins[s.Origin]}})
	}
	return doc
}

// groups are the uses of blocks that stand in the view, open or folded.
func (v *jsonView) groups(yield func(any) bool) {
	for i := range v.standing() {
		if !yield(v.group(i)) {
			return
		}
	}
}

func (v *jsonView) countGroups() (n int) {
	for range v.standing() {
		n++
	}
	return n
}

// standing are the uses of blocks that the view shows.
func (v *jsonView) standing() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		hidden := make([]bool, len(v.net.Groups))
		for i := range v.net.Groups {
			g := &v.net.Groups[i]
			if v.net.Failed && int(g.First) >= v.net.Good {
				return // behind the end of what is counted
			}
			if hidden[i] = g.Parent != network.None && hidden[g.Parent]; hidden[i] {
				continue
			}
			if !yield(int32(i)) {
				return
			}
			hidden[i] = v.folds(g, int32(i))
		}
	}
}

// folds reports a use of a block that is one row.
func (v *jsonView) folds(g *network.Group, i int32) bool {
	return g.First != g.End && v.net.FoldAt(g.First, v.depth) == i
}

// group is one use of a block.
func (v *jsonView) group(i int32) (doc jsonline.Object) {
	g := &v.net.Groups[i]
	src, line := v.net.GroupPlace(g)
	var first, last, gives *string
	end := int32(v.net.Good)
	if g.End != network.None && g.End <= end {
		end, gives = g.End, v.name(g.Out)
	}
	if end > g.First {
		first, last = v.name(g.First), v.name(end-1)
	}
	doc.Add("name", v.net.GroupPath(i))
	doc.Add("kind", g.Kind.Name)
	doc.Add("file", src.Name)
	doc.Add("line", line)
	doc.Add("parent", v.groupName(g.Parent))
	doc.Add("folded", v.folds(g, i))
	doc.Add("first", first)
	doc.Add("last", last)
	doc.Add("from", v.feeds(g.Feeds()))
	doc.Add("gives", gives)
	doc.Add("arguments", argumentsOf(g.Settings()))
	doc.Add("shares", v.groupName(g.Tie))
	return doc
}

// name is that of the row that a node is in.
func (v *jsonView) name(node int32) *string {
	path, _ := v.net.Within(node, v.depth)
	return &path
}
