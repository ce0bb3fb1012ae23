package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/spf13/cobra"

	"cnnl/grade"
	"cnnl/grade/batch"
	"cnnl/grade/report"
	"cnnl/lang"
	"cnnl/render"
)

// A grading is one use of the command.
type grading struct {
	lines     bool
	idRegexp  string
	maps      []string
	roster    string
	missing   choice
	jobs      int
	reveal    bool
	journal   string
	overrides string
	old       string
	feedback  string
	canvas    string
	moodle    string
	column    string
	scale     bool
}

func (a *app) gradeCommand() *cobra.Command {
	g := grading{missing: choice{value: "blank", of: []string{"blank", "0"}}}
	cmd := &cobra.Command{
		Use:   "grade KEY [SUBMISSIONS]",
		Short: "Grade a class of scripts, or of answers",
		Long: "Grades what a class handed in against a key: a script with the sample solution and\nits marks, or a folder of such keys, one for each question. SUBMISSIONS is a folder,\na .zip, .tar, .tar.gz or .tgz, one script (- for standard input), a .csv or .tsv of\nanswers, or a .jsonl of submissions or records.\n\n" +
			"The exit code is 0 whatever the scores; 1 if the key is refused, or the program failed\nat a submission; 2 for a wrong command line or a file that cannot be used; 130 if\ninterrupted, with reports of what was graded.",
		Example: "  cnnl grade key.cnnl submissions.zip\n  cnnl grade key.cnnl submissions/ --roster class.csv -o html=class.html --feedback sheets\n  cnnl grade key.cnnl submissions/ --canvas gradebook.csv --column \"HW3 (98765)\"\n  cnnl grade key.cnnl --jsonl <scripts.jsonl >records.jsonl",
		Args:    takes(1, 2),
		RunE:    func(_ *cobra.Command, args []string) error { return a.grade(&g, args) },
	}
	f := cmd.Flags()
	f.BoolVar(&g.lines, "jsonl", false, `read {"id","script"} lines from standard input, answer one record a line`)
	f.StringVar(&g.idRegexp, "id-regex", "", "tell ids from paths by the group id, and names by name: (?P<id>[a-z0-9]+)")
	f.StringArrayVar(&g.maps, "map", nil, "what a column of a .csv answers, as 1234567=c1.out,c1.weights (repeatable)")
	f.StringVar(&g.roster, "roster", "", "CSV file of the class: id, name, and columns called like lets of the key")
	f.Var(&g.missing, "missing", "the score of who handed nothing in: blank or 0")
	f.IntVar(&g.jobs, "jobs", runtime.GOMAXPROCS(0), "how many submissions are graded at once")
	f.BoolVar(&g.reveal, "reveal", false, "students may see the key's numbers")
	f.StringVar(&g.journal, "journal", "", "file that keeps records, so that a run that was stopped goes on")
	f.StringVar(&g.overrides, "overrides", "", "CSV file of points given by hand: id, check, points, reason, and question where there are several")
	f.StringVar(&g.old, "diff", "", "records of an earlier run (.jsonl): list scores that changed")
	f.StringVar(&g.feedback, "feedback", "", "folder for one sheet for each student; html=DIR for pages")
	f.StringVar(&g.canvas, "canvas", "", "gradebook that Canvas exported, to be filled")
	f.StringVar(&g.moodle, "moodle", "", "grading worksheet that Moodle exported, to be filled")
	f.StringVar(&g.column, "column", "", `the column to fill, as "HW3 (98765)"`)
	f.BoolVar(&g.scale, "scale", false, "turn points into those of the gradebook")
	return cmd
}

func (a *app) sheetCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "sheet KEY",
		Short:             "Write the empty answer sheet of a key",
		Long:              "Writes what the key's marks of answers ask for, to be filled in by students: a\nscript of claims, or with -o csv the header of a table.",
		Example:           "  cnnl sheet key.cnnl >answers.cnnl",
		Args:              takes(1, 1),
		ValidArgsFunction: completeScripts,
		RunE:              func(_ *cobra.Command, args []string) error { return a.sheet(args[0]) },
	}
}

