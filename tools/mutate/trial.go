package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A test is one test function. Those of a package are in one binary.
type test struct {
	binary, dir, name string
	took              time.Duration // of the processor, the start of the binary with it
	reached           []byte        // of each point '1' where the test comes by
	killed            atomic.Int64  // how many mutants it noticed
}

// quick is what a test takes that is run together with others.
const quick = 500 * time.Millisecond

// tests builds the tests of a package and lists them.
func tests(pkg, dir, overlay string) (list []*test, err error) {
	about, err := golist("-f", "{{.Dir}}", pkg)
	if err != nil {
		return nil, err
	}
	place := strings.TrimSpace(string(about))
	binary := filepath.Join(dir, strings.ReplaceAll(strings.Trim(pkg, "./"), "/", "_")+".test")
	if out, err := exec.Command("go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", binary, pkg).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the mutants of %s cannot be built: %w\n%s", pkg, err, out)
	}
	ask := exec.Command(binary, "-test.list", "^Test")
	ask.Dir = place
	out, err := ask.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", pkg, err)
	}
	for _, name := range strings.Fields(string(out)) {
		list = append(list, &test{binary: binary, dir: place, name: name})
	}
	return list, nil
}

// run runs tests of one binary up to the first that fails.
func run(list []*test, env ...string) (output string, took time.Duration, err error) {
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Minute)
	defer stop()
	var names []string
	for _, t := range list {
		names = append(names, t.name)
	}
	cmd := exec.CommandContext(ctx, list[0].binary, "-test.run", "^("+strings.Join(names, "|")+")$", "-test.failfast")
	cmd.Dir, cmd.Env = list[0].dir, append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState != nil {
		took = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	return string(out), took, err
}

// record runs a test on the program as it is, and notes how long it takes and what
// it reaches.
func (t *test) record(dir string) error {
	kept := filepath.Join(dir, filepath.Base(t.binary)+"."+t.name)
	output, took, err := run([]*test{t}, "MUTANT_REACHED="+kept)
	if err != nil {
		return fmt.Errorf("%s fails without a mutant: %w\n%s", t.name, err, output)
	}
	t.took = took
	t.reached, err = os.ReadFile(kept)
	return err
}

var failed = regexp.MustCompile(`--- FAIL: (\w+)`)

// kill reports that some test fails because of a mutant, or does not end in time.
func kill(list []*test, m mutant) bool {
	if len(list) == 0 {
		return false
	}
	limit := 2 * time.Second
	for _, t := range list {
		limit += 2 * t.took
	}
	output, _, err := run(list, fmt.Sprintf("MUTANT=%d.%d", m.number, m.variant), fmt.Sprintf("MUTANT_SECONDS=%d", int(limit.Seconds())))
	if found := failed.FindStringSubmatch(output); found != nil {
		if i := slices.IndexFunc(list, func(t *test) bool { return t.name == found[1] }); i >= 0 {
			list[i].killed.Add(1)
		}
	}
	return err != nil
}

// survives reports a mutant that no test notices. The test that noticed most in its
// time is asked first, then all quick ones of each binary together, then the others.
func survives(m mutant, all []*test) bool {
	var asked []*test
	for _, t := range all {
		if t.reached[m.number] == '1' {
			asked = append(asked, t)
		}
	}
	if len(asked) == 0 {
		return true
	}
	first := slices.MaxFunc(asked, func(a, b *test) int { return int(1e6 * (a.score() - b.score())) })
	return !kill([]*test{first}, m) && !slices.ContainsFunc(together(asked, first), func(group []*test) bool { return kill(group, m) })
}

// score is how many mutants a test notices in a second.
func (t *test) score() float64 { return float64(t.killed.Load()+1) / (t.took.Seconds() + 0.001) }

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

// trials tries mutants, several at a time, and tells of each as it is done.
func trials(mutants []mutant, all []*test, jobs int, tell func(done int)) []bool {
	survived := make([]bool, len(mutants))
	var next, done atomic.Int64
	var workers sync.WaitGroup
	for range jobs {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(mutants); i = int(next.Add(1)) - 1 {
				survived[i] = survives(mutants[i], all)
				tell(int(done.Add(1)))
			}
		})
	}
	workers.Wait()
	return survived
}
