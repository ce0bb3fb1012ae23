package course

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"sync"

	"cnnl/eval"
	"cnnl/grade"
	"cnnl/lang"
)

// ReadKey reads a key. Its version tells by content everything that decides a
// score: the script and what it uses, how both are read, and the program.
func ReadKey(src *lang.Source, opts eval.Options, limits lang.Limits, program string) (*grade.Key, lang.Diagnostics) {
	of := opts.Limits
	of.Source, of.Depth = 0, 0 // they are those of the text
	content := sha256.New()
	fmt.Fprintf(content, "%s\x00%s\x00%d:%s\x00%q\x00%q\x00{%v %v}", grade.RecordSchema, program, len(src.Text), src.Text, opts.Reading.Lets, opts.Reading.Assumes, limits, of)
	files := &snapshot{open: opts.Open, texts: map[string]string{}}
	opts.Open = files.read
	parsed, diags := lang.Parse(src, limits)
	if diags.Failed() {
		return new(grade.Key), diags
	}
	k, more := grade.NewKey(parsed, opts)
	for _, path := range slices.Sorted(maps.Keys(files.texts)) {
		fmt.Fprintf(content, "\x00%s %d:%s", path, len(files.texts[path]), files.texts[path])
	}
	k.Version = fmt.Sprintf("%x", content.Sum(nil))
	diags.Merge(more)
	diags.Sort()
	return k, diags
}

// A snapshot keeps the files that a key uses as they were when it was first
// read: every student is graded by the same key, which many workers read again.
type snapshot struct {
	open  func(path string) (string, error)
	mu    sync.Mutex
	texts map[string]string
}

func (s *snapshot) read(path string) (text string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text, kept := s.texts[path]
	if kept {
		return text, nil
	}
	if text, err = s.open(path); err == nil {
		s.texts[path] = text
	}
	return text, err
}
