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
		Long:              "Lists the kinds of layers and the blocks of the standard library, or explains one:\nits values and options, the size of its output and what it learns.",
		Example:           "  cnnl layers\n  cnnl layers conv",
		Args:              takes(0, 1),
		ValidArgsFunction: completeKinds,
		RunE: func(_ *cobra.Command, words []string) error {
			terminal := a.flags.terminal(a.out)
			if len(words) == 0 {
				render.Kinds(a.out, terminal)
				render.LibraryBlocks(a.out, terminal, eval.LibraryBlocks())
				return nil
			}
			if b, ok := eval.BlockCalled(words[0]); ok {
				render.LibraryBlock(a.out, terminal, b)
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
