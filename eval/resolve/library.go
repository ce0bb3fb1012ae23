package resolve

import (
	"slices"
	"strings"
	"sync"

	"cnnl/eval/layer"
	"cnnl/eval/std"
	"cnnl/lang"
)

// A LibraryBlock is a block of the standard library, as an entry of a table:
// its kind's doc is the comment that stands above it.
type LibraryBlock struct {
	*layer.Kind
	Library string // behind use
	Text    string // how it is defined
}

// LibraryBlocks lists all blocks of the standard library, by library and in the
// order of their definitions. The list is everybody's.
var LibraryBlocks = sync.OnceValue(readLibraries)

func readLibraries() (blocks []LibraryBlock) {
	for _, library := range std.Names() {
		text, _ := std.Text(library)
		file, _ := lang.Parse(lang.NewSource(library, text), lang.Limits{})
		for i := range file.Stmts {
			n, ok := file.Stmts[i].Node.(*lang.Block)
			if !ok {
				continue
			}
			b := LibraryBlock{blockKind(n), library, text[file.Stmts[i].Span.Start:file.Stmts[i].Span.End]}
			b.Doc = commentAbove(text[:file.Stmts[i].Span.Start])
			for j := range n.Params {
				if d := n.Params[j].Default; d != nil {
					b.Params[j].Doc = "where not given " + text[d.Span().Start:d.Span().End]
				} else {
					b.Params[j].Doc = "a number or a size"
				}
			}
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// commentAbove is the comment that a text ends with, as one line.
func commentAbove(text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	var words []string
	for i := len(lines) - 1; i >= 0 && strings.HasPrefix(lines[i], "#"); i-- {
		words = append(words, strings.TrimSpace(strings.TrimPrefix(lines[i], "#")))
	}
	slices.Reverse(words)
	return strings.Join(words, " ")
}

// libraryOf finds the library that has a block; "": none has.
func libraryOf(block string) string {
	for _, b := range LibraryBlocks() {
		if b.Name == block {
			return b.Library
		}
	}
	return ""
}

// blocksOf lists the blocks of a library as statements that use them.
func blocksOf(library string) (usages []string) {
	for _, b := range LibraryBlocks() {
		if b.Library == library {
			usages = append(usages, b.Example)
		}
	}
	return usages
}
