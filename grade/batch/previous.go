package batch

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"os"

	"cnnl/grade"
)

// PreviousScores reads the scores of an earlier run from its records, or from its
// journal, by id.
func PreviousScores(name string) (map[string]string, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	sums := map[string]*big.Rat{}
	var failed error
	for l := range (Options{}).lines(file, &failed) {
		r, err := earlierRecord(bytes.TrimSpace(l.text))
		if err != nil {
			return nil, fmt.Errorf("line %d is no record: %w", l.number, err)
		}
		if r.Score == nil {
			if _, known := sums[r.ID]; !known {
				sums[r.ID] = nil
			}
			continue
		}
		score, _ := grade.Points(*r.Score) // it is valid
		if sums[r.ID] != nil {
			score.Add(score, sums[r.ID])
		}
		sums[r.ID] = score
	}
	scores := map[string]string{}
	for id, sum := range sums {
		scores[id] = ""
		if sum != nil {
			scores[id] = grade.Rounded(sum)
		}
	}
	return scores, failed
}

// earlierRecord reads a line of a journal or of records.
func earlierRecord(text []byte) (*grade.Record, error) {
	if beginsEntry(text) {
		return decodedEntry(text)
	}
	r, err := readRecord(text)
	if err == nil && r.Schema != grade.RecordSchema {
		err = errors.New("it is of another kind")
	}
	return r, err
}
