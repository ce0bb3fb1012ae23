// Package layer is the catalogue: every kind of layer is one entry of one
// table, with its values and options, its shape rule, what it learns and what
// it costs. Argument checking, error messages, help and documentation read
// the table; nothing else knows the kinds.
//
// Shape rules and parameter rules build calc expressions, so that the
// calculation shown is the one that was done.
package layer

import (
	"slices"
	"strings"

	"cnnl/eval/calc"
)

// A Kind is one kind of layer.
type Kind struct {
	Name    string
	Doc     string   // one line
	Example string   // a statement that uses it
	Foreign []string // what Keras, PyTorch and others call it
	Forms   []Form   // examples for some of those
	Params  []Param  // values first, in order; then options

	// Says is what one layer does, with its values and the options that Tells
	// names; nil: what Doc says.
	Says  func(*Call) string
	Tells []string

	// Takes is the fewest and the most spatial axes of the input, tokens
	// left out. The zero Takes accepts any tensor but tokens.
	Takes Range
	// Output is the shape rule: it calls Axis for every axis of the output,
	// or Refuse.
	Output func(*Call)
	// Keeps is how positions are kept by a kind that makes a vector; empty: what
	// needs them has to stand before it.
	Keeps string
	// Check refuses values and options that cannot be, whatever the input.
	Check func(*Call)
	// Learn lists what the layer learns; nil: nothing.
	Learn func(*Call) []Bank
	// Work is the rule for multiply-accumulates without weights, as of matrix
	// products; nil: there are none.
	Work func(*Call) calc.Expr
	// Stats is the rule for running statistics, which are kept, not trained.
	Stats func(*Call) calc.Expr
	// Window tells how an output position looks at the input along a spatial
	// axis; nil: position by position. It is asked only while the output has
	// spatial axes.
	Window func(c *Call, axis int) Window
	// Moves reports that positions are not where they were, so that the
	// receptive field is not followed; nil: they are.
	Moves func(*Call) bool
	// Remark says what is worth saying of the layer in a table.
	Remark func(*Call) string
	// Free is set where the output is the input's numbers in another order:
	// no new activations.
	Free bool
	// Light is set where grading passes over the layer: it keeps the shape and
	// learns nothing.
	Light bool
	// Source is set for inputs, which take no tensor.
	Source bool
	// Merges is set where several tensors come together: branches, or with.
	Merges bool
	// Beside is how many further tensors may be named behind with, of a kind
	// that is no merge.
	Beside Range
	// Places reports an axis along which a tensor named so is taken place by place;
	// along others, and with nil, all of it is looked at from everywhere.
	Places func(c *Call, axis int) bool
	// Branch is the option behind which one pair of braces may stand; it begins
	// with a row of the kind Begin, of the size that Offsets gives.
	Branch string
	Begin  *Kind
	// Begins is set where no tensor is taken, as of an input, and it is none.
	Begins bool
	// Commutes is set where the order of those does not count.
	Commutes bool
	// Aside is set where a tensor that nothing takes is no output.
	Aside bool
	// Tokens is set where the input is ids, not numbers.
	Tokens bool
	// Ids is set where ids pass as numbers do, and stay ids.
	Ids bool
	// Turns lists the kinds whose weights a layer of this kind can use turned
	// round; Turn gives it their arguments. Its biases are its own.
	Turns []string
	Turn  func(c, owner *Call)
	// strides gives a call the stride it has when none is given.
	strides func(*Call) *Call
	// Common is set where an assume without a kind reaches.
	Common bool
}

// Like is the example that shows best what a word of another tool means: of
// global and adaptive poolings, for one, an option.
func (k *Kind) Like(foreign string) string {
	foreign = strings.ToLower(foreign)
	for _, form := range k.Forms {
		if strings.Contains(foreign, form.Word) {
			return form.Example
		}
	}
	return k.Example
}

// A Form is an example for words of other tools that hold a word.
type Form struct{ Word, Example string }

