package batch

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"strings"

	"cnnl/grade"
	"cnnl/grade/collect"
	"cnnl/grade/course"
	"cnnl/internal/inorder"
	"cnnl/internal/jsonline"
)

// A line is one submission of a JSON Lines file.
type line struct {
	ID        any     `json:"id"`
	Script    *string `json:"script"`
	Name      string  `json:"name"`
	File      string  `json:"file"`
	Question  string  `json:"question"`
	Late      bool    `json:"late"`
	Submitted any     `json:"submitted"`
	Schema    string  `json:"schema"`
}

// id is a text, or a number as it is written.
func (l *line) id() (string, bool) {
	switch id := l.ID.(type) {
	case string:
		return grade.NormalID(id), strings.TrimSpace(id) != ""
	case json.Number:
		return id.String(), true
	}
	return "", false
}

// tooLong is why a line is not read. Reasons have no numbers of lines: those of
// a part are not those of the whole.
const tooLong = "it is longer than a script may be"

// readLine takes a line apart; what is no submission says why. An error is of a
// record, which is the teacher's.
func (o Options) readLine(text []byte, number int64) (h course.Handed, failed error) {
	if looksSealed(text) && !jsonline.Intact(text) {
		return h, fmt.Errorf("line %d is no record: %w", number, errChanged)
	}
	var l line
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	err := d.Decode(&l)
	if err == nil && d.More() {
		err = errors.New("something follows the object")
	}
	if err != nil {
		return course.Handed{Why: `it is no JSON object with "id" and "script"`}, nil
	}
	id, ok := l.id()
	h.ID, h.Name, h.File, h.Question, h.Late = id, l.Name, l.File, l.Question, l.Late
	if l.Submitted != nil {
		h.Submitted = fmt.Sprint(l.Submitted)
	}
	switch {
	case l.Schema == grade.RecordSchema:
		if h.Record, err = readRecord(text); err != nil {
			return h, fmt.Errorf("line %d is no record: %w", number, err)
		}
	case !ok:
		h.Why = `it has no "id"`
	case l.Script == nil:
		h.Why = `it has no "script"`
	default:
		h.Text, h.SHA256 = *l.Script, hash([]byte(*l.Script))
	}
	return h, nil
}

// looksSealed reports a line that was written as a record: by how it begins, or
// by how it ends.
func looksSealed(text []byte) bool {
	return bytes.HasPrefix(text, []byte(`{"schema":"cnnl-`)) || jsonline.Sealed(text)
}

// errChanged refuses what has not the check sum that it was written with.
var errChanged = errors.New("it was changed since it was written: its check sum is not that of what stands there; give points by hand with --overrides")

func readRecord(text []byte) (*grade.Record, error) {
	if !jsonline.Intact(text) {
		return nil, errChanged
	}
	r := new(grade.Record)
	if err := json.Unmarshal(text, r); err != nil {
		return nil, err
	}
	return r, r.Valid()
}

// A numbered is a line of text and where it stands.
type numbered struct {
	text    []byte
	number  int64
	at      int64
	tooLong bool
}

// lines reads lines; of one that is longer than a submission may be only the
// beginning.
func (o Options) lines(r io.Reader, failed *error) iter.Seq[numbered] {
	return linesOf(r, int(2*o.most())+1<<16, failed)
}

// linesOf reads lines, of the longer ones only the beginning.
func linesOf(r io.Reader, most int, failed *error) iter.Seq[numbered] {
	return func(yield func(numbered) bool) {
		in := bufio.NewReaderSize(r, 1<<16)
		at := int64(0)
		for number := int64(1); ; number++ {
			l := numbered{number: number, at: at}
			err := error(bufio.ErrBufferFull)
			for err == bufio.ErrBufferFull {
				var part []byte
				part, err = in.ReadSlice('\n')
				at += int64(len(part))
				if l.tooLong = l.tooLong || len(l.text)+len(part) > most; !l.tooLong {
					l.text = append(l.text, part...)
				}
			}
			if err != nil && err != io.EOF {
				*failed = err
				return
			}
			if (len(l.text) > 0 || l.tooLong || err == nil) && !yield(l) || err == io.EOF {
				return
			}
		}
	}
}

// Lines grades one submission a line, and writes one record a line in their
// order, in constant memory. It reports whether a record tells of a fault of
// the program's own. It ends when ctx is done,
// and does not wait for another line then.
func Lines(ctx context.Context, keys *grade.Keys, r io.Reader, w io.Writer, jobs int, opts Options) (fault bool, err error) {
	var failed error
	in := func(yield func(numbered) bool) {
		for l := range opts.lines(r, &failed) {
			if ctx.Err() != nil || !yield(l) {
				return
			}
		}
	}
	for result := range inorder.Map(ctx, in, jobs, func() func(numbered) lineResult { return lineWorker(keys, opts) }) {
		fault = fault || result.fault
		if result.err != nil {
			return fault, result.err
		}
		if _, err := w.Write(result.text); err != nil {
			return fault, err
		}
	}
	return fault, failed
}

type lineResult struct {
	text  []byte
	fault bool
	err   error
}

func lineWorker(keys *grade.Keys, opts Options) func(numbered) lineResult {
	g := keys.Grader()
	return func(l numbered) lineResult {
		h := course.Handed{Why: tooLong}
		if !l.tooLong {
			var err error
			if h, err = opts.readLine(bytes.TrimSpace(l.text), l.number); err != nil {
				return lineResult{err: err}
			}
		}
		r, err := course.Grade(g, keys, h, keys.Version(h.ID, h.Question))
		var text bytes.Buffer
		_ = jsonline.WriteSealed(&text, &r) // a record holds only what JSON can, and a buffer takes everything
		return lineResult{text.Bytes(), r.Outcome == grade.Internal, err}
	}
}

// lined reads submissions, or records of earlier runs, from a file of lines.
type lined struct {
	file *os.File
	opts Options
	at   []int64 // where each line begins
}

func openLines(name string, opts Options) (course.Source, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &lined{file: file, opts: opts}, nil
}

func (s *lined) List(x *collect.Index) error {
	x.Naming.Rows = "lines"
	var failed error
	for l := range s.opts.lines(s.file, &failed) {
		h, err := s.opts.readLine(bytes.TrimSpace(l.text), l.number)
		if err == nil && l.number > mostEntries {
			err = fmt.Errorf("it has more than %d lines", mostEntries)
		}
		if err != nil {
			return err
		}
		id := h.ID
		if id == "" {
			id = fmt.Sprintf("line %d", l.number)
		}
		if err := x.Add(collect.Entry{Path: collect.RowPath(id, h.Question, attemptOf(h, l.number)), At: int64(len(s.at))}); err != nil {
			return err
		}
		s.at = append(s.at, l.at)
	}
	return failed
}

// attemptOf puts the record of somebody who handed nothing in before all others
// of one student: another part of the class may have what was handed in. Of
// several such the last counts.
func attemptOf(h course.Handed, number int64) int64 {
	if h.Record != nil && h.Record.Outcome == grade.Missing {
		return math.MinInt64 + number
	}
	return 0
}

func (s *lined) Read(found collect.Found) course.Handed {
	var failed error
	for l := range s.opts.lines(io.NewSectionReader(s.file, s.at[found.At], 1<<62), &failed) {
		if l.tooLong {
			return course.Handed{Why: tooLong}
		}
		if h, err := s.opts.readLine(bytes.TrimSpace(l.text), found.At+1); err == nil {
			return h
		}
	}
	return course.Handed{Why: "it cannot be read"}
}

func (s *lined) Close() error { return s.file.Close() }