func (a *app) sheet(file string) error {
	keys, diags, err := a.keys(file)
	if err != nil {
		return err
	}
	if diags.Failed() {
		render.Diagnostics(a.err, a.flags.terminal(a.err), diags)
		a.worse(exitScript)
		return nil
	}
	asking := slices.DeleteFunc(keys.List, func(k *grade.Key) bool { return len(k.Columns()) == 0 })
	if len(asking) == 0 {
		return fmt.Errorf("%s asks for no answers; a mark such as mark 6 \"The table\" answers all.out all.params does", file)
	}
	docs := a.documents()
	for _, k := range asking {
		for _, d := range docs {
			if d.format == "csv" {
				fmt.Fprintln(d.w, strings.Join(append([]string{"id"}, k.Columns()...), ","))
			} else {
				io.WriteString(d.w, k.Sheet())
			}
		}
	}
	return keep(docs)
}

// keys reads a key, or a folder of them.
func (a *app) keys(path string) (keys *grade.Keys, diags lang.Diagnostics, err error) {
	files := []string{path}
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		if files, err = keyFiles(path); err != nil {
			return nil, diags, err
		}
	}
	keys = new(grade.Keys)
	for _, file := range files {
		k, more, err := a.key(file)
		if err != nil {
			return nil, diags, err
		}
		if len(files) > 1 {
			k.Question = strings.TrimSuffix(filepath.Base(file), scriptEnding)
		}
		diags.Merge(more)
		keys.List = append(keys.List, k)
	}
	return keys, diags, nil
}

// keyFiles lists the keys in a folder.
func keyFiles(folder string) (files []string, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fileError(folder, err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), scriptEnding) {
			files = append(files, filepath.Join(folder, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("there is no key, no *%s, in the folder %s", scriptEnding, folder)
	}
	return files, nil
}

// key reads one key. Its version tells by content everything that decides a
// score.
func (a *app) key(file string) (*grade.Key, lang.Diagnostics, error) {
	src, err := a.read(file)
	if err != nil {
		return nil, lang.Diagnostics{}, err
	}
	opts := a.flags.options(file)
	content := sha256.New()
	fmt.Fprintf(content, "%s\x00%s\x00%d:%s\x00%v\x00%v\x00%v", grade.RecordSchema, version(), len(src.Text), src.Text, opts.Set, opts.Assume, a.flags.limits)
	shelf := &shelf{open: opts.Open, texts: map[string]string{}}
	opts.Open = shelf.read
	parsed, diags := lang.Parse(src, a.flags.limits.lang)
	if diags.Failed() {
		return new(grade.Key), diags, nil
	}
	k, more := grade.NewKey(parsed, opts)
	for _, path := range slices.Sorted(maps.Keys(shelf.texts)) {
		fmt.Fprintf(content, "\x00%s %d:%s", path, len(shelf.texts[path]), shelf.texts[path])
	}
	k.Version = fmt.Sprintf("%x", content.Sum(nil))
	diags.Merge(more)
	diags.Sort()
	return k, diags, nil
}

// A shelf keeps the files that a key uses as they were when it was first read:
// every student is graded by the same key, which many workers read again.
type shelf struct {
	open  func(path string) (string, error)
	mu    sync.Mutex
	texts map[string]string
}

func (s *shelf) read(path string) (text string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text, kept := s.texts[path]
	if kept {
		return text, nil
	}
	if text, err = s.open(path); err == nil {
		s.texts[path] = text
	}
	return text, err
}

// grade carries out the command.
func (a *app) grade(g *grading, args []string) error {
	settleMemory()
	if err := a.agree(g, args); err != nil {
		return err
	}
	keys, diags, err := a.keys(args[0])
	if err != nil {
		return err
	}
	if !diags.Failed() {
		if err := a.readRoster(g, keys); err != nil {
			return err
		}
		diags.Merge(keys.Prove())
	}
	render.Diagnostics(a.err, a.flags.terminal(a.err), diags)
	if diags.Failed() {
		a.worse(exitScript)
		return a.refuse(args[0], diags)
	}
	stopped := interruptedBy(os.Interrupt, syscall.SIGTERM)
	if g.lines {
		return a.gradeLines(g, keys, stopped)
	}
	c := &class{app: a, grading: g, key: args[0], keys: keys, stopped: stopped}
	return c.grade(args[1])
}

// settleMemory lets garbage wait: many small scripts have a small heap. A large
// one does not have to.
func settleMemory() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(512 << 20)
	}
}

