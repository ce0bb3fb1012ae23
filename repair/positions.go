package repair

import "cnnl/lang"

// positions lead from a text that edits have changed back to the text as it was. They
// are the pieces that it is made of, in their order.
type positions []piece

// A piece of a text is kept from the text as it was, or put in.
type piece struct {
	was  int // where it begins in the text as it was; what is put in: what it stands before
	size int
	kept bool
}

// after are the positions when further edits of the text are carried out.
func (p positions) after(edits []lang.Edit) positions {
	for i := len(edits) - 1; i >= 0; i-- { // from behind, so that the places of the others stay
		e := edits[i]
		front, rest := p.cut(e.Span.Start)
		_, behind := rest.cut(e.Span.End - e.Span.Start)
		was := 0
		switch {
		case len(rest) > 0:
			was = rest[0].was
		case len(front) > 0:
			was = front[len(front)-1].end()
		}
		p = append(append(front, piece{was, len(e.Text), false}), behind...)
	}
	return p
}

// end is where a piece ended in the text as it was.
func (p piece) end() int {
	if p.kept {
		return p.was + p.size
	}
	return p.was
}

// cut parts the pieces at a place.
func (p positions) cut(at int) (front, behind positions) {
	for i, q := range p {
		if at < q.size {
			front = append(front, p[:i]...)
			if at > 0 {
				front = append(front, piece{q.was, at, q.kept})
			}
			rest := piece{q.was, q.size - at, q.kept}
			if q.kept {
				rest.was += at
			}
			return front, append(positions{rest}, p[i+1:]...)
		}
		at -= q.size
	}
	return append(front, p...), nil
}

// back is where a place was; of one within what was put in, what that stands before.
func (p positions) back(at int) int {
	for i, q := range p {
		if at < q.size || at == q.size && (i == len(p)-1 || q.kept && !p[i+1].kept) {
			if q.kept {
				return q.was + at
			}
			return q.was
		}
		at -= q.size
	}
	return 0
}

func (p positions) span(s lang.Span) lang.Span {
	was := lang.Span{Start: p.back(s.Start), End: p.back(s.End)}
	was.End = max(was.End, was.Start)
	return was
}

// edits turns edits of the changed text into such of the text as it was; false: they
// touch what has been changed.
func (p positions) edits(list []lang.Edit) (was []lang.Edit, ok bool) {
	for _, e := range list {
		span, ok := p.within(e.Span)
		if !ok {
			return nil, false
		}
		was = append(was, lang.Edit{Span: span, Text: e.Text})
	}
	return was, true
}

// within is where a range was that lies in one piece that is kept.
func (p positions) within(s lang.Span) (was lang.Span, ok bool) {
	at := 0
	for _, q := range p {
		if q.kept && at <= s.Start && s.End <= at+q.size {
			return lang.Span{Start: q.was + s.Start - at, End: q.was + s.End - at}, true
		}
		at += q.size
	}
	return s, false
}
