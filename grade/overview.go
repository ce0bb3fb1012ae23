package grade

import (
	"cmp"
	"math/big"
	"slices"
)

// An Overview sums up the records of one question of a class. It takes
// records one after another; what it keeps grows with the different scores and
// answers, not with the class.
type Overview struct {
	Question           string
	Section            string      // of the class; "": it is of all, or of those without one
	Sections           []*Overview // in the order of their names
	key                *Key
	Title              string // of the homework
	Max                *big.Rat
	Number             int                // of records
	Late               int                // of those handed in
	ChargesLateness    bool               // the key does
	Outcomes           map[Outcome]int    // how many came to each
	Checks             []CheckOverview    // of those graded, in the order of the key
	wrong              map[string]int     // totals that are not right
	found              map[string]int     // mistakes that explain a wrong number
	scores             map[string]scoreOf // by how they are written
	mistakes           map[string]*Mistake
	unknown            map[string]int      // answers that nothing explains
	profiles           map[string]*profile // the points of all checks, by how they are written
	differences, slips commons
}

// A Mistake is how often one was found behind wrong numbers: surely enough to be told
// to the student, or not.
type Mistake struct {
	ID            string
	Shown, Listed int
}

// A CheckOverview is how a class did on one mark.
type CheckOverview struct {
	Title  string
	Max    *big.Rat
	Hidden Hidden         // from students
	scores map[string]int // how many have a score, by how it is written
}

type scoreOf struct {
	value  *big.Rat
	number int
}

// NewOverview begins an overview of the answers to a key.
func NewOverview(k *Key) *Overview {
	o := &Overview{key: k, Question: k.Question, Title: k.Title, Max: k.max, ChargesLateness: k.late.day != nil, Outcomes: map[Outcome]int{}, wrong: map[string]int{}, found: map[string]int{}, scores: map[string]scoreOf{}, mistakes: map[string]*Mistake{}, unknown: map[string]int{}, profiles: map[string]*profile{}, differences: commons{}, slips: commons{}}
	for _, m := range k.marks {
		o.Checks = append(o.Checks, CheckOverview{Title: m.title, Max: m.points, Hidden: m.hidden, scores: map[string]int{}})
	}
	return o
}

// Add takes a record.
func (o *Overview) Add(r *Record) {
	o.Number++
	o.Outcomes[r.Outcome]++
	if r.Late {
		o.Late++
	}
	if r.Score != nil {
		s := o.scores[*r.Score]
		if s.value == nil {
			s.value, _ = Points(*r.Score)
		}
		s.number++
		o.scores[*r.Score] = s
	}
	for _, f := range r.Findings {
		o.found[f.ID]++
	}
	var wrong []string
	for i := range min(len(r.Checks), len(o.Checks)) {
		o.Checks[i].scores[r.Checks[i].Score]++
		for _, p := range r.Checks[i].Parts {
			if !p.Right && p.Own != "" && (p.Key == "total" || p.Key == "total.params") && !slices.Contains(wrong, p.Own) {
				wrong = append(wrong, p.Own)
			}
		}
	}
	for _, total := range wrong {
		o.wrong[total]++
	}
	o.addMistakes(r)
	o.addProfile(r)
	o.addCommon(r)
}

func (o *Overview) addMistakes(r *Record) {
	for i := range r.Findings {
		for _, id := range r.Findings[i].IDs {
			m := o.mistakes[id]
			if m == nil {
				m = &Mistake{ID: id}
				o.mistakes[id] = m
			}
			if r.Findings[i].Shown {
				m.Shown++
			} else {
				m.Listed++
			}
		}
	}
	for _, answer := range r.Unexplained {
		o.unknown[answer]++
	}
}

