// Package pupils makes classes of submissions to the homework about a CMYK
// image, with the mistakes that students make: for the example, and for
// measuring.
package pupils

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A Pupil is one student and what was handed in.
type Pupil struct {
	ID, Name string // as a gradebook has them: "Doe, Jane"
	File     string // as Canvas calls it
	Text     string
	Mistake  string // the mistake that was made; "": none
}

// A network is what a student thinks the homework asks for.
type network struct {
	channels int64
	colour   string
	filters  int64
	kernel   int64
	pad      int64
	pooled   bool
	tied     bool
	bias     bool
	hidden   int64 // of the first dense layer; 0: there is none
	claim    int64 // 0: none
	claimed  int   // how it is spelled
}

func homework() network {
	return network{channels: 4, colour: "cmyk", filters: 20, kernel: 3, tied: true, bias: true, hidden: 30}
}

// total counts the network's parameters.
func (n network) total() int64 {
	b := int64(0)
	if n.bias {
		b = 1
	}
	first, next := (n.kernel*n.kernel*n.channels+b)*n.filters, (9*n.filters+b)*n.filters
	convs := 3 * next
	if !n.tied {
		convs += next
	}
	side := 120 + 2*n.pad - n.kernel + 1
	if n.pooled {
		side /= 2
	}
	for range 4 {
		side += 2*n.pad - 2
	}
	flat := side * side * n.filters
	if n.hidden == 0 {
		return first + convs + (flat+b)*10
	}
	return first + convs + (flat+b)*n.hidden + (n.hidden+b)*10
}

// mistakes are those that students make, with how many in a hundred make them.
var mistakes = []struct {
	name  string
	often int
	make  func(*network)
}{
	{"", 34, func(n *network) { n.claim = n.total() }},
	{"claims what counts the shared layer twice", 10, func(n *network) { n.claim = n.total() + (9*n.filters+1)*n.filters }},
	{"claims what leaves the biases out", 6, func(n *network) { n.claim = n.total() - 4*n.filters - n.hidden - 10 }},
	{"does not share", 9, func(n *network) { n.tied = false; n.claim = n.total() }},
	{"takes RGB", 8, func(n *network) { n.colour, n.channels = "rgb", 3; n.claim = n.total() }},
	{"pads", 8, func(n *network) { n.pad = 1; n.claim = n.total() }},
	{"has no biases", 6, func(n *network) { n.bias = false; n.claim = n.total() }},
	{"pools", 4, func(n *network) { n.pooled = true; n.claim = n.total() }},
	{"takes kernels of 5x5 in the first layer", 3, func(n *network) { n.kernel = 5; n.claim = n.total() }},
	{"leaves out a dense layer", 3, func(n *network) { n.hidden = 0; n.claim = n.total() }},
	{"takes 32 filters", 3, func(n *network) { n.filters = 32; n.claim = n.total() }},
	{"claims nothing", 6, func(*network) {}},
}

// styles are how students name layers and write them.
var styles = []struct{ conv, dense string }{{"c", "f"}, {"conv", "fc"}, {"layer", "dense"}, {"", ""}}

// Make makes a class of n, always the same for one seed.
func Make(n int, seed uint64) []Pupil {
	r := rand.New(rand.NewPCG(seed, 1))
	pupils := make([]Pupil, n)
	for i := range pupils {
		p := &pupils[i]
		given, family := givenNames[r.IntN(len(givenNames))], familyNames[r.IntN(len(familyNames))]
		p.ID, p.Name = fmt.Sprint(20_000+i), family+", "+given
		net := homework()
		of := r.IntN(100)
		for _, m := range mistakes {
			if of -= m.often; of < 0 {
				m.make(&net)
				p.Mistake = m.name
				break
			}
		}
		net.claimed = r.IntN(3)
		late := ""
		if r.IntN(12) == 0 {
			late = "LATE_"
		}
		p.File = fmt.Sprintf("%s_%s%s_%d_hw3.cnnl", plain(family+given), late, p.ID, 310_000+7*i)
		p.Text = net.script(given+" "+family, styles[r.IntN(len(styles))].conv, styles[r.IntN(len(styles))].dense, r.IntN(4))
	}
	return pupils
}

// plain is a name as Canvas writes it into a file's name.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ,.'-", r) {
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// name is a layer's name with the blank before it; empty: it gets one by itself.
func name(prefix string, i int) string {
	if prefix == "" {
		return ""
	}
	return fmt.Sprintf(" %s%d", prefix, i)
}

// script writes a network as a student does.
func (n network) script(who, conv, dense string, habit int) string {
	var b strings.Builder
	if habit != 0 {
		fmt.Fprintf(&b, "# %s, homework 3\n", who)
	}
	end := ""
	if habit == 2 {
		end = "; relu"
	}
	if !n.bias {
		b.WriteString("assume no bias\n")
	}
	if n.pad > 0 && habit == 1 {
		b.WriteString("assume pad same\n")
	}
	fmt.Fprintf(&b, "input 120x120 %s\n", n.colour)
	if conv == "" && n.tied {
		conv = "c"
	}
	for i := 1; i <= 5; i++ {
		kernel, pad := int64(3), ""
		if i == 1 {
			kernel = n.kernel
		}
		if n.pad > 0 && habit != 1 {
			pad = " pad same"
		}
		if i == 5 && n.tied {
			fmt.Fprintf(&b, "conv%s =%s%s\n", name(conv, 5), name(conv, 3), end)
		} else {
			fmt.Fprintf(&b, "conv%s %d %dx%d%s%s\n", name(conv, i), n.filters, kernel, kernel, pad, end)
		}
		if i == 1 && n.pooled {
			b.WriteString("maxpool 2x2\n")
		}
	}
	b.WriteString("flatten\n")
	if n.hidden > 0 {
		fmt.Fprintf(&b, "dense%s %d%s\n", name(dense, 1), n.hidden, end)
	}
	fmt.Fprintf(&b, "dense%s 10\n", name(dense, 2))
	if n.claim > 0 {
		fmt.Fprintf(&b, "expect total == %s\n", spelled(n.claim, n.claimed))
	}
	return b.String()
}

// spelled writes a number as some do.
func spelled(n int64, how int) string {
	text := fmt.Sprint(n)
	sign := [...]string{"", "_", ","}[how]
	for i := len(text) - 3; i > 0 && sign != ""; i -= 3 {
		text = text[:i] + sign + text[i:]
	}
	return text
}

var givenNames = []string{"Ada", "Ahmed", "Amélie", "Anna", "Ben", "Chen", "Diego", "Elif", "Emma", "Fatima", "Finn", "Grace", "Hana", "Ida", "Ivan", "Jonas", "Kofi", "Lena", "Lucía", "Mei", "Mia", "Noah", "Olga", "Omar", "Paul", "Priya", "Quinn", "Rosa", "Sam", "Søren", "Tomás", "Yuki", "Zoë"}

var familyNames = []string{"Ångström", "Baker", "Bianchi", "Chen", "Diallo", "Fischer", "García", "Haddad", "Ivanova", "Jensen", "Kaya", "Kim", "Kowalski", "López", "Mbeki", "Müller", "Nakamura", "Nguyen", "Novák", "O'Neill", "Okafor", "Patel", "Petrov", "Rossi", "Sato", "Silva", "Singh", "Smith", "Tanaka", "Virtanen", "Weber", "Yılmaz"}
