package lang

import "strings"

// Some words begin a statement of a key, and are names everywhere else: a layer, or a
// block, may be called late. What follows tells which it is.

// A softWord begins a statement where what follows it could not go on as a layer.
type softWord struct {
	usage  string
	begins func(*stream) bool
	read   func(*stream) (Node, error)
}

var softWords = map[string]softWord{
	"title": {`title "Homework 3"`, beforeString, reader[Title]()},
	"due":   {`due "2026-11-30 23:59 +01:00"`, beforeTime, reader[Due]()},
	"late":  {"late 10 % a day at most 50 %, grace 15 minutes", beforeDays, reader[Late]()},
	"grace": {"late 10 % a day, grace 15 minutes", beforeMinutes, reader[Late]()}, // it goes on a late, and begins none
}

// beforeString reports a string behind the next word: no layer has one.
func beforeString(lex *stream) bool { return behind(lex, 1).Type == tString }

// beforeTime reports a string, or a date that should be one, behind the next word.
func beforeTime(lex *stream) bool {
	return beforeString(lex) || len(behind(lex, 1).Value) == len("2026") && behind(lex, 2).Value == "-" && behind(lex, 3).Type == tNumber
}

// beforeMinutes reports a number of minutes behind the next word.
func beforeMinutes(lex *stream) bool {
	return behind(lex, 1).Type == tNumber && strings.HasPrefix(behind(lex, 2).Value, "minute")
}

// beforeDays reports a number behind the next word, and a percent sign, or "a", behind that.
func beforeDays(lex *stream) bool {
	if behind(lex, 1).Type != tNumber {
		return false
	}
	sign := behind(lex, 2).Value
	return sign == "%" || sign == "a"
}

// isSoft reports a statement that one of these words began, and that could not be read.
func (b *Bad) isSoft() bool {
	switch b.Node.(type) {
	case *Title, *Due, *Late:
		return true
	}
	return false
}

// OfKey reports a statement that only keys have, and that only grading looks at.
func OfKey(n Node) bool {
	switch n.(type) {
	case *Mark, *Accept, *Misconception, *Slips, *Differs, *Title, *Due, *Late:
		return true
	}
	return false
}
