package repair

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"cnnl/lang"
)

// Liberties of single characters: what a word processor, a web page or another keyboard
// makes of those of the language.

var characters = []liberty{
	{name: "characters", form: true, cost: 1, when: line(func(_ *place, s string) string { return inCode(s, asTyped) }),
		example: [2]string{"input 32x32x3\nconv\u00a020 3x3；relu", "input 32x32x3\nconv 20 3x3;relu"}},
	{name: "look-alike letters", form: true, cost: 1, when: line(func(_ *place, s string) string { return inCode(s, lookAlike) }),
		example: [2]string{"input 32x32x3\nсonv 20 3x3", "input 32x32x3\nconv 20 3x3"}},
}

// inCode rewrites what is neither a comment nor a string.
func inCode(s string, rewrite func(string) string) string {
	code, comment := s, ""
	if i := strings.IndexByte(s, '#'); i >= 0 && !strings.HasSuffix(s[:i], "&") {
		code, comment = s[:i], s[i:]
	}
	parts := strings.Split(code, `"`)
	for i := range parts {
		if i%2 == 0 || i == len(parts)-1 {
			parts[i] = rewrite(parts[i])
		}
	}
	return strings.Join(parts, `"`) + comment
}

var entities = strings.NewReplacer("&nbsp;", " ", "&gt;", ">", "&lt;", "<", "&amp;", "&", "&quot;", `"`, "&times;", "x", "&#39;", "'",
	"<br>", "", "<br/>", "", "<br />", "", "</p>", "", "<p>", "", "<code>", "", "</code>", "")

// typed are characters, and what is typed for them here.
var typed = map[rune]string{
	'“': `"`, '”': `"`, '„': `"`, '‟': `"`, '«': `"`, '»': `"`, '‘': "'", '’': "'", '‚': "'", '‛': "'", '′': "'",
	'−': "-", '–': "-", '—': "-", '‐': "-", '‑': "-", '…': "..", '≤': "<=", '≥': ">=", '≠': "!=", '÷': "/", '∕': "/", '⁄': "/", '∗': "*", '✕': "x", '⨯': "x", '✖': "x",
	'→': "->", '⇒': "->", '←': "<-", '∧': " and ", '∨': " or ", '¬': "not ", '、': ",", '。': ".", '＝': "=", '\u2028': "", '\u2029': "",
}

// asTyped puts the characters of the language in place of those that stand for them.
func asTyped(s string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(entities.Replace(s)) {
		switch text, known := typed[r]; {
		case known:
			b.WriteString(text)
		case r >= '！' && r <= '～':
			b.WriteRune(r - '！' + '!')
		case r < 0x80:
			b.WriteRune(r)
		case unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		case lang.Hidden(r):
		case digit(r) >= 0:
			b.WriteByte(byte('0' + digit(r)))
		case r >= '₀' && r <= '₉':
			b.WriteByte(byte('0' + r - '₀'))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// twins are letters of other scripts, and those that look like them.
var twins = strings.NewReplacer(pairs(
	"абвгеикмнорстухѕіјһԁԛԝ", "a---e-km-opct-xsijhdqw",
	"АВЕЅІЈКМНОРСТУХ", "ABESIJKMHOPCTYX",
	"ανορυχικτ", "avopuxikt",
	"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX",
)...)

// pairs lists old and new for a replacer; for - there is none.
func pairs(lists ...string) (list []string) {
	for i := 0; i < len(lists); i += 2 {
		latin := []rune(lists[i+1])
		for j, r := range []rune(lists[i]) {
			if latin[j] != '-' {
				list = append(list, string(r), string(latin[j]))
			}
		}
	}
	return list
}

// lookAlike writes words in Latin letters whose letters all look so.
func lookAlike(s string) string {
	s = asTyped(s)
	var b strings.Builder
	for _, p := range pieces(s) {
		if latin := twins.Replace(p); isASCII(latin) {
			p = latin
		}
		b.WriteString(p)
	}
	return b.String()
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}
