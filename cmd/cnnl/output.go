package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"cnnl/lang"
	"cnnl/render"
)

// What answers look like, and where they go: the flag -o.

// formats are those each command answers in.
var formats = map[string][]string{
	"cnnl":     {"text", "json", "csv", "markdown"}, // as run
	"run":      {"text", "json", "csv", "markdown"},
	"check":    {"text", "json"},
	"diff":     {"text", "json"},
	"fix":      {"text", "json"},
	"explain":  {"text", "json", "markdown", "latex", "html"},
	"grade":    append([]string{"text"}, reportNames()...),
	"sheet":    {"text", "csv"},
	"audit":    {"text", "json"},
	"diagnose": {"text", "json", "markdown"},
}

// outputs are the values of -o: formats, each with a file or for standard
// output.
type outputs struct{ list []output }

// An output is one format of an answer, and the file it goes to.
type output struct{ format, file string }

func (o *outputs) String() string { return "text" }
func (o *outputs) Type() string   { return "FORMAT[=FILE]" }

func (o *outputs) Set(text string) error {
	format, file, toFile := strings.Cut(text, "=")
	if toFile && file == "" {
		return fmt.Errorf("write -o %s=FILE, or -o %s for standard output", format, format)
	}
	if strings.EqualFold(filepath.Ext(file), scriptEnding) {
		return fmt.Errorf("%s is called like a script, and -o writes none; choose another name", file)
	}
	for _, other := range o.list {
		if other.file == file && file == "" {
			return fmt.Errorf("two formats cannot go to one place; write the second as -o %s=FILE", format)
		}
	}
	o.list = append(o.list, output{format, file})
	return nil
}

// wanted are the outputs asked for, or text.
func (o *outputs) wanted() []output {
	if len(o.list) == 0 {
		return []output{{format: "text"}}
	}
	return o.list
}

// machine reports whether standard output is for a machine, so that
// diagnostics are inside it.
func (o *outputs) machine() bool {
	return slices.ContainsFunc(o.list, func(out output) bool { return out.file == "" && out.format == "json" })
}

// A document is one output of a run while it is written: on standard output,
// or for a file.
type document struct {
	output
	w      io.Writer
	whole  *newFile      // that it goes to, if it does
	extent render.Extent // files are whole
}

// check holds what is wanted to the formats that a command answers in.
func (o *outputs) check(command string) error {
	can := formats[command]
	for _, out := range o.list {
		switch {
		case can == nil:
			return fmt.Errorf("%s takes no -o", command)
		case !slices.Contains(can, out.format):
			near := ""
			if word := lang.Nearest(out.format, can...); word != "" {
				near = "; did you mean " + word + "?"
			}
			return fmt.Errorf("%s does not answer in %s; it answers in %s%s", command, out.format, strings.Join(can, ", "), near)
		}
	}
	return nil
}

// files are where outputs go that do not go to standard output.
func (o *outputs) files() (files []string) {
	for _, out := range o.list {
		files = append(files, out.file)
	}
	return files
}

// documents are those that were asked for.
func (a *app) documents() (docs []document) {
	for _, o := range a.flags.output.wanted() {
		d := document{output: o, w: a.out, extent: a.flags.extent()}
		if o.file != "" {
			d.extent = render.Whole()
			d.whole = a.files.begin(o.file)
			d.w = d.whole
		}
		docs = append(docs, d)
	}
	return docs
}

// keep writes the documents that are for files.
func (a *app) keep(docs []document) error {
	for _, d := range docs {
		if d.whole == nil {
			continue
		}
		if err := d.whole.keep(); err != nil {
			return err
		}
	}
	return nil
}
