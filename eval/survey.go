package eval

import (
	"cnnl/eval/layer"
	"cnnl/lang"
)

// survey reads the words of layers that were never run, in blocks nobody
// used and conditions that never held, so that their mistakes are told too.
// What only a run decides, it passes over.
func (m *machine) survey(stmts []lang.Stmt) {
	if m.halted {
		return
	}
	m.surveying = true
	for i := range stmts {
		m.surveyStmt(&stmts[i], true)
	}
	m.surveying = false
}

// surveyStmt looks at a statement that was run, or not, for bodies that were
// not.
func (m *machine) surveyStmt(s *lang.Stmt, ran bool) {
	if !ran {
		m.at = s.Span
		m.readUnrun(s)
	}
	file := m.frame
	if b, ok := s.Node.(*lang.Block); ok {
		f := m.newFrame(m.unit, m.src, b.Body.Stmts)
		f.block = m.unit.blocks[b.Name.Text].block
		if f.block == nil || f.block.node != b {
			return // told already
		}
		m.frame = f
	}
	switch s.Node.(type) {
	case *lang.Accept, *lang.Misconception:
		m.keyBraces++
		defer func() { m.keyBraces-- }()
	}
	for _, body := range lang.Bodies(s.Node) {
		reached := m.reached[body]
		for i := range body.Stmts {
			m.surveyStmt(&body.Stmts[i], reached)
		}
	}
	m.frame = file
}

// bracesOf refuses what stands outside all braces, but those of a key's other
// readings.
func (m *machine) bracesOf(s *lang.Stmt, word string) {
	if m.keyBraces == 0 {
		m.notInBraces(s, word)
	}
}

// readUnrun checks the words of a layer statement, and that what stands
// outside all braces does.
func (m *machine) readUnrun(s *lang.Stmt) {
	switch s.Node.(type) {
	case *lang.Block:
		m.bracesOf(s, "block")
	case *lang.UseStmt:
		m.bracesOf(s, "use")
	}
	n, ok := s.Node.(*lang.Layer)
	if !ok {
		return
	}
	kind := m.kindNamed(n.Kind.Text)
	switch {
	case kind != nil && kind.Source:
		m.bracesOf(s, kind.Name)
	case kind == nil:
		m.unknownKind(n)
	case n.Tie == nil:
		m.bind(n, kind)
		if layer.Find(kind.Name) != nil && !kind.Merges {
			m.checkAlone(n, kind)
		}
	}
}
