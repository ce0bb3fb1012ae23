package repl

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"cnnl/assist"
	"cnnl/eval"
	"cnnl/eval/reading"
	"cnnl/eval/session"
	"cnnl/lang"
)

// script is a line reader that gives lines from a list; ^C and ^D are what
// these keys do.
type script struct {
	lines      []string
	prompts    []string
	remembered []string
}

func (s *script) Read(prompt string) (string, error) {
	s.prompts = append(s.prompts, prompt)
	if len(s.lines) == 0 {
		return "", io.EOF
	}
	line := s.lines[0]
	s.lines = s.lines[1:]
	switch line {
	case "^C":
		return "", ErrInterrupt
	case "^D":
		return "", io.EOF
	}
	return line, nil
}

func (s *script) Edit(prompt, text string) (string, error) { return s.Read(prompt + text) }

func (s *script) Remember(entry string) { s.remembered = append(s.remembered, entry) }

// disk is a folder in memory.
type disk map[string]string

func (d disk) files() Files {
	return Files{
		Load: func(path string) (string, eval.Options, error) {
			text, ok := d[path]
			if !ok {
				return "", eval.Options{}, fmt.Errorf("there is no file %s", path)
			}
			return text, eval.Options{}, nil
		},
		Save: func(path, text string) error {
			if strings.HasPrefix(path, "full/") {
				return errors.New("cannot write " + path + ": no space left on device")
			}
			d[path] = text
			return nil
		},
		Exists: func(path string) bool { _, ok := d[path]; return ok },
		List: func(prefix string) (names []string) {
			for name := range d {
				if strings.HasPrefix(name, prefix) {
					names = append(names, name)
				}
			}
			return names
		},
	}
}

// talk runs a conversation and gives what was said, answers and messages in
// one.
func talk(interactive bool, d disk, lines ...string) (said string, s *script, failed bool) {
	var out bytes.Buffer
	s = &script{lines: lines}
	failed = Run(s, Options{Out: &out, Err: &out, Interactive: interactive, Files: d.files()}, "")
	return out.String(), s, failed
}

