package dialect

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"cnnl/eval/layer"
)

// A Call says how a tool makes a layer, or what it does to a tensor: what a call's
// name means, and what its arguments are by their places. What an argument means by
// its word, Says tells.
type Call struct {
	Tool Tools
	// Names are its spellings, without the module that they are in.
	Names string
	// Kind is the kind of ours; empty: none.
	Kind string
	// Takes are the words of the arguments in their order. Those in capitals are
	// tensors: X is one, XS a list of some.
	Takes string
	// Adds is what is written anyway: global.
	Adds string
	// Unsaid are arguments as that tool takes them where they are not given, if this
	// is not what ours are.
	Unsaid string
	// Does is what it is where it is no layer, or not only one.
	Does Doing
	// Why says what cannot be carried over.
	Why string
}

// A Doing is what a call comes to.
type Doing uint8

// The doings.
const (
	Makes     Doing = iota // a layer of Kind
	Passes                 // what it is given, as far as counts go
	Chains                 // the layers that it is given, one behind the other
	Wraps                  // the layer that it is given, with what it Adds
	Activates              // the activation whose name it is given
	Plumbs                 // nothing of the network: training, printing
	Cannot                 // nothing that can be said here; Why says it
	Rewrites               // what the rule that it Adds makes of it
)

// of reports whether a call is of one of some tools.
func (c *Call) of(tools Tools) bool { return c.Tool&tools != 0 }

// Of is the kind of ours that a call makes, or nil.
func (c *Call) Of() *layer.Kind { return layer.Find(c.Kind) }

// Order lists the words of the arguments by place.
func (c *Call) Order() []string { return strings.Fields(c.Takes) }

// Defaults lists the arguments that its tool has where they are not given: pairs of
// word and value.
func (c *Call) Defaults() (list [][2]string) {
	for pair := range strings.FieldsSeq(c.Unsaid) {
		word, value, _ := strings.Cut(pair, "=")
		list = append(list, [2]string{word, value})
	}
	return list
}

// CallOf finds what a call means: by its name as it is written, else in any spelling;
// of the preferred tools first. Nil: nobody calls anything so. A class of the preferred
// tools in another spelling comes before what other tools call so: nn.Conv2D is PyTorch's.
func CallOf(prefer Tools, name string) *Call {
	written, spelled := callsByName()[name], callsByPlain()[Plain(name)]
	isClass := name != "" && unicode.IsUpper(rune(name[0]))
	if found := pick(prefer, written); found != nil && (found.of(prefer) || !isClass) {
		return found
	}
	if found := pick(prefer, spelled); found != nil && found.of(prefer) {
		return found
	}
	return cmp.Or(pick(prefer, written), pick(prefer, spelled))
}

// MethodOf finds what a method of a tensor does.
func MethodOf(name string) *Call { return pick(anyTool, methodsByName()[name]) }

func pick(prefer Tools, found []*Call) *Call {
	for _, c := range found {
		if c.of(prefer) {
			return c
		}
	}
	if len(found) > 0 {
		return found[0]
	}
	return nil
}

var (
	callsByName   = sync.OnceValue(func() map[string][]*Call { return indexCalls(Calls(), func(s string) string { return s }) })
	callsByPlain  = sync.OnceValue(func() map[string][]*Call { return indexCalls(Calls(), Plain) })
	methodsByName = sync.OnceValue(func() map[string][]*Call { return indexCalls(methods, func(s string) string { return s }) })
)

// Calls lists every call of every tool.
func Calls() []Call { return slices.Concat(kerasCalls, torchCalls, otherCalls) }

// Methods lists what tensors can be told.
func Methods() []Call { return slices.Clone(methods) }

func indexCalls(calls []Call, spelled func(string) string) map[string][]*Call {
	list := make(map[string][]*Call, 2*len(calls))
	for i := range calls {
		for name := range strings.FieldsSeq(calls[i].Names) {
			list[spelled(name)] = append(list[spelled(name)], &calls[i])
		}
	}
	return list
}

// ToolOf is the tool whose modules have such a name, as nn or layers, or none.
func ToolOf(module string) Tools { return modules[module] }

var modules = map[string]Tools{
	"nn": PyTorch, "torch": PyTorch, "F": PyTorch, "functional": PyTorch, "torchvision": PyTorch, "ops": Keras,
	"keras": Keras, "layers": Keras, "tf": Keras, "tensorflow": Keras, "L": Keras, "tfkl": Keras, "kl": Keras, "activations": Keras, "K": Keras, "Layers": Keras, "models": Keras,
	"slim": Other, "lasagne": Other, "hk": Other, "flax": Other,
}
