// Package reading says how a script is read otherwise than it is written: with
// other values for its lets, and under assumes that it does not have.
//
//	opts.Reading = reading.Set("filters", "32", "--set").And(reading.Assume("pad same", "--assume"))
//
// Flags, a student's row of a roster, the prompt, the other usual reading of a
// default, and an accept or misconception of a key all make a Reading, and the
// static pass, package resolve, reads the script by it.
//
// The package knows statements only, no layers and no values. What else can be
// read otherwise is one more field of Reading, and a place in resolve that asks
// for it. A Reading is never changed once it is made, so that many runs can share
// it.
package reading

import (
	"slices"

	"cnnl/lang"
)

// A Reading is how a script is read. The zero value reads it as it is written.
type Reading struct {
	Lets     []Let            // each stands in place of the script's lets of its name
	Assumes  []Assume         // in front of the script's first statement
	Mistakes lang.Diagnostics // in what could not be read
}

// A Let is another value for the script's lets of a name. It is computed where
// the let stands, by the names that are known there.
type Let struct {
	Name   string
	Value  *lang.Expr   // nil: it could not be read
	Source *lang.Source // that the value is written in; its name tells where it is from
}

// An Assume is read as if it stood in front of the script.
type Assume struct {
	*lang.Stmt
	Node   *lang.Assume
	Source *lang.Source // as a let's
}

// Set gives a script's let another value. From is where somebody gave it, as
// messages tell: --set.
func Set(name, value, from string) Reading {
	src, stmt, diags := statement("let "+name+" = "+value, from, "one value")
	let := Let{Name: name, Source: src}
	if stmt != nil {
		if n, ok := stmt.Node.(*lang.Let); ok {
			let.Value = &n.Value
		}
	}
	return Reading{Lets: []Let{let}, Mistakes: diags}
}

// Assuming puts an assume in front of a script: pad same.
func Assuming(words, from string) Reading {
	src, stmt, diags := statement("assume "+words, from, "one assume")
	r := Reading{Mistakes: diags}
	if stmt != nil {
		if n, ok := stmt.Node.(*lang.Assume); ok {
			r.Assumes = []Assume{{stmt, n, src}}
		}
	}
	return r
}

// statement reads a text that has to be one statement; nil: it is not.
func statement(text, from, takes string) (*lang.Source, *lang.Stmt, lang.Diagnostics) {
	file, diags := lang.Parse(lang.NewSource(from, text), lang.Limits{})
	switch {
	case diags.Failed():
		return file.Source, nil, diags
	case len(file.Stmts) != 1:
		diags.Add(lang.Diagnostic{Code: lang.Syntax, Source: file.Source, Span: file.Stmts[1].Span, Summary: from + " takes " + takes + ", in one statement", Hint: "leave this out, or give it on its own"})
		return file.Source, nil, diags
	}
	return file.Source, &file.Stmts[0], diags
}

// And is a reading by both. Where they differ the later one decides.
func (r Reading) And(later Reading) Reading {
	lets := slices.DeleteFunc(slices.Clone(r.Lets), func(l Let) bool { return later.Let(l.Name) != nil })
	both := Reading{Lets: append(lets, later.Lets...), Assumes: slices.Concat(r.Assumes, later.Assumes)}
	both.Mistakes.Merge(r.Mistakes)
	both.Mistakes.Merge(later.Mistakes)
	return both
}

// Let is what stands in place of the lets of a name; nil: nothing does.
func (r Reading) Let(name string) *Let {
	i := slices.IndexFunc(r.Lets, func(l Let) bool { return l.Name == name })
	if i < 0 {
		return nil
	}
	return &r.Lets[i]
}

// Settable lists the lets of a script that a reading can give other values: all
// but those in a key's other readings.
func Settable(script []lang.Stmt) (lets []*lang.Let) {
	lang.WalkWithin(script, func(s *lang.Stmt) bool {
		switch n := s.Node.(type) {
		case *lang.Let:
			lets = append(lets, n)
		case *lang.Accept, *lang.Misconception:
			return false
		}
		return true
	})
	return lets
}

// String is the let as it would stand in a script.
func (l Let) String() string { return "let " + l.Name + " = " + l.Text() }

// Text is the value as it is written.
func (l Let) Text() string {
	if l.Value == nil {
		return l.Source.Text
	}
	return written(l.Source, l.Value.Span())
}

// String is the assume as it is written.
func (a Assume) String() string { return written(a.Source, a.Span) }

func written(src *lang.Source, span lang.Span) string { return src.Text[span.Start:span.End] }
