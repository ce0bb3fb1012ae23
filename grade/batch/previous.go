package batch

import (
	"encoding/json"
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
		var r grade.Record
		if journaled, ok := decodedEntry(l.text); ok {
			r = journaled
		} else if json.Unmarshal(l.text, &r) != nil || r.Schema != grade.RecordSchema || r.Valid() != nil {
			return nil, fmt.Errorf("line %d is no record", l.number)
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
