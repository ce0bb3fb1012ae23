package layer

import "strings"

// Statements of a kind in words, for help and messages.

// Usage writes how a statement of the kind is built. What stands in place of
// the values, or alone, stands behind a |.
func (k *Kind) Usage() string {
	words, others := []string{k.Name, "[NAME]"}, ""
	for i := range k.Params {
		switch p := &k.Params[i]; {
		case p.Value:
			words = append(words, strings.ToUpper(p.Name))
		case p.Alone:
			others += " | " + p.usage()
		case p.Instead && strings.Contains(others, "|"):
			others += " " + p.usage()
		case p.Instead:
			others = " | " + p.usage()
		case k.Branch != "" && p.Name == k.Branch:
			words = append(words, "["+p.Name+" [{ ... }]]")
		default:
			words = append(words, "["+p.usage()+"]")
		}
	}
	return strings.Join(words, " ") + others + k.beside()
}

// usage writes one option, with a place for its value.
func (p *Param) usage() string {
	switch {
	case p.Type == Flag && p.Default.Len > 0 && p.Default.N[0] != 0:
		return "no " + p.Name
	case p.Type == Flag:
		return p.Name
	}
	return p.Name + " ..."
}

// beside writes the tensors that a kind takes beside the current one.
func (k *Kind) beside() string {
	switch names := "with" + strings.Repeat(" NAME", k.Beside.Max); {
	case k.Merges:
		return " with NAME..., or { ... } { ... }"
	case k.Beside.Max == 0:
		return ""
	case k.Beside.Min == 0:
		return " [" + names + "]"
	default:
		return " " + names
	}
}

// DefaultText writes what an option is where it is not given.
func (p *Param) DefaultText() string { return p.Text(p.Default) }

// Text writes an argument by itself: a flag as on or off, and one that is not
// there as nothing.
func (p *Param) Text(a Arg) string {
	switch {
	case p.Type == Flag && a.Len > 0 && a.N[0] != 0:
		return "on"
	case p.Type == Flag:
		return "off"
	case a.Len == 0 && a.Word == 0:
		return ""
	}
	return p.text(a)
}

// WithArticle is the kind's name in a sentence: a conv, an add, an lstm.
func (k *Kind) WithArticle() string {
	switch {
	case k.Article != "":
		return k.Article + " " + k.Name
	case strings.ContainsRune("aeiou", rune(k.Name[0])):
		return "an " + k.Name
	}
	return "a " + k.Name
}
