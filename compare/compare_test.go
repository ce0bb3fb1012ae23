package compare_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cnnl/compare"
	"cnnl/eval"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/internal/gen"
	"cnnl/lang"
)

func evaluated(text string) *network.Network {
	file, _ := lang.Parse(lang.NewSource("test.cnnl", text), lang.Limits{})
	net, _ := eval.Run(file, eval.Options{})
	return net
}

const base = "input 32x32x3\nconv c1 8 3x3; relu\nmaxpool 2x2\nconv c2 8 3x3; relu\nconv c3 = c2\nflatten\ndense f 10"

func TestNetworks(t *testing.T) {
	for _, test := range []struct{ change, to, want string }{
		{"c1", "first", "the same"},
		{"8 3x3", "8 3x3 stride 1 pad valid bias", "the same"},
		{"maxpool 2x2", "maxpool 2 stride 2x2 pad 0", "the same"},
		{"32x32x3", "32x32 rgb", "the same"},
		{"conv c1 8 3x3", "conv c1 8 5x5", "c1/c1: kernel 3x3, 5x5; carried: relu1 maxpool1 c2 relu2 c3 flatten1 f"},
		{"conv c2 8 3x3", "conv c2 8 3x3 stride 2", "c2/c2: stride 1, 2; carried: relu2 c3 flatten1 f"},
		{"conv c1 8 3x3; relu", "conv c1 8 3x3", "relu1/-: "},
		{"flatten", "relu; flatten", "-/relu3: "},
		{"maxpool 2x2\n", "", "maxpool1/-: ; carried: c2 relu2 c3 flatten1 f"},
		{"maxpool 2x2", "avgpool 2x2", "maxpool1/avgpool1: kind maxpool, avgpool"},
		{"conv c3 = c2", "conv c3 8 3x3", "c3/c3: shares c2, nothing"},
		{"32x32x3", "30x30x3", "input/input: size 32x32x3, 30x30x3; carried: c1 relu1 maxpool1 c2 relu2 c3 flatten1 f"},
		{"dense f 10", "freeze c1\ndense f 10", "c1/c1: training all trained, frozen"},
		{"maxpool 2x2", "conv 8 3x3 pad same", "maxpool1/conv2: kind maxpool, conv; carried: c2 relu2 c3 flatten1 f"},
		{"conv c1 8 3x3", "conv c1 8 3x3 no bias", "c1/c1: bias on, off"},
	} {
		other := strings.Replace(base, test.change, test.to, 1)
		if test.change == "c1" {
			other = strings.ReplaceAll(base, "c1", test.to)
		}
		if got := said(compare.Networks(evaluated(base), evaluated(other))); got != test.want {
			t.Errorf("%s for %s: got\n%s\nwant\n%s", test.to, test.change, got, test.want)
		}
	}
}

// said writes a difference in a line.
func said(d *compare.Diff) string {
	if d.Equal() {
		return "the same"
	}
	var differ, carried []string
	for i := range d.Pairs {
		p := &d.Pairs[i]
		if p.Differs() {
			text := name(d.A, p.A) + "/" + name(d.B, p.B) + ": "
			for i, part := range p.Parts {
				if i > 0 {
					text += ", "
				}
				text += fmt.Sprintf("%s %s, %s", part.Name, part.A, part.B)
			}
			differ = append(differ, text)
		} else if d.Carried(p) {
			carried = append(carried, name(d.A, p.A))
		}
	}
	text := strings.Join(differ, " ")
	if len(carried) > 0 {
		text += "; carried: " + strings.Join(carried, " ")
	}
	return text
}

func name(n *network.Network, i int32) string {
	if i == compare.None {
		return "-"
	}
	return n.Path(i)
}

