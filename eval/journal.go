package eval

// A journal notes how to take back what is done to the names, counts and
// blocks of a script that is entered bit by bit. Lists only grow, so they are
// cut; maps and rows that change are noted here. Nil: nothing is noted.
type journal []func()

func (j *journal) note(undo func()) {
	if j != nil {
		*j = append(*j, undo)
	}
}

// put sets a map's entry and notes how to take it back.
func put[K comparable, V any](j *journal, m map[K]V, key K, value V) {
	if j != nil {
		old, had := m[key]
		j.note(func() {
			if had {
				m[key] = old
			} else {
				delete(m, key)
			}
		})
	}
	m[key] = value
}

// back takes back everything since a mark, the latest first.
func (j *journal) back(mark int) {
	for i := len(*j) - 1; i >= mark; i-- {
		(*j)[i]()
		(*j)[i] = nil
	}
	*j = (*j)[:mark]
}
