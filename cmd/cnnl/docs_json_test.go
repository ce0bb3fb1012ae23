package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"cnnl/internal/golden"
)

var scriptBlock = regexp.MustCompile("(?ms)^```cnnl\n(.*?)^```$")

// TestJSONExample: the example of the JSON is what the program writes of the
// script above it. UPDATE=1 writes it anew.
func TestJSONExample(t *testing.T) {
	const file = "docs/json.md"
	script := scriptBlock.FindStringSubmatch(docs(t)[file])
	if script == nil {
		t.Fatalf("%s has no script", file)
	}
	t.Chdir("cmd/cnnl")
	stdout, stderr, code := cnnl(t, script[1], "run", "-o", "json", "-")
	if code != exitFine {
		t.Fatal(stderr)
	}
	golden.Part(t, "../../"+file, "```json\n", "```\n", onLines(json.RawMessage(strings.TrimSpace(stdout)), "")+"\n")
}

// lineLength is how long a value on one line may get.
const lineLength = 110

// onLines writes JSON on lines: what is too long for one is opened.
func onLines(text json.RawMessage, indent string) string {
	if len(indent)+len(text) <= lineLength || text[0] != '{' && text[0] != '[' {
		return string(text)
	}
	var b strings.Builder
	inner := indent + "  "
	b.WriteByte(text[0])
	for i, part := range parts(text[1 : len(text)-1]) {
		b.WriteString([]string{"\n", ",\n"}[min(i, 1)] + inner)
		if key, value, isMember := strings.Cut(part, `":`); isMember && text[0] == '{' {
			b.WriteString(key + `": ` + onLines(json.RawMessage(value), inner))
		} else {
			b.WriteString(onLines(json.RawMessage(part), inner))
		}
	}
	b.WriteString("\n" + indent)
	b.WriteByte(text[len(text)-1])
	return b.String()
}

// parts splits a list at its own commas.
func parts(text json.RawMessage) (list []string) {
	depth, quoted, from := 0, false, 0
	for i, c := range text {
		switch {
		case c == '"' && text[max(i-1, 0)] != '\\':
			quoted = !quoted
		case quoted:
		case c == '{', c == '[':
			depth++
		case c == '}', c == ']':
			depth--
		case c == ',' && depth == 0:
			list, from = append(list, string(text[from:i])), i+1
		}
	}
	return append(list, string(text[from:]))
}
