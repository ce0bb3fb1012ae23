package layer_test

import (
	"math"
	"testing"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// TestAxes: what a shape says of its axes, of ids and of what is unknown too.
func TestAxes(t *testing.T) {
	for _, test := range []struct {
		shape    layer.Shape
		rank     int
		spatial  int
		channels int64
	}{
		{layer.Shape{}, 0, 0, 0}, {layer.NewShape(5), 1, 0, 5}, {layer.NewShape(7, 5), 2, 1, 5}, {layer.NewShape(8, 7, 5), 3, 2, 5}, {layer.Tokens(9), 1, 1, 0},
	} {
		if s := test.shape; s.Rank() != test.rank || s.Spatial() != test.spatial || s.Channels() != test.channels {
			t.Errorf("%s: %d axes, %d before the channels, %d channels", s, s.Rank(), s.Spatial(), s.Channels())
		}
	}
	image := layer.NewShape(8, 7, 5)
	for name, want := range map[string]int64{"height": 8, "width": 7, "channels": 5} {
		if n, ok := image.Axis(name); n != want || !ok {
			t.Errorf("%s is %d, %v", name, n, ok)
		}
	}
	if n, ok := image.Axis("depth"); n != 0 || ok {
		t.Errorf("depth is %d, %v", n, ok)
	}
}

func TestSize(t *testing.T) {
	for _, test := range []struct {
		shape layer.Shape
		size  int64
		fits  bool
	}{
		{layer.NewShape(8, 7, 5), 280, true}, {layer.Tokens(9), 9, true}, {layer.NewShape(math.MaxInt64, 1), math.MaxInt64, true},
		{layer.NewShape(1<<62, 2), 0, false}, {layer.NewShape(1<<32, 1<<31), 0, false}, {layer.NewShape(1<<40, 1<<40), 0, false}, {layer.NewShape(1<<32, 1<<32), 0, false},
		{layer.NewShape(1<<31, 1<<31, 3), 0, false},
	} {
		if n, fits := test.shape.Size(); n != test.size || fits != test.fits {
			t.Errorf("%s has %d elements, %v", test.shape, n, fits)
		}
	}
}

func TestWindows(t *testing.T) {
	own := layer.Window{Taps: 1, Step: 1, Stride: 1, Across: 1}
	ahead := own
	ahead.Before = 3
	for _, test := range []struct {
		w          layer.Window
		stays      bool
		by         int64
		moves      bool
		everything bool // of 4 positions
	}{
		{own, true, 0, true, false},
		{ahead, false, 3, true, false},
		{layer.Window{Taps: 1, Step: 1, Stride: 2, Across: 1}, false, 0, false, false},
		{layer.Window{Taps: 4, Step: 1, Across: 1}, false, 0, false, true},
		{layer.Window{Taps: 5, Step: 1, Across: 1}, false, 0, false, true},
		{layer.Window{Taps: 3, Step: 1, Across: 1}, false, 0, false, false},
		{layer.Window{Taps: 4, Step: 1, Across: 1, Before: 1}, false, 1, false, false},
		{layer.Window{Taps: 4, Step: 2, Across: 1}, false, 0, false, false},
		{layer.Window{Taps: 4, Step: 1, Across: 1, Stride: 1}, false, 0, false, false},
	} {
		by, moves := test.w.Shift()
		if stays := test.w.Stays(); stays != test.stays || by != test.by || moves != test.moves || test.w.Everything(4) != test.everything {
			t.Errorf("%+v: stays %v, is moved by %d, %v, sees all 4 %v", test.w, stays, by, moves, test.w.Everything(4))
		}
	}
}

// TestHanded: an lstm hands its second state on as it is before the projection, to one
// of its kind only, and nothing where it has none.
func TestHanded(t *testing.T) {
	lstm, gru := layer.Find("lstm"), layer.Find("gru")
	args := lstm.Defaults()
	args[lstm.Find("units")], args[lstm.Find("project")] = layer.Num(6), layer.Num(2)
	out := layer.NewShape(8, 2)
	whole := layer.Call{Kind: lstm, Args: args, Out: out}
	for _, test := range []struct {
		name  string
		call  layer.Call
		to    *layer.Kind
		place int
		want  layer.Shape
	}{
		{"its state", whole, lstm, 1, out},
		{"its cell", whole, lstm, 2, layer.NewShape(8, 6)},
		{"to another kind", whole, gru, 2, out},
		{"as it could not be read", layer.Call{Kind: lstm, Out: out}, lstm, 2, out},
		{"as it could not be computed", layer.Call{Kind: lstm, Args: args}, lstm, 2, layer.Shape{}},
	} {
		if got := test.call.Handed(test.to, test.place); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// TestAlone: what is checked without an input is checked anew.
func TestAlone(t *testing.T) {
	c := layer.Find("conv").Sample()
	c.In = layer.NewShape(1, 1, 4)
	if out := c.Run(); c.Fault == nil || out.Known() || c.Out.Known() {
		t.Fatalf("a window of 2x2 fits into 1x1: %s", out)
	}
	if c.CheckAlone(); c.Fault != nil {
		t.Errorf("%+v", c.Fault)
	}
}

// TestWhatBanksCost: weights cost where they multiply, as often as they are used.
func TestWhatBanksCost(t *testing.T) {
	s := new(calc.Sheet)
	three, five, two := s.Const(3), s.Const(5), s.Const(2)
	for _, test := range []struct {
		bank layer.Bank
		macs int64
	}{
		{layer.Bank{Fan: three, Units: five, Multiplies: true}, 15},
		{layer.Bank{Fan: three, Units: five, Multiplies: true, Uses: two}, 30},
		{layer.Bank{Fan: three, Units: five, Uses: two}, 0},
		{layer.Bank{Bias: three, Units: five, Multiplies: true, Uses: two}, 0},
	} {
		if got := test.bank.Macs().Value(); got != test.macs {
			t.Errorf("%d multiply-accumulates, want %d", got, test.macs)
		}
	}
}

// TestInEffectAsFarAsKnown: without an input, and with one of more axes than a size can
// have sides, what is written stays.
func TestInEffectAsFarAsKnown(t *testing.T) {
	conv := layer.Find("conv")
	c := conv.Sample()
	c.Out = layer.Shape{}
	for _, test := range []struct {
		in   layer.Shape
		text string
	}{
		{layer.Shape{}, "2 2 pad 0 dilation 2 groups 2"},
		{layer.NewShape(9, 9, 2), "2 2x2 stride 1x1 pad 0x0 dilation 2x2 groups 2"},
		{layer.NewShape(1, 1, 1, 1, 1, 9, 9, 2), "2 2 pad 0 dilation 2 groups 2"},
	} {
		c.In = test.in
		if got := conv.Short(c.InEffect()); got != test.text {
			t.Errorf("of %s: %s, want %s", test.in, got, test.text)
		}
	}
	c.Args[conv.Find("pad")] = layer.Arg{Word: 3}
	c.In = layer.Shape{}
	if got := conv.Short(c.InEffect()); got != "2 2 pad same dilation 2 groups 2" {
		t.Errorf("of an unknown input: %s", got)
	}
}

// TestManyAxes: of a tensor with as many axes as there can be, a layer with a size of two
// sides is said and compared as any other, whether it takes it or not.
func TestManyAxes(t *testing.T) {
	for _, k := range layer.All {
		c := k.Sample()
		if c == nil {
			continue
		}
		for _, in := range []layer.Shape{layer.NewShape(2, 2, 2, 2, 2, 9, 9, 8), layer.NewShape(9, 9, 9, 9, 8), layer.NewShape(8), {}} {
			for i := range k.Params {
				if p := &k.Params[i]; p.Type == layer.PerAxis {
					c.Args[i] = layer.Num(2, 2)
				}
			}
			c.In = in
			for i := range c.With {
				c.With[i] = in
			}
			if alone := *c; in.Known() {
				alone.With = nil
				alone.Run() // as behind a with that names nothing
				alone.With = []layer.Shape{{}, layer.Tokens(4), {}}[:max(len(c.With), min(k.Beside.Max, 1))]
				alone.Run() // and what could not be computed
			}
			if c.CheckAlone(); in.Known() {
				c.Run()
			}
			if len(c.Forms()) == 0 && c.Fault != nil {
				t.Errorf("%s of %s is nothing", k.Name, in)
			}
			if c.Sentence() == "" {
				t.Errorf("%s of %s is not said", k.Name, in)
			}
		}
	}
}
