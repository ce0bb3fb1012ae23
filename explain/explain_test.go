package explain_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cnnl/eval"
	"cnnl/eval/calc"
	"cnnl/eval/network"
	"cnnl/explain"
	"cnnl/internal/gen"
	"cnnl/lang"
)

func evaluated(text string) *network.Network {
	file, _ := lang.Parse(lang.NewSource("test.cnnl", text), lang.Limits{})
	net, _ := eval.Run(file, eval.Options{})
	return net
}

func explained(t *testing.T, net *network.Network, opts explain.Options) *explain.Explanation {
	t.Helper()
	x, err := explain.New(net, opts)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

const homework = `input 120x120 cmyk
conv c1 20 3x3; conv c2 20 3x3; conv c3 20 3x3; conv c4 20 3x3; conv c5 = c3
flatten; dense f1 30; dense f2 10`

// line is a calculation in one line.
func line(c *explain.Calc) string {
	text := c.What
	if len(c.Axes) > 0 {
		text += " " + strings.Join(c.Axes, ",")
	}
	text += ": "
	if c.Before != "" {
		text += c.Before + " "
	}
	if c.Expr.Present() {
		text += c.Expr.String() + " = " + lang.Group(c.Expr.Value())
	}
	if c.Said != "" {
		text += " [" + c.Said + "]"
	}
	if terms := c.Terms(); terms != "" {
		text += " (" + terms + ")"
	}
	return text
}

func TestHomework(t *testing.T) {
	x := explained(t, evaluated(homework), explain.Options{Depth: -1, Macs: true, Field: true})
	got := map[string][]string{}
	for l := range x.Layers() {
		for i := range l.Calcs {
			got[l.Name] = append(got[l.Name], line(&l.Calcs[i]))
		}
	}
	for name, want := range map[string][]string{
		"c1": {
			"output height,width: floor((120 + 2·0 - 3)/1) + 1 = 118 (input 120, pad 0, kernel 3, stride 1)",
			"output channels: 20 = 20 (20 filters)",
			"parameters: (3·3·4 + 1)·20 = 740 (kernel 3x3, 4 input channels, 1 bias, 20 filters)",
			"multiply-accumulates: 3·3·4·20·118·118 = 10,025,280 (kernel 3x3, 4 input channels, 20 filters, output 118x118)",
			"receptive field: 1 + (3 - 1)·1 = 3 (field before 1, window 3, jump 1)",
		},
		"c5": {
			"output height,width: floor((112 + 2·0 - 3)/1) + 1 = 110 (input 112, pad 0, kernel 3, stride 1)",
			"output channels: 20 = 20 (20 filters)",
			"parameters: 0 new: uses c3's (3·3·20 + 1)·20 = 3,620 (kernel 3x3, 20 input channels, 1 bias, 20 filters)",
			"multiply-accumulates: 3·3·20·20·110·110 = 43,560,000 (kernel 3x3, 20 input channels, 20 filters, output 110x110)",
			"receptive field: 9 + (3 - 1)·1 = 11 (field before 9, window 3, jump 1)",
		},
		"f2": {
			"output: 10 = 10 (10 units)",
			"parameters: (30 + 1)·10 = 310 (30 inputs, 1 bias, 10 units)",
			"multiply-accumulates: 30·10 = 300 (30 inputs, 10 units)",
		},
	} {
		if !slices.Equal(got[name], want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, strings.Join(got[name], "\n"), strings.Join(want, "\n"))
		}
	}
	var sums []string
	for _, c := range x.Sums() {
		sums = append(sums, line(&c)+" of "+strings.Join(c.Of, " "))
	}
	want := []string{
		"parameters: 740 + 3·3620 + 7260030 + 310 = 7,271,940 of c1 c2 c3 c4 f1 f2",
		"counted per use: 7271940 + 3620 = 7,275,560 of c5",
		"multiply-accumulates: 10025280 + 48441600 + 46785600 + 45158400 + 43560000 + 7260000 + 300 = 201,231,180 of c1 c2 c3 c4 c5 f1 f2",
		"receptive field:  [11x11, of c5, the last layer that has one] of ",
	}
	if !slices.Equal(sums, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(sums, "\n"), strings.Join(want, "\n"))
	}
}

// TestSentences: what a layer does, in words, with its values and options.
func TestSentences(t *testing.T) {
	const script = `input img 32x32x8
conv 1 3 stride 2x1 pad same groups 1 no bias
conv 8 3x3 groups 1 dilation 2
depthwise 3x3 multiplier 2
maxpool 2x2 ceil
avgpool to 4x4
prelu single
batchnorm no beta
elu
leaky slope 0.2
zeropad 1x2
upsample 2
pixelunshuffle 2
slice height 1..3
permute 2 1 3
dropout 0.5
flatten sequence
lstm 1 sequence bidirectional
gru 5 no bias
dense 30 no bias
reshape 5x6`
	x := explained(t, evaluated(script), explain.Options{Depth: -1})
	var got []string
	for l := range x.Layers() {
		got = append(got, l.Sentence)
	}
	want := []string{
		"an image of 32x32 with 8 channels",
		"convolution with 1 filter of 3x3, stride 2x1, padding same, in 1 group, without bias",
		"convolution with 8 filters of 3x3, dilation 2, in 1 group",
		"depthwise convolution: 2 filters of 3x3 for every channel",
		"pooling: the largest number of each window of 2x2, rounding up",
		"pooling to a fixed size: the mean of each of 4x4 regions",
		"prelu: leaky relu whose slopes are learned, one for everything",
		"batch normalization of every channel, then a scale for every channel",
		"elu: x above 0, slope·(exp(x) - 1) below",
		"leaky: x above 0, slope·x below, slope 0.2",
		"zeros around the positions, 1x2 on each side",
		"each position made 2x2",
		"blocks of 2x2 positions turned into channels",
		"the places 1..3 along the height",
		"the axes in the order 2 1 3",
		"dropout: sets 0.5 of the numbers to 0 while training",
		"flatten: all numbers in a row, position by position, the channels kept",
		"recurrent layer (lstm) of 1 unit, a state for every step, in both directions",
		"recurrent layer (gru) of 5 units, without bias",
		"fully connected layer of 30 neurons, without bias",
	}
	if !slices.Equal(got[:min(len(want), len(got))], want) {
		for i := range want {
			if i < len(got) && got[i] != want[i] {
				t.Errorf("got  %s\nwant %s", got[i], want[i])
			}
		}
		t.Errorf("%d sentences", len(got))
	}
}