func TestConversation(t *testing.T) {
	const net = "input 120x120 cmyk;conv c1 20 3x3;conv c2 20 3x3;conv c3 20 3x3"
	for _, test := range []struct {
		name   string
		lines  []string
		want   []string // in this order
		not    string
		failed bool
	}{
		{name: "rows", lines: []string{"input 120x120 cmyk", "conv c3 20 3x3; conv c5 8 3x3"}, want: []string{"120x120x4", "c3 ", "118x118x20", "+740  total 740", "padding: none, not stated", "c5 ", "+1,448  total 2,188"}},
		{name: "tie", lines: []string{net, "conv c5 = c3"}, want: []string{"c5 ", "conv = c3", "+0  total 7,980", "shares c3"}},
		{name: "values", lines: []string{net, "c1.params", "total / 2", "c3.out", "(1 + 2) * 3", "count(conv) == 3"}, want: []string{"  740\n", "  3,990\n", "  114x114x20\n", "  9\n", "  true\n"}},
		{name: "bad entry", lines: []string{net, "conv c3 20 3x3", "total"}, want: []string{"error[name]: the name c3 is taken", "  7,980\n"}, failed: true},
		{name: "all or nothing", lines: []string{net, "conv c4 20 3x3; conv c4 20 3x3", "total"}, want: []string{"the name c4 is taken", "nothing of this entry was kept", "  7,980\n"}, failed: true},
		{name: "several lines", lines: []string{"input 8x8x3", "add {", "  conv 3 1x1 # here", "  relu", "} { }", "here"}, want: []string{"conv1 ", "add1 ", "of relu1, input", "  8x8x3\n"}},
		{name: "unfinished", lines: []string{"input 8x8x3", "add {", "relu", "", ":undo"}, want: []string{"{ is never closed", "took back: input 8x8x3"}, failed: true},
		{name: "a blank line inside", lines: []string{"input 8x8x3", "block u(n) {", "  conv $n 1x1", "", "", "  relu", "}", "u 4"}, want: []string{"block u", "u 4", "total 16"}},
		{name: "redo in order", lines: []string{"input 8x8x3", "conv 4 3x3", "conv 5 3x3", ":undo", ":assume pad same", ":undo", ":redo", "here", ":redo"}, want: []string{"took back the last change", "total 112", "8x8x4", "nothing was taken back"}, failed: true},
		{name: "one value", lines: []string{"let w = 2; let v = 3", "input 8x8x3", "conv $w 1x1", ":set w=4 # foo", "v", ":set w=1; conv 9 3x3", ":assume pad same; conv 9 3x3", "total"}, want: []string{"total 16, was 8", "  3\n", "error[syntax]", ":assume takes one assume", "  16\n"}, failed: true},
		{name: "places of calculations", lines: []string{"input 8x8x3 # note", "repeat 2 { conv c 4 1x1 }", "1 + c[3]"}, want: []string{"prompt:1:", "  1 | 1 + c[3]\n"}, failed: true},
		{name: "the input is a layer", lines: []string{"input 8x8x3", "input.out", "input", "input.channels * 2"}, want: []string{"  8x8x3\n", "  8x8x3\n", "  6\n"}},
		{name: "a tab behind a command", lines: []string{"input 8; relu", "tanh", ":undo\t2", "total"}, want: []string{"took back: tanh", "took back: input 8", "  0\n"}},
		{name: "too far back", lines: []string{"input 8", "dense 2", ":undo 9"}, want: []string{"took back: dense 2", "took back: input 8", "nothing is left", "total 0"}, failed: true},
		{name: "many rows", lines: []string{"input 8", "repeat 1000 { dense 8 }"}, want: []string{"dense35 ", "... 960 more", "dense996 ", "dense1000 ", "total 72,000"}, not: "dense500"},
		{name: "help on words", lines: []string{":help pad", ":help total", ":help count"}, want: []string{"pad, an option or a value", "  conv, ", "all layers so far", "how many layers"}},
		{name: "other statements", lines: []string{"input 8x8x3", "let w = 2 * 3", "assume pad same", "conv c $w 3x3", "freeze c", "expect c.params == 168", "from c", "block b { relu }", `mark 1 "x" total`},
			want: []string{"let w = 2 * 3", "assume pad same, from here on", "8x8x6", "trainable 0, frozen 168", "holds", "from c", "block b", "only grading"}},
		{name: "blocks are one row", lines: []string{"input 8x8x3", "block u(n) { conv $n 1x1; relu }", "u u1 4"}, want: []string{"u1 ", "u 4", "8x8x4", "+16  total 16"}, not: "relu1"},
		{name: "loops", lines: []string{"input 8x8x3", "for w in 2, 4 { conv c $w 1x1 }", "c[1].params", "c.params"}, want: []string{"c[1] ", "+8  total 8", "c[2] ", "+12  total 20", "  8\n", "  12\n"}},
		{name: "undo and redo", lines: []string{net, "conv c4 20 3x3", ":undo", "c4", "conv c4 20 5x5", ":undo 2", "total", ":redo 2", "total", ":redo", ":undo 9"},
			want: []string{"took back: conv c4 20 3x3", "total 7,980", "no layer or value called c4|there is no kind of layer called c4", "took back: conv c4 20 5x5", "took back: input 120x120 cmyk; conv c1", "  0\n", "+10,020  total 18,000", "  18,000\n", "nothing was taken back", "nothing is left to take back"}, failed: true},
		{name: "assume", lines: []string{net, "flatten; dense 3", ":assume pad same", "here", ":undo", "total", ":redo", "total"}, want: []string{"total 871,983, was 787,743", "  3\n", "took back the last change", "  787,743\n", "total 871,983", "  871,983\n"}},
		{name: "assume fails", lines: []string{net, ":assume padd same", "total", ":assume"}, want: []string{"no option called padd", "everything stands as before", "  7,980\n", "as in :assume pad same"}, failed: true},
		{name: "set", lines: []string{"let w = 2; let width = 1", "input 8x8x3", "conv $w 1x1", ":set w=4 * 2", "total", ":set nope=3", ":set widht=3", ":set w", ":save s.cnnl"},
			want: []string{"total 32, was 8", "  32\n", "no let called nope; let nope = 3 gives it one", "no let called widht; did you mean width?", "write :set NAME=VALUE", "saved to s.cnnl: 1 layer"}, failed: true},
		{name: "commands", lines: []string{":hlp", ":nonsense", ":undo x", ":table y", ":reset now", ":help conv", ":help share", ":help undo", ":help let", ":help convv", ":layers", ":layers Conv2D", ":layers cnv", ":quit", "relu"},
			want: []string{"no command :hlp; did you mean :help?", "no command :nonsense; the commands are :help", "at least 1; found x", ":table takes a number; found y", ":reset stands alone", "convolution", "error[share]", ":undo [N]", "write let NAME = VALUE", "no help on convv; did you mean conv?", "abs ", "convolution", "did you mean conv?"}, not: "relu before", failed: true},
		{name: "reset", lines: []string{net, ":reset", "total", "input 4", ":undo", ":undo", "total"}, want: []string{"nothing stands now", "  0\n", "took back: input 4", "took back the last change", "  7,980\n"}},
		{name: "table and explain", lines: []string{":table", net, ":table", ":explain c2", ":explain c9", ":explain"}, want: []string{"nothing stands yet", "layer  what", "assumed padding", "c2  convolution with 20 filters of 3x3", "(3·3·20 + 1)·20 = 3,620", "no layer called c9; did you mean c1?", "all layers"}, failed: true},
		{name: "notes stand", lines: []string{"input 3x32x32", "total"}, want: []string{"note[shape]: channels come last", "  0\n"}},
		{name: "without a colon", lines: []string{"help undo", "?", net, "undo", "table", "redo", "total", "exit", "relu"}, want: []string{":undo [N]", "A statement adds", "took back", "nothing stands yet", "total 7,980", "  7,980"}, not: "relu1"},
		{name: "names are no commands", lines: []string{"input 8", "dense undo 2", "undo", "let table = 3", "table"}, want: []string{"+18  total 18", "  2\n", "  3\n"}},
		{name: "edit", lines: []string{"input 8x8x3", "conv c1 4 3x3; relu", "repeat 2 {\n conv d 4 1x1 }", ":edit c1 conv c1 8 3x3", "c1", ":undo", "c1", ":edit d[2] conv d 2 1x1", ":edit relu1 conv 4 99x99", ":edit c9 relu", ":edit c1 ", "total"},
			want: []string{"total 280, was 152", "  6x6x8\n", "last change", "  6x6x4\n", "total 128, was 152", "kernel is larger", "stands as before", "no layer called c9; did you mean c1?", "did not expect `total`", "stands as before"}, failed: true},
		{name: "claims under an assume", lines: []string{"input 8x8x3", "conv c 4 3x3", "expect c.height == 6", ":assume pad same", "here", "relu", "expect c.height == 6", ":assume pad valid", "here"},
			want: []string{"holds", "entry 3:1:20: error[expect]: c.height is 8, not 6", "total 112, was 112", "  8x8x4\n", "relu1", "entry 5:1:20: error[expect]", "total 112, was 112", "  6x6x4\n"}, failed: true},
		{name: "entries number their own messages", lines: []string{"input 8x8x3", "block u(n) {\n  conv $n 9x9\n}", "relu; rleu", "u 3"}, want: []string{"entry 3:1:7: error[name]", "entry 2:2:11: error[shape]", "used at entry 3:1:1: u 3"}, failed: true},
		{name: "hover", lines: []string{"input 8x8x3; let w = 4", "conv c1 $w 3x3", ":help c1", ":help w"}, want: []string{"c1: conv 4 3x3 gives 6x6x4, with 112 parameters of its own", "w is 4"}},
		{name: "hostile", lines: []string{"relu \x1b[2J\u202e", ":\x1b[2J", "\x00"}, want: []string{"<U+001B>"}, not: "\x1b", failed: true},
	} {
		lines := test.lines
		if lines[0] == net {
			lines = append([]string{strings.ReplaceAll(net, ";", "; ")}, lines[1:]...)
		}
		said, _, failed := talk(false, disk{}, lines...)
		rest := said
		for _, want := range test.want {
			found := false
			for _, w := range strings.Split(want, "|") {
				if i := strings.Index(rest, w); i >= 0 {
					rest, found = rest[i+len(w):], true
					break
				}
			}
			if !found {
				t.Errorf("%s: there is no %q in\n%s", test.name, want, said)
				break
			}
		}
		if failed != test.failed || test.not != "" && strings.Contains(said, test.not) {
			t.Errorf("%s: failed is %v, said\n%s", test.name, failed, said)
		}
	}
}

