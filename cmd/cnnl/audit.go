package main

import (
	"github.com/spf13/cobra"

	"cnnl/diagnose"
	"cnnl/eval"
	"cnnl/grade"
	"cnnl/lang"
	"cnnl/render"
)

func (a *app) auditCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "audit KEY",
		Short: "Say which mistakes the questions of a key cannot see",
		Long: "Says which misconceptions change none of the numbers that a key asks for, which\ngive the same wrong numbers, which wrong numbers are a slip of the pen from others,\nand what a network of one small layer would earn; with the smallest change that mends it.\n" +
			"A key without marks of answers is taken to ask for the total.",
		Example:           "  cnnl audit key.cnnl",
		Args:              takes(1, 1),
		ValidArgsFunction: completeScripts,
		RunE:              func(_ *cobra.Command, args []string) error { return a.audit(args[0]) },
	}
}

func (a *app) audit(file string) error {
	src, err := a.read(file)
	if err != nil {
		return err
	}
	parsed, diags := lang.Parse(src, a.flags.limits.lang)
	opts := a.flags.options(file)
	v := eval.Evaluate(parsed, opts)
	diags.Merge(v.Diags)
	g, err := diagnose.New(v.Network, diagnose.Options{Effort: diagnose.Wide})
	if err != nil || diags.Failed() {
		return a.noKey(src, diags, err, func(diags lang.Diagnostics) error {
			return render.AuditJSON(a.out, src.Name, &diagnose.Audit{}, "", diags)
		})
	}
	k, more := grade.NewKey(parsed, opts)
	asked, trivial := []string{"total"}, ""
	if !more.Failed() && len(k.Columns()) > 0 {
		asked = k.Columns()
	}
	if !more.Failed() {
		trivial = k.Trivial()
	}
	reader := diagnose.NewReader(v, a.flags.limits.lang)
	var targets []diagnose.Claim
	for _, name := range asked {
		if c, ok, _ := reader.Target(name); ok {
			targets = append(targets, c)
		}
	}
	docs := a.documents()
	for _, d := range docs {
		if d.format == "json" {
			err = render.AuditJSON(d.w, src.Name, g.Audit(targets), trivial, diags)
		} else {
			err = render.Audit(d.w, a.flags.terminal(d.w), g.Audit(targets), trivial)
		}
		if err != nil {
			return err
		}
	}
	return a.keep(docs)
}
