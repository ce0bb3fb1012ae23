package foreign

import (
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// nameOf is what a tensor is called in the script; an op that has no name yet will
// have one when all is written once more.
func (w *writer) nameOf(t tensor) string {
	switch {
	case t.op != nil:
		w.wanted[t.op] = true
		return w.called[t.op]
	case t.ref != entering:
		return t.ref
	}
	return w.entry
}

// giveName gives the last layer of an op its variable's name, where others name it; what
// has one keeps it, and what has none is called as our language calls it by itself.
func (w *writer) giveName(l *lowering, list []string) {
	o := l.op
	if len(list) == 0 {
		return
	}
	last := len(list) - 1
	for last > 0 && strings.HasPrefix(list[last], "freeze ") {
		last--
	}
	if l.stmt != nil && last == len(list)-1-len(l.after) && l.stmt.name != "" {
		w.called[o] = l.stmt.name
	} else if w.trial || w.wanted[o] {
		kind, rest, _ := strings.Cut(list[last], " ")
		if k := layer.Find(kind); k != nil {
			if name := w.nameFor(o, k); name != "" {
				list[last] = strings.TrimSpace(kind + " " + name + " " + rest)
				w.called[o] = name
			}
		} else { // a loop: what it gives is named behind it
			list[last] += "; identity"
		}
	}
	if name := w.called[o]; name != "" {
		w.taken[name] = true
	}
}

// nameFor is a name for what an op gives: that of its module or variable, if a layer of
// ours can have it.
func (w *writer) nameFor(o *op, kind *layer.Kind) string {
	for _, name := range append([]string{o.module.name}, o.names...) {
		if name = w.free(kind, name); name != "" {
			return name
		}
	}
	return ""
}

// free is a name as a layer of ours can have it, or empty.
func (w *writer) free(kind *layer.Kind, name string) string {
	name = identifier(name)
	if name == "" || w.taken[name] || lang.Reserved(name) || layer.Find(name) != nil {
		return ""
	}
	if kind != nil {
		if _, means := dialect.Says(dialect.AnyTool, kind, name, ""); means || kind.Knows(name) || kind.Find(name) >= 0 || dialect.Behind(kind, name) != "" {
			return ""
		}
	}
	if i := layer.Find("input"); i.Knows(name) {
		return ""
	}
	return name
}

// identifier is a name with what ours cannot have left out.
func identifier(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < 128 && (isLetter(byte(r)) || isDigit(byte(r))) {
			return r
		}
		return '_'
	}, name)
	if name == "" || isDigit(name[0]) {
		return ""
	}
	return name
}
