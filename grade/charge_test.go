package grade_test

import (
	"strings"
	"testing"

	"cnnl/grade"
)

const small = `input 64x64 rgb
conv c1 32 3x3 pad same; relu
conv c2 32 3x3 pad same; relu
maxpool p1 2x2
conv c3 64 3x3 pad same; relu
conv c4 64 3x3 pad same; relu
avgpool g global
dense fc 10; softmax
`

const skips = `block double(w) { conv $w 3x3 pad same; relu; conv $w 3x3 pad same; relu }
input 64x64 gray
double e1 16
maxpool p1 2x2
double mid 32
deconv u1 16 2x2 stride 2
concat s1 with e1
double d1 16
conv out 2 1x1
`

const halves = `input 28x28 gray
flatten
dense narrow 128
dense code 16
dense wide = code transposed
dense image 10
`

// TestCharges: what one difference costs, and that no mark that it touches is called
// right. Of small seven layers count for shapes, five for parameters; of skips ten and
// eight.
func TestCharges(t *testing.T) {
	const marks = "mark 40 \"Total\" total\nmark 70 \"Shapes\" shapes\nmark 50 \"Params\" params\n"
	for _, test := range []struct{ key, change, to, want, first string }{
		{small, "", "", "160", ""},
		{small, "avgpool g global", "avgpool 32x32; flatten", "160", ""},
		{small, "avgpool g global", "avgpool to 1x1; reshape 64", "160", ""},
		{small, "maxpool p1 2x2", "crop 0; maxpool p1 2x2; maxpool 1x1", "160", ""},
		{small, "conv c1 32 3x3 pad same; relu", "conv c1 32 3x3 pad 1", "160", ""},
		// no number shows these: 5 % of all points at least
		{small, "maxpool p1 2x2", "maxpool p1 2x2; maxpool p2 2x2", "150", "p2 extra"},
		{small, "maxpool p1 2x2", "", "150", "p1 missing"},
		{small, "maxpool p1 2x2", "avgpool p1 2x2", "150", "p1 kind"},
		{small, "maxpool p1 2x2", "maxpool p1 3x3 stride 2 pad same", "152", "p1 kernel pad"},
		{small, "maxpool p1 2x2", "maxpool p1 2x2; conv c = c2", "140", "c extra"},
		{small, "dense fc", "freeze c1\ndense fc", "150", "c1 training"},
		// the total is lost, and a share of what is touched
		{small, "64x64 rgb", "64x64 gray", "110", "input size"},
		{small, "conv c1 32", "conv c1 16", "100", "c1 filters"},
		{small, "conv c2 32 3x3 pad same", "conv c2 32 3x3 pad same; batchnorm", "100", "batchnorm1 extra"},
		{small, "conv c2 32 3x3 pad same; relu\n", "", "100", "c2 missing"},
		// one belief
		{small, "pad same", "pad same no bias", "110", "c1 bias"},
		{small, "; relu", "; batchnorm; relu", "100", "batchnorm1 extra"},
		{skips, "conv $w 3x3 pad same; relu }", "}", "106.75", "e1.conv2 missing"},
		// what the weights of a layer turned round give follows from that layer
		{halves, "dense narrow 128\n", "", "93.5", "narrow missing"},
		// the wiring
		{skips, "concat s1 with e1", "concat s1 with e1.conv1", "152", "s1 takes"},
		{skips, "conv out 2 1x1\n", "from p1; dense aux 3 each\nfrom d1; conv out 2 1x1\n", "106.75", "aux extra"},
	} {
		script := strings.ReplaceAll(test.key, test.change, test.to)
		if test.change == "" {
			script = test.key
		}
		r := gradeOne(key(t, test.key+marks), grade.Submission{Text: script})
		first := ""
		if d := r.First; d != nil {
			first = differs(d)
		}
		if *r.Score != test.want || first != test.first {
			t.Errorf("%s for %s: %s points, first difference %q; want %s, %q", test.to, test.change, *r.Score, first, test.want, test.first)
			for _, c := range r.Checks {
				t.Logf("    %s of %s %s: %s", c.Score, c.Max, c.Title, c.Said)
			}
		}
		for _, c := range r.Checks {
			if c.Score != c.Max && c.Said == "right" || c.Score == c.Max && first != "" && c.Title != "Total" && c.Said != "right" {
				t.Errorf("%s for %s: %s of %s for %s: %s", test.to, test.change, c.Score, c.Max, c.Title, c.Said)
			}
		}
	}
}

func differs(d *grade.Different) string {
	name, what := d.Layer, ""
	switch {
	case d.Layer == "":
		name, what = d.Key, " missing"
	case d.Key == "":
		what = " extra"
	}
	for _, p := range d.Parts {
		what += " " + p[0]
	}
	return name + what
}
