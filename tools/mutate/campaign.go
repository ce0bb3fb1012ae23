package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A campaign tries all mutants of some rooms with the tests of some packages.
type campaign struct {
	rooms    []room
	judges   []string
	without  *regexp.Regexp // tests that are not asked
	list     string         // of the equivalents
	only     *regexp.Regexp
	jobs     int
	most     time.Duration // how long a test may take
	progress func(string)
}

// A report is what came of it.
type report struct {
	tried, equivalent int
	survivors         []mutant
	stale             []string // entries of the list that are of no mutant, or of one that is noticed
	took              time.Duration
}

func (r report) failed() bool { return len(r.survivors)+len(r.stale) > 0 }

func (r report) String() string {
	var text strings.Builder
	for _, m := range r.survivors {
		fmt.Fprintln(&text, m)
	}
	for _, s := range r.stale {
		fmt.Fprintln(&text, s)
	}
	fmt.Fprintf(&text, "%d mutants: %d noticed, %d equivalent, %d survived; %s\n", r.tried, r.tried-r.equivalent-len(r.survivors), r.equivalent, len(r.survivors), r.took.Round(time.Second))
	return text.String()
}

// String is a mutant as the list of equivalents would have it, and where it is.
func (m mutant) String() string {
	c := m.change()
	return fmt.Sprintf("%s:%d\nin %s\n- %s\n+ %s\n", m.file.name, m.line(), c.rule, c.before, c.after)
}

func (m mutant) line() int {
	return m.file.fset.Position(m.file.syntax.FileStart).Line + strings.Count(string(m.file.text[:m.from]), "\n")
}

// mutants reads the rooms and finds every mutant of them.
func mutants(rooms []room) (sources []*source, all []mutant, err error) {
	points := 0
	for _, r := range rooms {
		s, err := read(r)
		if err != nil {
			return nil, nil, err
		}
		sources = append(sources, s)
		for _, f := range s.files {
			for _, p := range f.points() {
				p.number = points
				points++
				for i := range p.texts {
					all = append(all, mutant{f, p, i + 1})
				}
			}
		}
	}
	return sources, all, nil
}

func (c *campaign) run() (r report, err error) {
	began := time.Now()
	known, err := equivalents(c.list)
	if err != nil {
		return r, err
	}
	sources, all, err := mutants(c.rooms)
	if err != nil {
		return r, err
	}
	dir, err := os.MkdirTemp("", "cnnl-mutate-*")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(dir)
	tests, err := c.build(dir, sources, all)
	if err != nil {
		return r, err
	}
	wanted := slices.DeleteFunc(all, func(m mutant) bool { return !c.only.MatchString(m.file.name + " " + m.rule) })
	c.progress(fmt.Sprintf("%d mutants, %d tests; built in %s", len(wanted), len(tests), time.Since(began).Round(time.Second)))
	survived := trials(wanted, tests, c.jobs, func(m mutant, survived bool, done int) {
		if survived && known[m.change()] == "" {
			c.progress(m.String())
		}
		if done%100 == 0 {
			c.progress(fmt.Sprintf("%d of %d, %s", done, len(wanted), time.Since(began).Round(time.Second)))
		}
	})
	r.judge(wanted, survived, known)
	if c.only.String() == "" {
		r.stale = stale(known, wanted, survived)
	}
	r.took = time.Since(began)
	return r, nil
}

// judge parts what survived into equivalents and others.
func (r *report) judge(tried []mutant, survived []bool, known map[change]string) {
	r.tried = len(tried)
	for i, m := range tried {
		switch {
		case !survived[i]:
		case known[m.change()] != "":
			r.equivalent++
		default:
			r.survivors = append(r.survivors, m)
		}
	}
}

// stale lists changes that are said to change nothing and that are no mutants, or
// that all were noticed.
func stale(known map[change]string, tried []mutant, survived []bool) (list []string) {
	for i, m := range tried {
		if survived[i] {
			delete(known, m.change())
		}
	}
	for c := range known {
		list = append(list, fmt.Sprintf("%s: not needed: - %s + %s", c.rule, c.before, c.after))
	}
	slices.Sort(list)
	return list
}

// build builds the tests with all mutants in them and runs each as it is.
func (c *campaign) build(dir string, sources []*source, all []mutant) (list []*test, err error) {
	o := &overlay{dir: dir, Replace: map[string]string{}}
	about, err := golist("-m", "-f", "{{.Path}}\n{{.Dir}}")
	if err != nil {
		return nil, err
	}
	module, root, _ := strings.Cut(strings.TrimSpace(string(about)), "\n")
	if err := o.fill(module, root, sources, all, c.judges); err != nil {
		return nil, err
	}
	name, err := o.write()
	if err != nil {
		return nil, err
	}
	for _, judge := range c.judges {
		more, err := tests(judge, dir, name)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	list = slices.DeleteFunc(list, func(t *test) bool { return c.without.MatchString(t.name) })
	for _, t := range list {
		if err := t.record(dir, c.most); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(list, func(t *test) bool { return t.took > c.most }), nil
}

// fill puts the instrumented files in place, and what they ask.
func (o *overlay) fill(module, root string, sources []*source, all []mutant, judges []string) error {
	for _, s := range sources {
		if err := o.put(filepath.Join(s.dir, "zz_mutant_types.go"), s.aliases()); err != nil {
			return err
		}
	}
	points := map[*file][]*point{}
	for _, m := range all {
		if m.variant == 1 {
			points[m.file] = append(points[m.file], m.point)
		}
	}
	for f, list := range points {
		if err := o.put(filepath.Join(f.dir, filepath.Base(f.name)), f.instrumented(list, module)); err != nil {
			return err
		}
	}
	text := strings.Replace(switchText, "[POINTS]", fmt.Sprintf("[%d]", len(all)), 1)
	if err := o.put(filepath.Join(root, switchPath, "mutant.go"), text); err != nil {
		return err
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	if err := o.put(filepath.Join(strings.TrimSpace(string(goroot)), "src/testing/zz_again.go"), againText); err != nil {
		return err
	}
	return o.mains(judges, module)
}

// mains gives each package's tests a TestMain.
func (o *overlay) mains(judges []string, module string) error {
	for _, judge := range judges {
		about, err := golist("-f", "{{.Name}}\n{{.Dir}}", judge)
		if err != nil {
			return err
		}
		name, dir, _ := strings.Cut(strings.TrimSpace(string(about)), "\n")
		if err := o.put(filepath.Join(dir, "zz_mutant_test.go"), testMain(name, module)); err != nil {
			return err
		}
	}
	return nil
}
