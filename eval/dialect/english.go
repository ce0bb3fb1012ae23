package dialect

import "strings"

// Fillers are words of plain English that say nothing by themselves behind a kind:
// conv with 20 filters of size 3x3. Units of things stand behind their number.
const (
	fillers = "layer layers with of a an the by and then to using size sized window kernel skip connection activation function total has having it is"
	units   = "filters filter neurons neuron nodes units channels channel maps features kernels outputs pixels pixel px times heads head cells hidden steps classes dimensions"
)

// IsFiller reports a word that may be left out wherever it says nothing of ours.
func IsFiller(word string) bool { return holds(fillers, word) }

// IsUnit reports a word that may stand behind a number and only says what it counts.
func IsUnit(word string) bool { return holds(units, word) }

func holds(list, word string) bool {
	for known := range strings.FieldsSeq(list) {
		if strings.EqualFold(known, word) {
			return true
		}
	}
	return false
}

// numberWords are numbers as people write them out.
var numberWords = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"sixteen": 16, "twenty": 20, "thirty": 30, "thirtytwo": 32, "fifty": 50, "sixty": 60, "sixtyfour": 64, "hundred": 100, "thousand": 1000,
}

// Number is a number that is written as a word, or 0.
func Number(word string) int { return numberWords[Plain(strings.ReplaceAll(word, "-", ""))] }
