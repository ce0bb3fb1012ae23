package resolve

import (
	"slices"

	"cnnl/eval/reading"
	"cnnl/lang"
)

// What is read otherwise than the script says it.

// begin reads the assumes that stand in front of the script.
func (r *Resolver) begin() {
	r.prog.Log.Merge(r.opts.Reading.Mistakes)
	inside, body := r.unit, r.prog.Script.Body
	for _, a := range r.opts.Reading.Assumes {
		r.unit, r.at = r.outside(a.Source), a.Span
		if node := r.assume(a.Node); node != nil {
			body.Stmts = append(body.Stmts, Stmt{a.Span, node})
		}
	}
	r.unit = inside
}

// outside is the file that the pass stands in, with another text: what is written
// there is resolved as if it stood here.
func (r *Resolver) outside(src *lang.Source) *Unit {
	unit := *r.unit
	unit.Source, unit.Uses, unit.stmts, unit.later = src, Uses{}, nil, nil
	return &unit
}

// otherwise is what stands in place of a let of the script; nil: nothing does.
func (r *Resolver) otherwise(n *lang.Let) *reading.Let {
	if r.library || r.lenient > 0 {
		return nil
	}
	return r.opts.Reading.Let(n.Name.Text)
}

// checkReading tells of values for lets that the script does not have.
func (r *Resolver) checkReading(stmts []lang.Stmt) {
	var lets []string
	if len(r.opts.Reading.Lets) > 0 {
		for _, let := range reading.Settable(stmts) {
			lets = append(lets, let.Name.Text)
		}
	}
	for _, let := range r.opts.Reading.Lets {
		if slices.Contains(lets, let.Name) {
			continue
		}
		hint := "a script says what can be set: let " + let.Name + " = 20"
		if near := lang.Nearest(let.Name, lets...); near != "" {
			hint = "did you mean " + near + "?"
		} else if len(lets) > 0 {
			hint = "its lets are " + lang.Join(lets)
		}
		r.prog.Log.Merge(lang.Diagnostics{List: []lang.Diagnostic{{Code: lang.Naming, Summary: let.Source.Name + ": the script has no let called " + let.Name, Hint: hint}}})
	}
}
