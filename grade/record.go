package grade

import (
	"math/big"
	"strings"
)

// RecordSchema names the JSON of a record; docs/json.md describes it.
const RecordSchema = "cnnl-grade/1"

// An Outcome says what became of a submission. The five are never mixed.
type Outcome string

// Graded has a score; the others have none.
const (
	Graded     Outcome = "graded"
	Ungradable Outcome = "ungradable" // nothing of it could be read
	Limit      Outcome = "limit"      // it asks for more than a script may
	Missing    Outcome = "missing"    // somebody of the roster handed nothing in
	Internal   Outcome = "internal"   // the program's fault
)

// Outcomes lists them all, in the order of reports.
var Outcomes = [...]Outcome{Graded, Ungradable, Limit, Missing, Internal}

// A Record is what grading finds in one submission. Every report is made of
// records alone. Numbers that decide a score are exact: decimals or fractions
// in strings.
type Record struct {
	Schema   string  `json:"schema"`
	ID       string  `json:"id"`
	Name     string  `json:"name,omitempty"`
	Question string  `json:"question,omitempty"`
	File     string  `json:"file"`
	SHA256   string  `json:"sha256"`
	Outcome  Outcome `json:"outcome"`
	Why      string  `json:"why,omitempty"` // it has no score
	// Submitted is when it was handed in, as the platform or the teacher writes it.
	Submitted string  `json:"submitted,omitempty"`
	Late      bool    `json:"late,omitempty"`
	Score     *string `json:"score"` // rounded to two decimals; null: none
	Max       string  `json:"max"`
	Key       string  `json:"key"`                // all that decides a score, by content
	Reading   string  `json:"reading,omitempty"`  // the accepted one that counted; empty: the key's own
	Matching  string  `json:"matching,omitempty"` // how layers were matched: order, name or branches
	Checks    []Check `json:"checks"`
	// Deductions are points lost beside the checks.
	Deductions []Deduction `json:"deductions,omitempty"`
	// Lateness is taken off last.
	Lateness *Lateness `json:"lateness,omitempty"`
	// Slips are those of form, as which the script was read.
	Slips    []Slip     `json:"slips,omitempty"`
	Override *Override  `json:"override,omitempty"` // of the whole score
	Notes    []string   `json:"notes,omitempty"`    // on form, for the student
	Group    []string   `json:"group,omitempty"`    // the ids of the others who handed it in, too
	Beside   []string   `json:"beside,omitempty"`   // other files that were handed in, and passed over
	Total    *int64     `json:"total,omitempty"`    // the parameters of the submission's network
	Mistake  string     `json:"mistake,omitempty"`  // the first of the script
	First    *Different `json:"first_difference"`
	Findings []Finding  `json:"diagnoses"`
	// Unexplained are wrong answers for which no mistake was found.
	Unexplained []string `json:"unexplained,omitempty"`
}

// A Check is what one mark came to.
type Check struct {
	Title    string    `json:"title"`
	What     string    `json:"what"`
	Score    string    `json:"score"`
	Max      string    `json:"max"`
	Said     string    `json:"said"` // for the student: on the student's own work only
	Parts    []Part    `json:"parts,omitempty"`
	Override *Override `json:"override,omitempty"`
	Hidden   Hidden    `json:"hidden,omitempty"` // from students
}

// Hidden says when students get to see a mark; empty: at once.
type Hidden string

const (
	Never Hidden = "hidden"
	After Hidden = "after" // when the teacher reveals the solution
)

// A Deduction is points that the sum of the checks loses.
type Deduction struct {
	What   string `json:"what"` // differs: the network, where its numbers hide it
	Points string `json:"points"`
	Said   string `json:"said"`
}

// A Part is one layer or target of a check that is not simply right. Name,
// Own and How are the student's; Key and Want are the key's, and for the
// teacher.
type Part struct {
	Name  string `json:"name,omitempty"`
	Own   string `json:"own,omitempty"`
	Right bool   `json:"right"`
	How   string `json:"how,omitempty"`
	Key   string `json:"key,omitempty"`
	Want  string `json:"want,omitempty"`
}

// How a part came to be right or wrong, where it is not its value alone.
const (
	SameStatement = "same statement" // right: the difference arose before it
	OwnNetwork    = "own network"    // stated rightly for the student's own network
	NotStated     = "not stated"     // no claim answers it
	Computed      = "computed"       // the tool was asked, not told
	Unread        = "not readable"   // it is stated, in a way that nobody can read
	Twice         = "two answers"    // different ones, so that none counts
	Carried       = "carried"        // right for what is stated before it
	RoundedAnswer = "rounded"        // right, a fraction with fewer digits
	OtherUnit     = "other unit"     // right in the other unit of bytes
	ChannelsFirst = "channels first" // a size turned round; wrong in many it is one mistake
	NoLayer       = "no layer"       // nothing stands for the key's layer
	NotAsked      = "not asked for"  // it stands for no layer of the key
	Unknown       = "not known"      // it could not be computed
)

// A Different is the first layer that is not the key's: for the teacher.
type Different struct {
	Layer string      `json:"layer"`          // the student's; empty: there is none
	Key   string      `json:"key"`            // the key's; empty: there is none
	Kind  string      `json:"kind,omitempty"` // of one that the key does not have
	Line  int         `json:"line,omitempty"`
	Parts [][3]string `json:"parts"` // what, is, should be
}

// An Override is a teacher's word in place of a check's score.
type Override struct {
	Points string `json:"points"`
	Reason string `json:"reason"`
	Was    string `json:"was"`
}

// exact writes a number of points: as a decimal where that comes out even.
func exact(r *big.Rat) string {
	if digits, even := r.FloatPrec(); even && digits <= 4 {
		return r.FloatString(digits)
	}
	return r.RatString()
}

// Rounded writes points with two decimals, half up; zeros at the end are left
// out.
func Rounded(r *big.Rat) string {
	cents := new(big.Rat).Add(new(big.Rat).Mul(r, big.NewRat(100, 1)), big.NewRat(1, 2))
	n := new(big.Int).Div(cents.Num(), cents.Denom())
	text := new(big.Rat).SetFrac(n, big.NewInt(100)).FloatString(2)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// Points reads a number of points as records have it.
func Points(text string) (*big.Rat, bool) {
	whole, part, inParts := text, "", false
	if i := strings.IndexAny(text, "./"); i >= 0 {
		whole, part, inParts = text[:i], text[i+1:], true
	}
	if !fewDigits(whole) || inParts && !fewDigits(part) {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}

// fewDigits reports digits that are a number of points, not an attack.
func fewDigits(text string) bool {
	return text != "" && len(text) <= 40 && strings.Trim(text, "0123456789") == ""
}

// Sum sums up the checks of a record, overrides counted, and takes off what is
// deducted, what lateness costs last; it is never below 0.
func (r *Record) Sum() *big.Rat {
	sum := new(big.Rat)
	for i := range r.Checks {
		if p, ok := Points(r.Checks[i].Score); ok {
			sum.Add(sum, p)
		}
	}
	for i := range r.Deductions {
		if p, ok := Points(r.Deductions[i].Points); ok {
			sum.Sub(sum, p)
		}
	}
	if r.Lateness != nil {
		if p, ok := Points(r.Lateness.Points); ok {
			sum.Sub(sum, p)
		}
	}
	if sum.Sign() < 0 {
		return none()
	}
	return sum
}
