package resolve

import (
	"strconv"

	"cnnl/eval/layer"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A Filler makes arguments of words whose values can be computed: those that
// are written out, and in a run all others.
type Filler struct {
	*value.Evaluator
	Kind *layer.Kind
	OK   bool // nothing was wrong
	// Behind are the words behind the one that is bound; a slip may take one of
	// them along.
	Behind []lang.Word
	// Have is the number of elements of the current tensor; 0: it is not known.
	Have  int64
	Value value.Value // that the last word had

	side [1]int64 // memory for the one number of most values
}

func (f *Filler) errorf(code lang.Code, span lang.Span, summary, detail, hint string, ways ...lang.Edit) {
	f.OK = false
	f.Tell(code, span, summary, detail, hint, ways...)
}

// Argument makes an argument of open words; false: it cannot be, which is told.
func (f *Filler) Argument(o Open) (layer.Arg, bool) {
	switch w := o.Words[0]; o.Form {
	case AList:
		return f.List(&f.Kind.Params[o.Param], o.Words)
	case ATruth:
		return f.truth(w)
	default:
		return f.One(o.Param, w)
	}
}

// truth is a flag that is passed on: bias $b.
func (f *Filler) truth(w lang.Word) (layer.Arg, bool) {
	f.Value = f.Parts(w.Parts)
	if f.Value.Sort == value.Boolean {
		return given(layer.Num(f.Value.Num)), true
	}
	if f.Value.Known() {
		f.errorf(lang.Value, w.Span(), "expected true or false", "found "+f.Value.String(), "")
	}
	f.OK = false
	return layer.Arg{}, false
}

func given(a layer.Arg) layer.Arg {
	a.From = layer.Given
	return a
}

// One makes one value the argument of parameter i.
func (f *Filler) One(i int, w lang.Word) (layer.Arg, bool) {
	p := &f.Kind.Params[i]
	v := f.Word(w)
	f.Value = v
	if p.Type == layer.Any {
		f.OK = f.OK && v.Known()
		return layer.Arg{Len: 1, From: layer.Given}, v.Known()
	}
	arg, why := p.Accept(f.numbers(v))
	switch {
	case !v.Known():
		f.OK = false
	case v.Sort == value.Boolean && p.Off:
		return OnOff(p, v.Num != 0), true
	case v.Sort == value.Boolean:
		f.errorf(lang.Value, w.Span(), p.Name+" is "+p.Wants(), "found "+v.String(), "")
	case why != "":
		hint := "as in " + f.Kind.Example
		if v.Sort == value.Size && f.turnedRound(i) {
			hint = "the other way round: " + f.Kind.Name + " " + f.Text(f.Behind[0].Span()) + " " + f.Text(w.Span())
			f.Behind = f.Behind[1:]
		}
		f.errorf(lang.Value, w.Span(), why, "found "+v.String(), hint)
	default:
		return given(arg), true
	}
	return layer.Arg{}, false
}

// OnOff is a parameter that can be off: on, it has its default.
func OnOff(p *layer.Param, on bool) layer.Arg {
	if on {
		return given(p.Default)
	}
	return given(layer.Num(0))
}

// turnedRound reports whether the next word is the number that parameter i is
// to be given, and the parameter behind it takes a size, as a kernel does.
func (f *Filler) turnedRound(i int) bool {
	next := i + 1
	if next == len(f.Kind.Params) || !f.Kind.Params[next].Value || f.Kind.Params[next].Type != layer.PerAxis || len(f.Behind) == 0 || !isValueWord(f.Behind[0]) || isOpen(f.Behind[0]) {
		return false
	}
	v := f.Word(f.Behind[0])
	_, why := f.Kind.Params[i].Accept(AsNumbers(v))
	return v.Sort == value.Number && why == ""
}

// AsNumbers shows a value to the table: the sides of a size, or a fraction.
func AsNumbers(v value.Value) layer.Numbers {
	if v.Sort == value.Size {
		return layer.Numbers{Sides: v.Shape.Axes(), IsSize: true}
	}
	return layer.Numbers{Sides: []int64{v.Num}, Den: v.Den}
}

// numbers is AsNumbers, with memory for one number.
func (f *Filler) numbers(v value.Value) layer.Numbers {
	if v.Sort == value.Size {
		return AsNumbers(v)
	}
	f.side[0] = v.Num
	return layer.Numbers{Sides: f.side[:], Den: v.Den}
}

// List makes numbers, and of Ranges ranges, one argument.
func (f *Filler) List(p *layer.Param, words []lang.Word) (layer.Arg, bool) {
	var numbers []int64
	for _, w := range words {
		first, ok := f.listed(p, w, w.Parts)
		last := first
		if len(w.To) > 0 && p.Type == layer.List {
			f.errorf(lang.Argument, w.Span(), p.Name+" takes numbers, not ranges", "", "as in "+p.Name+" "+p.Sample())
			ok = false
		} else if len(w.To) > 0 && ok {
			last, ok = f.listed(p, w, w.To)
		}
		if f.OK = f.OK && ok; !ok {
			continue
		}
		numbers = append(numbers, first)
		if p.Type == layer.Ranges {
			numbers = append(numbers, last)
		}
	}
	return given(layer.Num(numbers...)), len(numbers) > 0
}

// listed is one number of a list.
func (f *Filler) listed(p *layer.Param, w lang.Word, parts []lang.Part) (int64, bool) {
	v := f.Parts(parts)
	switch {
	case !v.Known():
		return 0, false
	case !v.IsWhole() || v.Num < p.Min || w.Minus.Text != "":
		f.errorf(lang.Value, w.Span(), p.Name+" takes whole numbers of at least "+strconv.FormatInt(p.Min, 10), "found "+lang.Quote(f.Text(w.Span())), "as in "+f.Kind.Example)
		return 0, false
	}
	return v.Num, true
}

// Word computes a value as written in a layer.
func (f *Filler) Word(w lang.Word) value.Value {
	v := f.Parts(w.Parts)
	switch {
	case w.Minus.Text == "":
		return v
	case v.Sort == value.Number:
		v.Num = -v.Num
		return v
	case v.Sort != value.Unknown:
		hint, ways := "", []lang.Edit{{Span: w.Minus.Span()}}
		if v.Shape.At(0) == 1 {
			hint, ways = "sizes have no -1: every side is written", f.missingSide(v.Shape, w.Span())
		}
		f.errorf(lang.Value, w.Span(), "a size cannot be negative", "found "+lang.Quote(f.Text(w.Span())), hint, ways...)
	}
	return value.Value{}
}

// missingSide is the first side of a size that is to hold the current tensor,
// where other tools have a -1.
func (f *Filler) missingSide(s layer.Shape, at lang.Span) []lang.Edit {
	sides, have := s.Axes(), f.Have
	rest, fits := s.Size()
	if !fits || rest == 0 || have == 0 || have%rest != 0 {
		return nil
	}
	sides[0] = have / rest
	return []lang.Edit{{Span: at, Text: layer.NewShape(sides...).String()}}
}
