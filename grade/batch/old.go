package batch

import (
	"encoding/json"
	"fmt"
	"math/big"
	"os"

	"cnnl/grade"
)

// OldScores reads the scores of an earlier run from its records, or from its
// journal, by id.
func OldScores(name string) (map[string]string, error) {
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
		} else if json.Unmarshal(l.text, &r) != nil || r.Schema != grade.RecordSchema {
			return nil, fmt.Errorf("line %d is no record", l.number)
		}
		if r.Score == nil {
			if _, known := sums[r.ID]; !known {
				sums[r.ID] = nil
			}
			continue
		}
		score, _ := grade.Points(*r.Score)
		if sums[r.ID] == nil {
			sums[r.ID] = new(big.Rat)
		}
		if score != nil {
			sums[r.ID].Add(sums[r.ID], score)
		}
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
