package claim

import (
	"slices"
	"strings"

	"cnnl/lang"
)

// Where a claimed calculation departs from the real one.

// mostDepartures is how far two calculations may be apart and still be taken
// for the same idea.
const mostDepartures = 4

// depart lists where a claim departs; nothing where it is too far away.
func depart(claim, real poly) []string {
	if !real.hasQuotient() {
		var ok bool
		if claim, ok = claim.reduced(); !ok {
			return nil
		}
	}
	if len(real) == 1 && len(real[0].factors) == 1 && real[0].factors[0].quotient == nil {
		return []string{should(real[0].factors[0], lang.Group(claim.sum()))}
	}
	list, cost := departSum(claim, real)
	if cost > mostDepartures {
		return nil
	}
	return roundingLast(list)
}

// departSum sets the products of two sums against each other: equal ones
// first, then those that are most alike.
func departSum(claim, real poly) (list []string, cost int) {
	claims, reals := slices.Clone(claim), slices.Clone(real)
	for _, alike := range [...]func(c, r product) bool{sameFactors, sameProduct} {
		claims = slices.DeleteFunc(claims, func(c product) bool {
			j := slices.IndexFunc(reals, func(r product) bool { return alike(c, r) })
			if j >= 0 {
				reals = slices.Delete(reals, j, j+1)
			}
			return j >= 0
		})
	}
	if max(claims.parts(), reals.parts()) > mostDepartures {
		return nil, mostDepartures + 1 // each departs in something
	}
	for len(claims) > 0 && len(reals) > 0 {
		i, j, words, least := nearest(claims, reals)
		if least > 2 && len(claims)+len(reals) > 2 {
			break
		}
		list, cost = appendAll(list, words), cost+least
		claims, reals = slices.Delete(claims, i, i+1), slices.Delete(reals, j, j+1)
	}
	for _, r := range reals {
		if r.value() != 0 {
			list, cost = appendAll(list, []string{r.text() + " is missing"}), cost+1
		}
	}
	for _, c := range claims {
		if c.value() != 0 {
			list, cost = appendAll(list, []string{c.plain() + " is not part of it"}), cost+1
		}
	}
	return list, cost
}

// parts counts the products that are not 0.
func (p poly) parts() (n int) {
	for _, a := range p {
		if a.value() != 0 {
			n++
		}
	}
	return n
}

func appendAll(list, words []string) []string {
	for _, w := range words {
		list = appendNew(list, w)
	}
	return list
}

func sameProduct(c, r product) bool {
	return c.value() == r.value() && c.hasQuotient() == r.hasQuotient() && !roundedOtherwise(c.quotient(), r.quotient())
}

// quotient is the first of a product, or nil.
func (p product) quotient() *quotient {
	for _, f := range p.factors {
		if f.quotient != nil {
			return f.quotient
		}
	}
	return nil
}

func (p product) hasQuotient() bool { return poly{p}.hasQuotient() }

// sameFactors reports products of the same numbers, 1 left out.
func sameFactors(c, r product) bool {
	return c.value() == r.value() && !r.hasQuotient() && !c.hasQuotient() && slices.Equal(c.numbers(), r.numbers())
}

func (p product) numbers() (list []int64) {
	for _, f := range p.factors {
		if f.value != 1 {
			list = append(list, f.value)
		}
	}
	slices.Sort(list)
	return list
}

// nearest finds the two products that are most alike, and in what they differ.
func nearest(claims, reals poly) (i, j int, words []string, least int) {
	least = 1 << 30
	apart := func(a, b int) int64 { n := claims[a].value() - reals[b].value(); return max(n, -n) }
	for a := range claims {
		for b := range reals {
			if w, cost := departProduct(claims[a], reals[b]); cost < least || cost == least && apart(a, b) < apart(i, j) {
				i, j, words, least = a, b, w, cost
			}
		}
	}
	return i, j, words, least
}

// departProduct says in what two products differ.
func departProduct(claim, real product) (list []string, cost int) {
	alone := len(claim.factors) == 1 && !claim.hasQuotient() && !real.hasQuotient()
	switch {
	case claim.minus != real.minus:
		return []string{claim.text() + ", should be " + real.text()}, 3
	case alone && len(real.factors) == 1:
		return []string{should(real.factors[0], product{factors: claim.factors}.plain())}, 1
	case alone:
		return []string{lang.Group(claim.value()) + ", should be " + real.text()}, 1
	}
	list, cost = departFactors(claim, real, false)
	if fused, less := departFactors(claim, real, true); less < cost {
		return fused, less
	}
	return list, cost
}

