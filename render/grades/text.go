package grades

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"cnnl/grade"
	"cnnl/grade/report"
	"cnnl/lang"
	"cnnl/render/terminal"
)

// mostFrequent is how many wrong totals are listed.
const mostFrequent = 5

// Text writes what a teacher wants to know first: everybody's score in a
// class of ordinary size, those without one in a larger one, then the class
// as a whole.
func Text(w io.Writer, t terminal.Terminal, c *report.Class) error {
	out := bufio.NewWriter(w)
	list := scores(t, out, c)
	if c.Listed.Len() == 1 && len(list) == 1 {
		checks(t, out, list[0])
	} else {
		overviews(t, out, c)
	}
	for _, n := range c.Notices {
		io.WriteString(out, t.Paint(terminal.Magenta, "note: ")+t.Wrap(lang.Visible(n), len("note: "))+"\n")
	}
	return out.Flush()
}

func overviews(t terminal.Terminal, w io.Writer, c *report.Class) {
	for i, o := range c.Overviews {
		if i > 0 {
			io.WriteString(w, "\n")
		}
		io.WriteString(w, overview(t, o, c.Key))
	}
}

// scores lists students.
func scores(t terminal.Terminal, w io.Writer, c *report.Class) []report.Student {
	list, more := c.Listed.Students()
	ids, points := len("id"), len("score")
	var rows [][]string
	for _, s := range list {
		id := lang.Visible(s.ID())
		if t.Width > 0 {
			id = terminal.First(id, max(t.Width/3, 12))
		}
		ids, points = max(ids, terminal.Width(id)), max(points, len(s.Score()))
		rows = append(rows, []string{id, s.Score(), lang.Visible(report.Joined(report.Joined(s.Name(), c.Changed(s), ""), s.Remarks(), ""))})
	}
	columns := []terminal.Column{{Name: "id"}, {Name: "score", Right: true}, {Name: "remark", Widest: room(t, ids+points+2*terminal.Gap)}}
	if len(list) > 0 {
		io.WriteString(w, t.Table(columns, rows)+"\n\n")
	}
	if len(list) == 0 && c.Previous != nil {
		io.WriteString(w, t.Wrap("every score is as it was", 0)+"\n\n")
	}
	if more > 0 {
		fmt.Fprintf(w, "and %s more; -o csv lists everybody\n\n", lang.Group(int64(more)))
	}
	return list
}

// checks lists what was found of one student.
func checks(t terminal.Terminal, w io.Writer, s report.Student) {
	for _, r := range s {
		titles, points, of := len("check"), len("points"), len("of")
		var rows [][]string
		for i := range r.Checks {
			c := report.CheckOf(&r.Checks[i])
			titles, points, of = max(titles, terminal.Width(c.Title)), max(points, len(c.Score)), max(of, len(c.Max))
			rows = append(rows, []string{c.Title, c.Score, c.Max, c.Said})
		}
		if t.Width > 0 {
			titles = min(titles, max(t.Width/3, 12))
		}
		columns := []terminal.Column{{Name: "check", Widest: titles}, {Name: "points", Right: true}, {Name: "of", Right: true},
			{Name: "what was found", Widest: room(t, titles+points+of+3*terminal.Gap)}}
		if len(rows) > 0 {
			io.WriteString(w, t.Table(columns, rows)+"\n")
		}
		for _, n := range slices.Concat(r.Notes, report.Deducted(r), nonEmpty(report.HandedInLate(r))) {
			io.WriteString(w, t.Wrap(lang.Visible(n), 0)+"\n")
		}
	}
}

// room is what is left beside so many columns; 0: as wide as it takes.
func room(t terminal.Terminal, taken int) int {
	if t.Width == 0 {
		return 0
	}
	return max(t.Width-taken, 12)
}

