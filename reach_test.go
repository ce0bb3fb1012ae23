package cnnl

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// page lists the rooms that a page in a browser is made of. Those below them
// are held with them.
var page = []string{"./lang/...", "./eval/...", "./explain", "./compare", "./render"}

// heavy lists what such a page would carry for nothing: each of these packages
// is large, or wants a terminal.
var heavy = []string{
	"github.com/chzyer/readline",
	"github.com/jedib0t/go-pretty",
	"html/template",
	"golang.org/x/net/html",
	"encoding/xml",
}

// TestPageIsLight: what a page is made of reaches nothing heavy, in however
// many steps, when it is built for a browser.
func TestPageIsLight(t *testing.T) {
	list := exec.Command("go", append([]string{"list", "-f", "{{.ImportPath}}{{range .Deps}} {{.}}{{end}}"}, page...)...)
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for room := range strings.Lines(string(out)) {
		names := strings.Fields(room)
		for _, reached := range names[1:] {
			if slices.ContainsFunc(heavy, func(h string) bool { return reached == h || strings.HasPrefix(reached, h+"/") }) {
				t.Errorf("%s reaches %s", names[0], reached)
			}
		}
	}
}
