// Command bench measures what cnnl takes, beside what must be taken anyway: an empty
// Go program, reading the files, an eighth of the layers. Machines differ and are
// shared, so what counts are ratios within one run:
//
//	go run ./bench                 all of it; some minutes
//	go run ./bench -only start     what has that in its name, and what it is a ratio of
//	go run ./bench -n 10000        a smaller class, and shorter networks in proportion
//
// Everything is measured once a round, in turn, so that a busy moment is borne by
// all. The best and the median of the rounds are told, of the time on the clock and
// of the processor's; a ratio is that of the best.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"time"
)

func main() {
	n := flag.Int("n", 100_000, "how many submissions, and rows; a million layers are ten times as many")
	rounds := flag.Int("rounds", 5, "how often each is measured")
	only := flag.String("only", "", "those whose name matches this `pattern`")
	flag.Parse()
	wanted, err := regexp.Compile(*only)
	if err == nil {
		err = measure(os.Stdout, *n, *rounds, wanted)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A cost is what one round took.
type cost struct {
	clock, cpu time.Duration
	peak       int64 // bytes of memory at most; 0: not known
	out        int64 // bytes written
	allocs     int64
}

// A contest is one thing that is measured.
type contest struct {
	name string
	run  func() (cost, error)
	of   string // the contest that it is a ratio of; empty: none
	each int    // how many things one round has; a time is told of each
	aim  string // what is aimed at
	took []cost
}

func measure(w io.Writer, n, rounds int, wanted *regexp.Regexp) error {
	dir, err := os.MkdirTemp("", "cnnl-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir, n: n, program: filepath.Join(dir, "cnnl"), bare: filepath.Join(dir, "bare")}
	if err := b.prepare(); err != nil {
		return err
	}
	contests := chosen(b.contests(), wanted)
	for range rounds {
		for _, c := range contests {
			took, err := c.run()
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			c.took = append(c.took, took)
		}
	}
	fmt.Fprintf(w, "%d cores, %s, %d rounds, n = %d\n", runtime.GOMAXPROCS(0), runtime.Version(), rounds, n)
	fmt.Fprintf(w, "%-44s %10s %10s %10s %10s %9s %9s  %s\n", "", "clock", "median", "cpu", "median", "memory", "output", "ratio of clock, of cpu")
	for _, c := range contests {
		fmt.Fprintln(w, c.line(contests))
	}
	for _, s := range b.skipped {
		fmt.Fprintln(w, s)
	}
	return nil
}

// chosen are the contests whose names match, and those they are ratios of.
func chosen(all []*contest, wanted *regexp.Regexp) []*contest {
	return slices.DeleteFunc(all, func(c *contest) bool {
		return !slices.ContainsFunc(all, func(d *contest) bool { return wanted.MatchString(d.name) && (d == c || d.of == c.name) })
	})
}

// line tells what a contest took.
func (c *contest) line(all []*contest) string {
	clock, cpu := c.sorted(func(c cost) time.Duration { return c.clock }), c.sorted(func(c cost) time.Duration { return c.cpu })
	best := c.took[0]
	line := fmt.Sprintf("%-44s %10s %10s %10s %10s %9s %9s", c.name, c.one(clock[0]), c.one(clock[len(clock)/2]), c.one(cpu[0]), c.one(cpu[len(cpu)/2]), size(best.peak), size(best.out))
	if i := slices.IndexFunc(all, func(d *contest) bool { return d.name == c.of }); i >= 0 {
		d := all[i]
		line += fmt.Sprintf("  %.2f, %.2f of %s", ratio(clock[0], c.each, d.sorted(func(c cost) time.Duration { return c.clock })[0], d.each),
			ratio(cpu[0], c.each, d.sorted(func(c cost) time.Duration { return c.cpu })[0], d.each), d.name)
	}
	if best.allocs > 0 {
		line += fmt.Sprintf("  %d allocations", best.allocs)
	}
	if c.aim != "" {
		line += "  (aim: " + c.aim + ")"
	}
	return line
}

func ratio(a time.Duration, of int, b time.Duration, ofB int) float64 {
	return float64(a) / float64(max(of, 1)) / (float64(b) / float64(max(ofB, 1)))
}

// sorted are the rounds' times, the best first.
func (c *contest) sorted(of func(cost) time.Duration) (list []time.Duration) {
	for _, t := range c.took {
		list = append(list, of(t))
	}
	slices.Sort(list)
	return list
}

// one is a time of one of the things that a round has.
func (c *contest) one(t time.Duration) string {
	t /= time.Duration(max(c.each, 1))
	switch {
	case t > time.Second:
		return t.Round(10 * time.Millisecond).String()
	case t > time.Millisecond:
		return t.Round(10 * time.Microsecond).String()
	}
	return t.Round(10 * time.Nanosecond).String()
}

// size writes bytes; nothing where they are not known.
func size(n int64) string {
	switch {
	case n == 0:
		return ""
	case n < 1<<20:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
}

// bare is a program that does nothing but print.
const bare = `package main

import "os"

func main() { os.Stdout.WriteString("7271940\n") }
`

// A bench is the place where all is measured.
type bench struct {
	dir, program, bare string
	n                  int
	skipped            []string // what could not be measured, and why
}

// prepare builds the programs and writes the files.
func (b *bench) prepare() error {
	source := filepath.Join(b.dir, "bare.go")
	if err := os.WriteFile(source, []byte(bare), 0o666); err != nil {
		return err
	}
	for _, args := range [][]string{{"-o", b.program, "./cmd/cnnl"}, {"-o", b.bare, source}} {
		if out, err := exec.Command("go", append([]string{"build"}, args...)...).CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
	}
	if err := b.writeClass(); err != nil {
		return err
	}
	return b.writeNetworks()
}
