package diagnose

import "errors"

// How much is counted for an answer. Work is counted in layers asked, not in time, so
// that the same claims have the same answer on every machine.

// An Effort is how long somebody waits for an answer.
type Effort int

const (
	Moment  Effort = iota // at a prompt, beside the answers of a script
	Grading               // preparing may take longer: it is done once for a class
	Wide                  // for as long as it takes, within reason; pairs of large networks too
)

// A budget is counted work.
type budget struct {
	spent int // layers asked, and a little for each world
	most  int // how much may be spent: no world is made beyond it; 0: there is no bound
}

// limits are how much may be spent on preparing a network and a problem together, and
// on one problem. A layer asked takes one or two microseconds.
var limits = [...]struct{ all, problem int }{
	Moment:  {1 << 17, 1 << 17},
	Grading: {1 << 20, 1 << 17},
	Wide:    {1 << 23, 1 << 23},
}

// ErrLarge is the answer for a network whose mistakes are too many to be looked through.
var ErrLarge = errors.New("the network is too large for its mistakes to be looked through")

// spend counts work; false: it is more than may be done.
func (b *budget) spend(n int) bool {
	b.spent += n
	return !b.over()
}

// over reports that more was asked for than may be spent: what was found is not all.
func (b *budget) over() bool { return b.most > 0 && b.spent > b.most }
