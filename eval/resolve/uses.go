package resolve

import (
	"cmp"
	"slices"
)

// Uses tells what names mean where they are used, by the places where they are
// written: of a layer or a value the place of its name, of $name that of the sign.
type Uses struct{ list []use }

type use struct {
	at   int
	name *Name
}

// At is what the name that is written somewhere means; nil: nothing that is known.
func (u *Uses) At(at int) *Name {
	if i, found := u.find(at); found {
		return u.list[i].name
	}
	return nil
}

// All calls yield for every use, in the order of the text.
func (u *Uses) All(yield func(at int, name *Name) bool) {
	for _, use := range u.list {
		if use.name != nil && !yield(use.at, use.name) {
			return
		}
	}
}

func (u *Uses) find(at int) (int, bool) {
	if n := len(u.list); n == 0 || u.list[n-1].at < at {
		return n, false
	}
	return slices.BinarySearchFunc(u.list, at, func(u use, at int) int { return cmp.Compare(u.at, at) })
}

// set notes a meaning; nil: none. Most names come in the order of the text.
func (u *Uses) set(at int, name *Name) {
	i, found := u.find(at)
	switch {
	case found:
		u.list[i].name = name
	case name != nil:
		if u.list == nil {
			u.list = make([]use, 0, 8)
		}
		u.list = slices.Insert(u.list, i, use{at, name})
	}
}
