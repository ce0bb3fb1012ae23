package eval

// A journal notes how to take back what a session's entry has changed in place.
// Lists only grow, so they are cut instead. Nil: nothing is noted.
type journal []func()

func (j *journal) note(undo func()) {
	if j != nil {
		*j = append(*j, undo)
	}
}

// back takes back everything since a mark, the latest first.
func (j *journal) back(mark int) {
	for i := len(*j) - 1; i >= mark; i-- {
		(*j)[i]()
		(*j)[i] = nil
	}
	*j = (*j)[:mark]
}
