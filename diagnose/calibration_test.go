package diagnose_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"cnnl/diagnose"
	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/eval/value"
)

// Calibration: mistakes as plain arithmetic, which knows nothing of the library.

// A layerOf is one line of a network as this test reads it.
type layerOf struct {
	kind, name              string
	filters, k, stride, pad int64
}

// readPlain reads networks of convolutions, poolings and dense layers in a row; false:
// it is none.
func readPlain(script string) (input [3]int64, layers []layerOf, ok bool) {
	channels := map[string]int64{"gray": 1, "rgb": 3, "cmyk": 4}
	for line := range strings.Lines(script) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		l := layerOf{kind: words[0], stride: 1}
		switch {
		case words[0] == "input" && len(words) == 3 && channels[words[2]] > 0:
			fmt.Sscanf(words[1], "%dx%d", &input[0], &input[1])
			input[2] = channels[words[2]]
			continue
		case words[0] == "conv" && len(words) > 3 && words[2] != "=":
			l.name = words[1]
			fmt.Sscan(words[2], &l.filters)
			fmt.Sscanf(words[3], "%dx", &l.k)
			words = words[4:]
		case words[0] == "maxpool" || words[0] == "avgpool":
			if len(words) < 3 {
				return input, nil, false
			}
			fmt.Sscanf(words[2], "%dx", &l.k)
			l.kind, l.stride, words = "pool", l.k, words[3:]
		case words[0] == "dense" && len(words) == 3:
			l.name = words[1]
			fmt.Sscan(words[2], &l.filters)
			words = nil
		case words[0] == "flatten" || words[0] == "relu":
			words = nil
		default:
			return input, nil, false
		}
		for i := 0; i+1 < len(words); i += 2 {
			switch n := int64(0); words[i] {
			case "stride":
				fmt.Sscan(words[i+1], &l.stride)
			case "pad":
				fmt.Sscan(words[i+1], &l.pad)
			default:
				_ = n
				return input, nil, false
			}
		}
		layers = append(layers, l)
	}
	return input, layers, input[0] > 0
}

// A mistake is how somebody counts who makes it.
type mistake struct {
	name      string
	catalogue []string
	size      func(n, k, s, p int64, pool bool) int64
	layer     func(k, c, f int64, conv bool) int64
	flat      func(h, w, c int64) int64
	sum       func(kind string, last bool) bool
}

func places(n, k, s, p int64, _ bool) int64 { return (n+2*p-k)/s + 1 }

var mistakes = []mistake{
	{name: "no biases", catalogue: []string{"M01"}, layer: func(k, c, f int64, conv bool) int64 { return weightsOf(k, c, conv) * f }},
	{name: "one bias", catalogue: []string{"M03"}, layer: func(k, c, f int64, conv bool) int64 { return weightsOf(k, c, conv)*f + 1 }},
	{name: "two biases", catalogue: []string{"M02"}, layer: func(k, c, f int64, conv bool) int64 { return (weightsOf(k, c, conv) + 2) * f }},
	{name: "flat filters", catalogue: []string{"M06"}, layer: func(k, c, f int64, conv bool) int64 {
		if conv {
			return (k*k + 1) * f
		}
		return (c + 1) * f
	}},
	{name: "no window", catalogue: []string{"M37"}, layer: func(_, c, f int64, _ bool) int64 { return (c + 1) * f }},
	{name: "same", catalogue: []string{"M13"}, size: func(n, k, s, p int64, pool bool) int64 {
		if pool {
			return places(n, k, s, p, pool)
		}
		return (n + s - 1) / s
	}},
	{name: "no padding", catalogue: []string{"M13"}, size: func(n, k, s, _ int64, pool bool) int64 { return places(n, k, s, 0, pool) }},
	{name: "no stride", catalogue: []string{"M12"}, size: func(n, k, _, p int64, pool bool) int64 { return places(n, k, 1, p, pool) }},
	{name: "rounded up", catalogue: []string{"M14"}, size: func(n, k, s, p int64, _ bool) int64 { return (n+2*p-k+s-1)/s + 1 }},
	{name: "no plus one", catalogue: []string{"M15"}, size: func(n, k, s, p int64, _ bool) int64 { return (n + 2*p - k) / s }},
	{name: "flat without channels", catalogue: []string{"M18", "M06"}, flat: func(h, w, _ int64) int64 { return h * w }},
	{name: "only channels", catalogue: []string{"M18", "M17"}, flat: func(_, _, c int64) int64 { return c }},
	{name: "only convolutions", catalogue: []string{"M28"}, sum: func(kind string, _ bool) bool { return kind == "conv" }},
	{name: "only dense", catalogue: []string{"M28"}, sum: func(kind string, _ bool) bool { return kind == "dense" }},
	{name: "without the last", catalogue: []string{"M28"}, sum: func(_ string, last bool) bool { return !last }},
}

func weightsOf(k, c int64, conv bool) int64 {
	if conv {
		return k * k * c
	}
	return c
}

