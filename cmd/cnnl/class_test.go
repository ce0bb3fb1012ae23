package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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

// TestEmptyFolders: who handed in a folder with nothing in it is missing, by
// name, wherever the folder stands.
func TestEmptyFolders(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	const ann, bob, cy = "Ann_1_assignsubmission_file_/", "Bob_2_assignsubmission_file_/", "Cy_3_assignsubmission_file_/"
	files := map[string]string{ann: "", ann + "x.cnnl": solution(), bob: "", cy: "", cy + "x/": "", cy + "x/x.cnnl": solution()}
	class := writeAll(t, filepath.Join(dir, "class"), map[string]string{ann + "x.cnnl": files[ann+"x.cnnl"], cy + "x/x.cnnl": solution()})
	if err := os.Mkdir(filepath.Join(class, bob), 0o777); err != nil {
		t.Fatal(err)
	}
	want := gradeAll(t, key, class)
	if strings.Count(want, "\n") != 3 || !strings.Contains(want, `"id":"2","name":"Bob"`) || strings.Count(want, `"outcome":"missing"`) != 1 {
		t.Fatal(want)
	}
	wrapped := map[string]string{"all/": ""}
	for name, text := range files {
		wrapped["all/"+name] = text
	}
	for _, ending := range []string{".zip", ".tar.gz"} {
		for _, files := range []map[string]string{files, wrapped} {
			order := slices.Sorted(maps.Keys(files))
			for range 2 {
				if got := gradeAll(t, key, archived(t, filepath.Join(dir, "a"+ending), files, order)); got != want {
					t.Errorf("%s of %v gives\n%s", ending, order, got)
				}
				slices.Reverse(order)
			}
		}
	}
}

func second(_ int, err error) error { return err }

// TestOneAnswer: the records are the same to the byte for any order and any
// number of workers, from a folder, an archive or lines, in one run or in
// pieces.
func TestOneAnswer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	files := handIn(96)
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
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 3 {
		r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
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
		for _, name := range names[24*i : 24*i+24] {
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
		if a != b || len(a) < 1000 {
			t.Errorf("%s of the records is not that of the class", format)
		}
	}
}

// TestNothingRevealed: what students get to read has no number, kernel,
// padding or shape that is the key's and not their own.
func TestNothingRevealed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	secrets := []string{"7x7", "60x60", "30x30", "28x28", "26x26", "24x24", "13,824", "414,750", "3,940", "4,344", "5,208", "428,552", "stride", "pad", "should be 7x7", "should be 3"}
	for i, mistake := range mistakes {
		script := mistake(solution())
		class := writeAll(t, filepath.Join(dir, fmt.Sprint(i)), map[string]string{"x.cnnl": script})
		own, _, _ := cnnl(t, "", filepath.Join(class, "x.cnnl"))
		read, _, _ := cnnl(t, script, "fix", "-") // it is graded as what it was read as
		as, _, _ := cnnl(t, read, "-")
		own += script + as
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

// TestConstantMemory: lines are graded in constant memory. A collector that
// runs often makes the most a process has close to what it needs, so that a few
// lines tell.
func TestConstantMemory(t *testing.T) {
	long(t)
	t.Parallel()
	key := write(t, filepath.Join(t.TempDir(), "key.cnnl"), classKey)
	var scripts [][]byte
	for i := range 500 {
		line, _ := json.Marshal(map[string]string{"id": fmt.Sprint(i), "script": fmt.Sprintf("let n = %d\n%s", i, mistakes[i%len(mistakes)](solution()))})
		scripts = append(scripts, append(line, '\n'))
	}
	peak := func(number int) int {
		var out counter
		cmd := exec.Command(os.Args[0], "grade", key, "--jsonl")
		cmd.Env = append(os.Environ(), "CNNL_TEST_MAIN=1", "GOGC=20")
		most := 0
		cmd.Stdin, cmd.Stdout = &endless{lines: scripts, left: number, each: func() { most = max(most, peakOf(cmd.Process.Pid)) }}, &out
		if err := cmd.Run(); err != nil || out.lines != number {
			t.Fatalf("%d records of %d: %v", out.lines, number, err)
		}
		return most
	}
	if few, many := peak(4_000), peak(24_000); few == 0 || many > few+few/4 {
		t.Errorf("4,000 take %d KB, 24,000 take %d KB", few, many)
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