// A Range is a least and a greatest number.
type Range struct{ Min, Max int }

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
	Said     string   // how a sentence says it, its value in place of %s; empty: by name
	Foreign  []string // what others call it
	Learned  bool     // changes what is learned: a layer that shares cannot differ in it
	Alone    bool     // no other value or option beside it
	Channels bool     // of PerAxis: may have one more side, for the channels
	Instead  bool     // stands in place of the values
	Off      bool     // of Count: `no` makes it 0, its word alone its default
	Group    string   // of several in a group only one can be given
	Unsaid   string   // what the default means where a question says nothing
	Reading  string   // the other usual reading of such a question: a word, a number, or the flag's name
	Whose    []string // the tools that read it so, where that is known
}

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
		a.More = &n
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

// Same reports whether two arguments mean the same, wherever from.
func (a Arg) Same(b Arg) bool {
	return a.N == b.N && a.Len == b.Len && a.Word == b.Word && slices.Equal(a.Sides(), b.Sides())
}

// Args are the arguments of one layer, in the order of its kind's Params.
type Args []Arg

// Find gives the index of the parameter called name, or -1.
func (k *Kind) Find(name string) int {
	for i := range k.Params {
		if k.Params[i].Name == name {
			return i
		}
	}
	return -1
}

// Knows reports whether a word is one of the kind's options or one of the
// words these take.
func (k *Kind) Knows(word string) bool {
	for i := range k.Params {
		p := &k.Params[i]
		if !p.Value && p.Name == word || slices.Contains(p.Words, word) {
			return true
		}
	}
	return false
}

// OptionOf finds an option that takes a word as its value, of whatever kind.
func OptionOf(word string) *Param {
	for _, k := range All {
		for i := range k.Params {
			if slices.Contains(k.Params[i].Words, word) {
				return &k.Params[i]
			}
		}
	}
	return nil
}

// Defaults are the arguments of a layer for which nothing is written.
func (k *Kind) Defaults() Args {
	args := make(Args, len(k.Params))
	for i := range k.Params {
		args[i] = k.Params[i].Default
	}
	return args
}

// A Bank is a number of learned units that are alike: filters, neurons, or
// the scale and shift of a channel. Its parameters are (Fan + Bias)·Units.
type Bank struct {
	Fan   calc.Expr // weights of one unit; absent: none
	Bias  calc.Expr // biases of one unit; absent: none
	Units calc.Expr
	// Multiplies is set where the weights count as multiply-accumulates;
	// Uses is then how often each multiplies for one input, absent: once.
	Multiplies bool
	Uses       calc.Expr
}

// Weights is Fan·Units.
func (b Bank) Weights() calc.Expr { return product(b.Fan, b.Units) }

// Biases is Bias·Units.
func (b Bank) Biases() calc.Expr { return product(b.Bias, b.Units) }

// Params is (Fan + Bias)·Units.
func (b Bank) Params() calc.Expr { return product(calc.Sum(b.Fan, b.Bias), b.Units) }

// Macs is Fan·Units·Uses, the multiply-accumulates of one use of the layer.
func (b Bank) Macs() calc.Expr {
	if !b.Multiplies || !b.Fan.Present() {
		return calc.Expr{}
	}
	return calc.Product(b.Fan, b.Units, b.Uses)
}

// product is absent where a factor is.
func product(factors ...calc.Expr) calc.Expr {
	for _, f := range factors {
		if !f.Present() {
			return calc.Expr{}
		}
	}
	return calc.Product(factors...)
}

// A Window tells which inputs an output position looks at along an axis, in
// parts of an input position: Across of them make one. Output o has its first
// tap at o·Stride - Before, and Taps of them, each Step behind the one before;
// those that fall between input positions see nothing. For a convolution a
// position has one part; for a transposed one, as many as its stride.
type Window struct {
	Taps, Step     int64
	Before         int64
	Stride, Across int64
	// Cell, where it is not 0: an output sees the whole cell of so many
	// positions that it lies in; one begins at -Before.
	Cell int64
}

// A Fault says why a layer cannot be.
type Fault struct {
	Param   string // the value or option to blame, or empty
	Summary string
	Detail  string
	Hint    string
	Flat    bool // the input is a vector, and positions are needed
}
