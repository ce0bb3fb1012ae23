package foreign

import (
	"math"
	"strconv"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/lang"
)

// A valueSort says what a value of the program is.
type valueSort uint8

const (
	vUnknown valueSort = iota // nothing is known of it
	vNone
	vNumber
	vText
	vTruth
	vList
	vTensor
	vModule
	vFunction // a function or class of the program's own
	vInstance
	vName // a name from another module, as nn.Conv2d
)

// A value is what an expression of the program gives.
type value struct {
	sort   valueSort
	text   string // a number, a string, True, a dotted name
	items  []value
	size   int // of a list: how many values are in it, those of its lists too
	tensor tensor
	module *module
	def    *stmt
	self   *instance // what a method belongs to, or the instance
}

// A tensor is what a layer gives, or what was there before the program.
type tensor struct {
	op   *op    // nil: it was there before
	ref  string // of those: its name in the script; empty: whatever is current
	part part
}

// entering is what was current before the program.
const entering = "@"

// A part is what of a recurrent layer's results is meant.
type part uint8

const (
	whole  part = iota
	steps       // the states of all steps
	ending      // the last state
)

// A module is a layer that is made but not yet put to use: nn.Conv2d(3, 8, 3).
type module struct {
	call   *dialect.Call
	name   string // what the program calls it
	called string // the call's name there, for messages
	args   []argument
	adds   []string // what wrappers add
	kids   []value  // of a chain: modules and tensors
	at     lang.Span
	path   []place // the statements that it was made in
	top    bool    // made by the program itself, in no function
	ops    []*op   // its uses
	held   bool    // something else holds it
	tool   dialect.Tools
}

// An argument is one of a call: its word, by place or as it was given.
type argument struct {
	word  string
	value value
	given bool // by its word
}

// An instance is one of a class of the program's own.
type instance struct {
	class *stmt
	attrs map[string]value
	used  bool
}

// An op is one use of a layer or function: the step from some tensors to one.
type op struct {
	module *module
	ins    []tensor
	names  []string // variables that hold what it gives
	path   []place  // the statements that were being carried out
	at     lang.Span
	parts  [3]bool // which parts of it are used
}

// A place is a statement that is being carried out.
type place struct {
	stmt     *stmt
	frame    *stmt // the function, nil: the program itself
	repeated bool  // in a loop
}

var none = value{sort: vNone, text: "None"}

func number(text string) value { return value{sort: vNumber, text: text} }

func integer(n int64) value { return number(strconv.FormatInt(n, 10)) }

func truth(b bool) value {
	if b {
		return value{sort: vTruth, text: "True"}
	}
	return value{sort: vTruth, text: "False"}
}

// mostItems is how large lists can be; of larger ones nothing is known.
const mostItems = 4096

// listOf is a list of values.
func listOf(items ...value) value {
	v := value{sort: vList, items: items, size: len(items)}
	for _, item := range items {
		v.size += item.size
	}
	if v.size > mostItems {
		return value{}
	}
	return v
}

func ofTensor(t tensor) value { return value{sort: vTensor, tensor: t} }

// whole is the whole number that a value is.
func (v value) whole() (int64, bool) {
	if v.sort != vNumber {
		return 0, false
	}
	n, err := strconv.ParseInt(v.text, 10, 64)
	return n, err == nil
}

// isTrue is the truth of a value, where it is known.
func (v value) isTrue() (is, known bool) {
	switch v.sort {
	case vNone:
		return false, true
	case vTruth:
		return v.text == "True", true
	case vNumber:
		return strings.Trim(v.text, "0.") != "", true
	case vText:
		return v.text != "", true
	case vList:
		return len(v.items) > 0, true
	case vUnknown:
		return false, false
	}
	return true, true
}

// words is a value as arguments are written here: 3, 3x3, same, True; empty: it is
// nothing of that kind.
func (v value) words() string {
	switch v.sort {
	case vNumber, vText, vTruth, vNone:
		return v.text
	case vName:
		_, last, found := strings.Cut(v.text, ".")
		for found {
			var more string
			if _, more, found = strings.Cut(last, "."); found {
				last = more
			}
		}
		if last != "" {
			return last
		}
		return v.text
	case vList:
		sides := make([]string, 0, len(v.items))
		for _, item := range v.items {
			if item.sort != vNumber {
				return ""
			}
			sides = append(sides, item.text)
		}
		return strings.Join(sides, "x")
	}
	return ""
}

// calculate carries out an operator between two numbers; unknown: it cannot.
func calculate(op string, x, y value) value {
	a, aok := x.whole()
	b, bok := y.whole()
	if aok && bok {
		if n, ok := whole2(op, a, b); ok {
			return integer(n)
		}
	}
	f, ferr := strconv.ParseFloat(x.text, 64)
	g, gerr := strconv.ParseFloat(y.text, 64)
	if x.sort != vNumber || y.sort != vNumber || ferr != nil || gerr != nil {
		return value{}
	}
	return decimal(op, f, g)
}

// whole2 is an operator of whole numbers, where it gives one that is no giant.
func whole2(op string, a, b int64) (n int64, ok bool) {
	const most = 1 << 31
	if max(a, -a, b, -b) > most {
		return 0, false
	}
	switch op {
	case "+":
		return a + b, true
	case "-":
		return a - b, true
	case "*":
		return a * b, true
	case "//", "%":
		if b == 0 {
			return 0, false
		}
		q := int64(math.Floor(float64(a) / float64(b)))
		if op == "%" {
			return a - q*b, true
		}
		return q, true
	case "**":
		f := math.Pow(float64(a), float64(b))
		return int64(f), b >= 0 && f <= most
	}
	return 0, false
}

func decimal(op string, f, g float64) value {
	switch op {
	case "+":
		f += g
	case "-":
		f -= g
	case "*":
		f *= g
	case "/":
		f /= g
	default:
		return value{}
	}
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return value{}
	}
	return number(strconv.FormatFloat(f, 'f', -1, 64))
}

// compared is what a comparison of two values gives.
func compared(op string, x, y value) value {
	if op == "is" {
		op = "=="
	}
	plain := func(v value) bool { return v.sort >= vNone && v.sort <= vTruth }
	if !plain(x) || !plain(y) {
		return value{}
	}
	if x.sort != vNumber || y.sort != vNumber {
		same := x.sort == y.sort && x.text == y.text
		switch op {
		case "==":
			return truth(same)
		case "!=":
			return truth(!same)
		}
		return value{}
	}
	f, _ := strconv.ParseFloat(x.text, 64)
	g, _ := strconv.ParseFloat(y.text, 64)
	switch op {
	case "==":
		return truth(f == g)
	case "!=":
		return truth(f != g)
	case "<":
		return truth(f < g)
	case ">":
		return truth(f > g)
	case "<=":
		return truth(f <= g)
	case ">=":
		return truth(f >= g)
	}
	return value{}
}
