package layer

import (
	"fmt"
	"strconv"
)

// A Type tells what a value or option may be.
type Type uint8

// The types of values and options.
const (
	Flag    Type = iota // on or off
	Count               // a whole number of at least Min
	PerAxis             // one number for all spatial axes or one for each, at least Min; or one of Words
	Extent              // a size with a side for each axis wanted
	Rate                // a number from 0, below 1
	Slope               // any number from 0
	Choice              // one of Words
	List                // whole numbers of at least Min, as many as are given
	Ranges              // as List, and ranges of them; kept as pairs of first and last
	Any                 // whatever a block's parameter is given
)

// A Param is a value or an option of a kind.
type Param struct {
	Name     string
	Doc      string // a phrase: what it is, and its unit
	Type     Type
	Value    bool     // stands by place, without its word
	Min      int64    // of Count, PerAxis, Extent, List and Ranges
	Most     int64    // of Count: the greatest; 0: there is none
	Default  Arg      // of an option
	Words    []string // words it takes in place of numbers
	About    []string // beside Words: what a word does, where that needs saying and has a rule of its own
	As       string   // of an option without Default: where it is not given it is as this value
	Shown    Arg      // what rules are shown with; not there: 2 of a value, the default of an option
	Said     string   // how a sentence says it, its value in place of %s; empty: by name
	Told     bool     // the kind's own sentence says it
	Learned  bool     // changes what is learned: a layer that shares cannot differ in it
	Alone    bool     // no other value or option beside it
	Channels bool     // of PerAxis: may have one more side, for the channels
	Instead  bool     // stands in place of the values
	Off      bool     // of Count: `no` makes it 0, its word alone its default
	Group    string   // of several in a group only one can be given, and its word answers for all
	Implied  bool     // of a group: what holds where none of it is given
	Of       string   // the option without which it means nothing
	Silence
}

// A Silence is the other usual reading of a question that says nothing of an
// option.
type Silence struct {
	Unsaid  string           // what the default means there
	Reading string           // the other one: a word, a number, or flags as they are written
	Whose   []string         // the tools that read it so, where that is known
	Along   string           // a flag that this reading turns too; where it is stated, nobody reads so
	Where   func(*Call) bool // the layers that are read so; nil: all
}

// Other is the argument of the other usual reading.
func (p *Param) Other() Arg {
	if p.Type == Flag && p.Default.Same(On) {
		return Num(0)
	}
	for i, w := range p.Words {
		if w == p.Reading {
			return Arg{Word: uint8(i + 1)}
		}
	}
	if n, err := strconv.ParseInt(p.Reading, 10, 64); err == nil {
		return Num(n)
	}
	return On
}

// IsOff reports a flag that is not set, or an option that is not there.
func (p *Param) IsOff(a *Arg) bool { return p.Type == Flag && a.N[0] == 0 || !a.IsThere() }

// CanBeLeft reports an option that is simply not there where it is not given:
// `no` and its word say so.
func (p *Param) CanBeLeft() bool {
	return !p.Value && p.Type != Flag && p.Type != Any && !p.Default.IsThere() && p.As == "" && !p.Alone && !p.Instead
}

// Numbers is a value shown to the table: the sides of a size, or one number
// that may be a fraction.
type Numbers struct {
	Sides  []int64
	Den    int64 // of the one number
	IsSize bool
}

// Accept checks a value; why says what is wrong with it, or is empty.
func (p *Param) Accept(n Numbers) (arg Arg, why string) {
	switch p.Type {
	case Rate, Slope:
		return p.acceptFraction(n)
	case Count:
		if n.IsSize {
			return Arg{}, p.Name + " is one number, not a size"
		}
	case Flag:
		return Arg{}, p.Name + " takes no number"
	case Choice:
		return Arg{}, p.Name + " is a word: " + p.Wants()
	case PerAxis:
		if most := 3; len(n.Sides) > most && !(p.Channels && len(n.Sides) == most+1) {
			return Arg{}, p.Name + " has at most 3 sides"
		}
	}
	for _, side := range n.Sides {
		switch {
		case !n.IsSize && n.Den != 1:
			return Arg{}, p.Name + " must be whole"
		case side < p.Min:
			return Arg{}, fmt.Sprintf("%s must be at least %d", p.Name, p.Min)
		case p.Most > 0 && side > p.Most:
			return Arg{}, fmt.Sprintf("%s must be at most %d", p.Name, p.Most)
		}
	}
	return Num(n.Sides...), ""
}

// acceptFraction keeps a number as numerator and denominator.
func (p *Param) acceptFraction(n Numbers) (Arg, string) {
	switch {
	case n.IsSize:
		return Arg{}, p.Name + " is one number, not a size"
	case n.Sides[0] < 0:
		return Arg{}, p.Name + " must not be below 0"
	case p.Type == Rate && n.Sides[0] >= n.Den:
		return Arg{}, p.Name + " must be below 1"
	}
	return Num(n.Sides[0], n.Den), ""
}

// wants are the words for what each type takes.
var wants = [...]string{
	Flag: "on or off", Count: "a whole number", PerAxis: "a number or a size", Extent: "a size", Rate: "a number from 0, below 1", Slope: "a number from 0",
	List: "whole numbers", Ranges: "numbers and ranges, as 1..4 6", Any: "a value",
}

// Wants says what the parameter takes: "a number or a size, valid, same or
// causal".
func (p *Param) Wants() string {
	text := wants[p.Type]
	if p.Min > 0 && (p.Type == Count || p.Type == PerAxis) {
		text += " of at least " + strconv.FormatInt(p.Min, 10)
	}
	for i, w := range p.Words {
		switch {
		case text == "":
		case i == len(p.Words)-1:
			text += " or "
		default:
			text += ", "
		}
		text += w
	}
	return text
}

// Sample is a value the parameter could have.
func (p *Param) Sample() string {
	switch {
	case len(p.Words) > 0:
		return p.Words[len(p.Words)-1]
	case p.Type == Rate, p.Type == Slope:
		return "0.5"
	case p.Type == Extent:
		return "7x7"
	case p.Type == Flag:
		return ""
	case p.Type == List:
		return "2 1"
	case p.Type == Ranges:
		return "1..4"
	}
	return "2"
}
