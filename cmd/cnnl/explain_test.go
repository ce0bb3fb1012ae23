package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cnnl/lang"
)

// shownFormats say how each format's calculations are found and read back
// into the language.
var shownFormats = []struct {
	format string
	find   *regexp.Regexp // the calculation, and what it gives
	read   func(t *testing.T, calculation string) string
}{
	{"text", regexp.MustCompile(`(?m)^ {4}[A-Za-z][a-z', -]*?  +(?:0 new[^:]*: uses \S+ )?([^=\n]+?) = ([\d,]+)`), readText},
	{"markdown", regexp.MustCompile("\\$`(.*?) = ([\\d{},]+)`\\$"), readLaTeX},
	{"latex", regexp.MustCompile(`\$([^$]*?) = ([\d{},]+)\$`), readLaTeX},
	{"html", regexp.MustCompile(`<math>(.*?)<mo>=</mo><mn>([\d,]+)</mn></math>`), readMathML},
}

func readText(_ *testing.T, s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), ",", "")
}

var fraction = regexp.MustCompile(`\\frac\{([^{}]*)\}\{([^{}]*)\}`)

func readLaTeX(_ *testing.T, s string) string {
	s = strings.NewReplacer("{,}", "", `\left\lfloor `, "floor(", `\left\lceil `, "ceil(", ` \right\rfloor`, ")", ` \right\rceil`, ")",
		`\left(`, "(", `\right)`, ")", `\cdot`, "*").Replace(s)
	for fraction.MatchString(s) {
		s = fraction.ReplaceAllString(s, "(($1)/($2))")
	}
	return s
}

// readMathML walks the elements: a fraction is two groups with a stroke
// between them, everything else is what its text says.
func readMathML(t *testing.T, s string) string {
	decoder := xml.NewDecoder(strings.NewReader("<math>" + html.UnescapeString(s) + "</math>"))
	var b strings.Builder
	var open []string
	for {
		token, err := decoder.Token()
		if err != nil {
			break
		}
		switch x := token.(type) {
		case xml.StartElement:
			if parent := len(open) - 1; parent >= 0 && open[parent] == "mfrac" {
				b.WriteString("(")
			} else if parent >= 0 && open[parent] == "mfrac2" {
				b.WriteString("/(")
			}
			open = append(open, x.Name.Local)
		case xml.EndElement:
			open = open[:len(open)-1]
			if parent := len(open) - 1; parent >= 0 && strings.HasPrefix(open[parent], "mfrac") {
				b.WriteString(")")
				open[parent] = "mfrac2"
			}
		case xml.CharData:
			b.WriteString(strings.NewReplacer(",", "", "⌊", "floor(", "⌋", ")", "⌈", "ceil(", "⌉", ")", "−", "-", "·", "*").Replace(string(x)))
		}
	}
	if b.Len() == 0 {
		t.Errorf("no MathML: %s", s)
	}
	return b.String()
}

