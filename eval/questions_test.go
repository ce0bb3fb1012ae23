package eval_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/internal/chunk"
	"cnnl/lang"
)

// testdata/questions.json has exam questions whose answers were published,
// one a line, each with its source. A question is a network in plain form
// and its figures: most as printed there, a few recalled or recomputed.
type question struct {
	ID       string
	Source   struct{ Title, Site, Address string }
	Input    map[string]plain
	Network  []plainLayer
	Expected struct {
		Layers []map[string]plain
		Total  plain
		Also   map[string]plain
	}
}

// How much of the data is tested. A number may grow, never shrink.
const (
	wantCovered = 54
	wantFigures = 350
)

// leftOut names the questions with layers that cnnl does not count yet.
var leftOut = map[string]string{
	"lenet5-1998": "filters that see some of the channels; pooling that learns",
}

// spoken says how each plain layer is written in cnnl; $words are its fields.
var spoken = map[string]string{
	"bn":        "batchnorm $name",
	"concat":    "concat $name",
	"conv":      "conv $name $filters $kernel stride $stride pad $pad",
	"dense":     "dense $name $units",
	"depthwise": "depthwise $name $kernel stride $stride pad $pad",
	"dropout":   "dropout $name 0.5",
	"flatten":   "flatten $name",
	"gap":       "avgpool $name global",
	"local":     "localconv $name $filters $kernel stride $stride pad $pad",
	"lstm":      "lstm $name $units",
	"pool":      "${kind}pool $name $size stride $stride",
	"separable": "separable $name $filters $kernel stride $stride pad $pad",
}

// A plain is a value as cnnl writes it: 3, same, [3,3] as 3x3. What was
// not published is empty.
type plain string

func (t *plain) UnmarshalJSON(data []byte) error {
	if string(data) != "null" {
		*t = plain(strings.NewReplacer(`"`, "", "[", "", "]", "", " ", "", ",", "x").Replace(string(data)))
	}
	return nil
}

// A plainLayer is one layer: its words, and of a concat its branches.
type plainLayer struct {
	words    map[string]plain
	branches [][]plainLayer
}

func (l *plainLayer) UnmarshalJSON(data []byte) error {
	var fields map[string]json.RawMessage
	err := json.Unmarshal(data, &fields)
	if branches := fields["branches"]; branches != nil {
		err = errors.Join(err, json.Unmarshal(branches, &l.branches))
		delete(fields, "branches")
	}
	l.words = map[string]plain{}
	for key, value := range fields {
		var word plain
		err = errors.Join(err, json.Unmarshal(value, &word))
		l.words[key] = word
	}
	return err
}

// A figure is one published number beside the one that cnnl counts.
type figure struct{ name, want, got string }

func TestQuestions(t *testing.T) {
	questions := readQuestions(t)
	checkIDs(t, questions)
	covered, figures := 0, 0
	for _, q := range questions {
		if q.covered(t) {
			compared, err := q.compare()
			covered, figures = covered+1, figures+len(compared)
			t.Run(q.ID, func(t *testing.T) { q.report(t, compared, err) })
		}
	}
	t.Logf("%d questions covered, %d left out, %d figures compared", covered, len(questions)-covered, figures)
	if covered < wantCovered || figures < wantFigures {
		t.Errorf("%d questions and %d figures are compared, want at least %d and %d", covered, figures, wantCovered, wantFigures)
	}
}

func readQuestions(t *testing.T) (questions []question) {
	t.Helper()
	data, err := os.ReadFile("testdata/questions.json")
	if err != nil {
		t.Fatal(err)
	}
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	if err := in.Decode(&questions); err != nil {
		t.Fatal(err)
	}
	return questions
}

// checkIDs holds the data to one question of each name, also of those left
// out.
func checkIDs(t *testing.T, questions []question) {
	t.Helper()
	times := map[string]int{}
	for id := range leftOut {
		times[id] = 0
	}
	for _, q := range questions {
		times[q.ID]++
	}
	for id, n := range times {
		if n != 1 {
			t.Errorf("%s: %d questions of this name, want one", id, n)
		}
	}
}

