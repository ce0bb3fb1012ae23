package repair

import (
	"slices"
	"strings"
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

// words are what a way out that is certain has as many of as what it replaces.
var words = re(`[\pL\d_]+`)

// told are the ways out that whoever told the mistake thinks of.
func told(p *place) (list []change) {
	for _, e := range p.found.Ways {
		if e.Source != nil || e.Span.Start > e.Span.End || e.Span.End > len(p.text) {
			continue
		}
		old := p.text[e.Span.Start:e.Span.End]
		if at := e.Span.Start; e.Text == "" && at > 0 && p.text[at-1] == ' ' {
			e.Span.Start-- // no two blanks stay where there was a word
		}
		list = append(list, change{span: e.Span, text: e.Text, open: strings.HasPrefix(old, `"`) || len(words().FindAllString(old, -1)) > len(words().FindAllString(e.Text, -1))})
	}
	return list
}
