package repl

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Plain reads lines from a pipe, a file, or a terminal that can do nothing
// else; there it shows the prompt.
type Plain struct {
	r      *bufio.Reader
	prompt io.Writer // nil: none is shown
	longer int
	// Interrupts tells of every Ctrl-C, where somebody can press it.
	Interrupts <-chan struct{}
	lines      chan plainLine // read ahead, so that Ctrl-C need not wait for them
}

type plainLine struct {
	text string
	err  error
}

// NewPlain reads from r, lines of so many bytes at most. Prompts go to prompt,
// if there is one.
func NewPlain(r io.Reader, prompt io.Writer, longest int) *Plain {
	return &Plain{r: bufio.NewReader(r), prompt: prompt, longer: longest}
}

// Read gives the next line.
func (p *Plain) Read(prompt string) (string, error) {
	select {
	case <-p.Interrupts: // of what was going on before
	default:
	}
	if p.prompt != nil {
		fmt.Fprint(p.prompt, prompt)
	}
	if p.Interrupts == nil {
		return p.line()
	}
	if p.lines == nil {
		p.lines = make(chan plainLine)
		go func() {
			for {
				text, err := p.line()
				p.lines <- plainLine{text, err}
			}
		}()
	}
	select {
	case <-p.Interrupts:
		fmt.Fprintln(p.prompt)
		return "", ErrInterrupt
	case l := <-p.lines:
		if l.err == io.EOF {
			fmt.Fprintln(p.prompt)
		}
		return l.text, l.err
	}
}

func (p *Plain) line() (string, error) {
	var b strings.Builder
	for {
		piece, more, err := p.r.ReadLine()
		if err != nil && b.Len() == 0 {
			return "", err
		}
		if b.Len() <= p.longer { // the parser tells of one that is too long
			b.Write(piece)
		}
		if !more || err != nil {
			return b.String(), nil
		}
	}
}

// Remember keeps nothing.
func (p *Plain) Remember(string) {}

// Edit is not to be had where lines come as they are.
func (p *Plain) Edit(string, string) (string, error) { return "", ErrNoEditing }
