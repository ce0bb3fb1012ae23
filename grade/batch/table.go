package batch

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"cnnl/grade"
	"cnnl/grade/collect"
	"cnnl/grade/course"
)

// A tabled source reads answers, one row a student.
type tabled struct {
	table *grade.Table
	file  *os.File
	spool *spool
}

func openTable(name string, opts Options) (course.Source, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	t := &tabled{file: file}
	if t.table, err = opts.Table(file); err == nil {
		t.spool, err = newSpool()
	}
	if err != nil {
		_ = file.Close() // it was only read
		return nil, err
	}
	return t, nil
}

func (t *tabled) List(x *collect.Index) error {
	x.Naming.Rows = "rows"
	for {
		row, err := t.table.Next()
		if err == io.EOF {
			return t.spool.flush()
		} else if err != nil {
			return err
		}
		if row.ID == "" {
			x.Leave("rows without an id", fmt.Sprintf("line %d", t.table.Line))
			continue
		}
		text, err := json.Marshal(row)
		if err != nil {
			return err
		}
		at, err := t.spool.add(text)
		if err != nil {
			return err
		}
		if err := x.Add(collect.Entry{Path: collect.RowPath(row.ID, row.Question, row.Attempt), At: at}); err != nil {
			return err
		}
	}
}

func (t *tabled) Read(found collect.Found) (h course.Handed) {
	text, err := t.spool.at(found.At)
	if err == nil {
		err = json.Unmarshal(text, &h.Submission)
	}
	if err != nil {
		return course.Handed{Why: "it cannot be read: " + err.Error()}
	}
	h.SHA256 = hash(text) // of the row: what could not be read has notes only
	return h
}

func (t *tabled) Close() error {
	_ = t.file.Close()
	return t.spool.Close()
}
