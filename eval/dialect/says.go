package dialect

import (
	"slices"
	"strings"
	"sync"

	"cnnl/eval/layer"
)

// A Sense is what a word of another tool behind a kind, with the value that stands
// behind it, comes to here.
type Sense uint8

// The senses.
const (
	Takes    Sense = iota // Here is the option or value of ours that takes the value
	Writes                // Here is what is written in place of both; empty: it is so anyway
	Idle                  // it changes no count: both may go
	Fact                  // the value follows from the input: to be checked, then both may go
	Follows               // the value is a kind that stands behind the layer
	Becomes               // Here is the kind that the layer is
	Freezes               // the layer is not trained: freeze, with its name, behind it
	Named                 // the value is the layer's name
	Input                 // the value is the size of the network's input
	Channels              // Here is the option or value of ours that is as many as the input's channels
	Open                  // what it means here is not settled; Here is the likeliest, or empty
)

// A Row says what some words behind some kinds are here, for some values. It is
// the same for whoever reads it: advice, import and export.
type Row struct {
	Tools   Tools
	Of      string // kinds, or anyKind
	Words   string // plain
	Value   string // for which values it speaks, see covers
	Is      Sense
	Here    string
	Example string // a statement with the word, an arrow, and what it is here
}

// A Saying is the answer to a word and its value.
type Saying struct {
	Is   Sense
	Here string
	// Uses is set where the value is used up with its word. Without it the word
	// stands alone, and what follows belongs to something else.
	Uses bool
}

// Values for which a row speaks, besides words of its own such as same.
const (
	whatever = "*"      // any value
	truly    = "@true"  // true, in whatever spelling, or no value at all
	falsely  = "@false" // false, none, no or 0
	aNum     = "number" // one number
	aSize    = "size"   // two numbers or more
	bare     = ""       // no value behind it
)

// truths are spellings of true and false. A number is one only to who asks for a flag.
var truths = map[string]string{
	"true": truly, "yes": truly, "on": truly, "1": truly,
	"false": falsely, "no": falsely, "off": falsely, "none": falsely, "null": falsely, "0": falsely,
}

// Truth is true or false in our spelling, of a value that says so in any, or empty.
func Truth(value string) string { return strings.TrimPrefix(truths[strings.ToLower(value)], "@") }

// covers reports whether a row speaks for a value.
func (r *Row) covers(value string) bool {
	value = strings.ToLower(value)
	for want := range strings.SplitSeq(r.Value, "|") {
		switch {
		case want == value, want == whatever && value != bare:
			return true
		case (want == truly || want == falsely) && truths[value] == want, want == truly && value == bare:
			return true
		case want == aNum && isNumber(value), want == aSize && isSize(value):
			return true
		}
	}
	return false
}

func isNumber(value string) bool {
	return value != "" && strings.Trim(value, "0123456789.-") == "" && value != "-"
}

func isSize(value string) bool {
	return strings.ContainsAny(value, "0123456789") && strings.Trim(value, "0123456789x") == "" && strings.Contains(value, "x")
}

// Says tells what a word behind a kind comes to, with the value that stands behind
// it, if any. A number stands for a size of one side, words as they are: Says(conv,
// "padding", "same"). Words of ours are known too, as their values have other
// spellings elsewhere. The tools are those that the word may be of.
func Says(tools Tools, k *layer.Kind, word, value string) (Saying, bool) {
	plain := Plain(word)
	if r := findRow(tools, k, plain, value); r != nil {
		return Saying{r.Is, r.Here, value != bare && r.Value != bare}, true
	}
	if p := paramOf(tools, k, word); p != nil {
		return saysOf(p, value), true
	}
	if Behind(k, word) == noCount {
		return Saying{Is: Idle, Uses: value != bare && k.Find(value) < 0}, true
	}
	if r := findRow(tools, k, plain, bare); r != nil { // what follows is not its value
		return Saying{Is: r.Is, Here: r.Here}, true
	}
	return Saying{}, false
}

