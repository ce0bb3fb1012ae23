// Package std is the standard library: blocks in the language itself, for
// `use NAME`. Each file is one library; no two blocks have one name.
package std

import (
	"embed"
	"strings"
	"sync"
)

//go:embed *.cnnl
var files embed.FS

const ending = ".cnnl"

// Text is a library's script; false: there is none of that name.
func Text(name string) (string, bool) {
	text, err := files.ReadFile(name + ending)
	return string(text), err == nil
}

// Names lists the libraries, sorted. The list is everybody's: nobody changes it.
func Names() []string { return names() }

var names = sync.OnceValue(func() (names []string) {
	entries, _ := files.ReadDir(".") // it is inside the program
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ending))
	}
	return names
})
