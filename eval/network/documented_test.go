package network_test

import (
	"slices"
	"strings"
	"testing"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/internal/golden"
)

// TestKindsAreDocumented holds the reference's table to the catalogue.
// UPDATE=1 writes it anew.
func TestKindsAreDocumented(t *testing.T) {
	golden.Part(t, "../../docs/language.md", "<!-- kinds -->\n", "<!-- end -->", kindTable())
}

// TestMeasuresAreDocumented holds the table of measures to the program's.
// UPDATE=1 writes it anew.
func TestMeasuresAreDocumented(t *testing.T) {
	var b strings.Builder
	b.WriteString(tableRow("key", "to read", "meaning") + "|---|---|---|\n")
	for _, m := range network.InOrder() {
		b.WriteString(tableRow("`"+m.Name+"`", m.Title, m.Doc))
	}
	golden.Part(t, "../../docs/json.md", "<!-- measures -->\n", "<!-- end -->", b.String())
}

// kindTable has a row for each kind, and one for each option.
func kindTable() string {
	var b strings.Builder
	b.WriteString(tableRow("kind", "written", "output", "learns", "what it does") + "|---|---|---|---|---|\n")
	for _, k := range layer.All {
		output, learns := ruleColumns(k)
		usage := strings.ReplaceAll(strings.ReplaceAll(k.Usage(), " ...]", "]"), " [NAME]", "")
		b.WriteString(tableRow("`"+k.Name+"`", "`"+usage+"`", output, learns, k.Doc))
	}
	b.WriteString("\n" + tableRow("option", "takes", "where not given", "what it is", "of") + "|---|---|---|---|---|\n")
	for _, o := range optionRows() {
		b.WriteString(tableRow(o...))
	}
	return b.String()
}

func tableRow(cells ...string) string {
	for i := range cells {
		cells[i] = strings.ReplaceAll(cells[i], "|", "\\|")
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// optionRows lists the options by name; kinds that have the same one share a
// row.
func optionRows() (rows [][]string) {
	kinds := map[string]string{}
	for _, k := range layer.All {
		for i := range k.Params {
			p := &k.Params[i]
			if p.Value || k.Source {
				continue
			}
			row := []string{"`" + p.Name + "`", p.Wants(), p.DefaultText(), p.Doc}
			key := strings.Join(row, "|")
			if kinds[key] == "" {
				rows = append(rows, row)
			} else {
				kinds[key] += ", "
			}
			kinds[key] += k.Name
		}
	}
	for i := range rows {
		rows[i] = append(rows[i], kinds[strings.Join(rows[i], "|")])
	}
	slices.SortStableFunc(rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return rows
}

// ruleColumns are a kind's rules for one spatial axis and the channels, and
// for what it learns.
func ruleColumns(k *layer.Kind) (output, learns string) {
	var outputs []string
	same := true
	for _, r := range network.Rules(k) {
		name, isOutput := strings.CutPrefix(r.What, "output ")
		switch {
		case r.What == "parameters":
			learns = r.Rule
		case r.What == "running statistics":
			learns += "; " + r.Rule + " running statistics"
		case isOutput:
			same = same && (r.Rule == "input "+name || name == "channels" && r.Rule == "inputs")
			if name != "width" && name != "depth" {
				outputs = append(outputs, name+": "+r.Rule)
			}
		}
	}
	switch {
	case k.Source:
		return "as written", ""
	case same:
		return "as the input", learns
	}
	return strings.Join(outputs, "; "), learns
}
