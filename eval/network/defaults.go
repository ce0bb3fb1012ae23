package network

import (
	"iter"
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// Defaults that decided a number.

// Assumed lists the options of a node whose default decided a number: under
// the other usual reading its shape or its parameters would be others.
func (n *Network) Assumed(r *Node) (options []string) {
	call := n.CallOf(r)
	for p := range Decided(call, r, new(calc.Sheet)) {
		options = append(options, call.Kind.Params[p].Name)
	}
	return options
}

// Unsaid says for each of them what was taken.
func (n *Network) Unsaid(r *Node) (words []string) {
	call := n.CallOf(r)
	for p := range Decided(call, r, new(calc.Sheet)) {
		if said := call.Kind.Params[p].Unsaid; said != "" && !slices.Contains(words, said) {
			words = append(words, said)
		}
	}
	return words
}

// seesElse reports that a node's positions look at others in another call of it.
func seesElse(other, call *layer.Call, row *Node) bool {
	if call.Kind.Window == nil || !row.Field.Known() {
		return false
	}
	call.Out = row.Out
	for axis := range row.Out.Spatial() {
		if call.Kind.Window(other, axis) != call.Kind.Window(call, axis) {
			return true
		}
	}
	return false
}

// Decided yields the parameters whose default decided the shape, how many
// parameters the node uses, or what its positions see, each with the shape under the
// other usual reading. The other ways are tried on the sheet.
func Decided(call *layer.Call, row *Node, sheet *calc.Sheet) iter.Seq2[int, layer.Shape] {
	return func(yield func(int, layer.Shape) bool) {
		if call.Kind.Source || call.Args == nil {
			return
		}
		for p := range call.Kind.Params {
			param := &call.Kind.Params[p]
			if !unsaid(call, p) {
				continue
			}
			args := slices.Clone(call.Args)
			args[p] = param.Other()
			if along := call.Kind.Find(param.Along); along >= 0 {
				args[along] = call.Kind.Params[along].Other()
			}
			if out, differs := under(call, row, args, sheet); differs && !yield(p, out) {
				return
			}
		}
	}
}

// unsaid reports a parameter of which nothing is said, and which others read
// otherwise in such a layer.
func unsaid(call *layer.Call, p int) bool {
	param := &call.Kind.Params[p]
	if along := call.Kind.Find(param.Along); along >= 0 && call.Args[along].From != layer.Defaulted {
		return false
	}
	return param.Reading != "" && call.Args[p].From == layer.Defaulted && !call.Kind.Answered(call.Args, p, layer.Assumed) &&
		(param.Where == nil || param.Where(call))
}

// under is the shape of a node under other arguments, and whether that, how many
// parameters it uses or what its positions see would be another. Arguments that
// cannot be make no difference.
func under(call *layer.Call, row *Node, args layer.Args, sheet *calc.Sheet) (out layer.Shape, differs bool) {
	sheet.Reset()
	other := layer.Call{Kind: call.Kind, In: call.In, With: call.With, Args: args, Sheet: sheet}
	out = other.Run()
	return out, other.Fault == nil && (out != row.Out || other.Params() != row.PerUse || seesElse(&other, call, row))
}

// Decides reports an argument of a node under which a number of it would be
// another.
func (n *Network) Decides(r *Node, p int, arg layer.Arg) bool {
	if !r.Out.Known() {
		return false
	}
	call := n.CallOf(r)
	args := slices.Clone(call.Args)
	args[p] = arg
	_, differs := under(call, r, args, new(calc.Sheet))
	return differs
}
