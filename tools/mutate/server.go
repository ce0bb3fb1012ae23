package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A binary has the tests of a package, with all mutants in them.
type binary struct{ file, dir string }

// tests builds the tests of a package and lists them.
func tests(pkg, dir, overlay string) (list []*test, err error) {
	about, err := golist("-f", "{{.Dir}}", pkg)
	if err != nil {
		return nil, err
	}
	b := &binary{dir: strings.TrimSpace(string(about)), file: filepath.Join(dir, strings.ReplaceAll(strings.Trim(pkg, "./"), "/", "_")+".test")}
	if out, err := exec.Command("go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", b.file, pkg).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the mutants of %s cannot be built: %w\n%s", pkg, err, out)
	}
	sources, err := golist("-f", "{{range .TestGoFiles}}{{.}} {{end}}{{range .XTestGoFiles}}{{.}} {{end}}", pkg)
	if err != nil {
		return nil, err
	}
	names, err := testNames(b.dir, strings.Fields(string(sources)))
	for _, name := range names {
		list = append(list, &test{binary: b, name: name})
	}
	return list, err
}

// A server is a binary that runs, and runs tests as it is asked to.
type server struct {
	cmd     *exec.Cmd
	asks    io.WriteCloser
	answers *os.File
	output  beginning // of what the tests say
}

// A beginning keeps no more than so much of what is written.
type beginning struct{ bytes.Buffer }

func (b *beginning) Write(p []byte) (int, error) {
	if b.Len() < 1<<16 {
		b.Buffer.Write(p)
	}
	return len(p), nil
}

func (b *binary) start(env ...string) (*server, error) {
	s := &server{cmd: exec.Command(b.file, "-test.failfast")}
	s.cmd.Dir, s.cmd.Env = b.dir, append(os.Environ(), env...)
	s.cmd.Stdout, s.cmd.Stderr = &s.output, &s.output
	answers, theirs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer theirs.Close()
	s.answers, s.cmd.ExtraFiles = answers, []*os.File{theirs}
	if s.asks, err = s.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	return s, s.cmd.Start()
}

// ask has tests run on a mutant, or on the program as it is; not alive: the binary has
// ended, because the time did or for another reason.
func (s *server) ask(m *mutant, list []*test, most time.Duration) (code int, took time.Duration, alive bool) {
	which := "-1.0"
	if m != nil {
		which = fmt.Sprintf("%d.%d", m.number, m.variant)
	}
	fmt.Fprintln(s.asks, which, most.Milliseconds(), pattern(list))
	var milliseconds int64
	if n, _ := fmt.Fscanln(s.answers, &code, &milliseconds); n < 2 {
		return 1, 0, false
	}
	return code, time.Duration(milliseconds) * time.Millisecond, true
}

// stop ends the program, which writes down what it reached.
func (s *server) stop() {
	s.asks.Close()
	_ = s.cmd.Wait() // it may have ended badly, and has been judged
	s.answers.Close()
}
