package grade

import (
	"math/big"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"cnnl/eval/value"
	"cnnl/lang"
)

// pattern compiles a regular expression when it is first asked for: most runs
// of the program ask for none.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// Spellings of numbers in the cells of a table.
var (
	betweenSizes = pattern(`\s*[x*,;]\s*|\s+`)
	grouped      = pattern(`^[+-]?[1-9]\d{0,2}(?:[,' ]\d{3})+$|^[+-]?[1-9]\d{0,2}(?:\.\d{3}){2,}$`)
	commaDecimal = pattern(`^[+-]?\d+,\d+$`)
	plainNumber  = pattern(`^[+-]?\d+(?:\.\d+)?(?:[eE][+]?\d{1,2})?$`)
	arithmetic   = pattern(`^[\d +\-*/^()]+$`)
	withUnit     = pattern(`^([\d,.'_ +-]*\d)\s*(?i:params|parameters|weights|biases|bytes|macs|neurons)\.?$`)
	about        = pattern(`^(?:[≈≃≅~]|(?i:approx\.?|about|ca\.))\s*`)
	ofVector     = pattern(`^[(\[]\s*(?:(?i:none|\?|-1)\s*,\s*(\d+)|(\d+)\s*,)\s*[)\]]$`) // (None, 400), (400,)
	unitOfBytes  = pattern(`(?i)\s*([kmg])i?b(?:ytes?)?\.?$`)
	shown        = pattern(`^[\d\s.,_+\-*/^()·×x=]*$`)
	oneComma     = pattern(`^[1-9]\d{0,2},\d{3}$`)
)

// normalAnswer writes a cell as the language does: 7,271,940 as 7271940, and
// (28, 28, 6) as 28x28x6, if sizes are so many. False: it is no number, or
// nothing that the language reads.
func normalAnswer(cell string, sizes int) (answer string, ok bool) {
	text := strings.Map(plainRune, norm.NFKC.String(cell))
	text = lastOfChain(text)
	text = strings.TrimSpace(strings.Trim(about().ReplaceAllString(text, ""), "\"`"))
	switch {
	case len(text) > 200:
		return "", false
	case sizes > 1:
		answer, ok = normalSizes(text, sizes)
	default:
		answer, ok = normalNumber(text)
	}
	if !ok {
		return "", false
	}
	_, diags := new(lang.Parser).ParseExpr(lang.NewSource("", ""), answer, lang.Limits{})
	return answer, !diags.Failed()
}

// lastOfChain is the answer of a chain, (5*5*3+1)*6 = 456: the calculation in front is
// shown only.
func lastOfChain(text string) string {
	at := strings.LastIndexByte(text, '=')
	if at < 0 || !shown().MatchString(text[:at]) {
		return text
	}
	return strings.TrimSpace(text[at+1:])
}

// withoutUnit is an answer without the unit of bytes that what is asked for is called
// after: 208.8 kB for ram_kb.
func withoutUnit(name, text string) string {
	if unit := bytesUnit().FindStringSubmatch(name); unit != nil {
		if at := unitOfBytes().FindStringSubmatchIndex(text); at != nil && strings.EqualFold(text[at[2]:at[3]], unit[1]) {
			return text[:at[0]]
		}
	}
	return text
}

// decimalComma is a number whose one comma can be a decimal one: 208,808.
func decimalComma(text string) (value.Value, bool) {
	text = strings.TrimSpace(text)
	if !oneComma().MatchString(text) {
		return value.Value{}, false
	}
	for _, c := range claimsOf("let answer = " + strings.Replace(text, ",", ".", 1)) {
		return c.Value, true
	}
	return value.Value{}, false
}

// normalNumber writes 7,271,940 and 7.27194e6 as 7271940; calculations stay.
func normalNumber(text string) (string, bool) {
	if m := withUnit().FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	if m := ofVector().FindStringSubmatch(text); m != nil {
		text = m[1] + m[2]
	}
	text = strings.ReplaceAll(text, "_", "")
	if grouped().MatchString(text) {
		text = strings.Map(func(r rune) rune {
			if strings.ContainsRune(",'. ", r) {
				return -1
			}
			return r
		}, text)
	}
	if commaDecimal().MatchString(text) {
		text = strings.Replace(text, ",", ".", 1)
	}
	if plainNumber().MatchString(text) {
		n, _ := new(big.Rat).SetString(text)
		digits, _ := n.FloatPrec() // it comes out even
		return n.FloatString(digits), true
	}
	return text, arithmetic().MatchString(text) && strings.ContainsAny(text, "0123456789")
}

// normalSizes writes (None, 28, 28, 6) and 28 × 28 × 6 as 28x28x6.
func normalSizes(text string, sizes int) (string, bool) {
	text = strings.TrimSpace(strings.Trim(strings.ToLower(text), "()[]{}"))
	parts := betweenSizes().Split(text, -1)
	if len(parts) == sizes+1 && (parts[0] == "none" || parts[0] == "?" || parts[0] == "-1") {
		parts = parts[1:] // the batch
	}
	for _, p := range parts {
		if strings.Trim(p, "0123456789") != "" || p == "" {
			return "", false
		}
	}
	return strings.Join(parts, "x"), len(parts) > 0
}

// plainRune writes digits of all scripts, and signs that look like ours, in
// ASCII; NFKC has done so for wide ones.
func plainRune(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' ' // a line end too: an answer is of one line
	case r < unicode.MaxASCII:
		return r
	case r == '×' || r == '✕' || r == '·':
		if r == '·' {
			return '*'
		}
		return 'x'
	case r == '\u2212' || r == '\u2013':
		return '-'
	case r == '\u2019':
		return '\''
	case unicode.Is(unicode.Nd, r):
		zero := r
		for unicode.Is(unicode.Nd, zero-1) {
			zero--
		}
		return '0' + (r-zero)%10
	}
	return r
}
