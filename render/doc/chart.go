package doc

import (
	"math"
	"slices"
	"strconv"
)

// A Chart is bars, one for each of a few sizes. Sinks that draw nothing have a
// table in its place.
type Chart struct {
	Under   string    // the ID of the heading that calls it by name
	Upright bool      // the bars stand; otherwise they lie
	Names   [2]string // what labels and values are
	Full    float64   // the size of the longest bar that there is room for
	Bars    []Bar
}

// A Bar is what its label says, and how long it is.
type Bar struct {
	Label string
	Short string // the label where there is little room
	Value string // its size in words
	Title string // label and value in words that a reader can do without the chart
	Size  float64
}

func (Chart) block() {}

// table is the chart for a sink that does not draw.
func (c Chart) table() Table {
	var rows [][]Cell
	for _, b := range c.Bars {
		rows = append(rows, Cells(b.Label, b.Value))
	}
	return Table{Columns: []Column{{Name: c.Names[0], Names: true}, {Name: c.Names[1], Number: true}}, Rows: slices.Values(rows)}
}

// The sizes of charts, in units of their own.
const (
	binWidth   = 56
	binHeight  = 120
	binTop     = 24 // room for the value over the longest bar
	barHeight  = 30
	barWidth   = 320
	barLeft    = 200
	chartWidth = 580 // of bars that lie, with label and value
)

func (p html) chart(c Chart) {
	width, height := chartWidth, len(c.Bars)*barHeight
	if c.Upright {
		width, height = len(c.Bars)*binWidth, binTop+binHeight+24
	}
	label := attribute("aria-labelledby", c.Under)
	p.print(`<div class="wide" tabindex="0" role="region"`, label, `><svg viewBox="0 0 `, strconv.Itoa(width), " ", strconv.Itoa(height), `"`,
		number("width", width*3/2), ` role="img"`, label, ">\n")
	if c.Upright {
		base := strconv.Itoa(binTop+binHeight) + ".5"
		p.print(`<line x1="0" y1="`, base, `"`, number("x2", width), ` y2="`, base, `"/>`, "\n")
	}
	for i, b := range c.Bars {
		p.print("<g><title>", htmlText(b.Title), "</title>")
		if c.Upright {
			p.standing(c, i, b)
		} else {
			p.lying(c, i, b)
		}
		p.print("</g>\n")
	}
	p.print("</svg></div>\n")
}

// standing draws a bar with its value over it and its label under it.
func (p html) standing(c Chart, i int, b Bar) {
	length, middle := int(math.Ceil(b.Size*binHeight/c.Full)), number("x", i*binWidth+binWidth/2)
	p.bar(i*binWidth+4, binTop+binHeight-length, binWidth-8, length)
	p.print("<text", middle, number("y", binTop+binHeight-length-6), ` text-anchor="middle">`, htmlText(b.Value), "</text>",
		"<text", middle, number("y", binTop+binHeight+16), ` text-anchor="middle">`, htmlText(b.Short), "</text>")
}

// lying draws a bar between its label and its value.
func (p html) lying(c Chart, i int, b Bar) {
	length, base := int(barWidth*b.Size/c.Full), number("y", i*barHeight+20)
	p.print("<text", number("x", barLeft-8), base, ` text-anchor="end">`, htmlText(b.Short), "</text>")
	p.bar(barLeft, i*barHeight+5, length, barHeight-10)
	p.print("<text", number("x", barLeft+length+6), base, ">", htmlText(b.Value), "</text>")
}

func (p html) bar(x, y, width, height int) {
	p.print("<rect", number("x", x), number("y", y), number("width", width), number("height", height), "/>")
}

func number(name string, n int) string { return attribute(name, strconv.Itoa(n)) }