// departFactors says in which factors two products differ. Fused: several of
// the real ones may be one of the claim.
func departFactors(claim, real product, fused bool) (list []string, cost int) {
	claims, reals := slices.Clone(claim.factors), slices.Clone(real.factors)
	list, cost = takeQuotients(&claims, &reals)
	if fused {
		takeFused(&claims, &reals)
	}
	takeEqual(&claims, &reals)
	isOne := func(f factor) bool { return f.value == 1 }
	if wanted := slices.DeleteFunc(slices.Clone(reals), isOne); len(claims) > 1 && len(wanted) == 1 && wanted[0].name != "" {
		return append(list, should(wanted[0], product{factors: slices.DeleteFunc(claims, isOne)}.plain())), cost + 1
	}
	for _, c := range claims {
		j := slices.IndexFunc(reals, func(r factor) bool { return r.value != 1 })
		if j < 0 && c.value != 1 {
			j = slices.IndexFunc(reals, func(r factor) bool { return r.name != "" })
		}
		switch {
		case j >= 0:
			list, cost = append(list, should(reals[j], c.text())), cost+1
			if reals[j].name == "" {
				cost += 2 // nothing to call it by
			}
			reals = slices.Delete(reals, j, j+1)
		case c.value != 1:
			list, cost = append(list, "the factor "+c.text()+" is too much"), cost+1
		}
	}
	for _, r := range reals {
		if r.value != 1 {
			list, cost = append(list, "the factor "+r.titled()+" is missing"), cost+1
		}
	}
	return list, cost
}

// should says what a number of the calculation is, in place of a claimed one.
func should(real factor, claimed string) string {
	return strings.TrimPrefix(real.name+": ", ": ") + claimed + ", should be " + lang.Group(real.value)
}

// takeQuotients sets quotients against each other, over and under.
func takeQuotients(claims, reals *[]factor) (list []string, cost int) {
	isQuotient := func(f factor) bool { return f.quotient != nil }
	i, j := slices.IndexFunc(*claims, isQuotient), slices.IndexFunc(*reals, isQuotient)
	switch {
	case i < 0 && j < 0:
		return nil, 0
	case i < 0 || j < 0:
		return nil, mostDepartures + 1
	}
	c, r := (*claims)[i].quotient, (*reals)[j].quotient
	list, cost = departSum(c.over, r.over)
	more, costMore := departSum(c.under, r.under)
	list, cost = append(list, more...), cost+costMore
	if c.rounding != r.rounding && cost == 0 || roundedOtherwise(c, r) {
		list, cost = append(list, rounds[r.rounding]), cost+1
	}
	*claims, *reals = slices.Delete(*claims, i, i+1), slices.Delete(*reals, j, j+1)
	return list, cost
}

// takeFused takes out factors that several of the real ones make together, as
// 9 does for a kernel of 3·3.
func takeFused(claims, reals *[]factor) {
	*claims = slices.DeleteFunc(*claims, func(c factor) bool {
		if c.value <= 1 || slices.ContainsFunc(*reals, func(r factor) bool { return r.value == c.value }) {
			return false
		}
		rest, ok := without(*reals, c.value, 0)
		if ok {
			*reals = rest
		}
		return ok
	})
}

// without takes factors that multiply to n out of a list, the first ones that
// do.
func without(list []factor, n int64, from int) ([]factor, bool) {
	if n == 1 {
		return list, true
	}
	for i := from; i < len(list); i++ {
		if f := list[i]; f.value > 1 && n%f.value == 0 {
			if rest, ok := without(slices.Delete(slices.Clone(list), i, i+1), n/f.value, i); ok {
				return rest, true
			}
		}
	}
	return list, false
}

// takeEqual takes out factors of equal value; of several the one that stands
// at the same place.
func takeEqual(claims, reals *[]factor) {
	place := 0
	*claims = slices.DeleteFunc(*claims, func(c factor) bool {
		best := -1
		for j, r := range *reals {
			if r.value == c.value && (best < 0 || distance(j, place) < distance(best, place)) {
				best = j
			}
		}
		if best >= 0 {
			*reals = slices.Delete(*reals, best, best+1)
			return true
		}
		place++
		return false
	})
}

func distance(a, b int) int { return max(a-b, b-a) }
