package eval_test

import (
	"fmt"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/eval/reading"
	"cnnl/internal/chunk"
	"cnnl/lang"
)

// run evaluates a script and gives everything said of it.
func run(src *lang.Source, opts eval.Options) (*network.Network, lang.Diagnostics) {
	file, diags := lang.Parse(src, lang.Limits{})
	net, more := eval.Run(file, opts)
	diags.Merge(more)
	diags.Sort()
	return net, diags
}

// TestScripts runs scripts that say themselves what is wrong with them; the
// claims of the others must hold.
func TestScripts(t *testing.T) {
	for _, file := range []string{"testdata/kinds.cnnl", "testdata/language.cnnl", "testdata/errors.cnnl", "testdata/hints.cnnl", "testdata/elsewhere.cnnl", "testdata/blocks.cnnl", "testdata/blocks_errors.cnnl", "testdata/claims.cnnl"} {
		for _, s := range chunk.Read(t, file) {
			t.Run(s.Name(), func(t *testing.T) {
				net, diags := run(s.Source, eval.Options{})
				s.Check(t, diags)
				if net.Failed && !diags.Failed() {
					t.Error("some layer is not counted, and nothing is said")
				}
			})
		}
	}
}

func counted(t *testing.T, text string, opts eval.Options) *network.Network {
	t.Helper()
	net, diags := run(lang.NewSource("test.cnnl", text), opts)
	for _, d := range diags.List {
		t.Errorf("%s", chunk.Text(d))
	}
	return net
}

const homework = `input 120x120 cmyk
conv c1 20 3x3; conv c2 20 3x3; conv c3 20 3x3; conv c4 20 3x3; conv c5 = c3
flatten; dense f1 30; dense f2 10`

func TestHomework(t *testing.T) {
	net := counted(t, homework, eval.Options{})
	for i, want := range []int64{0, 740, 3620, 3620, 3620, 0, 0, 7_260_030, 310} {
		if got := net.Nodes[i].Params(); got != want {
			t.Errorf("%s has %d parameters, want %d", net.Nodes[i].Name, got, want)
		}
	}
	total := net.Totals
	for _, figure := range []struct {
		name      string
		got, want int64
	}{
		{"parameters", total.Params(), 7_271_940}, {"per use", total.PerUse, 7_275_560}, {"multiply-accumulates", total.Macs, 201_231_180},
		{"activations", total.Activations, 1_300_440}, {"field height", total.Field.Sizes()[0], 11}, {"field width", total.Field.Sizes()[1], 11},
	} {
		if figure.got != figure.want {
			t.Errorf("%s: got %d, want %d", figure.name, figure.got, figure.want)
		}
	}
	if same := counted(t, homework, eval.Options{Reading: reading.Assuming("pad same", "--assume")}); same.Totals.Params() != 8_651_940 {
		t.Errorf("with pad same: got %d, want 8651940", same.Totals.Params())
	}
}

func TestReadings(t *testing.T) {
	net := counted(t, homework+"\n", eval.Options{})
	readings := eval.Readings(net, eval.Options{})
	if len(readings) != 1 {
		t.Fatalf("got %d readings, want one", len(readings))
	}
	r := readings[0]
	if r.Option != "pad" || !r.OK || r.Total != 8_651_940 || strings.Join(r.Layers, " ") != "c1 c2 c3 c4 c5" || strings.Join(r.Assume, ";") != "pad same" {
		t.Errorf("got %+v", r)
	}
	pooled := counted(t, "input 11x11x3\nmaxpool p 2x2\nconv 4 1x1", eval.Options{})
	readings = eval.Readings(pooled, eval.Options{})
	if len(readings) != 1 || readings[0].Option != "ceil" || readings[0].Assume[0] != "maxpool ceil" {
		t.Errorf("got %+v, want the rounding of maxpool", readings)
	}
	stated := counted(t, "input 11x11x3\nconv 4 3x3 pad valid\nmaxpool 2x2 no ceil", eval.Options{})
	if readings := eval.Readings(stated, eval.Options{}); len(readings) != 0 {
		t.Errorf("nothing is left open, got %+v", readings)
	}
}

func TestSettings(t *testing.T) {
	const script = "let filters = 20\nlet k = 3\ninput 32x32x3\nconv $filters $(k)x$(k)"
	if net := counted(t, script, eval.Options{Reading: reading.Set("filters", "2 * 16", "--set").And(reading.Set("k", "5", "--set"))}); net.Totals.Params() != (5*5*3+1)*32 {
		t.Errorf("got %d parameters", net.Totals.Params())
	}
	for _, bad := range []struct {
		name, value string
		want        string
	}{
		{"filtres", "3", "no let called filtres"},
		{"filters", "3 +", "stops short"},
		{"filters", "1/0", "division by zero"},
		{"filters", "3\nrelu", "one value"},
	} {
		_, diags := run(lang.NewSource("t", script), eval.Options{Reading: reading.Set(bad.name, bad.value, "--set")})
		if len(diags.List) != 1 || !strings.Contains(diags.List[0].Summary, bad.want) {
			t.Errorf("--set %s=%s: got %v, want ...%s", bad.name, bad.value, diags.List, bad.want)
		}
	}
}

