package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cnnl/examples/zoo"
)

// Names of what others are ratios of.
const (
	bareName   = "start: a bare Go program"
	startName  = "start: cnnl version"
	catName    = "class: find | xargs cat"
	eighthName = "long: check, an eighth of the layers"
	shortName  = "prompt: an entry behind 10 layers"
)

const (
	homework = "examples/homework/cmyk.cnnl"
	starts   = 20 // how often a program is started in one round
)

func (b *bench) contests() []*contest {
	limit := []string{"--limit", "layers=" + strconv.Itoa(b.layers()+10), "--limit", "steps=" + strconv.Itoa(10*b.layers()+1000)}
	with := func(words ...string) []string { return append(words, limit...) }
	list := []*contest{
		{name: bareName, run: b.started(b.bare), each: starts},
		{name: startName, run: b.started(b.program, "version"), each: starts, of: bareName},
		{name: "start: homework", run: b.started(b.program, homework), each: starts, of: bareName, aim: "3.3"},
		{name: "start: " + deepest(), run: b.started(b.program, "zoo/"+deepest()), each: starts, of: startName, aim: "5 ms more than the start"},
		{name: catName, run: b.shell("find " + b.path(classFolder) + " -type f -print0 | xargs -0 cat >/dev/null"), each: b.n},
		{name: "class: a Go reader, all cores", run: b.readAll, each: b.n, of: catName},
		{name: "class: check", run: b.command("check", b.path(classFolder)), each: b.n, of: catName},
		{name: "class: check, every script another", run: b.command("check", b.path(apartFolder)), each: b.n, of: catName, aim: "1.0"},
		{name: "class: grade", run: b.command("grade", "examples/grading/key.cnnl", b.path(classFolder)), each: b.n, of: catName},
		{name: "class: grade, every script another", run: b.command("grade", "examples/grading/key.cnnl", b.path(apartFolder)), each: b.n, of: catName, aim: "1.0"},
		{name: eighthName, run: b.command(with("check", b.path("eighth.cnnl"))...)},
		{name: "long: check, a million layers", run: b.command(with("check", b.path("million.cnnl"))...), of: eighthName, aim: "8.0, 2 s and 400 MiB"},
		{name: "rows: table", run: b.command(with("run", b.path("rows.cnnl"))...), each: b.n},
		{name: "rows: explain", run: b.command(with("explain", b.path("rows.cnnl"))...), each: b.n},
		{name: "rows: json", run: b.command(with("run", "-o", "json", b.path("rows.cnnl"))...), each: b.n},
	}
	return append(append(list, b.inside()...), b.torch()...)
}

// deepest is the model of the zoo that is built of most layers.
func deepest() (name string) {
	most := 0
	for _, model := range zoo.Names() {
		text, _ := zoo.Text(model)
		if n := len(evaluated(text).Nodes); n > most {
			most, name = n, model
		}
	}
	return name
}

// command runs cnnl once. That scripts are at fault is no failure.
func (b *bench) command(args ...string) func() (cost, error) {
	return func() (cost, error) { return timed(1, b.program, args...) }
}

// started starts a program a few times.
func (b *bench) started(program string, args ...string) func() (cost, error) {
	return func() (cost, error) { return timed(starts, program, args...) }
}

func (b *bench) shell(line string) func() (cost, error) {
	return func() (cost, error) { return timed(1, "sh", "-c", line) }
}

// timed runs a program so many times, and counts what it writes.
func timed(times int, program string, args ...string) (c cost, err error) {
	for range times {
		var out counter
		var said bytes.Buffer
		cmd := exec.Command(program, args...)
		cmd.Stdout, cmd.Stderr = &out, &said
		began := time.Now()
		err := cmd.Run()
		c.clock += time.Since(began)
		if exit := new(exec.ExitError); errors.As(err, &exit) && exit.ExitCode() != 1 || err != nil && cmd.ProcessState == nil {
			return c, fmt.Errorf("%s: %w: %s", strings.Join(cmd.Args, " "), err, &said)
		}
		c.cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		c.peak, c.out = max(c.peak, peak(cmd.ProcessState)), int64(out)
	}
	return c, nil
}

// A counter counts what is written and keeps none of it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

var _ io.Writer = (*counter)(nil)

// readAll reads every file of the class on every core, and does nothing else.
func (b *bench) readAll() (cost, error) {
	began, used := time.Now(), ownTime()
	err := readFiles(b.path(classFolder))
	return cost{clock: time.Since(began), cpu: ownTime() - used}, err
}

func readFiles(folder string) error {
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
