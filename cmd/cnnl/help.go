package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"cnnl/assist"
	"cnnl/lang"
)

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND|CODE]",
		Short: "Explain a command or an error code",
		Long:  "Explains a command, or what an error code means: " + strings.Join(codes(), ", ") + ".",
		Args:  takes(0, 1),

		ValidArgsFunction: completeTopics,

		RunE: func(cmd *cobra.Command, words []string) error {
			if len(words) == 0 {
				return cmd.Root().Help()
			}
			return a.help(cmd.Root(), words[0])
		},
	}
}

func (a *app) help(root *cobra.Command, word string) error {
	if page, ok := assist.CodePage(word); ok {
		fmt.Fprintln(a.out, page)
		return nil
	}
	names := codes()
	for _, c := range root.Commands() {
		if c.Name() == word {
			return c.Help()
		}
		names = append(names, c.Name())
	}
	hint := "; the codes are " + strings.Join(codes(), ", ")
	if near := lang.Nearest(word, names...); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return fmt.Errorf("there is no command and no error code %s%s", word, hint)
}

func codes() []string {
	names := make([]string, len(lang.Codes))
	for i, c := range lang.Codes {
		names[i] = string(c)
	}
	return names
}
