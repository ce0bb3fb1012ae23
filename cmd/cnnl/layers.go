package main

import (
	"errors"

	"github.com/spf13/cobra"

	"cnnl/assist"
	"cnnl/eval/resolve"
	"cnnl/render"
)

func (a *app) layersCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "layers [KIND]",
		Short:             "List the kinds of layers, or explain one",
		Long:              "Lists the kinds of layers and the blocks of the standard library, or explains one:\nits values and options, the size of its output and what it learns. Any other word\nof the language is explained too.",
		Example:           "  cnnl layers\n  cnnl layers conv",
		Args:              takes(0, 1),
		ValidArgsFunction: completeKinds,
		RunE: func(_ *cobra.Command, words []string) error {
			terminal := a.flags.terminal(a.out)
			if len(words) == 0 {
				render.Kinds(a.out, terminal)
				render.LibraryBlocks(a.out, terminal, resolve.LibraryBlocks())
				return nil
			}
			m := assist.Lookup(words[0])
			if !render.Meaning(a.out, terminal, m) {
				return errors.New(m.Denial("kind of layer called", "cnnl layers lists them"))
			}
			return nil
		},
	}
}
