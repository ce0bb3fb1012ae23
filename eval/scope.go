package eval

import (
	"strings"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// A scope holds the names of a file.
type scope struct {
	names  map[string]*entity
	counts map[*layer.Kind]int // layers of each kind so far, for automatic names
	given  map[string]bool     // names that look automatic but stand in the script
}

type entitySort uint8

const (
	lost    entitySort = iota // told to be wrong; whatever it is used for is silent
	isValue                   // a let
	isLayer
)

// An entity is what a name stands for.
type entity struct {
	sort  entitySort
	value value
	row   int32
	at    lang.Span
}

func newScope() *scope {
	return &scope{names: make(map[string]*entity, 16), counts: map[*layer.Kind]int{}}
}

func (s *scope) find(name string) *entity { return s.names[name] }

// define gives a name a meaning, or tells that it has one already.
func (m *machine) define(name lang.Key, e entity) {
	e.at = name.Span()
	if old := m.scope.find(name.Text); old != nil && old.sort != lost {
		line, _ := m.src.Position(old.at.Start)
		m.errorf(lang.Naming, name.Span(), "the name "+name.Text+" is taken",
			"line "+itoa(line)+" gives it to "+old.words(m), m.otherName(name.Text))
		return
	}
	m.scope.names[name.Text] = &e
}

// otherName is advice for a name that is taken; a second input has it only
// because none was given.
func (m *machine) otherName(name string) string {
	if layer.Find(name) != nil {
		return "give this one a name: " + name + " other " + layer.Find(name).Example[len(name)+1:]
	}
	return "choose another name"
}

func (e *entity) words(m *machine) string {
	if e.sort == isLayer {
		return "a layer: " + m.net.Rows[e.row].Kind.Name
	}
	return "a value: let"
}

// unknownName tells of a name that nobody has given so far, once.
func (m *machine) unknownName(name lang.Name, what string) {
	if m.muted > 0 {
		return
	}
	hint := ""
	detail := "nothing before this line has that name"
	if at, later := m.later(name.Text); later {
		line, _ := m.src.Position(at)
		detail = "line " + itoa(line) + " gives that name, and only earlier names can be used"
		hint = "move this statement below line " + itoa(line)
	} else if near := lang.Nearest(name.Text, m.scope.candidates(name.Text)...); near != "" {
		hint = "did you mean " + near + "?"
	} else if what == "value" {
		hint = "name the value first: let " + name.Text + " = 20"
	}
	m.errorf(lang.Naming, name.Span(), "there is no "+what+" called "+name.Text, detail, hint)
	m.scope.names[name.Text] = &entity{at: name.Span()}
}

// candidates lists the known names in the order of giving.
func (s *scope) candidates(word string) (names []string) {
	for name, e := range s.names {
		if e.sort != lost && name != word {
			names = append(names, name)
		}
	}
	sortByPlace(names, s.names)
	return names
}

// later finds where the script gives a name further down.
func (m *machine) later(name string) (at int, found bool) {
	lang.Walk(m.stmts, func(s *lang.Stmt) {
		key := givenName(s.Node)
		if !found && key.Text == name && key.At > m.at {
			at, found = key.At, true
		}
	})
	return at, found
}

// givenName is the name that a statement gives, if it gives one.
func givenName(node lang.Node) lang.Key {
	switch n := node.(type) {
	case *lang.Let:
		return lang.Key(n.Name)
	case *lang.Layer:
		if len(n.Words) > 0 && n.Words[0].No.Text == "" && !lang.Reserved(n.Words[0].Name.Text) {
			if kind := layer.Find(n.Kind.Text); kind == nil || !kind.Knows(n.Words[0].Name.Text) {
				return n.Words[0].Name
			}
		}
	}
	return lang.Key{}
}

// automatic names a layer for which the script gives no name: its kind and
// its number.
func (m *machine) automatic(kind *layer.Kind, number int) string {
	if kind.Source {
		return kind.Name
	}
	for ; ; number++ {
		name := kind.Name + itoa(number)
		if e := m.scope.find(name); e == nil && !m.isGiven(name) {
			return name
		}
	}
}

// isGiven reports whether the script itself gives a name that looks like an
// automatic one.
func (m *machine) isGiven(name string) bool {
	if m.scope.given == nil {
		m.scope.given = map[string]bool{}
		lang.Walk(m.stmts, func(s *lang.Stmt) {
			if key := givenName(s.Node).Text; layer.Find(strings.TrimRight(key, "0123456789")) != nil {
				m.scope.given[key] = true
			}
		})
	}
	return m.scope.given[name]
}
