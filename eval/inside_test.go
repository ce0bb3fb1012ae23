package eval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cnnl/eval"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// A longhand is a network written out, layer by layer.
type longhand struct {
	strings.Builder
	t      *rapid.T
	layers int
}

// input adds an input; its name is the word of its size's axes.
func (l *longhand) input(name, size string) string {
	fmt.Fprintf(l, "input %s %s\n", name, size)
	return name
}

// after adds a layer behind another one and gives its name.
func (l *longhand) after(from, kind, rest string) string {
	l.layers++
	name := fmt.Sprintf("t%d", l.layers)
	fmt.Fprintf(l, "from %s; %s %s %s\n", from, kind, name, rest)
	return name
}

// part are the places from first up to end of an axis.
func (l *longhand) part(of, axis string, first, end int) string {
	return l.after(of, "slice", fmt.Sprintf("%s %d..%d", axis, first+1, end))
}

// joined puts tensors one behind the other.
func (l *longhand) joined(axis string, parts ...string) string {
	if len(parts) == 1 {
		return parts[0]
	}
	return l.after(parts[0], "concat", "along "+axis+" with "+strings.Join(parts[1:], " "))
}

// number draws one.
func (l *longhand) number(what string, least, most int) int {
	return rapid.IntRange(least, most).Draw(l.t, what)
}

// or draws a number of 0 or the words that give it.
func (l *longhand) or(option string, otherwise, least, most int) (n int, words string) {
	if !rapid.Bool().Draw(l.t, option) {
		return otherwise, ""
	}
	n = l.number(option, least, most)
	return n, fmt.Sprintf(" %s %d", option, n)
}

// flag draws an option that is there or not.
func (l *longhand) flag(option string) (yes bool, words string) {
	if yes = rapid.Bool().Draw(l.t, option); yes {
		words = " " + option
	}
	return yes, words
}

// writtenOut writes a kind out, and gives the same thing in one statement.
var writtenOut = map[string]func(l *longhand) string{
	"separable": func(l *longhand) string {
		x := l.input("x", fmt.Sprintf("9x9x%d", l.number("channels", 1, 4)))
		filters, stride := l.number("filters", 1, 5), l.number("stride", 1, 3)
		_, multiplier := l.or("multiplier", 1, 1, 3)
		l.after(l.after(x, "depthwise", fmt.Sprintf("3x3 stride %d no bias%s", stride, multiplier)), "conv", fmt.Sprintf("%d 1x1", filters))
		return fmt.Sprintf("from x; separable %d 3x3 stride %d%s", filters, stride, multiplier)
	},
	"attention": (*longhand).attention,
	"simplernn": func(l *longhand) string { return l.recurrent("simplernn", (*longhand).simpleStep) },
	"lstm":      func(l *longhand) string { return l.recurrent("lstm", (*longhand).lstmStep) },
	"gru":       func(l *longhand) string { return l.recurrent("gru", (*longhand).gruStep) },
}

// An attending is one attention with its numbers.
type attending struct {
	heads, kv, dim, value, channels, window int
	norm, cosine, relative                  bool
	offsets                                 string
}