func TestChosen(t *testing.T) {
	net := evaluated("block b { conv c 3 1x1; relu }\ninput 8x8x3\nb b1; b b2\nfor i in 1..3 { conv d 3 1x1 }\nconv d3 3 1x1")
	for names, want := range map[string]string{"b1": "b1.c b1.relu1", "b2.c": "b2.c", "d": "d[1] d[2] d[3]", "d[2] b1.c": "b1.c d[2]", "d3": "d3"} {
		var got []string
		for l := range explained(t, net, explain.Options{Depth: -1, Layers: strings.Fields(names)}).Layers() {
			got = append(got, l.Name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, want %s", names, got, want)
		}
	}
	for name, want := range map[string]string{"b1.d": "did you mean b1.c?", "zzzzzz": "there is no layer called zzzzzz"} {
		if _, err := explain.New(net, explain.Options{Depth: -1, Layers: []string{name}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", name, err, want)
		}
	}
}

// TestCounts: in a random script every calculation gives the number of its
// row, folded or not, and the sums give the totals.
func TestCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		net := evaluated(gen.Script(t))
		for _, depth := range []int{-1, 0} {
			x, err := explain.New(net, explain.Options{Depth: depth, Macs: true, Field: true})
			if err != nil {
				t.Fatal(err)
			}
			i := 0
			rows := net.Folded(depth)
			for l := range x.Layers() {
				checkLayer(t, net, &rows[i], l)
				i++
			}
			for _, c := range x.Sums() {
				if !net.Failed && c.Expr.Present() && c.Expr.Value() != c.Value {
					t.Errorf("%s: %s = %d, the total is %d", c.What, c.Expr, c.Expr.Value(), c.Value)
				}
			}
		}
	})
}

func checkLayer(t *rapid.T, net *network.Network, r *network.Row, l *explain.Layer) {
	sums := map[string]int64{}
	for _, c := range l.Calcs {
		if c.Expr.Present() && c.What != explain.Output && c.What != explain.Field {
			sums[c.What] += c.Expr.Value()
		}
		if c.What == explain.Field && r.Use < 0 {
			for _, axis := range c.Axes {
				checkSide(t, l.Name, c.Expr, c.Value, l.Output.AxisNames(), axis, r.Field.Sizes())
			}
		}
		if c.What == explain.Output && c.Expr.Present() && len(c.Axes) > 0 {
			for _, axis := range c.Axes {
				checkSide(t, l.Name, c.Expr, c.Value, l.Output.AxisNames(), axis, l.Output.Axes())
			}
		}
	}
	perUse := sums["parameters"] + sums["biases"]
	if r.Use >= 0 && r.Params() > 0 {
		perUse += r.PerUse - r.Params() // what layers inside share with each other counts once
	}
	if perUse != r.PerUse || sums["running statistics"] != r.Stats || sums["multiply-accumulates"] != r.Macs {
		t.Errorf("%s: calculated %v, the row has %d per use, %d statistics, %d multiply-accumulates", l.Name, sums, r.PerUse, r.Stats, r.Macs)
	}
}

func checkSide(t *rapid.T, name string, e calc.Expr, value int64, names []string, axis string, sizes []int64) {
	if e.Present() {
		value = e.Value()
	}
	if i := slices.Index(names, axis); i < 0 || sizes[i] != value {
		t.Errorf("%s: %s is %d, the sizes are %v of %v", name, axis, value, sizes, names)
	}
}

// TestKeptAxes: which axis of the input an axis of the output is.
func TestKeptAxes(t *testing.T) {
	for _, test := range []struct{ script, want string }{
		{"input 18x5x54x9\npermute 3 2 1 4", "depth the input width; height as the input; width the input depth; channels as the input"},
		{"input 10x10 sequence\npermute 2 1", "length the input channels; channels the input length"},
		{"input 10x8 sequence\nrelu", "as the input"},
		{"input 5x7x5x2\npermute 2 1 3 4", "depth the input height; height the input depth; width as the input; channels as the input"},
		{"input 10x8 sequence\ndense 3 each", "length as the input; channels "},
	} {
		x := explained(t, evaluated(test.script), explain.Options{Depth: -1})
		var parts []string
		for l := range x.Layers() {
			for _, c := range l.Calcs {
				if c.What == explain.Output && len(l.Takes) > 0 {
					parts = append(parts, strings.TrimPrefix(strings.Join(c.Axes, ", ")+" "+c.Said, " "))
				}
			}
		}
		if got := strings.Join(parts, "; "); got != test.want {
			t.Errorf("%s: got %s, want %s", test.script, got, test.want)
		}
	}
}
