package repair

import (
	"math/big"
	"strconv"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
)

// A cleaned number is written as the language has it.
type cleaned struct {
	text string
	cost int
	open bool   // another number may be meant
	free string // what stood there, where the digits are others now
}

// clean writes a number or size for a parameter.
func clean(t token, p *layer.Param) (c cleaned, ok bool) {
	switch t.sort {
	case aValue:
		return cleaned{text: t.text}, true
	case aSize:
		c = cleaned{text: strings.ReplaceAll(t.text, ",", "")}
		if c.text != t.text {
			c.free = t.text
		}
		return c, p.Type != layer.Count && p.Type != layer.Rate && p.Type != layer.Slope
	case aWord:
		return cleanWord(t.text)
	}
	text := strings.ReplaceAll(t.text, "_", "")
	if p.Type == layer.Rate || p.Type == layer.Slope {
		return cleanPart(text, t.text, p)
	}
	return cleanWhole(text, t.text)
}

var thousands = re(`^\d{1,3}(?:[,.' ]\d{3})+$`)

// cleanWhole writes a whole number.
func cleanWhole(text, was string) (cleaned, bool) {
	switch n, err := strconv.ParseFloat(text, 64); {
	case thousands().MatchString(text):
		digits := digits(text)
		return cleaned{digits, 1, false, was}, true
	case strings.HasSuffix(text, "%") || strings.Contains(text, ","):
		return cleaned{}, false
	case err != nil || n != float64(int64(n)) || n > 1e15:
		return cleaned{}, false
	case strings.ContainsAny(text, "e"):
		return cleaned{strconv.FormatInt(int64(n), 10), 1, false, was}, true
	case strings.Contains(text, "."):
		return cleaned{strconv.FormatInt(int64(n), 10), 1, false, was}, true
	case len(text) > 1 && text[0] == '0':
		return cleaned{strings.TrimLeft(text[:len(text)-1], "0") + text[len(text)-1:], 1, false, was}, true
	case strings.Contains(was, "__") || strings.HasSuffix(was, "_"):
		return cleaned{text, 1, false, was}, true
	default:
		return cleaned{text: was}, true
	}
}

// cleanPart writes a number between 0 and 1, or a slope.
func cleanPart(text, was string, p *layer.Param) (cleaned, bool) {
	percent := strings.HasSuffix(text, "%")
	text = strings.TrimSuffix(text, "%")
	if whole, part, ok := strings.Cut(text, ","); ok {
		text = whole + "." + part
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok || len(text) > 20 {
		return cleaned{}, false
	}
	c := cleaned{cost: 1, free: was}
	if percent {
		r.Quo(r, big.NewRat(100, 1))
	} else if p.Type == layer.Rate && r.Cmp(big.NewRat(1, 1)) > 0 {
		r.Quo(r, big.NewRat(100, 1))
		c.cost, c.open = 3, true
	}
	c.text = decimal(r)
	if c.text == was {
		return cleaned{text: was}, true
	}
	return c, true
}

// decimal writes a number with as many places as it takes.
func decimal(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	return strings.TrimRight(r.FloatString(12), "0")
}

var (
	likeDigits = re(`^[\dOoοОоlI]+(?:x[\dOolI]+)*$`)
	timesSo    = re(`^[xX×](\d+)$`) // x2, as many times
	withUnit   = re(`^(\d+(?:x\d+)*)([A-Za-z]+)$`)
	digitLike  = strings.NewReplacer("O", "0", "o", "0", "ο", "0", "О", "0", "о", "0", "l", "1", "I", "1")
)

// cleanWord writes a number that is none as it stands: 3O, 20f, twenty.
func cleanWord(text string) (cleaned, bool) {
	if n := dialect.Number(text); n > 0 {
		return cleaned{itoa(n), 1, false, itoa(n)}, true
	}
	if text[0] >= '0' && text[0] <= '9' || strings.ContainsAny(text, "0123456789") {
		if likeDigits().MatchString(text) {
			if n := digitLike.Replace(text); n != text && n[0] != '0' {
				return cleaned{n, 1, false, n}, true
			}
		}
	}
	if m := timesSo().FindStringSubmatch(text); m != nil {
		return cleaned{m[1], 1, true, ""}, true // or a name, and the number was left out
	}
	if m := withUnit().FindStringSubmatch(text); m != nil && (dialect.IsUnit(m[2]) || strings.Contains("f n u c p x", m[2])) {
		return cleaned{m[1], 1, false, ""}, true
	}
	return cleaned{}, false
}
