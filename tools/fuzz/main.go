// Command fuzz runs every fuzzer of the module, one after another, for a time
// each:
//
//	go run ./tools/fuzz -time 5m
//
// It prints how many inputs each has tried, and what made one fail; then it
// ends with 1. Go keeps such an input under the package's testdata/fuzz, where
// go test tries it from then on: mend the mistake, and commit the input with
// the mending.
//
// Landing a change does not wait for it, because what it tries is different
// each time. There is nothing to add for a new fuzzer: it is found by its name.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"
)

func main() {
	each := flag.Duration("time", time.Minute, "how long each fuzzer runs")
	flag.Parse()
	list, err := fuzzers()
	if err != nil {
		fmt.Fprintln(os.Stderr, "fuzz:", err)
		os.Exit(2)
	}
	failed := 0
	for _, f := range list {
		r := f.run(*each)
		fmt.Println(r)
		if r.failed {
			failed++
		}
	}
	fmt.Printf("%d fuzzers, %d failed\n", len(list), failed)
	if failed > 0 {
		os.Exit(1)
	}
}

// A fuzzer is a function FuzzXxx in a package's tests.
type fuzzer struct{ pkg, name string }

// fuzzers asks go test which there are. It builds every test to tell.
func fuzzers() ([]fuzzer, error) {
	cmd := exec.Command("go", "test", "-json", "-list", "^Fuzz", "./...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go test -list: %w\n%s", err, out)
	}
	return listed(bytes.NewReader(out))
}

// listed reads what go test -json -list prints: a name a line, and other lines
// that say how a package went.
func listed(r io.Reader) (list []fuzzer, err error) {
	for decoder := json.NewDecoder(r); ; {
		var event struct{ Package, Output string }
		if err := decoder.Decode(&event); err == io.EOF {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		if name := strings.TrimSpace(event.Output); strings.HasPrefix(name, "Fuzz") {
			list = append(list, fuzzer{event.Package, name})
		}
	}
}

// run runs one for a time. An input that is only interesting is made smaller
// five times at most, or a slow fuzzer would do nothing else.
func (f fuzzer) run(each time.Duration) result {
	cmd := exec.Command("go", "test", f.pkg, "-run", "^$", "-fuzz", "^"+f.name+"$", "-fuzztime", each.String(), "-fuzzminimizetime", "5x")
	out, err := cmd.CombinedOutput()
	r := result{fuzzer: f, executions: last(`execs: (\d+)`, out), crasher: last(`Failing input written to (\S+)`, out), failed: err != nil}
	if r.failed {
		r.output = string(out)
	}
	return r
}

// last is what a pattern's group has at its last place in a text.
func last(pattern string, text []byte) string {
	found := regexp.MustCompile(pattern).FindAllSubmatch(text, -1)
	if len(found) == 0 {
		return ""
	}
	return string(found[len(found)-1][1])
}

// A result is what became of one fuzzer.
type result struct {
	fuzzer
	executions string // inputs tried, as go test counts them
	crasher    string // the file, in the package's folder, with the input that failed
	failed     bool
	output     string // of one that failed
}

func (r result) String() string {
	line := fmt.Sprintf("%-24s %-20s %10s executions", r.pkg, r.name, r.executions)
	switch {
	case r.crasher != "":
		return line + ", failed: " + r.crasher + "\n" + r.output
	case r.failed:
		return line + ", failed\n" + r.output
	}
	return line
}
