package repair

import (
	"slices"
	"strings"

	"cnnl/eval/network"
	"cnnl/lang"
)

// Liberties of claims. What a claim states is never changed: not its numbers.

var claimed = []liberty{
	{name: claimsForm, form: true, cost: 1, when: statement(asClaim),
		example: [2]string{"input 8x8x4\nconv c 2 1\nTotal: 10", "input 8x8x4\nconv c 2 1\nexpect total == 10"}},
	{name: "property's name", form: true, cost: 1, when: statement(properties),
		example: [2]string{"input 8x8x4\nconv c 2 1\nexpect c.parameters == 10", "input 8x8x4\nconv c 2 1\nexpect c.params == 10"}},
	{name: "property's spelling", form: true, cost: 1, when: misspeltProperty,
		example: [2]string{"input 8x8x4\nconv c 2 1\nexpect c.parmas == 10", "input 8x8x4\nconv c 2 1\nexpect c.params == 10"}},
	{name: claimsForm, cost: 2, when: statement(replacing(`^(expect\s+)(?:total\s*|all\s+)?(?:params|parameters)\s*==?\s*(\d[\d_]*)$`, "${1}total == $2")),
		example: [2]string{"input 8x8x4\nconv c 2 1\nexpect params == 10", "input 8x8x4\nconv c 2 1\nexpect total == 10"}},
}

const claimsForm = "claim's form"

// spelt is the way out of numbers of a claim that are only spelt otherwise: whoever tells
// the mistake has read them, and nothing else is looked for. No attempt: there are none,
// or it does not stand.
func (m *mender) spelt(d *lang.Diagnostic) (lang.Fix, *attempt) {
	fix := lang.Fix{Title: claimsForm, Rule: claimsForm, Rank: lang.Certain}
	if !d.Form {
		return fix, nil
	}
	text := m.now.src.Text
	claim := statementAround(text, lineAround(text, d.Span.Start), d.Span.Start)
	if firstWord().FindString(text[claim.Start:claim.End]) != "expect" {
		return fix, nil
	}
	for _, e := range m.now.diags.List {
		if e.Form && e.Source == d.Source && claim.Start <= e.Span.Start && e.Span.End <= claim.End {
			fix.Edits = append(fix.Edits, lang.Edit{Span: e.Span, Text: digits(text[e.Span.Start:e.Span.End])})
		}
	}
	better, err := lang.Apply(text, fix.Edits)
	if err != nil {
		return fix, nil
	}
	if got := m.try(better); got != nil && m.stands(got, d, fix.Edits) {
		return fix, got
	}
	return fix, nil
}

var givenTotal = replacing(`^(?:let|if|set)\s+(total\b)`, "expect $1")

// words of claims, one after the other.
var claimForms = []func(*place, string) string{
	replacing(`^(?i:expected|expects?|assert(?:s|ion)?|check|claims?|verify|ensure|require|test)\b\s*:?\s*(?:that\s+)?`, "expect "),
	func(p *place, s string) string {
		if len(p.layers) == 0 {
			return s
		}
		return givenTotal(p, s)
	},
	replacing(`^(expect\s+.*[^\s{])\s*\{\s*\}?$`, "$1"),
	replacing(`===|:=`, "=="), replacing(`=<`, "<="), replacing(`=>`, ">="), replacing(`<>|~=|=/=|/=`, "!="), replacing(`\s*&&\s*`, " and "), replacing(`\s*\|\|\s*`, " or "),
	replacing(`\b(?:is\s+equal\s+to|is\s+exactly|equals?|is|should\s+be|gives|ist)\b`, "=="), replacing(`\b(?:is\s+)?(?:at\s+most|no\s+more\s+than)\b`, "<="), replacing(`\b(?:is\s+)?at\s+least\b`, ">="),
	func(_ *place, s string) string { return ungrouped(s) },
	replacing(`(\d)\s+(?i:trainable\s+)?(?:parameters|params|weights|in\s+total|neurons|values|numbers|MACs?|macs?)\.?$`, "$1"),
	replacing(`^(?:expect\s+)?(?i:(?:the\s+)?(?:answer|result|solution|total|sum|grand\s+total|in\s+total|altogether|overall)(?:\s+(?:number|count)\s+of)?(?:[\s._]+(?:trainable\s+)?(?:params|parameters))?(?:\s+(?:total|count))?|(?:number|nr|no\.?|amount)\s+of\s+(?:trainable\s+)?(?:params|parameters)(?:\s+in\s+total)?)\s*(?:==|=|:|\s)\s*(\d[\d_]*)$`, "expect total == $1"),
	replacing(`^expect\s+(\d[\d_]*)$`, "expect total == $1"),
	replacing(`^(?:expect\s+)?(params|parameters|weights|biases|macs|out|output|shape)\s*(?:\(|of|in|for)\s*([A-Za-z]\w*)\s*\)?\s*(==?|:)`, "expect $2.$1 $3"),
	layerClaim,
	replacing(`^(expect\s+[\w.\[\]]+)\s*(?:=|:)\s*([^=])`, "$1 == $2"),
	replacing(`^(expect\s+.*?[^=!<>])=([^=])`, "$1==$2"),
	onlyIf(`\.(?:out|shape|output|size)\b`, inTurn(
		replacing(`[(\[]\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*[)\]]`, "${1}x${2}x$3"), replacing(`[(\[]\s*(\d+)\s*,\s*(\d+)\s*[)\]]`, "${1}x$2"),
		replacing(`(\d+)\s*[x×X*]\s*(\d+)\s*[x×X*]\s*(\d+)`, "${1}x${2}x$3"))),
	onlyIf(`^expect\b.*[()\[\]]`, inTurn(
		onlyIf(`^[^.]*\.(?:params|weights|biases|macs|height|width|channels|size|trainable)|total`, replacing(`([\d)\]])\s*[x×]\s*([\d(\[])`, "$1 * $2")),
		onlyIf(`^[^.]*\.(?:params|weights|biases|macs|height|width|channels|size|trainable)|total`, replacing(`([\d)\]])\s*[x×]\s*([\d(\[])`, "$1 * $2")),
		onlyIf(`\[[^\]]*[*+/-]`, inTurn(replacing(`\[`, "("), replacing(`\]`, ")"))), replacing(`\)\s*(\d|\()`, ")*$1"), replacing(`\^`, "**"), replacing(`(\d)\(`, "$1*("))),
	onlyIf(`^expect\b[^,]*(?:==|<|>)[^,]*,[^,]*(?:==|<|>)`, replacing(`\s*,\s*`, " and ")),
	replacing(`^(expect\s+)Total\b`, "${1}total"),
}

