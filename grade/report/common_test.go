package report_test

import (
	"testing"

	"cnnl/grade"
	"cnnl/grade/report"
)

func TestCommonInWords(t *testing.T) {
	named := []grade.Named{{ID: "1", Name: "Chen, Sam"}, {ID: "2"}}
	for _, c := range []struct {
		common   grade.Common
		what, to string
	}{
		{grade.Common{First: &grade.Different{Layer: "maxpool"}, Number: 2, Students: named}, "maxpool is in the submission only", "Chen, Sam; 2"},
		{grade.Common{First: &grade.Different{Key: "f1"}, Number: 5, Students: named}, "f1 is missing", "Chen, Sam; 2; and 3 more"},
		{grade.Common{Slip: &grade.Slip{Kind: "sign", Was: "conv 4 3*3", Read: "conv 4 3x3"}}, "sign: as `conv 4 3*3` for `conv 4 3x3`", ""},
		{grade.Common{Slip: &grade.Slip{Kind: "comment", Was: "hello"}}, "comment: as `hello` passed over", ""},
	} {
		if what, to := report.CommonIs(&c.common), report.CommonTo(&c.common); what != c.what || to != c.to {
			t.Errorf("%s | %s", what, to)
		}
	}
}
