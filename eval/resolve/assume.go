package resolve

import (
	"cmp"
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// An Assumption is the default that an assume gives an option of a kind.
type Assumption struct {
	Kind  *layer.Kind
	Param int
	Arg   layer.Arg
	Open  *Open // its value is only known in a run
	ID    int   // of those: its number, from 1
}

// applyAssumed puts assumed defaults in place of a kind's own.
func (b *binder) applyAssumed() {
	for i := range b.r.assumed {
		a := &b.r.assumed[i]
		switch {
		case a.Kind != b.kind:
		case a.Open != nil:
			b.open = append(b.open, Open{Param: a.Param, Assumed: a.ID})
		default:
			b.args[a.Param] = a.Arg
		}
	}
}

// settle takes out what is only assumed where the statement decides: by the
// option itself, by one that excludes it, or by having no use for it.
func (b *binder) settle() {
	if len(b.r.assumed) == 0 {
		return
	}
	b.open = slices.DeleteFunc(b.open, func(o Open) bool {
		return o.Assumed > 0 && (b.args[o.Param].From == layer.Given || b.kind.Answered(b.args, o.Param, layer.Given))
	})
	for i := range b.args {
		if b.args[i].From == layer.Assumed && b.kind.Answered(b.args, i, layer.Given) {
			b.args[i] = b.kind.Params[i].Default
		}
	}
	b.settleOf()
}

// settleOf takes out what is assumed of an option that is not there.
func (b *binder) settleOf() {
	idle := func(i int) bool { return b.kind.Idle(b.args, i) && !b.waits(b.kind.Find(b.kind.Params[i].Of)) }
	b.open = slices.DeleteFunc(b.open, func(o Open) bool { return o.Assumed > 0 && idle(o.Param) })
	for i := range b.args {
		if b.args[i].From == layer.Assumed && idle(i) {
			b.args[i] = b.kind.Params[i].Default
		}
	}
}

// overruled lists what is assumed of options that a block of the standard library
// states itself: who uses it does not see that.
func (b *binder) overruled() (list []Assumption) {
	if !b.r.unit.Library || !b.ok || b.n.Tie != nil {
		return nil
	}
	for _, a := range b.r.assumed {
		if a.Kind == b.kind && a.Open == nil && (b.args[a.Param].From == layer.Given || b.kind.Answered(b.args, a.Param, layer.Given)) {
			list = append(list, a)
		}
	}
	return list
}

// assumeArg makes an argument the default from here on. The list is never
// changed in place: those around the braces keep theirs. Of a group the latest
// holds.
func (r *Resolver) assumeArg(a Assumption) {
	group := a.Kind.Params[a.Param].Group
	list := slices.DeleteFunc(slices.Clone(r.assumed), func(old Assumption) bool {
		return old.Kind == a.Kind && (old.Param == a.Param || group != "" && a.Kind.Params[old.Param].Group == group)
	})
	a.Arg.From = layer.Assumed
	r.assumed = append(list, a)
}

// assume resolves `assume [KIND] OPTION [VALUE]`. Without a kind it reaches the
// kinds marked as common that have the option.
func (r *Resolver) assume(n *lang.Assume) Node {
	before := r.prog.Assumptions
	words := n.Words
	if kind := layer.Find(words[0].Name.Text); kind != nil && words[0].No.Text == "" {
		r.assumeFor([]*layer.Kind{kind}, words[0].Span(), words[1:])
	} else {
		var common []*layer.Kind
		for _, k := range layer.All {
			if k.Common {
				common = append(common, k)
			}
		}
		r.assumeFor(common, words[0].Span(), words)
	}
	if r.prog.Assumptions == before {
		return nil
	}
	return &Assume{slices.DeleteFunc(slices.Clone(r.assumed), func(a Assumption) bool { return a.ID <= before }), r.unit}
}

// assumeFor gives the kinds that have the option its new default. Where none
// can take it, the first that has the option says why.
func (r *Resolver) assumeFor(kinds []*layer.Kind, at lang.Span, words []lang.Word) {
	if len(words) == 0 {
		r.errorf(lang.Argument, at, "assume needs an option", "", "as in assume "+kinds[0].Name+" "+assumable(kinds[0]))
		return
	}
	with := slices.DeleteFunc(slices.Clone(kinds), func(k *layer.Kind) bool {
		i := k.Find(words[0].Name.Text)
		return i < 0 || k.Params[i].Value
	})
	if len(with) == 0 {
		r.unassumable(kinds, words)
		return
	}
	if p := &with[0].Params[with[0].Find(words[0].Name.Text)]; p.Alone || p.Instead {
		r.errorf(lang.Argument, words[0].Span(), "an assume cannot set "+p.Name, p.Name+" stands in place of "+with[0].Name+"'s values", "it stands where it holds: "+strings.TrimSpace(with[0].Name+" "+p.Name+" "+p.Sample()))
		return
	}
	var accept *layer.Kind
	for _, k := range with {
		if r.assumeOne(k, words) && accept == nil {
			accept = k
		}
	}
	if accept == nil || slices.ContainsFunc(words, isOpen) { // names in the words have been read in silence
		b := r.optionBinder(cmp.Or(accept, with[0]), words)
		b.takeOptions(func(*layer.Param) bool { return true })
		b.checkTogether()
	}
}

func assumable(k *layer.Kind) string {
	for i := range k.Params {
		if p := &k.Params[i]; !p.Value && p.Type != layer.Flag {
			return p.Name + " " + p.Sample()
		}
	}
	return "OPTION VALUE"
}

// unassumable tells of an option that none of the kinds has.
func (r *Resolver) unassumable(kinds []*layer.Kind, words []lang.Word) {
	if words[0].Name.Text == "" {
		r.errorf(lang.Argument, words[0].Span(), "an option's name comes first", "found "+lang.Quote(r.text(words[0].Span())), "as in assume pad same")
		return
	}
	if len(kinds) > 1 {
		for _, k := range layer.All {
			if i := k.Find(words[0].Name.Text); i >= 0 && !k.Params[i].Value {
				r.errorf(lang.Argument, words[0].Span(), "an assume without a kind does not reach "+k.Name, "it reaches "+lang.Join(kindNames(kinds)),
					"an assume can name its kind", lang.Edit{Span: lang.Span{Start: words[0].Span().Start, End: words[0].Span().Start}, Text: k.Name + " "})
				return
			}
		}
	}
	b := r.optionBinder(kinds[0], words)
	b.takeOptions(func(*layer.Param) bool { return true })
}

func (r *Resolver) optionBinder(k *layer.Kind, words []lang.Word) *binder {
	return &binder{r: r, n: &lang.Layer{}, kind: k, words: words, spans: make([]lang.Span, len(k.Params)), bound: bound{args: k.Defaults(), ok: true}}
}

// assumeOne gives one kind's option its new default; false: it cannot take it.
func (r *Resolver) assumeOne(k *layer.Kind, words []lang.Word) bool {
	r.muted++
	defer func() { r.muted-- }()
	b := r.optionBinder(k, words)
	b.takeOptions(func(*layer.Param) bool { return true })
	b.checkTogether()
	if !b.ok {
		return false
	}
	for i, arg := range b.args {
		if arg.From == layer.Given && !b.waits(i) {
			r.assumeArg(Assumption{Kind: k, Param: i, Arg: arg})
		}
	}
	for i := range b.open {
		r.prog.Assumptions++
		r.assumeArg(Assumption{Kind: k, Param: b.open[i].Param, Open: &b.open[i], ID: r.prog.Assumptions})
	}
	return true
}
