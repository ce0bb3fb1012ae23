package main

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"cnnl/compare"
	"cnnl/lang"
	"cnnl/render"
)

func (a *app) diffCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "diff A B",
		Short:             "Show how two networks differ",
		Long:              "Sets two networks side by side: the first layer that differs and in what, the other\ndifferences, how they carry on into later shapes, and the totals. What layers are\ncalled does not count, and claims are passed over. The exit code is 1 where something differs.",
		Example:           "  cnnl diff hw.cnnl solution.cnnl\n  cnnl diff a.cnnl b.cnnl -o json",
		Args:              takes(2, 2),
		ValidArgsFunction: completeScripts,
		RunE:              func(_ *cobra.Command, files []string) error { return a.diff(files[0], files[1]) },
	}
}

func (a *app) diff(fileA, fileB string) error {
	docs := a.documents()
	switch {
	case a.flags.depth >= 0:
		return errors.New("diff compares layers, those of blocks too: leave --depth out")
	case fileA == standardInput && fileB == standardInput:
		return errors.New("only one of the two can be standard input")
	}
	var results [2]result
	for i, file := range []string{fileA, fileB} {
		src, err := a.read(file)
		if err != nil {
			return err
		}
		results[i] = a.evaluate(new(lang.Parser), file, src)
		results[i].diags.List = slices.DeleteFunc(results[i].diags.List, func(d lang.Diagnostic) bool { return d.Code == lang.Expect })
		a.judge(results[i])
	}
	d := compare.Networks(results[0].net, results[1].net)
	if !d.Equal() {
		a.worse(exitScript)
	}
	for _, doc := range docs {
		show := func() error { return render.Diff(doc.w, a.flags.terminal(doc.w), d, doc.extent) }
		if doc.format == "json" {
			show = func() error { return render.DiffJSON(doc.w, d, results[0].diags, results[1].diags, doc.extent) }
		}
		if err := show(); err != nil {
			return err
		}
	}
	if !a.flags.output.machine() {
		for _, r := range results {
			render.Diagnostics(a.err, a.flags.terminal(a.err), r.diags)
		}
	}
	return a.keep(docs)
}
