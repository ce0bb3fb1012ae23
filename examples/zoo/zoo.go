// Package zoo has the scripts of this folder: well-known models, each with the
// figures that somebody published of it.
package zoo

import (
	"embed"
	"strings"
)

//go:embed *.cnnl
var files embed.FS

const ending = ".cnnl"

// Text is a model's script; false: there is none of that name.
func Text(name string) (string, bool) {
	text, err := files.ReadFile(strings.TrimSuffix(name, ending) + ending)
	return string(text), err == nil
}

// Names lists the models, sorted.
func Names() (names []string) {
	entries, _ := files.ReadDir(".") // it is inside the program
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ending))
	}
	return names
}

// Title is what a script's first comment calls the model: all before a colon.
func Title(text string) string {
	title, _, _ := strings.Cut(text, ":")
	return strings.TrimPrefix(title, "# ")
}
