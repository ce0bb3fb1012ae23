// Command cnnl counts neural networks described in its small language:
// shapes, parameters, multiply-accumulates, receptive fields.
//
//	cnnl hw.cnnl            the table and the totals of a script
//	cnnl check homework/    the mistakes of many scripts, one a line
//	cnnl help share         what an error code means
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cnnl/lang"
	"cnnl/render"
)

// The exit codes.
const (
	exitFine   = 0
	exitScript = 1 // the scripts are at fault
	exitUsage  = 2 // the command line, or a file that cannot be read
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// An app is one run of the program: its streams, its flags and how it ends.
type app struct {
	in       io.Reader
	out, err io.Writer
	flags    flags
	exit     int
}

// run carries out a command line and gives the exit code.
func run(args []string, in io.Reader, out, err io.Writer) int {
	a := &app{in: in, out: out, err: err}
	root := a.command()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(err)
	if e := root.Execute(); e != nil {
		a.complain(e)
		return exitUsage
	}
	return a.exit
}

// complain tells of a command line or file that cannot be used.
func (a *app) complain(e error) {
	a.worse(exitUsage)
	fmt.Fprintln(a.err, "cnnl: "+render.Visible(e.Error()))
}

// worse raises the exit code.
func (a *app) worse(code int) { a.exit = max(a.exit, code) }

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "cnnl [FILE...]",
		Short:         "Count neural networks: shapes, parameters, costs, receptive fields",
		Long:          "cnnl reads descriptions of neural networks and counts them: the shape after each\nlayer, parameters (shared ones once), multiply-accumulates, the receptive field.",
		Example:       "  cnnl hw.cnnl                        the network of a script\n  cnnl hw.cnnl --assume \"pad same\"    the same with another reading\n  cnnl check homework/                the mistakes of many scripts",
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, files []string) error {
			if len(files) == 0 {
				return cmd.Help()
			}
			return a.runFiles(files)
		},
	}
	root.AddCommand(a.runCommand(), a.checkCommand(), a.explainCommand(), a.diffCommand(), a.formatCommand(), a.layersCommand(), a.versionCommand())
	root.SetHelpCommand(a.helpCommand())
	root.ValidArgsFunction = completeScripts
	root.SetFlagErrorFunc(flagError)
	a.flags.register(root.PersistentFlags())
	completeFlags(root)
	return root
}

// flagError names the flag that an unknown one was probably meant to be.
func flagError(cmd *cobra.Command, e error) error {
	var unknown *pflag.NotExistError
	if !errors.As(e, &unknown) {
		return e
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := lang.Nearest(unknown.GetSpecifiedName(), names...); near != "" {
		return fmt.Errorf("%w; did you mean --%s?", e, near)
	}
	return fmt.Errorf("%w; cnnl %s --help lists the flags", e, strings.TrimPrefix(cmd.CommandPath(), "cnnl"))
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
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
