package render_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cnnl/eval/network"
	"cnnl/examples/zoo"
	"cnnl/internal/gen"
	"cnnl/lang"
	"cnnl/render"
)

// A wired is what the JSON of a network says of how it hangs together.
type wired struct {
	Layers []map[string]any
	Groups []struct {
		Name                       string
		Parent, First, Last, Gives *string
		Folded                     bool
		From                       []feed
	}
	Totals map[string]any
}

type feed struct{ Layer, As string }

func wiredOf(t testing.TB, net *network.Network, depth int) (doc wired) {
	t.Helper()
	var b bytes.Buffer
	if err := render.JSON(&b, "wired", net, nil, lang.Diagnostics{}, depth, render.Extent{}); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestJSONHangsTogether: in the JSON of every example and model, and of random
// scripts, blocks folded or open, each tensor comes from an earlier layer, groups
// are ranges of layers within their parents, and the layers' counts add up.
func TestJSONHangsTogether(t *testing.T) {
	for name, script := range scripts(t) {
		net, _ := run(name, script)
		for depth := -1; depth < 3; depth++ {
			if wrong := wiredOf(t, net, depth).wrong(); wrong != "" {
				t.Errorf("%s at depth %d: %s", name, depth, wrong)
			}
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		script := gen.Script(r)
		net, _ := run("random", script)
		for depth := -1; depth < 2; depth++ {
			if wrong := wiredOf(t, net, depth).wrong(); wrong != "" {
				r.Fatalf("at depth %d: %s", depth, wrong)
			}
		}
	})
}

// scripts are the examples and the models.
func scripts(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, name := range zoo.Names() {
		texts[name], _ = zoo.Text(name)
	}
	files, _ := filepath.Glob("../examples/*/*.cnnl")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts[file] = string(text)
	}
	if len(texts) < 30 {
		t.Fatalf("only %d scripts", len(texts))
	}
	return texts
}

// wrong is the first thing that does not hold, or empty.
func (d wired) wrong() string {
	at := map[string]int{}
	sums := map[string]int64{}
	for i, l := range d.Layers {
		for _, f := range l["from"].([]any) {
			if _, earlier := at[f.(map[string]any)["layer"].(string)]; !earlier {
				return fmt.Sprintf("%v takes what no earlier layer gives: %v", l["name"], f)
			}
		}
		if len(l["from"].([]any)) != len(l["inputs"].([]any)) {
			return fmt.Sprintf("%v: %v and %v", l["name"], l["from"], l["inputs"])
		}
		name := l["name"].(string)
		if _, twice := at[name]; twice {
			return name + " is there twice"
		}
		at[name] = i
		for _, m := range network.Measures {
			sums[m.Name] += int64(l[m.Name].(float64))
		}
	}
	for name, sum := range sums {
		if int64(d.Totals[name].(float64)) != sum {
			return fmt.Sprintf("%s: the layers have %d, the totals %v", name, sum, d.Totals[name])
		}
	}
	return d.wrongGroups(at)
}

func (d wired) wrongGroups(at map[string]int) string {
	type extent struct{ first, last int }
	groups := map[string]extent{}
	for _, g := range d.Groups {
		e := extent{-1, -1}
		if g.First != nil {
			e = extent{at[*g.First], at[*g.Last]}
		}
		groups[g.Name] = e
		if g.Parent == nil || g.First == nil {
			continue
		}
		if outer, earlier := groups[*g.Parent]; !earlier || e.first < outer.first || e.last > outer.last {
			return fmt.Sprintf("%s lies outside of %s: %v, %v", g.Name, *g.Parent, e, outer)
		}
		if _, known := at[*g.First]; !known {
			return g.Name + " begins with no layer"
		}
	}
	for i, l := range d.Layers {
		if group, _ := l["group"].(string); group != "" {
			if e, known := groups[group]; !known || i < e.first || i > e.last {
				return fmt.Sprintf("%v lies outside of its group %s", l["name"], group)
			}
		}
	}
	return ""
}

// TestJSONArguments: the arguments of a layer are those of its statement, printed
// and read again.
func TestJSONArguments(t *testing.T) {
	read := map[string]bool{}
	for name, script := range scripts(t) {
		net, _ := run(name, script)
		for i, l := range wiredOf(t, net, -1).Layers {
			text := alone(net, &net.Nodes[i])
			if text == "" || read[text] {
				continue
			}
			read[text] = true
			again, diags := run("again", text)
			if again.Failed || len(again.Nodes) == 0 {
				t.Errorf("%s: %s is not read: %v", l["name"], text, diags.List)
				continue
			}
			layers := wiredOf(t, again, -1).Layers
			if got, want := values(layers[len(layers)-1]), values(l); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %s has %v, the JSON says %v", l["name"], text, got, want)
			}
		}
	}
	if len(read) < 500 {
		t.Errorf("only %d statements were read again", len(read))
	}
}

// alone is a script of one node behind an input as it has it; empty of one that
// needs others around it.
func alone(net *network.Network, r *network.Node) string {
	switch {
	case r.Kind.Begins, r.Tie != network.None, len(r.From) > 1:
		return ""
	case len(r.From) == 0:
		return net.Statement(r) + "\n"
	}
	in := net.Nodes[r.From[0]].Out
	form := ""
	switch {
	case in.IsTokens():
		form = " tokens"
	case in.Rank() == 2:
		form = " sequence"
	}
	return "input " + strings.TrimSuffix(in.String(), form) + form + "\n" + net.Statement(r) + "\n"
}

// values are a layer's arguments, wherever they come from.
func values(l map[string]any) map[string]any {
	list := map[string]any{}
	for name, a := range l["arguments"].(map[string]any) {
		list[name] = a.(map[string]any)["value"]
	}
	return list
}
