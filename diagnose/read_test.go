package diagnose_test

import (
	"slices"
	"strings"
	"testing"

	"cnnl/diagnose"
	"cnnl/lang"
)

const smallKey = "input 120x120 cmyk\nconv c1 20 3x3\nflatten\ndense f1 10\n"

// A claim that cannot be read has one message, and the others are judged all the same.
func TestUnreadClaims(t *testing.T) {
	v := evaluated(t, smallKey)
	g, r := engine(t, v), diagnose.NewReader(v, lang.Limits{})
	for text, want := range map[string]string{
		"":                               "total.params has no value | write TARGET=VALUE, or TARGET=CALCULATION=VALUE",
		"total=":                         "total.params has no value | write TARGET=VALUE, or TARGET=CALCULATION=VALUE",
		"=5":                             "nothing stands before the equals sign of =5 | name a number of the network, as in c1.params, c1.out or total",
		"c1.params":                      "c1.params has no value | write TARGET=VALUE, or TARGET=CALCULATION=VALUE",
		"c1.params 720":                  "the claim c1.params 720 has no equals sign | write c1.params=720",
		"c1.out: 9x9x1":                  "the claim c1.out: 9x9x1 has no equals sign | write c1.out=9x9x1",
		"Total=720":                      "there is no layer or value called Total | did you mean total?",
		"c9.params=720":                  "there is no layer or value called c9 | did you mean c1?",
		"nobody=720":                     "there is no layer or value called nobody | name a number of the network, as in c1.params, c1.out or total",
		"conv=720":                       "there is no layer or value called conv | name a number of the network, as in c1.params, c1.out or total",
		"c1.foo=720":                     "c1 has no .foo | it has out, ",
		"c1.params=NaN":                  "there is no layer or value called NaN | ",
		"c1.params=720;relu":             "did not expect `relu` here | ",
		"c1.params=\"720\"":              "did not expect `\"720\"` here | ",
		"c1.params=1/0":                  "division by zero | ",
		"c1.params=9223372036854775808":  "the number does not fit 64 bits | ",
		"c1.params=2**80":                "the result does not fit 64 bits | ",
		"c1.params=1=2=3":                "c1.params has too many equals signs | write TARGET=VALUE, or TARGET=CALCULATION=VALUE",
		"c1.params=true":                 "this is no number and no size | ",
		"c1.params=3x3":                  "c1.params is a number | ",
		"c1.params+1=3":                  "this is no number of a layer or of the whole | ",
		"f1.params=7":                    "f1.params is stated more than once | the first counts; ask about the other by itself",
		"c1.params=\u0661\u0662":         "cannot read `\u0661` | ",
		"c1.params=99999999999999999999": "the number does not fit 64 bits | ",
	} {
		result, diags := g.Ask(r, []string{"f1.params=5", text, "c1.weights=720"})
		if len(diags.List) != 1 {
			t.Errorf("%q: %d messages: %v", text, len(diags.List), diags.List)
			continue
		}
		if d := diags.List[0]; !strings.HasPrefix(d.Summary+" | "+d.Hint, want) {
			t.Errorf("%q: %s | %s, not %s", text, d.Summary, d.Hint, want)
		}
		if c := result.Claims; c[0].Unread || c[0].Right || !c[1].Unread || c[2].Unread || !c[2].Right {
			t.Errorf("%q: %+v", text, c)
		}
	}
}

// Blanks within claims do not part them.
func TestClaims(t *testing.T) {
	for typed, want := range map[string][]string{
		"32780":                              {"32780"},
		"c1.params=200 total=5":              {"c1.params=200", "total=5"},
		"c1.params = 200 total = 5":          {"c1.params = 200", "total = 5"},
		"c1.params =(3*3*4 + 1) * 20= 740 7": {"c1.params =(3*3*4 + 1) * 20= 740", "7"},
		"c1.params= total=5":                 {"c1.params=", "total=5"},
		"c1.params=10 - 3 -5":                {"c1.params=10 - 3", "-5"},
		"c1.params 200":                      {"c1.params", "200"},
		"c1.out=9x9x2 × 3":                   {"c1.out=9x9x2 × 3"},
	} {
		if got := diagnose.Claims(strings.Fields(typed)); !slices.Equal(got, want) {
			t.Errorf("%s: %q, not %q", typed, got, want)
		}
	}
}

// What is hardly a number is judged like any other.
func TestOddNumbers(t *testing.T) {
	v := evaluated(t, smallKey)
	g, r := engine(t, v), diagnose.NewReader(v, lang.Limits{})
	for _, text := range []string{"-5", "0", "7.5", "1/3", "9223372036854775807", "c1.out=0x0x0", "c1.out=5", "c1.out=118x118",
		"c1.out=9223372036854775807x9223372036854775807x20", "c1.field=9x9x9", "c1.field=9x9"} {
		result, diags := g.Ask(r, []string{text, "f1.params=5"})
		if len(diags.List) > 0 || result.Claims[0].Right || result.Claims[0].Unread || result.Shown {
			t.Errorf("%s: %+v, shown %v, %v", text, result.Claims, result.Shown, diags.List)
		}
	}
}

// A table of answers: what cannot be read costs one message and only itself.
func TestAnswers(t *testing.T) {
	v := evaluated(t, smallKey)
	g, r := engine(t, v), diagnose.NewReader(v, lang.Limits{})
	for table, want := range map[string][]string{
		"":                                {"it is empty; the first line names the columns"},
		"name,remark\nx,y\n":              {"none of its columns is a claim; call one as a number of the network, as in c1.params, c1.out or total"},
		"id,c1.params\n\"s,720\n":         {"line 2: a quote is not closed; a quote inside quotes is written twice"},
		"id,,c1.params\ns,,740\n":         {"column 2 is left out: it has no name", "s 740"},
		"id,c9.out,c1.params\ns,1,740\n":  {"the column c9.out is left out: there is no layer or value called c9", "s 740"},
		"id,total,total.params\ns,7,8\n":  {"the column total.params is left out: there is one before it of the same number", "s 7"},
		"c1.params;total\n740;5\n\n7;8\n": {"1 740 5", "2 7 8"},
		"id,total\ns,5,7\nt\nu,x\n": {"line 2 has 3 cells, and the header names 2 columns: those behind are left out", "s 5", "t",
			"line 4: there is no layer or value called x", "u x"},
		"\xff\xfei\x00d\x00,\x00t\x00o\x00t\x00a\x00l\x00\n\x00s\x00,\x005\x00\n\x00": {"s 5"},
	} {
		if got := said(r, g, table); !slices.Equal(got, want) {
			t.Errorf("%q: %q, not %q", table, got, want)
		}
	}
}

// said is what is told of a table, and each row with its values.
func said(r *diagnose.Reader, g *diagnose.Engine, table string) (list []string) {
	a, diags, err := r.Answers(strings.NewReader(table))
	for err == nil {
		for _, d := range diags.List {
			list = append(list, d.Summary)
		}
		var id string
		var result *diagnose.Result
		if id, result, diags, err = a.Next(g); err == nil {
			for _, c := range result.Claims {
				id += " " + c.Value
			}
			for _, d := range diags.List {
				list = append(list, d.Summary)
			}
			diags = lang.Diagnostics{}
			list = append(list, id)
		}
	}
	if a == nil || err.Error() != "EOF" {
		list = append(list, err.Error())
	}
	return list
}
