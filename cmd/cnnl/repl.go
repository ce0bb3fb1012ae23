package main

import (
	"cmp"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"cnnl/eval"
	"cnnl/render/terminal"
	"cnnl/repl"
)

func (a *app) replCommand() *cobra.Command {
	var plain bool
	cmd := &cobra.Command{
		Use:               "repl [FILE]",
		Short:             "Explore a network at a prompt (also: cnnl alone, on a terminal)",
		Long:              "Reads statements one by one and answers each with what it adds: the output, the\nparameters, the running total. FILE is read first. From a pipe it shows no prompt,\nand the exit code is 1 if an entry failed.",
		Example:           "  cnnl repl\n  cnnl repl hw.cnnl\n  echo 'input 8x8x3; conv c1 4 3x3; c1.params' | cnnl repl",
		Args:              takes(0, 1),
		ValidArgsFunction: completeScripts,
		RunE:              func(_ *cobra.Command, files []string) error { return a.prompt(files, plain) },
	}
	cmd.Flags().BoolVar(&plain, "plain", false, "no line editing, for terminals that can do little")
	return cmd
}

// prompt runs the prompt on a terminal, or reads entries from a pipe.
func (a *app) prompt(files []string, plain bool) error {
	o := repl.Options{
		Out: a.out, Err: a.err, Interactive: a.onTerminal(), Limits: a.flags.limits.lang,
		Look:   func() terminal.Terminal { return a.flags.terminal(a.out) },
		Eval:   a.flags.options(standardInput),
		Extent: a.flags.extent(),
		Files:  repl.Files{Load: a.load, Save: func(file, text string) error { return a.files.write(file, []byte(text)) }, List: scriptsLike, Exists: exists},
	}
	file := ""
	if len(files) > 0 {
		if file = files[0]; file == standardInput {
			return errors.New("entries come from standard input already; leave out -")
		}
		if _, _, err := a.load(file); err != nil {
			return err
		}
	}
	var interrupts <-chan struct{}
	if o.Interactive {
		o.Eval.Interrupted, interrupts = interruptions()
	}
	var lines repl.Lines = repl.NewPlain(a.in, nil, a.flags.longestLine())
	switch {
	case !o.Interactive:
	case plain || os.Getenv("TERM") == "dumb":
		p := repl.NewPlain(a.in, a.out, a.flags.longestLine())
		p.Interrupts = interrupts
		lines = p
	default:
		history := openHistory()
		terminal, err := repl.NewTerminal(history.entries, history.record)
		if err != nil {
			return err
		}
		defer terminal.Close()
		lines = terminal
	}
	if repl.Run(lines, o, file) && !o.Interactive {
		a.worse(exitScript)
	}
	return nil
}

// onTerminal reports whether somebody sits before the program.
func (a *app) onTerminal() bool {
	in, isFile := a.in.(*os.File)
	s, isStream := a.out.(*stream)
	if !isFile || !isStream {
		return false
	}
	out, isFile := s.w.(*os.File)
	return isFile && term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(out.Fd()))
}

// interruptions becomes true, and tells so, with every Ctrl-C.
func interruptions() (*atomic.Bool, <-chan struct{}) {
	var interrupted atomic.Bool
	told := make(chan struct{}, 1)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	go func() {
		for range signals {
			interrupted.Store(true)
			select {
			case told <- struct{}{}:
			default:
			}
		}
	}()
	return &interrupted, told
}

// load reads a script for the prompt.
func (a *app) load(file string) (string, eval.Options, error) {
	src, err := a.read(file)
	if err != nil {
		return "", eval.Options{}, err
	}
	return src.Text, a.flags.options(file), nil
}

func exists(file string) bool {
	_, err := os.Lstat(file)
	return err == nil
}

// scriptsLike lists the scripts and folders that a path begins like.
func scriptsLike(prefix string) (list []string) {
	folder, begins := filepath.Split(prefix)
	entries, _ := os.ReadDir(cmp.Or(folder, "."))
	for _, e := range entries {
		name := folder + e.Name()
		if !strings.HasPrefix(e.Name(), begins) {
			continue
		}
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			list = append(list, name+string(filepath.Separator))
		} else if strings.HasSuffix(name, scriptEnding) {
			list = append(list, name)
		}
	}
	return list
}
