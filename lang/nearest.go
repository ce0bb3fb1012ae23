package lang

import (
	"strings"

	edlib "github.com/hbollon/go-edlib"
)

// Nearest gives the candidate that a misspelt word was most likely meant to
// be: at most a third of its letters wrong, missing or swapped. Of several
// equally near the first counts; "" means none is near.
func Nearest(word string, candidates ...string) string {
	best, least := "", max(1, len(word)/3)+1
	for _, c := range candidates {
		if d := Distance(strings.ToLower(word), strings.ToLower(c)); d < least && d < len(c) {
			best, least = c, d
		}
	}
	return best
}

// Distance counts the letters to change, add, take out or swap with their
// neighbour to turn one word into the other.
func Distance(a, b string) int { return edlib.OSADamerauLevenshteinDistance(a, b) }