func findRow(tools Tools, k *layer.Kind, plain, value string) *Row {
	for _, r := range rowsByWord()[plain] {
		if r.Tools&tools != 0 && r.stands(k) && r.covers(value) {
			return r
		}
	}
	return nil
}

// stands reports whether a row's words stand behind a kind.
func (r *Row) stands(k *layer.Kind) bool {
	return r.Of == anyKind || slices.Contains(strings.Fields(r.Of), k.Name)
}

var rowsByWord = sync.OnceValue(func() map[string][]*Row {
	list := make(map[string][]*Row, 2*len(rows))
	for i := range rows {
		for word := range strings.FieldsSeq(rows[i].Words) {
			list[word] = append(list[word], &rows[i])
		}
	}
	return list
})

// paramOf is the option or value of a kind that a word means, ours or another
// tool's.
func paramOf(tools Tools, k *layer.Kind, word string) *layer.Param {
	if i := k.Find(strings.ToLower(word)); i >= 0 {
		return &k.Params[i]
	}
	plain := Plain(word)
	for _, list := range [...][]Entry{options, places} {
		for i := range list {
			if e := &list[i]; e.Tools&tools != 0 && slices.Contains(e.Behind(), k.Name) && e.has(plain) {
				return &k.Params[k.Find(e.Here)]
			}
		}
	}
	return nil
}

// has reports whether one of an entry's words is spelled so.
func (e *Entry) has(plain string) bool {
	for word := range strings.FieldsSeq(e.Words) {
		if Plain(word) == plain {
			return true
		}
	}
	return false
}

// saysOf is what a value makes of an option or value: a flag is turned on or off,
// where it is not so by itself, and what is none is left out.
func saysOf(p *layer.Param, value string) Saying {
	truth := truths[strings.ToLower(value)]
	switch {
	case p.Type == layer.Flag && (truth != "" || value == bare):
		return Saying{Writes, flagged(p, truth != falsely), truth != ""}
	case p.Value || value == bare:
		return Saying{Takes, p.Name, value != bare}
	case truth == falsely && !isNumber(value) && (p.Off || p.Type == layer.Choice && p.Default.IsThere()):
		return Saying{Writes, "no " + p.Name, true}
	case strings.EqualFold(value, "none") && !slices.Contains(p.Words, "none"):
		return Saying{Writes, "", true}
	}
	return Saying{Takes, p.Name, true}
}

// flagged is how a flag is written on or off.
func flagged(p *layer.Param, on bool) string {
	switch {
	case on == p.Default.Same(layer.On) && p.Default.Len > 0:
		return ""
	case on:
		return p.Name
	case p.Default.Len > 0:
		return "no " + p.Name
	}
	return ""
}

// shortestWord is how many letters a word has that cannot be taken for a name: shorter
// ones are anybody's.
const shortestWord = 6

// Speaks reports a word that others write behind a kind for more than a name: one that
// a row speaks of, or that makes another kind of it, as transposed of conv.
func Speaks(k *layer.Kind, word string) bool {
	if len(word) < shortestWord || k.Output == nil {
		return false
	}
	plain := Plain(word)
	if slices.ContainsFunc(rowsByWord()[plain], func(r *Row) bool { return r.Of != anyKind && r.stands(k) }) {
		return true
	}
	other, _ := KindOf(plain + k.Name)
	return other != nil && other != k
}

// WordsBehind lists every word of others that means something behind a kind, for
// whoever looks for a near one.
func WordsBehind(k *layer.Kind) (words []string) {
	for i := range rows {
		if rows[i].stands(k) && rows[i].Of != anyKind {
			words = append(words, strings.Fields(rows[i].Words)...)
		}
	}
	for _, list := range [...][]Entry{options, places} {
		for i := range list {
			if slices.Contains(list[i].Behind(), k.Name) {
				words = append(words, strings.Fields(list[i].Words)...)
			}
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// Rows lists the rows of words with values.
func Rows() []Row { return slices.Clone(rows) }

// AnyTool is for who does not know where a word comes from.
const AnyTool = anyTool
