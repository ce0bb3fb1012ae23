package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"cnnl/eval"
	"cnnl/lang"
	"cnnl/render"
)

func (a *app) fixCommand() *cobra.Command {
	var f formatting
	cmd := &cobra.Command{
		Use:               "fix [-l] [-w] [-d] FILE|DIR...",
		Short:             "Mend what is certain in scripts",
		Long:              "Carries out the fixes of mistakes that are certain: those that change only the form,\nand where nothing else can be meant. The script goes to standard output, or with -w\nback to its file. What is left is told.",
		Example:           "  cnnl fix -d hw.cnnl\n  cnnl fix -w homework/",
		Args:              takes(1, many),
		ValidArgsFunction: completeScripts,
		RunE:              func(_ *cobra.Command, paths []string) error { return a.fix(f, paths) },
	}
	cmd.Flags().BoolVarP(&f.list, "list", "l", false, "list the files that would change")
	cmd.Flags().BoolVarP(&f.write, "write", "w", false, "write the result back to the file")
	cmd.Flags().BoolVarP(&f.diff, "diff", "d", false, "show what would change")
	return cmd
}

func (a *app) fix(f formatting, paths []string) error {
	var parser lang.Parser
	for _, path := range paths {
		for _, file := range a.scripts(path) {
			if err := a.fixFile(f, &parser, file); err != nil {
				a.complain(err)
			}
		}
	}
	return nil
}

// fixFile mends one script, and tells the mistakes that are left.
func (a *app) fixFile(f formatting, parser *lang.Parser, file string) error {
	if f.write && file == standardInput {
		return fmt.Errorf("standard input cannot be written back; leave -w out")
	}
	src, err := a.read(file)
	if err != nil {
		return err
	}
	text, left, more := a.mendAll(parser, file, src)
	if more {
		a.note(file + ": more can be mended than is in one go: run fix again on what came of it")
	}
	if left.Failed() {
		a.worse(exitScript)
	}
	if a.flags.output.machine() {
		err := render.FixJSON(a.out, src.Name, text, text != src.Text, left)
		if err != nil || !f.write || text == src.Text {
			return err
		}
		return a.writeBack(file, text)
	}
	render.Diagnostics(a.err, a.flags.terminal(a.err), left)
	switch {
	case !f.list && !f.write && !f.diff:
		a.showScript(text)
		return nil
	case text == src.Text:
		return nil
	}
	return a.changed(f, file, src.Text, text)
}

// mostMended bounds how much text is gone through to mend a script, in bytes: each time
// as much is mended as messages are kept.
const mostMended = 512 << 10

// mendAll mends a script until nothing is left that is certain, and gives what is said of
// the script then. More reports that it has ended before that.
func (a *app) mendAll(parser *lang.Parser, file string, src *lang.Source) (text string, left lang.Diagnostics, more bool) {
	text = src.Text
	for gone := 0; ; {
		now := lang.NewSource(src.Name, text)
		diags, opts := a.told(parser, file, now)
		if gone >= mostMended {
			return text, diags, true
		}
		r := a.mended(parser, now, diags, opts)
		if r.Text == text {
			return text, r.Diags, false
		}
		text = r.Text
		gone += len(text)
	}
}

// told is what is said of a script, run or not.
func (a *app) told(parser *lang.Parser, file string, src *lang.Source) (lang.Diagnostics, eval.Options) {
	parsed, diags := parser.Parse(src, a.flags.limits.lang)
	opts := a.flags.options(file)
	opts.Whole = true
	_, more := eval.Run(parsed, opts)
	diags.Merge(more)
	diags.Sort()
	return diags, opts
}
