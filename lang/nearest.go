package lang

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	edlib "github.com/hbollon/go-edlib"
)

// What spelling is bounded by: nobody types a longer word from memory, and each
// candidate costs the square of its length.
const (
	longestSpelled  = 64   // letters of a word
	MostSpelledWith = 1000 // candidates of about its length, in Nearest
)

// Nearest gives the candidate that a misspelt word was most likely meant to
// be: at most a third of its letters wrong, missing or swapped. Of several
// equally near the first counts; "" means none is near. A word of more than 64
// letters is near to none, and no more than 1,000 candidates are compared with.
func Nearest(word string, candidates ...string) string {
	best, least := "", max(1, len(word)/3)+1
	length := utf8.RuneCountInString(word)
	if length > longestSpelled {
		return ""
	}
	word = strings.ToLower(word)
	for left := MostSpelledWith; len(candidates) > 0 && left > 0; candidates = candidates[1:] {
		c := candidates[0]
		if apart := utf8.RuneCountInString(c) - length; max(apart, -apart) >= least {
			continue // so many letters it is off at least
		}
		left--
		lower := strings.ToLower(c)
		if AtLeast(word, lower) >= least {
			continue
		}
		if d := Distance(word, lower); d < least && d < len(c) {
			best, least = c, d
		}
	}
	return best
}

// AtLeast is a number that Distance does not fall short of, and that costs far less:
// each letter that one word has and the other has nowhere takes a change.
func AtLeast(a, b string) int {
	ofA, ofB := letters(a), letters(b)
	return max(bits.OnesCount64(ofA&^ofB), bits.OnesCount64(ofB&^ofA))
}

// letters is the set of a word's letters; some are taken for the same.
func letters(word string) (set uint64) {
	for _, r := range word {
		set |= 1 << (r & 63)
	}
	return set
}

// Distance counts the letters to change, add, take out or swap with their
// neighbour to turn one word into the other.
func Distance(a, b string) int { return edlib.OSADamerauLevenshteinDistance(a, b) }
