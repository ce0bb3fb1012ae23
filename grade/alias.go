package grade

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"cnnl/eval"
	"cnnl/eval/claim"
	"cnnl/eval/network"
	"cnnl/lang"
)

// What else something that is asked for can be called: c1.parameters, Total, a let
// that stands for it, on a sheet conv1 for the first convolution of the key.

// words are what people write for properties, in the language's own word.
var words = map[string]string{
	"parameters": "params", "parameter": "params", "param": "params",
	"shape": "out", "output": "out", "outputs": "out",
	"mac": "macs", "activation": "activations", "weight": "weights", "bias": "biases",
}

// fillers are words of a name that say nothing.
var fillers = []string{"n", "num", "number", "of", "the", "nr", "no", "count", "my", "answer"}

// names finds what claims are of. It is made for one script.
type names struct {
	v      *eval.Evaluation
	refs   map[string]*lang.Ref // lets that hold nothing but a reference
	auto   map[string]string    // the key's layers by the names they would get by themselves; nil: no sheet
	trains bool                 // nothing is frozen
}

func (w *work) namesOf(k *Key) *names {
	n := &names{v: w.v, refs: map[string]*lang.Ref{}}
	if w.sheet {
		n.v = k.solutions[0].v
		n.auto = automatic(n.v.Network)
	}
	for i := range w.file.Stmts {
		if let, ok := w.file.Stmts[i].Node.(*lang.Let); ok && len(let.Value.Rest) == 0 && let.Value.First.Sign.Text == "" && let.Value.First.Ref != nil {
			n.refs[let.Name.Text] = let.Value.First.Ref
		}
	}
	n.trains = trainsAll(n.v.Network)
	return n
}

func trainsAll(net *network.Network) bool {
	return !slices.ContainsFunc(net.Nodes, func(r network.Node) bool { return r.Frozen != network.Frozen{} })
}

// automatic are the layers of a network by the names that they would have if nobody
// had given any: conv1, conv2.
func automatic(net *network.Network) map[string]string {
	list, counts := map[string]string{}, map[string]int{}
	for i := range net.Nodes {
		r := &net.Nodes[i]
		if r.Group != network.None {
			continue
		}
		counts[r.Kind.Name]++
		list[r.Kind.Name+strconv.Itoa(counts[r.Kind.Name])] = net.Path(int32(i))
	}
	return list
}

// of is what a claim's reference is of, in its one spelling.
func (n *names) of(r *lang.Ref, src *lang.Source) string {
	if let := n.refs[r.Head.Text]; let != nil && len(r.Path) == 0 {
		r = let
	}
	if q, ok := quantityOf(n.v, r, src); ok {
		if first, _, _ := strings.Cut(q.Property, "."); slices.Contains(network.Properties, first) {
			return q.String()
		}
	}
	if name, ok := n.spelled(src.Text[r.Span.Start:r.Span.End]); ok {
		return name
	}
	return claim.Target(r, src)
}

// spelled reads a name in other words: c1.parameters, Total, conv1.out.
func (n *names) spelled(text string) (name string, ok bool) {
	head, property, _ := strings.Cut(strings.Join(strings.Fields(text), ""), ".")
	if strings.EqualFold(head, "total") {
		head = "total"
	}
	if key := n.auto[head]; key != "" && n.v.Network.Named(head) < 0 {
		head = key
	}
	if property != "" {
		head += "." + ownWord(property)
	}
	return n.target(head), head != text
}

// target is a quantity in its one spelling.
func (n *names) target(text string) string {
	src := lang.NewSource("", text)
	e, _ := new(lang.Parser).ParseExpr(src, text, lang.Limits{})
	if e == nil || e.First.Ref == nil || len(e.Rest) > 0 {
		return text
	}
	return targetIn(n.v, e.First.Ref, src)
}

// ownWord is a property in the language's word.
func ownWord(property string) string {
	list := wordsOf(property)
	if len(list) == 0 {
		return property
	}
	return strings.Join(list, "_")
}

// wordsOf takes a name apart, as total_params and totalParams, into words that the
// language has.
func wordsOf(name string) (list []string) {
	var word strings.Builder
	end := func() {
		text := strings.ToLower(word.String())
		word.Reset()
		if own := words[text]; own != "" {
			text = own
		}
		if text != "" && !slices.Contains(fillers, text) && !(len(list) > 0 && list[len(list)-1] == text) {
			list = append(list, text)
		}
	}
	lower := false
	for _, r := range name {
		if r == '_' || lower && unicode.IsUpper(r) {
			end()
		}
		lower = unicode.IsLower(r)
		if r != '_' {
			word.WriteRune(r)
		}
	}
	end()
	// the parameters that are trained, the shape of the output
	if last := len(list) - 1; last > 0 && list[last] == "params" && list[last-1] == "trainable" {
		list = list[:last]
	}
	return list
}

// ofLet is what a let is called after: total_params, c1_out; empty: nothing that can be
// asked for.
func (n *names) ofLet(name string) string {
	list := wordsOf(name)
	if len(list) == 0 {
		return ""
	}
	property := list[len(list)-1]
	switch of := strings.Join(list[:len(list)-1], "_"); {
	case property == "total":
		return "total.params"
	case !slices.Contains(network.Properties, property):
		return ""
	case of == "", of == "total":
		return "total." + property
	default:
		return n.target(of + "." + property)
	}
}

// also is another name of the same: of trainable parameters, where all are trained.
func (n *names) also(target string) string {
	if of, ok := strings.CutSuffix(target, ".trainable"); ok && n.trains {
		return of + ".params"
	}
	return ""
}
