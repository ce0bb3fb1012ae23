// Package cnnl has no code of its own; its test keeps the arrows between the
// rooms.
package cnnl

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// rooms lists the rooms, and which of ours each may import.
var rooms = map[string][]string{
	"cnnl":                   {},
	"cnnl/lang":              {},
	"cnnl/eval/calc":         {"cnnl/lang"},
	"cnnl/eval/layer":        {"cnnl/lang", "cnnl/eval/calc"},
	"cnnl/eval/dialect":      {"cnnl/lang", "cnnl/eval/layer"},
	"cnnl/eval/reading":      {"cnnl/lang"},
	"cnnl/eval/std":          {},
	"cnnl/eval/value":        {"cnnl/lang", "cnnl/eval/calc", "cnnl/eval/layer"},
	"cnnl/eval/network":      {"cnnl/lang", "cnnl/eval/value", "cnnl/eval/calc", "cnnl/eval/layer"},
	"cnnl/eval/resolve":      {"cnnl/eval/calc", "cnnl/lang", "cnnl/eval/reading", "cnnl/eval/value", "cnnl/eval/network", "cnnl/eval/dialect", "cnnl/eval/layer", "cnnl/eval/std"},
	"cnnl/eval/claim":        {"cnnl/lang", "cnnl/eval/value", "cnnl/eval/network", "cnnl/eval/layer", "cnnl/eval/calc"},
	"cnnl/eval":              {"cnnl/lang", "cnnl/eval/reading", "cnnl/eval/resolve", "cnnl/eval/claim", "cnnl/eval/value", "cnnl/eval/network", "cnnl/eval/layer", "cnnl/eval/calc"},
	"cnnl/eval/session":      {"cnnl/lang", "cnnl/eval", "cnnl/eval/reading", "cnnl/eval/resolve", "cnnl/eval/value", "cnnl/eval/network", "cnnl/eval/layer"},
	"cnnl/compare":           {"cnnl/eval", "cnnl/eval/network", "cnnl/eval/layer"},
	"cnnl/repair":            {"cnnl/lang", "cnnl/eval", "cnnl/eval/value", "cnnl/eval/network", "cnnl/eval/resolve", "cnnl/eval/dialect", "cnnl/eval/layer", "cnnl/repair/foreign"},
	"cnnl/repair/foreign":    {"cnnl/lang", "cnnl/eval", "cnnl/eval/session", "cnnl/eval/network", "cnnl/eval/dialect", "cnnl/eval/layer"},
	"cnnl/diagnose":          {"cnnl/lang", "cnnl/eval", "cnnl/eval/network", "cnnl/eval/layer", "cnnl/eval/calc", "cnnl/eval/claim", "cnnl/eval/value", "cnnl/internal/cells"},
	"cnnl/explain":           {"cnnl/lang", "cnnl/eval", "cnnl/eval/network", "cnnl/eval/layer", "cnnl/eval/calc"},
	"cnnl/grade":             {"cnnl/repair", "cnnl/diagnose", "cnnl/eval/claim", "cnnl/lang", "cnnl/eval", "cnnl/eval/reading", "cnnl/eval/network", "cnnl/eval/value", "cnnl/eval/layer", "cnnl/compare", "cnnl/eval/dialect", "cnnl/internal/cells", "cnnl/internal/charset"},
	"cnnl/grade/lms":         {"cnnl/lang", "cnnl/grade", "cnnl/grade/report", "cnnl/internal/cells", "cnnl/internal/charset"},
	"cnnl/grade/collect":     {"cnnl/lang", "cnnl/grade", "cnnl/grade/lms"},
	"cnnl/grade/course":      {"cnnl/lang", "cnnl/eval", "cnnl/grade", "cnnl/grade/collect", "cnnl/grade/report", "cnnl/internal/inorder"},
	"cnnl/grade/batch":       {"cnnl/lang", "cnnl/grade", "cnnl/grade/collect", "cnnl/grade/course", "cnnl/internal/inorder", "cnnl/internal/jsonline", "cnnl/internal/charset", "cnnl/internal/readfile"},
	"cnnl/grade/report":      {"cnnl/lang", "cnnl/grade"},
	"cnnl/internal/jsonline": {"cnnl/lang"},
	"cnnl/internal/charset":  {},
	"cnnl/internal/cells":    {"cnnl/internal/charset"},
	"cnnl/internal/inorder":  {},
	"cnnl/internal/readfile": {},
	"cnnl/internal/pupils":   {},
	"cnnl/examples/zoo":      {},
	"cnnl/test/oracle":       {},
	"cnnl/test/differential": {"cnnl/lang", "cnnl/eval", "cnnl/eval/network", "cnnl/eval/dialect", "cnnl/eval/layer"},
	"cnnl/bench":             {"cnnl/internal/pupils", "cnnl/examples/zoo", "cnnl/lang", "cnnl/eval", "cnnl/eval/network", "cnnl/eval/session"},
	"cnnl/assist":            {"cnnl/eval/session", "cnnl/eval/network", "cnnl/eval/value", "cnnl/eval/resolve", "cnnl/lang", "cnnl/eval", "cnnl/eval/dialect", "cnnl/eval/layer", "cnnl/eval/std"},
	"cnnl/render/terminal":   {"cnnl/lang"},
	"cnnl/render/doc":        {"cnnl/render/terminal", "cnnl/lang", "cnnl/eval/calc"},
	"cnnl/render":            {"cnnl/diagnose", "cnnl/eval/session", "cnnl/eval/resolve", "cnnl/render/terminal", "cnnl/render/doc", "cnnl/assist", "cnnl/lang", "cnnl/eval", "cnnl/eval/network", "cnnl/eval/layer", "cnnl/eval/calc", "cnnl/compare", "cnnl/explain", "cnnl/internal/jsonline"},
	"cnnl/render/grades":     {"cnnl/render", "cnnl/render/terminal", "cnnl/render/doc", "cnnl/lang", "cnnl/grade", "cnnl/grade/report", "cnnl/internal/jsonline"},
	"cnnl/repl":              {"cnnl/diagnose", "cnnl/repair", "cnnl/eval/session", "cnnl/eval/reading", "cnnl/eval/resolve", "cnnl/eval/value", "cnnl/assist", "cnnl/lang", "cnnl/eval", "cnnl/eval/network", "cnnl/eval/layer", "cnnl/explain", "cnnl/render", "cnnl/render/terminal"},
	"cnnl/cmd/cnnl":          {"cnnl/diagnose", "cnnl/eval/reading", "cnnl/eval/resolve", "cnnl/assist", "cnnl/examples/zoo", "cnnl/compare", "cnnl/explain", "cnnl/grade", "cnnl/grade/batch", "cnnl/grade/lms", "cnnl/grade/course", "cnnl/grade/collect", "cnnl/grade/report", "cnnl/internal/inorder", "cnnl/internal/readfile", "cnnl/lang", "cnnl/eval", "cnnl/eval/network", "cnnl/eval/layer", "cnnl/render", "cnnl/render/grades", "cnnl/render/terminal", "cnnl/repair", "cnnl/repl"},
	"cnnl/internal/chunk":    {"cnnl/lang"},
	"cnnl/internal/gen":      {"cnnl/eval/layer"},
	"cnnl/internal/golden":   {},
	"cnnl/tools/fuzz":        {},
	"cnnl/tools/mutate":      {},
}

