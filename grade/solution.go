package grade

import (
	"slices"
	"strings"

	"cnnl/compare"
	"cnnl/eval"
	"cnnl/eval/claim"
	"cnnl/eval/network"
	"cnnl/eval/reading"
	"cnnl/eval/value"
	"cnnl/lang"
)

// readSolutions runs the key and every reading that it accepts.
func (k *Key) readSolutions(diags *lang.Diagnostics) {
	k.addSolution(diags, &solution{worth: all()}, k.file, k.opts.Reading)
	others := reading.Of(k.file)
	for i := range others {
		other := &others[i]
		k.checkAccepted(diags, other)
		file, changed := other.Script(k.file, k.computes)
		r := &solution{name: other.Title, wrong: other.Wrong}
		if r.wrong {
			r.worth = k.worthOf(diags, other.Worth, 0)
		} else {
			r.worth = k.worthOf(diags, other.Worth, 100)
		}
		k.addSolution(diags, r, file, changed.And(k.opts.Reading))
	}
}

// computes reports a let of the key that is made of its network's numbers.
func (k *Key) computes(let string) (computed bool) {
	for _, c := range claim.Of(k.file) {
		if c.Target == let {
			computed = c.Ref == nil && c.Why != ""
		}
	}
	return computed
}

// checkAccepted refuses what would be passed over: lets that set nothing.
func (k *Key) checkAccepted(diags *lang.Diagnostics, r *reading.Other) {
	if r.Whole() {
		return
	}
	keys := k.Lets()
	for _, let := range r.Lets() {
		if !slices.Contains(keys, let.Name.Text) && !strings.Contains(k.text(r.Span), "$"+let.Name.Text) {
			word := "accept "
			if r.Wrong {
				word = "misconception "
			}
			k.complain(diags, let.Name.Span(), word+lang.Quote(r.Title)+" sets "+let.Name.Text+", which the key does not have", k.letsSaid(), "name one of the key's lets, or give the whole network, from its input")
		}
	}
}

// title is how messages call a reading: the key, accept "same padding".
func (r *solution) title() string {
	switch {
	case r.name == "":
		return "the key"
	case r.wrong:
		return "misconception " + lang.Quote(r.name)
	}
	return "accept " + lang.Quote(r.name)
}

func (k *Key) addSolution(diags *lang.Diagnostics, r *solution, file *lang.File, how reading.Reading) {
	opts := k.opts
	opts.Reading, opts.Place = how, true
	r.v = eval.Evaluate(file, opts)
	for _, d := range r.v.Diags.List {
		if r.name != "" && d.Code == lang.Expect {
			continue // a claim of the key need not hold in another reading
		}
		if r.name != "" {
			d.Summary = r.title() + ": " + d.Summary
		}
		diags.Add(d)
	}
	if diags.Failed() {
		return
	}
	net := r.v.Network
	r.shaped = counted(net)
	for _, i := range r.shaped {
		if row := &net.Nodes[i]; row.PerUse > 0 || row.Owner >= 0 {
			r.learned = append(r.learned, i)
		}
	}
	r.written, r.flowing = compare.NewSide(net, written).Whole(), compare.NewSide(net, flowing).Whole()
	r.straight = slices.IsSorted(compare.Flow(net))
	for i := range k.marks {
		asked := diags
		if r.wrong {
			asked = new(lang.Diagnostics) // it need not have what the key asks for
		}
		k.prepare(asked, r, &k.marks[i])
	}
	k.solutions = append(k.solutions, r)
	if !diags.Failed() {
		r.compareWith(k.solutions[0], k.marks)
	}
}

// compareWith finds the marks for which a reading wants something else than the key.
func (r *solution) compareWith(key *solution, marks []mark) {
	differs := compare.Sides(r.written, key.written).First != compare.None
	for i := range marks {
		other := false
		switch how := marks[i].how; {
		case how == quantity:
			other = !slices.EqualFunc(r.values[i], key.values[i], value.Value.Equal)
		case how == answers:
			other = !slices.EqualFunc(r.targets[i], key.targets[i], func(a, b target) bool { return a.value.Equal(b.value) })
		case ways[how].compares:
			other = differs
		}
		r.other = append(r.other, other)
	}
}

