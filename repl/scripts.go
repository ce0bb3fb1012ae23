package repl

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/reading"
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
	l.own[cleaned(path)] = true
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
		a := s.EnterScript(strings.TrimPrefix(strings.TrimPrefix(piece, ";"), "\n"))
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
	if !l.own[cleaned(path)] && l.Files.Exists(path) {
		l.fail("%s exists, and this session has neither loaded nor saved it; :save! %s writes over it", path, path)
		return
	}
	l.saveOver(path)
}

// saveOver writes what stands to a file, whatever the file has.
func (l *loop) saveOver(path string) {
	if path == "" {
		l.fail("write :save! FILE")
		return
	}
	if err := l.Files.Save(path, l.script()); err != nil {
		l.fail("%v", err)
		return
	}
	l.own[cleaned(path)] = true
	if l.usesFiles() && folderOf(path) != l.now().folder {
		l.say("it uses files as seen from " + l.now().folder + "/; it will not find them from " + folderOf(path) + "/")
	}
	fmt.Fprintf(l.Out, "  saved to %s: %s\n", lang.Visible(path), layersOf(l.now().Session))
}

// cleaned is a path in one spelling.
func cleaned(file string) string { return path.Clean(filepath.ToSlash(file)) }

// script is what stands as a script that is read so without flags: with what was
// assumed in front of it, and with the values that were set.
func (l *loop) script() string {
	how := l.now().opts.Reading
	if len(how.Assumes)+len(how.Lets) == 0 {
		return l.now().Script()
	}
	var texts []string
	for _, e := range l.now().Standing() {
		texts = append(texts, e.Text)
	}
	for _, v := range l.valuesSet() {
		texts[v.Entry] = texts[v.Entry][:v.Start] + v.text + texts[v.Entry][v.End:]
	}
	for i, a := range inForce(how.Assumes) {
		texts = slices.Insert(texts, i, a.String())
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

// inForce leaves out assumes that later ones of the same option overrule.
func inForce(assumes []reading.Assume) (list []reading.Assume) {
	overruled := map[string]bool{}
	for i := len(assumes) - 1; i >= 0; i-- {
		kind, option := subject(assumes[i].Node)
		if option != "" {
			if overruled[option] || overruled[kind+" "+option] {
				continue
			}
			overruled[strings.TrimSpace(kind+" "+option)] = true
		}
		list = append(list, assumes[i])
	}
	slices.Reverse(list)
	return list
}

// subject is the one option that an assume is about, and the kind, where it names
// one; no option: there are several.
func subject(a *lang.Assume) (kind, option string) {
	words := a.Words
	if len(words) > 1 && layer.Find(words[0].Name.Text) != nil {
		kind, words = words[0].Name.Text, words[1:]
	}
	if len(words) == 0 || len(words) > 2 || len(words) == 2 && words[1].No.Text != "" {
		return kind, ""
	}
	return kind, words[0].Name.Text
}
