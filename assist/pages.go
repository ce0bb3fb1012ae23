package assist

import (
	_ "embed"
	"strings"
)

// codePages explains the error codes, a page each behind a heading.
//
//go:embed codes.md
var codePages string

// CodePage is the page of an error code.
func CodePage(code string) (page string, found bool) {
	_, page, found = strings.Cut(codePages, "\n## "+code+"\n")
	page, _, _ = strings.Cut(page, "\n## ")
	return "error[" + code + "]\n" + strings.TrimRight(page, "\n"), found
}
