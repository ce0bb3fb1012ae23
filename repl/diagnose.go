package repl

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cnnl/diagnose"
	"cnnl/lang"
	"cnnl/render"
)

// What made a wrong number, at the prompt: the network that stands is the key.

// engine answers for the network that stands; an error: there is none yet, or it is
// too large.
func (l *loop) engine() (*diagnose.Engine, *diagnose.Reader, error) {
	s := l.now()
	net := s.Network()
	g, err := diagnose.New(net, diagnose.Options{})
	return g, &diagnose.Reader{Net: net, Ask: s.Ask, Quantity: s.Quantity, Limits: l.Limits}, err
}

// diagnose says which mistakes made some numbers.
func (l *loop) diagnose(args string) {
	claims := diagnose.Claims(strings.Fields(args))
	if len(claims) == 0 {
		l.fail("write the numbers that are to be explained, as in :diagnose 32780, or :diagnose c1.params=200")
		return
	}
	g, r, err := l.engine()
	switch {
	case errors.Is(err, diagnose.ErrLarge):
		l.fail("%v", err)
		return
	case err != nil:
		l.say("nothing stands yet; begin with the input: input 120x120 rgb")
		return
	}
	result, diags := g.Ask(r, claims)
	l.tell(diags)
	if slices.ContainsFunc(result.Claims, func(c diagnose.Judged) bool { return !c.Unread }) {
		_ = render.Diagnosis(l.Out, l.Terminal, result)
	}
}

// why says what explains a comparison that does not hold; empty: nothing does.
func (l *loop) why(comparison string) string {
	sides := strings.Split(comparison, "==")
	if len(sides) < 2 || len(sides) > 3 {
		return ""
	}
	g, r, err := l.engine()
	if err != nil {
		return ""
	}
	for _, text := range [...]string{strings.Join(sides, "="), sides[len(sides)-1] + "=" + sides[0]} {
		if c, ok, _ := r.Read(text); ok {
			return g.Diagnose([]diagnose.Claim{c}).Help()[0]
		}
	}
	return ""
}

// explained gives a claim that was entered, and does not hold, what explains it.
func (l *loop) explained(entry string, diags lang.Diagnostics) lang.Diagnostics {
	text, isClaim := strings.CutPrefix(strings.TrimSpace(entry), "expect ")
	if isClaim && len(diags.List) == 1 && diags.List[0].Code == lang.Expect && diags.List[0].Hint == "" {
		diags.List[0].Hint = l.why(text)
	}
	return diags
}

// hold tells the value of a calculation, and why a comparison does not hold.
func (l *loop) hold(text, value string) {
	fmt.Fprintln(l.Out, "  "+value)
	if value == "false" {
		if help := l.why(text); help != "" {
			fmt.Fprintln(l.Out, "  "+l.Terminal.Wrap(help, 2))
		}
	}
}
