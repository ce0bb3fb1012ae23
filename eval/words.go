package eval

import (
	"slices"
	"strings"
)

// joinWords makes a list for a sentence: a, b and c.
func joinWords(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// sortByPlace orders names by where they were given.
func sortByPlace(names []string, entities map[string]*entity) {
	slices.SortFunc(names, func(a, b string) int { return entities[a].at.Start - entities[b].at.Start })
}

// appendNew adds a word that is not there yet.
func appendNew(list []string, word string) []string {
	if word == "" || slices.Contains(list, word) {
		return list
	}
	return append(list, word)
}
