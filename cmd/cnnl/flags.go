package main

import (
	"fmt"
	"io"
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
	"cnnl/render/terminal"
)

// flags mean the same wherever a script is read.
type flags struct {
	output  outputs
	color   choice
	reading reading.Reading
	limits  limits
	depth   int
}

func (f *flags) register(set *pflag.FlagSet) {
	f.color = choice{value: "auto", of: []string{"auto", "always", "never"}}
	set.VarP(&f.output, "output", "o", "format of the answer; FORMAT=FILE writes it to a file (repeatable)")
	set.Var(&f.color, "color", "colours: auto, always or never")
	set.Var(sets{&f.reading}, "set", "a value in place of the script's let of that name, as NAME=VALUE (repeatable)")
	set.Var(assumes{&f.reading}, "assume", "an assume before the first line, as \"pad same\" (repeatable)")
	set.IntVar(&f.depth, "depth", -1, "fold blocks that lie deeper than so many; 0 folds all, -1 none")
	set.Var(&f.limits, "limit", "another limit, as NAME=NUMBER: "+strings.Join(limitNames(), ", ")+" (repeatable)")
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
	if s, ok := w.(*stream); ok {
		w = s.w
	}
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return t
	}
	t.Width, _, _ = term.GetSize(int(file.Fd()))
	escapes := obeysEscapes(file)
	if f.color.value == "auto" {
		t.Color = escapes && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return t
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

// byName finds the limit that a name stands for.
func (l *limits) byName(name string) []*int {
	switch name {
	case "source":
		return []*int{&l.lang.Source}
	case "depth":
		return []*int{&l.lang.Depth}
	case "words":
		return []*int{&l.lang.Words}
	case "messages":
		return []*int{&l.lang.Messages, &l.eval.Messages}
	case "layers":
		return []*int{&l.eval.Layers}
	case "steps":
		return []*int{&l.eval.Steps}
	}
	return nil
}

func limitNames() []string {
	return []string{"source", "depth", "words", "messages", "layers", "steps"}
}

func (l *limits) String() string { return "" }
func (l *limits) Type() string   { return "NAME=NUMBER" }

func (l *limits) Set(text string) error {
	name, value, _ := strings.Cut(text, "=")
	places := l.byName(name)
	if places == nil {
		return fmt.Errorf("the limits are %s", strings.Join(limitNames(), ", "))
	}
	n, err := strconv.Atoi(strings.ReplaceAll(value, "_", ""))
	if err != nil || n < 1 {
		return fmt.Errorf("write --limit %s=NUMBER, the number at least 1", name)
	}
	if name == "depth" && n > deepest {
		return fmt.Errorf("depth goes up to %d: deeper brackets could exhaust the stack", deepest)
	}
	for _, p := range places {
		*p = n
	}
	return nil
}

// deepest is how far the depth of brackets can be raised.
const deepest = 10_000
