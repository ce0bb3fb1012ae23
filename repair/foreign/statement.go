package foreign

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
)

// A statement is a layer as our language writes it, still in pieces.
type statement struct {
	kind   *layer.Kind
	name   string
	values map[string]string // by our names of them
	opts   []string
	owner  string // the layer whose parameters it has
	with   []string
}

func newStatement(kind *layer.Kind) *statement {
	return &statement{kind: kind, values: map[string]string{}}
}

// String writes a layer: values in their order, options as the kind lists them.
func (s *statement) String() string {
	words := []string{s.kind.Name}
	if s.name != "" {
		words = append(words, s.name)
	}
	if s.owner != "" {
		words = append(words, "=", s.owner)
	} else {
		words = append(words, s.arguments()...)
	}
	if len(s.with) > 0 {
		words = append(append(words, "with"), s.with...)
	}
	return strings.Join(words, " ")
}

func (s *statement) arguments() (words []string) {
	alone := s.has("global") || s.has("to")
	for i := range s.kind.Params {
		if p := &s.kind.Params[i]; p.Value && s.values[p.Name] != "" && !alone {
			words = append(words, s.values[p.Name])
		}
	}
	for i := range s.kind.Params {
		for _, opt := range s.opts {
			if optionOf(opt) == s.kind.Params[i].Name {
				words = append(words, opt)
			}
		}
	}
	return words
}

// optionOf is the option's word of one as it is written: no bias, pad same.
func optionOf(opt string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(opt, "no "), " ")
	return first
}

func (s *statement) has(option string) bool {
	return slices.ContainsFunc(s.opts, func(opt string) bool { return optionOf(opt) == option })
}

// set writes an option once; a later one takes the place of an earlier.
func (s *statement) set(opt string) {
	s.opts = slices.DeleteFunc(s.opts, func(old string) bool { return optionOf(old) == optionOf(opt) })
	if opt != "" {
		s.opts = append(s.opts, opt)
	}
}

// writeAll writes options that stand in one text: no gamma no beta.
func (s *statement) writeAll(text string) {
	words := strings.Fields(text)
	for i := 0; i < len(words); {
		n := 1
		for i+n < len(words) && (words[i+n-1] == "no" || s.kind.Find(words[i+n]) < 0 && words[i+n] != "no") {
			n++
		}
		s.set(strings.Join(words[i:i+n], " "))
		i += n
	}
}
