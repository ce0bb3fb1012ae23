package repl

import (
	"io"
	"runtime"
	"strings"

	"github.com/chzyer/readline"
)

// A Terminal edits lines on a terminal, with completion and history. It is
// used by one goroutine, and never reads again after the end.
type Terminal struct {
	editor *readline.Instance
	loop   *loop
	record func(entry string) // keeps the history between runs
	keys   *keys
}

// NewTerminal takes over the terminal. History is what was entered before, the
// oldest first; record is told every entry.
func NewTerminal(history []string, record func(entry string)) (*Terminal, error) {
	t := &Terminal{record: record, keys: &keys{in: readline.NewCancelableStdin(readline.Stdin)}}
	editor, err := readline.NewEx(&readline.Config{
		AutoComplete:           t,
		DisableAutoSaveHistory: true,
		HistoryLimit:           mostHistory,
		EOFPrompt:              "\n",
		Stdin:                  t.keys,
	})
	if err != nil {
		return nil, err
	}
	t.editor = editor
	t.mark(markPastes)
	for _, entry := range history {
		_ = editor.SaveHistory(entry) // in memory: it cannot fail
	}
	return t, nil
}

// mostHistory is how many entries the arrow keys go back.
const mostHistory = 1000

// Read edits one line.
func (t *Terminal) Read(prompt string) (string, error) {
	if t.keys.ended {
		return "", io.EOF // readline would wait for ever
	}
	t.editor.SetPrompt(prompt)
	line, err := t.editor.Readline()
	if err == readline.ErrInterrupt {
		return "", ErrInterrupt
	}
	return line, err
}

// Edit edits a line that is there already.
func (t *Terminal) Edit(prompt, text string) (string, error) {
	t.editor.SetPrompt(prompt)
	line, err := t.editor.ReadlineWithDefault(text)
	if err == readline.ErrInterrupt {
		return "", ErrInterrupt
	}
	return line, err
}

// Remember puts an entry into the history.
func (t *Terminal) Remember(entry string) {
	_ = t.editor.SaveHistory(entry)
	t.record(entry)
}

// Close gives the terminal back.
func (t *Terminal) Close() error {
	t.mark(noMarks)
	return t.editor.Close()
}

// mark asks the terminal to mark what is pasted, or to stop. A terminal that
// knows no marks passes over that; on Windows readline stands for the terminal,
// and would wait for the end of what it does not know.
func (t *Terminal) mark(how string) {
	if runtime.GOOS != "windows" {
		_, _ = t.editor.Write([]byte(how))
	}
}

// Do completes the word before the cursor, for readline.
func (t *Terminal) Do(line []rune, pos int) (suffixes [][]rune, length int) {
	if t.loop == nil {
		return nil, 0
	}
	words, word := t.loop.complete(string(line[:pos]))
	for _, w := range words {
		suffix := strings.TrimPrefix(w.Text, word)
		if !w.Joined {
			suffix += " "
		}
		suffixes = append(suffixes, []rune(suffix))
	}
	return suffixes, len([]rune(word))
}
