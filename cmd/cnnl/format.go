package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"cnnl/lang"
	"cnnl/render"
)

// A formatting is what fmt does with a script.
type formatting struct{ list, write, diff bool }

func (a *app) formatCommand() *cobra.Command {
	var f formatting
	cmd := &cobra.Command{
		Use:               "fmt [-l] [-w] [-d] [FILE|DIR...]",
		Short:             "Format scripts",
		Long:              "Writes scripts in one form, as gofmt does for Go: to standard output, or with -w\nback to their files. Without FILE it formats standard input.",
		Example:           "  cnnl fmt hw.cnnl\n  cnnl fmt -l -w homework/",
		ValidArgsFunction: completeScripts,
		RunE:              func(_ *cobra.Command, paths []string) error { return a.format(f, paths) },
	}
	cmd.Flags().BoolVarP(&f.list, "list", "l", false, "list the files that would change")
	cmd.Flags().BoolVarP(&f.write, "write", "w", false, "write the result back to the file")
	cmd.Flags().BoolVarP(&f.diff, "diff", "d", false, "show what would change")
	return cmd
}

func (a *app) format(f formatting, paths []string) error {
	if len(paths) == 0 {
		paths = []string{standardInput}
	}
	for _, path := range paths {
		for _, file := range a.scripts(path) {
			if err := a.formatFile(f, file); err != nil {
				a.complain(err)
			}
		}
	}
	return nil
}

// formatFile formats one script. A script that cannot be read stays as it is.
func (a *app) formatFile(f formatting, file string) error {
	if f.write && file == standardInput {
		return fmt.Errorf("standard input cannot be written back; leave -w out")
	}
	src, err := a.read(file)
	if err != nil {
		return err
	}
	text, diags := lang.Format(src, a.flags.limits.lang)
	if diags.Failed() {
		render.Diagnostics(a.err, a.flags.terminal(a.err), diags)
		a.worse(exitScript)
		return nil
	}
	if !f.list && !f.write && !f.diff {
		a.showScript(text)
		return nil
	}
	if text == src.Text {
		return nil
	}
	return a.changed(f, file, src.Text, text)
}

// showScript writes a script: to a file or a pipe as it is, to a terminal with
// what that would obey made visible.
func (a *app) showScript(text string) {
	if isTerminal(a.out) {
		text = visibleLines(text)
	}
	io.WriteString(a.out, text)
}

// visibleLines makes what stands in lines visible; their ends stay.
func visibleLines(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		body, ended := strings.CutSuffix(line, "\n")
		b.WriteString(lang.Visible(body))
		if ended {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// changed does what was asked for with a script that has another form.
func (a *app) changed(f formatting, file, before, after string) error {
	if f.list {
		fmt.Fprintln(a.out, lang.Visible(file))
	}
	if f.diff {
		name := lang.Visible(file)
		io.WriteString(a.out, visibleLines(string(diff.Diff(name+".orig", []byte(before), name, []byte(after)))))
	}
	if f.write {
		return a.writeBack(file, after)
	}
	a.worse(exitScript)
	return nil
}

func (a *app) writeBack(file, text string) error {
	if info, err := os.Stat(file); err == nil && info.Mode().Perm()&0o200 == 0 {
		return fmt.Errorf("%s may not be written", file)
	}
	return a.files.write(file, []byte(text))
}