// asClaim reads a statement as a claim.
func asClaim(p *place, s string) string {
	claim := s
	for _, form := range claimForms {
		claim = form(p, claim)
	}
	claim = properties(p, claim)
	if !strings.HasPrefix(claim, "expect ") || digits(claim) != digits(s) || !strings.ContainsAny(claim, "=<>") && !strings.HasPrefix(s, "expect") {
		return s
	}
	return claim
}

var grouped = re(`(^|[^\d.x\w])(\d{1,3}(?:([,.' ])\d{3})(?:[,.' ]\d{3})*)($|[^\d.,x\w])`)

// ungrouped takes the marks between thousands out of the numbers of a claim.
func ungrouped(s string) string {
	return grouped().ReplaceAllStringFunc(s, func(m string) string {
		parts := grouped().FindStringSubmatch(m)
		return parts[1] + digits(parts[2]) + parts[4]
	})
}

var (
	ofLayer    = re(`^(?:expect\s+)?([A-Za-z]\w*)\s*(?:==|=|:)\s*(\d[\d_]*)$`)
	withStroke = re(`^(?:expect\s+)?([A-Za-z]\w*?)[_ ](params|out|weights|biases|macs|height|width|channels|parameters|shape|output)\b\s*(.*)$`)
	pointed    = re(`^(?:expect\s+)?([A-Za-z]\w*)\.(\w+)\s*(==?|:)\s*(.+)$`)
)

// layerClaim reads what is stated of one layer.
func layerClaim(p *place, s string) string {
	if m := ofLayer().FindStringSubmatch(s); m != nil && p.isLayer(m[1]) {
		return "expect " + m[1] + ".params == " + m[2]
	}
	if m := withStroke().FindStringSubmatch(s); m != nil && p.isLayer(m[1]) {
		return "expect " + m[1] + "." + m[2] + " " + m[3]
	}
	if m := pointed().FindStringSubmatch(s); m != nil && (p.isLayer(m[1]) || m[1] == "total" || m[1] == "here") {
		return "expect " + m[1] + "." + m[2] + " == " + m[4]
	}
	return s
}

// otherProperties are what others call what a layer can be asked for.
var otherProperties = map[string]string{
	"parameters": "params", "param": "params", "parameter": "params", "num_params": "params", "n_params": "params", "nparams": "params", "numel": "params", "count_params": "params",
	"shape": "out", "output": "out", "output_shape": "out", "outshape": "out", "dims": "out", "weight": "weights", "bias": "biases", "filters": "channels", "features": "channels", "out_channels": "channels",
	"units": "channels", "neurons": "channels", "h": "height", "w": "width", "c": "channels", "d": "depth", "mac": "macs", "trainable_params": "trainable", "receptive_field": "field", "rf": "field", "steps": "length", "elements": "size",
}

var property = re(`\.([A-Za-z_]\w*)`)

// properties names what is asked of a layer as the language does.
func properties(_ *place, s string) string {
	return property().ReplaceAllStringFunc(s, func(m string) string {
		if slices.Contains(network.Properties, m[1:]) {
			return m
		}
		if ours := otherProperties[strings.ToLower(m[1:])]; ours != "" {
			return "." + ours
		}
		return m
	})
}

// misspeltProperty spells what is asked of a layer.
func misspeltProperty(p *place) (list []change) {
	s := p.statement()
	for _, m := range property().FindAllStringSubmatchIndex(s, -1) {
		word := s[m[2]:m[3]]
		if slices.Contains(network.Properties, word) {
			continue
		}
		words, d := near(word, network.Properties)
		for _, w := range words {
			list = append(list, change{span: p.stmt, text: s[:m[2]] + w + s[m[3]:], cost: d, open: len(words) > 1})
		}
	}
	return list
}
