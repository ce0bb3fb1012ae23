package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"cnnl/diagnose"
	"cnnl/internal/jsonline"
	"cnnl/lang"
	"cnnl/render/doc"
	"cnnl/render/terminal"
)

// AuditSchema names the JSON of audits; docs/json.md describes it.
const AuditSchema = "cnnl-audit/1"

// Audit writes what questions can tell of mistakes. Trivial is what a network of one
// small layer earns, if anything is asked of one.
func Audit(w io.Writer, t terminal.Terminal, a *diagnose.Audit, trivial string) error {
	blocks := []doc.Block{doc.Line{Text: fmt.Sprintf("asked for: %s; %d misconceptions have a place here", strings.Join(a.Asked, ", "), a.Beliefs)}}
	add := func(title string, items []string) {
		if len(items) > 0 {
			blocks = append(blocks, doc.List{Title: title, Items: items})
		}
	}
	if a.Weak {
		blocks = append(blocks, doc.Line{Text: "The questions are weak: what they cannot see is a large part of all mistakes.", Strong: true})
	}
	if a.Ended {
		blocks = append(blocks, doc.Line{Text: "The network has more mistakes than can be looked through: this is not all."})
	}
	add("cannot be seen:", blurred(a.Unseen))
	add("cannot be told apart:", blurred(a.Alike))
	var typos []string
	for _, x := range a.Typos {
		typos = append(typos, fmt.Sprintf("%s %s (%s) and %s (%s)", x.Target, x.Number, x.Of, x.Near, x.NearOf))
	}
	add("one slip of the pen apart:", typos)
	if trivial != "" {
		blocks = append(blocks, doc.Line{Text: "a network of one small layer earns " + trivial})
	}
	return doc.Text(w, t, &doc.Document{Blocks: slices.Values(blocks)})
}

func blurred(list []diagnose.Blurred) (items []string) {
	for _, b := range list {
		text := strings.Join(b.IDs, ", ")
		if b.Numbers != "" {
			text += ": " + b.Numbers
		}
		if b.Mend != "" {
			text += "; " + b.Mend
		}
		items = append(items, text)
	}
	return items
}

// AuditJSON writes an audit as one line of JSON, with what is wrong with the key.
func AuditJSON(w io.Writer, file string, a *diagnose.Audit, trivial string, diags lang.Diagnostics) error {
	list := func(of []diagnose.Blurred) []jsonline.Object {
		objects := []jsonline.Object{}
		for _, b := range of {
			objects = append(objects, jsonline.Object{{Key: "ids", Value: b.IDs}, {Key: "numbers", Value: b.Numbers}, {Key: "mend", Value: b.Mend}})
		}
		return objects
	}
	typos := []jsonline.Object{}
	for _, x := range a.Typos {
		typos = append(typos, jsonline.Object{{Key: "target", Value: x.Target}, {Key: "number", Value: x.Number}, {Key: "ids", Value: []string{x.Of}}, {Key: "near", Value: x.Near}})
	}
	return jsonline.Write(w, jsonline.Object{
		{Key: "schema", Value: AuditSchema}, {Key: "asked", Value: append([]string{}, a.Asked...)}, {Key: "beliefs", Value: a.Beliefs}, {Key: "weak", Value: a.Weak}, {Key: "ended", Value: a.Ended},
		{Key: "unseen", Value: list(a.Unseen)}, {Key: "alike", Value: list(a.Alike)}, {Key: "typos", Value: typos}, {Key: "trivial", Value: trivial},
		{Key: "diagnostics", Value: JSONDiagnostics(file, diags)},
	})
}
