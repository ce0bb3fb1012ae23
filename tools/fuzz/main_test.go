package main

import (
	"slices"
	"strings"
	"testing"
)

// TestListed: names of fuzzers are told from the lines on packages.
func TestListed(t *testing.T) {
	const out = `{"Action":"start","Package":"cnnl/lang"}
{"Action":"output","Package":"cnnl/lang","Output":"FuzzParse\n"}
{"Action":"output","Package":"cnnl/lang","Output":"ok  \tcnnl/lang\t0.01s\n"}
{"Action":"output","Package":"cnnl/eval","Output":"FuzzRun\n"}
{"Action":"pass","Package":"cnnl/eval","Elapsed":0.01}
`
	got, err := listed(strings.NewReader(out))
	if want := []fuzzer{{"cnnl/lang", "FuzzParse"}, {"cnnl/eval", "FuzzRun"}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}

// TestLast reads what go test prints while it fuzzes, and when an input fails.
func TestLast(t *testing.T) {
	const out = `fuzz: elapsed: 0s, execs: 12 (63/sec), new interesting: 1 (total: 2)
fuzz: elapsed: 3s, execs: 4711 (1500/sec), new interesting: 3 (total: 4)
--- FAIL: FuzzParse (3.01s)
    Failing input written to testdata/fuzz/FuzzParse/771e938e4458e983
    To re-run:
`
	for pattern, want := range map[string]string{`execs: (\d+)`: "4711", `Failing input written to (\S+)`: "testdata/fuzz/FuzzParse/771e938e4458e983", `nothing (.)`: ""} {
		if got := last(pattern, []byte(out)); got != want {
			t.Errorf("%s: got %q, want %q", pattern, got, want)
		}
	}
}
