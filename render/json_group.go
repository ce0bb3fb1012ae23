package render

import (
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

// A jsonArgument stands under its name.
type jsonArgument struct {
	Value  any    `json:"value"`
	Origin string `json:"origin"`
}

// A jsonGroup is a use of a block.
type jsonGroup struct {
	Name      string          `json:"name"`
	Kind      string          `json:"kind"`
	File      string          `json:"file"`
	Line      int             `json:"line"`
	Parent    *string         `json:"parent"`
	Folded    bool            `json:"folded"`
	First     *string         `json:"first"`
	Last      *string         `json:"last"`
	From      []jsonFeed      `json:"from"`
	Gives     *string         `json:"gives"`
	Arguments jsonline.Object `json:"arguments"`
	Shares    *string         `json:"shares"`
}

// A jsonView writes down the rows of one view of a network.
type jsonView struct {
	net  *network.Network
	rows []network.Row
}

// layer is row i: as every document has it, then how it hangs together.
func (v *jsonView) layer(i int) jsonline.Object {
	r := &v.rows[i]
	doc := layerOf(v.net, r)
	src, _ := v.net.Place(&r.Node)
	weights, biases := v.net.Owners(&r.Node)
	doc.Add("file", src.Name)
	doc.Add("group", v.group(r.Group))
	doc.Add("from", v.feeds(r.Feeds()))
	doc.Add("arguments", argumentsOf(r.Settings(v.net)))
	doc.Add("weights_of", orNull(weights))
	doc.Add("biases_of", orNull(biases))
	doc.Add("transposed", r.Turned)
	doc.Add("frozen_parts", r.FrozenParts())
	return doc
}

func (v *jsonView) group(g int32) *string {
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
		from := v.row(f.Node)
		doc := jsonFeed{Layer: from.Path, As: f.As}
		if from.Gives != f.Node {
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
		doc.Add(s.Name, jsonArgument{s.Value, origins[s.Origin]})
	}
	return doc
}

// groups are the uses of blocks that stand in the view, open or folded.
func (v *jsonView) groups() []jsonGroup {
	list := []jsonGroup{}
	hidden := make([]bool, len(v.net.Groups))
	for i := range v.net.Groups {
		g := &v.net.Groups[i]
		if v.net.Failed && int(g.First) >= v.net.Good {
			break // behind the end of what is counted
		}
		doc := v.groupOf(int32(i))
		hidden[i] = g.Parent != network.None && hidden[g.Parent]
		if !hidden[i] {
			list = append(list, doc)
		}
		hidden[i] = hidden[i] || doc.Folded
	}
	return list
}

func (v *jsonView) groupOf(i int32) jsonGroup {
	g := &v.net.Groups[i]
	src, line := v.net.GroupPlace(g)
	doc := jsonGroup{Name: v.net.GroupPath(i), Kind: g.Kind.Name, File: src.Name, Line: line, Parent: v.group(g.Parent), Shares: v.group(g.Tie),
		Arguments: argumentsOf(g.Settings()), From: v.feeds(g.Feeds())}
	end := min(int(g.End), v.net.Good)
	if g.End == network.None {
		end = v.net.Good
	}
	if end > int(g.First) {
		first, last := v.row(g.First), v.row(int32(end-1))
		doc.Folded = first.Use == i
		doc.First, doc.Last = &first.Path, &last.Path
	}
	if g.End == int32(end) {
		doc.Gives = &v.row(g.Out).Path
	}
	return doc
}

// row is the row that a node is in.
func (v *jsonView) row(node int32) *network.Row { return &v.rows[network.Covering(v.rows, node)] }
