package layer

import (
	"fmt"
	"strconv"
	"strings"
)

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

// ValueNames lists the values in their order.
func (k *Kind) ValueNames() (names []string) {
	for i := range k.Params {
		if k.Params[i].Value {
			names = append(names, k.Params[i].Name)
		}
	}
	return names
}

// OptionNames lists the options.
func (k *Kind) OptionNames() (names []string) {
	for i := range k.Params {
		if !k.Params[i].Value {
			names = append(names, k.Params[i].Name)
		}
	}
	return names
}

// Vocabulary lists every word the kind knows: options and the words they
// take.
func (k *Kind) Vocabulary() (words []string) {
	for i := range k.Params {
		if p := &k.Params[i]; !p.Value {
			words = append(append(words, p.Name), p.Words...)
		}
	}
	return words
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

// Other is the argument of the other usual reading.
func (p *Param) Other() Arg {
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
