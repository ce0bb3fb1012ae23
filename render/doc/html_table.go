package doc

import (
	"net/url"
	"strconv"
	"strings"

	"cnnl/eval/calc"
)

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
	p.orders(t)
	p.print(before, "<table", role(t, "table"), columnsOf(t), ">\n<caption>", htmlText(t.Caption), "</caption>\n")
	if t.headed() {
		p.head(t)
		p.print("<tbody", role(t, "rowgroup"), ">\n")
	}
	for row := range t.Rows {
		p.row(t, row)
	}
	if t.headed() {
		p.print("</tbody>\n")
	}
	p.print("</table>", after)
}

// orders are buttons to choose an order of rows by. What they do stands in chart.css, so
// that it needs no script: rows stay as they come, and are set in another order.
func (p html) orders(t Table) {
	if len(t.Orders) == 0 {
		return
	}
	p.print(`<fieldset class="orders"><legend>Order of the rows</legend>`)
	for i, word := range t.Orders {
		checked := ""
		if i == 0 {
			checked = " checked"
		}
		p.print(`<label><input type="radio"`, attribute("name", "order-"+t.Under), checked, ">", htmlText(word), "</label>\n")
	}
	p.print("</fieldset>\n")
}

// columnsOf says how many columns a table has whose rows may be set in another order.
func columnsOf(t Table) string {
	if len(t.Orders) == 0 {
		return ""
	}
	return attribute("style", "--columns:"+strconv.Itoa(len(t.Columns)))
}

// role says what a part of a table is where its rows may be set in another order: some
// browsers forget it then.
func role(t Table, name string) string {
	if len(t.Orders) == 0 {
		return ""
	}
	return attribute("role", name)
}

func (p html) head(t Table) {
	p.print("<thead", role(t, "rowgroup"), "><tr", role(t, "row"), ">")
	for _, c := range t.Columns {
		p.print(`<th scope="col"`, role(t, "columnheader"), c.class(), ">", htmlText(c.Name), "</th>")
	}
	p.print("</tr></thead>\n")
}

func (p html) row(t Table, row []Cell) {
	p.print("<tr", role(t, "row"), ranks(row), ">")
	for i, c := range t.Columns {
		if c.Names {
			p.print(`<th scope="row"`, role(t, "rowheader"), c.class(), ">")
			p.cell(row[i])
			p.print("</th>")
		} else {
			p.print("<td", role(t, "cell"), c.class(), ">")
			p.cell(row[i])
			p.print("</td>")
		}
	}
	p.print("</tr>\n")
}

// ranks are where a row stands in the orders of its table but the first, as chart.css
// reads them.
func ranks(row []Cell) string {
	var list []string
	if len(row) > 0 {
		for i, r := range row[0].Ranks {
			list = append(list, "--order-"+strconv.Itoa(i+2)+":"+strconv.Itoa(r))
		}
	}
	return attribute("style", strings.Join(list, ";"))
}

func (p html) cell(c Cell) {
	text := htmlText(c.Text)
	if to := c.address(); to != "" {
		text = "<a" + attribute("href", to) + ">" + text + "</a>"
	}
	p.print(text)
	if c.Details != nil {
		p.print("<details><summary>", htmlText(c.Details.Word), "</summary>")
		p.table(c.Details.Table)
		p.print("</details>")
	}
}

// address is what a cell leads to: a part of the page, or a file, whose name is never
// taken for more than a name.
func (c Cell) address() string {
	if c.Link != "" {
		return "#" + c.Link
	}
	return (&url.URL{Path: c.File}).String()
}

func (c Column) class() string {
	if c.Number {
		return ` class="number"`
	}
	return ""
}
