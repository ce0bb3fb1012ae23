package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"cnnl/assist"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/render/terminal"
)

// Kinds lists the catalogue by family, a line for each kind.
func Kinds(w io.Writer, t terminal.Terminal) {
	name := 0
	for _, k := range layer.All {
		name = max(name, len(k.Name))
	}
	for i, f := range layer.Families {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, t.Paint(terminal.Faint, f.Name))
		for _, k := range f.Kinds {
			fmt.Fprintf(w, "  %s%s  %s\n", t.Paint(terminal.Bold, k.Name), strings.Repeat(" ", name-len(k.Name)), t.Wrap(k.Doc, name+4))
		}
	}
}

// LibraryBlocks lists the blocks of the standard library, a line for each.
func LibraryBlocks(w io.Writer, t terminal.Terminal, blocks []resolve.LibraryBlock) {
	name, library := 0, 0
	for _, b := range blocks {
		name, library = max(name, min(len(b.Example), 24)), max(library, len(b.Library)) // a long one moves its own line
	}
	fmt.Fprint(w, "\nblocks of the standard library, behind use LIBRARY\n")
	for _, b := range blocks {
		doc, _, _ := strings.Cut(b.Doc, ". ")
		fmt.Fprintf(w, "%s%s  %-*s  %s\n", t.Paint(terminal.Bold, b.Example), strings.Repeat(" ", max(name-len(b.Example), 0)), library, b.Library, t.Wrap(strings.TrimSuffix(doc, "."), name+library+4))
	}
}

// Meaning prints what a word means; false: it means nothing.
func Meaning(w io.Writer, t terminal.Terminal, m assist.Meaning) bool {
	switch {
	case m.Kind != nil:
		Kind(w, t, m.Kind)
	case m.Block != nil:
		LibraryBlock(w, t, *m.Block)
	case m.Usage != "":
		fmt.Fprintln(w, "write "+m.Usage)
	case m.Params != nil:
		paramUses(t, w, m.Word, sorts(m.Params), m.Params)
	case m.Term != "":
		fmt.Fprintln(w, t.Wrap(m.Term, 0))
	case m.Choices != nil:
		paramUses(t, w, m.Word, "a word of "+names(m.Choices), m.Choices)
	case m.Library != nil:
		LibraryBlocks(w, t, m.Library)
	case m.Page != "":
		fmt.Fprintln(w, m.Page)
	default:
		return false
	}
	return true
}

// paramUses says what a word is, and what it means to which kinds.
func paramUses(t terminal.Terminal, w io.Writer, word, what string, uses []assist.ParamUse) {
	fmt.Fprintf(w, "%s, %s\n", t.Paint(terminal.Bold, word), what)
	for _, u := range uses {
		kinds := strings.Join(u.Kinds, ", ")
		fmt.Fprintf(w, "  %s  %s: %s\n", kinds, t.Wrap(u.Doc, len(kinds)+4), u.Wants())
	}
}

// sorts says whether a word is an option, a value that stands by place, or to
// some kinds the one and to some the other.
func sorts(uses []assist.ParamUse) string {
	isValue := func(u assist.ParamUse) bool { return u.Value }
	isOption := func(u assist.ParamUse) bool { return !u.Value }
	switch {
	case !slices.ContainsFunc(uses, isValue):
		return "an option"
	case !slices.ContainsFunc(uses, isOption):
		return "a value"
	}
	return "an option or a value"
}

// names lists the names of parameters, each once.
func names(uses []assist.ParamUse) string {
	var list []string
	for _, u := range uses {
		if !slices.Contains(list, u.Name) {
			list = append(list, u.Name)
		}
	}
	return strings.Join(list, ", ")
}

// LibraryBlock explains a block of the standard library as a kind is, and shows
// how it is defined.
func LibraryBlock(w io.Writer, t terminal.Terminal, b resolve.LibraryBlock) {
	fmt.Fprintf(w, "%s\n  %s\n\nwritten, behind %s\n  %s\n", t.Paint(terminal.Bold, b.Name), t.Wrap(b.Doc, 2), t.Paint(terminal.Bold, "use "+b.Library), b.Usage())
	params(t, w, b.Kind, "values", true)
	params(t, w, b.Kind, "options", false)
	fmt.Fprintf(w, "\ndefined\n  %s\n", strings.ReplaceAll(b.Text, "\n", "\n  "))
}

// Kind explains one kind: how it is written, its values and options, the
// rules for its output and for what it learns.
func Kind(w io.Writer, t terminal.Terminal, k *layer.Kind) {
	fmt.Fprintf(w, "%s\n  %s\n\nwritten\n  %s\n  for example %s\n", t.Paint(terminal.Bold, k.Name), t.Wrap(k.Doc, 2), k.Usage(), t.Paint(terminal.Bold, k.Example))
	rules := network.Rules(k)
	if len(rules) > 0 {
		rules = append(rules, k.Sample().WordRules()...)
		width := 0
		for _, r := range rules {
			width = max(width, len(r.What))
		}
		fmt.Fprintf(w, "\nrules, for %s\n", rules[0].In.WithForm())
		for _, r := range rules {
			fmt.Fprintf(w, "  %-*s  %s\n", width, r.What, t.Wrap(r.Rule, width+4))
		}
	}
	params(t, w, k, "values", true)
	params(t, w, k, "options", false)
}

func params(t terminal.Terminal, w io.Writer, k *layer.Kind, title string, values bool) {
	width, any := 0, false
	for i := range k.Params {
		if p := &k.Params[i]; p.Value == values {
			width, any = max(width, len(p.Name)), true
		}
	}
	if !any {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for i := range k.Params {
		if p := &k.Params[i]; p.Value == values {
			text := p.Doc + ": " + p.Wants()
			if p.Type == layer.Any || p.Doc == "" || strings.HasPrefix(p.Doc, "where not given") {
				text = p.Doc
			}
			if d := p.DefaultText(); d != "" && !values {
				text += " (" + d + ")"
			}
			fmt.Fprintf(w, "  %-*s  %s\n", width, p.Name, t.Wrap(text, width+4))
			for i, about := range p.About {
				if about != "" {
					fmt.Fprintf(w, "  %-*s  %s\n", width, "", t.Wrap(p.Words[i]+": "+about, width+4))
				}
			}
		}
	}
}
