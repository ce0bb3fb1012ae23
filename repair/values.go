package repair

import (
	"slices"
	"strconv"
	"strings"

	"cnnl/eval/layer"
)

// valueParams are the values that the kind takes and that have none yet.
func (r *reading) valueParams() (params []int) {
	if r.isComplete() {
		return nil
	}
	for i := range r.kind.Params {
		if r.kind.Params[i].Value && r.values[i] == "" {
			params = append(params, i)
		}
	}
	return params
}

// isComplete reports that an option stands in place of the values.
func (r *reading) isComplete() bool {
	for i := range r.kind.Params {
		p := &r.kind.Params[i]
		if _, given := r.given[p.Name]; given && (p.Alone || p.Instead) {
			return true
		}
	}
	return false
}

// placeValues gives each value a place by what it is, in each way that it can be: a size
// is no number of filters.
func (r *reading) placeValues() (list []reading) {
	for _, place := range [...]func(*reading) bool{
		(*reading).placeNone, (*reading).placeTwice, (*reading).placeList, (*reading).placeSides, (*reading).placeInOrder, (*reading).placeTurned, (*reading).placeSquare,
		(*reading).placeStride, (*reading).placeOption, (*reading).placeBehindChannels, (*reading).placeMultiplier, (*reading).placeThousands,
	} {
		placed := r.clone()
		if !place(&placed) {
			continue
		}
		if list = append(list, placed); placed.cost == r.cost {
			return list // nothing had to be guessed
		}
	}
	return list
}

// clone is a reading that shares nothing with this one.
func (r *reading) clone() reading {
	c := *r
	c.values, c.options, c.given = slices.Clone(r.values), slices.Clone(r.options), cloneMap(r.given)
	c.rules, c.free, c.before, c.after = slices.Clone(r.rules), slices.Clone(r.free), slices.Clone(r.before), slices.Clone(r.after)
	return c
}

func (r *reading) placeNone() bool {
	return len(r.pending) == 0
}

// placeTwice leaves out a value that is given with its word too, as conv 16 3x3 kernel 3.
func (r *reading) placeTwice() bool {
	if len(r.pending) != len(r.valueParams())+1 {
		return false
	}
	for i, v := range r.values {
		p := &r.kind.Params[i]
		for j, t := range r.pending {
			if v != "" && p.Type == layer.PerAxis && t.isValue() && (t.text == v || t.text == v+"x"+v) {
				r.took("said twice", 1)
				r.free = append(r.free, v)
				rest := append(append([]token(nil), r.pending[:j]...), r.pending[j+1:]...)
				r.values[i] = t.text
				return r.placeEach(r.valueParams(), rest)
			}
		}
	}
	return false
}

// placeList is of a kind that takes as many numbers as there are.
func (r *reading) placeList() bool {
	for _, i := range r.valueParams() {
		if p := &r.kind.Params[i]; p.Type == layer.List || p.Type == layer.Ranges {
			var words []string
			for _, t := range r.pending {
				words = append(words, strings.ReplaceAll(t.text, "x", " "))
			}
			r.values[i] = strings.Join(words, " ")
			return len(r.valueParams()) == 0
		}
	}
	return false
}

// placeSides puts the sides of a size together that stand apart: input 120x120 4.
func (r *reading) placeSides() bool {
	params := r.valueParams()
	if len(params) != 1 || r.kind.Params[params[0]].Type != layer.Extent || len(r.pending) < 2 || r.ahead > 0 && r.ahead < len(r.pending) {
		return false // a number behind a word of its own is no side
	}
	var sides []string
	for _, t := range r.pending {
		if !t.isValue() || strings.ContainsAny(t.text, ".% '") {
			return false
		}
		sides = append(sides, strings.ReplaceAll(t.text, ",", "x"))
	}
	r.took("size's form", 1)
	r.values[params[0]] = strings.Join(sides, "x")
	return true
}

func (r *reading) placeInOrder() bool {
	params := r.valueParams()
	return len(r.pending) == len(params) && r.placeEach(params, r.pending)
}

// placeEach puts values into places.
func (r *reading) placeEach(params []int, values []token) bool {
	for j, i := range params {
		c, ok := clean(values[j], &r.kind.Params[i])
		if !ok {
			return false
		}
		r.cleaned(values[j], c)
		r.values[i] = c.text
	}
	return true
}

// placeTurned is of two values that stand in the other order.
func (r *reading) placeTurned() bool {
	params := r.valueParams()
	if len(params) != 2 || len(r.pending) != 2 || r.pending[0].sort != aSize || r.pending[1].sort == aSize {
		return false
	}
	r.took("order", 1)
	return r.placeEach(params, []token{r.pending[1], r.pending[0]})
}

// placeSquare reads maxpool 2 2 as maxpool 2x2.
func (r *reading) placeSquare() bool {
	params := r.valueParams()
	if n := len(params); n == 0 || len(r.pending) != n+1 || r.kind.Params[params[n-1]].Type != layer.PerAxis {
		return false
	}
	n := len(params)
	a, b := r.pending[n-1], r.pending[n]
	if a.sort != aNumber || a.text != b.text {
		return false
	}
	r.open = r.open || n > 1 // it may be a stride
	r.took("size's form", 1+2*(n-1))
	return r.placeEach(params, append(append([]token(nil), r.pending[:n-1]...), token{sort: aSize, text: a.text + "x" + b.text}))
}

