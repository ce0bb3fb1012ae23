package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"cnnl/eval"
	"cnnl/lang"
	"cnnl/render"
)

func (a *app) layersCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "layers [KIND]",
		Short:             "List the kinds of layers, or explain one",
		Long:              "Lists the kinds of layers, or explains one: its values and options, the size of its\noutput and what it learns.",
		Example:           "  cnnl layers\n  cnnl layers conv",
		Args:              takes(0, 1),
		ValidArgsFunction: completeKinds,
		RunE: func(_ *cobra.Command, words []string) error {
			terminal := a.flags.terminal(a.out)
			if len(words) == 0 {
				render.Kinds(a.out, terminal)
				return nil
			}
			kind, names := eval.KindCalled(words[0])
			if kind == nil {
				hint := "cnnl layers lists them"
				if near := lang.Nearest(strings.ToLower(words[0]), names...); near != "" {
					hint = "did you mean " + near + "?"
				}
				return fmt.Errorf("there is no kind of layer called %s; %s", words[0], hint)
			}
			render.Kind(a.out, terminal, kind)
			return nil
		},
	}
}
