// Command bench measures how long a large class takes, beside what reading its
// files takes: ratios of one run, for machines differ and are shared.
//
//	go run ./bench              100,000 submissions
//	go run ./bench -n 10000     fewer
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cnnl/internal/pupils"
)

func main() {
	n := flag.Int("n", 100_000, "how many submissions")
	rounds := flag.Int("rounds", 3, "how often; the best counts")
	flag.Parse()
	if err := measure(*n, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A contest is one thing that is measured.
type contest struct {
	name string
	run  func() error
	best time.Duration
}

func measure(n, rounds int) error {
	dir, err := os.MkdirTemp("", "cnnl-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "cnnl")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/cnnl").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	class, apart := filepath.Join(dir, "class"), filepath.Join(dir, "apart")
	distinct, err := writeClass(class, apart, n)
	if err != nil {
		return err
	}
	contests := []*contest{
		{name: "find | xargs cat", run: shell("find " + class + " -type f -print0 | xargs -0 cat >/dev/null")},
		{name: "a Go reader, all cores", run: func() error { return readAll(class) }},
		{name: "grade", run: shell(program + " grade examples/grading/key.cnnl " + class + " >/dev/null")},
		{name: "grade, every script another", run: shell(program + " grade examples/grading/key.cnnl " + apart + " >/dev/null")},
		{name: "check", run: shell(program + " check " + class + " >/dev/null 2>&1 || true")},
	}
	for range rounds {
		for _, c := range contests {
			began := time.Now()
			if err := c.run(); err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			if took := time.Since(began); c.best == 0 || took < c.best {
				c.best = took
			}
		}
	}
	fmt.Printf("%d submissions, %d of them different, %d cores; best of %d\n", n, distinct, runtime.GOMAXPROCS(0), rounds)
	for _, c := range contests {
		fmt.Printf("%-28s %7.2f s  %5.1f us each  %5.2f of cat\n", c.name, c.best.Seconds(), float64(c.best.Microseconds())/float64(n), c.best.Seconds()/contests[0].best.Seconds())
	}
	return nil
}

// writeClass writes a class twice: as students hand it in, and with a line that
// makes every script another.
func writeClass(class, apart string, n int) (distinct int, err error) {
	seen := map[string]bool{}
	for _, folder := range []string{class, apart} {
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return 0, err
		}
	}
	for i, p := range pupils.Make(n, 1) {
		seen[p.Text] = true
		name := fmt.Sprintf("s%07d.cnnl", i)
		if err := os.WriteFile(filepath.Join(class, name), []byte(p.Text), 0o666); err != nil {
			return 0, err
		}
		if err := os.WriteFile(filepath.Join(apart, name), []byte(fmt.Sprintf("let number = %d\n", i)+p.Text), 0o666); err != nil {
			return 0, err
		}
	}
	return len(seen), nil
}

func shell(line string) func() error {
	return func() error {
		out, err := exec.Command("sh", "-c", line).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, strings.TrimSpace(string(out)))
		}
		return nil
	}
}

// readAll reads every file of a folder on every core, and does nothing else.
func readAll(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	var next atomic.Int64
	var workers sync.WaitGroup
	var failed atomic.Value
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(entries); i = int(next.Add(1)) - 1 {
				if _, err := os.ReadFile(filepath.Join(folder, entries[i].Name())); err != nil {
					failed.Store(err)
				}
			}
		})
	}
	workers.Wait()
	err, _ = failed.Load().(error)
	return err
}
