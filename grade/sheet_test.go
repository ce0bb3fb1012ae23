package grade_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"cnnl/grade"
)

const tableKey = `input 28x28 gray
conv c1 6 5x5 pad 2
maxpool p 2x2
flatten
dense f 10
let ram = 4 * total
mark 4 "Total" answers total
mark 6 "Table" answers c1.out c1.params total
mark 1 "RAM" answers ram
`

func TestSheet(t *testing.T) {
	k := key(t, tableKey)
	want := `# Write each answer behind its sign: a number, or a size with x between its sides.

# Total
expect total ==

# Table
expect c1.out ==
expect c1.params ==
# total: as above

# RAM
let ram =
`
	if got := k.Sheet(); got != want {
		t.Errorf("got\n%s", got)
	}
	if got := strings.Join(k.Columns(), ","); got != "total,c1.out,c1.params,ram" {
		t.Errorf("columns %s", got)
	}
	if got := points(t, k, k.Sheet()); got != "ungradable: no statement could be read; line 4: the statement stops short; its form is expect NAME.params == NUMBER" {
		t.Errorf("the empty sheet earns %s", got)
	}
	filled := strings.NewReplacer("total ==", "total == 11_926", "c1.out ==", "c1.out == 28x28x6", "c1.params ==", "c1.params == (5*5 + 1)*6", "ram =", "ram = 4*11_926").Replace(k.Sheet())
	if got := points(t, k, filled); got != "11" {
		t.Errorf("the filled sheet earns %s", got)
	}
}

// graded reads a table and gives id and score, line by line.
func graded(t *testing.T, k *grade.Key, csv string, maps ...string) (lines string) {
	t.Helper()
	table, err := k.OpenTable(strings.NewReader(csv), "", maps, nil)
	if err != nil {
		return err.Error()
	}
	for {
		s, err := table.Next()
		if err == io.EOF {
			return lines
		} else if err != nil {
			return lines + err.Error()
		}
		r := gradeOne(k, s)
		if r.Score == nil {
			return r.Why
		}
		lines += r.ID + " " + *r.Score
		if len(r.Notes) > 0 {
			lines += " " + strings.Join(r.Notes, "; ")
		}
		lines += "\n"
	}
}

// TestTables: answers as a quiz exports them.
func TestTables(t *testing.T) {
	k := key(t, tableKey)
	for _, test := range []struct {
		csv, want string
		maps      []string
	}{
		{csv: "id,total,c1.params,c1.out,ram\na,11926,156,28x28x6,47704\nb,11926,150,,\n", want: "a 11\nb 6\n"},
		{csv: "\uFEFFID;total.params;c1;ram\r\na;\"11,926\";\"(28, 28, 6)\";\r\n", want: "a 8\n"},
		{csv: "name\tid\ttotal\nJane\t7\t11 926\n", want: "7 6\n"},
		{csv: "id,total\na,many\n", want: "a 0 total: `many` is no number and no size\n"},
		{csv: "id,\"1234567: What are they?\",1.0,77\na,\"28x28x6,156\",2,11926\nb,\"28x28x6;156\",0,1\nc,\"28x28x6,1,156\",2,\nd,\"(28,28,6), 156\",3,\n", maps: []string{"1234567=c1.out,c1.params", "77=total"}, want: "a 10\nb 4\nc 0 c1.out: `28x28x6,1,156` is no number and no size; c1.params: `28x28x6,1,156` is no number and no size\nd 4\n"},
		{csv: "id,total\na,1,2,3\n", want: "line 2 has 4 cells, the header 2"},
		{csv: "name,total\n", want: "it has no column called id; its columns are name, total; --id names the one that says whose a row is"},
		{csv: "", want: "it is empty; the first line names the columns"},
		{csv: "id,x\na,1\n", want: "no column is called like what the key asks for: total, c1.out, c1.params, ram; --map names columns"},
		{csv: "id,total,total\na,11926,1\n", want: "two columns answer total, total and total; leave one out"},
		{csv: "id,total,total.params\na,11926,1\n", want: "two columns answer total, total and total.params; leave one out"},
		{csv: "id,ID,total\na,b,1\n", want: "two columns are called ID; leave one out"},
		{csv: "id,name,name,total\n", want: "two columns are called name; leave one out"},
		{csv: "id,total,x\na,1,11926\n", maps: []string{"x=total"}, want: "a 6\n"},
		{csv: "id,y,x\na,1,11926\n", maps: []string{"x=total", "y=total"}, want: "--map: total is to be answered twice; leave one out"},
		{csv: "id,x\n", maps: []string{"x=c9.out"}, want: "--map: the key does not ask for c9.out"},
		{csv: "id,x\n", maps: []string{"y=total"}, want: "--map: no column is called y; the columns are id, x"},
		{csv: "id,x\n", maps: []string{"x"}, want: "write --map COLUMN=TARGET, or COLUMN=TARGET,TARGET where a cell has several; found x"},
	} {
		if got := graded(t, k, test.csv, test.maps...); got != test.want {
			t.Errorf("%q: got %q, want %q", test.csv, got, test.want)
		}
	}
	if got := graded(t, key(t, homework), "id,total\n"); !strings.Contains(got, "no mark of answers") {
		t.Errorf("a key without answers: %s", got)
	}
}

