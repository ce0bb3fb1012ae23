package grades

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"cnnl/grade"
	"cnnl/grade/report"
	"cnnl/lang"
	"cnnl/render/doc"
	"cnnl/render/terminal"
)

// writeMarkdown writes a class as a document for teachers: of each question
// what came of it, then everybody's score.
func writeMarkdown(w io.Writer, c *report.Class) error {
	var failed error
	d := &doc.Document{Name: c.Heading(), Title: c.Heading(), Blocks: func(yield func(doc.Block) bool) {
		for _, o := range c.Overviews {
			if !yield(overviewSection(c, o)) {
				return
			}
		}
		scores := doc.Table{Columns: studentColumns(), Rows: studentRows(c, &failed)}
		if yield(doc.Section{Heading: doc.Heading{Text: "scores"}, Blocks: []doc.Block{scores}}) && failed == nil {
			yield(doc.List{Items: c.Notices})
		}
	}}
	if err := doc.Markdown(w, d); err != nil {
		return err
	}
	return failed
}

func overviewSection(c *report.Class, o *grade.Overview) doc.Section {
	heading, key := doc.Heading{Text: "the class"}, c.Key
	if o.Question != "" {
		heading, key = doc.Heading{Text: c.Called(o.Question), Name: true}, o.Question
	}
	blocks := []doc.Block{overviewSentences(o, key)}
	if o.Scored() > 0 {
		blocks = append(blocks, scoresChart(o, ""), checksTable(o, ""))
		if wrong := o.WrongTotals(mostFrequent); len(wrong) > 0 {
			blocks = append(blocks, doc.Sentences{"most frequent wrong totals: " + frequencies(wrong)})
		}
	}
	blocks = append(blocks, sectionTables(o, "")...)
	return doc.Section{Heading: heading, Blocks: append(blocks, commonTables(o)...)}
}

// writePage writes a class as one page: the charts of each question, then
// everybody's score, with the checks behind a word to be opened.
func writePage(w io.Writer, c *report.Class) error {
	var failed error
	d := &doc.Document{Name: c.Heading() + ": the class", Title: c.Heading(), Charts: true, Blocks: func(yield func(doc.Block) bool) {
		for _, n := range c.Notices {
			if !yield(doc.Line{Text: n}) {
				return
			}
		}
		for i, o := range c.Overviews {
			if !yield(overviewPage(c, o, strconv.Itoa(i+1))) {
				return
			}
		}
		students := doc.Table{Caption: "All students", Under: "students", Wide: true, Columns: studentColumns(), Orders: studentOrders, Rows: detailedRows(c, &failed)}
		yield(doc.Section{Heading: doc.Heading{ID: "students", Text: "students"}, Blocks: []doc.Block{students}})
	}}
	if err := doc.HTML(w, d); err != nil {
		return err
	}
	return failed
}

// overviewPage is the section of one question, the number of which its IDs end in.
func overviewPage(c *report.Class, o *grade.Overview, number string) doc.Section {
	key := c.Key
	if o.Question != "" {
		key = o.Question
	}
	scores, checks := "scores-"+number, "checks-"+number
	blocks := []doc.Block{overviewSentences(o, key)}
	if o.Scored() > 0 {
		blocks = append(blocks, doc.Heading{ID: scores, Text: "scores"}, scoresChart(o, scores))
		if len(o.Checks) > 0 {
			blocks = append(blocks, doc.Heading{ID: checks, Text: "checks"}, checksChart(o, checks), checksTable(o, checks))
		}
		if h := o.Hardest(); h != nil {
			blocks = append(blocks, doc.Sentences{"hardest: " + h.Title + ", " + percent(h.Share()) + " of its points"})
		}
		if wrong := o.WrongTotals(mostFrequent); len(wrong) > 0 {
			blocks = append(blocks, wrongTable(wrong))
		}
		blocks = append(blocks, commonTables(o)...)
	}
	blocks = append(blocks, sectionTables(o, number)...)
	return doc.Section{Heading: doc.Heading{Text: c.Called(o.Question), Name: true}, Blocks: blocks}
}

// overviewSentences are what every report of a class begins with.
func overviewSentences(o *grade.Overview, key string) doc.Sentences {
	if o.Scored() == 0 {
		return doc.Sentences{outcomes(o, key)}
	}
	return doc.Sentences{outcomes(o, key), summary(o)}
}

