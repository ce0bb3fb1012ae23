package eval

import (
	"cmp"
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/value"
	"cnnl/lang"
)

// An assumption is the default that an assume gives an option of a kind.
type assumption struct {
	kind  *layer.Kind
	param int
	arg   layer.Arg
}

// applyAssumed puts assumed defaults in place of a kind's own.
func (m *machine) applyAssumed(kind *layer.Kind, args layer.Args) {
	for _, a := range m.assumed {
		if a.kind == kind {
			args[a.param] = a.arg
		}
	}
}

// assumeArg makes an argument the default from here on. The list is never
// changed in place: blocks keep the one that held where they were written.
func (m *machine) assumeArg(kind *layer.Kind, param int, arg layer.Arg) {
	list := slices.DeleteFunc(slices.Clone(m.assumed), func(a assumption) bool { return a.kind == kind && a.param == param })
	arg.From = layer.Assumed
	m.assumed = append(list, assumption{kind, param, arg})
}

// assume runs `assume [KIND] OPTION [VALUE]`. Without a kind it reaches the
// kinds marked as common that have the option.
func (m *machine) assume(n *lang.Assume) {
	words := n.Words
	if kind := layer.Find(words[0].Name.Text); kind != nil && words[0].No.Text == "" {
		m.assumeFor([]*layer.Kind{kind}, words[0].Span(), words[1:])
		return
	}
	var common []*layer.Kind
	for _, k := range layer.All {
		if k.Common {
			common = append(common, k)
		}
	}
	m.assumeFor(common, words[0].Span(), words)
}

// assumeFor gives the kinds that have the option its new default. Where none
// can take it, the first that has the option says why.
func (m *machine) assumeFor(kinds []*layer.Kind, at lang.Span, words []lang.Word) {
	if len(words) == 0 {
		m.errorf(lang.Argument, at, "assume needs an option", "", "write for example assume "+kinds[0].Name+" "+assumable(kinds[0]))
		return
	}
	with := slices.DeleteFunc(slices.Clone(kinds), func(k *layer.Kind) bool {
		i := k.Find(words[0].Name.Text)
		return i < 0 || k.Params[i].Value
	})
	if len(with) == 0 {
		m.unassumable(kinds, words)
		return
	}
	if p := &with[0].Params[with[0].Find(words[0].Name.Text)]; p.Alone || p.Instead {
		m.errorf(lang.Argument, words[0].Span(), "an assume cannot set "+p.Name, p.Name+" stands in place of "+with[0].Name+"'s values", "write it where it holds: "+strings.TrimSpace(with[0].Name+" "+p.Name+" "+p.Sample()))
		return
	}
	accepted := 0
	for _, k := range with {
		accepted += m.assumeOne(k, words)
	}
	if accepted == 0 && m.muted == 0 {
		b := m.optionBinder(with[0], words)
		b.takeOptions(func(*layer.Param) bool { return true })
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
func (m *machine) unassumable(kinds []*layer.Kind, words []lang.Word) {
	if words[0].Name.Text == "" {
		m.errorf(lang.Argument, words[0].Span(), "an option's name comes first", "found "+lang.Quote(m.text(words[0].Span())), "write for example assume pad same")
		return
	}
	if len(kinds) > 1 {
		for _, k := range layer.All {
			if i := k.Find(words[0].Name.Text); i >= 0 && !k.Params[i].Value {
				m.errorf(lang.Argument, words[0].Span(), "an assume without a kind does not reach "+k.Name, "it reaches "+joinWords(kindNames(kinds)),
					"name the kind: assume "+k.Name+" "+words[0].Name.Text)
				return
			}
		}
	}
	b := m.optionBinder(kinds[0], words)
	b.takeOptions(func(*layer.Param) bool { return true })
}

func (m *machine) optionBinder(k *layer.Kind, words []lang.Word) *binder {
	return &binder{m: m, n: &lang.Layer{}, kind: k, words: words, bound: bound{args: k.Defaults(), spans: make([]lang.Span, len(k.Params)), ok: true}}
}

// assumeOne gives one kind's option its new default; 0: it cannot take it.
func (m *machine) assumeOne(k *layer.Kind, words []lang.Word) int {
	m.muted++
	defer func() { m.muted-- }()
	b := m.optionBinder(k, words)
	b.takeOptions(func(*layer.Param) bool { return true })
	if !b.ok {
		return 0
	}
	for i, a := range b.args {
		if a.From == layer.Given {
			m.assumeArg(k, i, a)
		}
	}
	return 1
}

// A setting is a let's value from outside the script.
type setting struct {
	value value.Value
	used  bool
}

// applyOptions reads what stands in place of lets and before the first line.
func (m *machine) applyOptions() {
	m.settings = make(map[string]*setting, len(m.opts.Set))
	for _, s := range m.opts.Set {
		from := cmp.Or(s.From, "--set")
		stmt := m.outside(from, "let "+s.Name+" = "+s.Value)
		m.settings[s.Name] = &setting{}
		if let, ok := stmt.(*lang.Let); ok {
			m.settings[s.Name] = &setting{value: m.inSource(from, "let "+s.Name+" = "+s.Value, func() value.Value { return m.value(&let.Value) })}
		}
	}
	for _, text := range m.opts.Assume {
		if assume, ok := m.outside("--assume", "assume "+text).(*lang.Assume); ok {
			m.inSource("--assume", "assume "+text, func() value.Value { m.assume(assume); return value.Value{} })
		}
	}
}

// outside parses one statement that is no part of the script.
func (m *machine) outside(name, text string) lang.Node {
	file, diags := lang.Parse(lang.NewSource(name, text), lang.Limits{})
	m.diags.Merge(diags)
	if diags.Failed() {
		return nil
	}
	if len(file.Stmts) != 1 {
		m.diags.Add(lang.Diagnostic{Code: lang.Syntax, Source: file.Source, Span: file.Stmts[1].Span, Summary: name + " takes one value, in one statement", Hint: "leave this out, or give it on its own"})
		return nil
	}
	return file.Stmts[0].Node
}

// inSource computes something whose messages quote another text.
func (m *machine) inSource(name, text string, compute func() value.Value) value.Value {
	own := m.src
	m.src = lang.NewSource(name, text)
	defer func() { m.src = own }()
	return compute()
}

// setValue is the value from outside for a let, or nil.
func (m *machine) setValue(n *lang.Let) *value.Value {
	s := m.settings[n.Name.Text]
	if s == nil || m.library {
		return nil
	}
	s.used = true
	return &s.value
}

// checkSettings tells of values for lets that the script does not have.
func (m *machine) checkSettings() {
	for _, s := range m.opts.Set {
		if set := m.settings[s.Name]; set == nil || set.used {
			continue
		}
		var lets []string
		lang.Walk(m.stmts, func(stmt *lang.Stmt) {
			if let, ok := stmt.Node.(*lang.Let); ok {
				lets = append(lets, let.Name.Text)
			}
		})
		hint := "a script says what can be set: let " + s.Name + " = 20"
		if near := lang.Nearest(s.Name, lets...); near != "" {
			hint = "did you mean " + near + "?"
		} else if len(lets) > 0 {
			hint = "its lets are " + joinWords(lets)
		}
		m.diags.Add(lang.Diagnostic{Code: lang.Naming, Summary: "--set: the script has no let called " + s.Name, Hint: hint})
	}
}