// covered reports whether every layer can be written in cnnl. That must be
// so for all questions but those left out.
func (q *question) covered(t *testing.T) bool {
	t.Helper()
	foreign := slices.IndexFunc(q.Network, func(l plainLayer) bool { return spoken[string(l.words["op"])] == "" })
	why, left := leftOut[q.ID]
	switch {
	case left && foreign < 0:
		t.Errorf("%s: left out (%s), but all of it can be written", q.ID, why)
	case !left && foreign >= 0:
		t.Errorf("%s: no word for %s, and not left out", q.ID, q.Network[foreign].words["op"])
	}
	return foreign < 0
}

func (q *question) report(t *testing.T, figures []figure, err error) {
	if err != nil {
		t.Fatalf("%s: %v", q.ID, err)
	}
	check(t, q.ID, q.Source.Site, figures)
}

func check(t *testing.T, of, source string, figures []figure) {
	t.Helper()
	for _, f := range figures {
		if f.got != f.want {
			t.Errorf("%s: %s: want %s, got %s; published: %s", of, f.name, f.want, f.got, source)
		}
	}
}

// compare counts the network and puts beside it all that was published.
func (q *question) compare() (figures []figure, err error) {
	net, err := q.run()
	if err != nil {
		return nil, err
	}
	for i, published := range q.Expected.Layers {
		figures = append(figures, beside(layerName(i), published, ofRow(net, layerName(i)))...)
	}
	figures = append(figures, beside("total", map[string]plain{"params": q.Expected.Total}, ofTotals(net))...)
	for _, key := range slices.Sorted(maps.Keys(q.Expected.Also)) {
		figures = append(figures, also(net, key, q.Expected.Also[key])...)
	}
	return figures, nil
}

func (q *question) run() (*network.Network, error) {
	script, err := q.script()
	if err != nil {
		return nil, err
	}
	net, err := evaluate(script)
	if err != nil {
		return nil, fmt.Errorf("%w in\n%s", err, script)
	}
	return net, nil
}

// also compares a figure that is published apart: L3.macs of a layer,
// sum.macs of them all, =2*3 of no network.
func also(net *network.Network, key string, want plain) []figure {
	if sum, ok := strings.CutPrefix(key, "="); ok {
		return []figure{calculation(sum + " == " + string(want))}
	}
	of, property, _ := strings.Cut(key, ".")
	have := ofTotals(net)
	if of != "sum" {
		have = ofRow(net, of)
	}
	return beside(of, map[string]plain{property: want}, have)
}

// calculation lets cnnl check a claim that needs no network.
func calculation(claim string) figure {
	f := figure{"expect " + claim, "no error", "no error"}
	if _, err := evaluate("expect " + claim); err != nil {
		f.got = err.Error()
	}
	return f
}

// beside pairs what was published with what there is.
func beside(of string, published map[string]plain, have map[string]any) (figures []figure) {
	for _, key := range slices.Sorted(maps.Keys(published)) {
		if want := published[key]; want != "" {
			figures = append(figures, figure{of + "." + key, string(want), fmt.Sprint(have[key])})
		}
	}
	return figures
}

// ofRow is what cnnl counts for a layer, by the names of the data: params
// are Keras' count, which includes running statistics. A concat has those of
// its branches, which stand before it under other names.
func ofRow(net *network.Network, name string) map[string]any {
	i := slices.IndexFunc(net.Nodes, func(r network.Node) bool { return r.Name == name })
	if i < 0 {
		return nil
	}
	r := net.Nodes[i]
	for i--; i >= 0 && r.Kind.Merges && !strings.HasPrefix(net.Nodes[i].Name, "L"); i-- {
		r.Weights += net.Nodes[i].Weights
		r.Biases += net.Nodes[i].Biases
		r.Macs += net.Nodes[i].Macs
	}
	return map[string]any{
		"shape": r.Out, "weights": r.Weights, "biases": r.Biases, "params": r.Params() + r.Stats,
		"trainable": r.Params() - r.FrozenParams(), "macs": r.Macs, "rf": square(r.Field),
	}
}