// agree refuses flags that do not go together.
func (a *app) agree(g *grading, args []string) error {
	switch {
	case g.jobs < 1:
		return errors.New("--jobs is at least 1")
	case g.lines && len(args) > 1:
		return errors.New("--jsonl reads standard input; leave out SUBMISSIONS, or --jsonl")
	case g.lines && (g.journal != "" || g.feedback != "" || g.canvas != "" || g.moodle != "" || g.old != "" || len(g.maps) > 0 || g.idRegexp != "" || g.overrides != "" || g.reveal || g.missing.value != "blank" || len(a.flags.output.list) > 0):
		return errors.New("--jsonl only turns lines into records; grade its output for reports: cnnl grade KEY records.jsonl")
	case !g.lines && len(args) < 2:
		return errors.New("something is missing: write cnnl grade KEY SUBMISSIONS, or cnnl grade KEY --jsonl")
	case g.canvas != "" && g.column == "":
		return errors.New(`--canvas needs --column, the title of the assignment as in the gradebook: --column "HW3 (98765)"`)
	case g.canvas != "" && g.moodle != "":
		return errors.New("--canvas and --moodle do not go together")
	case g.column != "" && g.canvas == "" && g.moodle == "", g.scale && g.canvas == "" && g.moodle == "":
		return errors.New("--column and --scale go with --canvas or --moodle")
	}
	return nil
}

// refuse answers that the key is refused, in the forms that can say so. Others
// stay as they are: an empty file in place of yesterday's would say nothing.
func (a *app) refuse(key string, diags lang.Diagnostics) error {
	docs := slices.DeleteFunc(a.documents(), func(d document) bool {
		return !slices.ContainsFunc(render.Reports(), func(r report.Format) bool { return r.Name == d.format && r.Refuses })
	})
	c := &report.Class{Key: key, Refused: diags, Records: func() iter.Seq2[*grade.Record, error] { return func(func(*grade.Record, error) bool) {} }}
	for _, d := range docs {
		if err := a.report(d, c); err != nil {
			return err
		}
	}
	return keep(docs)
}

// readRoster reads the roster, if there is one.
func (a *app) readRoster(g *grading, keys *grade.Keys) error {
	if g.roster == "" {
		return nil
	}
	file, err := os.Open(g.roster)
	if err != nil {
		return fileError(g.roster, err)
	}
	defer file.Close()
	var lets []string
	for _, k := range keys.List {
		lets = append(lets, k.Lets()...)
	}
	if keys.Roster, err = grade.ReadRoster(g.roster, file, lets); err != nil {
		return fmt.Errorf("%s: %w", g.roster, err)
	}
	return nil
}

// gradeLines turns lines into records.
func (a *app) gradeLines(g *grading, keys *grade.Keys, stopped *atomic.Bool) error {
	fault, err := batch.Lines(keys, a.in, a.out, g.jobs, batch.Options{Limit: a.flags.limits.lang.Source}, stopped.Load)
	if fault {
		a.worse(exitScript)
	}
	if stopped.Load() {
		a.worse(exitInterrupted)
	}
	return err
}

// interruptedBy becomes true with one of the signals; a second one ends the
// program.
func interruptedBy(signals ...os.Signal) *atomic.Bool {
	var interrupted atomic.Bool
	c := make(chan os.Signal, 1)
	signal.Notify(c, signals...)
	go func() {
		<-c
		signal.Reset(signals...)
		interrupted.Store(true)
	}()
	return &interrupted
}

// report writes a class in one format.
func (a *app) report(d document, c *report.Class) error {
	if d.format == "text" {
		return render.ClassText(d.w, a.flags.terminal(d.w), c)
	}
	reports := render.Reports()
	i := slices.IndexFunc(reports, func(r report.Format) bool { return r.Name == d.format })
	return reports[i].Write(d.w, c)
}

// reportNames lists the formats of grade.
func reportNames() (names []string) {
	for _, r := range render.Reports() {
		names = append(names, r.Name)
	}
	return names
}
