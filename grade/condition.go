package grade

import (
	"math/big"
	"slices"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// expect wants a condition of the key to hold. A network that learns nothing
// meets none where the key's own does learn; and what is said of the network as
// a whole is not said of one that is nothing like it.
func (a *attempt) expect(m *mark, _ int, c *Check) *big.Rat {
	held, missing := a.w.v.AskAs(a.r.v, a.of, m.claim, a.k.file.Source)
	learns := learns(a.w.net) || !learns(a.r.v.Network)
	switch {
	case missing:
		c.Said = "a layer that it speaks of is not there"
	case !held.Known() && a.w.wrong != nil:
		c.Said = "it is not known whether it holds: " + a.mistake()
	case held.True() && learns && (!a.ofWhole(m.claim) || a.likeKey()):
		c.Said = "it holds"
		return all()
	case held.True() && learns && a.k.compares:
		c.Said = "it would hold, but of the network asked for too little is there"
	case held.True() && learns:
		c.Said = "it would hold, but the network does not lead from such an input to such an output as asked for"
	default:
		c.Said = "it does not hold"
	}
	return none()
}

// ofWhole reports a condition that names no layer.
func (a *attempt) ofWhole(e *lang.Expr) bool {
	whole := true
	lang.Refs(e, func(r *lang.Ref) {
		if _, ok := a.r.v.Quantity(r, a.k.file.Source); ok {
			whole = false
		}
	})
	return whole
}

// learns reports a network with parameters, as far as it could be read.
func learns(net *network.Network) bool {
	return slices.ContainsFunc(net.Nodes, func(r network.Node) bool { return r.Kind != nil && r.Kind.Learn != nil })
}

// likeKey reports a network of which a condition is said. Where marks compare it with
// the key's, half of the key's layers have to be there; a key of conditions alone asks
// for any network of its task.
func (a *attempt) likeKey() bool {
	if a.k.compares {
		return a.half()
	}
	return a.sameTask()
}

// half reports that at least half of the key's layers are there.
func (a *attempt) half() bool { return 2*a.d.Kin() >= a.d.Rows() }

// sameTask reports a network that takes inputs of the key's places, whatever their
// channels, and gives all shapes that the key's gives.
func (a *attempt) sameTask() bool {
	own, key := a.w.net, a.r.v.Network
	return has(own, sources(own), key, sources(key), samePlaces) && has(own, own.Outputs, key, key.Outputs, sameShape)
}

func sameShape(a, b layer.Shape) bool { return a == b }

func samePlaces(a, b layer.Shape) bool {
	return a == b || a.Rank() == b.Rank() && a.Spatial() > 0 && !a.IsTokens() && a.With(1) == b.With(1)
}

func sources(net *network.Network) (rows []int32) {
	for i := range net.Nodes[:net.Good] {
		if net.Nodes[i].Kind.Source {
			rows = append(rows, int32(i))
		}
	}
	return rows
}

// has reports whether a network has among some rows one for each of another's.
func has(own *network.Network, rows []int32, key *network.Network, wanted []int32, fits func(a, b layer.Shape) bool) bool {
	left := slices.Clone(rows)
	for _, j := range wanted {
		i := slices.IndexFunc(left, func(i int32) bool { return fits(own.Nodes[i].Out, key.Nodes[j].Out) })
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return true
}
