package grade

import (
	"slices"

	"cnnl/eval"
	"cnnl/lang"
)

// readReadings runs the key and every reading that it accepts.
func (k *Key) readReadings(diags *lang.Diagnostics) {
	k.addReading(diags, "", k.file)
	for i := range k.file.Stmts {
		if n, ok := k.file.Stmts[i].Node.(*lang.Accept); ok {
			k.addReading(diags, n.Title.Value(), k.accepted(n))
		}
	}
}

// accepted is the key's script in another reading: whole, where what is
// accepted begins with an input; otherwise with its assumes in front and its
// lets in place of the key's.
func (k *Key) accepted(n *lang.Accept) *lang.File {
	own := map[string]*lang.Stmt{}
	var front []lang.Stmt
	for i := range n.Body.Stmts {
		s := &n.Body.Stmts[i]
		switch node := s.Node.(type) {
		case *lang.Layer:
			return &lang.File{Source: k.file.Source, Stmts: slices.Concat(k.declarations(), n.Body.Stmts)}
		case *lang.Let:
			own[node.Name.Text] = s
		default:
			front = append(front, *s)
		}
	}
	stmts := front
	for i := range k.file.Stmts {
		s := k.file.Stmts[i]
		if let, ok := s.Node.(*lang.Let); ok && own[let.Name.Text] != nil {
			s = *own[let.Name.Text]
			delete(own, let.Name.Text)
		}
		stmts = append(stmts, s)
	}
	for i := range n.Body.Stmts { // lets that the key does not have come first
		if let, ok := n.Body.Stmts[i].Node.(*lang.Let); ok && own[let.Name.Text] != nil {
			stmts = slices.Insert(stmts, len(front), n.Body.Stmts[i])
		}
	}
	return &lang.File{Source: k.file.Source, Stmts: stmts}
}

// declarations are the key's blocks and what they need, for a reading that is
// a network of its own.
func (k *Key) declarations() (stmts []lang.Stmt) {
	for i := range k.file.Stmts {
		switch k.file.Stmts[i].Node.(type) {
		case *lang.Block, *lang.UseStmt, *lang.Let:
			stmts = append(stmts, k.file.Stmts[i])
		}
	}
	return stmts
}

func (k *Key) addReading(diags *lang.Diagnostics, name string, file *lang.File) {
	r := &reading{name: name, v: eval.Evaluate(file, k.opts)}
	for _, d := range r.v.Diags.List {
		if name != "" && d.Code == lang.Expect {
			continue // a claim of the key need not hold in another reading
		}
		if name != "" {
			d.Summary = "accept " + lang.Quote(name) + ": " + d.Summary
		}
		diags.Add(d)
	}
	if diags.Failed() {
		return
	}
	net := r.v.Network
	for i := range net.Rows[:net.Good] {
		row := &net.Rows[i]
		if !row.Kind.Source && !row.Kind.Light {
			r.shaped = append(r.shaped, int32(i))
			if row.PerUse > 0 || row.Owner >= 0 {
				r.learned = append(r.learned, int32(i))
			}
		}
	}
	for i := range k.marks {
		k.prepare(diags, r, &k.marks[i])
	}
	k.readings = append(k.readings, r)
}

// prepare works out what a mark wants in one reading.
func (k *Key) prepare(diags *lang.Diagnostics, r *reading, m *mark) {
	var values []eval.Value
	var targets []target
	switch m.how {
	case quantity:
		for _, ref := range m.refs {
			v, _ := k.ask(diags, r, m, ref)
			values = append(values, v)
		}
	case shares:
		for _, ref := range m.refs {
			k.row(diags, r, m, ref)
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
func (k *Key) ask(diags *lang.Diagnostics, r *reading, m *mark, ref *lang.Ref) (eval.Value, *lang.Expr) {
	e := &lang.Expr{First: lang.Operand{Ref: ref, Span: ref.Span}}
	v, more := r.v.Ask(e, k.file.Source)
	for _, d := range more.List {
		if d.Summary = "mark " + lang.Quote(m.title) + ": " + d.Summary; r.name != "" {
			d.Summary += " (accept " + lang.Quote(r.name) + ")"
		}
		diags.Add(d)
	}
	return v, e
}

// row finds the layer that a mark names.
func (k *Key) row(diags *lang.Diagnostics, r *reading, m *mark, ref *lang.Ref) int32 {
	rows := r.v.Rows(ref, k.file.Source)
	if len(rows) == 0 {
		k.complain(diags, ref.Span, "mark "+lang.Quote(m.title)+" needs a layer", "found "+lang.Quote(k.text(ref.Span)), "name a layer of the key")
		return -1
	}
	return rows[0]
}

// wanted lists what a mark wants stated: what it names, or what the key
// claims itself.
func (k *Key) wanted(diags *lang.Diagnostics, r *reading, m *mark) (list []target) {
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
		t := target{name: eval.Target(ref, k.file.Source), row: -1, value: v, ref: e}
		if rows := r.v.Rows(ref, k.file.Source); len(rows) > 0 {
			t.row = rows[0]
			t.tail = t.name[len(r.v.Network.Path(t.row)):]
		} else if isValue(k.Lets(), ref) {
			t.name = ref.Head.Text
		}
		list = append(list, t)
	}
	return list
}

func isValue(lets []string, ref *lang.Ref) bool {
	return len(ref.Path) == 0 && slices.Contains(lets, ref.Head.Text)
}

// wantedOfAll is a property of every layer that counts.
func (k *Key) wantedOfAll(diags *lang.Diagnostics, r *reading, m *mark, ref *lang.Ref) (list []target) {
	property := ref.Path[0].Attr.Text
	if !slices.Contains(eval.Properties(), property) {
		k.complain(diags, ref.Path[0].Attr.Span(), "mark "+lang.Quote(m.title)+": layers have no ."+property, "", "write for example all.out or all.params")
		return nil
	}
	rows := r.learned
	if property == "out" {
		rows = r.shaped
	}
	for _, row := range rows {
		e := &lang.Expr{First: lang.Operand{Ref: ref, Span: ref.Span}}
		list = append(list, target{name: r.v.Network.Path(row) + "." + property, row: row, tail: "." + property, value: r.v.Property(row, property), ref: e})
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
