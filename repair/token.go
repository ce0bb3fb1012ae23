package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token of a statement that is read loosely.
type token struct {
	sort   tokenSort
	text   string // of a size its sides with x between; of a string what is inside
	at     int
	quoted bool
	loose  bool // it is not written as the language has it
}

type tokenSort uint8

const (
	aWord   tokenSort = iota // conv, nn.Conv2d, 2O, 10units
	aNumber                  // 20, .5, 1e-3, 50%
	aSize                    // 3x3, (3, 3), 3 x 3
	aValue                   // $w, $(2*w)
	aString
	aMark // anything else
)

// tokens reads a statement loosely.
func tokens(text string) (list []token) {
	for i := 0; i < len(text); {
		if text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r' {
			i++
			continue
		}
		t, n := tokenAt(text[i:])
		t.at = i
		list = append(list, t)
		i += n
	}
	return list
}

// tokenAt reads one token and says how long it is.
func tokenAt(s string) (t token, n int) {
	r, width := utf8.DecodeRuneInString(s)
	switch {
	case r == '"' || r == '\'':
		if end := strings.IndexRune(s[1:], r); end >= 0 {
			return token{sort: aString, text: s[1 : 1+end]}, end + 2
		}
	case r == '$':
		if n := valueLength(s); n > 1 {
			return token{sort: aValue, text: s[:n]}, n
		}
	case r == '(' || r == '[':
		if size, n := bracketedSize(s); n > 0 {
			return token{sort: aSize, text: size, loose: true}, n
		}
	case r >= '0' && r <= '9' || r == '.' && len(s) > 1 && s[1] >= '0' && s[1] <= '9':
		return numberAt(s)
	case r == '_' || unicode.IsLetter(r):
		n := wordLength(s)
		return token{sort: aWord, text: s[:n]}, n
	}
	for _, mark := range [...]string{"->", "<-", ":=", "==", "=>", "...", "..", "**", "//"} {
		if strings.HasPrefix(s, mark) {
			return token{sort: aMark, text: mark}, len(mark)
		}
	}
	return token{sort: aMark, text: s[:width]}, width
}

// wordLength is the length of a word, with points between its parts.
func wordLength(s string) (n int) {
	for n < len(s) {
		r, width := utf8.DecodeRuneInString(s[n:])
		next, _ := utf8.DecodeRuneInString(s[n+width:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !(r == '.' && (next == '_' || unicode.IsLetter(next))) {
			break
		}
		n += width
	}
	return n
}

// valueLength is the length of $name, $(...) or sizes of such.
func valueLength(s string) int {
	n := 1
	if n < len(s) && s[n] == '(' {
		depth := 0
		for ; n < len(s); n++ {
			if s[n] == '(' {
				depth++
			} else if s[n] == ')' {
				if depth--; depth == 0 {
					n++
					break
				}
			}
		}
		if depth > 0 {
			return 0
		}
		if n+1 < len(s) && s[n] == 'x' && s[n+1] == '$' {
			return n + 1 + valueLength(s[n+1:])
		}
		return n
	}
	for n < len(s) && isNameByte(s[n]) {
		n++
	}
	return n
}

func isNameByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

var (
	bracketed   = re(`^[(\[]\s*(\d+(?:\s*,\s*\d+|\s+\d+)*)\s*,?\s*[)\]]`)
	sizes       = re(`^\d[\d_]*(?:,\d{3})?(?:(?:xx|\s*[x×X*]\s*|\s+by\s+|-by-)\d[\d_]*)+`)
	numbers     = re(`^(?:\d{1,3}(?:[,.']\d{3})+|\d[\d_]*(?:[.,]\d+|\.)?(?:e-?\d+)?|\.\d+(?:e-?\d+)?)%?`)
	plainNumber = re(`^\d[\d_]*`)
	between     = re(`xx|\s*[x×X*]\s*|\s+by\s+|-by-`)
	commas      = re(`\s*,\s*|\s+`)
)

// bracketedSize reads (3, 3) or [3, 3] as a size.
func bracketedSize(s string) (size string, n int) {
	m := bracketed().FindStringSubmatch(s)
	if m == nil {
		return "", 0
	}
	return commas().ReplaceAllString(m[1], "x"), len(m[0])
}

// numberAt reads a number or a size; what letters touch is a word.
func numberAt(s string) (token, int) {
	if n := len(sizes().FindString(s)); n > 0 && !touched(s, n) {
		text := between().ReplaceAllString(s[:n], "x")
		return token{sort: aSize, text: text, loose: text != strings.ReplaceAll(s[:n], "×", "x")}, n
	}
	n := len(numbers().FindString(s))
	if plain := len(plainNumber().FindString(s)); n == 0 || touched(s, n) && plain < n {
		n = plain
	}
	if n == 0 || touched(s, n) {
		if n = wordLength(s); n == 0 {
			return token{sort: aMark, text: s[:1]}, 1
		}
		return token{sort: aWord, text: s[:n]}, n
	}
	return token{sort: aNumber, text: s[:n]}, n
}

// touched reports that a letter or digit stands right behind.
func touched(s string, n int) bool {
	r, _ := utf8.DecodeRuneInString(s[n:])
	return n < len(s) && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r))
}

// digit is the value of a decimal digit in any script, or -1.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r < utf8.RuneSelf || !unicode.IsDigit(r):
		return -1
	}
	// The digits of a script stand in a row, and its zero at a multiple of ten or six.
	for zero := r; zero > r-10; zero-- {
		if unicode.IsDigit(zero) && !unicode.IsDigit(zero-1) {
			return int(r-zero) % 10
		}
	}
	return -1
}