// prepare works out what a mark wants in one reading.
func (k *Key) prepare(diags *lang.Diagnostics, r *solution, m *mark) {
	var values []value.Value
	var targets []target
	switch m.how {
	case quantity:
		for _, ref := range m.refs {
			if isValue(k.Lets(), ref) {
				k.complain(diags, ref.Span, "mark "+lang.Quote(m.title)+" asks for a value of the key, which every network has", lang.Quote(ref.Head.Text)+" is a let",
					"to have it stated, write answers "+ref.Head.Text+"; otherwise name a number of the network")
				break
			}
			v, _ := k.ask(diags, r, m, ref)
			values = append(values, v)
		}
	case shares:
		rows := map[int32]bool{}
		for _, ref := range m.refs {
			row := k.row(diags, r, m, ref)
			if row >= 0 && rows[row] {
				k.complain(diags, ref.Span, "mark "+lang.Quote(m.title)+" names one layer twice", "found "+lang.Quote(k.text(ref.Span))+" again", "name the layers that share, each once")
			}
			rows[row] = true
		}
	case answers:
		targets = k.wanted(diags, r, m)
		if len(targets) == 0 && !diags.Failed() {
			k.complain(diags, m.span, "this mark names nothing to answer", "", "name what is to be stated: answers total all.params; or claim it in the key: expect c1.params == 740")
		}
	}
	r.values, r.targets = append(r.values, values), append(r.targets, targets)
}

// ask computes a quantity of a reading.
func (k *Key) ask(diags *lang.Diagnostics, r *solution, m *mark, ref *lang.Ref) (value.Value, *lang.Expr) {
	e := &lang.Expr{First: lang.Operand{Ref: ref, Span: ref.Span}}
	v, more := r.v.Ask(e, k.file.Source)
	for _, d := range more.List {
		if d.Summary = "mark " + lang.Quote(m.title) + ": " + d.Summary; r.name != "" {
			d.Summary += " (" + r.title() + ")"
		}
		diags.Add(d)
	}
	return v, e
}

// row finds the layer that a mark names.
func (k *Key) row(diags *lang.Diagnostics, r *solution, m *mark, ref *lang.Ref) int32 {
	q, ok := r.v.Quantity(ref, k.file.Source)
	if !ok {
		k.complain(diags, ref.Span, "mark "+lang.Quote(m.title)+" needs a layer", "found "+lang.Quote(k.text(ref.Span)), "name a layer of the key")
		return -1
	}
	return q.Node
}

// wanted lists what a mark wants stated: what it names, or what the key
// claims itself.
func (k *Key) wanted(diags *lang.Diagnostics, r *solution, m *mark) (list []target) {
	refs := m.refs
	if len(refs) == 0 {
		refs = claimed(k.file)
	}
	for _, ref := range refs {
		if ref.Head.Text == "all" && len(ref.Path) == 1 && ref.Path[0].Index == nil {
			list = append(list, k.wantedOfAll(diags, r, m, ref)...)
			continue
		}
		v, e := k.ask(diags, r, m, ref)
		name := claim.Target(ref, k.file.Source)
		t := target{name: name, said: name, row: -1, group: -1, value: v, ref: e}
		if q, ok := quantityOf(r.v, ref, k.file.Source); ok {
			t.name, t.row, t.tail, t.group = q.String(), q.Node, "."+q.Property, q.Group
			if q.Value.Known() {
				t.value, t.said = q.Value, q.String()
			}
		} else if isValue(k.Lets(), ref) {
			t.name, t.said = ref.Head.Text, ref.Head.Text
		}
		if of, ok := strings.CutSuffix(t.name, ".trainable"); ok && trainsAll(r.v.Network) {
			t.name, t.tail = of+".params", strings.Replace(t.tail, ".trainable", ".params", 1)
		}
		list = append(list, t)
	}
	return list
}

func isValue(lets []string, ref *lang.Ref) bool {
	return len(ref.Path) == 0 && slices.Contains(lets, ref.Head.Text)
}

// wantedOfAll is a property of every layer that counts.
func (k *Key) wantedOfAll(diags *lang.Diagnostics, r *solution, m *mark, ref *lang.Ref) (list []target) {
	property := ref.Path[0].Attr.Text
	if !slices.Contains(network.Properties, property) {
		k.complain(diags, ref.Path[0].Attr.Span(), "mark "+lang.Quote(m.title)+": layers have no ."+property, "", "as in all.out or all.params")
		return nil
	}
	rows := r.learned
	if property == "out" {
		rows = r.shaped
	}
	for _, row := range rows {
		e := &lang.Expr{First: lang.Operand{Ref: ref, Span: ref.Span}}
		if v := r.v.Property(row, property); v.Known() { // a layer without positions has no field
			name := r.v.Network.Path(row) + "." + property
			list = append(list, target{name: name, said: name, row: row, group: -1, tail: "." + property, value: v, ref: e})
		}
	}
	return list
}

// claimed lists the quantities of which a script makes claims.
func claimed(file *lang.File) (refs []*lang.Ref) {
	for i := range file.Stmts {
		n, ok := file.Stmts[i].Node.(*lang.ExpectStmt)
		if !ok {
			continue
		}
		if r := n.Claim.First.Ref; r != nil && len(n.Claim.Rest) > 0 && n.Claim.Rest[0].Op.Text == "==" && len(r.Args) == 0 && n.Claim.First.Sign.Text == "" {
			refs = append(refs, r)
		}
	}
	return refs
}