// TestHelpIsEnough: what help shows, entered with the numbers of the homework,
// reaches its total.
func TestHelpIsEnough(t *testing.T) {
	help, _, _ := talk(false, disk{}, ":help")
	for _, word := range []string{"input 120x120 cmyk", "conv c1 20 3x3", "conv c5 = c3", "flatten", "dense 30", "total"} {
		if !strings.Contains(help, word) {
			t.Errorf("help does not show %q", word)
		}
	}
	for _, line := range strings.Split(help, "\n") {
		if len(line) > 80 {
			t.Errorf("too long: %s", line)
		}
	}
	said, _, _ := talk(false, disk{}, "input 120x120 cmyk", "conv c1 20 3x3", "conv c2 20 3x3", "conv c3 20 3x3", "conv c4 20 3x3", "conv c5 = c3", "flatten", "dense 30", "dense 10", "total")
	if !strings.HasSuffix(said, "  7,271,940\n") {
		t.Errorf("got %s", said)
	}
}

func TestPrompts(t *testing.T) {
	said, s, _ := talk(true, disk{}, "input 8x8x3", "^C", "add {", "relu", "^C", "add {", "^D", "add {", "relu", "} { }", "total", "^D", "never")
	if !strings.Contains(said, ":help helps, Ctrl-D ends") || !strings.Contains(said, "Ctrl-D ends, :help helps") || strings.Contains(said, "never closed") || !strings.Contains(said, "add1") {
		t.Errorf("said %s", said)
	}
	if got := strings.Join(s.prompts, ""); got != "> > > . . > . > . . > > " {
		t.Errorf("the prompts are %q", got)
	}
	if got := strings.Join(s.remembered, "|"); got != "input 8x8x3|add { relu } { }|total" {
		t.Errorf("remembered is %q", got)
	}
	if len(s.lines) != 1 {
		t.Errorf("it read on behind the end: %q is left", s.lines)
	}
	if said, s, _ := talk(false, disk{}, "add {", "relu"); strings.Contains(said, "cnnl:") || !strings.Contains(said, "never closed") || len(s.lines) > 0 {
		t.Errorf("a pipe says %s", said)
	}
}

