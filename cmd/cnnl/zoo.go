package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"cnnl/examples/zoo"
	"cnnl/lang"
)

// zooPrefix begins the names of built-in models, where a FILE is wanted.
const zooPrefix = "zoo/"

func (a *app) zooCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "zoo [NAME]",
		Short:   "List the built-in models, or show the script of one",
		Long:    "Lists the models that are inside the program, or shows the script of one. Wherever\na FILE is wanted, zoo/NAME stands for it.",
		Example: "  cnnl zoo\n  cnnl zoo resnet50\n  cnnl run zoo/resnet50 --depth 0\n  cnnl diff zoo/resnet18 zoo/resnet34",
		Args:    takes(0, 1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return zoo.Names(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, names []string) error {
			if len(names) == 0 {
				a.listZoo()
				return nil
			}
			text, ok := zoo.Text(strings.TrimPrefix(names[0], zooPrefix))
			if !ok {
				return noModel(names[0])
			}
			io.WriteString(a.out, text)
			return nil
		},
	}
}

// listZoo lists the models with their parameters.
func (a *app) listZoo() {
	var parser lang.Parser
	for _, name := range zoo.Names() {
		text, _ := zoo.Text(name)
		r := a.evaluate(&parser, zooPrefix+name, lang.NewSource(zooPrefix+name, text))
		fmt.Fprintf(a.out, "%-20s %13s  %s\n", name, lang.Group(r.net.Totals.Params()), zoo.Title(text))
	}
}

func noModel(name string) error {
	hint := "cnnl zoo lists them"
	if near := lang.Nearest(strings.TrimPrefix(name, zooPrefix), zoo.Names()...); near != "" {
		hint = "did you mean " + near + "?"
	}
	return fmt.Errorf("there is no built-in model called %s; %s", strings.TrimPrefix(name, zooPrefix), hint)
}
