package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
)

// What answers look like, and where they go: the flag -o.

// formats are those each command answers in.
var formats = map[string][]string{
	"run":     {"text", "json", "csv", "markdown"},
	"check":   {"text", "json"},
	"diff":    {"text", "json"},
	"explain": {"text", "json", "markdown", "latex", "html"},
}

// allFormats are those of any command.
var allFormats = []string{"text", "json", "csv", "markdown", "latex", "html"}

// outputs are the values of -o: formats, each with a file or for standard
// output.
type outputs struct{ list []output }

// An output is one format of an answer, and the file it goes to.
type output struct{ format, file string }

func (o *outputs) String() string { return "text" }
func (o *outputs) Type() string   { return "FORMAT[=FILE]" }

func (o *outputs) Set(text string) error {
	format, file, toFile := strings.Cut(text, "=")
	one := choice{of: allFormats}
	if err := one.Set(format); err != nil {
		return err
	}
	if toFile && file == "" {
		return fmt.Errorf("write -o %s=FILE, or -o %s for standard output", format, format)
	}
	for _, other := range o.list {
		if other.file == file {
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
	w    io.Writer
	text *bytes.Buffer // of a file
}

// documents are those that a command was asked for.
func (a *app) documents(command string) (docs []document, err error) {
	for _, o := range a.flags.output.wanted() {
		if can := formats[command]; !slices.Contains(can, o.format) {
			return nil, fmt.Errorf("%s does not answer in %s; it answers in %s", command, o.format, strings.Join(can, ", "))
		}
		d := document{output: o, w: a.out}
		if o.file != "" {
			d.text = new(bytes.Buffer)
			d.w = d.text
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// keep writes the documents that are for files.
func keep(docs []document) error {
	for _, d := range docs {
		if d.file == "" {
			continue
		}
		if err := writeFile(d.file, d.text.Bytes()); err != nil {
			return err
		}
	}
	return nil
}
