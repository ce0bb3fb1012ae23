package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cnnl/diagnose"
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
	w := a.gather()
	defer w.flush()
	for answer := range inorder.List(context.Background(), slices.Values(files), runtime.GOMAXPROCS(0), a.checker) {
		w.write(answer)
		a.worse(answer.exit)
	}
	return nil
}

// An answer is what check says of one script.
type answer struct {
	out, err []byte
	exit     int
}

// A gatherer writes what many scripts have to say in few pieces, in its order
// on both streams; to a terminal at once.
type gatherer struct {
	out, err *bufio.Writer
	watched  bool
}

// gathered is about how much is written at once.
const gathered = 32 << 10

func (a *app) gather() *gatherer {
	return &gatherer{bufio.NewWriterSize(a.out, gathered), bufio.NewWriterSize(a.err, gathered), isTerminal(a.out) || isTerminal(a.err)}
}

func (g *gatherer) write(r answer) {
	if len(r.out) > 0 {
		g.err.Flush()
		g.out.Write(r.out)
	}
	if len(r.err) > 0 {
		g.out.Flush()
		g.err.Write(r.err)
	}
	if g.watched {
		g.flush()
	}
}

func (g *gatherer) flush() {
	g.out.Flush()
	g.err.Flush()
}

// A checker reads scripts on an app of its own, so that workers share nothing
// that they write.
type checker struct {
	app
	out, err bytes.Buffer
	parser   lang.Parser
	scratch  eval.Scratch
}

// checker makes a worker.
func (a *app) checker() func(file string) answer {
	c := &checker{app: app{in: a.in, flags: a.flags}}
	c.app.out, c.app.err = &c.out, &c.err
	return c.check
}

// check reads one script.
func (c *checker) check(file string) answer {
	c.out.Reset()
	c.err.Reset()
	c.exit = exitFine
	src, err := c.read(file)
	if err != nil {
		c.unreadable(file, err)
	} else {
		c.tell(file, src)
	}
	return answer{bytes.Clone(c.out.Bytes()), bytes.Clone(c.err.Bytes()), c.exit}
}

// unreadable tells of a file that cannot be read.
func (c *checker) unreadable(file string, err error) {
	c.complain(err)
	if c.flags.output.machine() {
		var diags lang.Diagnostics
		diags.Add(lang.Diagnostic{Code: lang.Use, Summary: err.Error()})
		_ = render.JSON(&c.out, file, nil, nil, diags, 0, c.flags.extent()) // a buffer takes everything
	}
}

// tell tells the mistakes of a script.
func (c *checker) tell(file string, src *lang.Source) {
	parsed, diags := c.parser.Parse(src, c.flags.limits.lang)
	opts := c.flags.options(file)
	opts.Whole = true
	opts.Scratch = &c.scratch
	v := eval.Evaluate(parsed, opts)
	diags.Merge(v.Diags)
	diags.Sort()
	if c.flags.output.machine() {
		diagnose.Help(v, parsed, &diags) // a line has no room for it
	}
	diags = c.mended(&c.parser, src, diags, opts).Diags
	c.judge(result{src: src, net: v.Network, diags: diags})
	if c.flags.output.machine() {
		_ = render.JSON(&c.out, src.Name, v.Network, nil, diags, c.flags.depth, c.flags.extent()) // a buffer takes everything
		return
	}
	for _, d := range diags.List {
		if d.Severity != lang.Note {
			fmt.Fprintln(&c.err, render.DiagnosticLine(file, d))
		}
	}
	if diags.More > 0 {
		fmt.Fprintf(&c.err, "%s: and %s more\n", lang.Visible(file), lang.Group(int64(diags.More)))
	}
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
