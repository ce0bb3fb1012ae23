package main

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"cnnl/diagnose"
	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/lang"
	"cnnl/render"
	"cnnl/repair"
)

func (a *app) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "run FILE...",
		Short:             "Show the networks of scripts (also: cnnl FILE...)",
		Long:              "Shows the network of each script: a table of its layers, the totals, and which\ndefaults decided a number. FILE may be -, standard input.",
		Example:           "  cnnl run hw.cnnl\n  cnnl run hw.cnnl --set filters=32 --depth 0\n  cnnl run hw.cnnl --assume \"pad same\" -o json\n  cnnl run hw.cnnl -o text -o csv=hw.csv",
		Args:              takes(1, many),
		ValidArgsFunction: completeScripts,
		RunE:              func(_ *cobra.Command, files []string) error { return a.runFiles(files) },
	}
}

// runFiles shows the network of each file.
func (a *app) runFiles(files []string) error {
	docs := a.documents()
	var parser lang.Parser
	for i, file := range files {
		src, err := a.read(file)
		var r result
		if err != nil {
			a.complain(a.hinted(file, err))
			r.src = lang.NewSource(filepath.ToSlash(file), "")
			r.diags.Add(lang.Diagnostic{Code: lang.Use, Summary: err.Error()})
		} else {
			r = a.evaluate(&parser, file, src)
			a.judge(r)
		}
		show := func() error {
			for _, d := range docs {
				if err := a.show(d, i, len(files), r); err != nil {
					return err
				}
			}
			return nil
		}
		if err := a.tell(r, show); err != nil {
			return err
		}
	}
	return a.keep(docs)
}

// tell shows what a script gives, and what is said of it: behind it, where one looks
// last, but a limit that was passed before the many rows that came of it.
func (a *app) tell(r result, show func() error) error {
	say := func() {
		if r.net != nil && !a.flags.output.machine() {
			render.Diagnostics(a.err, a.flags.terminal(a.err), r.diags)
		}
	}
	passed := slices.ContainsFunc(r.diags.List, func(d lang.Diagnostic) bool { return d.Code == lang.Limit })
	if passed {
		say()
	}
	err := show()
	if !passed && err == nil {
		say()
	}
	return err
}

// hinted adds the command that a word was perhaps meant to be.
func (a *app) hinted(file string, err error) error {
	if near := lang.Nearest(file, commandNames()...); near != "" {
		return fmt.Errorf("%w, and no command of that name; did you mean cnnl %s?", err, near)
	}
	return err
}

// A result is one script, read and evaluated; without a network it could not
// be read.
type result struct {
	src      *lang.Source
	net      *network.Network
	readings []eval.Reading
	diags    lang.Diagnostics
}

func (a *app) evaluate(parser *lang.Parser, file string, src *lang.Source) result {
	parsed, diags := parser.Parse(src, a.flags.limits.lang)
	opts := a.flags.options(file)
	v := eval.Evaluate(parsed, opts)
	diags.Merge(v.Diags)
	diags.Sort()
	diagnose.Help(v, parsed, &diags)
	diags = a.mended(parser, src, diags, opts).Diags
	return result{src, v.Network, eval.Readings(v.Network, opts), diags}
}

// mended adds the ways out of a script's mistakes.
func (a *app) mended(parser *lang.Parser, src *lang.Source, diags lang.Diagnostics, opts eval.Options) repair.Result {
	return repair.Mend(src, diags, repair.Options{Eval: opts, Limits: a.flags.limits.lang, Parser: parser})
}

// show writes what one script gives, in one format.
func (a *app) show(d document, i, of int, r result) error {
	switch d.format {
	case "json":
		return render.JSON(d.w, r.src.Name, r.net, r.readings, r.diags, a.flags.depth, d.extent)
	case "csv":
		return render.CSV(d.w, i == 0, r.src.Name, r.net, r.diags, a.flags.depth, d.extent)
	}
	if r.net == nil {
		return nil
	}
	if d.format == "markdown" {
		return render.Markdown(d.w, r.src.Name, r.net, r.readings, a.flags.depth, d.extent)
	}
	if of > 1 {
		if i > 0 {
			fmt.Fprintln(d.w)
		}
		fmt.Fprintln(d.w, "==> "+lang.Visible(r.src.Name)+" <==")
	}
	render.Network(d.w, a.flags.terminal(d.w), r.net, r.readings, a.flags.depth, d.extent)
	return nil
}

func (a *app) judge(r result) {
	if r.diags.Failed() {
		a.worse(exitScript)
	}
}

// commandNames lists the commands.
func commandNames() (names []string) {
	for _, c := range new(app).command().Commands() {
		names = append(names, c.Name())
	}
	return slices.Clip(names)
}
