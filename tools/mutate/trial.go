package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A test is one test function. Those of a package are in one binary.
type test struct {
	*binary
	name    string
	took    time.Duration // of the processor
	reached []byte        // of each point 1 or 2 where the test comes by
	killed  atomic.Int64  // how many mutants it noticed
}

// atStart marks points that are reached before any test begins, as those of tables.
const atStart = 2

// quick is what a test takes that is run together with others.
const quick = 300 * time.Millisecond

// record runs a test on the program as it is, and notes how long it takes and what
// it reaches. One that takes longer than a time is ended.
func (t *test) record(dir string, most time.Duration) error {
	kept := filepath.Join(dir, filepath.Base(t.file)+"."+t.name)
	s, err := t.start("MUTANT_REACHED=" + kept)
	if err != nil {
		return err
	}
	code, took, alive := s.ask(nil, []*test{t}, most)
	t.took = max(took, time.Millisecond)
	if s.stop(); !alive {
		t.took = most + 1
		return nil
	}
	if code != 0 {
		return fmt.Errorf("%s fails without a mutant:\n%s", t.name, s.output.String())
	}
	t.reached, err = os.ReadFile(kept)
	return err
}

// A judge runs tests, one after another, in programs of its own.
type judge struct{ servers map[*binary]*server }

// kills reports that some test fails because of a mutant, or does not end in time.
func (j *judge) kills(m mutant, list []*test, early bool) bool {
	b := list[0].binary
	if early { // each such mutant needs a program that begins with it
		s, err := b.start(fmt.Sprintf("MUTANT=%d.%d", m.number, m.variant))
		if err != nil {
			return false
		}
		defer s.stop()
		code, _, alive := s.ask(&m, list, limit(list))
		return code != 0 || !alive
	}
	s := j.servers[b]
	if s == nil {
		var err error
		if s, err = b.start(); err != nil {
			return false
		}
		j.servers[b] = s
	}
	code, _, alive := s.ask(&m, list, limit(list))
	if !alive {
		s.stop()
		delete(j.servers, b)
	}
	return code != 0 || !alive
}

func limit(list []*test) time.Duration {
	most := 500 * time.Millisecond
	for _, t := range list {
		most += 3 * t.took
	}
	return most
}

// survives reports a mutant that no test notices. The test that noticed most in its
// time is asked first, then all quick ones of each binary together, then the others.
func (j *judge) survives(m mutant, all []*test) bool {
	var asked []*test
	early := false
	for _, t := range all {
		if t.reached[m.number] > 0 {
			asked, early = append(asked, t), early || t.reached[m.number] == atStart
		}
	}
	if len(asked) == 0 {
		return true
	}
	first := slices.MaxFunc(asked, func(a, b *test) int { return int(1e6 * (a.score() - b.score())) })
	if j.kills(m, []*test{first}, early) {
		first.killed.Add(1)
		return false
	}
	return !slices.ContainsFunc(together(asked, first), func(group []*test) bool {
		if !j.kills(m, group, early) {
			return false
		}
		for _, t := range group {
			t.killed.Add(1) // one of them did
		}
		return true
	})
}

// score is how many mutants a test notices in a second.
func (t *test) score() float64 { return float64(t.killed.Load()+1) / (t.took.Seconds() + 0.01) }

// together parts tests into groups that are run at once; one is left out.
func together(list []*test, without *test) (groups [][]*test) {
	var slow [][]*test
	for _, t := range list {
		i := slices.IndexFunc(groups, func(g []*test) bool { return g[0].binary == t.binary })
		switch {
		case t == without:
		case t.took > quick:
			slow = append(slow, []*test{t})
		case i >= 0:
			groups[i] = append(groups[i], t)
		default:
			groups = append(groups, []*test{t})
		}
	}
	slices.SortStableFunc(slow, func(a, b []*test) int { return int(a[0].took - b[0].took) })
	return append(groups, slow...)
}

// pattern matches tests by their names.
func pattern(list []*test) string {
	var names []string
	for _, t := range list {
		names = append(names, t.name)
	}
	return "^(" + strings.Join(names, "|") + ")$"
}

// trials tries mutants, several at a time, and tells of each as it is done.
func trials(mutants []mutant, all []*test, jobs int, tell func(m mutant, survived bool, done int)) []bool {
	survived := make([]bool, len(mutants))
	var next, done atomic.Int64
	var workers sync.WaitGroup
	for range jobs {
		workers.Go(func() {
			j := &judge{servers: map[*binary]*server{}}
			for i := int(next.Add(1)) - 1; i < len(mutants); i = int(next.Add(1)) - 1 {
				survived[i] = j.survives(mutants[i], all)
				tell(mutants[i], survived[i], int(done.Add(1)))
			}
			for _, s := range j.servers {
				s.stop()
			}
		})
	}
	workers.Wait()
	return survived
}
