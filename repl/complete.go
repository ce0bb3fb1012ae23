package repl

import (
	"slices"
	"strings"

	"cnnl/assist"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// complete lists what the word before the cursor may go on to be: whole words,
// sorted, and the part of them that stands already. It offers nothing where
// only blanks stand, so that a pasted tab inserts nothing.
func (l *loop) complete(line string) (words []string, word string) {
	if strings.TrimSpace(line) == "" {
		return nil, ""
	}
	if rest, ok := strings.CutPrefix(strings.TrimLeft(line, " "), ":"); ok {
		return l.completeCommand(rest)
	}
	if behind := line[strings.LastIndexByte(line, '"')+1:]; strings.Count(line, `"`)%2 == 1 {
		if strings.HasPrefix(strings.TrimLeft(line, " \t"), "use ") {
			return begins(l.Files.List(behind), behind), behind
		}
		return nil, ""
	}
	if strings.Contains(line, "#") {
		return nil, ""
	}
	statement := line[strings.LastIndexAny(line, ";{}")+1:]
	word = statement[strings.LastIndexAny(statement, " \t([,=+-*/%<>$")+1:]
	return few(begins(l.candidates(strings.TrimLeft(statement, " \t"), word), word), word), word
}

// mostOffered is how many words are offered.
const mostOffered = 100

// few gives what many words have in common in place of them.
func few(words []string, word string) []string {
	if len(words) <= mostOffered {
		return words
	}
	first, last := words[0], words[len(words)-1] // sorted: what these have in common all have
	n := len(word)
	for n < len(first) && n < len(last) && first[n] == last[n] {
		n++
	}
	if n == len(word) {
		return nil
	}
	return []string{first[:n]}
}

func (l *loop) completeCommand(line string) (words []string, word string) {
	name, arg, hasArg := strings.Cut(line, " ")
	for _, c := range commands() {
		switch {
		case !hasArg:
			words = append(words, c.name)
		case c.name == name && c.complete != nil:
			word = arg[strings.LastIndexByte(arg, ' ')+1:]
			return begins(c.complete(l, word), word), word
		}
	}
	if hasArg {
		return nil, ""
	}
	return begins(words, name), name
}

// candidates are the words that can stand where the cursor is.
func (l *loop) candidates(statement, word string) []string {
	blocks, layers, values := l.now().Names()
	before := strings.Fields(strings.TrimSuffix(statement, word))
	if at := len(statement) - len(word) - 1; at >= 0 && statement[at] == '$' {
		return values
	}
	if i := strings.LastIndexByte(word, '.'); i >= 0 {
		return prefixed(word[:i+1], append(partsAfter(before), l.now().Inner(word[:i])...))
	}
	if strings.HasSuffix(strings.TrimSuffix(statement, word), "count(") {
		return append(assist.KindNames(), blocks...)
	}
	if len(before) == 0 {
		return slices.Concat(assist.KindNames(), blocks, lang.Statements(), layers, values, []string{"total", "here"})
	}
	values = slices.Concat(layers, values, value.FunctionNames(), []string{"total", "here", "in", "and", "or", "not", "true", "false"})
	switch first := before[0]; {
	case strings.LastIndex(statement, "$(") > strings.LastIndex(statement, ")"):
		return values
	case slices.Contains([]string{"let", "expect", "if", "repeat", "for"}, first):
		return values
	case first == "freeze":
		return append(layers, "all")
	case namesTensors(before):
		return layers
	case first == "assume":
		return append(optionWords(before[1:]), assist.KindNames()...)
	case l.now().Kind(first) != nil:
		return append(wordsOf(l.now().Kind(first)), "with", "no")
	case l.now().IsExpression(statement):
		return values
	}
	return nil
}

// namesTensors reports words behind which layers stand for their outputs.
func namesTensors(before []string) bool {
	return before[0] == "from" || before[len(before)-1] == "=" || slices.Contains(before, "with")
}

// partsAfter are what may stand behind a layer's name and a dot, beside the
// layers in it.
func partsAfter(before []string) []string {
	switch {
	case len(before) == 0:
	case before[0] == "freeze":
		return []string{"weights", "biases"}
	case namesTensors(before):
		return nil
	}
	return network.Properties
}

func prefixed(prefix string, words []string) (list []string) {
	for _, w := range words {
		list = append(list, prefix+w)
	}
	return list
}

// begins keeps the words that begin so, each once.
func begins(words []string, with string) (list []string) {
	for _, w := range words {
		if strings.HasPrefix(w, with) && w != with {
			list = append(list, w)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// wordsOf are a kind's options and the words that they take.
func wordsOf(k *layer.Kind) []string {
	words := k.Vocabulary()
	for i := range k.Params {
		words = append(words, k.Params[i].Words...)
	}
	if len(k.Turns) > 0 {
		words = append(words, "transposed")
	}
	return words
}

// optionWords are those that an assume takes, of one kind or of all.
func optionWords(before []string) (words []string) {
	if len(before) > 0 {
		if k := layer.Find(before[0]); k != nil {
			return wordsOf(k)
		}
	}
	for _, k := range layer.All {
		if k.Common {
			words = append(words, wordsOf(k)...)
		}
	}
	return words
}

func kindNames(*loop, string) []string { return assist.KindNames() }

func (l *loop) layerNames(string) []string {
	_, layers, _ := l.now().Names()
	return layers
}

func (l *loop) letNames(string) []string {
	_, _, values := l.now().Names()
	return values
}

func (l *loop) files(word string) []string { return l.Files.List(word) }

// topics are what help knows.
func (l *loop) topics(string) []string {
	topics := assist.Words()
	for _, c := range commands() {
		topics = append(topics, c.name)
	}
	return topics
}