// Mistakes are those behind wrong numbers, the most frequent first.
func (o *Overview) Mistakes() (list []Mistake) {
	for _, m := range o.mistakes {
		list = append(list, *m)
	}
	slices.SortFunc(list, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(b.Shown, a.Shown), cmp.Compare(b.Listed, a.Listed), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// manyUnknown is from how many on an answer without explanation is offered for a
// misconception of the key.
const manyUnknown = 5

// Unexplained are answers that many stated and nothing explains.
func (o *Overview) Unexplained() (list []Frequent) {
	for answer, n := range o.unknown {
		if n >= manyUnknown {
			list = append(list, Frequent{answer, n})
		}
	}
	slices.SortFunc(list, byFrequency)
	return list
}

// Numbers are how many got all points, some of them, and none.
func (o *CheckOverview) Numbers() (full, some, nothing int) {
	for text, n := range o.scores {
		switch score, ok := Points(text); {
		case !ok || score.Sign() == 0:
			nothing += n
		case score.Cmp(o.Max) < 0:
			some += n
		default:
			full += n
		}
	}
	return full, some, nothing
}

// Share is the part of a check's points that the class got; 0 of nobody.
func (o *CheckOverview) Share() float64 {
	sum, all := new(big.Rat), int64(0)
	for text, n := range o.scores {
		if score, ok := Points(text); ok {
			sum.Add(sum, score.Mul(score, big.NewRat(int64(n), 1)))
		}
		all += int64(n)
	}
	if all == 0 {
		return 0
	}
	share, _ := sum.Quo(sum, new(big.Rat).Mul(o.Max, big.NewRat(all, 1))).Float64()
	return share
}

// Scored is how many records have a score.
func (o *Overview) Scored() (n int) {
	for _, s := range o.scores {
		n += s.number
	}
	return n
}

// Mean is the average score, rounded; of nobody "".
func (o *Overview) Mean() string {
	sum, n := new(big.Rat), int64(0)
	for _, s := range o.scores {
		sum.Add(sum, new(big.Rat).Mul(s.value, big.NewRat(int64(s.number), 1)))
		n += int64(s.number)
	}
	if n == 0 {
		return ""
	}
	return Rounded(sum.Quo(sum, big.NewRat(n, 1)))
}

// Median is the middle score, or the mean of the two; of nobody "".
func (o *Overview) Median() string {
	list := o.sorted()
	n := o.Scored()
	if n == 0 {
		return ""
	}
	at := func(i int) *big.Rat {
		for _, s := range list {
			if i -= s.number; i < 0 {
				return s.value
			}
		}
		return none()
	}
	sum := new(big.Rat).Add(at((n-1)/2), at(n/2))
	return Rounded(sum.Quo(sum, big.NewRat(2, 1)))
}

// Extremes are the least score and the greatest; of nobody "".
func (o *Overview) Extremes() (least, greatest string) {
	list := o.sorted()
	if len(list) == 0 {
		return "", ""
	}
	return Rounded(list[0].value), Rounded(list[len(list)-1].value)
}

func (o *Overview) sorted() (list []scoreOf) {
	for _, s := range o.scores {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b scoreOf) int { return a.value.Cmp(b.value) })
	return list
}

// A Bin counts the scores of a range: from Least on, below Below; the last one
// has the full points too.
type Bin struct {
	Least, Below string
	Number       int
}

// bins is into how many ranges scores are sorted.
const bins = 10

// Distribution sorts the scores into ten ranges of one width.
func (o *Overview) Distribution() []Bin {
	list := make([]Bin, bins)
	edge := func(i int64) string {
		return Rounded(new(big.Rat).Mul(o.Max, big.NewRat(i, bins)))
	}
	for i := range list {
		list[i].Least, list[i].Below = edge(int64(i)), edge(int64(i)+1)
	}
	for _, s := range o.scores {
		part := new(big.Rat).Quo(new(big.Rat).Mul(s.value, big.NewRat(bins, 1)), o.Max)
		whole := new(big.Int).Div(part.Num(), part.Denom())
		list[min(whole.Int64(), bins-1)].Number += s.number
	}
	return list
}

// Hardest is the check of which the class got least; nil: all are full, or
// nobody was graded.
func (o *Overview) Hardest() (hardest *CheckOverview) {
	for i := range o.Checks {
		c := &o.Checks[i]
		if _, some, nothing := c.Numbers(); some+nothing > 0 && (hardest == nil || c.Share() < hardest.Share()) {
			hardest = c
		}
	}
	return hardest
}

// A Frequent is a wrong answer, and how many gave it.
type Frequent struct {
	Answer string
	Number int
}

// WrongTotals are the totals that are not right, the most frequent first.
func (o *Overview) WrongTotals(most int) []Frequent { return frequent(o.wrong, most) }

// Misconceptions are the mistakes that explain wrong numbers, the most frequent first.
func (o *Overview) Misconceptions(most int) []Frequent { return frequent(o.found, most) }

func frequent(counts map[string]int, most int) (list []Frequent) {
	for answer, n := range counts {
		list = append(list, Frequent{answer, n})
	}
	slices.SortFunc(list, byFrequency)
	return list[:min(most, len(list))]
}

func byFrequency(a, b Frequent) int {
	return cmp.Or(cmp.Compare(b.Number, a.Number), cmp.Compare(len(a.Answer), len(b.Answer)), cmp.Compare(a.Answer, b.Answer))
}