// overview tells of a class as a whole.
func overview(t terminal.Terminal, o *grade.Overview, key string) string {
	var b strings.Builder
	if o.Question != "" {
		key = o.Question
	}
	b.WriteString(t.Wrap(outcomes(o, lang.Visible(key)), 0) + "\n")
	if o.Scored() == 0 {
		return b.String()
	}
	b.WriteString(t.Wrap(summary(o), 0) + "\n\n")
	b.WriteString(terminal.Aligned(histogram(t, o)) + "\n")
	rows := [][]string{checkHeader}
	for i := range o.Checks {
		rows = append(rows, checkNumbers(o, i))
	}
	b.WriteString(t.Columns(rows))
	if h := o.Hardest(); h != nil {
		b.WriteString(t.Wrap("hardest: "+lang.Visible(h.Title)+", "+percent(h.Share())+" of its points", 0) + "\n")
	}
	if len(o.Sections) > 0 {
		b.WriteString("\n" + t.Columns(sectionRows(o)) + "\n")
	}
	if wrong := o.WrongTotals(mostFrequent); len(wrong) > 0 {
		b.WriteString(t.Wrap("most frequent wrong totals: "+frequencies(wrong), 0) + "\n")
	}
	if found := o.Misconceptions(mostFrequent); len(found) > 0 {
		b.WriteString(t.Wrap("most frequent mistakes: "+frequencies(found), 0) + "\n")
	}
	if list := o.Unexplained(); len(list) > 0 {
		b.WriteString(t.Wrap("stated by many, and not explained: "+frequencies(list)+"; a misconception in the key can name one", 0) + "\n")
	}
	writeCommons(&b, t, o)
	return b.String()
}

// checkHeader names the columns of checkNumbers.
var checkHeader = []string{"check", "of", "all", "some", "none", "points got", "discrimination"}

// checkNumbers say how many got all, some and none of a check's points, and how well it
// tells good scripts from poor ones.
func checkNumbers(o *grade.Overview, i int) []string {
	c := &o.Checks[i]
	full, some, nothing := c.Numbers()
	tells := ""
	if correlation, ok := o.Discrimination(i); ok {
		tells = percent(correlation)
	}
	return []string{lang.Visible(c.Title), grade.Rounded(c.Max), lang.Group(int64(full)), lang.Group(int64(some)), lang.Group(int64(nothing)), percent(c.Share()), tells}
}

// outcomes says how many submissions there are, and what became of them.
func outcomes(o *grade.Overview, key string) string {
	text := count(o.Number, "submission") + " for " + key
	sign := ": "
	if n := o.Outcomes[grade.Missing]; n == o.Number {
		text = "no submission for " + key
	}
	for _, outcome := range grade.Outcomes {
		if n := o.Outcomes[outcome]; n > 0 {
			text += sign + lang.Group(int64(n)) + " " + string(outcome)
			sign = ", "
		}
	}
	if o.Late > 0 {
		text += "; " + lang.Group(int64(o.Late)) + " late"
	}
	return text
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return lang.Group(int64(n)) + " " + what + "s"
}

// summary is the scores in one sentence.
func summary(o *grade.Overview) string {
	least, greatest := o.Extremes()
	return fmt.Sprintf("scores out of %s: mean %s, median %s, from %s to %s", grade.Rounded(o.Max), o.Mean(), o.Median(), least, greatest)
}

func percent(share float64) string {
	if math.Abs(share) < 0.005 { // not -0
		share = 0
	}
	return fmt.Sprintf("%.0f %%", 100*share)
}

func frequencies(list []grade.Frequent) string {
	var words []string
	for _, f := range list {
		words = append(words, lang.Visible(f.Answer)+" ("+lang.Group(int64(f.Number))+")")
	}
	return strings.Join(words, ", ")
}

// histogram draws the scores, as a row for each range.
func histogram(t terminal.Terminal, o *grade.Overview) (rows [][]string) {
	list := o.Distribution()
	most := 1
	for _, b := range list {
		most = max(most, b.Number)
	}
	labels, longest := 0, 40
	for i, b := range list {
		label := b.Least + " to below " + b.Below
		if i == len(list)-1 {
			label = b.Least + " to " + b.Below
		}
		labels = max(labels, len(label))
		rows = append(rows, []string{label, lang.Group(int64(b.Number))})
	}
	if t.Width > 0 {
		longest = min(longest, max(t.Width-labels-len(lang.Group(int64(most)))-3*terminal.Gap, 5))
	}
	for i, b := range list {
		bar := strings.Repeat("█", (b.Number*longest+most-1)/most)
		rows[i] = append(rows[i], bar+strings.Repeat(" ", longest-terminal.Width(bar)))
	}
	return rows
}
