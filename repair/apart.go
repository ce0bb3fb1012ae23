package repair

import (
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
)

// apart puts a semicolon before every layer of several that follow each other in one
// statement.
func apart(p *place, s string) string {
	toks := tokens(s)
	kind, at := p.opens(toks)
	if at == 0 {
		return s
	}
	var parts []string
	start := 0
	for {
		at = p.skipOptions(kind, toks, at)
		if at == len(toks) {
			return strings.Join(append(parts, s[start:]), "; ")
		}
		next, n := p.kindFrom(toks[at:], false)
		parts = append(parts, joint().ReplaceAllString(s[start:toks[at].at], ""))
		start, kind, at = toks[at].at, next, at+n
	}
}

// joint is what people write between two layers.
var joint = re(`(?:[\s,&+|]|\s(?:and|then))*$`)

// opens is the kind that a statement begins with, and where the words behind it begin; 0:
// it begins neither with one nor with from and a name.
func (p *place) opens(toks []token) (kind *layer.Kind, behind int) {
	if len(toks) > 2 && toks[0].text == "from" && p.isLayer(toks[1].text) {
		return nil, 2
	}
	return p.kindFrom(toks, true)
}

// skipOptions is where the next kind stands, or the end: a word that means something
// behind the kind before it is none, and neither is the value of an option.
func (p *place) skipOptions(kind *layer.Kind, toks []token, at int) int {
	for ; at < len(toks); at++ {
		says, known := p.says(kind, toks, at)
		if _, n := p.kindFrom(toks[at:], false); n > 0 && !known {
			return at
		}
		if known && says.Uses {
			at++
		}
	}
	return len(toks)
}

// says asks what a word means behind a kind, with what stands behind the word.
func (p *place) says(kind *layer.Kind, toks []token, at int) (dialect.Saying, bool) {
	value := ""
	if at+1 < len(toks) && toks[at+1].sort != aMark {
		value = toks[at+1].text
	}
	if kind == nil || toks[at].sort != aWord {
		return dialect.Saying{}, false
	}
	return dialect.Says(dialect.AnyTool, kind, toks[at].text, value)
}

// mostWords is how many words a kind can be written in: global average pooling.
const mostWords = 3

// kindFrom is the kind that tokens begin with, and in how many words: with spell also one
// that is misspelt.
func (p *place) kindFrom(toks []token, spell bool) (kind *layer.Kind, n int) {
	for n = min(mostWords, len(toks)); n > 0; n-- {
		if found := p.kindsAt(toks, 0, n); len(found) > 0 && found[0].beginning.rest == "" && (spell || found[0].rule != "spelling") {
			return found[0].kind, n
		}
	}
	return nil, 0
}