// TestInEffect: the same layers, written otherwise.
func TestInEffect(t *testing.T) {
	for a, b := range map[string]string{
		"conv 4 3x3 pad same": "conv 4 3 pad 1", "conv 4 3x3 dilation 2 pad same": "conv 4 3 dilation 2 pad 2", "maxpool 3x3 stride 1 pad same": "maxpool 3 stride 1 pad 1",
		"add { conv 4 3x3 pad 1 } { }":   "add { } { conv 4 3x3 pad 1 }",
		"deconv 4 3x3 stride 2 pad same": "deconv 4 3 stride 2 pad same outpad 1", "deconv 4 2x2 stride 3 outpad auto": "deconv 4 2 stride 3 outpad 1", "deconv 4 3x3": "deconv 4 3 outpad 0",
	} {
		if d := compare.Networks(evaluated("input 8x8x4\n"+a), evaluated("input 8x8x4\n"+b)); !d.Equal() {
			t.Errorf("%s and %s differ: %s", a, b, said(d))
		}
	}
	for a, b := range map[string]string{"conv 4 2x2 pad same": "conv 4 2 pad 1", "conv 4 3x3 stride 2 pad same": "conv 4 3 stride 2 pad 1", "deconv 4 3x3 stride 2 pad same": "deconv 4 3 stride 2 pad same outpad 0", "sub { conv 4 1x1 } { }": "sub { } { conv 4 1x1 }"} {
		if compare.Networks(evaluated("input 8x8x4\n"+a), evaluated("input 8x8x4\n"+b)).Equal() {
			t.Errorf("%s and %s are said to be the same", a, b)
		}
	}
}

// TestForms: one network in other words is the same; what is only like it is not.
func TestForms(t *testing.T) {
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"avgpool global; dense 10", "avgpool 8x8; flatten; dense 10", true},
		{"avgpool global; dense 10", "avgpool to 1x1; flatten; dense 10", true},
		{"avgpool global; dense 10", "avgpool to 1x1; conv 10 1x1", true},
		{"avgpool global; dense 10", "avgpool 8x8; conv 10 1x1; flatten", true},
		{"maxpool global; dense 10", "avgpool 8x8; flatten; dense 10", false},
		{"avgpool global; dense 10", "avgpool 4x4; flatten; dense 10", false},
		{"flatten; dense 10", "conv 10 8x8", true},
		{"flatten; dense 10; dense 5", "conv 10 8x8; conv 5 1x1", true},
		{"flatten; dense 10", "conv 10 8x8 no bias", false},
		{"flatten; dense 10", "conv 10 7x7", false},
		{"flatten; dense 10", "conv 10 8x8 groups 2", false},
		{"flatten; dense 10", "reshape 256; dense 10", true},
		{"reshape 64x4", "flatten sequence", true},
		{"conv 4 1x1", "dense 4 each", true},
		{"conv 4 1x1; dense 10 each", "conv 4 1x1; conv 10 1x1", true},
		{"conv 4 1x1 stride 2", "dense 4 each", false},
		{"conv 4 3x3", "crop 0; conv 4 3x3", true},
		{"conv 4 3x3", "crop 1; conv 4 3x3 pad 1", false},
		{"conv 4 3x3", "maxpool 1x1; zeropad 0; upsample 1; slice height 1..8; permute 1 2 3; conv 4 3x3", true},
		{"conv 4 3x3", "maxpool 3x3 stride 1 pad 1; conv 4 3x3", false},
		{"conv a 4 3x3 pad 1; conv b 4 3x3 pad 1; add with a", "conv a 4 3x3 pad 1; crop c 0; conv b 4 3x3 pad 1; add with c", true},
	} {
		a, b := evaluated("input 8x8x4\n"+test.a), evaluated("input 8x8x4\n"+test.b)
		for _, d := range []*compare.Diff{compare.Networks(a, b), compare.Networks(b, a)} {
			if d.Equal() != test.same {
				t.Errorf("%s and %s: %s", test.a, test.b, said(d))
			}
		}
	}
}

