package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"cnnl/eval"
	"cnnl/eval/layer"
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
			return a.explainWord(terminal, words[0])
		},
	}
}

// explainWord explains a kind, a block, a library or an option, whichever has
// that name.
func (a *app) explainWord(terminal render.Terminal, word string) error {
	if b, ok := eval.BlockCalled(word); ok {
		render.LibraryBlock(a.out, terminal, b)
		return nil
	}
	if kind, _ := eval.KindCalled(word); kind != nil {
		render.Kind(a.out, terminal, kind)
		return nil
	}
	if blocks := eval.LibraryCalled(word); len(blocks) > 0 {
		render.LibraryBlocks(a.out, terminal, blocks)
		return nil
	}
	if uses := eval.OptionCalled(word); len(uses) > 0 {
		render.Option(a.out, terminal, word, uses)
		return nil
	}
	_, names := eval.KindCalled(word)
	hint := "cnnl layers lists them"
	if says := layer.Elsewhere(word); says != "" {
		hint = says
	} else if near := lang.Nearest(strings.ToLower(word), names...); near != "" {
		hint = "did you mean " + near + "?"
	}
	return fmt.Errorf("there is no kind of layer called %s; %s", word, hint)
}
