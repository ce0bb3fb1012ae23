package render

import (
	"io"

	"cnnl/internal/jsonline"
	"cnnl/lang"
)

// FixSchema names the JSON of a script that was mended; docs/json.md describes it.
const FixSchema = "cnnl-fix/1"

// FixJSON writes a script as it is with all fixes that are certain, and the mistakes that
// it has then, as one line of JSON.
func FixJSON(w io.Writer, file, text string, changed bool, left lang.Diagnostics) error {
	return jsonline.Write(w, jsonline.Object{
		{Key: "schema", Value: FixSchema},
		{Key: "file", Value: file},
		{Key: "changed", Value: changed},
		{Key: "text", Value: text},
		{Key: "diagnostics", Value: JSONDiagnostics(file, left)},
	})
}
