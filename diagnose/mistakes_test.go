package diagnose_test

// Mistakes as plain arithmetic, after the catalogue of misconceptions, with how often
// each is made.

// A mistake is how somebody counts who makes it; what is nil is counted right.
type mistake struct {
	name      string
	rate      float64 // how often it is behind a wrong answer, in percent
	catalogue []string
	size      func(l *countOf, n int64) int64 // places along a side
	layer     func(l *countOf) int64          // parameters
	depth     func(l *countOf) int64          // channels that go out
	flat      func(h, w, c int64) int64       // numbers in a row
	sum       func(l *countOf) bool           // whether it is in the total
}

// learning counts layers with filters or units otherwise.
func learning(f func(l *countOf) int64) func(*countOf) int64 {
	return where((*countOf).learns, f)
}

// convolving counts convolutions otherwise.
func convolving(f func(l *countOf) int64) func(*countOf) int64 {
	return where((*countOf).conv, f)
}

func kindOf(kind string, f func(l *countOf) int64) func(*countOf) int64 {
	return where(func(l *countOf) bool { return l.kind == kind }, f)
}

func where(is func(*countOf) bool, f func(l *countOf) int64) func(*countOf) int64 {
	return func(l *countOf) int64 {
		if is(l) {
			return f(l)
		}
		return l.params()
	}
}

// convSize counts the places of convolutions otherwise.
func convSize(f func(l *countOf, n int64) int64) func(*countOf, int64) int64 {
	return func(l *countOf, n int64) int64 {
		if l.conv() {
			return f(l, n)
		}
		return l.places(n)
	}
}