func scoresChart(o *grade.Overview, under string) doc.Chart {
	c := doc.Chart{Under: under, Upright: true, Names: [2]string{"scores", "submissions"}, Full: 1}
	for _, b := range o.Distribution() {
		c.Full = max(c.Full, float64(b.Number))
		c.Bars = append(c.Bars, doc.Bar{Label: b.Least + " to " + b.Below, Short: b.Least + "–" + b.Below, Value: lang.Group(int64(b.Number)),
			Title: fmt.Sprintf("%s with %s to %s points", count(b.Number, "submission"), b.Least, b.Below), Size: float64(b.Number)})
	}
	return c
}

// longestLabel is how many columns of a check's title stand beside its bar.
const longestLabel = 28

func checksChart(o *grade.Overview, under string) doc.Chart {
	c := doc.Chart{Under: under, Names: [2]string{"check", "points got"}, Full: 1}
	for i := range o.Checks {
		k := &o.Checks[i]
		c.Bars = append(c.Bars, doc.Bar{Label: k.Title, Short: terminal.First(k.Title, longestLabel), Value: percent(k.Share()),
			Title: k.Title + ": " + percent(k.Share()) + " of its points", Size: min(k.Share(), 1)})
	}
	return c
}

func checksTable(o *grade.Overview, under string) doc.Table {
	var rows [][]doc.Cell
	for i := range o.Checks {
		rows = append(rows, doc.Cells(checkNumbers(o, i)...))
	}
	columns := []doc.Column{{Name: checkHeader[0], Names: true}}
	for _, name := range checkHeader[1:] {
		columns = append(columns, doc.Column{Name: name, Number: true})
	}
	return doc.Table{Caption: "How many got all, some or none of the points", Under: under, Wide: true, Columns: columns, Rows: slices.Values(rows)}
}

func wrongTable(wrong []grade.Frequent) doc.Table {
	var rows [][]doc.Cell
	for _, f := range wrong {
		rows = append(rows, doc.Cells(f.Answer, strconv.Itoa(f.Number)))
	}
	return doc.Table{Caption: "The most frequent wrong totals", Columns: []doc.Column{{Name: "total", Number: false}, {Name: "submissions", Number: true}}, Rows: slices.Values(rows)}
}

func studentColumns() []doc.Column {
	return []doc.Column{{Name: "id", Names: true}, {Name: "name"}, {Name: "score", Number: true}, {Name: "remark"}}
}

// studentRows has a row for each student, until reading the records fails.
func studentRows(c *report.Class, failed *error) func(yield func([]doc.Cell) bool) {
	return func(yield func([]doc.Cell) bool) {
		for s, err := range c.ByNeed() {
			if *failed = err; err != nil || !yield(studentRow(c, s)) {
				return
			}
		}
	}
}

func studentRow(c *report.Class, s report.Student) []doc.Cell {
	return doc.Cells(s.ID(), s.Name(), s.Score(), report.Joined(s.Remarks(), c.Changed(s), ""))
}

// detailedRows are those of studentRows, with what they are sorted by, a link to each
// sheet, and the checks in the last cell.
func detailedRows(c *report.Class, failed *error) func(yield func([]doc.Cell) bool) {
	return func(yield func([]doc.Cell) bool) {
		ranks, err := ranksOf(c)
		if *failed = err; err != nil {
			return
		}
		for s, err := range c.ByNeed() {
			if *failed = err; err != nil || !yield(detailedRow(c, s, ranks[s.ID()])) {
				return
			}
		}
	}
}

func detailedRow(c *report.Class, s report.Student, ranks []int) []doc.Cell {
	row := studentRow(c, s)
	row[0].Ranks = ranks
	if c.Sheet != nil {
		row[0].File = c.Sheet(s)
	}
	if checks := studentChecks(c, s); len(checks) > 0 {
		row[len(row)-1].Details = &doc.Details{Word: "checks", Table: doc.Table{Caption: "The checks of " + s.ID(),
			Columns: []doc.Column{{Names: true}, {Number: true}, {}}, Rows: slices.Values(checks)}}
	}
	return row
}

func studentChecks(c *report.Class, s report.Student) (rows [][]doc.Cell) {
	for _, r := range s {
		for i := range r.Checks {
			check := report.CheckOf(&r.Checks[i])
			if len(c.Overviews) > 1 {
				check.Title = r.Question + ": " + check.Title
			}
			rows = append(rows, doc.Cells(check.Title, check.Score+" of "+check.Max, check.Said))
		}
	}
	return rows
}