// attention is Vaswani et al.'s, written out head by head and window by window.
func (l *longhand) attention() string {
	a := attending{heads: l.number("heads", 1, 2) * 2, channels: 8}
	positions := l.number("positions", 1, 6)
	x := l.input("x", fmt.Sprintf("%dx%d sequence", positions, a.channels))
	words := fmt.Sprintf("attention heads %d", a.heads)
	said := func(n int, more string) int { words += more; return n }
	a.kv = a.heads
	if rapid.Bool().Draw(l.t, "kv") {
		a.kv = said(2, " kv 2")
	}
	a.dim = said(l.or("dim", a.channels/a.heads, 1, 3))
	a.value = said(l.or("value", a.dim, 1, 3))
	norm, normed := l.flag("norm")
	cosine, angle := l.flag("cosine")
	a.norm, a.cosine, words = norm, cosine, words+normed+angle
	keys, values, seen := x, x, positions
	if rapid.Bool().Draw(l.t, "with") {
		seen = l.number("others", 1, 5)
		keys = l.input("keys", fmt.Sprintf("%dx%d sequence", seen, l.number("key channels", 1, 9)))
		values = l.input("values", fmt.Sprintf("%dx%d sequence", seen, l.number("value channels", 1, 9)))
		l.attend(a, x, keys, values)
		return "from x; " + words + " with keys values"
	}
	a.window = said(l.or("window", positions, 1, 4))
	if yes, word := l.flag("relative"); yes {
		words, a.relative = words+word, true
		a.offsets = l.input("offsets", fmt.Sprintf("%dx%d sequence", a.window, a.window))
	}
	if rest := positions % a.window; rest > 0 {
		x = l.after(x, "zeropad", fmt.Sprintf("after %d", a.window-rest))
		positions += a.window - rest
	}
	var parts []string
	for first := 0; first < positions; first += a.window {
		part := l.part(x, "length", first, first+a.window)
		parts = append(parts, l.attend(a, part, part, part))
	}
	l.joined("length", parts...)
	return "from x; " + words
}

// attend writes out the heads of one window.
func (l *longhand) attend(a attending, x, keys, values string) string {
	q := l.after(x, "dense", fmt.Sprintf("%d each", a.heads*a.dim))
	k := l.after(keys, "dense", fmt.Sprintf("%d each", a.kv*a.dim))
	v := l.after(values, "dense", fmt.Sprintf("%d each", a.kv*a.value))
	var mixed []string
	var key, value string
	for head := range a.heads {
		if head%(a.heads/a.kv) == 0 {
			i := head / (a.heads / a.kv)
			key = l.compared(a, l.part(k, "channels", i*a.dim, (i+1)*a.dim))
			value = l.part(v, "channels", i*a.value, (i+1)*a.value)
		}
		query := l.compared(a, l.part(q, "channels", head*a.dim, (head+1)*a.dim))
		scores := l.after(query, "matmul", "transpose with "+key)
		if a.relative {
			scores = l.after(scores, "add", "with "+a.offsets)
		}
		mixed = append(mixed, l.after(l.after(scores, "softmax", ""), "matmul", "with "+value))
	}
	return l.after(l.joined("channels", mixed...), "dense", fmt.Sprintf("%d each", a.channels))
}

// compared are queries or keys of one head as they are compared.
func (l *longhand) compared(a attending, tensor string) string {
	if a.norm {
		tensor = l.after(tensor, "rmsnorm", "")
	}
	if a.cosine {
		tensor = l.after(tensor, "rmsnorm", "no gamma")
	}
	return tensor
}

// recurrent writes a layer out, step by step in each direction.
func (l *longhand) recurrent(kind string, step func(l *longhand, x, h, c string, units int) (string, string)) string {
	steps, units := l.number("steps", 1, 4), l.number("units", 1, 5)
	x := l.input("x", fmt.Sprintf("%dx%d sequence", steps, l.number("channels", 1, 4)))
	l.input("c0", fmt.Sprint(units))
	l.input("ones", fmt.Sprint(units))
	state, words := units, ""
	if kind == "lstm" {
		state, words = l.or("project", units, 1, 4)
	}
	projected := words != ""
	l.input("h0", fmt.Sprint(state))
	_, sequence := l.flag("sequence")
	both, bidirectional := l.flag("bidirectional")
	for range map[bool]int{false: 1, true: 2}[both] {
		h, c := "h0", "c0"
		for i := range steps {
			h, c = step(l, l.after(l.part(x, "length", i, i+1), "flatten", ""), h, c, units)
			if projected {
				h = l.after(h, "dense", fmt.Sprintf("%d no bias", state))
			}
		}
	}
	return fmt.Sprintf("from x; %s %d%s%s%s", kind, units, words, sequence, bidirectional)
}

