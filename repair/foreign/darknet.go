package foreign

import (
	"strconv"
	"strings"

	"cnnl/eval/dialect"
)

// A section is one of a network as darknet describes it: [convolutional], and a key a
// line. https://github.com/AlexeyAB/darknet/wiki/CFG-Parameters-in-the-different-layers
type section struct {
	name string
	keys map[string]string
	stmt *stmt // where it stands
}

// darknet is the sections around a place; nil: there are none.
func darknet(all *region, place int) (*region, []section) {
	r := all.around(all.at(place), func(l string) bool { return isHead(l) || isKey(l) || l[0] == '#' })
	if r == nil {
		return nil, nil
	}
	for r.first < r.end && !isHead(r.text[r.lines[r.first].span.Start:r.lines[r.first].span.End]) {
		r.first++
	}
	if r.first == r.end || place < r.lineStart(r.lines[r.first].span.Start) {
		return nil, nil
	}
	return r.sections()
}

func isHead(l string) bool {
	return len(l) > 2 && l[0] == '[' && l[len(l)-1] == ']' && identifier(l[1:len(l)-1]) == l[1:len(l)-1]
}

func isKey(l string) bool {
	key, _, is := strings.Cut(l, "=")
	key = strings.TrimSpace(key)
	return is && key != "" && identifier(key) == key && !strings.ContainsAny(l, "()")
}

// sections makes one line of each section, and reads it.
func (r *region) sections() (*region, []section) {
	found := &region{text: r.text, tool: dialect.Darknet}
	var list []section
	for _, l := range r.lines[r.first:r.end] {
		text := r.text[l.span.Start:l.span.End]
		switch {
		case isHead(text):
			list = append(list, section{name: text[1 : len(text)-1], keys: map[string]string{}})
			found.lines = append(found.lines, l)
		case isKey(text):
			key, value, _ := strings.Cut(text, "=")
			value, _, _ = strings.Cut(value, "#")
			list[len(list)-1].keys[strings.TrimSpace(key)] = strings.TrimSpace(value)
			last := &found.lines[len(found.lines)-1]
			last.span.End, last.end = l.span.End, l.end
		}
	}
	found.end = len(found.lines)
	for i := range list {
		list[i].stmt = &stmt{sort: sExpr, span: found.lines[i].span}
		found.stmts = append(found.stmts, list[i].stmt)
	}
	return found, list
}

// number is a key's number, or what it is where the section does not say.
func (s *section) number(key string, otherwise int64) int64 {
	if n, err := strconv.ParseInt(s.keys[key], 10, 64); err == nil {
		return n
	}
	return otherwise
}

// sectionRules are what becomes of sections: the ops that they add.
var sectionRules = map[string]func(*machine, *section, []tensor){
	"net": netSection, "network": netSection, "convolutional": convSection, "conv": convSection, "deconvolutional": convSection, "local": convSection, "connected": denseSection,
	"maxpool": poolSection, "avgpool": globalSection, "shortcut": shortcutSection, "route": routeSection, "upsample": strideSection, "reorg": strideSection,
	"dropout": dropoutSection, "softmax": plainSection, "batchnorm": plainSection, "crop": nil, "cost": nil, "yolo": nil, "region": nil, "detection": nil,
}

// darknetProgram carries out the sections of a network.
func (m *machine) darknetProgram(list []section) {
	var outs []tensor // what each section gives, [net] left out
	for i := range list {
		s := &list[i]
		m.path = []place{{stmt: s.stmt}}
		rule, known := sectionRules[s.name]
		if rule != nil {
			rule(m, s, outs)
		} else if !known {
			m.section(cannot("["+s.name+"]", &expr{span: s.stmt.span}), s)
		}
		if s.name != "net" && s.name != "network" {
			outs = append(outs, m.implicit().tensor)
		}
	}
}

// section adds an op that stands at a section.
func (m *machine) section(mod *module, s *section, ins ...tensor) {
	mod.at, mod.held, mod.tool = s.stmt.span, true, dialect.Darknet
	if len(ins) == 0 {
		ins = []tensor{m.implicit().tensor}
	}
	m.apply(mod, ins, &expr{span: s.stmt.span})
}

// makes is a layer of a kind with arguments, in our words.
func makes(kind string, words ...string) *module {
	mod := &module{call: &dialect.Call{Tool: dialect.Darknet, Kind: kind}, called: kind}
	for i := 0; i+1 < len(words); i += 2 {
		mod.args = append(mod.args, argument{word: words[i], value: value{sort: vNumber, text: words[i+1]}, given: true})
	}
	return mod
}

func netSection(m *machine, s *section, _ []tensor) {
	size := listOf(integer(s.number("height", 0)), integer(s.number("width", 0)), integer(s.number("channels", 3)))
	if s.keys["width"] == "" || s.keys["height"] == "" {
		return
	}
	mod := &module{call: &dialect.Call{Tool: dialect.Darknet, Kind: "input"}, called: "[net]", args: []argument{{word: "shape", value: size, given: true}}}
	mod.at = s.stmt.span
	m.apply(mod, nil, &expr{span: s.stmt.span})
}

