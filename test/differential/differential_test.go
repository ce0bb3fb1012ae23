package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cnnl/eval/dialect"
)

// TestSample: the program counts what PyTorch and Keras answered for random
// networks, which is kept beside the test, with those that once differed; and the
// sizes that Keras' own rule gives for transposed convolutions, of which TensorFlow
// and its kin cannot run all: compute_conv_transpose_output_shape of
// keras/src/backend/common/backend_utils.py, at Keras' commit 3422977a5e.
func TestSample(t *testing.T) {
	for _, name := range []string{"torch", "keras", "transposed"} {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile("testdata/" + name + ".jsonl")
			if err != nil {
				t.Fatal(err)
			}
			networks := 0
			for line := range strings.Lines(string(text)) {
				var r record
				if err := json.Unmarshal([]byte(line), &r); err != nil {
					t.Fatal(err)
				}
				if why := differs(r); why != "" {
					t.Errorf("seed %d: %s\n%s", r.Seed, why, r.Script)
				}
				networks++
			}
			if networks < 200 {
				t.Errorf("only %d networks", networks)
			}
		})
	}
}

// TestEveryKindIsDrawn: every kind, and every option of it, is drawn sooner or
// later, or the framework's table says that it has no counterpart. Any seed may
// come first; from these it is soon.
func TestEveryKindIsDrawn(t *testing.T) {
	for name, first := range map[string]uint64{"torch": 1935, "keras": 625} {
		t.Run(name, func(t *testing.T) {
			f := find(name)
			missing := drawable(f)
			for seed := first; len(missing) > 0 && seed < first+10_000; seed++ {
				for _, o := range draw(seed, f).Ops {
					delete(missing, o.Kind)
					for name := range o.Args {
						delete(missing, o.Kind+"."+name)
					}
					if o.Turned {
						delete(missing, "transposed")
					} else if o.Owner >= 0 {
						delete(missing, "tie")
					}
				}
			}
			for what := range missing {
				t.Errorf("%s is never drawn", what)
			}
		})
	}
}

// TestEveryKindIsBuilt: the framework's builder knows every kind that is drawn.
func TestEveryKindIsBuilt(t *testing.T) {
	for _, f := range frameworks {
		builder := filepath.Base(f.command[1])
		text, err := os.ReadFile(builder)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range f.kinds() {
			if !regexp.MustCompile(`(?m)^ +"?` + k.Name + `"?[:,]`).Match(text) {
				t.Errorf("%s cannot build %s, and dialect.Gaps does not say that it is missing", builder, k.Name)
			}
		}
	}
}

// drawable lists what a framework has a counterpart of.
func drawable(f *framework) map[string]bool {
	list := map[string]bool{"tie": true}
	if !f.tiesAsIs {
		list["transposed"] = true
	}
	for _, k := range f.kinds() {
		list[k.Name] = true
		for _, p := range k.Params {
			if dialect.LacksOption(f.tool, k.Name, p.Name) == "" {
				list[k.Name+"."+p.Name] = true
			}
		}
	}
	return list
}

// TestDrawnAlike: a seed gives the same network again, and every network holds
// in the program, with a row for each of its layers.
func TestDrawnAlike(t *testing.T) {
	for _, f := range frameworks {
		for seed := range uint64(100) {
			a, b := draw(seed, f), draw(seed, f)
			if a.Script != b.Script {
				t.Fatalf("%s, seed %d: two networks", f.name, seed)
			}
			net, why := count(a.Script)
			if why != "" || len(net.Nodes) != len(a.Ops) {
				t.Errorf("%s, seed %d: %s, %d layers for %d\n%s", f.name, seed, why, len(net.Nodes), len(a.Ops), a.Script)
			}
		}
	}
}