// TestMissing: which of several like layers is missing is told by names that somebody
// gave and by what is shared, not by those that layers get by themselves.
func TestMissing(t *testing.T) {
	for _, test := range []struct{ a, b, want string }{
		{"conv c1 4 1x1\nconv c1b 4 1x1\nconv c2 4 1x1", "conv c1 4 1x1\nconv c2 4 1x1", "c1b/-: "},
		{"conv 4 1x1\nconv c1b 4 1x1\nconv 4 1x1", "conv 4 1x1\nconv 4 1x1", "c1b/-: "},
		{"conv a 4 1x1\nconv b 4 1x1\nconv c = b", "conv c1 4 1x1\nconv c2 4 1x1\nconv c3 4 1x1\nconv c4 4 1x1\nconv c5 = c3", "-/c2: "},
	} {
		if got := said(compare.Networks(evaluated("input 8x8x4\n"+test.a), evaluated("input 8x8x4\n"+test.b))); !strings.Contains(got, test.want) || strings.Count(got, "/") > 2 {
			t.Errorf("%s and %s: got\n%s\nwant\n%s", test.a, test.b, got, test.want)
		}
	}
}

func TestWiring(t *testing.T) {
	a := "input 8x8x4\nconv c1 4 1x1\nconv c2 4 1x1\nadd with c1"
	b := "input img 8x8x4\nconv c1 4 1x1\nconv c2 4 1x1\nadd with img"
	if got, want := said(compare.Networks(evaluated(a), evaluated(b))), "add1/add1: takes c2, c1, c2, img"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestToldApart: layers that share unlike ones, or take each other's input, differ,
// and both sides say in what.
func TestToldApart(t *testing.T) {
	for _, test := range []struct{ a, b, want string }{
		{"input a 8x8x3\ninput b 8x8x3\nfrom a\nsub with b", "input b 8x8x3\ninput a 8x8x3\nfrom a\nsub with b",
			"sub1/sub1: takes a, b, a (which stands for b), b (which stands for a)"},
		{"input 8x8x3\nconv a 3 1x1\nconv b 3 1x1\nconv c = a", "input 8x8x3\nconv b 3 1x1\nconv a 3 1x1\nconv c = a",
			"c/c: shares a, a (which stands for b)"},
		{"input 32x32x3\nmaxpool a 2x2\nmaxpool b 3x3\nmaxpool c = a", "input 32x32x3\nmaxpool a 2x2\nmaxpool b 3x3\nmaxpool c = b",
			"c/c: kernel 2x2, 3x3, stride 2x2, 3x3"},
		{"input 32x32x3\nmaxpool a 2x2\nmaxpool c = a", "input 32x32x3\nmaxpool a 4x4\nmaxpool c = a",
			"a/a: kernel 2x2, 4x4, stride 2x2, 4x4; carried: c"},
	} {
		if got := said(compare.Networks(evaluated(test.a), evaluated(test.b))); got != test.want {
			t.Errorf("%s and %s: got\n%s\nwant\n%s", test.a, test.b, got, test.want)
		}
	}
}

// TestStatedAsItIs: an option that is written as it is anyway is no difference.
func TestStatedAsItIs(t *testing.T) {
	for _, k := range layer.All {
		input := map[bool]string{false: "input 12x12x6\n", true: "input 12x6 sequence\n"}[k.Takes == layer.Range{Min: 1, Max: 1}]
		without, braces, _ := strings.Cut(strings.TrimSpace(k.Example[strings.LastIndex(k.Example, ";")+1:]), "{")
		if braces != "" {
			braces = "{" + braces
		}
		net := evaluated(input + without + braces)
		if k.Source || net.Failed {
			continue
		}
		for i := range k.Params {
			p := &k.Params[i]
			stated := p.Name + " " + p.DefaultText()
			switch {
			case p.Value, p.Alone, p.Instead, p.As != "", strings.Contains(without, " "+p.Name):
				continue
			case p.Type == layer.Flag && p.DefaultText() == "on":
				stated = p.Name
			case p.Type == layer.Flag, p.CanBeLeft():
				stated = "no " + p.Name
			}
			if d := compare.Networks(net, evaluated(input+without+" "+stated+" "+braces)); !d.Equal() {
				t.Errorf("%s and %s: %s", without, stated, said(d))
			}
		}
	}
}

// TestAlign: whatever two networks are, every layer that does something stands in a
// pair, in its order, and a network is like itself.
func TestAlign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := evaluated(gen.Script(t)), evaluated(gen.Script(t))
		if d := compare.Networks(a, a); d.First != compare.None || d.Equal() == a.Failed {
			t.Errorf("a network differs from itself: %s", said(d))
		}
		pairs := compare.Sides(compare.NewSide(a, compare.View{}), compare.NewSide(b, compare.View{}).Whole()).Pairs
		inPairs(t, a, pairs, func(p *compare.Pair) int32 { return p.A })
		inPairs(t, b, pairs, func(p *compare.Pair) int32 { return p.B })
	})
}