// TestFiles: what is saved runs, and gives the same network; loading reads
// statement by statement.
func TestFiles(t *testing.T) {
	d := disk{"good.cnnl": "# net\ninput 8x8x3; conv c1 4 3x3\n\nrepeat 2 {\n    relu\n}\n", "bad.cnnl": "input 8x8x3\nconv c1 4 3x3\nconv c2 4 99x99\nrelu\n", "broken.cnnl": "input 8x8x3\nconv (\n"}
	said, _, failed := talk(false, d, ":load good.cnnl", "total", ":undo", "dense 5 each", ":save mine.cnnl", ":load bad.cnnl", "total", ":load broken.cnnl", ":load no.cnnl", ":save full/x", ":load", ":save", "total", ":undo 3", "total")
	for _, want := range []string{"good.cnnl: 3 layers, total 112", "  112\n", "took back: repeat 2 { relu }", "saved to mine.cnnl: 2 layers", "kernel is larger", "loaded up to line 2", "bad.cnnl: 1 layer, total 112", "( is never closed", "nothing was loaded", "there is no file no.cnnl", "no space left", "write :load FILE", "write :save FILE"} {
		if !strings.Contains(said, want) {
			t.Errorf("there is no %q in\n%s", want, said)
		}
	}
	if !failed || !strings.HasSuffix(said, "total 137\n  137\n") {
		t.Errorf("after undoing, the end is\n%s", said)
	}
	file, diags := lang.Parse(lang.NewSource("mine.cnnl", d["mine.cnnl"]), lang.Limits{})
	net, more := eval.Run(file, eval.Options{})
	if diags.Failed() || more.Failed() || net.Totals.Params() != 137 || !strings.HasPrefix(d["mine.cnnl"], "# net\ninput 8x8x3") {
		t.Errorf("saved was\n%s", d["mine.cnnl"])
	}
}

