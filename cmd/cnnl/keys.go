package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cnnl/grade"
	"cnnl/grade/course"
	"cnnl/lang"
	"cnnl/render"
)

// What submissions are graded with: keys and a roster.

func (a *app) sheetCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "sheet KEY",
		Short:             "Write the empty answer sheet of a key",
		Long:              "Writes what the key's marks of answers ask for, to be filled in by students: a\nscript of claims, or with -o csv the header of a table.",
		Example:           "  cnnl sheet key.cnnl >answers.cnnl",
		Args:              takes(1, 1),
		ValidArgsFunction: completeScripts,
		RunE:              func(_ *cobra.Command, args []string) error { return a.sheet(args[0]) },
	}
}

func (a *app) sheet(file string) error {
	keys, diags, err := a.keys(file)
	if err != nil {
		return err
	}
	if diags.Failed() {
		render.Diagnostics(a.err, a.flags.terminal(a.err), diags)
		a.worse(exitScript)
		return nil
	}
	asking := slices.DeleteFunc(keys.List, func(k *grade.Key) bool { return len(k.Columns()) == 0 })
	if len(asking) == 0 {
		return fmt.Errorf("%s asks for no answers; a mark such as mark 6 \"The table\" answers all.out all.params does", file)
	}
	docs := a.documents()
	for _, k := range asking {
		for _, d := range docs {
			if d.format == "csv" {
				fmt.Fprintln(d.w, strings.Join(append([]string{"id"}, k.Columns()...), ","))
			} else {
				io.WriteString(d.w, k.Sheet())
			}
		}
	}
	return a.keep(docs)
}

// keys reads a key, or a folder of them.
func (a *app) keys(path string) (keys *grade.Keys, diags lang.Diagnostics, err error) {
	files := []string{path}
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		if files, err = keyFiles(path); err != nil {
			return nil, diags, err
		}
	}
	keys = new(grade.Keys)
	for _, file := range files {
		src, err := a.read(file)
		if err != nil {
			return nil, diags, err
		}
		k, more := course.ReadKey(src, a.flags.options(file), a.flags.limits.lang, version())
		if len(files) > 1 {
			k.Question = strings.TrimSuffix(filepath.Base(file), scriptEnding)
		}
		diags.Merge(more)
		keys.List = append(keys.List, k)
	}
	return keys, diags, nil
}

// keyFiles lists the keys in a folder.
func keyFiles(folder string) (files []string, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fileError(folder, err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), scriptEnding) {
			files = append(files, filepath.Join(folder, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("there is no key, no *%s, in the folder %s", scriptEnding, folder)
	}
	return files, nil
}

// readRoster reads the roster, if there is one.
func (a *app) readRoster(g *grading, keys *grade.Keys) error {
	if g.roster == "" {
		return nil
	}
	file, err := openTable(g.roster)
	if err != nil {
		return err
	}
	defer file.Close()
	var lets []string
	for _, k := range keys.List {
		lets = append(lets, k.Lets()...)
	}
	if keys.Roster, err = grade.ReadRoster(g.roster, file, lets); err != nil {
		return fmt.Errorf("%s: %w", g.roster, err)
	}
	return nil
}
