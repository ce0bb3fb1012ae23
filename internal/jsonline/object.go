package jsonline

import (
	"bytes"
	"encoding/json"
)

// An Object is a JSON object whose keys are only known as it is put together;
// they stand in the order of the list. Nil is null.
type Object []Member

// A Member is one key of an object and what stands behind it.
type Member struct {
	Key   string
	Value any
}

// Add puts a member behind the others.
func (o *Object) Add(key string, value any) { *o = append(*o, Member{key, value}) }

// MarshalJSON writes the object for encoding/json.
func (o Object) MarshalJSON() ([]byte, error) {
	if o == nil {
		return []byte("null"), nil
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	for i, m := range o {
		b.WriteByte("{,"[min(i, 1)])
		if err := encoder.Encode(m.Key); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := encoder.Encode(m.Value); err != nil {
			return nil, err
		}
	}
	if len(o) == 0 {
		b.WriteByte('{')
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
