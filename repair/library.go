package repair

import (
	"cnnl/eval/resolve"
	"cnnl/lang"
)

// useLibrary uses the library that has a block of that name.
func useLibrary(p *place) []change {
	w := firstWord().FindString(p.statement())
	for _, b := range resolve.LibraryBlocks() {
		if b.Name == w && p.kind(w) == nil {
			return []change{{span: lang.Span{}, text: "use " + b.Library + "\n"}}
		}
	}
	return nil
}
