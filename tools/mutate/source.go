package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A room is a package whose rules are mutated.
type room struct {
	Path  string   // as go list takes it, from the top of the module
	Files []string // those that hold rules; none: all
}

// A source is a room as it was read: the syntax of its files with their types.
type source struct {
	path  string // of the package, as others import it
	dir   string
	pkg   *types.Package
	info  *types.Info
	files []*file
}

type file struct {
	*source
	name   string // from the top of the module
	text   []byte
	syntax *ast.File
	fset   *token.FileSet
}

// read reads a room. What it imports is taken from the build cache.
func read(r room) (*source, error) {
	about, err := golist("-f", "{{.ImportPath}}\n{{.Dir}}\n{{range .GoFiles}}{{.}} {{end}}", r.Path)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSpace(string(about)), "\n")
	s := &source{path: lines[0], dir: lines[1], info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}}
	fset := token.NewFileSet()
	var syntax []*ast.File
	for _, name := range strings.Fields(lines[2]) {
		text, err := os.ReadFile(filepath.Join(s.dir, name))
		if err != nil {
			return nil, err
		}
		f, err := parser.ParseFile(fset, filepath.Join(s.dir, name), text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		syntax = append(syntax, f)
		if len(r.Files) == 0 || slices.Contains(r.Files, name) {
			s.files = append(s.files, &file{source: s, name: filepath.ToSlash(filepath.Join(r.Path, name)), text: text, syntax: f, fset: fset})
		}
	}
	if len(r.Files) > len(s.files) {
		return nil, fmt.Errorf("%s: some of %v are not there", r.Path, r.Files)
	}
	config := types.Config{Importer: importer.ForCompiler(fset, "gc", exported(r.Path))}
	s.pkg, err = config.Check(s.path, fset, syntax, s.info)
	return s, err
}

// exported opens what the compiler keeps of a package that a room imports.
func exported(room string) func(path string) (io.ReadCloser, error) {
	var files map[string]string
	return func(path string) (io.ReadCloser, error) {
		if files == nil {
			list, err := golist("-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", room)
			if err != nil {
				return nil, err
			}
			files = map[string]string{}
			for line := range strings.Lines(string(list)) {
				name, export, _ := strings.Cut(strings.TrimSpace(line), "\t")
				files[name] = export
			}
		}
		return os.Open(files[path])
	}
}

func golist(args ...string) ([]byte, error) {
	var said bytes.Buffer
	cmd := exec.Command("go", append([]string{"list"}, args...)...)
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, &said)
	}
	return out, nil
}

// piece is the text of a node.
func (f *file) piece(n ast.Node) string { return string(f.text[f.offset(n.Pos()):f.offset(n.End())]) }

func (f *file) offset(p token.Pos) int { return f.fset.Position(p).Offset }

// lines is the text of the lines from one place to another, put into one.
func (f *file) lines(from, to int, instead string) string {
	begin := bytes.LastIndexByte(f.text[:from], '\n') + 1
	end := len(f.text)
	if i := bytes.IndexByte(f.text[to:], '\n'); i >= 0 {
		end = to + i
	}
	return strings.Join(strings.Fields(string(f.text[begin:from])+instead+string(f.text[to:end])), " ")
}

// testNames lists the test functions of files.
func testNames(dir string, files []string) (names []string, err error) {
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, d := range f.Decls {
			if function, ok := d.(*ast.FuncDecl); ok && function.Recv == nil && strings.HasPrefix(function.Name.Name, "Test") {
				names = append(names, function.Name.Name)
			}
		}
	}
	return names, nil
}
