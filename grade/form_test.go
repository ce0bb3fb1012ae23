package grade_test

import (
	"fmt"
	"strings"
	"testing"

	"cnnl/grade"
)

// TestFormColumn: the column that says whose a row is has the roster's students in nine
// rows of ten; what could only be meant is offered.
func TestFormColumn(t *testing.T) {
	k := key(t, "input 8x8x3\nconv c 4 3x3\nmark 2 \"A\" answers total\n")
	roster, err := grade.ReadRoster("roster", strings.NewReader("id,name,email\n11,Ann,ann@x\n12,Bob,bob@x\n13,Cleo,c@x\n14,Dan,\n15,Eve,\n16,Fay,\n17,Gil,\n18,Hal,\n19,Ida,\n20,Jon,\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	ten := "Matr,total\n11,1\n12,1\n13,1\n14,1\n15,1\n16,1\n17,1\n18,1\n19,1\n"
	eight := strings.Replace(strings.Replace(ten, "\n18,", "\n98,", 1), "\n19,", "\n99,", 1)
	for _, test := range []struct {
		name, csv string
		roster    *grade.Roster
		maps      []string
		whose     string // or a part of the error
		ids       string
	}{
		{"nine of ten", ten + "99,1\n", roster, nil, "Matr", "11 12 13 14 15 16 17 18 19 99"},
		{"eight of ten", eight + "20,1\n", roster, nil, `; Matr has students of the roster in 8 of 10 rows: --id "Matr" takes it`, ""},
		{"addresses", "Mail,total\nANN@x,1\nbob@x,1\n", roster, nil, "Mail", "11 12"},
		{"a column called id that knows nobody", "ID,Matr,total\n1,11,1\n2,12,1\n", roster, nil, "Matr", "11 12"},
		{"a column called id that knows them", "id,Matr,total\n11,11,1\n12,12,1\n", roster, nil, "", "11 12"},
		{"nobody is known", "id,Matr,total\n1,91,1\n2,92,1\n", roster, nil, "", "1 2"},
		{"two that agree", "Mail,Matr,total\nann@x,11,1\n,12,1\n", roster, nil, "Matr", "11 12"},
		{"two that do not", "Matr,Partner,total\n11,12,1\n12,11,1\n", roster, nil, "the columns Matr and Partner both have students of the roster, and not the same", ""},
		{"no roster", "When,Matr,total\n10:00,11,112\n10:01,12,112\n", nil, nil, `Matr has another number in every row: if it says whose a row is, write --id "Matr"`, ""},
		{"answers are offered for no id", "total,123: the total\n111,112\n112,113\n", nil, []string{"123=total"}, "; --id names the one that says whose a row is", ""},
		{"numbers that are not all different", "Group,total\n1,111\n1,112\n", nil, nil, "; --id names the one", ""},
	} {
		table, err := k.OpenTable(strings.NewReader(test.csv), "", test.maps, test.roster)
		if err != nil {
			if test.ids != "" || !strings.Contains(err.Error(), test.whose) {
				t.Errorf("%s: %v", test.name, err)
			}
			continue
		}
		var ids []string
		for s, err := table.Next(); err == nil; s, err = table.Next() {
			ids = append(ids, s.ID)
		}
		if got := strings.Join(ids, " "); got != test.ids || table.Whose != test.whose {
			t.Errorf("%s: %q by %q, want %q by %q", test.name, got, table.Whose, test.ids, test.whose)
		}
	}
}

// TestPointsAbove: points by hand above those of a check, or of all, are refused unless
// the teacher insists, and told then.
func TestPointsAbove(t *testing.T) {
	k := key(t, "input 8x8x3\nconv c 4 3x3\nmark 2 \"Total\" total\nmark 1 \"It runs\" runs\n")
	for _, test := range []struct{ row, refused string }{
		{"a,Total,2,", ""},
		{"a,Total,2.01,", "line 2: it gives a 2.01 points for Total, which has 2; --force allows it"},
		{"a,,3.5,", "line 2: it gives a 3.5 points for the whole score, which has 3; --force allows it"},
		{"a,*,3.5,", "line 2: it gives a 3.5 points for the whole score, which has 3; --force allows it"},
		{"a,Elsewhere,99,", ""}, // told as of no check
	} {
		csv := "id,check,points,reason\n" + test.row + "\n"
		_, err := grade.ReadOverrides(strings.NewReader(csv), []*grade.Key{k}, false)
		if said := fmt.Sprint(err); test.refused != "" && said != test.refused || test.refused == "" && err != nil {
			t.Errorf("%s: %s", test.row, said)
		}
		o, err := grade.ReadOverrides(strings.NewReader(csv), []*grade.Key{k}, true)
		if err != nil || (len(o.Notes) > 0) != (test.refused != "") {
			t.Errorf("%s, forced: %v, %v", test.row, err, o)
		}
	}
}

// TestLetters: names of layers, lets and marks have letters of any language, in scripts,
// tables and rosters.
func TestLetters(t *testing.T) {
	text := "input 8x8x3\nlet größe = 4\nconv слой $(größe) 3x3\nconv 層 4 3x3 pad same\nconv क़ = 層\nexpect слой.out == 6x6x4\n"
	k := key(t, text+"mark 2 \"Доля\" shares 層 क़\nmark 2 \"Answers\" answers größe 層.out\nmark 1 \"S\" shapes\nmark 1 \"P\" params\n")
	if got := points(t, k, text+"expect 層.out == 6x6x4\n"); got != "6" {
		t.Errorf("the script earns %s", got)
	}
	if got, want := graded(t, k, "id,größe,層.out\nжанна,4,6x6x4\n"), "жанна 2\n"; got != want {
		t.Errorf("a table: %s", got)
	}
	roster, err := grade.ReadRoster("roster", strings.NewReader("id,größe\nжанна,5\n"), k.Lets())
	if err != nil || len(roster.Lets) != 1 {
		t.Errorf("%v %v", roster, err)
	}
}
