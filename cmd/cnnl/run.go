package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"cnnl/eval"
	"cnnl/lang"
	"cnnl/render"
)

func (a *app) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "run FILE...",
		Short:   "Show the networks of scripts (also: cnnl FILE...)",
		Long:    "Shows the network of each script: a table of its layers, the totals, and which\ndefaults decided a number. FILE may be -, standard input.",
		Example: "  cnnl run hw.cnnl\n  cnnl run hw.cnnl --set filters=32\n  cnnl run hw.cnnl --assume \"pad same\" -o json",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(_ *cobra.Command, files []string) error { return a.runFiles(files) },
	}
}

// runFiles shows the network of each file.
func (a *app) runFiles(files []string) error {
	show := a.showText
	if a.flags.format.value == "json" {
		show = a.showJSON
	}
	var parser lang.Parser
	for i, file := range files {
		src, err := a.read(file)
		if err != nil {
			a.complain(a.hinted(file, err))
			a.showUnread(file, err)
			continue
		}
		if err := show(i, len(files), a.evaluate(&parser, src)); err != nil {
			return err
		}
	}
	return nil
}

// hinted adds the command that a word was perhaps meant to be.
func (a *app) hinted(file string, err error) error {
	if near := lang.Nearest(file, "run", "check", "help", "version"); near != "" {
		return fmt.Errorf("%w, and no command of that name; did you mean cnnl %s?", err, near)
	}
	return err
}

// A result is one script, read and evaluated.
type result struct {
	src   *lang.Source
	net   *eval.Network
	diags lang.Diagnostics
}

func (a *app) evaluate(parser *lang.Parser, src *lang.Source) result {
	file, diags := parser.Parse(src, a.flags.limits.lang)
	net, more := eval.Run(file, a.flags.options())
	diags.Merge(more)
	diags.Sort()
	return result{src, net, diags}
}

func (a *app) showText(i, of int, r result) error {
	if of > 1 {
		if i > 0 {
			fmt.Fprintln(a.out)
		}
		fmt.Fprintln(a.out, "==> "+render.Visible(r.src.Name)+" <==")
	}
	render.Network(a.out, a.flags.terminal(a.out), r.net, r.net.Readings(a.flags.options()))
	render.Diagnostics(a.err, a.flags.terminal(a.err), r.diags)
	a.judge(r)
	return nil
}

func (a *app) showJSON(_, _ int, r result) error {
	a.judge(r)
	return render.JSON(a.out, r.src.Name, r.net, r.net.Readings(a.flags.options()), r.diags)
}

// showUnread keeps the machine format complete: a document for every FILE.
func (a *app) showUnread(file string, err error) {
	if a.flags.format.value != "json" {
		return
	}
	var diags lang.Diagnostics
	diags.Add(lang.Diagnostic{Code: lang.Use, Summary: err.Error()})
	_ = render.JSON(a.out, file, nil, nil, diags) // the file's own error has been told
}

func (a *app) judge(r result) {
	if r.diags.Failed() {
		a.worse(exitScript)
	}
}
