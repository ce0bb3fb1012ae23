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
// is added to a transposed convolution's output whether it is stated or not.
func (c *Call) InEffect() Args {
	args := append(Args(nil), c.filled().Args...)
	for i := range args {
		p, a := &c.Kind.Params[i], &args[i]
		if p.Type == Flag && (a.N[0] == 0 || p.Implied) {
			*a = Arg{} // off, or what holds anyway, whether that is written or not
		}
		if p.Type != PerAxis {
			continue
		}
		switch {
		case p.Name == outpadParam.Name:
			for axis := range c.In.Spatial() {
				a.N[axis] = c.outpad(axis)
			}
			a.Word, a.Len = 0, uint8(c.In.Spatial())
		case a.Word > 0 && p.Words[a.Word-1] == "valid":
			*a = Num(0)
		case a.Word > 0 && p.Words[a.Word-1] == "same" && c.evenSame():
			for axis := range c.In.Spatial() {
				a.N[axis] = c.reach(axis) / 2
			}
			a.Word, a.Len = 0, uint8(c.In.Spatial())
		}
		if a.Len == 1 {
			n := a.N[0]
			for axis := range min(c.In.Spatial(), len(a.N)) {
				a.N[axis] = n
			}
			a.Len = uint8(max(c.In.Spatial(), 1))
		}
	}
	return args
}
