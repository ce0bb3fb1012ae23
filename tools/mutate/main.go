// Command mutate asks whether the tests would notice a wrong rule. It changes every
// rule of shapes, parameters, costs and receptive fields by one term: a term of a sum
// or a product left out, + and - swapped, a bound one off, the name of another option,
// a branch always or never taken. Then it runs the tests that reach the change, and
// lists each mutant that none of them notices:
//
//	go run ./tools/mutate
//	go run ./tools/mutate -only deconv     what has that in its file or function
//
// A mutant that changes nothing, as of max(a, 1) where a is never 0, stands in
// equivalent.txt with its reason. One that survives wants a figure by hand: a script
// in eval/testdata, or a row of a table in the tests of its room.
//
// There is one build, and each mutant is a run of its tests.
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// rooms are the rules.
var rooms = []room{
	{Path: "./eval/calc", Files: strings.Fields("calc.go parts.go whole.go")},
	{Path: "./eval/layer", Files: strings.Fields("activation.go arrange.go attention.go bank.go call.go conv.go deconv.go dense.go effect.go input.go " +
		"matmul.go merge.go norm.go pool.go recurrent.go resize.go shape.go transformer.go window.go")},
	{Path: "./eval/network", Files: strings.Fields("axis.go calculation.go field.go follow.go layout.go move.go step.go window.go")},
}

// judges are the packages whose tests may notice.
var judges = strings.Fields("./eval/calc ./eval/layer ./eval/network ./eval ./eval/std ./explain ./compare ./test/oracle ./test/differential")

// ofTime are tests that measure time or memory. They fail on a busy machine, and the
// build with all mutants is slower than the program.
var ofTime = regexp.MustCompile("^Test(ToldOnce|LostRows|LongClaims|FailedClaims|TiedBlocks|AutomaticNames|FieldMemory|Allocations)$")

func main() {
	c := campaign{rooms: rooms, without: ofTime, list: "tools/mutate/equivalent.txt"}
	only := flag.String("only", "", "mutants whose file and function match this `pattern`")
	asked := flag.String("tests", strings.Join(judges, " "), "`packages` whose tests are asked")
	flag.IntVar(&c.jobs, "jobs", runtime.NumCPU(), "how many tests run at a time")
	flag.DurationVar(&c.most, "slow", 3*time.Second, "tests that take longer of the processor are left out")
	flag.Parse()
	c.judges = strings.Fields(*asked)
	c.progress = func(text string) { fmt.Fprintln(os.Stderr, text) }
	var err error
	if c.only, err = regexp.Compile(*only); err == nil {
		var r report
		if r, err = c.run(); err == nil {
			fmt.Print(r)
			if r.failed() {
				os.Exit(1)
			}
			return
		}
	}
	fmt.Fprintln(os.Stderr, "mutate:", err)
	os.Exit(2)
}
