package claim

import (
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A Failed claim is a comparison that does not hold, as facts.
type Failed struct {
	Source *lang.Source
	Op     lang.Op
	// Left is what the claim is about, Right what it is claimed to be; the side
	// that names a quantity stands on the left, wherever it is written.
	Left, Right *lang.Expr
	Is, Claimed value.Value
	Subject     *Subject // nil: it is about no single quantity
	// Calculation is the arithmetic of the right side, where it has some.
	Calculation *Calculation
	Net         *network.Network // as far as it has been run where the claim stands
	// Asked are the quantities that the left side is calculated from.
	Asked []Asked
}

// Asked is a quantity that a calculation asks for, and its value.
type Asked struct {
	Text  string
	Value value.Value
}

func (f *Failed) text(e *lang.Expr) string {
	span := e.Span()
	return f.Source.Text[span.Start:span.End]
}