// convSection pads by half of the window where pad=1 says so.
func convSection(m *machine, s *section, _ []tensor) {
	kind := map[string]string{"deconvolutional": "deconv", "local": "localconv"}[s.name]
	if kind == "" {
		kind = "conv"
	}
	size := s.number("size", 1)
	pad := s.number("padding", 0)
	if s.number("pad", 0) == 1 {
		pad = size / 2
	}
	words := []string{"filters", join(s.number("filters", 1)), "kernel", join(size)}
	for _, key := range [...]string{"stride", "groups", "dilation"} {
		if n := s.number(key, 1); s.keys[key] != "" && !(n == 1 && key != "stride") {
			words = append(words, key, join(n))
		}
	}
	if pad > 0 {
		words = append(words, "pad", join(pad))
	}
	m.normed(makes(kind, words...), s)
}

func denseSection(m *machine, s *section, _ []tensor) {
	flat := &dialect.Call{Tool: dialect.Darknet, Does: dialect.Rewrites, Adds: "flatten"}
	m.section(&module{call: flat, called: "[connected]"}, s)
	m.normed(makes("dense", "units", join(s.number("output", 1))), s)
}

// normed is a layer with a norm in place of its biases, and an activation, as its
// section says.
func (m *machine) normed(mod *module, s *section) {
	norm := s.number("batch_normalize", 0) == 1
	if norm {
		mod.args = append(mod.args, argument{word: "bias", value: truth(false), given: true})
	}
	m.section(mod, s)
	if norm {
		m.section(makes("batchnorm"), s)
	}
	m.activated(s, "logistic")
}

// activated is the activation of a section; where it names none, as darknet has it.
func (m *machine) activated(s *section, otherwise string) {
	name := s.keys["activation"]
	switch kind, _ := activation(name); {
	case name == "linear", name == "" && otherwise == "linear":
	case name == "leaky":
		m.section(makes("leaky", "slope", "0.1"), s)
	case name == "":
		m.odd = true
		kind, _ = activation(otherwise)
		m.section(makes(kind.Name), s)
	case kind == nil:
		m.section(cannot("the activation "+name, &expr{span: s.stmt.span}), s)
	default:
		m.section(makes(kind.Name), s)
	}
}

// poolSection has one place less than the window of padding, behind: as same has it.
func poolSection(m *machine, s *section, _ []tensor) {
	stride := s.number("stride", 1)
	size := s.number("size", stride)
	words := []string{"kernel", join(size), "stride", join(stride)}
	if p, given := s.keys["padding"]; size != stride || given {
		if p != "" && p != join(size-1) {
			m.odd = true
		}
		words = append(words, "pad", "same")
	}
	m.section(makes("maxpool", words...), s)
}

func globalSection(m *machine, s *section, _ []tensor) {
	mod := makes("avgpool")
	mod.adds = []string{"global"}
	m.section(mod, s)
}

// at is what a section gives that another counts to: from the first, or backwards.
func at(outs []tensor, n int64) (tensor, bool) {
	if n < 0 {
		n += int64(len(outs))
	}
	if n < 0 || n >= int64(len(outs)) {
		return tensor{}, false
	}
	return outs[n], true
}

func shortcutSection(m *machine, s *section, outs []tensor) {
	from, ok := at(outs, s.number("from", -2))
	if !ok {
		m.section(cannot("[shortcut]", &expr{span: s.stmt.span}), s)
		return
	}
	m.section(makes("add"), s, m.implicit().tensor, from)
	m.activated(s, "linear")
}

func routeSection(m *machine, s *section, outs []tensor) {
	var ins []tensor
	for number := range strings.SplitSeq(s.keys["layers"], ",") {
		n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
		t, ok := at(outs, n)
		if err != nil || !ok {
			m.section(cannot("[route]", &expr{span: s.stmt.span}), s)
			return
		}
		ins = append(ins, t)
	}
	mod := makes("concat")
	if len(ins) == 1 {
		mod = makes("identity")
	}
	m.section(mod, s, ins...)
	if groups := s.number("groups", 1); groups > 1 {
		part := &dialect.Call{Tool: dialect.Darknet, Does: dialect.Rewrites, Adds: "part"}
		m.section(&module{call: part, called: "[route]", args: byPlace([]value{integer(groups), integer(s.number("group_id", 0))})}, s)
	}
}

// partOf is one of so many equal parts of the channels.
func partOf(l *lowering) []string {
	list, _ := l.numbers()
	size := l.w.size()
	if len(size) == 0 || size[len(size)-1]%list[0] != 0 {
		l.doubt("these parts of the channels cannot be carried over")
		return nil
	}
	n := size[len(size)-1] / list[0]
	return []string{"slice channels " + join(list[1]*n+1) + ".." + join((list[1]+1)*n)}
}

func strideSection(m *machine, s *section, _ []tensor) {
	kind := map[string]string{"upsample": "upsample", "reorg": "pixelunshuffle"}[s.name]
	m.section(makes(kind, "factor", join(s.number("stride", 2))), s)
}

func dropoutSection(m *machine, s *section, _ []tensor) {
	rate := s.keys["probability"]
	if rate == "" {
		rate, m.odd = "0.5", true
	}
	m.section(makes("dropout", "rate", rate), s)
}

func plainSection(m *machine, s *section, _ []tensor) { m.section(makes(s.name), s) }