// gates are the products of input and state, added up.
func (l *longhand) gates(x, h string, size int) string {
	state := l.after(h, "dense", fmt.Sprintf("%d no bias", size))
	return l.after(l.after(x, "dense", fmt.Sprint(size)), "add", "with "+state)
}

func (l *longhand) simpleStep(x, h, c string, units int) (string, string) {
	return l.after(l.gates(x, h, units), "tanh", ""), c
}

// lstmStep is c' = f·c + i·g, h' = o·tanh(c').
func (l *longhand) lstmStep(x, h, c string, units int) (string, string) {
	gates := l.gates(x, h, 4*units)
	gate := func(i int, function string) string {
		return l.after(l.part(gates, "channels", i*units, (i+1)*units), function, "")
	}
	forget := l.after(gate(0, "sigmoid"), "mul", "with "+c)
	added := l.after(gate(1, "sigmoid"), "mul", "with "+gate(2, "tanh"))
	c = l.after(forget, "add", "with "+added)
	return l.after(l.after(c, "tanh", ""), "mul", "with "+gate(3, "sigmoid")), c
}

// gruStep is n = tanh(W·x + U·(r·h)), h' = (1 - z)·n + z·h.
func (l *longhand) gruStep(x, h, c string, units int) (string, string) {
	gates := l.after(l.gates(x, h, 2*units), "sigmoid", "")
	r, z := l.part(gates, "channels", 0, units), l.part(gates, "channels", units, 2*units)
	n := l.after(l.gates(x, l.after(r, "mul", "with "+h), units), "tanh", "")
	other := l.after(l.after("ones", "sub", "with "+z), "mul", "with "+n)
	return l.after(l.after(z, "mul", "with "+h), "add", "with "+other), c
}

// moves are the kinds that only move numbers.
var moves = []string{"slice", "concat", "zeropad"}

// computed is how many numbers a network computes, however it is written.
func computed(t *rapid.T, script string) (n int64) {
	net, diags := run(lang.NewSource("longhand", script), eval.Options{})
	if diags.Failed() {
		t.Fatalf("%s%v", script, diags.List)
	}
	for i := range net.Nodes {
		if r := &net.Nodes[i]; !slices.Contains(moves, r.Kind.Name) {
			n += r.Activations + r.Inside
		}
	}
	return n
}

// TestInside: what a layer gives and what it computes inside are as many numbers
// as the same thing computes when it is written out.
func TestInside(t *testing.T) {
	for _, k := range layer.All {
		write := writtenOut[k.Name]
		if (write != nil) != (k.Inside != nil) {
			t.Errorf("%s computes something inside: %v, and is written out: %v", k.Name, k.Inside != nil, write != nil)
		}
		if write == nil {
			continue
		}
		t.Run(k.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				l := &longhand{t: t}
				short := write(l)
				var inputs strings.Builder
				for line := range strings.Lines(l.String()) {
					if strings.HasPrefix(line, "input") {
						inputs.WriteString(line)
					}
				}
				if one, all := computed(t, inputs.String()+short+"\n"), computed(t, l.String()); one != all {
					t.Errorf("%s computes %d numbers, written out %d:\n%s", short, one, all, l.String())
				}
			})
		})
	}
}

// TestNotComputed: a tensor that is learned or given is no activation.
func TestNotComputed(t *testing.T) {
	net, diags := run(lang.NewSource("param", "input 1x600x4\nconv c 300 1x19 no bias\nadd { } { param table 1x582x300 }\n"), eval.Options{})
	if diags.Failed() || net.Totals.Activations != 2*582*300 || net.Totals.Inside != 0 {
		t.Errorf("%v, activations %d and %d inside", diags.List, net.Totals.Activations, net.Totals.Inside)
	}
}
