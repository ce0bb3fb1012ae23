package foreign

import (
	"regexp"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/lang"
)

// What print(model) writes of a model of PyTorch: a module a line, those of containers
// indented.
var (
	printedLeaf = regexp.MustCompile(`^\s*\((\w+)\): \w+\(.*\)$`)
	printedOpen = regexp.MustCompile(`^\s*(\(\w+\): )?(\(\d+-\d+\): )?(\d+ x )?[A-Z]\w*\($`)
	printedEnd  = regexp.MustCompile(`^\s*\)$`)
)

// physical cuts a text into its physical lines, blank ones left out.
func physical(text string) (list []line) {
	at := 0
	for l := range strings.Lines(text) {
		bare := strings.TrimRight(l, " \t\r\n")
		start := at + len(bare) - len(strings.TrimLeft(bare, " \t"))
		if strings.TrimSpace(bare) != "" {
			list = append(list, line{span: lang.Span{Start: start, End: at + len(bare)}, end: at + len(l), indent: start - at})
		}
		at += len(l)
	}
	return list
}

// around widens a region over the lines beside it that belong to it.
func (r *region) around(i int, belongs func(text string) bool) *region {
	is := func(i int) bool {
		return i >= 0 && i < len(r.lines) && belongs(r.text[r.lines[i].span.Start:r.lines[i].span.End])
	}
	if !is(i) {
		return nil
	}
	found := *r
	for found.first = i; is(found.first - 1); {
		found.first--
	}
	for found.end = i + 1; is(found.end); {
		found.end++
	}
	return &found
}

// printed is the printed model around a place; nil: there is none.
func printed(all *region, place int) *region {
	r := all.around(all.at(place), func(l string) bool {
		return printedLeaf.MatchString(l) || printedOpen.MatchString(l) || printedEnd.MatchString(l)
	})
	if r == nil {
		return nil
	}
	r.stmts = make([]*stmt, len(r.lines))
	leaves := 0
	for i := r.first; i < r.end; i++ {
		if s := r.leaf(i); s != nil {
			r.stmts[i] = s
			leaves++
		}
	}
	if leaves == 0 {
		return nil
	}
	r.partial = "print tells of the layers, not of what is done between them"
	r.tool = dialect.PyTorch
	return r
}

// leaf is a printed module, as if it were given to an attribute.
func (r *region) leaf(i int) *stmt {
	l := r.lines[i]
	text := r.text[l.span.Start:l.span.End]
	match := printedLeaf.FindStringSubmatch(text)
	if match == nil {
		return nil
	}
	s := parseLine(scanLine(r.text, l.span.Start+strings.Index(text, ": ")+2))
	if s == nil || s.sort != sExpr || s.x.sort != eCall {
		return nil
	}
	self := &expr{sort: eName, text: "self"}
	return &stmt{sort: sAssign, targets: []*expr{{sort: eAttr, text: match[1], args: []*expr{self}}}, x: s.x, span: l.span}
}
