package network

import "cnnl/eval/layer"

// A Span is which inputs an axis of a position sees, first and last; nothing where it
// sees none.
type Span = struct{ Low, High int }

// PositionSees is what the position of a tensor sees along each axis of the input, for
// tests of another package. Positions that lie in no order tell only how many they see
// at most: their span begins at 0, and loose says so.
func (f *Field) PositionSees(s layer.Shape, at []int) (seen [3]Span, loose [3]bool, any bool) {
	k, l := step{apart: true}, f.laid(s)
	any = true
	for i := range f.rank {
		a := &f.axes[i]
		seenAlong := a.over(&k, 0, l.sides[i]-1)
		if j := l.home(uint8(i), -1); j >= 0 {
			g := &l.along[j]
			switch p := int64(at[j]); {
			case g.loose:
				seenAlong, loose[i] = span{0, l.most(a, uint8(i)).size() - 1}, true
			case p < g.own, g.straight() && p >= g.own+l.sides[i]:
				seenAlong = nothing
			case g.straight():
				seenAlong = a.at(&k, p)
			default:
				seenAlong = nothing
				if o, ok := l.inRow(g, uint8(i), p-g.own); ok {
					seenAlong = a.at(&k, o)
				}
			}
		}
		seen[i] = Span{int(seenAlong.low), int(seenAlong.high)}
		any = any && !seenAlong.empty()
	}
	return seen, loose, any
}

// inRow is where position p of a row is along one of its axes; false: it is behind it.
func (l *layout) inRow(g *lying, axis uint8, p int64) (o int64, ok bool) {
	for i := len(g.list()) - 1; i >= 0; i-- {
		side := l.sides[g.axes[i]]
		if g.axes[i] == axis {
			o = p % side
		}
		p /= side
	}
	return o, p == 0
}
