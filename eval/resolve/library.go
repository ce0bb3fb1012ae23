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
			b := LibraryBlock{BlockKind(n), library, text[file.Stmts[i].Span.Start:file.Stmts[i].Span.End]}
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

// An assuming is a library and what is assumed where it is used: a list that is
// never changed in place.
type assuming struct {
	library *Unit
	first   *Assumption
	n       int
}

// underAssumed is a block as it is under what is assumed here, which reaches into
// the standard library: it is read again for that.
func (r *Resolver) underAssumed(b *Block) *Block {
	base := b.Unit
	if !base.Library || len(r.assumed) == 0 || base == r.unit {
		return b
	}
	key := assuming{base, &r.assumed[0], len(r.assumed)}
	u := r.assuming[key]
	if u == nil {
		if r.read += len(base.Source.Text); r.read > r.opts.Source {
			r.limit(r.at, "source", r.opts.Source, "the script and the files it uses, read again for each assume, are longer than %s bytes")
			return b
		}
		u = &Unit{Path: base.Path, Source: base.Source, stmts: base.stmts, Library: true, of: base}
		r.keepAssuming(key, u)
		r.declare(u, r.assumed)
	}
	return u.Blocks[b.Node.Name.Text]
}

func (r *Resolver) keepAssuming(key assuming, u *Unit) {
	if r.assuming == nil {
		r.assuming = map[assuming]*Unit{}
	}
	r.assuming[key] = u
	if r.undo != nil {
		*r.undo = append(*r.undo, func() { delete(r.assuming, key) })
	}
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
