package report

import (
	"fmt"
	"math/big"

	"cnnl/grade"
	"cnnl/lang"
)

// Which marks a student may see. A mark that says hidden is never shown; one that
// says after is once the teacher reveals the solution. Where one is withheld the sum
// is as well, from which its points could be told.

// Hides reports that students may not see a check of this word of its mark.
func (c *Class) Hides(hidden grade.Hidden) bool {
	return hidden == grade.Never || hidden == grade.After && !c.Reveal
}

// Shown are the checks of a record that its student may see.
func (c *Class) Shown(r *grade.Record) (list []*grade.Check) {
	for i := range r.Checks {
		if check := &r.Checks[i]; !c.Hides(check.Hidden) {
			list = append(list, check)
		}
	}
	return list
}

// Withheld says how many marks of a student's records are not shown, so that nobody
// takes those that are for all; "": every one is shown.
func (c *Class) Withheld(records ...*grade.Record) string {
	n, of := 0, new(big.Rat)
	for _, r := range records {
		for i := range r.Checks {
			if check := &r.Checks[i]; c.Hides(check.Hidden) {
				most, _ := grade.Points(check.Max)
				n, of = n+1, of.Add(of, most)
			}
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("1 mark, with %s points, is not shown here, nor is the sum", grade.Rounded(of))
	}
	return fmt.Sprintf("%s marks, with %s points in all, are not shown here, nor is the sum", lang.Group(int64(n)), grade.Rounded(of))
}

// Withholds reports that students may not see all marks of the keys.
func (c *Class) Withholds() bool {
	for _, o := range c.Overviews {
		for i := range o.Checks {
			if c.Hides(o.Checks[i].Hidden) {
				return true
			}
		}
	}
	return false
}
