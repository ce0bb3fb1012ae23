package repair

import "slices"

// liberties lists all, the surest first: of two that cost the same the first is preferred.
func liberties() []liberty {
	return slices.Concat(
		characters,
		[]liberty{{name: "layer", form: true, when: layerReadings, example: [2]string{"input 8x8x4\nmax pool 2X2 strides=2", "input 8x8x4\nmaxpool 2x2 stride 2"}}},
		[]liberty{
			{name: "missing side", form: true, cost: 1, when: missingSide, example: [2]string{"input 8x8x4\nreshape -1x4", "input 8x8x4\nreshape 64x4"}},
			{name: "side too many", form: true, cost: 1, when: sideTooMany, example: [2]string{"input 8x8x4\nconv 2 3x3x4", "input 8x8x4\nconv 2 3x3"}},
		},
		marks, claimed, statements, shared, loops,
	)
}