func inPairs(t *rapid.T, net *network.Network, pairs []compare.Pair, of func(*compare.Pair) int32) {
	next := int32(0)
	for i := range pairs {
		at := of(&pairs[i])
		if at == compare.None || at == next-1 { // a layer that does what two do
			continue
		}
		for ; next < at; next++ {
			if r := &net.Nodes[next]; len(r.From) != 1 || r.Out.Squeezed() != net.Nodes[r.From[0]].Out.Squeezed() {
				t.Errorf("%s is in no pair", net.Path(next))
			}
		}
		if at != next {
			t.Errorf("%s comes where %d should", net.Path(at), next)
		}
		next++
	}
}

// TestFailed: what stands behind the first layer that failed is not compared.
func TestFailed(t *testing.T) {
	whole, broken := evaluated(base), evaluated(strings.Replace(base, "c2 8 3x3", "c2 8 99x99", 1))
	d := compare.Networks(whole, broken)
	if d.Equal() || d.First != compare.None || len(d.Pairs) != 4 {
		t.Errorf("got %s of %d pairs, want nothing known beyond the pooling", said(d), len(d.Pairs))
	}
}

// TestLong: networks whose tables would be too large are paired all the same.
func TestLong(t *testing.T) {
	long := func(n int, first, last string) *network.Network {
		return evaluated("input 8x8x3\n" + first + "\n" + strings.Repeat("conv 3 1x1\nrelu\n", n) + last)
	}
	a, b := long(3000, "conv 3 1x1; tanh", "dense 3 each; gelu; gelu"), long(3000, "tanh; sigmoid; conv 3 3x3 pad same", "sigmoid")
	alone := 0
	for _, p := range compare.Networks(a, b).Pairs {
		if p.Alone() {
			alone++
		}
	}
	if alone > 12 {
		t.Errorf("%d layers stand alone", alone)
	}
}

// TestTiedBlocks: only what learns can share.
func TestTiedBlocks(t *testing.T) {
	tied := "block u(w) { conv p $w 3x3; relu }\ninput 32x32x4\nu a 4\nu b = a\n"
	if got, want := said(compare.Networks(evaluated(tied), evaluated(strings.Replace(tied, "= a", "4", 1)))), "b.p/b.p: shares a.p, nothing"; got != want {
		t.Errorf("got %s", got)
	}
}

// TestFlows: whichever branch is written first.
func TestFlows(t *testing.T) {
	of := "input 16x16x8\nadd { conv a 8 3x3 pad 1 } { maxpool 3x3 stride 1 pad 1; conv b 8 1x1 }\nflatten; dense f 10"
	for to, want := range map[string]string{
		"input 16x16x8\nadd { maxpool 3x3 stride 1 pad 1; conv b 8 1x1 } { conv a 8 3x3 pad 1 }\nflatten; dense f 10": "the same",
		"input 16x16x8\nadd { maxpool 3x3 stride 1 pad 1; conv b 8 1x1 } { conv a 8 5x5 pad 2 }\nflatten; dense f 10": "a/a: kernel 3x3, 5x5, pad 1, 2",
		"input 16x16x8\nadd { maxpool 3x3 stride 1 pad 1; conv b 8 1x1 }\nflatten; dense f 10":                        "",
	} {
		a, b := evaluated(of), evaluated(to)
		flow := compare.View{Flow: true}
		if got := said(compare.Sides(compare.NewSide(a, flow), compare.NewSide(b, flow).Whole())); !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %s", to, got)
		}
		for _, n := range []*network.Network{a, b} {
			flow := compare.Flow(n)
			if slices.Sort(flow); len(flow) != n.Good || int(flow[len(flow)-1]) != n.Good-1 {
				t.Errorf("%s: %v", to, flow)
			}
		}
	}
}
