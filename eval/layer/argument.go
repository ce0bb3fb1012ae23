package layer

import (
	"slices"
	"strconv"
	"strings"
)

// An Origin tells where an argument comes from.
type Origin uint8

// The origins of arguments.
const (
	Defaulted Origin = iota // the kind's default; nobody wrote it
	Assumed                 // an assume before the layer
	Given                   // written in the statement
)

// An Arg is the checked value of one parameter: a flag, whole numbers, a
// fraction N[0]/N[1], or a word.
type Arg struct {
	N    [4]int64
	More *[]int64 // all numbers, where they are more than N holds
	Len  uint8    // how many numbers, 255 at most; 0: a word, or not given at all
	Word uint8    // 1 + the index in Words, or 0
	From Origin
}

// Num makes an argument of numbers.
func Num(n ...int64) Arg {
	a := Arg{Len: uint8(min(len(n), 255))}
	if copy(a.N[:], n) < len(n) {
		more := slices.Clone(n) // so that few numbers take no memory of their own
		a.More = &more
	}
	return a
}

// Sides are an argument's numbers.
func (a *Arg) Sides() []int64 {
	if a.More != nil {
		return *a.More
	}
	return a.N[:a.Len]
}

// On is the argument of a flag that is set.
var On = Num(1)

// IsThere reports an argument that has a value or a word.
func (a *Arg) IsThere() bool { return a.Len > 0 || a.Word > 0 }

// Same reports whether two arguments mean the same, wherever from.
func (a Arg) Same(b Arg) bool {
	return a.N == b.N && a.Len == b.Len && a.Word == b.Word && slices.Equal(a.Sides(), b.Sides())
}

// Args are the arguments of one layer, in the order of its kind's Params.
type Args []Arg

// Defaults are the arguments of a layer for which nothing is written.
func (k *Kind) Defaults() Args {
	args := make(Args, len(k.Params))
	for i := range k.Params {
		args[i] = k.Params[i].Default
	}
	return args
}

// Answered reports an option that another one decides, which comes from that
// origin or a stronger one: of a group the word that is there answers for all,
// and so does a `no` with it.
func (k *Kind) Answered(args Args, i int, by Origin) bool {
	for j := range args {
		if p := &k.Params[j]; i != j && args[j].From >= by && (k.Params[i].Group != "" && p.Group == k.Params[i].Group || p.Alone && !p.IsOff(&args[j])) {
			return true
		}
	}
	return false
}

// Idle reports an option that means nothing, because the one it is of is not
// there.
func (k *Kind) Idle(args Args, i int) bool {
	j := k.Find(k.Params[i].Of)
	return j >= 0 && k.Params[j].IsOff(&args[j])
}

// Short writes arguments as a statement has them: values, and the options
// that are given or are not the kind's own defaults.
func (k *Kind) Short(args Args) string {
	return k.write(args, func(i int) bool {
		p, a := &k.Params[i], &args[i]
		return p.Value || a.From == Given || !a.Same(p.Default)
	})
}

// Changes writes the arguments that differ from others.
func (k *Kind) Changes(args, from Args) string {
	return k.write(args, func(i int) bool { return !args[i].Same(from[i]) })
}

// write writes the arguments that are wanted.
func (k *Kind) write(args Args, wanted func(i int) bool) string {
	words := make([]string, 0, 8)
	for i := range args {
		p, a := &k.Params[i], args[i]
		switch {
		case !wanted(i), a.Len == 0 && a.Word == 0:
		case p.Off && a.N[0] == 0 && a.Word == 0:
			words = append(words, "no", p.Name)
		case p.Type == Flag:
			words = append(words, p.flagText(a)...)
		case p.Value:
			words = append(words, p.text(a))
		default:
			words = append(words, p.Name, p.text(a))
		}
	}
	return strings.Join(words, " ")
}

func (p *Param) flagText(a Arg) []string {
	switch {
	case a.N[0] != 0 && p.Default.Len > 0 && p.Default.N[0] != 0:
		return nil // on anyway
	case a.N[0] != 0:
		return []string{p.Name}
	case p.Default.Len > 0 && p.Default.N[0] != 0:
		return []string{"no", p.Name}
	}
	return nil
}

// text writes a value.
func (p *Param) text(a Arg) string {
	switch {
	case a.Word > 0:
		return p.Words[a.Word-1]
	case p.Type == Rate, p.Type == Slope:
		return strconv.FormatFloat(float64(a.N[0])/float64(a.N[1]), 'g', 6, 64)
	case p.Type == List:
		return joinInts(a.Sides(), " ")
	case p.Type == Ranges:
		return a.ranges()
	}
	return a.numbers()
}

// numbers writes an argument's numbers as a size.
func (a Arg) numbers() string {
	return joinInts(a.Sides(), "x")
}

func joinInts(numbers []int64, between string) string {
	parts := make([]string, len(numbers))
	for i, n := range numbers {
		parts[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(parts, between)
}

// ranges writes an argument's pairs: 1..4 6.
func (a Arg) ranges() string {
	sides := a.Sides()
	parts := make([]string, 0, len(sides)/2)
	for i := 0; i < len(sides); i += 2 {
		text := strconv.FormatInt(sides[i], 10)
		if sides[i+1] != sides[i] {
			text += ".." + strconv.FormatInt(sides[i+1], 10)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}