func TestLimits(t *testing.T) {
	script := "input 8\n" + strings.Repeat("relu\n", 50)
	for _, test := range []struct {
		limits eval.Limits
		want   string
	}{
		{eval.Limits{Layers: 10}, "more than 10 layers"},
		{eval.Limits{Steps: 10}, "more than 10 steps"},
	} {
		net, diags := run(lang.NewSource("t", script), eval.Options{Limits: test.limits})
		if len(diags.List) != 1 || diags.List[0].Code != lang.Limit || !strings.Contains(diags.List[0].Summary, test.want) {
			t.Errorf("got %v, want %s", diags.List, test.want)
		}
		if net.Good != 10 {
			t.Errorf("%s: %d rows are good, want 10", test.want, net.Good)
		}
	}
}

// TestDoubling: blocks that double again and again end at the limits, whatever
// they hold.
func TestDoubling(t *testing.T) {
	for _, first := range []string{"", "relu", "conv c 3 1x1"} {
		script := "block b0 { " + first + " }\n"
		for i := 1; i <= 60; i++ {
			script += fmt.Sprintf("block b%d { b%d; b%d }\n", i, i-1, i-1)
		}
		net, diags := run(lang.NewSource("t", script+"input 8x8x3\nb60"), eval.Options{Limits: eval.Limits{Layers: 2000}})
		if len(diags.List) != 1 || diags.List[0].Code != lang.Limit || !strings.Contains(diags.List[0].Summary, "more than 2,000") {
			t.Errorf("%q: got %v, want one limit", first, diags.List)
		}
		if len(net.Nodes) > 2001 || len(net.Groups) > 2001 {
			t.Errorf("%q: %d rows and %d blocks", first, len(net.Nodes), len(net.Groups))
		}
	}
}

func TestOutputs(t *testing.T) {
	net := counted(t, "input a 8\ndense x 3\nfrom a\ndense y 4\nrelu", eval.Options{})
	var names []string
	for _, i := range net.Outputs {
		names = append(names, net.Nodes[i].Name)
	}
	if got := strings.Join(names, " "); got != "x relu1" {
		t.Errorf("the outputs are %s, want x relu1", got)
	}
}

// TestSeen: where the position that sees most looks. Same padding puts the
// odd pixel after, causal padding all in front.
func TestSeen(t *testing.T) {
	for script, want := range map[string]string{
		"conv 1 2 pad same":                                 "0..1",
		"conv 1 3 pad same":                                 "-1..1",
		"conv 1 4 pad same stride 2":                        "-1..2",
		"conv 1 4 pad causal":                               "-3..0",
		"conv 1 3 dilation 2 pad causal":                    "-4..0",
		"conv 1 3 pad 1; conv 1 3 pad 1":                    "-2..2",
		"maxpool 2; conv 1 3 pad 1":                         "-2..3",
		"add { conv 1 3 pad causal } { conv 1 2 pad same }": "-2..1",
		"slice length 3..9":                                 "2..2",
		"zeropad 2; conv 1 3":                               "-2..0",
	} {
		net := counted(t, "input 16x1 sequence\n"+script, eval.Options{})
		first, last := net.Totals.Field.Seen(0)
		if got := fmt.Sprintf("%d..%d", first, last); got != want {
			t.Errorf("%s: sees %s, want %s", script, got, want)
		}
	}
}

// TestUnused: what a window leaves out at the far end, padding left aside.
func TestUnused(t *testing.T) {
	for script, want := range map[string]string{
		"conv 1 3x3 stride 2":        "stride 2 leaves the last row and column unused",
		"conv 1 3x3 stride 2 pad 1":  "",
		"conv 1 3x3 stride 4 pad 1":  "",
		"conv 1 3x3 stride 5 pad 1":  "stride 5 leaves the last 3 rows and last 3 columns unused",
		"maxpool 3":                  "stride 3 leaves the last row and column unused",
		"maxpool 5":                  "",
		"maxpool 3 ceil":             "",
		"conv 1 3 stride 2 pad same": "",
	} {
		net := counted(t, "input 10x10x1\n"+script, eval.Options{})
		call := net.Call(1)
		if got := call.Kind.Remark(call); got != want {
			t.Errorf("%s: %q, want %q", script, got, want)
		}
	}
}

// TestAskedAgain: a question leaves nothing behind; asked again it is told the
// same.
func TestAskedAgain(t *testing.T) {
	file, _ := lang.Parse(lang.NewSource("t", "input 8x8x3\nrepeat 50 { relu }"), lang.Limits{})
	v := eval.Evaluate(file, eval.Options{Limits: eval.Limits{Steps: 20}})
	src := lang.NewSource("question", "")
	e, _ := new(lang.Parser).ParseExpr(src, "nobody + 1", lang.Limits{})
	for range 2 {
		if answer, diags := v.Ask(e, src); answer.Known() || len(diags.List) != 1 {
			t.Errorf("got %v and %v, want one message", answer, diags.List)
		}
	}
}
