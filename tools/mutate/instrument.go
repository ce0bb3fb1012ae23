package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// All mutants are in one build: at every point the program looks whether one of its
// texts is wanted, as the environment says. Go's -overlay puts the files in place,
// so that nothing in the tree changes.

// The package that all ask, and where it seems to lie.
const (
	switchName = "mutant_"
	switchPath = "internal/mutant"
	ownPrefix  = "mutant_own_"
	otherName  = "mutant_pkg_"
)

//go:embed switch.txt
var switchText string

// A file for Go's own package testing, whose tests can otherwise fail but once.
//
//go:embed again.txt
var againText string

// typeName writes a type so that no name of the function hides it: a package's own
// types by an alias, others by an import of their own.
func (w *walker) typeName(t types.Type) string {
	name, _ := w.file.typeName(t)
	return name
}

func (f *file) typeName(t types.Type) (name string, imports []*types.Package) {
	name = types.TypeString(t, func(p *types.Package) string {
		if p == f.pkg {
			return "OWN"
		}
		imports = append(imports, p)
		return otherName + p.Name()
	})
	return strings.ReplaceAll(name, "OWN.", ownPrefix), imports
}

// instrumented is the file with every point asked for.
func (f *file) instrumented(points []*point, module string) string {
	imports := map[string]string{switchName: module + "/" + switchPath}
	sorted := slices.Clone(points)
	slices.SortStableFunc(sorted, func(a, b *point) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	body := f.render(0, len(f.text), &sorted, imports)
	name := f.offset(f.syntax.Name.End())
	header := ""
	for _, alias := range sortedKeys(imports) {
		header += fmt.Sprintf("; import %s %q", alias, imports[alias])
	}
	return body[:name] + header + body[name:]
}

// render writes a part of the file and takes the points in it off the list.
func (f *file) render(from, to int, points *[]*point, imports map[string]string) string {
	var out strings.Builder
	for len(*points) > 0 && (*points)[0].from < to {
		p := (*points)[0]
		*points = (*points)[1:]
		out.Write(f.text[from:p.from])
		out.WriteString(f.asked(p, f.render(p.from, p.to, points, imports), imports))
		from = p.to
	}
	out.Write(f.text[from:to])
	return out.String()
}

// asked is a point of the instrumented file; original is its text with the points in
// it.
func (f *file) asked(p *point, original string, imports map[string]string) string {
	ask := fmt.Sprintf("%s.At(%d)", switchName, p.number)
	if p.statement {
		return fmt.Sprintf("if %s == 0 { %s }", ask, original)
	}
	name, packages := f.typeName(p.typ)
	for _, other := range packages {
		imports[otherName+other.Name()] = other.Path()
	}
	cases := ""
	for i, text := range p.texts {
		cases += fmt.Sprintf("case %d: return %s; ", i+1, text)
	}
	return fmt.Sprintf("(func() %s { switch %s { %s}; return %s }())", name, ask, cases, original)
}

// aliases is a file with another name for each type of a package.
func (s *source) aliases() string {
	text := "package " + s.pkg.Name() + "\n"
	for _, name := range s.pkg.Scope().Names() {
		if t, ok := s.pkg.Scope().Lookup(name).(*types.TypeName); ok {
			if named, ok := t.Type().(*types.Named); !ok || named.TypeParams().Len() == 0 {
				text += fmt.Sprintf("type %s%s = %s\n", ownPrefix, name, name)
			}
		}
	}
	return text
}

// An overlay is files that stand in place of others, or are not there.
type overlay struct {
	dir     string // where they are kept
	Replace map[string]string
}

func (o *overlay) put(place, text string) error {
	kept := filepath.Join(o.dir, fmt.Sprintf("%d_%s", len(o.Replace), filepath.Base(place)))
	o.Replace[place] = kept
	return os.WriteFile(kept, []byte(text), 0o666)
}

// write writes the list that go build reads.
func (o *overlay) write() (string, error) {
	list, err := json.Marshal(o)
	if err != nil {
		return "", err
	}
	name := filepath.Join(o.dir, "overlay.json")
	return name, os.WriteFile(name, list, 0o666)
}

// testMain has a package's tests run as they are asked for.
func testMain(pkg, module string) string {
	return fmt.Sprintf("package %s\n\nimport (\n\t\"testing\"\n\n\t%s %q\n)\n\nfunc TestMain(m *testing.M) { %s.Serve(m) }\n",
		pkg, switchName, module+"/"+switchPath, switchName)
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