// TestOpenEntry: what stands open is given up by Ctrl-D and :undo, and no more
// than that.
// TestSaving: what is not of the session is not written over, and of assumes the
// last one is saved.
func TestSaving(t *testing.T) {
	d := disk{"theirs.cnnl": "relu\n", "ours.cnnl": "input 8x8x3\n"}
	said, _, _ := talk(false, d, "input 8x8x3", ":save theirs.cnnl", ":save new.cnnl", "conv 4 3x3", ":save ./new.cnnl", ":save! theirs.cnnl", ":load ours.cnnl", "relu", ":save ours.cnnl", ":save! ", ":save! full/x")
	for _, want := range []string{"theirs.cnnl exists, and this session has neither loaded nor saved it; :save! theirs.cnnl", "saved to new.cnnl: 0 layers", "saved to ./new.cnnl: 1 layer", "saved to theirs.cnnl: 1 layer", "saved to ours.cnnl: 1 layer", "write :save! FILE", "no space left"} {
		if !strings.Contains(said, want) {
			t.Errorf("there is no %q in\n%s", want, said)
		}
	}
	talk(false, d, "input 8x8x3", "conv 4 3x3", ":assume pad same", ":assume no bias", ":assume conv pad valid", ":assume pad 1", ":assume bias", ":save assumed.cnnl")
	if got := d["assumed.cnnl"]; got != "assume pad 1\nassume bias\ninput 8x8x3\nconv 4 3x3\n" {
		t.Errorf("saved was\n%s", got)
	}
}

// A claim that cannot be read does not keep the others from being explained, and blanks do
// not part one.
func TestDiagnosing(t *testing.T) {
	said, _, _ := talk(false, nil, "input 120x120 cmyk", "conv c1 20 3x3", ":diagnose c9=4 c1.params = 720")
	for _, want := range []string{"720 is what c1.params comes to if no bias is counted", "not read"} {
		if !strings.Contains(said, want) {
			t.Errorf("there is no %q in\n%s", want, said)
		}
	}
	if strings.Count(said, "there is no layer or value called c9") != 1 {
		t.Errorf("c9 is not told once:\n%s", said)
	}
}

func TestOpenEntry(t *testing.T) {
	for _, key := range []string{"^C", "^D", ":undo"} {
		said, _, failed := talk(true, nil, "input 8x8x3", "add {", "relu", key, "here")
		if told := strings.Contains(said, "gave up the entry"); failed || !strings.HasSuffix(said, "  8x8x3\n") || told != (key != "^C") {
			t.Errorf("%s: %s", key, said)
		}
	}
}

// TestHelp finds options and values, by other tools' words too.
func TestHelp(t *testing.T) {
	for topic, want := range map[string]string{"stride": "maxpool  step of the window", "Strides": "stride, an option", "filters": "filters, a value", "kernel_size": "  size of the window", "padding": "  zeros on each side", "Conv2D": "for example conv", "strid": "did you mean stride?"} {
		if said, _, _ := talk(false, nil, ":help "+topic); !strings.Contains(said, want) {
			t.Errorf("%s: %s", topic, said)
		}
	}
}

