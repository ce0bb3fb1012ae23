package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"cnnl/eval"
	"cnnl/eval/reading"
	"cnnl/lang"
	"cnnl/render"
	"cnnl/render/terminal"
)

// flags mean the same wherever a script is read.
type flags struct {
	output  outputs
	color   choice
	reading reading.Reading
	limits  limits
	depth   int
	allRows bool
}

func (f *flags) register(set *pflag.FlagSet) {
	f.color = choice{value: "auto", of: []string{"auto", "always", "never"}}
	set.VarP(&f.output, "output", "o", "format of the answer; FORMAT=FILE writes it to a file (repeatable)")
	set.Var(&f.color, "color", "colours: auto, always or never")
	set.Var(sets{&f.reading}, "set", "a value in place of the script's let of that name, as NAME=VALUE (repeatable)")
	set.Var(assumes{&f.reading}, "assume", "an assume before the first line, as \"pad same\" (repeatable)")
	set.IntVar(&f.depth, "depth", -1, "fold blocks that lie deeper than so many; 0 folds all, -1 none")
	set.BoolVar(&f.allRows, "all-rows", false, "show very long networks whole, as what -o writes to a file is")
	set.Var(&f.limits, "limit", "another limit, as NAME=NUMBER: "+strings.Join(limitNames(), ", ")+" (repeatable)")
}

// extent is how much of a network is shown.
func (f *flags) extent() render.Extent {
	if f.allRows {
		return render.Whole()
	}
	return render.Extent{}
}

// options are how a script is to be read.
func (f *flags) options(file string) eval.Options {
	opts := eval.Options{Reading: f.reading, Limits: f.limits.eval, Open: f.opener(file)}
	opts.Limits.Source, opts.Limits.Depth = f.limits.lang.Source, f.limits.lang.Depth
	if file != standardInput {
		opts.Path = filepath.Base(file)
	}
	return opts
}

// terminal says how text may look on a writer. NO_COLOR and a dumb terminal
// are respected; only an explicit --color overrules them.
func (f *flags) terminal(w io.Writer) terminal.Terminal {
	t := terminal.Terminal{Color: f.color.value == "always"}
	file, ok := terminalOf(w)
	if !ok {
		return t
	}
	t.Width, _, _ = term.GetSize(int(file.Fd()))
	escapes := obeysEscapes(file)
	if f.color.value == "auto" {
		t.Color = escapes && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return t
}

// terminalOf is the terminal that a writer writes to.
func terminalOf(w io.Writer) (file *os.File, ok bool) {
	if s, is := w.(*stream); is {
		w = s.w
	}
	file, ok = w.(*os.File)
	return file, ok && term.IsTerminal(int(file.Fd()))
}

func isTerminal(w io.Writer) bool {
	_, ok := terminalOf(w)
	return ok
}

// A choice is a flag that takes one of a few words.
type choice struct {
	value string
	of    []string
}

func (c *choice) String() string { return c.value }
func (c *choice) Type() string   { return "WORD" }

func (c *choice) Set(word string) error {
	if !slices.Contains(c.of, word) {
		if near := lang.Nearest(word, c.of...); near != "" {
			return fmt.Errorf("it takes %s; did you mean %s?", strings.Join(c.of, ", "), near)
		}
		return fmt.Errorf("it takes %s", strings.Join(c.of, ", "))
	}
	c.value = word
	return nil
}

// sets is the flag --set.
type sets struct{ *reading.Reading }

func (s sets) String() string { return "" }
func (s sets) Type() string   { return "NAME=VALUE" }

func (s sets) Set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if name = strings.TrimSpace(name); !ok || name == "" || strings.TrimSpace(value) == "" {
		return fmt.Errorf("write --set NAME=VALUE")
	}
	*s.Reading = s.And(reading.Set(name, strings.TrimSpace(value), "--set"))
	return nil
}

// assumes is the flag --assume.
type assumes struct{ *reading.Reading }

func (a assumes) String() string { return "" }
func (a assumes) Type() string   { return "stringArray" }

func (a assumes) Set(words string) error {
	*a.Reading = a.And(reading.Assuming(words, "--assume"))
	return nil
}

// limits are the values of --limit.
type limits struct {
	lang lang.Limits
	eval eval.Limits
}

// A limitEntry is one that can be set.
type limitEntry struct {
	name  string
	most  int
	where func(*limits) []*int
}

// limitEntries is the table of them. The most of each is far more than anybody
// needs, and far from where numbers overflow; deeper brackets than its depth
// could exhaust the stack.
func limitEntries() []limitEntry {
	return []limitEntry{
		{"source", 1 << 30, func(l *limits) []*int { return []*int{&l.lang.Source} }},
		{"depth", 10_000, func(l *limits) []*int { return []*int{&l.lang.Depth} }},
		{"words", 1 << 30, func(l *limits) []*int { return []*int{&l.lang.Words} }},
		{"messages", 1 << 30, func(l *limits) []*int { return []*int{&l.lang.Messages, &l.eval.Messages} }},
		{"layers", 1 << 30, func(l *limits) []*int { return []*int{&l.eval.Layers} }},
		{"steps", int(min(int64(1)<<50, math.MaxInt)), func(l *limits) []*int { return []*int{&l.eval.Steps} }},
	}
}

func limitNames() (names []string) {
	for _, e := range limitEntries() {
		names = append(names, e.name)
	}
	return names
}

func (l *limits) String() string { return "" }
func (l *limits) Type() string   { return "NAME=NUMBER" }

func (l *limits) Set(text string) error {
	name, value, _ := strings.Cut(text, "=")
	list := limitEntries()
	i := slices.IndexFunc(list, func(e limitEntry) bool { return e.name == name })
	if i < 0 {
		return fmt.Errorf("the limits are %s", strings.Join(limitNames(), ", "))
	}
	digits := strings.ReplaceAll(value, "_", "")
	n, err := strconv.Atoi(digits)
	switch {
	case errors.Is(err, strconv.ErrRange) || err == nil && n > list[i].most:
		return fmt.Errorf("%s goes up to %s", name, lang.Group(int64(list[i].most)))
	case err != nil || n < 1:
		return fmt.Errorf("write --limit %s=NUMBER, the number at least 1", name)
	}
	for _, p := range list[i].where(l) {
		*p = n
	}
	return nil
}
