package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// onTerminal runs the program with a pseudo-terminal of so many columns.
func onTerminal(t *testing.T, columns uint16, env []string, args ...string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), append([]string{"CNNL_TEST_MAIN=1", "NO_COLOR=", "TERM=xterm"}, env...)...)
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: columns})
	if err != nil {
		lacks(t, "there is no pseudo-terminal here: "+err.Error())
	}
	defer terminal.Close()
	var out bytes.Buffer
	_, _ = io.Copy(&out, terminal) // ends with an error when the program does
	_ = cmd.Wait()
	return strings.ReplaceAll(out.String(), "\r\n", "\n")
}

// TestColours: on a terminal, unless it or its owner wants none; an explicit
// flag overrules both.
func TestColours(t *testing.T) {
	docs(t)
	for _, test := range []struct {
		env, args []string
		want      bool
	}{
		{nil, nil, true},
		{[]string{"NO_COLOR=1"}, nil, false},
		{[]string{"TERM=dumb"}, nil, false},
		{nil, []string{"--color", "never"}, false},
		{[]string{"NO_COLOR=1", "TERM=dumb"}, []string{"--color", "always"}, true},
	} {
		got := onTerminal(t, 80, test.env, append([]string{"examples/homework/mistakes.cnnl"}, test.args...)...)
		if strings.Contains(got, "\x1b[") != test.want || !strings.Contains(got, "conv 20 3x3") {
			t.Errorf("%v %v: coloured is %v:\n%s", test.env, test.args, !test.want, got)
		}
	}
}

// TestWidth: what is shown fits the terminal.
func TestWidth(t *testing.T) {
	long(t)
	docs(t)
	dir := t.TempDir()
	long := strings.NewReplacer("Output shapes", "The shape of what each layer puts out", "mark 4", "mark 1000000.25").Replace(classKey)
	key := write(t, filepath.Join(dir, "key.cnnl"), long)
	writeAll(t, filepath.Join(dir, "class"), map[string]string{"ann.cnnl": solution(), strings.Repeat("id", 50) + ".cnnl": mistakes[2](solution()), "bob_12_13_" + strings.Repeat("x", 200) + ".pdf": ""})
	for _, columns := range []int{100, 80, 60} {
		for _, args := range [][]string{{"grade", key, filepath.Join(dir, "class")}, {"grade", key, filepath.Join(dir, "class", "ann.cnnl")}, {"grade", "examples/grading/key.cnnl", "examples/grading/submissions"}, {"examples/language/unet.cnnl"}, {"explain", "examples/homework/cmyk.cnnl"}, {"diff", "examples/homework/cmyk.cnnl", "examples/language/field.cnnl"}} {
			lines := strings.Split(onTerminal(t, uint16(columns), nil, append(args, "--color", "never")...), "\n")
			if len(lines) < 10 {
				t.Errorf("%v at %d columns shows %d lines", args, columns, len(lines))
			}
			for _, line := range lines {
				if len([]rune(line)) > columns {
					t.Errorf("%v at %d columns: %s", args, columns, line)
				}
			}
		}
	}
}
