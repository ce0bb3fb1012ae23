package layer

import "fmt"

// colours are the words for an image's channels.
var colours = [...]struct {
	Name     string
	Channels int64
}{{"gray", 1}, {"rgb", 3}, {"rgba", 4}, {"cmyk", 4}, {"hsv", 3}, {"lab", 3}, {"ycbcr", 3}}

// IsColour reports whether a word names the channels of an image.
func IsColour(word string) bool {
	for _, c := range colours {
		if c.Name == word {
			return true
		}
	}
	return false
}

var input = &Kind{
	Name:      "input",
	Doc:       "what the network is given, without the batch",
	Example:   "input 120x120 cmyk",
	Params:    inputParams(),
	Sentence:  inputSentence,
	Tensors:   Tensors{Source: true},
	Output:    inputShape,
	Positions: Positions{Keeps: "it has positions in input 28x28x1"},
}

func inputParams() []Param {
	params := []Param{{Name: "size", Doc: "N, LxC, HxW with a colour, HxWxC or DxHxWxC", Type: Extent, Value: true, Min: 1}}
	for _, c := range colours {
		params = append(params, Param{Name: c.Name, Doc: fmt.Sprintf("an image of %d channels", c.Channels), Type: Flag, Group: "form"})
	}
	return append(params,
		Param{Name: "sequence", Doc: "steps and features, LxC", Type: Flag, Group: "form"},
		Param{Name: "tokens", Doc: "integer ids: a row, or more axes of them", Type: Flag, Group: "form"})
}

// inputShape is the size as written, with the channels of its colour.
func inputShape(c *Call) {
	size := c.arg("size")
	n, colour := int(size.Len), c.colour()
	switch {
	case n > len(size.N):
		c.wantSides(false, "an input has at most 4 sides", "input 16x112x112x3; reshape gives more")
		return
	case c.is("tokens"):
		c.tokens = true
		c.wantSides(n <= 3, "tokens have at most 3 axes", "input 20x50 tokens")
	case c.is("sequence"):
		c.wantSides(n == 2, "a sequence has steps and features", "input 100x64 sequence")
	case colour >= 0:
		c.wantSides(n == 2 || n == 3, "a colour goes with a height and a width", "input 120x120 "+colours[colour].Name)
	case n == 2:
		s := size.numbers()
		c.Refuse(Fault{Param: "size", Summary: "an image needs channels", Detail: "found " + s + ", a height and a width only",
			Hint: fmt.Sprintf("%s gray or %sx1 has 1 channel, %s rgb 3; %s sequence has steps and features", s, s, s, s), Instead: []string{s + " gray", s + " rgb", s + " sequence"}})
	}
	for i := range n {
		c.Axis(c.Sheet.Measure("size", "", size.N[i]))
	}
	if colour >= 0 {
		c.Axis(c.Sheet.Term(colours[colour].Name, colours[colour].Channels))
	}
}

// inputSentence names the tensor by its form.
func inputSentence(c *Call) string {
	s, size := c.Out, *c.arg("size")
	switch {
	case s.IsTokens() && s.Rank() > 1:
		return size.numbers() + " ids"
	case s.IsTokens():
		return "a row of " + Counted(s.At(0), "ids")
	case s.Rank() == 1:
		return "a vector of " + Counted(s.At(0), "numbers")
	case s.Rank() == 2:
		return "a sequence of " + Counted(s.At(0), "steps") + " with " + Counted(s.Channels(), "features")
	}
	colour := ""
	if i := c.colour(); i >= 0 {
		colour = " (" + colours[i].Name + ")"
	} else {
		size.Len--
	}
	return articles[s.Spatial()+1] + " " + s.Form() + " of " + size.numbers() + " with " + Counted(s.Channels(), "channels") + colour
}

func (c *Call) colour() int {
	for i := range colours {
		if c.is(colours[i].Name) {
			return i
		}
	}
	return -1
}

func (c *Call) wantSides(ok bool, what, example string) {
	if !ok {
		c.Refuse(Fault{Param: "size", Summary: what, Detail: "found the size " + c.arg("size").numbers(), Hint: "as in " + example})
	}
}

// ChannelsTwice is the size that was probably meant where both a number and a
// colour give the channels, or empty.
func ChannelsTwice(c *Call) string {
	size, colour := c.arg("size"), c.colour()
	if colour < 0 || size.Len != 3 || size.N[2] != colours[colour].Channels {
		return ""
	}
	return NewShape(size.N[:2]...).String() + " " + colours[colour].Name
}

// ChannelsFirst is the size with the first side last, of an input that looks as if
// its channels came first, as PyTorch and papers have them: they are those of a
// picture, or the last two sides are equal, as of a square, and the first is not.
// Empty: it does not.
func ChannelsFirst(s Shape) string {
	if s.Rank() < 3 || s.IsTokens() {
		return ""
	}
	first, last := s.At(0), s.Channels()
	picture := (first == 1 || first == 3 || first == 4) && s.At(1) > 4 && last > 4
	square := last > 4 && s.At(s.Rank()-2) == last && first != last && s.At(1) != first
	if !picture && !square {
		return ""
	}
	axes := s.Axes()
	return NewShape(append(axes[1:], first)...).String()
}
