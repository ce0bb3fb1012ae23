package batch

import (
	"encoding/json"
	"iter"

	"cnnl/grade"
)

// Kept are records that wait for several reports to be made of them; a Kept
// that was not opened by Keep keeps none.
type Kept struct{ spool *spool }

// Keep begins to keep records.
func Keep() (*Kept, error) {
	s, err := newSpool()
	if err != nil {
		return nil, err
	}
	return &Kept{s}, nil
}

// Add keeps a record.
func (k *Kept) Add(r *grade.Record) error {
	if k.spool == nil {
		return nil // nobody will ask
	}
	text, err := json.Marshal(r)
	if err == nil {
		_, err = k.spool.add(text)
	}
	return err
}

// Records gives the records that were kept, as often as it is asked.
func (k *Kept) Records() iter.Seq2[*grade.Record, error] {
	return func(yield func(*grade.Record, error) bool) {
		for text, err := range k.spool.all() {
			r := new(grade.Record)
			if err == nil {
				err = json.Unmarshal(text, r)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// Close forgets them.
func (k *Kept) Close() error { return k.spool.Close() }