// count counts a network with a mistake; false: nothing is left of the image.
func (m *mistake) count(input [3]int64, layers []layerOf) (total int64, table map[string]int64, ok bool) {
	h, w, c := input[0], input[1], input[2]
	table = map[string]int64{}
	size, one, flat := m.size, m.layer, m.flat
	if size == nil {
		size = places
	}
	if one == nil {
		one = func(k, c, f int64, conv bool) int64 { return (weightsOf(k, c, conv) + 1) * f }
	}
	if flat == nil {
		flat = func(h, w, c int64) int64 { return h * w * c }
	}
	for i, l := range layers {
		switch l.kind {
		case "conv", "dense":
			table[l.name] = one(l.k, c, l.filters, l.kind == "conv")
			if m.sum == nil || m.sum(l.kind, i == len(layers)-1) {
				total += table[l.name]
			}
			c = l.filters
		case "flatten":
			c, h, w = flat(h, w, c), 1, 1
		}
		if l.kind == "conv" || l.kind == "pool" {
			h, w = size(h, l.k, l.stride, l.pad, l.kind == "pool"), size(w, l.k, l.stride, l.pad, l.kind == "pool")
		}
		if h < 1 || w < 1 {
			return 0, nil, false
		}
	}
	return total, table, true
}

// A tallyOf counts what became of cases.
type tallyOf struct{ all, shown, wrong int }

func (c *tallyOf) add(r *diagnose.Result, catalogue []string) {
	c.all++
	for _, d := range r.Diagnoses {
		switch {
		case !d.Shown:
		case slices.ContainsFunc(d.Catalogue, func(m string) bool { return slices.Contains(catalogue, m) }):
			c.shown++
			return
		default:
			c.wrong++
			return
		}
	}
}

func (c tallyOf) percent() (shown, wrong float64) {
	return 100 * float64(c.shown) / float64(c.all), 100 * float64(c.wrong) / float64(c.all)
}

func totalOf(net *network.Network, n int64) diagnose.Claim {
	return diagnose.Claim{Target: "total.params", Node: network.None, End: int32(net.Good), Property: "params", Value: value.Whole(n)}
}

// TestCalibration prints how often the right cause is shown, and a wrong one.
func TestCalibration(t *testing.T) {
	text, err := os.ReadFile("testdata/networks.cnnl")
	if err != nil {
		t.Fatal(err)
	}
	var totals, tables, typos, random tallyOf
	draw := rand.New(rand.NewPCG(1, 2))
	for _, script := range strings.Split(string(text), "---\n") {
		v := evaluated(t, script)
		g := engine(t, v)
		right := v.Network.Totals.Params()
		for range 20 {
			random.add(g.Diagnose([]diagnose.Claim{totalOf(v.Network, 1+draw.Int64N(3*right))}), nil)
		}
		digits := []byte(fmt.Sprint(right))
		for i := range digits {
			typo := slices.Clone(digits)
			typo[i] = '0' + (typo[i]-'0'+byte(1+draw.IntN(9)))%10
			n := int64(0)
			fmt.Sscan(string(typo), &n)
			typos.add(g.Diagnose([]diagnose.Claim{totalOf(v.Network, n)}), nil)
		}
		input, layers, ok := readPlain(script)
		if !ok {
			continue
		}
		if n, _, _ := (&mistake{}).count(input, layers); n != right {
			t.Fatalf("this test counts %d, not %d\n%s", n, right, script)
		}
		calibrate(t, g, v, input, layers, &totals, &tables)
	}
	for _, c := range []struct {
		name        string
		of          tallyOf
		least, most float64
	}{{"mistakes, by the total alone", totals, 80, 1}, {"mistakes, by a table", tables, 85, 1}, {"slips of the pen in the total", typos, 0, 1}, {"random totals", random, 0, 1}} {
		shown, wrong := c.of.percent()
		t.Logf("%s: %d cases, right shown %.1f %%, wrong shown %.1f %%", c.name, c.of.all, shown, wrong)
		if shown < c.least || wrong > c.most {
			t.Errorf("%s: at least %v %% right and at most %v %% wrong are expected", c.name, c.least, c.most)
		}
	}
}

// calibrate tries every mistake on one network.
func calibrate(t *testing.T, g *diagnose.Engine, v *eval.Evaluation, input [3]int64, layers []layerOf, totals, tables *tallyOf) {
	t.Helper()
	right, _, _ := (&mistake{}).count(input, layers)
	for i := range mistakes {
		m := &mistakes[i]
		n, table, ok := m.count(input, layers)
		if !ok || n == right || n == 0 {
			continue
		}
		before := *totals
		totals.add(g.Diagnose([]diagnose.Claim{totalOf(v.Network, n)}), m.catalogue)
		if totals.wrong > before.wrong {
			t.Logf("wrong: %s, total %d", m.name, n)
		}
		if m.sum != nil {
			continue // the table is right
		}
		claims := []diagnose.Claim{}
		for _, l := range layers {
			if l.name != "" && table[l.name] > 0 && l.kind != "pool" {
				claims = append(claims, diagnose.Claim{Target: l.name + ".params", Node: v.Network.Named(l.name), Property: "params", Value: value.Whole(table[l.name])})
			}
		}
		tables.add(g.Diagnose(append(claims, totalOf(v.Network, n))), m.catalogue)
	}
}