var mistakes = []mistake{
	{name: "no biases", rate: 16, catalogue: []string{"M01"}, layer: learning((*countOf).weights)},
	{name: "one bias", rate: 6, catalogue: []string{"M03"}, layer: learning(func(l *countOf) int64 { return l.weights() + l.bias })},
	{name: "two biases", rate: 2, catalogue: []string{"M02"}, layer: learning(func(l *countOf) int64 { return l.weights() + 2*l.bias*l.filters })},
	{name: "a bias a weight", rate: 1.2, catalogue: []string{"M04"}, layer: convolving(func(l *countOf) int64 { return l.weights() + l.bias*l.window*l.filters })},
	{name: "a bias a channel", rate: 1.2, catalogue: []string{"M04"}, layer: convolving(func(l *countOf) int64 { return l.weights() + l.bias*l.depth()*l.filters })},
	{name: "a bias a position", rate: 1.5, catalogue: []string{"M05"}, layer: convolving(func(l *countOf) int64 { return l.weights() + l.bias*l.oh*l.ow*l.filters })},
	{name: "biases where there are none", rate: 5, catalogue: []string{"M27"}, layer: learning(func(l *countOf) int64 { return l.weights() + l.filters })},
	{name: "flat filters", rate: 16, catalogue: []string{"M06"}, layer: convolving(func(l *countOf) int64 { return (l.window + l.bias) * l.filters })},
	{name: "no window", rate: 2, catalogue: []string{"M37"}, layer: convolving(func(l *countOf) int64 { return (l.depth() + l.bias) * l.filters })},
	{name: "own filters", rate: 2, catalogue: []string{"M07"}, layer: convolving(func(l *countOf) int64 { return (l.window*l.filters/l.groups + l.bias) * l.filters })},
	{name: "the image's channels", rate: 1.5, catalogue: []string{"M07"}, layer: convolving(func(l *countOf) int64 { return (l.window*l.image.c + l.bias) * l.filters })},
	{name: "nothing shared", rate: 1.5, catalogue: []string{"M10"}, layer: convolving(func(l *countOf) int64 { return l.oh * l.ow * l.params() })},
	{name: "window as large as the image", rate: 1.5, catalogue: []string{"M11"}, layer: convolving(func(l *countOf) int64 { return (l.h*l.w*l.depth() + l.bias) * l.filters })},
	{name: "no groups", rate: 6, catalogue: []string{"M21"}, layer: convolving(func(l *countOf) int64 { return (l.window*l.c + l.bias) * l.filters })},
	{name: "inputs and units added", rate: 1.2, catalogue: []string{"M36"}, layer: kindOf("dense", func(l *countOf) int64 { return l.c + l.filters })},
	{name: "pooling learns its window", rate: 2, catalogue: []string{"M20"}, layer: kindOf("pool", func(l *countOf) int64 { return l.k * l.k })},
	{name: "statistics are trained", rate: 6, catalogue: []string{"M23"}, layer: kindOf("bn", func(l *countOf) int64 { return 4 * l.c })},
	{name: "normalization learns nothing", rate: 2.5, catalogue: []string{"M23"}, layer: kindOf("bn", func(*countOf) int64 { return 0 })},
	{name: "normalization goes over the width", rate: 1, catalogue: []string{"M24"}, layer: kindOf("bn", func(l *countOf) int64 { return 2 * l.w })},

	{name: "same", rate: 6, catalogue: []string{"M13"}, size: convSize(func(l *countOf, n int64) int64 { return (n + l.stride - 1) / l.stride })},
	{name: "no padding", rate: 3.5, catalogue: []string{"M13"}, size: func(l *countOf, n int64) int64 { return (n-l.reach())/l.stride + 1 }},
	{name: "padding once", rate: 2, catalogue: []string{"M13"}, size: func(l *countOf, n int64) int64 { return (n+l.pad-l.reach())/l.stride + 1 }},
	{name: "no stride", rate: 5, catalogue: []string{"M12"}, size: func(l *countOf, n int64) int64 { return n + 2*l.pad - l.reach() + 1 }},
	{name: "rounded up", rate: 5, catalogue: []string{"M14"}, size: func(l *countOf, n int64) int64 { return (n+2*l.pad-l.reach()+l.stride-1)/l.stride + 1 }},
	{name: "no plus one", rate: 4, catalogue: []string{"M15"}, size: func(l *countOf, n int64) int64 { return (n + 2*l.pad - l.reach()) / l.stride }},
	{name: "minus one", rate: 1, catalogue: []string{"M15"}, size: func(l *countOf, n int64) int64 { return (n+2*l.pad-l.reach())/l.stride - 1 }},
	{name: "no dilation", rate: 5, catalogue: []string{"M34"}, size: func(l *countOf, n int64) int64 { return (n+2*l.pad-l.k)/l.stride + 1 }},

	{name: "each filter for each channel", rate: 3, catalogue: []string{"M08"}, depth: func(l *countOf) int64 {
		switch l.kind {
		case "conv":
			return l.c * l.filters
		case "dense":
			return l.filters
		}
		return l.c
	}},
	{name: "depth as it came in", rate: 2, catalogue: []string{"M09"}, depth: func(l *countOf) int64 {
		if l.kind == "dense" {
			return l.filters
		}
		return l.c
	}},
	{name: "depth is pooled", rate: 1.5, catalogue: []string{"M09"}, depth: func(l *countOf) int64 {
		switch {
		case l.kind == "pool" && !l.global:
			return l.c / l.k
		case l.learns():
			return l.filters
		}
		return l.c
	}},

	{name: "flat without channels", rate: 4, catalogue: []string{"M18", "M06"}, flat: func(h, w, _ int64) int64 { return h * w }},
	{name: "only channels", rate: 1.2, catalogue: []string{"M18", "M17"}, flat: func(_, _, c int64) int64 { return c }},

	{name: "only convolutions", rate: 2.5, catalogue: []string{"M28"}, sum: func(l *countOf) bool { return l.kind != "dense" && l.of < 0 }},
	{name: "only dense", rate: 2, catalogue: []string{"M28"}, sum: func(l *countOf) bool { return l.kind == "dense" && l.of < 0 }},
	{name: "without the last", rate: 2, catalogue: []string{"M28"}, sum: func(l *countOf) bool { return !l.last && l.of < 0 }},
	{name: "counted at each use", rate: 12, catalogue: []string{"M25"}, sum: func(*countOf) bool { return true }},
}
