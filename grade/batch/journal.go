package batch

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"cnnl/grade"
	"cnnl/internal/jsonline"
)

// JournalSchema names the lines of a journal; docs/json.md describes them.
const JournalSchema = "cnnl-journal/1"

// A Journal keeps records as they are made, so that a run that was stopped
// goes on where it was. A record is used again if the submission, the key and
// its settings, and the program are the same by content.
type Journal struct {
	Torn  bool // its last line was not whole, and was dropped
	Stale int  // lines of another key, of other settings or another version
	keys  *grade.Keys
	file  *os.File
	w     *bufio.Writer
	at    map[[16]byte]int64 // where a record stands
	since int                // lines since they were last forced to the disk
	end   int64
}

// An entry is one line.
type entry struct {
	Schema string          `json:"schema"`
	Record json.RawMessage `json:"record"`
}

// identity is all of a submission that decides its record, with the version of
// the key.
func identity(s grade.Submission, version string) [16]byte {
	h := sha256.New()
	for _, part := range [...]string{s.ID, s.Name, s.File, s.Question, s.SHA256, fmt.Sprint(s.Late), grade.Shortened(s.Submitted), version} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return [16]byte(h.Sum(nil))
}

// OpenJournal opens a journal of what keys grade, or begins one. Only one run can
// have it at a time.
func OpenJournal(name string, keys *grade.Keys) (*Journal, error) {
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		file.Close()
		return nil, errors.New("it is no ordinary file")
	}
	if err := Lock(file); err != nil {
		file.Close()
		return nil, errors.New("another run is writing it")
	}
	j := &Journal{keys: keys, file: file, at: map[[16]byte]int64{}}
	if err := j.read(); err != nil {
		file.Close()
		return nil, err
	}
	j.w = bufio.NewWriterSize(file, 1<<16)
	return j, nil
}

// longestEntry is how long a line can be.
const longestEntry = 256 << 20

// read finds the records that stand in a journal.
func (j *Journal) read() error {
	head := make([]byte, len(JournalSchema))
	if n, _ := j.file.ReadAt(head, 0); !beginsEntry(head[:n]) { // and perhaps has no lines at all
		return errors.New("it is no journal: line 1 is not as such lines are")
	}
	var failed error
	for l := range linesOf(j.file, longestEntry, &failed) {
		if text, whole := bytes.CutSuffix(l.text, []byte("\n")); !whole && !l.tooLong {
			j.Torn = true
			break
		} else if !beginsEntry(text) || l.tooLong {
			return fmt.Errorf("it is no journal: line %d is not as such lines are", l.number)
		} else if err := j.enter(text); err != nil {
			return fmt.Errorf("line %d: %w", l.number, err)
		}
		j.end += int64(len(l.text))
	}
	if failed == nil && j.Torn {
		failed = j.file.Truncate(j.end)
	}
	if failed == nil {
		_, failed = j.file.Seek(j.end, io.SeekStart)
	}
	return failed
}

// enter takes a whole line, which stands at the end of what was read.
func (j *Journal) enter(text []byte) error {
	r, err := decodedEntry(text)
	if err != nil {
		return err
	}
	if r.Key != j.keys.Version(r.ID, r.Question) {
		j.Stale++
		return nil
	}
	j.at[identity(submissionOf(r), r.Key)] = j.end
	return j.keys.Fits(r)
}

// beginsEntry reports what could go on to be a line of a journal.
func beginsEntry(text []byte) bool {
	start := []byte(`{"schema":"` + JournalSchema + `"`)
	n := min(len(start), len(text))
	return bytes.Equal(text[:n], start[:n])
}

func decodedEntry(text []byte) (*grade.Record, error) {
	if !beginsEntry(text) {
		return nil, errors.New("it is no line of a journal")
	}
	if !jsonline.Intact(text) {
		return nil, errors.New("it was changed since it was written: its check sum is not that of what stands there; begin a new journal")
	}
	var e entry
	r := new(grade.Record)
	err := json.Unmarshal(text, &e)
	if err == nil {
		err = json.Unmarshal(e.Record, r)
	}
	if err == nil {
		err = r.Valid()
	}
	return r, err
}

func submissionOf(r *grade.Record) grade.Submission {
	return grade.Submission{ID: r.ID, Name: r.Name, File: r.File, Question: r.Question, SHA256: r.SHA256, Late: r.Late, Submitted: r.Submitted}
}

// Find gives the record of a submission, if it stands here.
func (j *Journal) Find(s grade.Submission, version string) (r grade.Record, ok bool) {
	if s.SHA256 == "" {
		return r, false
	}
	at, ok := j.at[identity(s, version)]
	if !ok {
		return r, false
	}
	text, err := bufio.NewReader(io.NewSectionReader(j.file, at, 1<<62)).ReadBytes('\n')
	if err != nil {
		return r, false
	}
	found, err := decodedEntry(bytes.TrimSpace(text))
	if err != nil {
		return r, false
	}
	return *found, found.Outcome != grade.Internal
}

// Has reports that a record of a submission stands here.
func (j *Journal) Has(s grade.Submission, version string) bool {
	_, ok := j.at[identity(s, version)]
	return ok
}

// mostUnforced is how many lines may be lost to a power failure.
const mostUnforced = 1000

// Add writes a record.
func (j *Journal) Add(r *grade.Record) error {
	record, err := json.Marshal(r)
	if err != nil {
		return err
	}
	err = jsonline.WriteSealed(j.w, entry{JournalSchema, record})
	if j.since++; err == nil && j.since >= mostUnforced {
		err = j.force()
	}
	if err != nil {
		return fmt.Errorf("cannot write the journal: %s", cause(err))
	}
	return nil
}

// Flush forces to the disk what was added.
func (j *Journal) Flush() error { return j.force() }

func (j *Journal) force() error {
	j.since = 0
	if err := j.w.Flush(); err != nil {
		return err
	}
	return j.file.Sync()
}

// Close writes what is still to be written.
func (j *Journal) Close() error {
	err := j.force()
	if closing := j.file.Close(); err == nil {
		err = closing
	}
	return err
}
