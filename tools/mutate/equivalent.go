package main

import (
	"fmt"
	"os"
	"strings"
)

// A change is a mutant as the list of equivalents has it. It says nothing of where
// the line stands, so that it outlives edits elsewhere.
type change struct {
	rule          string // the room, and the function or table in it
	before, after string
}

func (m mutant) change() change {
	return change{m.file.path + " " + m.rule, m.before(), m.after()}
}

// equivalents reads a list of changes that change nothing, each with a reason:
//
//	# why it is the same
//	in cnnl/eval/layer (*Call).extent
//	- the line
//	+ the line as the mutant has it
//
// A reason stands for all changes up to the next reason, and a function for all up
// to the next one.
func equivalents(name string) (map[change]string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	list := map[change]string{}
	var reason, rule, before string
	for i, line := range strings.Split(string(text), "\n") {
		kind, rest, _ := strings.Cut(line, " ")
		switch kind {
		case "":
			reason, rule, before = "", "", ""
		case "#":
			reason = strings.TrimSpace(reason + " " + rest)
		case "in":
			rule = rest
		case "-":
			before = rest
		case "+":
			if reason == "" || rule == "" || before == "" {
				return nil, fmt.Errorf("%s:%d: a change needs a reason, a function and the line before it", name, i+1)
			}
			list[change{rule, before, rest}] = reason
		default:
			return nil, fmt.Errorf("%s:%d: found %q, expected #, in, - or +", name, i+1, kind)
		}
	}
	return list, nil
}