// TestCalculationsReadBack: for every example, every calculation that is
// shown, in every format, is read back and computed by the language: it gives
// the number shown. All formats show as many.
func TestCalculationsReadBack(t *testing.T) {
	long(t)
	docs(t)
	files, _ := filepath.Glob("examples/*/*.cnnl")
	if len(files) < 16 {
		t.Fatalf("only %d examples", len(files))
	}
	kinds, err := os.ReadFile("eval/testdata/kinds.cnnl")
	if err != nil {
		t.Fatal(err)
	}
	for i, script := range strings.Split(string(kinds), "\n---\n") {
		file := filepath.Join(t.TempDir(), fmt.Sprintf("kinds%d.cnnl", i))
		if err := os.WriteFile(file, []byte(script), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	c := calculations{t, map[string]bool{}, t.TempDir()}
	for _, file := range files {
		if _, stderr, _ := cnnl(t, "", "explain", file, "-o", "json"); stderr != "" {
			t.Fatalf("%s: %s", file, stderr)
		}
		for _, depth := range []string{"-1", "0"} {
			c.readBack(file, depth)
		}
	}
	if len(c.known) < 1000 {
		t.Errorf("only %d calculations were computed", len(c.known))
	}
}

// calculations are those that were computed already: what is shown once more,
// in another format or file, gives the same.
type calculations struct {
	t      *testing.T
	known  map[string]bool
	folder string
}

// readBack explains a file in all formats, and computes what each shows.
func (c calculations) readBack(file, depth string) {
	args := []string{"explain", file, "--macs", "--field", "--depth", depth, "-o", "json=" + filepath.Join(c.folder, "json")}
	for _, f := range shownFormats {
		args = append(args, "-o", f.format+"="+filepath.Join(c.folder, f.format))
	}
	cnnl(c.t, "", args...)
	claims, want := readJSON(c.t, c.shown("json"))
	c.compute(file, "JSON", claims)
	for _, f := range shownFormats {
		var claims []string
		for _, m := range f.find.FindAllStringSubmatch(c.shown(f.format), -1) {
			claims = append(claims, fmt.Sprintf("expect %s == %s\n", f.read(c.t, m[1]), strings.NewReplacer("{,}", "", ",", "").Replace(m[2])))
		}
		c.compute(file, f.format, claims)
		if len(claims) != want {
			c.t.Errorf("%s: %s shows %d calculations, JSON %d", file, f.format, len(claims), want)
		}
	}
}

func (c calculations) shown(format string) string {
	text, err := os.ReadFile(filepath.Join(c.folder, format))
	if err != nil {
		c.t.Fatal(err)
	}
	return string(text)
}

// compute has the language compute the claims that are new.
func (c calculations) compute(file, format string, claims []string) {
	var script strings.Builder
	for _, claim := range claims {
		if !c.known[claim] {
			c.known[claim] = true
			script.WriteString(claim)
		}
	}
	if script.Len() == 0 {
		return
	}
	if _, stderr, code := cnnl(c.t, script.String(), "-"); code != exitFine {
		c.t.Errorf("%s, %s: %s", file, format, stderr)
	}
}

type explainedJSON struct {
	Schema string
	Layers []struct{ Calculations []calcJSON }
	Sums   []calcJSON
}

type calcJSON struct {
	Calculation string
	Gives       *int64
}

// readJSON gives the calculations of the JSON as claims, and how many there
// are that are more than one number.
func readJSON(t *testing.T, text string) (claims []string, n int) {
	var doc explainedJSON
	if err := json.Unmarshal([]byte(text), &doc); err != nil || doc.Schema != "cnnl-explain/1" {
		t.Fatalf("%v: %s", err, text)
	}
	list := doc.Sums
	for _, l := range doc.Layers {
		list = append(list, l.Calculations...)
	}
	for _, c := range list {
		if c.Calculation == "" {
			continue
		}
		claims = append(claims, fmt.Sprintf("expect %s == %d\n", c.Calculation, *c.Gives))
		if strings.ContainsAny(c.Calculation, "+-·/(") {
			n++
		}
	}
	return claims, n
}

// TestExplanationsEscape: whatever a script, its names and its file say, no
// sink obeys it.
func TestExplanationsEscape(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"<script>alert(1)</script>", "\x1b[2J\u202e", "$x$ `y` ](javascript:a) | *z*", `\input{x} % & # _ ^ ~ {}`, "\"><img src=x onerror=a>", "中文 é ž", "a\nb", "{{.}}"} {
		file := strings.ReplaceAll(name, "/", "∕") + ".cnnl"
		if err := os.WriteFile(file, []byte("input 8x8x3\nconv c_1 2 3x3"), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, format := range []string{"text", "markdown", "latex", "html", "json"} {
			stdout, stderr, code := cnnl(t, "", "explain", file, "-o", format)
			if code != exitFine {
				t.Errorf("%q: %s", name, stderr)
			}
			for _, r := range stdout {
				if r != '\n' && r != '\t' && lang.Hidden(r) {
					t.Errorf("%q, %s: %q is written", name, format, r)
				}
			}
			switch format {
			case "html":
				if strings.Contains(stdout, "<script") || strings.Contains(stdout, "<img") || strings.Contains(stdout, "{{") && !strings.Contains(stdout, "{{.}}.cnnl") {
					t.Errorf("%q: the page obeys it: %s", name, stdout)
				}
			case "markdown":
				if strings.Contains(stdout, "<script") || strings.Contains(stdout, "<img") || strings.Contains(strings.ReplaceAll(stdout, `\]`, ""), "](javascript") {
					t.Errorf("%q: the Markdown obeys it: %s", name, stdout)
				}
			case "latex":
				if strings.Contains(stdout, `\input`) {
					t.Errorf("%q: LaTeX obeys it: %s", name, stdout)
				}
			}
		}
	}
}

// TestLaTeXCompiles sets the examples, and names full of signs, with
// pdflatex, where there is one.
func TestLaTeXCompiles(t *testing.T) {
	long(t)
	program, err := exec.LookPath("pdflatex")
	if err != nil {
		lacks(t, "there is no pdflatex on this machine: nothing is set")
	}
	docs(t)
	dir := t.TempDir()
	strange := filepath.Join(dir, `a\b{c}$d&e#f_g%h^i~j[k] "l" é ž 中 — 'm'.cnnl`)
	if err := os.WriteFile(strange, []byte("input 8x8x3\nconv c_1 2 3x3"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{strange, "examples/homework/cmyk.cnnl", "examples/language/unet.cnnl", "examples/language/autoencoder.cnnl", "examples/homework/mistakes.cnnl"} {
		tex := filepath.Join(dir, "x.tex")
		cnnl(t, "", "explain", file, "--macs", "--field", "-o", "latex="+tex)
		cmd := exec.Command(program, "-interaction=nonstopmode", "-halt-on-error", "x.tex")
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil || strings.Contains(string(out), "Overfull \\hbox") {
			t.Errorf("%s: %v\n%s", file, err, out)
		}
		fragment, _, _ := cnnl(t, "", "explain", file, "-o", "latex", "--fragment")
		if strings.Contains(fragment, "documentclass") || !strings.Contains(fragment, `\subsection*`) {
			t.Errorf("%s: this is no fragment: %s", file, fragment)
		}
	}
}
