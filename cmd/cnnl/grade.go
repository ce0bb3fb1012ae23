package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"cnnl/grade"
	"cnnl/grade/batch"
	"cnnl/grade/course"
	"cnnl/grade/lms"
	"cnnl/grade/report"
	"cnnl/lang"
	"cnnl/render"
	"cnnl/render/grades"
)

// A grading is one use of the command.
type grading struct {
	lines      bool
	idRegexp   string
	idColumn   string
	maps       []string
	roster     string
	missing    choice
	jobs       int
	reveal     bool
	journal    string
	overrides  string
	force      bool
	previous   string
	feedback   string
	gradebooks map[string]*string // by platform
	column     string
	comments   string
	scale      bool
}

func (a *app) gradeCommand() *cobra.Command {
	g := grading{missing: choice{value: "blank", of: []string{"blank", "0"}}, gradebooks: map[string]*string{}}
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
	f.StringVar(&g.idColumn, "id", "", `the column of a .csv that says whose a row is, as "Matriculation number"`)
	f.StringArrayVar(&g.maps, "map", nil, "what a column of a .csv answers, as 1234567=c1.out,c1.weights (repeatable)")
	f.StringVar(&g.roster, "roster", "", "CSV file of the class: id, name, email, submitted, due, and columns called like lets of the key")
	f.Var(&g.missing, "missing", "the score of who handed nothing in: blank or 0")
	f.IntVar(&g.jobs, "jobs", runtime.GOMAXPROCS(0), "how many submissions are graded at once")
	f.BoolVar(&g.reveal, "reveal", false, "students may see the key's numbers")
	f.StringVar(&g.journal, "journal", "", "file that keeps records, so that a run that was stopped goes on")
	f.StringVar(&g.overrides, "overrides", "", "CSV file of points given by hand: id, check, points, reason, and question where there are several")
	f.BoolVar(&g.force, "force", false, "points by hand may be more than a check has")
	f.StringVar(&g.previous, "diff", "", "records of an earlier run (.jsonl): list scores that changed")
	f.StringVar(&g.feedback, "feedback", "", "folder for one sheet for each student; html=DIR for pages")
	for _, p := range lms.Gradebooks() {
		g.gradebooks[p.Name] = f.String(p.Name, "", p.Gradebook.Doc)
	}
	f.StringVar(&g.column, "column", "", `the column to fill, as "HW3 (98765)"`)
	f.StringVar(&g.comments, "comments", "", `the column to fill with what was found, as "Feedback comments"; with --moodle`)
	f.BoolVar(&g.scale, "scale", false, "turn points into those of the gradebook")
	return cmd
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
	ctx := until(os.Interrupt, syscall.SIGTERM)
	if g.lines {
		return a.gradeLines(ctx, g, keys)
	}
	c := &class{app: a, grading: g, key: args[0], keys: keys, submissions: args[1], docs: a.documents(), Class: course.New(keys)}
	return c.grade(ctx)
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
	filled := g.filled()
	switch {
	case g.jobs < 1 || g.jobs > mostJobs:
		return fmt.Errorf("--jobs is from 1 to %d", mostJobs)
	case g.lines && len(args) > 1:
		return errors.New("--jsonl reads standard input; leave out SUBMISSIONS, or --jsonl")
	case g.lines && (g.forReports() || len(a.flags.output.list) > 0):
		return errors.New("--jsonl only turns lines into records; grade its output for reports: cnnl grade KEY records.jsonl")
	case !g.lines && len(args) < 2:
		return errors.New("something is missing: write cnnl grade KEY SUBMISSIONS, or cnnl grade KEY --jsonl")
	case len(filled) == 1 && g.column == "" && filled[0].Gradebook.Column != "":
		return fmt.Errorf("--%s needs --column, the title of the assignment as in the gradebook: --column %q", filled[0].Name, filled[0].Gradebook.Column)
	case g.comments != "" && (len(filled) == 0 || !filled[0].Gradebook.Comments):
		return errors.New("--comments goes with --moodle; other gradebooks take no comments")
	case g.force && g.overrides == "":
		return errors.New("--force goes with --overrides")
	case len(filled) > 1:
		return fmt.Errorf("--%s and --%s do not go together", filled[0].Name, filled[1].Name)
	case len(filled) == 0 && (g.column != "" || g.scale):
		var flags []string
		for _, p := range lms.Gradebooks() {
			flags = append(flags, "--"+p.Name)
		}
		return errors.New("--column and --scale go with " + strings.Join(flags, " or "))
	}
	if g.idColumn != "" && (g.lines || !isTable(args[1])) {
		return errors.New("--id is for a table of answers, a .csv or .tsv")
	}
	if len(g.maps) > 0 && !isTable(args[1]) {
		return fmt.Errorf("--map is for a table of answers, a .csv or .tsv, and %s is none", args[1])
	}
	return checkFeedback(g.feedback)
}

