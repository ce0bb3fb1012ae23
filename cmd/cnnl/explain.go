package main

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"cnnl/explain"
	"cnnl/lang"
	"cnnl/render"
)

func (a *app) explainCommand() *cobra.Command {
	var macs, field, fragment bool
	cmd := &cobra.Command{
		Use:               "explain FILE [LAYER...]",
		Short:             "Show how every number came about",
		Long:              "Shows the calculation of every number of a network: the size of each output, the\nparameters of each layer, the sum over all; of LAYERs only theirs. Which defaults\ndecided a number stands at the end.",
		Example:           "  cnnl explain hw.cnnl\n  cnnl explain hw.cnnl c1 c5\n  cnnl explain hw.cnnl --macs --field --depth 0\n  cnnl explain hw.cnnl -o latex=hw.tex -o html=hw.html",
		Args:              takes(1, many),
		ValidArgsFunction: a.completeLayers,
		RunE: func(_ *cobra.Command, args []string) error {
			opts := explain.Options{Depth: a.flags.depth, Layers: args[1:], Macs: macs, Field: field}
			return a.explain(args[0], opts, fragment)
		},
	}
	cmd.Flags().BoolVar(&macs, "macs", false, "the multiply-accumulates too")
	cmd.Flags().BoolVar(&field, "field", false, "the receptive fields too")
	cmd.Flags().BoolVar(&fragment, "fragment", false, "of LaTeX only the part inside a document")
	return cmd
}

func (a *app) explain(file string, opts explain.Options, fragment bool) error {
	docs := a.documents()
	if fragment && !slices.ContainsFunc(docs, func(d document) bool { return d.format == "latex" }) {
		return errors.New("--fragment goes with -o latex")
	}
	src, err := a.read(file)
	if err != nil {
		return err
	}
	r := a.evaluate(new(lang.Parser), file, src)
	a.judge(r)
	x, err := explain.New(r.net, opts)
	if err != nil {
		render.Diagnostics(a.err, a.flags.terminal(a.err), r.diags)
		return err
	}
	err = a.tell(r, func() error {
		for _, d := range docs {
			if err := a.showExplanation(d, x, r, fragment); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.keep(docs)
}

// showExplanation writes an explanation in one format.
func (a *app) showExplanation(d document, x *explain.Explanation, r result, fragment bool) error {
	switch d.format {
	case "json":
		return render.ExplanationJSON(d.w, r.src.Name, x, r.readings, r.diags, d.extent)
	case "markdown":
		return render.MarkdownExplanation(d.w, r.src.Name, x, r.readings, d.extent)
	case "latex":
		return render.LaTeX(d.w, r.src.Name, x, r.readings, fragment, d.extent)
	case "html":
		return render.HTML(d.w, r.src.Name, x, r.readings, d.extent)
	}
	render.Explanation(d.w, a.flags.terminal(d.w), x, r.readings, d.extent)
	return nil
}
