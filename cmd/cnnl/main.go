// Command cnnl counts neural networks described in its small language:
// shapes, parameters, multiply-accumulates, receptive fields.
//
//	cnnl hw.cnnl            the table and the totals of a script
//	cnnl repl               a prompt, with running totals
//	cnnl check homework/    the mistakes of many scripts, one a line
//	cnnl help share         what an error code means
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cnnl/internal/readfile"
	"cnnl/lang"
)

// The exit codes.
const (
	exitFine        = 0
	exitScript      = 1 // the scripts are at fault
	exitUsage       = 2 // the command line, or a file that cannot be read
	exitInterrupted = 130
	exitUnread      = 141 // nobody reads standard output any more
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // files asked for are written all the same
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// An app is one run of the program: its streams, its flags and how it ends.
type app struct {
	in       io.Reader
	out, err io.Writer
	flags    flags
	files    writer
	reader   readfile.Reader
	exit     int
}

// run carries out a command line and gives the exit code.
func run(args []string, in io.Reader, out, err io.Writer) int {
	results := &stream{w: out}
	a := &app{in: in, out: results, err: err}
	defer a.files.abandon()
	root := a.command()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(results)
	root.SetErr(err)
	e := root.Execute()
	if unread(results.err) && (e == nil || unread(e)) {
		return exitUnread
	}
	if e == nil && results.err != nil {
		e = writeError("standard output", results.err)
	}
	if e != nil {
		a.complain(e)
		return exitUsage
	}
	return a.exit
}

// A stream is standard output. It remembers what could not be written, and
// writes nothing more then.
type stream struct {
	w   io.Writer
	err error
}

func (s *stream) Write(p []byte) (n int, err error) {
	if s.err == nil {
		n, s.err = s.w.Write(p)
	}
	return n, s.err
}

// complain tells of a command line or file that cannot be used.
func (a *app) complain(e error) {
	a.worse(exitUsage)
	fmt.Fprintln(a.err, "cnnl: "+lang.Visible(e.Error()))
}

// note tells of what is no mistake.
func (a *app) note(text string) { fmt.Fprintln(a.err, "note: "+lang.Visible(text)) }

// worse raises the exit code.
func (a *app) worse(code int) { a.exit = max(a.exit, code) }

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:     "cnnl [FILE...]",
		Short:   "Count neural networks: shapes, parameters, costs, receptive fields",
		Long:    "cnnl reads descriptions of neural networks and counts them: the shape after each\nlayer, parameters (shared ones once), multiply-accumulates, the receptive field.",
		Example: "  cnnl hw.cnnl                        the network of a script\n  cnnl hw.cnnl --assume \"pad same\"    the same with another reading\n  cnnl check homework/                the mistakes of many scripts",
		Args:    cobra.ArbitraryArgs,
		PersistentPreRunE: func(cmd *cobra.Command, args []string) error {
			if err := a.flags.output.check(cmd.Name()); err != nil {
				return err
			}
			return traffic{read: args, written: a.flags.output.files()}.check()
		},
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, files []string) error {
			switch {
			case len(files) > 0:
			case a.onTerminal():
				return a.prompt(nil, false)
			default:
				return cmd.Help()
			}
			return a.runFiles(files)
		},
	}
	root.AddCommand(a.runCommand(), a.checkCommand(), a.replCommand(), a.explainCommand(), a.diffCommand(), a.gradeCommand(), a.sheetCommand(), a.diagnoseCommand(), a.auditCommand(), a.zooCommand(), a.formatCommand(), a.fixCommand(), a.layersCommand(), a.versionCommand())
	for _, c := range append(root.Commands(), root) {
		if can := formats[c.Name()]; can != nil {
			c.Long += "\n\nIt answers in " + strings.Join(can, ", ") + " (-o)."
		}
	}
	root.SetHelpCommand(a.helpCommand())
	root.ValidArgsFunction = completeScripts
	root.SetFlagErrorFunc(flagError)
	root.InitDefaultCompletionCmd()
	if c, _, err := root.Find([]string{"completion"}); err == nil {
		c.RunE = func(_ *cobra.Command, words []string) error {
			return fmt.Errorf("write cnnl completion SHELL; the shells are bash, zsh, fish, powershell")
		}
		c.Args = cobra.ArbitraryArgs
	}
	a.flags.register(root.PersistentFlags())
	completeFlags(root)
	return root
}

// flagError names the flag that an unknown one was probably meant to be.
func flagError(cmd *cobra.Command, e error) error {
	var unknown *pflag.NotExistError
	var value *pflag.InvalidValueError
	if errors.As(e, &value) && value.GetFlag().Value.Type() == "int" {
		return fmt.Errorf("--%s needs a whole number, found %s", value.GetFlag().Name, value.GetValue())
	}
	if errors.As(e, &value) && value.GetFlag().Value.Type() == "float64" {
		return fmt.Errorf("--%s needs a number, found %s", value.GetFlag().Name, value.GetValue())
	}
	if !errors.As(e, &unknown) {
		return e
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := lang.Nearest(unknown.GetSpecifiedName(), names...); near != "" {
		return fmt.Errorf("%w; did you mean --%s?", e, near)
	}
	return fmt.Errorf("%w; %s --help lists the flags", e, cmd.CommandPath())
}

// many is no upper bound of a number of arguments.
const many = 1 << 30

// takes holds a command to a number of arguments, and shows how it is written.
func takes(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return fmt.Errorf("something is missing: write cnnl %s", cmd.Use)
		case len(args) > most:
			return fmt.Errorf("%s is too much: write cnnl %s", args[most], cmd.Use)
		}
		return nil
	}
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  takes(0, 0),
		Run:   func(*cobra.Command, []string) { fmt.Fprintln(a.out, "cnnl "+version()) },
	}
}

// version is the module's version, and the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	text := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && !strings.Contains(text, s.Value[:12]) {
			text += " " + s.Value[:12]
		}
	}
	return text + " " + info.GoVersion
}