// TestSpellings: one number in many spellings is one answer.
func TestSpellings(t *testing.T) {
	k := key(t, "input 120x120 cmyk\nconv c1 20 3x3\nflatten\ndense f 10\nmark 1 \"n\" answers total\nmark 1 \"s\" answers c1.out\n")
	for cell, right := range map[string]bool{
		"2785550": true, "2,785,550": true, "2 785 550": true, "2.785.550": true, "2_785_550": true, "2'785'550": true, "2’785’550": true, "2\u202f785\u202f550": true, "\u00a02785550 ": true,
		"2785550.0": true, "2.78555e6": true, "2.78555E+06": true, "+2785550": true, "２７８５５５０": true, "٢٧٨٥٥٥٠": true, "2,785,550 params": true, "2785550 parameters.": true, "=2785550": true,
		"740 + 2784810": true, "(3*3*4+1)*20 + (118*118*20+1)*10": true, "(3·3·4+1)·20 + (118·118·20 + 1)·10": true,
		"2785551": false, "-2785550": false, "−2785550": false, "2.785": false, "2.785.55": false, "27,85,550": false, "0x2A80EE": false, "~2785550": true, "≈ 2785550": true, "\"2785550\"": true, "740 + 2784810 = 2785550": true, "2785550 = 5": false, "2785550 kB": false, "2.79M": false, "NaN": false, "Infinity": false, "1e400": false, "1e-400": false, "1e99": false, "total": false, "total()": false, "f.params": false, "": false, "-0": false,
		strings.Repeat("9", 1000): false, "2785550\nexpect total == 2785550": false, "2785550; conv 3": false,
	} {
		want := "0"
		if right {
			want = "1"
		}
		got := graded(t, k, "id,total\na,\""+strings.ReplaceAll(cell, `"`, `""`)+"\"\n")
		if !strings.HasPrefix(got, "a "+want) {
			t.Errorf("%q: %s", cell, got)
		}
	}
	for cell, right := range map[string]bool{
		"118x118x20": true, "118 x 118 x 20": true, "118×118×20": true, "(118, 118, 20)": true, "[118,118,20]": true, "118*118*20": true, "118 118 20": true, "(None, 118, 118, 20)": true, "118;118;20": true,
		"118x118": false, "118x118x21": false, "20x118x118": false, "118x118x20x1": false, "278480": false, "a x b": false,
	} {
		want := "0"
		if right {
			want = "1"
		}
		if got := graded(t, k, "id,c1.out\na,\""+cell+"\"\n"); !strings.HasPrefix(got, "a "+want) {
			t.Errorf("%q: %s", cell, got)
		}
	}
}

func TestRosters(t *testing.T) {
	r, err := grade.ReadRoster("roster.csv", strings.NewReader("\uFEFFid;name;side;email\r\njdoe;\"Doe; Jane\";60;j@x\r\nadam;;;\r\n"), []string{"side", "filters"})
	if err != nil {
		t.Fatal(err)
	}
	jane, _ := r.Student("jdoe")
	if len(r.Students) != 2 || jane.Name != "Doe; Jane" || jane.Values[0] != "60" || jane.Email != "j@x" || len(r.Unused) > 0 || strings.Join(r.Lets, " ") != "side" {
		t.Errorf("got %+v", r)
	}
	for csv, want := range map[string]string{
		"id,name\na,x\na,y\n":        "lines 2 and 3 have one id, a",
		"id,name\n e\u0301,x\né,y\n": "lines 2 and 3 have one id, é",
		"name\nx\n":                  "no column called id",
		"id\n\n,\n":                  "has no id",
		"id,side,side\n":             "two columns are called side",
		"id,ID\n":                    "two columns are called ID",
	} {
		if _, err := grade.ReadRoster("roster.csv", strings.NewReader(csv), []string{"side"}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", csv, err, want)
		}
	}
}

