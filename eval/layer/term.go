package layer

// The names of the terms that the rules calculate with, for whoever reads or
// rewrites a calculation. A value or option is a term of its own name.
const (
	TermInput      = "input"          // a size of the input, along an axis
	TermChannels   = "input channels" // of a tensor with positions
	TermInputs     = "inputs"         // of a vector
	TermOutput     = "output"         // a size of the output, along an axis
	TermKernel     = "kernel"
	TermStride     = "stride"
	TermPad        = "pad"
	TermOutpad     = "outpad"
	TermDilation   = "dilation"
	TermGroups     = "groups"
	TermFilters    = "filters"
	TermUnits      = "units"
	TermBias       = "bias"
	TermGates      = "gates"
	TermDirections = "directions"
	TermHidden     = "hidden state"
	TermSteps      = "steps"
	TermStatistics = "statistics"
)

// UnitsParam is the value that says how many alike units the kind learns, filters
// or units; empty: it has none.
func (k *Kind) UnitsParam() string {
	for _, name := range [...]string{TermFilters, TermUnits} {
		if k.Find(name) >= 0 {
			return name
		}
	}
	return ""
}

// Along is the value of a PerAxis along one spatial axis; 0 where the kind has
// none of that name. One that is as another where it is not given is that other.
func (c *Call) Along(name string, axis int) int64 {
	i := c.Kind.Find(name)
	if i >= 0 && c.Args[i].Len == 0 && c.Kind.Params[i].As != "" {
		return c.Along(c.Kind.Params[i].As, axis)
	}
	return c.along(name, axis)
}

// Word is the word given for an option, or "".
func (c *Call) Word(name string) string { return c.word(name) }
