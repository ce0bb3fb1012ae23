package grade

import (
	"fmt"
	"math/big"
	"slices"

	"cnnl/lang"
)

// Records are read back from files, which are edited now and then, on purpose or
// not: what follows refuses those that grading does not make.

// Valid refuses a record whose numbers are none, or more than it says can be
// had.
func (r *Record) Valid() error {
	most, err := pointsOf("max", r.Max)
	if err != nil {
		return err
	}
	byHand := r.Override != nil
	for i := range r.Checks {
		c := &r.Checks[i]
		if err := c.valid(); err != nil {
			return err
		}
		byHand = byHand || c.Override != nil
	}
	for i := range r.Deductions {
		if _, err := pointsOf("deduction", r.Deductions[i].Points); err != nil {
			return err
		}
	}
	if r.Lateness != nil {
		if _, err := pointsOf("lateness", r.Lateness.Points); err != nil {
			return err
		}
	}
	if r.Score != nil {
		score, err := pointsOf("score", *r.Score)
		if err == nil && !byHand && score.Cmp(most) > 0 {
			err = fmt.Errorf("its score is %s of %s", *r.Score, r.Max)
		}
		if err != nil {
			return err
		}
	}
	if !slices.Contains(Outcomes[:], r.Outcome) {
		return fmt.Errorf("there is no outcome %s", lang.Quote(Shortened(string(r.Outcome))))
	}
	return nil
}

func (c *Check) valid() error {
	score, err := pointsOf("score of "+c.Title, c.Score)
	if err != nil {
		return err
	}
	most, err := pointsOf("max of "+c.Title, c.Max)
	if err == nil && c.Override == nil && score.Cmp(most) > 0 {
		err = fmt.Errorf("its score of %s is %s of %s", c.Title, c.Score, c.Max)
	}
	return err
}

// pointsOf reads a number of a record.
func pointsOf(what, text string) (*big.Rat, error) {
	p, ok := Points(text)
	if !ok {
		return nil, fmt.Errorf("its %s is %s; points are a decimal or a fraction from 0 on", what, lang.Quote(Shortened(text)))
	}
	return p, nil
}

// Fits refuses a record that no key of the homework makes, by its marks and
// their points.
func (ks *Keys) Fits(r *Record) error {
	k := ks.named(r.Question)
	switch {
	case k == nil:
		return fmt.Errorf("there is no key called %s", lang.Quote(Shortened(r.Question)))
	case r.Max != Rounded(k.max):
		return fmt.Errorf("it is of %s points, the key of %s", r.Max, Rounded(k.max))
	case r.Outcome == Graded && len(r.Checks) != len(k.marks):
		return fmt.Errorf("it has %d checks, the key %d marks", len(r.Checks), len(k.marks))
	}
	for i := range r.Checks {
		c := &r.Checks[i]
		if i >= len(k.marks) || c.Title != k.marks[i].title || c.Max != exact(k.marks[i].points) || c.Hidden != k.marks[i].hidden {
			return fmt.Errorf("its check %d, %s, is none of the key's marks", i+1, lang.Quote(Shortened(c.Title)))
		}
	}
	return nil
}
