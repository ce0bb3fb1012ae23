package doc

import "cnnl/eval/calc"

// htmlFormula is a calculation with what it gives, as MathML.
func htmlFormula(e calc.Expr, value string) string {
	return `<span class="formula"><math>` + e.MathML() + "<mo>=</mo><mn>" + htmlText(value) + "</mn></math></span>"
}

func (p html) table(t Table) {
	before, after := "", ""
	if t.Wide {
		label := attribute("aria-label", t.Caption)
		if t.Under != "" {
			label = attribute("aria-labelledby", t.Under)
		}
		before, after = `<div class="wide" tabindex="0" role="region"`+label+">", "</div>"
	}
	p.print(before, "<table>\n<caption>", htmlText(t.Caption), "</caption>\n")
	if t.headed() {
		p.head(t)
		p.print("<tbody>\n")
	}
	for row := range t.Rows {
		p.row(t, row)
	}
	if t.headed() {
		p.print("</tbody>\n")
	}
	p.print("</table>", after)
}

func (p html) head(t Table) {
	p.print("<thead><tr>")
	for _, c := range t.Columns {
		p.print(`<th scope="col"`, c.class(), ">", htmlText(c.Name), "</th>")
	}
	p.print("</tr></thead>\n")
}

func (p html) row(t Table, row []Cell) {
	p.print("<tr>")
	for i, c := range t.Columns {
		if c.Names {
			p.print(`<th scope="row"`, c.class(), ">")
			p.cell(row[i])
			p.print("</th>")
		} else {
			p.print("<td", c.class(), ">")
			p.cell(row[i])
			p.print("</td>")
		}
	}
	p.print("</tr>\n")
}

func (p html) cell(c Cell) {
	text := htmlText(c.Text)
	if c.Link != "" {
		text = "<a" + attribute("href", "#"+c.Link) + ">" + text + "</a>"
	}
	p.print(text)
	if c.Details != nil {
		p.print("<details><summary>", htmlText(c.Details.Word), "</summary>")
		p.table(c.Details.Table)
		p.print("</details>")
	}
}

func (c Column) class() string {
	if c.Number {
		return ` class="number"`
	}
	return ""
}
