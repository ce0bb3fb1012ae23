package lang

// Limits bound what one script may ask of the parser. A zero means the
// default.
type Limits struct {
	Source   int // bytes of a script
	Depth    int // brackets inside brackets
	Words    int // words of a statement
	Messages int // diagnostics kept
}

// The default limits.
const (
	DefaultSource = 1 << 20
	DefaultDepth  = 100
	DefaultWords  = 10_000
)

// longestName is the letters of the longest name: every layer of its loop has it
// again, and every table.
const longestName = 1000

func (l Limits) withDefaults() Limits {
	or := func(n *int, value int) {
		if *n <= 0 {
			*n = value
		}
	}
	or(&l.Source, DefaultSource)
	or(&l.Depth, DefaultDepth)
	or(&l.Words, DefaultWords)
	or(&l.Messages, DefaultMessages)
	return l
}