func TestOverrides(t *testing.T) {
	k := key(t, homework+marks)
	read := func(csv string) *grade.Overrides {
		o, err := grade.ReadOverrides(strings.NewReader(csv), []*grade.Key{k}, true)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	o := read("id,check,points,reason\ns,Total,2.5,half right\nx,,7,by hand\nnobody,Total,1,\ns,Totals,1,\ny,*,1,\n")
	r := gradeOne(k, grade.Submission{ID: "s", Text: strings.ReplaceAll(homework, "cmyk", "rgb")})
	before := *r.Score
	o.Apply(&r)
	if c := r.Checks[0]; *r.Score != "11.07" || before != "8.57" || c.Score != "2.5" || c.Override.Was != "0" || c.Override.Reason != "half right" {
		t.Errorf("score %s, was %s, %+v", *r.Score, before, c)
	}
	x := grader(k).Refused(grade.Submission{ID: "x"}, "it is a link")
	o.Apply(&x)
	if x.Outcome != grade.Ungradable || *x.Score != "7" || x.Override.Reason != "by hand" {
		t.Errorf("got %+v", x)
	}
	if got := strings.Join(o.Unused(), "\n"); got != "line 4 of the overrides stands for no check: nobody, Total\nline 5 of the overrides stands for no check: s, Totals\nline 6 of the overrides stands for no check: y, the whole score" {
		t.Errorf("unused: %s", got)
	}
	// again, on records that have them: what was there before them stays
	read("id,check,points,reason\ns,Total,3,\n").Apply(&r)
	if c := r.Checks[0]; *r.Score != "11.57" || c.Override.Was != "0" {
		t.Errorf("score %s, %+v", *r.Score, c)
	}
	read("id,check,points,reason\nx,,8,\n").Apply(&x)
	if *x.Score != "8" || x.Override.Was != "" {
		t.Errorf("score %s, %+v", *x.Score, x.Override)
	}
	// of a check and of the whole
	both := gradeOne(k, grade.Submission{ID: "s", Text: strings.ReplaceAll(homework, "cmyk", "rgb")})
	read("id,check,points,reason\ns,Total,1,\ns,,10,\n").Apply(&both)
	if *both.Score != "10" || both.Override.Was != "8.57" || both.Checks[0].Score != "1" {
		t.Errorf("score %s, %+v", *both.Score, both.Override)
	}
	if got := strings.Join(read("id,check,points,reason\ns,Total,\"4,5\",\nx,,99,\ny,Total,4,\n").Notes, "\n"); got != "line 2 of the overrides gives s 4.5 points for Total, which has 4\nline 3 of the overrides gives x 99 points for the whole score, which has 13" {
		t.Errorf("notes: %s", got)
	}
}

func TestBadOverrides(t *testing.T) {
	k := key(t, homework+marks)
	for csv, want := range map[string]string{
		"id,check,points,reason\na,b,-1,\n":                "points are a number from 0",
		"id,check,points,reason\na,b,1e9,\n":               "points are a number",
		"id,points,reason\n":                               "no column called check",
		"id,check,points,points,reason\n":                  "two columns are called points",
		"id,check,points,reason\na,Total,1,\na,Total,2,\n": "line 3: line 2 gives points for Total of a already",
		"id,check,points,reason\na,,1,\na,*,2,\n":          "line 3: line 2 gives points for the whole score of a already",
	} {
		if _, err := grade.ReadOverrides(strings.NewReader(csv), []*grade.Key{k}, true); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", csv, err)
		}
	}
	q1, q2 := key(t, homework+marks), key(t, homework+marks+"mark 1 \"Extra\" expect total > 0 and count(conv) > 4\n")
	q1.Question, q2.Question = "q1", "q2"
	for csv, want := range map[string]string{
		"id,check,points,reason\na,,4,whole\n":                          "line 2: the whole score of a is of one of several questions; say which in the column question: q1, q2",
		"id,check,points,reason,question\na,Total,4,,\n":                "line 2: Total of a is of one of several questions",
		"id,check,points,reason,question\na,Total,4,,q1\na,,4,,q2\n":    "",
		"id,check,points,reason\na,Extra,1,\n":                          "",
		"id,check,points,reason,question\na,Extra,1,,\na,Extra,1,,q2\n": "line 3: line 2 gives points for Extra of a already",
	} {
		if _, err := grade.ReadOverrides(strings.NewReader(csv), []*grade.Key{q1, q2}, true); (err == nil) != (want == "") || !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%q: %v", csv, err)
		}
	}
}

// TestSpellingNotes: a note on a spelling says how to write the answer.
func TestSpellingNotes(t *testing.T) {
	k := key(t, "input 120x120 cmyk\nconv c1 20 3x3\nflatten\ndense f 10\nmark 1 \"n\" answers total\nmark 1 \"s\" answers c1.out\n")
	for claim, want := range map[string]string{
		"c1.out == (118, 118, 20)": "line 1: `expect c1.out == (118, 118, 20)` was read as `expect c1.out == 118x118x20`",
		"total == 2 785 550":       "line 1: `expect total == 2 785 550` was read as `expect total == 2785550`",
		"total == 1,56":            "line 1: `expect total == 1,56` was read as `expect total == 1.56`",
	} {
		r := gradeOne(k, grade.Submission{ID: "s", Text: "expect " + claim + "\nlet n = 1\n"})
		if got := strings.Join(r.Notes, "; "); got != want {
			t.Errorf("%s: %s", claim, got)
		}
	}
}
