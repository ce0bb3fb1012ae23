package main

import (
	"fmt"
	"os"
	"path/filepath"

	"cnnl/internal/pupils"
)

// What is read: a class twice, and long networks.

// In the folder of a bench.
const (
	classFolder = "class" // as students hand it in
	apartFolder = "apart" // with a line that makes every script another
)

func (b *bench) path(name string) string { return filepath.Join(b.dir, name) }

func (b *bench) writeClass() error {
	for _, folder := range []string{classFolder, apartFolder} {
		if err := os.MkdirAll(b.path(folder), 0o777); err != nil {
			return err
		}
	}
	for i, p := range pupils.Make(b.n, 1) {
		name := fmt.Sprintf("s%07d.cnnl", i)
		if err := os.WriteFile(filepath.Join(b.path(classFolder), name), []byte(p.Text), 0o666); err != nil {
			return err
		}
		text := fmt.Sprintf("let number = %d\n", i) + p.Text
		if err := os.WriteFile(filepath.Join(b.path(apartFolder), name), []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// layers is how long the longest network is.
func (b *bench) layers() int { return 10 * b.n }

func (b *bench) writeNetworks() error {
	for name, text := range map[string]string{
		"million.cnnl": fmt.Sprintf("input 64x64x8\nrepeat %d { conv 8 3x3 pad 1; relu }\n", b.layers()/2),
		"eighth.cnnl":  fmt.Sprintf("input 64x64x8\nrepeat %d { conv 8 3x3 pad 1; relu }\n", b.layers()/16),
		"rows.cnnl":    fmt.Sprintf("input 64x64x8\nrepeat %d { conv 8 3x3 pad 1; relu }\n", b.n/2),
	} {
		if err := os.WriteFile(b.path(name), []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}
