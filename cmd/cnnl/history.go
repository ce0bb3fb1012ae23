package main

import (
	"os"
	"path/filepath"
	"strings"

	"cnnl/lang"
)

// A history keeps what was entered at the prompt from run to run: a line for
// each entry, in a file that only its owner may read. Where there can be none,
// nothing is kept.
type history struct {
	file    string
	entries []string
}

// mostRemembered is how many entries a file keeps.
const mostRemembered = 1000

func openHistory() *history {
	folder := os.Getenv("XDG_STATE_HOME")
	if usual, err := stateFolder(); folder == "" && err == nil {
		folder = usual
	}
	if folder = filepath.Join(folder, "cnnl"); !filepath.IsAbs(folder) || os.MkdirAll(folder, 0o700) != nil {
		return &history{}
	}
	h := &history{file: filepath.Join(folder, "history")}
	text, _ := os.ReadFile(h.file) // the first time there is none
	for entry := range strings.SplitSeq(string(text), "\n") {
		if entry != "" && strings.IndexFunc(entry, lang.Hidden) < 0 { // a terminal would obey the others
			h.entries = append(h.entries, entry)
		}
	}
	if len(h.entries) > 2*mostRemembered {
		h.entries = h.entries[len(h.entries)-mostRemembered:]
		_ = new(writer).write(h.file, []byte(strings.Join(h.entries, "\n")+"\n"))
	}
	_ = os.Chmod(h.file, 0o600)
	return h
}

// record adds an entry, unless it is the one before once more.
func (h *history) record(entry string) {
	if n := len(h.entries); h.file == "" || n > 0 && h.entries[n-1] == entry {
		return
	}
	h.entries = append(h.entries, entry)
	f, err := os.OpenFile(h.file, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		h.file = ""
		return
	}
	defer f.Close()
	_, _ = f.WriteString(entry + "\n") // a prompt goes on without its history
}
