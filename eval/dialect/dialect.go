// Package dialect is the table of what other tools and people call things: an
// entry for some words of theirs, with what they are here. Messages and help
// read it, so that who writes conv2d or kernel_size is told what it is here.
//
// It knows the catalogue and nothing of scripts. A new kind of layer gets its
// names in kinds.go; its options join a family in options.go. A word that has no
// counterpart goes to beginnings.go or behind.go, with a sentence that says how
// it is here. What another tool lacks of ours stands in gaps.go.
package dialect

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
)

// Tools are one or several sources of words.
type Tools uint8

// The tools. English is what people, papers and textbooks say.
const (
	English Tools = 1 << iota
	PyTorch
	Keras // with TensorFlow
	Caffe
	Darknet
	Other // MATLAB, Lasagne, slim and what else there is

	anyTool = English | PyTorch | Keras | Caffe | Darknet | Other
)

// A Meaning is what a word of another tool is here.
type Meaning uint8

// The meanings.
const (
	Kind   Meaning = iota // a kind of layer
	Form                  // a kind, with the values or options that Here shows
	Option                // an option or value of the kinds behind which it stands
	Prose                 // nothing of ours: Here is what to say
)

// An Entry says what some words of other tools are here.
type Entry struct {
	Tools Tools
	// Of lists the kinds behind which the words stand; anyKind: all of them;
	// empty: they begin a statement.
	Of    string
	Words string // in lower case, with blanks between
	Is    Meaning
	Here  string // the kind, the statement, the option or the sentence
}

// anyKind stands for all kinds of the catalogue.
const anyKind = "*"

// Table lists all entries.
func Table() []Entry { return slices.Concat(kinds, options, beginnings, behind) }

// Behind lists the kinds behind which the words stand: a list with an empty
// word where they begin a statement.
func (e *Entry) Behind() []string {
	if e.Of == "" {
		return []string{""}
	}
	return strings.Fields(e.Of)
}

// kind is the kind that the words mean, and a statement that shows it.
func (e *Entry) kind() (k *layer.Kind, example string) {
	name, _, _ := strings.Cut(e.Here, " ")
	if k = layer.Find(name); e.Is == Form {
		return k, e.Here
	}
	return k, k.Example
}

// Plain is a word as spellings of it agree: MaxPool2D, max_pool2d.
func Plain(word string) string { return strings.ReplaceAll(strings.ToLower(word), "_", "") }
