package repair

import (
	"slices"
	"strings"

	"cnnl/lang"
)

// liberties lists all, the surest first: of two that cost the same the first is preferred.
func liberties() []liberty {
	return slices.Concat(
		characters,
		[]liberty{{name: "layer", form: true, when: layerReadings, example: [2]string{"input 8x8x4\nmax pool 2X2 strides=2", "input 8x8x4\nmaxpool 2x2 stride 2"}}},
		[]liberty{
			{name: "missing side", form: true, cost: 1, when: missingSide, example: [2]string{"input 8x8x4\nreshape -1x4", "input 8x8x4\nreshape 64x4"}},
			{name: "side too many", form: true, cost: 1, when: sideTooMany, example: [2]string{"input 8x8x4\nconv 2 3x3x4", "input 8x8x4\nconv 2 3x3"}},
		},
		[]liberty{{name: "as told", form: true, cost: 1, when: told, example: [2]string{"input 8x8x4\nassume padd same\nconv 2 3x3", "input 8x8x4\nassume pad same\nconv 2 3x3"}}},
		marks, claimed, statements, shared, loops,
	)
}

// told are the ways out that whoever told the mistake thinks of.
func told(p *place) (list []change) {
	understood := p.found.Code == lang.Shape || p.found.Code == lang.Share // nothing of form is wrong
	for _, e := range p.found.Ways {
		if e.Source != nil || e.Span.Start > e.Span.End || e.Span.End > len(p.text) {
			continue
		}
		old := p.text[e.Span.Start:e.Span.End]
		if at := e.Span.Start; e.Text == "" && at > 0 && p.text[at-1] == ' ' {
			e.Span.Start-- // no two blanks stay where there was a word
		}
		other := p.found.Code == lang.Shape || strings.Contains(e.Text, ";") // what is computed, not how it is written
		list = append(list, change{span: e.Span, text: e.Text, cost: weighed(other), open: other || understood || !sameForm(old, e.Text), first: other})
	}
	return list
}

var words = re(`[\pL\d_]+`)

// sameForm reports a way that says in another form what it replaces: in the same letters,
// in the same words in another order, in words that are spelled otherwise, or in a word
// for a sign.
func sameForm(old, text string) bool {
	was, are := words().FindAllString(old, -1), words().FindAllString(text, -1)
	if strings.HasPrefix(old, `"`) {
		return false
	}
	if len(was) == 0 || strings.Join(was, "") == strings.Join(are, "") {
		return len(was) > 0 || len(are) == 0 || old != "" && len(are) == 1
	}
	slices.Sort(was)
	slices.Sort(are)
	return slices.EqualFunc(was, are, func(a, b string) bool { return a == b || lang.Nearest(a, b) != "" })
}
