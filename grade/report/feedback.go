package report

import (
	"strings"

	"cnnl/grade"
	"cnnl/lang"
)

// What a student gets to read of a record: words about the student's own work.
// Unless the teacher reveals it, nothing of the key. All of it is visible, and
// nothing of it is taken for more than text.

// A Check is one check of a record as a student reads it.
type Check struct{ Title, Score, Max, Said string }

// Full reports that all points were earned, or more.
func (c Check) Full() bool { return c.Score == c.Max }

// CheckOf puts one check into a student's words.
func CheckOf(c *grade.Check) Check {
	shown := Check{Title: lang.Visible(c.Title), Score: rounded(c.Score), Max: rounded(c.Max), Said: lang.Visible(c.Said)}
	if c.Override != nil {
		shown.Said = "points by hand" + lang.Visible(behind(c.Override.Reason))
	}
	return shown
}

// Why says to a student why there is no score; "" if there is one.
func Why(r *grade.Record) string {
	switch r.Outcome {
	case grade.Ungradable, grade.Limit:
		return "it could not be graded: " + lang.Visible(r.Why)
	case grade.Missing:
		return "nothing was handed in"
	case grade.Internal:
		return "it was not graded: the grading program is at fault, not the submission"
	}
	return ""
}

// PassedOver names the files that were handed in and did not count; "": there are
// none.
func PassedOver(r *grade.Record) string {
	if len(r.Beside) == 0 {
		return ""
	}
	return "passed over of the files that were handed in: " + lang.Visible(strings.Join(r.Beside, ", "))
}

// Deducted says what a record loses beside its checks, and as what slips of form
// were read.
func Deducted(r *grade.Record) (list []string) {
	for _, d := range r.Deductions {
		list = append(list, pointsOff(d.Points)+": "+lang.Visible(d.Said))
	}
	for i := range r.Slips {
		list = append(list, readAs(&r.Slips[i]))
	}
	return list
}

// HandedInLate says to a student that something was late, and what that costs; "": it was
// not.
func HandedInLate(r *grade.Record) string {
	switch l := r.Lateness; {
	case !r.Late:
		return ""
	case l == nil || l.By == "":
		return "handed in late"
	case l.Points == "0" || r.Override != nil:
		return "handed in late, by " + l.By
	default:
		return "handed in late, by " + l.By + ": " + pointsOff(l.Points)
	}
}

// readAs says what a slip of form was, and what it was read as.
func readAs(s *grade.Slip) string {
	text := "line " + lang.Group(int64(s.Line)) + ", " + lang.Quote(lang.Visible(s.Was)) + ", was read as " + lang.Quote(lang.Visible(s.Read))
	if s.Read == "" {
		text = "line " + lang.Group(int64(s.Line)) + ", " + lang.Quote(lang.Visible(s.Was)) + ", was passed over"
	}
	if !s.Certain {
		text += ", which is not certain"
	}
	return text
}

// ByHand says that the teacher gave the whole score, and why; "" if grading did.
func ByHand(r *grade.Record) string {
	if r.Override == nil {
		return ""
	}
	return "Points by hand" + lang.Visible(behind(r.Override.Reason))
}

// mostRevealed is how many of the key's values a check's revelation names.
const mostRevealed = 8

// Revealed is what the key has, where the submission has something else.
func (c *Class) Revealed(r *grade.Record) (list []string) {
	for _, check := range c.Shown(r) {
		var words []string
		for _, p := range check.Parts {
			if p.Right || p.Want == "" {
				continue
			}
			if len(words) == mostRevealed {
				words = append(words, "and others")
				break
			}
			words = append(words, lang.Visible(p.Key+" is "+p.Want))
		}
		if len(words) > 0 {
			list = append(list, lang.Visible(check.Title)+": "+strings.Join(words, ", "))
		}
	}
	if d := difference(r.First); d != "" && c.Withheld(r) == "" {
		list = append(list, "first difference: "+lang.Visible(d))
	}
	return list
}

// Comment is a student's sheet in lines: the score, the checks that are not full, and
// what else there is to read.
func (c *Class) Comment(s Student) (list []string) {
	if score := s.Score(); score != "" && c.Withheld(s...) == "" {
		list = append(list, score+" of "+grade.Rounded(c.Max())+" points")
	}
	for _, r := range s {
		question := ""
		if len(s) > 1 {
			question = lang.Visible(r.Question) + ": "
		}
		for _, shown := range c.Shown(r) {
			if check := CheckOf(shown); !check.Full() {
				list = append(list, question+check.Title+": "+check.Score+" of "+check.Max+": "+check.Said)
			}
		}
		list = append(list, c.Messages(r, strings.TrimSuffix(question, ": "))...)
	}
	return list
}

// Messages is what there is to read of a record beside its checks, for a
// student of several questions with the question in front.
func (c *Class) Messages(r *grade.Record, question string) (list []string) {
	hidden := c.Withheld(r)
	add := func(text string) {
		if question != "" {
			text = lang.Visible(question) + ": " + text
		}
		list = append(list, text)
	}
	if why := Why(r); why != "" {
		add(lang.Capital(why) + ".")
	}
	if hidden != "" {
		add(lang.Capital(hidden) + ".")
	}
	for _, n := range r.Notes {
		add(lang.Capital(lang.Visible(n)) + ".")
	}
	if files := PassedOver(r); files != "" {
		add(lang.Capital(files) + ".")
	}
	for _, text := range Deducted(r) {
		add(text + ".")
	}
	for _, f := range r.Findings {
		if f.Student != "" || hidden != "" {
			continue // what is sure enough of it is among the notes; it could be of a hidden mark
		}
		add("It looks like this: " + lang.Visible(f.ID) + ".")
	}
	if hand := ByHand(r); hand != "" {
		add(hand + ".")
	}
	if late := HandedInLate(r); late != "" {
		add(lang.Capital(late) + ".")
	}
	if c.Reveal {
		for _, text := range c.Revealed(r) {
			add(text)
		}
	}
	return list
}