func ofTotals(net *network.Network) map[string]any {
	t := &net.Totals
	return map[string]any{
		"weights": t.Weights, "biases": t.Biases, "params": t.Params() + t.Stats,
		"trainable": t.Trainable(), "macs": t.Macs, "rf": square(t.Field),
	}
}

// square is a receptive field as it is published: one number for a square.
func square(f *network.Field) string {
	return strings.Trim(fmt.Sprint(slices.Compact(f.Sizes())), "[]")
}

// layerName is what layer i of the data is called, in it and in the script.
func layerName(i int) string { return fmt.Sprintf("L%d", i) }

// script writes the question's network in cnnl.
func (q *question) script() (string, error) {
	lines := []string{q.input()}
	for i := range q.Network {
		line, err := q.Network[i].line(layerName(i), q.eachPosition(i))
		if err != nil {
			return "", err
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), nil
}

func (q *question) input() string {
	size := "${h}x${w}x$c"
	switch {
	case q.Input["features"] != "":
		size = "$features"
	case q.Input["l"] != "":
		size = "${l}x$c sequence"
	}
	return "input " + os.Expand(size, func(key string) string { return string(q.Input[key]) })
}

// line writes a layer. A field that it leaves unsaid is an error.
func (l *plainLayer) line(name string, each bool) (string, error) {
	unsaid := maps.Clone(l.words)
	unsaid["name"] = plain(name)
	say := func(key string) string {
		defer delete(unsaid, key)
		return string(unsaid[key])
	}
	line := os.Expand(spoken[say("op")], say)
	if groups := say("groups"); groups != "" {
		line += " groups " + groups
	}
	if say("bias") == "false" {
		line += " no bias"
	}
	if each {
		line += " each"
	}
	for _, branch := range l.branches {
		line += " {"
		for i := range branch {
			inner, err := branch[i].line("", false)
			if err != nil {
				return "", err
			}
			line += " " + inner + ";"
		}
		line += " }"
	}
	if len(unsaid) > 0 {
		return "", fmt.Errorf("%s has words that %q does not say: %v", name, line, unsaid)
	}
	return line, nil
}

// eachPosition reports whether layer i is a dense one on an image: its
// published shape has the image's axes.
func (q *question) eachPosition(i int) bool {
	return q.Network[i].words["op"] == "dense" && i < len(q.Expected.Layers) && strings.Contains(string(q.Expected.Layers[i]["shape"]), "x")
}

// evaluate runs a script; what cnnl complains of is the error.
func evaluate(script string) (*network.Network, error) {
	file, diags := lang.Parse(lang.NewSource("question.cnnl", script), lang.Limits{})
	net, more := eval.Run(file, eval.Options{})
	diags.Merge(more)
	for _, d := range diags.List {
		if d.Severity == lang.Error {
			line, _ := d.Source.Position(d.Span.Start)
			return nil, fmt.Errorf("line %d: %s", line, chunk.Text(d))
		}
	}
	return net, nil
}

// VGG-16 of Simonyan and Zisserman, 2014, configuration D.
const vgg16 = `
input 224x224x3
conv 64 3x3 pad 1;  conv 64 3x3 pad 1;  maxpool 2x2
conv 128 3x3 pad 1; conv 128 3x3 pad 1; maxpool 2x2
conv 256 3x3 pad 1; conv 256 3x3 pad 1; conv 256 3x3 pad 1; maxpool 2x2
conv 512 3x3 pad 1; conv 512 3x3 pad 1; conv 512 3x3 pad 1; maxpool 2x2
conv 512 3x3 pad 1; conv 512 3x3 pad 1; conv 512 3x3 pad 1; maxpool 2x2
flatten; dense 4096; dense 4096; dense 1000`

func TestVGG16(t *testing.T) {
	net, err := evaluate(vgg16)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]plain{"params": "138357544", "macs": "15470264320", "rf": "212"}
	check(t, "VGG-16", "configuration D", beside("total", want, ofTotals(net)))
}
