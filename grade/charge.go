package grade

import (
	"math/big"
	"slices"
	"strings"

	"cnnl/compare"
	"cnnl/eval/network"
	"cnnl/lang"
)

// What differences cost. A layer that is missing, extra or changed costs its own share
// of the marks that it touches, and what follows from it nothing. One belief costs
// once: the same wrong option in many layers, the same layer put in at many places, one
// statement that is missing wherever its block is used.

// A charge is how many shares of a mark differences cost.
type charge struct {
	once int // one belief once
	each int // every layer by itself
}

// charged counts the shares that differences cost of the marks that look at what they
// touch. With fewer than half of the key's layers there, each that is missing counts:
// what was not written shows no belief.
func (a *attempt) charged(touch compare.Touch) (c charge) {
	var changed, beliefs, extra, missing []string
	half := a.half()
	once := func(list *[]string, text string) {
		if !slices.Contains(*list, text) {
			*list = append(*list, text)
		}
	}
	for i := range a.d.Pairs {
		p := &a.d.Pairs[i]
		if p.Touches&touch == 0 {
			continue
		}
		c.each++
		switch {
		case p.B == compare.None:
			once(&extra, a.d.A.Nodes[p.A].Kind.Name+" "+a.d.A.Nodes[p.A].Kind.Short(a.d.A.Nodes[p.A].Args))
		case p.A == compare.None && half:
			src, _ := a.d.B.Place(&a.d.B.Nodes[p.B])
			once(&missing, src.Name+":"+lang.Group(int64(a.d.B.Nodes[p.B].At)))
		case p.A == compare.None:
			c.once++
		default:
			changed = append(changed, "")
			for _, part := range p.Parts {
				once(&beliefs, part.Name+"\x00"+part.A+"\x00"+part.B)
			}
		}
	}
	c.once += len(extra) + len(missing) + min(len(changed), len(beliefs))
	return c
}

// A layerMark is what shapes and params look at: one value of every layer.
type layerMark struct {
	what  string // output, parameters
	touch compare.Touch
	rows  []int32 // of the key
	value func(*network.Node) string
}

// shapes compares the outputs of the layers.
func (a *attempt) shapes(m *mark, _ int, c *Check) *big.Rat {
	l := layerMark{"output", compare.Output, a.r.shaped, func(r *network.Node) string { return ifKnown(r, r.Out.String()) }}
	if m.strict {
		return a.values(l, c)
	}
	return a.layers(l, m, c)
}

// params compares their parameters.
func (a *attempt) params(m *mark, _ int, c *Check) *big.Rat {
	return a.layers(layerMark{"parameters", compare.Params, a.r.learned, func(r *network.Node) string { return ifKnown(r, lang.Group(r.Params())) }}, m, c)
}

// ifKnown is a number of a layer, or nothing where it could not be computed.
func ifKnown(r *network.Node, text string) string {
	if !r.Out.Known() {
		return ""
	}
	return text
}

// layers gives the share of a mark that differences leave.
func (a *attempt) layers(l layerMark, m *mark, c *Check) *big.Rat {
	if a.same() {
		c.Said = "right"
		return all()
	}
	lost := a.charged(l.touch)
	cost := lost.once
	if m.each {
		cost = lost.each
	}
	a.partsOf(l, c)
	c.Said = saidOfLayers(c.Parts, len(l.rows), l.what)
	return part(max(len(l.rows)-cost, 0), len(l.rows))
}

// values gives the share of the layers that have the right value, whatever made it.
func (a *attempt) values(l layerMark, c *Check) *big.Rat {
	right := 0
	for _, j := range l.rows {
		p := Part{Key: a.r.v.Network.Path(j), Want: l.value(&a.r.v.Network.Nodes[j])}
		switch i := a.of[j]; {
		case i < 0:
			p.How = NoLayer
		default:
			p.Name, p.Own = layerName(a.w.net, i), l.value(&a.w.net.Nodes[i])
			p.Right = p.Own == p.Want
		}
		if p.Right {
			right++
		} else {
			c.Parts = append(c.Parts, p)
		}
	}
	c.Said = saidOfLayers(c.Parts, len(l.rows), l.what)
	return part(right, len(l.rows))
}

// same reports a network in which nothing differs.
func (a *attempt) same() bool { return a.d.First == compare.None && !a.w.net.Failed }

// partsOf lists the layers that are not simply right.
func (a *attempt) partsOf(l layerMark, c *Check) {
	value := func(net *network.Network, row int32) (name, value string) {
		return layerName(net, row), l.value(&net.Nodes[row])
	}
	for i := range a.d.Pairs {
		p := &a.d.Pairs[i]
		part := Part{Right: p.Touches&l.touch == 0}
		if p.A != compare.None {
			part.Name, part.Own = value(a.d.A, p.A)
		}
		if p.B != compare.None {
			part.Key, part.Want = value(a.d.B, p.B)
		}
		switch {
		case part.Right && (part.Own == part.Want || !slices.Contains(l.rows, p.B)):
			continue
		case part.Right:
			part.How = SameStatement
		case p.A == compare.None:
			part.How = NoLayer
		case p.B == compare.None:
			part.How = NotAsked
		}
		c.Parts = append(c.Parts, part)
	}
}

// saidOfLayers names the student's layers that are not right, and whether some are
// missing.
func saidOfLayers(parts []Part, of int, what string) string {
	var wrong, extra, words []string
	missing := 0
	for i := range parts {
		switch p := &parts[i]; {
		case p.Right:
		case p.How == NoLayer:
			missing++
		case p.How == NotAsked:
			extra = append(extra, p.Name)
		case p.Own == "" || p.Own == p.Want:
			wrong = append(wrong, p.Name)
		default:
			wrong = append(wrong, p.Name+" ("+p.Own+")")
		}
	}
	switch {
	case len(wrong)+len(extra)+missing == 0:
		return "right"
	case missing == of && len(wrong)+len(extra) == 0:
		return "none of the layers is there"
	case len(wrong) > 0:
		words = append(words, "not right: the "+what+" of "+someOf(wrong))
	}
	if len(extra) > 0 {
		words = append(words, someOf(extra)+" was not asked for")
	}
	if missing > 0 && len(words) == 0 {
		words = append(words, "the layers that are there have the right "+what)
	}
	if missing > 0 {
		words = append(words, "something is missing")
	}
	return strings.Join(words, "; ")
}

// layerName is what people call a layer. One whose statement could not be read has no
// name, and is called by its kind and its line.
func layerName(net *network.Network, row int32) string {
	r := &net.Nodes[row]
	if r.Name != "" {
		return net.Path(row)
	}
	kind := "layer"
	if r.Kind != nil {
		kind = r.Kind.Name
	}
	_, line := net.Place(r)
	return "the " + kind + " in line " + lang.Group(int64(line))
}

// mostNamed is how many layers a sentence names.
const mostNamed = 8

func someOf(names []string) string {
	if len(names) > mostNamed {
		return strings.Join(names[:mostNamed], ", ") + " and others"
	}
	return strings.Join(names, ", ")
}
