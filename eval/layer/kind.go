// Package layer is the catalogue: every kind of layer is one entry of one
// table, with its values and options, its shape rule, what it learns and what
// it costs. Argument checking, error messages, help and documentation read
// the table; no other package knows a kind by its name. What other tools call
// the kinds stands in the package dialect.
//
// Shape rules and parameter rules build calc expressions, so that the
// calculation shown is the one that was done.
//
// A kind is added by an entry in the file of its family and a word in the list
// in catalogue.go; CONTRIBUTING has an example.
package layer

import (
	"slices"

	"cnnl/eval/calc"
)

// A Kind is one kind of layer. Most entries need no more than what stands here
// by itself; what only some kinds have is gathered in Tensors, Positions, Turned
// and Standing. A function of a Call may be nil unless it says otherwise.
type Kind struct {
	Name    string
	Article string // "an" where the name is spelled out, as an lstm is; empty: a or an, by its first letter
	Doc     string // one line
	Example string // a statement that uses it
	Params  []Param
	Common  bool // an assume without a kind reaches its options

	// Sentence is what one layer does, with its values and the options that are
	// Told; nil: what Doc says.
	Sentence func(*Call) string
	// Remark is what is worth noting of one layer in a table, or empty.
	Remark func(*Call) string

	// Takes is the fewest and the most spatial axes of the input. The zero Takes
	// accepts up to three.
	Takes Range
	Tensors
	// Output is the shape rule, which every kind has: it calls Axis for every
	// axis of the output, or Refuse.
	Output func(*Call)
	// Check refuses values and options that cannot be, whatever the input.
	Check func(*Call)

	// Learn lists what the layer learns; nil: nothing.
	Learn func(*Call) []Bank
	// Work is the rule for multiply-accumulates without weights, as of matrix
	// products; nil: there are none.
	Work func(*Call) calc.Expr
	// Inside is the rule for the numbers that the layer computes before its output;
	// nil: there are none. Together they are as many as the outputs of the same
	// thing written out in other kinds, those that only move numbers aside: each
	// product with weights, product of tensors, sum, norm and activation gives its own.
	Inside func(*Call) calc.Expr
	// Stats is the rule for running statistics, which are kept, not trained.
	Stats func(*Call) calc.Expr

	// Window tells how an output position looks at the input along a spatial
	// axis; nil: position by position. It is asked only while the output has
	// spatial axes.
	Window func(c *Call, axis int) Window
	Positions
	Turned
	Standing
}

// Tensors says which tensors a kind takes, where that is not one tensor of
// numbers.
type Tensors struct {
	// Source is set for inputs, which take no tensor.
	Source bool
	// Begins is set where no tensor is taken, as of an input, and it is none.
	Begins bool
	// Tokens is set where the input is ids, not numbers.
	Tokens bool
	// Ids is set where ids pass as numbers do, and stay ids.
	Ids bool
	// Merges is set where several tensors come together: branches, or with.
	Merges bool
	// Commutes is set where the order of those does not count.
	Commutes bool
	// Beside is how many further tensors may be named behind with, of a kind
	// that is no merge.
	Beside Range
	// Hands is what a layer gives to another of its kind that names it at that
	// place behind with, counted from 1; nil: its output, as to all.
	Hands func(c *Call, place int) Shape
	// Places reports an axis along which a tensor named so is taken place by place;
	// along others, and with nil, all of it is looked at from everywhere.
	Places func(c *Call, axis int) bool
	Branching
}

// Branching is of a kind that has one pair of braces of its own.
type Branching struct {
	Branch    string            // the option behind which they may stand
	Begin     *Kind             // the kind of the row that they begin with
	BeginSize func(*Call) Shape // its size
}

// Positions says where the output's positions lie, beside what Window tells.
type Positions struct {
	// Keeps is how positions are kept by a kind that makes a vector; empty: what
	// needs them has to stand before it.
	Keeps string
	// Rows is set where the numbers stay in their order, row by row, and only
	// the axes are others.
	Rows bool
	// Order gives for each axis of the output the number of the input's, from 1,
	// channels included; nil: they are in their order.
	Order func(*Call) []int64
	// Own is how many positions the layer brings itself; they stand in front.
	Own int64
	// Joins is the axis along which tensors are put behind each other; nil or
	// below 0: there is none.
	Joins func(*Call) int
	// Spreads is set where the window lies on the output, as of a transposed
	// convolution: padding cuts off what it adds elsewhere.
	Spreads bool
}

// Turned is of a kind that can use the weights of another turned round.
type Turned struct {
	// Turns lists the kinds whose weights it can use so. Its biases are its own.
	Turns []string
	// Turn gives a layer the arguments that follow from the owner's.
	Turn func(c, owner *Call)
}

// Standing says how counts, grading and views take the layers of a kind.
type Standing struct {
	// Free is set where the output's numbers are there already, as the input's in
	// another order or as what was learned: no new activations.
	Free bool
	// Light is set where grading passes over the layer: it keeps the shape and
	// learns nothing.
	Light bool
	// Aside is set where a tensor that nothing takes is no output.
	Aside bool
	// Plainer is what a layer is in effect where others, or other words, do the
	// same, or nothing does: see Forms. False, and nil: it is as it is written.
	Plainer func(*Call) ([]Plain, bool)
}

// A Range is a least and a greatest number.
type Range struct{ Min, Max int }

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
