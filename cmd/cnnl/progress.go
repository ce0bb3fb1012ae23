package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"cnnl/lang"
)

// A progress tells how far a long run is, where somebody watches.
type progress struct {
	w       io.Writer
	of      int
	began   time.Time
	last    time.Time
	written bool
}

// How long a run goes on before it tells, and between tellings.
const (
	patience = time.Second
	interval = 100 * time.Millisecond
)

func (a *app) progress(of int) *progress {
	file, ok := a.err.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) || !obeysEscapes(file) {
		return nil
	}
	return &progress{w: file, of: of, began: time.Now(), last: time.Now()}
}

func (p *progress) step(done int) {
	if p == nil || done%64 != 0 {
		return
	}
	now := time.Now()
	spent := now.Sub(p.began)
	if spent < patience || now.Sub(p.last) < interval {
		return
	}
	p.last, p.written = now, true
	left := time.Duration(float64(spent) * float64(p.of-done) / float64(done)).Round(time.Second)
	width := 30 * done / max(p.of, 1)
	fmt.Fprintf(p.w, "\r\x1b[K[%s%s] %d %%  %s of %s, %s left", strings.Repeat("#", width), strings.Repeat(" ", max(30-width, 0)), 100*done/max(p.of, 1), lang.Group(int64(done)), lang.Group(int64(p.of)), left)
}

func (p *progress) end() {
	if p != nil && p.written {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