func TestComplete(t *testing.T) {
	l := &loop{Options: Options{Out: io.Discard, Err: io.Discard, Files: disk{"a.cnnl": "", "abc/": ""}.files()}}
	s, _ := session.New("prompt", eval.Options{}, lang.Limits{})
	l.versions = []version{{s, 0, eval.Options{}, "."}}
	for _, entry := range []string{"let width = 3; let wide = 4", "input 8x8x3", "block unit(n) { conv k $n 1x1; relu }", "unit first 4", "conv conv_a 3 1x1", "relu", "block up(n, squeeze = false) { relu }"} {
		l.enter(entry)
	}
	for line, want := range map[string]string{
		"con":                   "concat conv conv_a",
		"uni":                   "unit",
		"conv 3 3x3 str":        "stride",
		"up u2 4 squ":           "squeeze",
		"up u2 4 wi":            "with",
		"use \"a":               "a.cnnl abc/",
		"count(maxp":            "maxpool",
		"nothing he":            "",
		"conv 4 3x3 # pad s":    "",
		"conv 3 3x3 pad s":      "same",
		"relu; maxp":            "maxpool",
		"add { conv 3 3x3 dil":  "dilation",
		"conv = conv_":          "conv_a",
		"conv = fi":             "first",
		"from fi":               "first",
		"freeze al":             "all",
		"from al":               "",
		"freeze first.k.":       "first.k.biases first.k.weights",
		"from first.":           "first.k first.relu1",
		"add with first.":       "first.k first.relu1",
		":help stri":            "stride",
		"concat with re":        "relu1",
		"conv $wi":              "wide width",
		"conv $(wi":             "wide width",
		"first.pa":              "first.params",
		"first.":                "first.activations first.biases first.channels first.depth first.field first.frozen first.height first.inside first.k first.length first.macs first.out first.params first.per_use first.relu1 first.size first.stats first.trainable first.weights first.width",
		"first.re":              "first.relu1",
		"expect conv_":          "conv_a",
		"let x = mi":            "min(",
		"conv 3 3x3 pad ":       "causal same valid",
		"conv 3 3x3 pad same n": "no",
		"conv 3 3x3 pad same ":  "bias dilation groups no stride untied with",
		"conv 3 3x3 no ":        "bias untied",
		"conv 3 3x3 s":          "stride",
		":assume same":          "",
		":assume pad ":          "causal same valid",
		":assume conv pad s":    "same",
		":assume gro":           "groupnorm groups",
		"use resn":              "resnet",
		"conv c9 = ":            "conv_a first",
		":set wi":               "wide= width=",
		"input 3x3 cm":          "cmyk",
		"assume pad va":         "valid",
		":un":                   "undo",
		":load a":               "a.cnnl abc/",
		":help argu":            "argument",
		":layers dens":          "dense",
		":explain conv":         "conv_a",
		":nothing x":            "",
		"dense = conv_a tr":     "transposed",
		"zzz":                   "",
	} {
		list, word := l.complete(line)
		words := textsOf(list)
		if got := strings.Join(words, " "); got != want {
			t.Errorf("%q: got %q, want %q", line, got, want)
		}
		if !strings.HasSuffix(line, word) || slices.ContainsFunc(words, func(w string) bool { return !strings.HasPrefix(w, word) }) {
			t.Errorf("%q: the word is %q", line, word)
		}
	}
}

// TestCompleteNothing: on an empty line stands what an entry can begin with.
func TestCompleteNothing(t *testing.T) {
	l := &loop{Options: Options{Out: io.Discard, Err: io.Discard, Files: disk{}.files()}}
	s, _ := session.New("prompt", eval.Options{}, lang.Limits{})
	l.versions = []version{{s, 0, eval.Options{}, "."}}
	if list, _ := l.complete(" "); strings.Join(textsOf(list), " ") != "assume block input let use" {
		t.Errorf("before the input: %q", textsOf(list))
	}
	l.enter("input 8; relu")
	if list, _ := l.complete("\t"); !slices.Contains(textsOf(list), "conv") || !slices.Contains(textsOf(list), "freeze") || slices.Contains(textsOf(list), "relu1") {
		t.Errorf("behind it: %q", textsOf(list))
	}
}

func textsOf(list []assist.Completion) (texts []string) {
	for _, c := range list {
		texts = append(texts, c.Text)
	}
	return texts
}

func TestPlain(t *testing.T) {
	var prompts bytes.Buffer
	p := NewPlain(strings.NewReader("a\r\n\x01b\tc\n"+strings.Repeat("x", 100_000)+"\nlast"), &prompts, 50_000)
	for i, want := range []string{"a", "\x01b\tc", "x", "last"} {
		line, err := p.Read("> ")
		if err != nil || line != want && !(i == 2 && len(line) > 50_000 && len(line) < 60_000) {
			t.Errorf("line %d: %d bytes, %v", i, len(line), err)
		}
	}
	for range 2 {
		if _, err := p.Read("> "); err != io.EOF {
			t.Errorf("behind the end: %v", err)
		}
	}
	if prompts.String() != "> > > > > > " {
		t.Errorf("prompts %q", prompts.String())
	}
}

