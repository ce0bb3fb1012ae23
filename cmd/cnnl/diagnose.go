package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cnnl/diagnose"
	"cnnl/eval"
	"cnnl/lang"
	"cnnl/render"
)

func (a *app) diagnoseCommand() *cobra.Command {
	var d diagnosing
	cmd := &cobra.Command{
		Use:   "diagnose KEY CLAIM...",
		Short: "Say which mistake made a wrong number",
		Long: "Says which mistakes made the wrong numbers that somebody states of the network of\nKEY. A claim is V, about the total; TARGET=V, where TARGET is what an expect can name\n(c1.params, c3.out, total.macs); or TARGET=CALCULATION=V, with how it was got.\n" +
			"All claims are one answer: right numbers tell against a mistake too. What is shown\nto a student has evidence of some bits, and more than what could be said instead.",
		Example:           "  cnnl diagnose key.cnnl 32780\n  cnnl diagnose key.cnnl c1.params=200 'c2.params=(3*3*20+1)*20' c3.out=60x60x40 total=32780\n  cnnl diagnose key.cnnl --answers class.csv -o json",
		Args:              takes(1, many),
		ValidArgsFunction: completeScripts,
		RunE:              func(_ *cobra.Command, args []string) error { return a.diagnose(args[0], diagnose.Claims(args[1:]), d) },
	}
	cmd.SetFlagErrorFunc(negativeClaim)
	cmd.Flags().Float64Var(&d.precision, "precision", 0, "bits of evidence before anything is shown to a student (default 6)")
	cmd.Flags().StringVar(&d.answers, "answers", "", "a table of a class: a column for each claim, a row for each student")
	return cmd
}

// negativeClaim says how a claim below 0 is written, which would be read as a flag.
func negativeClaim(cmd *cobra.Command, e error) error {
	var unknown *pflag.NotExistError
	if errors.As(e, &unknown) {
		if n := unknown.GetSpecifiedShortnames(); strings.Trim(n, "0123456789") == "" && n != "" {
			return fmt.Errorf("-%s is read as a flag; write total=-%s", n, n)
		}
	}
	return flagError(cmd, e)
}

// A diagnosing is how numbers are to be diagnosed.
type diagnosing struct {
	precision float64
	answers   string
}

func (a *app) diagnose(key string, claims []string, d diagnosing) error {
	switch {
	case len(claims) == 0 && d.answers == "":
		return errors.New("something is missing: write cnnl diagnose KEY CLAIM..., or --answers FILE.csv")
	case len(claims) > 0 && d.answers != "":
		return errors.New("claims and --answers do not go together")
	case d.precision < 0 || math.IsNaN(d.precision):
		return errors.New("--precision needs bits, 0 or more")
	}
	src, err := a.read(key)
	if err != nil {
		return err
	}
	parsed, diags := new(lang.Parser).Parse(src, a.flags.limits.lang)
	v := eval.Evaluate(parsed, a.flags.options(key))
	diags.Merge(v.Diags)
	g, err := diagnose.New(v.Network, diagnose.Options{Precision: d.precision, Effort: diagnose.Wide})
	if err != nil {
		return a.noKey(src, diags, err, func(diags lang.Diagnostics) error {
			return render.DiagnosisJSON(a.out, "", src.Name, &diagnose.Result{}, diags)
		})
	}
	reader := diagnose.NewReader(v, a.flags.limits.lang)
	docs := a.documents()
	if d.answers != "" {
		err = a.diagnoseAll(docs, g, reader, d.answers)
	} else {
		result, diags := g.Ask(reader, claims)
		if slices.ContainsFunc(result.Claims, func(c diagnose.Judged) bool { return c.Unread }) {
			a.worse(exitUsage)
		}
		err = a.showDiagnosis(docs, "", src.Name, result, diags)
	}
	if err != nil {
		return err
	}
	return a.keep(docs)
}

// noKey tells of a key that could not be counted, or has mistakes; json writes what there
// is to say for programs.
func (a *app) noKey(src *lang.Source, diags lang.Diagnostics, err error, json func(lang.Diagnostics) error) error {
	if a.worse(exitScript); a.flags.output.machine() {
		if errors.Is(err, diagnose.ErrLarge) {
			diags.Add(lang.Diagnostic{Code: lang.Limit, Summary: err.Error()})
		}
		return json(diags)
	}
	if render.Diagnostics(a.err, a.flags.terminal(a.err), diags); err != nil {
		fmt.Fprintln(a.err, "cnnl: "+lang.Visible(src.Name)+": "+err.Error())
	}
	return nil
}

// diagnoseAll diagnoses the answers of a class, row by row.
func (a *app) diagnoseAll(docs []document, g *diagnose.Engine, reader *diagnose.Reader, file string) error {
	in, err := os.Open(file)
	if err != nil {
		return fileError(file, err)
	}
	defer in.Close()
	answers, diags, err := reader.Answers(in)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	render.Diagnostics(a.err, a.flags.terminal(a.err), diags)
	for {
		id, result, diags, err := answers.Next(g)
		if err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if err := a.showDiagnosis(docs, id, file, result, diags); err != nil {
			return err
		}
	}
}

// showDiagnosis writes what was found, in every format; of a class, whose it is.
func (a *app) showDiagnosis(docs []document, who, file string, result *diagnose.Result, diags lang.Diagnostics) error {
	for _, d := range docs {
		var err error
		switch d.format {
		case "json":
			err = render.DiagnosisJSON(d.w, who, file, result, diags)
		case "markdown":
			err = render.DiagnosisMarkdown(d.w, named(who, file), result)
		default:
			if who != "" {
				fmt.Fprintln(d.w, "==> "+lang.Visible(who)+" <==")
			}
			if err = render.Diagnosis(d.w, a.flags.terminal(d.w), result); who != "" {
				fmt.Fprintln(d.w)
			}
		}
		if err != nil {
			return err
		}
	}
	if !a.flags.output.machine() {
		render.Diagnostics(a.err, a.flags.terminal(a.err), diags)
	}
	return nil
}

// named is whose answer it is, or the key.
func named(who, file string) string {
	if who != "" {
		return who
	}
	return file
}