// keepers are the only rooms that may know a package.
var keepers = map[string][]string{
	"github.com/alecthomas/participle": {"cnnl/lang"},
	"github.com/chzyer/readline":       {"cnnl/repl"},
	"github.com/spf13/":                {"cnnl/cmd/cnnl"},
	"golang.org/x/sys/":                {"cnnl/cmd/cnnl", "cnnl/grade/batch", "cnnl/internal/readfile"},
	"golang.org/x/term":                {"cnnl/cmd/cnnl"},
	"os":                               {"cnnl/cmd/cnnl", "cnnl/grade/batch", "cnnl/internal/readfile", "cnnl/internal/chunk", "cnnl/internal/golden", "cnnl/bench", "cnnl/test/differential", "cnnl/tools/fuzz", "cnnl/tools/mutate"},
	"log":                              {},
	"net":                              {},
	"time":                             {"cnnl/cmd/cnnl", "cnnl/grade", "cnnl/grade/lms", "cnnl/bench", "cnnl/tools/fuzz", "cnnl/tools/mutate"},
}

type goPackage struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

// packages lists ours as they are built for a system.
func packages(t *testing.T, system string) (list []goPackage) {
	t.Helper()
	command := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	command.Env = append(os.Environ(), "GOOS="+system)
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := decoder.Decode(&p); err == io.EOF {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

// TestArrowsGoDown: every room imports only what the table allows.
func TestArrowsGoDown(t *testing.T) {
	for _, system := range []string{"linux", "windows"} {
		t.Run(system, func(t *testing.T) { checkArrows(t, packages(t, system)) })
	}
}

func checkArrows(t *testing.T, found []goPackage) {
	t.Helper()
	if len(found) != len(rooms) {
		t.Errorf("%d rooms, %d in the table", len(found), len(rooms))
	}
	for _, p := range found {
		allowed, known := rooms[p.ImportPath]
		if !known {
			t.Errorf("%s is not in the table of rooms", p.ImportPath)
		}
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, "cnnl/") && !slices.Contains(allowed, imported) {
				t.Errorf("%s may not import %s", p.ImportPath, imported)
			}
			checkKeeper(t, p.ImportPath, imported)
		}
	}
}

// TestRepeatable: every room whose tests draw with rapid imports the package
// that makes them draw the same in every run.
func TestRepeatable(t *testing.T) {
	drawing := 0
	for _, p := range packages(t, runtime.GOOS) {
		imports := slices.Concat(p.TestImports, p.XTestImports)
		if !slices.Contains(imports, "pgregory.net/rapid") {
			continue
		}
		drawing++
		if !slices.Contains(imports, "cnnl/internal/gen") {
			t.Errorf("the tests of %s draw otherwise in each run: import cnnl/internal/gen", p.ImportPath)
		}
	}
	if drawing == 0 {
		t.Error("no room's tests draw")
	}
}

func checkKeeper(t *testing.T, room, imported string) {
	t.Helper()
	for what, keepers := range keepers {
		if (imported == what || strings.HasSuffix(what, "/") && strings.HasPrefix(imported, what) || strings.HasPrefix(imported, what+"/v")) && !slices.Contains(keepers, room) {
			t.Errorf("%s may not know %s", room, imported)
		}
	}
}
