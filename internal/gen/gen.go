// Package gen makes random scripts from the catalogue, for property tests. A
// new kind is in them at once.
package gen

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"cnnl/eval/layer"
)

// Script is a random chain of layers behind a random input. Many of its
// layers do not fit; the program has to tell so.
func Script(t *rapid.T) string {
	var b strings.Builder
	b.WriteString(rapid.SampledFrom([]string{"input 32x32 rgb", "input 20x24x4", "input 64x8 sequence", "input 8x9x10x2", "input 100"}).Draw(t, "input") + "\n")
	names := []string{}
	for i := range rapid.IntRange(1, 12).Draw(t, "layers") {
		kind := layer.All[rapid.IntRange(0, len(layer.All)-1).Draw(t, "kind")]
		switch {
		case kind.Source:
			fmt.Fprintf(&b, "assume %s\n", rapid.SampledFrom([]string{"pad same", "no bias", "pad 1", "stride 1"}).Draw(t, "assume"))
		case len(names) > 0 && rapid.IntRange(0, 5).Draw(t, "tie") == 0:
			owner := rapid.SampledFrom(names).Draw(t, "owner")
			fmt.Fprintf(&b, "%s = %s\n", strings.Fields(owner)[0], strings.Fields(owner)[1])
		default:
			name := fmt.Sprintf("n%d", i)
			names = append(names, kind.Name+" "+name)
			fmt.Fprintf(&b, "%s %s%s\n", kind.Name, name, arguments(t, kind))
		}
	}
	if len(names) > 0 && rapid.Bool().Draw(t, "freeze") {
		fmt.Fprintf(&b, "freeze %s\n", strings.Fields(names[0])[1])
	}
	return b.String()
}

// arguments are random values, and some options.
func arguments(t *rapid.T, kind *layer.Kind) (text string) {
	for i := range kind.Params {
		p := &kind.Params[i]
		switch {
		case p.Value:
			text += " " + value(t, p)
		case p.Alone, rapid.IntRange(0, 3).Draw(t, p.Name) > 0:
		case p.Type == layer.Flag:
			text += rapid.SampledFrom([]string{" ", " no "}).Draw(t, "on") + p.Name
		default:
			text += " " + p.Name + " " + value(t, p)
		}
	}
	return text
}

func value(t *rapid.T, p *layer.Param) string {
	switch {
	case p.Type == layer.Rate:
		return "0.25"
	case len(p.Words) > 0 && rapid.Bool().Draw(t, "word"):
		return rapid.SampledFrom(p.Words).Draw(t, p.Name)
	}
	return fmt.Sprint(rapid.IntRange(int(p.Min), 6).Draw(t, p.Name))
}
