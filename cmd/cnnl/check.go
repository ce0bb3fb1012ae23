package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cnnl/eval"
	"cnnl/internal/inorder"
	"cnnl/lang"
	"cnnl/render"
)

// scriptEnding is what check looks for in a folder.
const scriptEnding = ".cnnl"

func (a *app) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "check FILE|DIR...",
		Short:             "Tell the mistakes of many scripts, one a line",
		Long:              "Reads scripts and tells only what is wrong with them, one problem a line. Of a\nfolder it reads every *.cnnl, in its sub-folders too; links are not followed.",
		Example:           "  cnnl check homework/\n  cnnl check a.cnnl b.cnnl",
		Args:              takes(1, many),
		ValidArgsFunction: completeScripts,
		RunE:              func(_ *cobra.Command, paths []string) error { return a.check(paths) },
	}
}

// check reads many scripts on every core and tells their problems in the
// order of the files.
func (a *app) check(paths []string) error {
	settleMemory()
	docs := a.documents()
	if docs[0].file != "" {
		return errors.New("check answers on standard output")
	}
	var files []string
	for _, path := range paths {
		files = append(files, a.scripts(path)...)
	}
	for answer := range inorder.Map(slices.Values(files), runtime.GOMAXPROCS(0), func() func(string) answer {
		var parser lang.Parser
		var scratch eval.Scratch
		return func(file string) answer { return a.checkOne(&parser, &scratch, file) }
	}) {
		a.out.Write(answer.out)
		a.err.Write(answer.err)
		a.worse(answer.exit)
	}
	return nil
}

// An answer is what check says of one script.
type answer struct {
	out, err []byte
	exit     int
}

// checkOne reads one script on an app of its own, so that workers share
// nothing that they write.
func (a *app) checkOne(parser *lang.Parser, scratch *eval.Scratch, file string) answer {
	var out, err bytes.Buffer
	own := &app{in: a.in, out: &out, err: &err, flags: a.flags}
	src, failure := own.read(file)
	if failure != nil {
		own.complain(failure)
		if a.flags.output.machine() {
			var diags lang.Diagnostics
			diags.Add(lang.Diagnostic{Code: lang.Use, Summary: failure.Error()})
			_ = render.JSON(&out, file, nil, nil, diags, 0) // a buffer takes everything
		}
		return answer{out.Bytes(), err.Bytes(), own.exit}
	}
	parsed, diags := parser.Parse(src, a.flags.limits.lang)
	opts := a.flags.options(file)
	opts.Whole = true
	opts.Scratch = scratch
	net, more := eval.Run(parsed, opts)
	diags.Merge(more)
	diags.Sort()
	r := result{src: src, net: net, diags: diags}
	own.judge(r)
	if a.flags.output.machine() {
		_ = render.JSON(&out, src.Name, r.net, nil, r.diags, a.flags.depth) // a buffer takes everything
		return answer{out.Bytes(), err.Bytes(), own.exit}
	}
	for _, d := range r.diags.List {
		if d.Severity != lang.Note {
			fmt.Fprintln(&err, render.DiagnosticLine(file, d))
		}
	}
	if r.diags.More > 0 {
		fmt.Fprintf(&err, "%s: and %s more\n", lang.Visible(file), lang.Group(int64(r.diags.More)))
	}
	return answer{out.Bytes(), err.Bytes(), own.exit}
}

// scripts lists the scripts that a path stands for.
func (a *app) scripts(path string) (files []string) {
	info, err := os.Stat(path)
	if path == standardInput || err != nil || !info.IsDir() {
		return []string{path} // reading it tells what is wrong
	}
	_ = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			a.complain(fileError(name, err))
		case !strings.HasSuffix(name, scriptEnding) || entry.IsDir() || entry.Type()&fs.ModeSymlink != 0:
		case !entry.Type().IsRegular():
			a.complain(fmt.Errorf("%s is no ordinary file and was not read", name))
		default:
			files = append(files, name)
		}
		return nil // go on with the rest
	})
	return files
}
