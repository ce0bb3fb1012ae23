package lms

import (
	"errors"
	"path"
	"strconv"
	"strings"
)

// Gradescope puts a file beside the folders of what was handed in that says whose
// each is, as a group's is of several.

// A Member is one of those who handed something in together, and when.
type Member struct{ Number, Email, Name, Submitted string }

// IsRoll reports the name of such a file.
func IsRoll(file string) bool { return path.Base(file) == "submission_metadata.yml" }

var errRoll = errors.New("no folder of it has submitters; it should say :submitters: below the name of each")

// ReadRoll reads who handed in each folder. Of its YAML only that is looked at:
//
//	submission_12345:
//	  :created_at: 2026-11-30 22:59:07.123456000 Z
//	  :submitters:
//	  - :name: Jane Doe
//	    :sid: '1234567'
//	    :email: jane@example.edu
func ReadRoll(text string) (members map[string][]Member, err error) {
	members = map[string][]Member{}
	times := map[string]string{}
	folder, inside := "", false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		indent := len(line) - len(strings.TrimLeft(line, " "))
		key, value, _ := strings.Cut(strings.TrimLeft(line, " "), ": ")
		item, begins := strings.CutPrefix(key, "- ")
		switch {
		case strings.TrimSpace(line) == "" || line[indent] == '#':
		case indent == 0 && !begins:
			folder, inside = scalar(strings.TrimSuffix(key, ":")), false
		case indent == 2 && !begins:
			name := word(strings.TrimSuffix(key, ":"))
			if inside = name == "submitters"; name == "created_at" {
				times[folder] = scalar(value)
			}
		case inside && folder != "":
			list := members[folder]
			if begins {
				list = append(list, Member{})
			}
			if len(list) > 0 {
				list[len(list)-1].set(word(strings.TrimSpace(item)), scalar(value))
			}
			members[folder] = list
		}
	}
	for folder, list := range members {
		for i := range list {
			list[i].Submitted = times[folder]
		}
	}
	if len(members) == 0 {
		return nil, errRoll
	}
	return members, nil
}

func (m *Member) set(key, value string) {
	switch key {
	case "name":
		m.Name = value
	case "sid":
		m.Number = value
	case "email":
		m.Email = value
	}
}

// word is a key, which is a symbol in Ruby's writing.
func word(key string) string { return strings.Trim(key, ":\"' ") }

// scalar is a value, with or without quotes.
func scalar(text string) string {
	text = strings.TrimSpace(text)
	switch {
	case len(text) > 1 && text[0] == '\'' && text[len(text)-1] == '\'':
		return strings.ReplaceAll(text[1:len(text)-1], "''", "'")
	case len(text) > 1 && text[0] == '"':
		if plain, err := strconv.Unquote(text); err == nil {
			return plain
		}
	case text == "null" || text == "~":
		return ""
	}
	return text
}
