package lang

import "strings"

// settle decides, before anything is written, what the pieces' surroundings
// decide.
func (f *formatter) settle() {
	f.spreadBodies()
	f.shorten()
	f.tighten()
}

// spreadBodies finds the bodies that take more than one line.
func (f *formatter) spreadBodies() {
	type body struct{ from, breaks int } // its {, and the line ends before what it holds
	var open []body
	breaks := 0
	for i := range f.pieces {
		p := &f.pieces[i]
		if p.text == "}" {
			b := open[len(open)-1]
			open = open[:len(open)-1]
			last := p.newline && (i > b.from+1 || len(p.comments) > 0)
			f.pieces[b.from].spread, p.spread = last || breaks > b.breaks, last || breaks > b.breaks
		}
		if p.newline {
			breaks++
		}
		if p.text == "{" {
			open = append(open, body{i, breaks})
		}
	}
}

// shorten writes × as x, and $(n) as $n where it is a word by itself; a side
// of a size has its brackets.
func (f *formatter) shorten() {
	kept := make([]piece, 0, len(f.pieces))
	first, inside := piece{}, 0
	for i := 0; i < len(f.pieces); i++ {
		p := f.pieces[i]
		if p.ends || i == 0 || f.pieces[i-1].text == "{" {
			first, inside = p, 0
		}
		if p.class == tSize || p.class == tBy {
			p.text = strings.ReplaceAll(p.text, "×", "x")
		}
		word := inside == 0 && (first.class == tName || first.text == "assume")
		switch {
		case word && f.isPlainDollar(i):
			p.text, p.class = "$"+f.pieces[i+1].text, tDollar
			i += 2
		case p.class == tDollar && i > 0 && f.pieces[i-1].class == tBy:
			name := piece{text: p.text[1:], class: tName}
			p.text, p.class = "$(", tOp
			kept = append(kept, p, name)
			p = piece{text: ")", class: tOp}
		case strings.HasSuffix(p.text, "("), p.text == "[":
			inside++
		case p.text == ")", p.text == "]":
			inside--
		}
		kept = append(kept, p)
	}
	f.pieces = kept
}

// isPlainDollar reports whether $(n) begins at a piece, and is no side of a
// size.
func (f *formatter) isPlainDollar(i int) bool {
	if i+3 >= len(f.pieces) || f.pieces[i].text != "$(" || f.pieces[i+1].class != tName || f.pieces[i+2].text != ")" {
		return false
	}
	for _, p := range f.pieces[i+1 : i+3] {
		if len(p.comments) > 0 {
			return false
		}
	}
	return f.pieces[i+3].class != tBy && (i == 0 || f.pieces[i-1].class != tBy)
}

// A segment is a calculation between brackets, comparisons and commas.
type segment struct{ operators []int }

// tighten decides around which operators no blanks stand: a product in a sum
// is written 3*3*4 + 1.
func (f *formatter) tighten() {
	open := []segment{{}}
	for i := range f.pieces {
		p := &f.pieces[i]
		switch inner := &open[len(open)-1]; {
		case strings.HasSuffix(p.text, "("), p.text == "[", p.text == "{":
			open = append(open, segment{})
		case p.text == ")", p.text == "]", p.text == "}":
			f.closeSegment(inner)
			open = open[:len(open)-1]
		case p.computes() && !f.isSign(i):
			inner.operators = append(inner.operators, i)
		case p.ends, p.class == tKeyword && p.text != "here" && p.text != "in" && p.text != "total", p.class == tOp && p.text != ".." && !p.computes():
			f.closeSegment(inner)
			*inner = segment{}
		}
	}
}

// computes reports an operator between two numbers that gives a number.
func (p *piece) computes() bool { return p.class == tOp && operatorsByText[p.text].computes() }

// isSign reports a minus that belongs to the number behind it, and notes it.
func (f *formatter) isSign(i int) bool {
	if f.pieces[i].text != "-" {
		return false
	}
	before := piece{ends: true}
	if i > 0 {
		before = f.pieces[i-1]
	}
	f.pieces[i].unary = f.pieces[i].ends || before.class == tKeyword && !refKeywords[before.text] || before.class == tOp && before.text != ")" && before.text != "]"
	return f.pieces[i].unary
}

func (f *formatter) closeSegment(s *segment) {
	sums := 0
	for _, i := range s.operators {
		if operatorsByText[f.pieces[i].text].Between == Addition {
			sums++
		}
	}
	for _, i := range s.operators {
		p := &f.pieces[i]
		switch operatorsByText[p.text].spacing {
		case tight:
			p.tight = true
		case tightInTerm:
			p.tight = len(s.operators) > 1
		case tightInSum:
			p.tight = sums > 0
		}
	}
}

// between is what stands between two pieces on a line.
func (f *formatter) between(p, before *piece) string {
	switch {
	case p.ends && p.text != "}" && before.text != "{":
		return "; "
	case p.text == "," || p.text == ")" || p.text == "]" || p.text == "[" || p.class == tAttr || p.class == tBy || p.text == "..":
		return ""
	case strings.HasSuffix(before.text, "(") || before.text == "[" || before.class == tBy || before.text == "..":
		return ""
	case p.text == "(" && before.class == tName:
		return ""
	case p.tight, before.tight, before.unary:
		return ""
	}
	return " "
}
