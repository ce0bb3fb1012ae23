package resolve_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/internal/chunk"
	"cnnl/internal/gen"
	"cnnl/lang"
)

// corpus lists scripts that run clean: the examples, the zoo, the tests' own.
func corpus(t *testing.T) (scripts []*lang.Source) {
	t.Helper()
	add := func(name, text string) {
		src := lang.NewSource(name, text)
		if _, diags := run(src, eval.Options{Open: beside(name)}); len(diags.List) == 0 {
			scripts = append(scripts, src)
		}
	}
	err := filepath.WalkDir("../../examples", func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".cnnl") && !strings.Contains(path, "submissions") {
			text, err := os.ReadFile(path)
			add(path, string(text))
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"testdata/right.cnnl", "../testdata/kinds.cnnl", "../testdata/language.cnnl", "../testdata/blocks.cnnl", "../testdata/claims.cnnl"} {
		for _, s := range chunk.Read(t, file) {
			add(file, strings.TrimLeft(s.Source.Text, "\n"))
		}
	}
	if len(scripts) < 180 {
		t.Errorf("only %d scripts run clean", len(scripts))
	}
	return scripts
}

// beside opens the files beside a script.
func beside(script string) func(string) (string, error) {
	return func(path string) (string, error) {
		text, err := os.ReadFile(filepath.Join(filepath.Dir(script), path))
		return string(text), err
	}
}

func program(src *lang.Source) *resolve.Program {
	file, _ := lang.Parse(src, lang.Limits{})
	return resolve.Script(file, resolve.Options{Open: beside(src.Name), Depth: lang.DefaultDepth, Source: lang.DefaultSource})
}

// TestEveryNameIsBound: what a calculation, $, =, with, from and freeze name is
// bound to what that name is called.
func TestEveryNameIsBound(t *testing.T) {
	for _, src := range corpus(t) {
		p := program(src)
		bound := func(text string, at int) {
			n, span := p.Script.NameAt(at)
			if n == nil || n.Sort != resolve.Automatic && n.Text != text || src.Text[span.Start:span.End] != text {
				line, _ := src.Position(at)
				t.Errorf("%s:%d: %s is bound to %v", src.Name, line, text, n)
			}
		}
		v := lang.Visitor{
			Stmt: func(s *lang.Stmt) bool {
				switch s.Node.(type) {
				case *lang.Accept, *lang.Misconception, *lang.Mark:
					return false
				}
				return true
			},
			Ref: func(r *lang.Ref) bool {
				if !lang.Reserved(r.Head.Text) && len(r.Args) == 0 {
					bound(r.Head.Text, r.Head.At)
				}
				return r.Head.Text != "count"
			},
			Lit: func(l *lang.Lit) {
				if l.Kind == lang.Dollar {
					bound(l.Text[1:], l.At+1)
				}
			},
		}
		v.Visit(p.File.Stmts)
	}
}

// figures are the numbers of a network, and how its tensors go.
func figures(net *network.Network) (list []string) {
	for i := range net.Nodes {
		n := &net.Nodes[i]
		list = append(list, fmt.Sprint(n.From, n.Out, n.Params(), n.FrozenParams(), n.PerUse, n.Macs, n.Owner, n.Field.Sizes()))
	}
	return list
}

// TestRename: a name and all its references called otherwise give a script with
// the same numbers, and as much to be said of it.
func TestRename(t *testing.T) {
	renamed := 0
	for _, src := range corpus(t) {
		renamed += renameAll(t, src)
	}
	if renamed < 500 {
		t.Errorf("only %d names were tried", renamed)
	}
}

func TestRenameOfRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := lang.NewSource("random", gen.Script(t))
		_, diags := run(src, eval.Options{})
		if !slices.ContainsFunc(diags.List, func(d lang.Diagnostic) bool { return strings.HasSuffix(d.Summary, "is taken") }) {
			renameAll(t, src)
		}
	})
}

type errorer interface{ Errorf(string, ...any) }

