package repl

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"cnnl/eval/session"
	"cnnl/lang"
)

func (l *loop) load(path string) {
	if path == "" {
		l.fail("write :load FILE")
		return
	}
	text, opts, err := l.Files.Load(path)
	if err != nil {
		l.fail("%v", err)
		return
	}
	path = filepath.ToSlash(path)                            // messages are the same on every system
	opts.Interrupted, opts.Whole = l.Eval.Interrupted, false // a script stands where run lets it
	file, diags := lang.Parse(lang.NewSource(path, text), l.Limits)
	if l.tell(diags); diags.Failed() {
		l.say("nothing was loaded")
		return
	}
	s, diags := session.New(path, opts, l.Limits)
	l.tell(diags)
	for i, piece := range lang.Pieces(file) {
		a := s.Enter(strings.TrimPrefix(strings.TrimPrefix(piece, ";"), "\n"))
		if !a.OK && l.interrupted() {
			l.say("interrupted; everything stands as before")
			l.failed = true
			return
		}
		if l.tell(a.Diags); !a.OK {
			line, _ := file.Source.Position(file.Stmts[i].Span.Start)
			l.say(fmt.Sprintf("loaded up to line %d", line-1))
			break
		}
	}
	l.replace(version{s, 0, opts, folderOf(path)})
	fmt.Fprintf(l.Out, "  %s: %s, total %s\n", lang.Visible(path), layersOf(s), lang.Group(s.Nodes().Totals.Params()))
}

// layersOf counts the layers that stand, inputs left out.
func layersOf(s *session.Session) string {
	n := 0
	net := s.Nodes()
	for i := range net.Nodes {
		if !net.Nodes[i].Kind.Source {
			n++
		}
	}
	if n == 1 {
		return "1 layer"
	}
	return lang.Group(int64(n)) + " layers"
}

func (l *loop) save(path string) {
	if path == "" {
		l.fail("write :save FILE")
		return
	}
	if err := l.Files.Save(path, l.script()); err != nil {
		l.fail("%v", err)
		return
	}
	if l.usesFiles() && folderOf(path) != l.now().folder {
		l.say("it uses files as seen from " + l.now().folder + "/; it will not find them from " + folderOf(path) + "/")
	}
	fmt.Fprintf(l.Out, "  saved to %s: %s\n", lang.Visible(path), layersOf(l.now().Session))
}

// script is what stands as a script that is read so without flags: with what was
// assumed in front of it, and with the values that were set.
func (l *loop) script() string {
	how, texts := l.now().opts.Reading, l.now().Texts()
	if len(how.Assumes)+len(how.Lets) == 0 {
		return l.now().Script()
	}
	for _, v := range l.valuesSet() {
		texts[v.Entry] = texts[v.Entry][:v.Start] + v.text + texts[v.Entry][v.End:]
	}
	for i := range how.Assumes {
		texts = slices.Insert(texts, i, how.Assumes[i].String())
	}
	return strings.Join(texts, "\n") + "\n"
}

// A valueSet is what a let has instead of what stands in its entry.
type valueSet struct {
	session.Piece
	text string
}

// valuesSet lists them from the end, so that places hold when they are put in.
func (l *loop) valuesSet() (list []valueSet) {
	for _, let := range l.now().opts.Reading.Lets {
		for _, place := range l.now().Lets(let.Name) {
			list = append(list, valueSet{place, let.Text()})
		}
	}
	slices.SortFunc(list, func(a, b valueSet) int { return cmp.Or(b.Entry-a.Entry, b.Start-a.Start) })
	return list
}

// usesFiles reports a use of a file.
func (l *loop) usesFiles() bool {
	return slices.ContainsFunc(l.now().Nodes().File.Stmts, func(s lang.Stmt) bool {
		use, ok := s.Node.(*lang.UseStmt)
		return ok && use.Name.Text == ""
	})
}

// folderOf is the folder of a file, as it is written.
func folderOf(file string) string { return path.Dir(filepath.ToSlash(file)) }
