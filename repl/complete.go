package repl

import (
	"strings"

	"cnnl/assist"
)

// complete lists what the word before the cursor may go on to be, and the part of
// it that stands already.
func (l *loop) complete(line string) (words []assist.Completion, word string) {
	if rest, ok := strings.CutPrefix(strings.TrimLeft(line, " "), ":"); ok {
		return l.completeCommand(rest)
	}
	if behind := line[strings.LastIndexByte(line, '"')+1:]; strings.Count(line, `"`)%2 == 1 {
		if strings.HasPrefix(strings.TrimLeft(line, " \t"), "use ") {
			return assist.Beginning(l.filesLike(behind), behind), behind
		}
		return nil, ""
	}
	p, ok := assist.At(line)
	if !ok {
		return nil, ""
	}
	return few(assist.Complete(l.now().Session, p), p.Word), p.Word
}

// mostOffered is how many words are offered.
const mostOffered = 100

// few gives what many words have in common in place of them.
func few(words []assist.Completion, word string) []assist.Completion {
	if len(words) <= mostOffered {
		return words
	}
	first, last := words[0].Text, words[len(words)-1].Text // sorted: what these have in common all have
	n := len(word)
	for n < len(first) && n < len(last) && first[n] == last[n] {
		n++
	}
	if n == len(word) {
		return nil
	}
	return []assist.Completion{{Text: first[:n], Joined: true}}
}

func (l *loop) completeCommand(line string) (words []assist.Completion, word string) {
	name, arg, hasArg := strings.Cut(line, " ")
	for _, c := range commands() {
		switch {
		case !hasArg:
			words = append(words, assist.Completion{Text: c.name, Joined: c.args == ""})
		case c.name == name && c.complete != nil:
			word = arg[strings.LastIndexByte(arg, ' ')+1:]
			return assist.Beginning(c.complete(l, arg), word), word
		}
	}
	if hasArg {
		return nil, ""
	}
	return assist.Beginning(words, name), name
}

func whole(words []string) (list []assist.Completion) {
	for _, w := range words {
		list = append(list, assist.Completion{Text: w, Joined: true})
	}
	return list
}

func kindNames(*loop, string) []assist.Completion { return whole(assist.KindNames()) }

func (l *loop) assumable(words string) []assist.Completion { return assist.CompleteAssume(words) }

func (l *loop) layerNames(string) []assist.Completion {
	_, layers, _ := l.now().Names()
	return whole(layers)
}

func (l *loop) letNames(string) []assist.Completion {
	_, _, values := l.now().Names()
	for i := range values {
		values[i] += "="
	}
	return whole(values)
}

func (l *loop) filesLike(word string) []assist.Completion { return whole(l.Files.List(word)) }

// topics are what help knows.
func (l *loop) topics(string) []assist.Completion {
	topics := assist.Words()
	for _, c := range commands() {
		topics = append(topics, c.name)
	}
	_, layers, _ := l.now().Names()
	return whole(append(topics, layers...))
}