// TestSaveUnderFlags: what is saved needs no flags.
func TestSaveUnderFlags(t *testing.T) {
	var out bytes.Buffer
	d := disk{}
	lines := &script{lines: []string{"let w = 2; let v = 1 # both", "input 8x8x3", "conv $w 3x3", "dense $v each", "flatten; dense 3", "total", ":set v=3", "total", ":save s.cnnl"}}
	Run(lines, Options{Out: &out, Err: &out, Files: d.files(), Eval: eval.Options{Reading: reading.Assuming("pad same", "--assume").And(reading.Set("w", "5", "--set")).And(reading.Set("v", "2", "--set"))}}, "")
	file, diags := lang.Parse(lang.NewSource("s.cnnl", d["s.cnnl"]), lang.Limits{})
	net, more := eval.Run(file, eval.Options{})
	if diags.Failed() || more.Failed() {
		t.Fatalf("saved was\n%s", d["s.cnnl"])
	}
	if !strings.Contains(out.String(), "  "+lang.Group(net.Totals.Params())+"\n  saved") || net.Totals.Params() != 737 {
		t.Errorf("said\n%s\nsaved was\n%s\nwhich has %d", out.String(), d["s.cnnl"], net.Totals.Params())
	}
}

// TestRedoCanFail: a file that an undone entry uses may be another now.
func TestRedoCanFail(t *testing.T) {
	var out bytes.Buffer
	blocks := "block u { relu }"
	s := &script{lines: []string{"input 8", `use "b.cnnl"; u`, ":undo", "total", ":redo", "total", ":redo", "count(relu)"}}
	open := func(string) (string, error) { return blocks, nil }
	l := &meddler{script: s, before: map[int]func(){4: func() { blocks = "block u {" }, 2: func() { blocks = "block u { relu }" }}}
	Run(l, Options{Out: &out, Err: &out, Eval: eval.Options{Open: open}}, "")
	if said := out.String(); !strings.Contains(said, "never closed") || !strings.Contains(said, "everything stands as before") || !strings.HasSuffix(said, "  1\n") {
		t.Errorf("said\n%s", said)
	}
}

// A meddler changes something when so many lines are left.
type meddler struct {
	*script
	before map[int]func()
}

func (m *meddler) Read(prompt string) (string, error) {
	if do := m.before[len(m.script.lines)]; do != nil {
		do()
	}
	return m.script.Read(prompt)
}

// TestLongEntries: an entry of many lines costs what it is long, and one that
// never ends stops at what a script may have.
func TestLongEntries(t *testing.T) {
	lines := []string{"input 8x8x3", "repeat 1 {"}
	for range 20_000 {
		lines = append(lines, "conv 3 3x3 pad 1 # a comment")
	}
	said, _, failed := talk(false, disk{}, append(lines, "}", "total")...)
	if failed || !strings.HasSuffix(said, "  1,680,000\n") {
		t.Errorf("it ends with %s", said[max(0, len(said)-300):])
	}
	endless := append([]string{"input 8", "repeat 2 {"}, slices.Repeat([]string{strings.Repeat("relu;", 1000)}, 300)...)
	if said, s, _ := talk(false, disk{}, endless...); !strings.Contains(said, "the script is longer than") || len(s.remembered) > 1000 {
		t.Errorf("said %.300s", said)
	}
}

// TestManyWords: of very many words what they have in common is offered.
func TestManyWords(t *testing.T) {
	l := &loop{Options: Options{Out: io.Discard, Err: io.Discard, Files: disk{}.files()}}
	s, _ := session.New("prompt", eval.Options{}, lang.Limits{})
	l.versions = []version{{s, 0, eval.Options{}, "."}}
	l.enter("input 8; repeat 200 { relu }")
	if words, word := l.complete("from re"); strings.Join(textsOf(words), " ") != "relu" || word != "re" {
		t.Errorf("got %q behind %q", textsOf(words), word)
	}
	if words, _ := l.complete("from relu"); words != nil {
		t.Errorf("got %q", textsOf(words))
	}
}

// TestVersions: going back is bounded, for each version is a whole network.
func TestVersions(t *testing.T) {
	lines := []string{"let w = 1", "input 8", "dense $w"}
	for i := range 30 {
		lines = append(lines, fmt.Sprintf(":set w=%d", i+2))
	}
	said, _, _ := talk(false, disk{}, append(lines, ":undo 9", "total")...)
	if !strings.HasSuffix(said, "total 198\n  198\n") {
		t.Errorf("it ends with %s", said[max(0, len(said)-300):])
	}
}