// placeStride reads a number behind the kernel as the stride, as other tools have it.
func (r *reading) placeStride() bool {
	params := r.valueParams()
	n := len(params)
	if n == 0 || len(r.pending) != n+1 || r.kind.Params[params[n-1]].Name != "kernel" || r.pending[n].sort != aNumber {
		return false
	}
	r.open = r.open || n > 1 || r.pending[n-1].sort != aSize
	r.took("stride by its place", 2+n)
	return r.option("stride", "stride "+r.pending[n].text) && r.placeEach(params, r.pending[:n])
}

// placeOption reads leaky 0.1: of a kind that takes no values the number is that of an
// option, of several most likely of the first.
func (r *reading) placeOption() bool {
	if len(r.kind.ValueNames()) > 0 || len(r.pending) != 1 || r.pending[0].sort != aNumber {
		return false
	}
	first, numbers := (*layer.Param)(nil), 0
	for i := range r.kind.Params {
		switch p := &r.kind.Params[i]; p.Type {
		case layer.Count, layer.Rate, layer.Slope:
			if numbers++; first == nil {
				first = p
			}
		}
	}
	if first == nil || r.isChannels(r.pending[0].text) {
		return false
	}
	r.open = r.open || numbers > 1
	r.took("option's word left out", 1+numbers)
	return r.giveOption(first, r.pending[0])
}

// placeBehindChannels leaves out the input's channels in front, as other tools have
// them.
func (r *reading) placeBehindChannels() bool {
	params := r.valueParams()
	if len(params) == 0 || len(r.pending) != len(params)+1 || r.pending[0].sort != aNumber || r.kind.Params[params[0]].Type != layer.Count || r.place.channels == 0 || !r.isChannels(r.pending[0].text) {
		return false
	}
	r.free = append(r.free, r.pending[0].text)
	r.took("input's channels", 3)
	return r.placeEach(params, r.pending[1:])
}

// placeMultiplier reads depthwise 32 3x3: its filters are a multiple of the channels.
func (r *reading) placeMultiplier() bool {
	params := r.valueParams()
	if len(params) != 1 || len(r.pending) != 2 || r.kind.Find("multiplier") < 0 || r.place.channels == 0 {
		return false
	}
	number, size := r.pending[0], r.pending[1]
	if number.sort == aSize {
		number, size = size, number
	}
	n := 0
	for _, d := range number.text {
		if n = 10*n + int(d-'0'); d < '0' || d > '9' || n > 1e6 {
			return false
		}
	}
	times := n / int(r.place.channels)
	if times*int(r.place.channels) != n || times == 0 {
		return false
	}
	r.took("filters of depthwise", 3)
	r.open = true
	if times > 1 && !r.option("multiplier", "multiplier "+itoa(times)) {
		return false
	}
	return r.placeEach(params, []token{size})
}

// placeThousands reads dense 1 000 as dense 1000.
func (r *reading) placeThousands() bool {
	params := r.valueParams()
	if len(params) != 1 || len(r.pending) != 2 || len(r.pending[1].text) != 3 || r.pending[1].sort != aNumber || r.pending[0].sort != aNumber || len(r.pending[0].text) > 3 || r.place.channels > 0 && r.isChannels(r.pending[0].text) {
		return false
	}
	whole := r.pending[0].text + r.pending[1].text
	r.free = append(r.free, r.pending[0].text, r.pending[1].text, whole)
	r.took("number's form", 1)
	return r.placeEach(params, []token{{sort: aNumber, text: whole}})
}

var (
	negativeSide = re(`^(reshape\s+)((?:\d+[\sx,]+)*)-1((?:[\sx,]+\d+)*)$`)
	threeSides   = re(`(\d+)x(\d+)x(\d+)`)
)

// missingSide puts a number in place of the -1 of other tools: what is left of the
// current tensor.
func missingSide(p *place) []change {
	m := negativeSide().FindStringSubmatch(p.statement())
	if m == nil || p.size == 0 {
		return nil
	}
	digit := func(r rune) bool { return r < '0' || r > '9' }
	front, behind, rest := strings.FieldsFunc(m[2], digit), strings.FieldsFunc(m[3], digit), p.size
	for _, side := range append(front[:len(front):len(front)], behind...) {
		n, err := strconv.ParseInt(side, 10, 64)
		if err != nil || n <= 0 || rest%n != 0 {
			return nil
		}
		rest /= n
	}
	size := strconv.FormatInt(rest, 10)
	sides := append(append(front, size), behind...)
	return []change{{span: p.stmt, text: m[1] + strings.Join(sides, "x"), free: []string{size, "1"}}}
}

// sideTooMany leaves out the channels of a window, which follow from the input.
func sideTooMany(p *place) (list []change) {
	s := p.statement()
	k := p.kind(firstWordly(s))
	if k == nil || k.Window == nil {
		return nil
	}
	for _, m := range threeSides().FindAllStringSubmatchIndex(s, -1) {
		last := s[m[6]:m[7]]
		c := change{span: p.stmt, text: s[:m[5]] + s[m[7]:]}
		switch {
		case last == strconv.FormatInt(p.channels, 10):
			c.free = []string{last}
		case last == s[m[4]:m[5]] && last == s[m[2]:m[3]]:
			c.open = true
		default:
			continue
		}
		list = append(list, c)
	}
	return list
}
