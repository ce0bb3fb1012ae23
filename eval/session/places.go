package session

import (
	"slices"
	"strconv"

	"cnnl/eval/reading"
	"cnnl/lang"
)

// Where in the entries a part of all that was entered stands. A message about an
// entry counts the entry's own lines; one about a script's file counts the file's.

// A Piece is a part of an entry's text.
type Piece struct{ Entry, Start, End int }

// Lets finds where the values of the script's lets of a name stand.
func (s *Session) Lets(name string) (places []Piece) {
	for _, let := range reading.Settable(s.live.Network().File.Stmts) {
		if let.Name.Text == name {
			places = append(places, s.pieceOf(let.Value.Span()))
		}
	}
	return places
}

// StatementOf finds the statement that gives a layer, or that uses a block, by its
// name; false: there is none.
func (s *Session) StatementOf(name string) (p Piece, ok bool) {
	at, ok := s.live.Statement(name)
	if !ok {
		return Piece{}, false
	}
	ok = false
	lang.WalkWithin(s.live.Network().File.Stmts, func(stmt *lang.Stmt) bool {
		if !ok && stmt.Span.Start == at {
			p, ok = s.pieceOf(stmt.Span), true
		}
		return !ok && stmt.Span.Start <= at
	})
	return p, ok
}

// pieceOf is where a part of the script stands in its entry.
func (s *Session) pieceOf(span lang.Span) Piece {
	i := s.entryAt(span.Start)
	begins := s.beginning(i)
	return Piece{i, span.Start - begins, span.End - begins}
}

// entryAt is the entry that an offset is in.
func (s *Session) entryAt(offset int) int {
	i, found := slices.BinarySearchFunc(s.entries, offset, func(e standing, offset int) int { return e.at - offset })
	if !found {
		i--
	}
	return max(i, 0)
}

// beginning is where an entry's text begins.
func (s *Session) beginning(i int) int {
	at := s.entries[i].at
	if at > 0 && s.Source.Text[at-1] != '\n' {
		at++ // the line end that parts it from the one before
	}
	return at
}

// A quotation gives messages texts of their own to point into: what was entered may
// be taken back, and grow otherwise.
type quotation struct {
	s      *Session
	stands bool                 // the entry that the messages are about
	texts  map[int]*lang.Source // by the entry; those of the script's file have one
}

// quoted are messages with places in the entries that they are about.
func (s *Session) quoted(diags lang.Diagnostics, stands bool) lang.Diagnostics {
	q := quotation{s, stands, map[int]*lang.Source{}}
	for i := range diags.List {
		d := &diags.List[i]
		src, by := q.place(d.Source, d.Span)
		for j := range d.Fixes {
			d.Fixes[j].Edits = q.edits(d.Source, d.Fixes[j].Edits)
		}
		d.Source, d.Span = src, moved(d.Span, by)
		d.Calls = slices.Clone(d.Calls)
		for j := range d.Calls {
			d.Calls[j] = q.site(d.Calls[j])
		}
		d.Related = slices.Clone(d.Related)
		for j := range d.Related {
			d.Related[j].Site = q.site(d.Related[j].Site)
		}
	}
	return diags
}

func (q *quotation) site(site lang.Site) lang.Site {
	src, by := q.place(site.Source, site.Span)
	return lang.Site{Source: src, Span: moved(site.Span, by)}
}

// edits are those of a fix; own is the source of its diagnostic.
func (q *quotation) edits(own *lang.Source, edits []lang.Edit) []lang.Edit {
	edits = slices.Clone(edits)
	for i := range edits {
		e := &edits[i]
		if e.Source == nil {
			e.Source = own
		}
		src, by := q.place(e.Source, e.Span)
		e.Source, e.Span = src, moved(e.Span, by)
	}
	return edits
}

// place is the text that a place is to be quoted from, and where that text begins.
func (q *quotation) place(src *lang.Source, span lang.Span) (own *lang.Source, begins int) {
	if src != q.s.Source || len(q.s.entries) == 0 {
		return src, 0
	}
	s, i := q.s, q.s.entryAt(span.Start)
	switch {
	case i >= s.script:
		begins = s.beginning(i)
	case q.stands:
		return src, 0 // what is of the file only grows
	default:
		i = s.script - 1
	}
	if q.texts[i] == nil {
		q.texts[i] = q.text(i, begins)
	}
	return q.texts[i], begins
}

// text is that of an entry, or of all that is of the script's file.
func (q *quotation) text(i, begins int) *lang.Source {
	s := q.s
	if i < s.script {
		return s.Source.Copy()
	}
	end := len(s.Source.Text)
	if i+1 < len(s.entries) {
		end = s.entries[i+1].at
	}
	return lang.NewSource("entry "+strconv.Itoa(i-s.script+1), s.Source.Text[begins:end])
}

func moved(s lang.Span, by int) lang.Span { return lang.Span{Start: s.Start - by, End: s.End - by} }