func renameAll(t errorer, src *lang.Source) (renamed int) {
	opts := eval.Options{Open: beside(src.Name), Whole: true}
	net, before := run(src, opts)
	want := figures(net)
	p := program(src)
	check := func(what string, places []resolve.Place) {
		if slices.ContainsFunc(places, func(at resolve.Place) bool { return at.Unit != p.Script }) {
			return // a file that is used has it too
		}
		renamed++
		text := rewritten(p, places, "other_name")
		net, diags := run(lang.NewSource(src.Name, text), opts)
		if diff := cmp.Diff(want, figures(net)); diff != "" || len(diags.List) != len(before.List) {
			t.Errorf("%s: %s renamed: %v %s\n%s", src.Name, what, diags.List, diff, text)
		}
	}
	automatic := false // some name depends on what others are not called
	var names []*resolve.Name
	for _, n := range p.Script.Uses.All {
		automatic = automatic || n.Sort == resolve.Automatic
		if n.Sort != resolve.Automatic && n.Written() && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	for _, n := range names {
		if last := n.Text[len(n.Text)-1]; !automatic || last < '0' || '9' < last {
			check(n.Text, p.References(n))
		}
	}
	for _, b := range p.Script.Blocks {
		if b.Unit == p.Script && !automatic {
			check(b.Kind.Name, p.BlockReferences(b))
		}
	}
	return renamed
}

// rewritten is the script with something else written at some places.
func rewritten(p *resolve.Program, places []resolve.Place, name string) string {
	text := p.File.Source.Text
	for _, place := range slices.Backward(places) {
		if place.Unit == p.Script {
			text = text[:place.Span.Start] + name + text[place.Span.End:]
		}
	}
	return text
}

// TestAtPlace: what an editor learns of the place where the cursor stands, here a
// bar.
func TestAtPlace(t *testing.T) {
	for _, test := range []struct{ script, want string }{
		{"input 8x8x4\nconv c1 2|0 3x3 stride 2", "conv filters"},
		{"input 8x8x4\nconv c1 20 3|x3 stride 2", "conv kernel"},
		{"input 8x8x4\nconv c1 20 3x3 str|ide 2 pad 1", "conv stride"},
		{"input 8x8x4\nco|nv c1 20 3x3", "conv"},
		{"input 8x8x4\nconv c|1 20 3x3", "conv, c1 of line 2, 1 place"},
		{"input 8x8x4\nconv c1 20 3x3\nconv c2 = c|1 stride 2", "conv, c1 of line 2, 2 places"},
		{"input 8x8x4\nconv c1 20 3x3\nconv c2 = c1 stride |2", "conv stride"},
		{"block b(width, k = 1) {\n  conv $w|idth 1x1\n}\ninput 8x8x4\nb 3", "in b, conv filters, width of line 1, 2 places"},
		{"block b(wi|dth, k = 1) {\n  conv $width 1x1\n}\ninput 8x8x4\nb 3", "in b, width of line 1, 2 places"},
		{"block b(width, k = 1) {\n  conv c $width 1x1\n}\ninput 8x8x4\nb b1 3\nfrom b1.c|", "c of line 2, 2 places"},
		{"block b(width, k = 1) {\n  conv c $width 1x1\n}\ninput 8x8x4\nb b1 3 k |2", "b k"},
		{"let n = 3\ninput 8x8x4\nif n > 2 { repeat 2 { conv $(n + |n) 1x1 } }", "conv filters, n of line 1, 4 places"},
		{"input 8x8x4\nadd { conv 4 1x1 } { rel|u }", "relu"},
		{"input 8x8x4\nif false { conv c 4 1x1; add with |c }", "add, c of line 2, 2 places"},
		{"input 8x8x4\nconv 4 1x1\nfrom |conv1", "an automatic name"},
		{"input 8x8x4\nfrom n|obody", ""},
	} {
		before, behind, _ := strings.Cut(test.script, "|")
		p := program(lang.NewSource("test", before+behind))
		if got := strings.Join(describe(p, len(before)), ", "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.script, got, test.want)
		}
	}
}

func describe(p *resolve.Program, at int) (said []string) {
	block, stmt := p.Script.At(at)
	if block != nil {
		said = append(said, "in "+block.Kind.Name)
	}
	if stmt != nil {
		if l, ok := stmt.Node.(*resolve.Layer); ok {
			kind := l.Kind.Name
			if i := p.ArgumentAt(p.Script, l, at); i >= 0 {
				kind += " " + l.Kind.Params[i].Name
			}
			said = append(said, kind)
		}
	}
	switch n, _ := p.Script.NameAt(at); {
	case n == nil:
	case n.Sort == resolve.Automatic:
		said = append(said, "an automatic name")
	default:
		line, _ := p.File.Source.Position(n.Given[0].Span.Start)
		places := "places"
		refs := p.References(n)
		if len(refs) == 1 {
			places = "place"
		}
		said = append(said, fmt.Sprintf("%s of line %d, %d %s", n.Text, line, len(refs), places))
	}
	return said
}
