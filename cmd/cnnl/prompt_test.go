package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
)

// A keyboard types at a program on a pseudo-terminal, and waits for what it
// shows.
type keyboard struct {
	t    *testing.T
	tty  *os.File
	mu   sync.Mutex
	seen bytes.Buffer
	at   int
	done chan error
}

func typeAt(t *testing.T, home string, args ...string) *keyboard {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Dir = home
	cmd.Env = append(os.Environ(), "CNNL_TEST_MAIN=1", "NO_COLOR=1", "TERM=xterm", "XDG_STATE_HOME="+filepath.Join(home, "state"))
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 100})
	if err != nil {
		lacks(t, "there is no pseudo-terminal here: "+err.Error())
	}
	k := &keyboard{t: t, tty: tty, done: make(chan error, 1)}
	go func() {
		buffer := make([]byte, 4096)
		for {
			n, err := tty.Read(buffer)
			k.mu.Lock()
			k.seen.Write(buffer[:n])
			k.mu.Unlock()
			if err != nil {
				k.done <- cmd.Wait()
				return
			}
		}
	}()
	t.Cleanup(func() { tty.Close(); cmd.Process.Kill() })
	return k
}

var controls = regexp.MustCompile(`\x1b\[[0-9;?]*[A-Za-z]|\r`)

// press types keys.
func (k *keyboard) press(keys string) {
	if _, err := k.tty.WriteString(keys); err != nil {
		k.t.Fatal(err)
	}
}

// sees waits until a text is shown behind what was seen before.
func (k *keyboard) sees(text string) {
	k.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		k.mu.Lock()
		shown := controls.ReplaceAllString(k.seen.String(), "")
		k.mu.Unlock()
		if i := strings.Index(shown[min(k.at, len(shown)):], text); i >= 0 {
			k.at += i + len(text)
			return
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.t.Fatalf("%q was not shown; shown was\n%q", text, k.seen.String())
}

// TestPromptOnTerminal types as a person does: completion, several lines,
// Ctrl-C, history from run to run, Ctrl-D.
func TestPromptOnTerminal(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	k := typeAt(t, home)
	k.sees(":help helps, Ctrl-D ends")
	k.sees("> ")
	k.press("inp\t")
	k.sees("input")
	k.press(" 120x120 cmyk\r")
	k.sees("120x120x4")
	k.press("conv c1 20 3x3 dil\t")
	k.sees("dilation")
	k.press(" 2\r")
	k.sees("conv 20 3x3 dilation 2")
	k.sees("total 740")
	k.press("add {\r")
	k.sees(". ")
	k.press("conv 20 3x3 pad 1\rrelu\r} { }\r")
	k.sees("total 4,360")
	k.sees("> ") // before it, Ctrl-C is a signal
	k.press("conv half \x03")
	k.sees("^C")
	k.sees("> ")
	k.press("\x03")
	k.sees("Ctrl-D ends, :help helps")
	k.press("add {\r")
	k.sees(". ")
	k.press("\x04") // gives up the entry, not the session
	k.sees("> ")
	k.press("c1.par\t")
	k.sees("c1.params")
	k.press("\r")
	k.sees("740")
	k.press(":undo\r")
	k.sees("took back: add { conv 20 3x3 pad 1; relu } { }")
	k.press("\x1b[A\x1b[A\x1b[A\r") // three up: the add once more
	k.sees("total 4,360")
	k.press("\t\trelu\tr\t# activation\r") // tabs that were pasted are blanks
	k.sees("  r          relu                    116x116x20")
	k.press(":save net.cnnl\r")
	k.sees("saved to net.cnnl: 5 layers")
	k.press("\x04")
	if err := <-k.done; err != nil {
		t.Errorf("it ends with %v", err)
	}
	if out, stderr, code := cnnl(t, "", filepath.Join(home, "net.cnnl")); code != exitFine || !strings.Contains(out, "4,360") {
		t.Errorf("what was saved: %s %s", out, stderr)
	}

	file := filepath.Join(home, "state", "cnnl", "history")
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the history: %v %v", info, err)
	}
	if folder, err := os.Stat(filepath.Dir(file)); err != nil || folder.Mode().Perm() != 0o700 {
		t.Errorf("its folder: %v %v", folder, err)
	}
	text, _ := os.ReadFile(file)
	if !strings.Contains(string(text), "\nadd { conv 20 3x3 pad 1; relu } { }\n") {
		t.Errorf("the history is %q", text)
	}

	again := typeAt(t, home, "repl", "net.cnnl")
	again.sees("net.cnnl: 5 layers, total 4,360")
	again.press("\x1b[A\x1b[A\r") // what was entered before :save, in the run before
	again.sees("the name r is taken")
	again.press(":quit\r")
	if err := <-again.done; err != nil {
		t.Errorf("it ends with %v", err)
	}
}

// TestPlainPrompt: on a terminal that can do little, no line is edited.
func TestPlainPrompt(t *testing.T) {
	t.Parallel()
	k := typeAt(t, t.TempDir(), "repl", "--plain")
	k.sees("> ")
	k.press("input 8x8x3\n")
	k.sees("8x8x3")
	k.press("add {\n")
	k.sees(". ")
	k.press("\x03") // gives up the entry
	k.sees("> ")
	k.press("\x03")
	k.sees("Ctrl-D ends")
	k.press("total\n")
	k.sees("  0")
	k.press("repeat 1000 { repeat 1000 { repeat 1000 { relu } } }\n")
	time.Sleep(50 * time.Millisecond)
	k.press("\x03")
	k.sees("interrupted")
	k.press("\x04")
	if err := <-k.done; err != nil {
		t.Errorf("it ends with %v", err)
	}
}
