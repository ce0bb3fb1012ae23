package layer

// Arguments as they work, however they are written.

// filled is the call with what options are that nobody gave and that are then As a
// value: the stride of a pool is its kernel.
func (c *Call) filled() *Call {
	filled := c
	for i := range c.Kind.Params {
		if as := c.Kind.Params[i].As; as != "" && c.Args[i].Len == 0 {
			if filled == c {
				copied := *c
				copied.Args = append(Args(nil), c.Args...)
				filled = &copied
			}
			filled.Args[i] = *c.arg(as)
		}
	}
	return filled
}

// evenSame reports same padding that is as much on either side.
func (c *Call) evenSame() bool {
	s := c.filled()
	for axis := range c.In.Spatial() {
		if s.along("stride", axis) != 1 || c.reach(axis)%2 != 0 || c.Kind.Spreads {
			return false
		}
	}
	return true
}

// InEffect are the arguments as they work, however they are written: a size
// with a side for every axis, no padding as 0, a pool's stride as its kernel, what
// is added to a transposed convolution's output whether it is stated or not. What
// does not follow without an input, or of one that the kind does not take, stays as it
// is written.
func (c *Call) InEffect() Args {
	args := append(Args(nil), c.filled().Args...)
	for i := range args {
		switch p, a := &c.Kind.Params[i], &args[i]; {
		case p.Type == Flag && (a.N[0] == 0 || p.Implied):
			*a = Arg{} // off, or what holds anyway, whether that is written or not
		case p.Type == PerAxis:
			if a.Word > 0 && p.Words[a.Word-1] == "valid" {
				*a = Num(0)
			}
			if spatial := c.In.Spatial(); spatial > 0 && spatial <= c.Kind.takes().Max {
				c.spreadOut(p, a)
			}
		}
	}
	return args
}

// spreadOut gives an argument a side for every axis.
func (c *Call) spreadOut(p *Param, a *Arg) {
	n := a.N[0]
	var side func(axis int) int64
	switch {
	case p.Name == outpadParam.Name:
		side = c.outpad
	case a.Word > 0 && p.Words[a.Word-1] == "same" && c.evenSame():
		side = func(axis int) int64 { return c.reach(axis) / 2 }
	case a.Len == 1:
		side = func(int) int64 { return n }
	default:
		return
	}
	a.Word, a.Len = 0, uint8(c.In.Spatial())
	for axis := range c.In.Spatial() {
		a.N[axis] = side(axis)
	}
}
