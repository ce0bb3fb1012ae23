package lang

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestOperatorsAreInTheGrammar holds the table to the tags, which are text and
// cannot read it.
func TestOperatorsAreInTheGrammar(t *testing.T) {
	var between, before []string
	for _, o := range Operators() {
		if o.Between > 0 {
			between = append(between, o.Text)
		}
		if o.Before > 0 {
			before = append(before, o.Text)
		}
	}
	checkTag(t, reflect.TypeFor[OpTerm](), "Op", between)
	checkTag(t, reflect.TypeFor[Operand](), "Sign", before)
}

func checkTag(t *testing.T, typ reflect.Type, name string, want []string) {
	t.Helper()
	field, _ := typ.FieldByName(name)
	var have []string
	for _, m := range regexp.MustCompile(`'([^']+)'`).FindAllStringSubmatch(field.Tag.Get("parser"), -1) {
		have = append(have, m[1])
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("%s.%s reads %v, the table has %v", typ.Name(), name, have, want)
	}
}

// TestOperatorsInScanningOrder: one that begins another stands behind it.
func TestOperatorsInScanningOrder(t *testing.T) {
	for i, o := range operators {
		for _, before := range operators[:i] {
			if strings.HasPrefix(o.Text, before.Text) {
				t.Errorf("%s is never read: %s stands before it", o.Text, before.Text)
			}
		}
	}
}
