package diagnose

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"cnnl/eval"
	"cnnl/eval/claim"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A Reader reads claims as they are typed, about one network.
type Reader struct {
	Net *network.Network
	// Ask computes a calculation in the script's names, and Quantity finds what one of
	// them names.
	Ask      func(*lang.Expr, *lang.Source) (value.Value, lang.Diagnostics)
	Quantity func(*lang.Ref, *lang.Source) (eval.Quantity, bool)
	Limits   lang.Limits
	parser   lang.Parser
}

// NewReader reads claims about the network of a script that was run.
func NewReader(v *eval.Evaluation, limits lang.Limits) *Reader {
	return &Reader{Net: v.Network, Ask: v.Ask, Quantity: v.Quantity, Limits: limits}
}

// thousands are numbers with commas between their thousands.
var thousands = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b\d{1,3}(,\d{3})+\b`) })

// spellings are signs that the language writes otherwise.
var spellings = strings.NewReplacer("×", "*", "−", "-", "^", "**", "==", "=")

// Read reads TARGET=V, TARGET=CALCULATION=V, or V, which is about total.params.
// Targets are what an expect can name. False: it is no claim, which is told.
func (r *Reader) Read(text string) (c Claim, ok bool, diags lang.Diagnostics) {
	target, stated, targeted := strings.Cut(spelled(text), "=")
	switch {
	case !targeted:
		if way := r.parted(target); way != "" {
			diags.Add(lang.Diagnostic{Code: lang.Syntax, Summary: "the claim " + text + " has no equals sign", Hint: "write " + way})
			return c, false, diags
		}
		if c, ok, _ := r.Target(target); ok {
			diags.Add(lang.Diagnostic{Code: lang.Syntax, Summary: c.Target + " has no value", Hint: "write TARGET=VALUE, or TARGET=CALCULATION=VALUE"})
			return c, false, diags
		}
		target, stated = "total.params", target
	case strings.TrimSpace(target) == "":
		diags.Add(lang.Diagnostic{Code: lang.Syntax, Summary: "nothing stands before the equals sign of " + text, Hint: "name a number of the network, as in " + r.examples()})
		return c, false, diags
	}
	if c, ok, diags = r.Target(target); !ok {
		return c, false, diags
	}
	ok = r.State(&c, stated, &diags)
	return c, ok, diags
}

// parted is a claim whose target and value are parted by a blank or a colon, as it is
// written; empty: it is none.
func (r *Reader) parted(text string) string {
	at := strings.IndexAny(text, " \t:")
	if at <= 0 {
		return ""
	}
	target, stated := text[:at], strings.TrimLeft(text[at:], " \t:")
	c, ok, _ := r.Target(target)
	if !ok || !r.State(&c, stated, new(lang.Diagnostics)) {
		return ""
	}
	return target + "=" + stated
}

// examples are numbers of the network that a claim can be about.
func (r *Reader) examples() string {
	for i := range r.Net.Good {
		if name := r.Net.Path(int32(i)); r.Net.Nodes[i].Params() > 0 {
			return name + ".params, " + name + ".out or total"
		}
	}
	return "total"
}

// spelled is a claim in the spelling of the language.
func spelled(text string) string {
	return thousands().ReplaceAllStringFunc(spellings.Replace(strings.TrimSpace(text)), func(n string) string { return strings.ReplaceAll(n, ",", "") })
}

// State gives a claim what is stated of it: V, or CALCULATION=V. False: it is no
// number, which is told.
func (r *Reader) State(c *Claim, text string, diags *lang.Diagnostics) bool {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil { // most are
		c.Value, c.Calculation = value.Whole(n), nil
		return true
	}
	pieces := strings.Split(spelled(text), "=")
	switch {
	case slices.ContainsFunc(pieces, func(p string) bool { return strings.TrimSpace(p) == "" }):
		diags.Add(lang.Diagnostic{Code: lang.Syntax, Summary: c.Target + " has no value", Hint: "write TARGET=VALUE, or TARGET=CALCULATION=VALUE"})
		return false
	case len(pieces) > 2:
		diags.Add(lang.Diagnostic{Code: lang.Syntax, Summary: c.Target + " has too many equals signs", Hint: "write TARGET=VALUE, or TARGET=CALCULATION=VALUE"})
		return false
	}
	return r.values(lang.NewSource(c.Target, ""), pieces, c, diags)
}

// values reads what a claim states: a value, and the calculation before it.
func (r *Reader) values(src *lang.Source, pieces []string, c *Claim, diags *lang.Diagnostics) bool {
	for i, piece := range pieces {
		if i > 0 {
			src.Extend("=")
		}
		e, v, ok := r.ask(src, piece, diags, "")
		if !ok {
			return false
		}
		if calculated, ok := claim.Calculated(e, strings.TrimSpace(piece), r.atom(src)); ok {
			c.Calculation = calculated
		}
		c.Value = v
		if v.Sort != value.Number && v.Sort != value.Size {
			r.refuse(src, e, diags, "this is no number and no size", "found "+v.String())
			return false
		}
		if v.Sort == value.Size && c.Property != "out" && c.Property != "field" {
			r.refuse(src, e, diags, c.Target+" is a number", "found "+v.String()+", which is a size")
			return false
		}
	}
	return true
}

func (r *Reader) refuse(src *lang.Source, e *lang.Expr, diags *lang.Diagnostics, summary, detail string) {
	diags.Add(lang.Diagnostic{Code: lang.Value, Source: src, Span: e.Span(), Summary: summary, Detail: detail})
}

// ask reads and computes one calculation. Of what is wrong with it the first is told, with
// a hint where the script's own would be about its statements.
func (r *Reader) ask(src *lang.Source, text string, diags *lang.Diagnostics, hint string) (e *lang.Expr, v value.Value, ok bool) {
	base := len(src.Text)
	e, more := r.parser.ParseExpr(src, text, r.Limits)
	if e != nil {
		v, more = r.Ask(e, src)
	}
	for _, d := range more.List[:min(len(more.List), 1)] {
		switch {
		case d.Code == lang.Syntax && d.Hint == "":
			d.Hint = hint
		case d.Code == lang.Naming && !behindDot(&d) && !r.stands(d.Ways, text, base):
			d.Detail, d.Hint = "the network has no such name", hint
		}
		diags.Add(d)
	}
	return e, v, e != nil && v.Known() && !more.Failed()
}

// stands reports another name with which a calculation can be computed.
func (r *Reader) stands(ways []lang.Edit, text string, base int) bool {
	return slices.ContainsFunc(ways, func(way lang.Edit) bool {
		src := lang.NewSource("claim", "")
		mended := text[:way.Span.Start-base] + way.Text + text[way.Span.End-base:]
		e, more := r.parser.ParseExpr(src, mended, r.Limits)
		if e != nil {
			_, more = r.Ask(e, src)
		}
		return !more.Failed()
	})
}

// behindDot reports what is said of a property, not of a name.
func behindDot(d *lang.Diagnostic) bool {
	return d.Source != nil && d.Span.Start > 0 && d.Source.Text[d.Span.Start-1] == '.'
}

// atom computes what stands in a calculation for one number.
func (r *Reader) atom(src *lang.Source) func(*lang.Operand) value.Value {
	return func(x *lang.Operand) value.Value {
		one := *x
		one.Sign = lang.Op{}
		v, _ := r.Ask(&lang.Expr{First: one}, src)
		return v
	}
}

// Target finds what a claim is about; it states nothing yet. False: there is no such
// number, which is told.
func (r *Reader) Target(text string) (c Claim, ok bool, diags lang.Diagnostics) {
	src := lang.NewSource("claim", "")
	e, v, ok := r.ask(src, text, &diags, r.targetHint(text))
	if !ok {
		return c, false, diags
	}
	if ref := e.First.Ref; ref != nil && len(e.Rest) == 0 && e.First.Sign.Text == "" && v.Sort != value.Boolean {
		if c, ok = r.about(ref, src); ok {
			return c, true, diags
		}
	}
	r.refuse(src, e, &diags, "this is no number of a layer or of the whole", "as in "+r.examples())
	return c, false, diags
}

// targetHint helps with a target that is not there.
func (r *Reader) targetHint(text string) string {
	if near := lang.Nearest(text, "total"); near != "" {
		return "did you mean " + near + "?"
	}
	return "name a number of the network, as in " + r.examples()
}

// about is a claim about what a reference names, without a value; false: it names no
// number of a layer or of the whole.
func (r *Reader) about(ref *lang.Ref, src *lang.Source) (c Claim, ok bool) {
	net := r.Net
	if ref.Head.Text == "total" {
		if len(ref.Path) > 1 || len(ref.Path) == 1 && ref.Path[0].Index != nil {
			return c, false
		}
		c = Claim{Node: network.None, End: int32(net.Good), Property: "params"}
		if len(ref.Path) == 1 {
			c.Property = ref.Path[0].Attr.Text
		}
		c.Target = "total." + c.Property
		return c, true
	}
	q, ok := r.Quantity(ref, src)
	if !ok || q.Property == "" {
		return c, false
	}
	c = Claim{Target: q.String(), Node: q.Node, Property: q.Property}
	if q.Sum() {
		c.Node, c.First, c.End = network.None, net.Groups[q.Group].First, net.Groups[q.Group].End
	}
	return c, true
}

// Claims joins the words of claims that were typed with blanks in them, as in
// c1.params = (3*3*4 + 1)*20.
func Claims(words []string) (texts []string) {
	for _, word := range words {
		if n := len(texts) - 1; n >= 0 && goesOn(texts[n], word) {
			texts[n] += " " + word
		} else {
			texts = append(texts, word)
		}
	}
	return texts
}

// signs are those between the numbers of a calculation.
const signs = "=+*/^%-×−"

// goesOn reports a word that belongs to the claim before it: a sign stands between them, or
// a bracket is open. A number below 0, and a word with a target of its own, begin another.
func goesOn(claim, word string) bool {
	begins, _ := utf8.DecodeRuneInString(word)
	ends, _ := utf8.DecodeLastRuneInString(claim)
	switch {
	case strings.Contains(word, "=") && unicode.IsLetter(begins):
		return false
	case strings.Count(claim, "(") > strings.Count(claim, ")"), strings.ContainsRune(signs, ends):
		return word != ""
	}
	return word == "-" || begins != '-' && strings.ContainsRune(signs, begins)
}

// Ask reads claims and explains those that could be read; what is wrong with the
// others is told.
func (g *Engine) Ask(r *Reader, texts []string) (result *Result, diags lang.Diagnostics) {
	var claims []Claim
	var at []int
	judged := make([]Judged, len(texts))
	stated := map[string]bool{}
	for i, text := range texts {
		c, ok, more := r.Read(text)
		if ok && stated[c.Target] {
			ok = false
			more.Add(lang.Diagnostic{Code: lang.Value, Summary: c.Target + " is stated more than once", Hint: "the first counts; ask about the other by itself"})
		}
		if diags.Merge(more); !ok {
			judged[i] = unread(text)
			continue
		}
		stated[c.Target] = true
		claims, at = append(claims, c), append(at, i)
	}
	result = g.Diagnose(claims)
	result.tellEnd(&diags)
	return result.among(judged, at), diags
}

// tellEnd tells of a search that was too long.
func (r *Result) tellEnd(diags *lang.Diagnostics) {
	if r.Ended {
		diags.Add(lang.Diagnostic{Severity: lang.Warning, Code: lang.Limit, Summary: "these numbers could have more causes than can be looked through", Hint: "ask about a few of them at a time"})
	}
}

// among puts what was found of some claims among others that could not be read; at
// says for each where it stands.
func (r *Result) among(all []Judged, at []int) *Result {
	if len(all) == len(at) {
		return r
	}
	whole := *r
	whole.Claims, whole.Diagnoses = all, nil
	for i, j := range at {
		all[j] = r.Claims[i]
	}
	for _, d := range r.Diagnoses {
		moved := *d
		moved.Claims = make([]int, len(d.Claims))
		for i, k := range d.Claims {
			moved.Claims[i] = at[k]
		}
		whole.Diagnoses = append(whole.Diagnoses, &moved)
	}
	return &whole
}

// unread is a claim that could not be read, as it stands.
func unread(text string) Judged {
	target, stated, ok := strings.Cut(text, "=")
	begins, _ := utf8.DecodeRuneInString(text)
	if !ok && !unicode.IsLetter(begins) {
		target, stated = "total.params", text
	}
	return Judged{Target: strings.TrimSpace(target), Value: strings.TrimSpace(stated), Unread: true}
}
