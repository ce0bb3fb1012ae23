package eval

import (
	"slices"

	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/lang"
)

// What is assumed and a block of the standard library states otherwise: who uses
// the block does not see that.

// overruled gathers such options until the script goes on, and tells each block's
// once.
type overruled struct {
	found []string
	told  map[string]bool
}

// holdToAssumed notes the options of a library's layer that would give it other
// numbers if what is assumed held for them too.
func (m *machine) holdToAssumed(l *resolve.Layer, node *network.Node) {
	if l.More == nil || m.Failed {
		return
	}
	for _, a := range l.More.Overruled {
		if m.Net.Decides(node, a.Param, a.Arg) {
			m.overruled.found = appendNew(m.overruled.found, l.Kind.Params[a.Param].Name+" of its "+l.Kind.Name)
		}
	}
}

// tellOverruled tells of a library's block that has been used by the script.
func (m *machine) tellOverruled(l *resolve.Layer) {
	if m.unit.Library || len(m.overruled.found) == 0 {
		return
	}
	found := slices.DeleteFunc(m.overruled.found, func(what string) bool { return m.overruled.told[l.Kind.Name+what] })
	for _, what := range found {
		if m.overruled.told == nil {
			m.overruled.told = map[string]bool{}
		}
		m.overruled.told[l.Kind.Name+what] = true
	}
	if len(found) > 0 {
		m.tell(lang.Note, lang.Argument, l.Node.Kind.Span(), l.Kind.Name+" itself states "+lang.Join(found), "what is assumed holds where a block leaves it open",
			"cnnl layers "+l.Kind.Name+" shows how it is written, for a block of your own")
	}
	m.overruled.found = nil
}
