package jsonline

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"strconv"
)

// An Object is a JSON object whose keys are only known as it is put together;
// they stand in the order of the list. Nil is null.
type Object []Member

// A Member is one key of an object and what stands behind it: another Object,
// a List, or what encoding/json writes.
type Member struct {
	Key   string
	Value any
}

// A List is an array whose elements are put together one by one as they are
// written.
type List = iter.Seq[any]

// None is a List without elements.
func None(func(any) bool) {}

// A Later is an Object that is put together when all before it was written.
type Later = func() Object

// Add puts a member behind the others.
func (o *Object) Add(key string, value any) { *o = append(*o, Member{key, value}) }

// MarshalJSON writes the object for encoding/json.
func (o Object) MarshalJSON() ([]byte, error) {
	w := newWriter(nil)
	err := w.value(o)
	return w.Bytes(), err
}

// A writer writes objects without encoding/json, which reads what a MarshalJSON
// wrote once more at every level. What it has of them it passes on in pieces, so
// that a long document is never in memory as a whole.
type writer struct {
	bytes.Buffer
	encoder *json.Encoder
	to      io.Writer // nil: it is kept
}

// piece is from how many bytes on a writer passes on what it has.
const piece = 32 << 10

func newWriter(to io.Writer) *writer {
	w := &writer{to: to}
	w.encoder = json.NewEncoder(&w.Buffer)
	w.encoder.SetEscapeHTML(false)
	return w
}

// pass passes on what has been written. It ends behind a value, never within a
// character.
func (w *writer) pass() error {
	_, err := w.to.Write(escapeHidden(w.Bytes()))
	w.Reset()
	return err
}

func (w *writer) value(v any) error {
	switch v := v.(type) {
	case Object:
		return w.object(v)
	case List:
		return w.list(v)
	case Later:
		return w.object(v())
	case int64:
		w.Write(strconv.AppendInt(w.AvailableBuffer(), v, 10))
		return nil
	}
	err := w.encoder.Encode(v)
	if err == nil {
		w.Truncate(w.Len() - 1) // it ends the line
	}
	return err
}

func (w *writer) object(o Object) error {
	if o == nil {
		w.WriteString("null")
		return nil
	}
	w.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			w.WriteByte(',')
		}
		if err := w.value(m.Key); err != nil {
			return err
		}
		w.WriteByte(':')
		if err := w.value(m.Value); err != nil {
			return err
		}
	}
	w.WriteByte('}')
	return nil
}

func (w *writer) list(list List) (err error) {
	w.WriteByte('[')
	first := true
	for o := range list {
		if !first {
			w.WriteByte(',')
		}
		first = false
		if err = w.value(o); err == nil && w.to != nil && w.Len() >= piece {
			err = w.pass()
		}
		if err != nil {
			return err
		}
	}
	w.WriteByte(']')
	return nil
}