// mostJobs is more than any machine has a use for.
const mostJobs = 1024

// isTable reports a file of answers, by its name.
func isTable(file string) bool {
	ending := strings.ToLower(filepath.Ext(file))
	return ending == ".csv" || ending == ".tsv"
}

// forReports reports a flag that lines in, records out have no use for.
func (g *grading) forReports() bool {
	return g.journal != "" || g.feedback != "" || len(g.filled()) > 0 || g.previous != "" || len(g.maps) > 0 || g.idRegexp != "" || g.overrides != "" || g.reveal || g.missing.value != "blank"
}

// filled are the platforms whose gradebooks are to be filled.
func (g *grading) filled() (list []*lms.Platform) {
	for _, p := range lms.Gradebooks() {
		if *g.gradebooks[p.Name] != "" {
			list = append(list, p)
		}
	}
	return list
}

// gradebook is the file to be filled; "": there is none.
func (g *grading) gradebook() string {
	for _, p := range g.filled() {
		return *g.gradebooks[p.Name]
	}
	return ""
}

// refuse answers that the key is refused, in the forms that can say so. Others
// stay as they are: an empty file in place of yesterday's would say nothing.
func (a *app) refuse(key string, diags lang.Diagnostics) error {
	docs := slices.DeleteFunc(a.documents(), func(d document) bool { return !formatOf(d).Refuses })
	c := course.Refused(key, diags)
	for _, d := range docs {
		if err := a.report(d, c); err != nil {
			return err
		}
	}
	return a.keep(docs)
}

// gradeLines turns lines into records.
func (a *app) gradeLines(ctx context.Context, g *grading, keys *grade.Keys) error {
	fault, err := batch.Lines(ctx, keys, a.in, a.out, g.jobs, batch.Options{Limit: a.flags.limits.lang.Source})
	if fault {
		a.worse(exitScript)
	}
	if ctx.Err() != nil {
		a.worse(exitInterrupted)
	}
	return err
}

// until is done with one of the signals; a second one ends the program.
func until(signals ...os.Signal) context.Context {
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, stop)
	return ctx
}

// reports lists the forms of a class, but text for people.
func reports() []report.Format { return append(grades.Formats(), lms.Formats()...) }

// formatOf is that of a document.
func formatOf(d document) report.Format {
	list := reports()
	if i := slices.IndexFunc(list, func(f report.Format) bool { return f.Name == d.format }); i >= 0 {
		return list[i]
	}
	return report.Format{Name: d.format}
}

// report writes a class in one format.
func (a *app) report(d document, c *report.Class) error {
	if d.format == "text" {
		return grades.Text(d.w, a.flags.terminal(d.w), c)
	}
	return formatOf(d).Write(d.w, c)
}

// reportNames lists the formats of grade.
func reportNames() (names []string) {
	for _, r := range reports() {
		names = append(names, r.Name)
	}
	return names
}
