package grade

import (
	"fmt"
	"slices"
	"strings"

	"cnnl/eval"
	"cnnl/eval/claim"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// A key that compares networks is tried with wrong ones: its own with one mistake that
// students make. One that earns everything would be missed in every script.

// mutations are the mistakes that are tried, where a key has what they are made in.
var mutations = []struct {
	what string
	make func(k *Key, net *network.Network) (text string, ok bool)
}{
	{"a pooling too many", extraPooling},
	{"an input of twice the size", doubledInput},
	{"an input of other channels", otherChannels},
	{"a layer that shares nothing", untied},
	{"no biases", noBias},
	{"a skip from another layer", movedSkip},
}

// refuseMutants refuses a key for which a network that is not the one asked for earns
// all points, and tells where only the floor keeps it from them.
func (k *Key) refuseMutants(diags *lang.Diagnostics) {
	if !k.compares {
		return
	}
	base := k.solutions[0]
	var hidden []string
	for _, m := range mutations {
		text, ok := m.make(k, base.v.Network)
		if !ok {
			continue
		}
		w := k.mutated(text)
		if w == nil || k.accepts(w) {
			continue
		}
		best := k.against(nil, base, w)
		switch {
		case best.d.First >= 0 && best.sum.Cmp(k.max) == 0:
			k.complain(diags, lang.Span{}, "a network with "+m.what+" earns all points", "no mark sees it, and the key says that a difference costs nothing",
				"ask for shapes or params, or leave differs out")
		case len(best.deductions) > 0 && best.sumOfChecks().Cmp(k.max) == 0:
			hidden = append(hidden, m.what)
		}
	}
	if len(hidden) > 0 {
		k.warn(diags, lang.Span{}, "some mistakes in the network cost no mark anything", strings.Join(hidden, ", ")+": such a network loses only what one that differs loses at least",
			"ask for shapes or params, if they should cost more")
	}
}

// mutated is a mutant as a submission that states everything rightly; nil: it does
// not run.
func (k *Key) mutated(text string) *work {
	file, diags := new(lang.Parser).Parse(lang.NewSource(k.file.Source.Name, text), lang.Limits{})
	if diags.Failed() {
		return nil
	}
	opts := k.opts
	opts.Place = true
	w := &work{file: file, v: eval.Evaluate(file, opts), claims: map[string][]claim.Claim{}, sheet: true}
	if w.net = w.v.Network; w.net.Failed {
		return nil
	}
	w.layers = len(counted(w.net))
	k.stateAll(w, k.solutions[0])
	return w
}

// stateAll lets a submission state what a reading wants.
func (k *Key) stateAll(w *work, r *solution) {
	for i := range k.marks {
		for _, t := range r.targets[i] {
			w.claims[t.name] = []claim.Claim{{Target: t.name, Value: t.value, Source: k.file.Source}}
		}
	}
}

// accepts reports a network that one of the readings is.
func (k *Key) accepts(w *work) bool {
	return slices.ContainsFunc(k.solutions, func(r *solution) bool { return !r.wrong && r.inOrder(w.net).First < 0 })
}

// with is the key's text with another in place of a statement.
func (k *Key) with(s *lang.Stmt, text string) string {
	src := k.file.Source.Text
	return src[:s.Span.Start] + text + src[s.Span.End:]
}

// layerStmts gives the statements outside all braces that are layers, each with the
// node that it makes; -1: it is none, or makes several.
func (k *Key) layerStmts(net *network.Network, each func(s *lang.Stmt, l *lang.Layer, node int32) (stop bool)) {
	for i := range k.file.Stmts {
		s := &k.file.Stmts[i]
		l, ok := s.Node.(*lang.Layer)
		if !ok {
			continue
		}
		node := int32(slices.IndexFunc(net.Nodes, func(r network.Node) bool { return r.At == s.Span.Start && r.Group == network.None }))
		if each(s, l, node) {
			return
		}
	}
}

// extraPooling puts a pooling behind the last layer that leaves room for one.
func extraPooling(k *Key, net *network.Network) (text string, ok bool) {
	k.layerStmts(net, func(s *lang.Stmt, _ *lang.Layer, node int32) bool {
		if node >= 0 && !net.Nodes[node].Kind.Source && net.Nodes[node].Out.Spatial() == 2 && min(net.Nodes[node].Out.At(0), net.Nodes[node].Out.At(1)) >= 2 {
			with := k.with(s, k.text(s.Span)+"; maxpool 2x2")
			if k.mutated(with) != nil {
				text, ok = with, true
			}
		}
		return false
	})
	return text, ok
}

// inputWith writes the key's first input with other axes.
func inputWith(k *Key, net *network.Network, change func(axes []int64)) (text string, ok bool) {
	k.layerStmts(net, func(s *lang.Stmt, l *lang.Layer, node int32) bool {
		if node < 0 || !net.Nodes[node].Kind.Source || net.Nodes[node].Out.Spatial() != 2 || net.Nodes[node].Out.IsTokens() {
			return false
		}
		axes := slices.Clone(net.Nodes[node].Out.Axes())
		change(axes)
		words := l.Kind.Text
		if name := net.Nodes[node].Name; name != words {
			words += " " + name
		}
		text, ok = k.with(s, words+" "+layer.NewShape(axes...).String()), true
		return true
	})
	return text, ok
}

func doubledInput(k *Key, net *network.Network) (string, bool) {
	return inputWith(k, net, func(axes []int64) { axes[0], axes[1] = 2*axes[0], 2*axes[1] })
}

func otherChannels(k *Key, net *network.Network) (string, bool) {
	return inputWith(k, net, func(axes []int64) {
		if axes[2] == 3 {
			axes[2] = 4
		} else {
			axes[2] = 3
		}
	})
}

// untied gives the last layer that shares parameters ones of its own.
func untied(k *Key, net *network.Network) (text string, ok bool) {
	k.layerStmts(net, func(s *lang.Stmt, l *lang.Layer, node int32) bool {
		if l.Tie != nil && node >= 0 && net.Nodes[node].Owner >= 0 && !net.Nodes[node].Turned {
			r := &net.Nodes[node]
			text, ok = k.with(s, r.Kind.Name+" "+r.Name+" "+r.Kind.Short(r.Args)), true
		}
		return false
	})
	return text, ok
}

// noBias leaves all biases out.
func noBias(k *Key, net *network.Network) (string, bool) {
	learns := slices.ContainsFunc(net.Nodes, func(r network.Node) bool { return r.Biases > 0 && r.Kind.Find("bias") >= 0 })
	return "assume no bias\n" + k.file.Source.Text, learns
}

// movedSkip takes for the first merge by name the tensor of another layer of the same
// shape.
func movedSkip(k *Key, net *network.Network) (text string, ok bool) {
	k.layerStmts(net, func(s *lang.Stmt, l *lang.Layer, node int32) bool {
		if node < 0 || len(l.With) == 0 || !net.Nodes[node].Kind.Merges {
			return false
		}
		from := net.Nodes[node].From[len(net.Nodes[node].From)-1]
		ref := l.With[len(l.With)-1]
		for i := int32(node) - 1; i >= 0; i-- {
			r := &net.Nodes[i]
			if i == from || r.Out != net.Nodes[from].Out || r.Kind.Light || slices.Contains(net.Nodes[node].From, i) {
				continue
			}
			src := k.file.Source.Text
			with := fmt.Sprintf("%s%s%s", src[:ref.Span.Start], net.Path(i), src[ref.Span.End:])
			if w := k.mutated(with); w != nil && !k.accepts(w) {
				text, ok = with, true
				return true
			}
		}
		return false
	})
	return text, ok
}
