package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cnnl/eval/layer"
	"cnnl/examples/zoo"
	"cnnl/lang"
)

// What a shell completes: scripts, kinds of layers, the words of flags. The
// scripts that teach a shell to ask come from `cnnl completion`.

type completion = func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective)

// completeScripts offers *.cnnl and folders, and behind zoo/ the built-in models.
func completeScripts(_ *cobra.Command, _ []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if strings.HasPrefix(word, zooPrefix) {
		var names []cobra.Completion
		for _, name := range zoo.Names() {
			names = append(names, zooPrefix+name)
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
	return []cobra.Completion{strings.TrimPrefix(scriptEnding, ".")}, cobra.ShellCompDirectiveFilterFileExt
}

// completeKinds offers the kinds of layers, once.
func completeKinds(_ *cobra.Command, words []string, _ string) (kinds []cobra.Completion, _ cobra.ShellCompDirective) {
	if len(words) == 0 {
		for _, k := range layer.All {
			kinds = append(kinds, cobra.CompletionWithDesc(k.Name, k.Doc))
		}
	}
	return kinds, cobra.ShellCompDirectiveNoFileComp
}

// completeLayers offers the script of an explanation, then what is in it.
func (a *app) completeLayers(cmd *cobra.Command, words []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(words) == 0 {
		return completeScripts(cmd, words, word)
	}
	src, err := a.read(words[0])
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	net := a.evaluate(new(lang.Parser), words[0], src).net
	names := []cobra.Completion{"total"}
	for i := range net.Nodes[:net.Good] {
		path := net.Path(int32(i))
		if block, _, within := strings.Cut(path, "."); within && !slices.Contains(names, block) {
			names = append(names, block)
		}
		names = append(names, path)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeFormats offers those that the command answers in.
func completeFormats(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return formats[cmd.Name()], cobra.ShellCompDirectiveNoFileComp
}

// completeTopics offers what help explains: commands and error codes.
func completeTopics(cmd *cobra.Command, words []string, _ string) (topics []cobra.Completion, _ cobra.ShellCompDirective) {
	if len(words) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, c := range cmd.Root().Commands() {
		if c.IsAvailableCommand() {
			topics = append(topics, cobra.CompletionWithDesc(c.Name(), c.Short))
		}
	}
	return append(topics, codes()...), cobra.ShellCompDirectiveNoFileComp
}

func completeWords(words ...string) completion {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return words, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeFlags offers the words that flags take.
func completeFlags(root *cobra.Command) {
	var limits []string
	for _, name := range limitNames() {
		limits = append(limits, name+"=")
	}
	for flag, complete := range map[string]completion{
		"output": completeFormats,
		"color":  completeWords("auto", "always", "never"),
		"limit":  completeWords(limits...),
		"assume": completeWords("pad same", "no bias", "maxpool ceil", "avgpool ceil"),
		"set":    completeWords(),
		"depth":  completeWords("-1", "0", "1", "2"),
	} {
		if err := root.RegisterFlagCompletionFunc(flag, complete); err != nil {
			panic(err) // a flag of this table does not exist
		}
	}
}
