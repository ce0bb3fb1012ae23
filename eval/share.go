package eval

import (
	"fmt"
	"slices"
	"strings"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// share binds KIND NAME = OWNER: the owner's arguments, and options that do
// not touch what is shared.
func (b *binder) share() {
	b.args = b.kind.Defaults()
	if len(b.words) > 0 {
		b.wordsBeforeTie()
		return
	}
	e := b.m.layerNamed(b.n.Tie)
	if e == nil || e.sort != isLayer {
		b.ok = false
		return
	}
	owner := &b.m.net.Rows[e.row]
	if owner.Kind != b.kind {
		b.errorf(lang.Share, b.n.Tie.Span, fmt.Sprintf("%s %s cannot share the parameters of %s %s", b.kind.Name, b.name.Text, owner.Kind.Name, owner.Name),
			"only layers of one kind can share", "name a "+b.kind.Name+" behind =, or write "+b.kind.Example)
		return
	}
	if b.kind.Source {
		b.errorf(lang.Share, b.n.Tie.Span, "an input has nothing to share", "", "write "+b.kind.Example)
		return
	}
	b.tie = e.row
	b.args = slices.Clone(owner.Args)
	b.ok = owner.Out.Known() || b.ok && owner.Args != nil
	b.words = b.n.Changes
	b.takeOptions(true)
}

// wordsBeforeTie tells of words between a layer's name and its =. Often = was
// written between an option and its value.
func (b *binder) wordsBeforeTie() {
	last := b.words[len(b.words)-1]
	hint := "write " + strings.TrimSpace(b.kind.Name+" "+b.name.Text) + " = " + b.n.Tie.Head.Text + ", or give it values of its own without ="
	if i := b.kind.Find(last.Name.Text); i >= 0 || b.foreign(last.Name.Text) != nil {
		hint = "options are written without =: " + last.Name.Text + " " + b.n.Tie.Head.Text
	}
	b.errorf(lang.Argument, b.n.Tie.Span, "only a name stands before =", "found "+lang.Quote(b.text(b.words)), hint)
}

// owner is the row that owns what row i uses.
func (m *machine) owner(i int32) int32 {
	if owner := m.net.Rows[i].Owner; owner != none {
		return owner
	}
	return i
}

// fitsTie holds a layer to what it shares: its parameters, computed for its
// own input, must be the owner's, number by number.
func (m *machine) fitsTie(n *lang.Layer, b bound, row *Row, call *layer.Call) bool {
	owner := &m.net.Rows[row.Owner]
	m.other.Reset()
	theirs := m.net.Call(int(row.Owner))
	theirs.Sheet = &m.other
	theirs.Run()
	mine, have := terms(call.Banks()), terms(theirs.Banks())
	for i := range mine {
		if i < len(have) && mine[i] == have[i] {
			continue
		}
		m.errorf(lang.Share, n.Tie.Span, fmt.Sprintf("%s %s cannot share %s's parameters", row.Kind.Name, row.Name, owner.Name),
			misfit(owner, row, theirs.In, call.In, have, mine, i),
			fmt.Sprintf("give it parameters of its own: %s", strings.Join(strings.Fields(row.Kind.Name+" "+b.name.Text+" "+row.Kind.Short(row.Args)), " ")))
		return false
	}
	return true
}

// misfit says in which number two layers differ.
func misfit(owner, row *Row, theirs, mine layer.Shape, have, want []calc.Term, i int) string {
	if i >= len(have) || have[i].Name != want[i].Name {
		return fmt.Sprintf("%s's input is %s, %s's is %s", owner.Name, theirs, row.Name, mine)
	}
	return fmt.Sprintf("%s's parameters are for %s %s (its input is %s); %s's input %s has %s", owner.Name,
		lang.Group(have[i].Value), have[i].Name, theirs, row.Name, mine, lang.Group(want[i].Value))
}

func terms(banks []layer.Bank) (list []calc.Term) {
	for _, b := range banks {
		list = append(list, calc.Sum(b.Fan, b.Bias).Terms()...)
		list = append(list, b.Units.Terms()...)
	}
	return list
}
