//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// costly are scripts that ask for much work in few bytes, each in another way. What
// asks for more the longer it is, is 256 KB long.
func costly() map[string]string {
	const long = 256 << 10
	many := func(format string) string {
		var b strings.Builder
		for i := 0; b.Len() < long-64; i++ {
			fmt.Fprintf(&b, strings.ReplaceAll(format, "%s", strings.ToLower(letters(i))), i)
		}
		return b.String()
	}
	image, line := "input 8x8x3\n", "input 8x1 sequence\n"
	return map[string]string{
		"field upsample":     "input 4x1 sequence\nupsample 1000000000000\n",
		"field avgpool":      "input 4x1 sequence\navgpool to 1000000000\nconv 1 3\n",
		"field shuffle":      "input 4x1000000000 sequence\npixelshuffle 1000000000\n",
		"field deconv":       "input 4x1 sequence\ndeconv 1 1000000000 stride 1000000000\nconv 1 3\n",
		"field dilation":     line + "deconv 1 99999 dilation 99991 stride 7\nconv 1 5 dilation 1000003\nconv 1 3 pad same\n",
		"field branches":     line + "add { upsample 1000003 } { upsample 1000003 nearest }\nconv 1 999 dilation 1009 stride 1013\nupsample 1019\n",
		"terms of a let":     image + "repeat 4_900_000 { let a = 1" + strings.Repeat("+1", 4900) + " }\n",
		"terms of an expect": image + "repeat 4_900_000 { expect 4901 == 1" + strings.Repeat("+1", 4900) + " }\n",
		"terms of an if":     image + "repeat 4_900_000 { if 4901 != 1" + strings.Repeat("+1", 4900) + " { relu } }\n",
		"terms of a min":     image + "repeat 4_900_000 { let a = min(1" + strings.Repeat(",1", 4900) + ") }\n",
		"terms of a default": image + "block b(n = 1" + strings.Repeat("+1", 4900) + ") { relu }\nrepeat 4_900_000 { b }\n",
		"turns":              image + "repeat 4_900_000 { let a = 1 }\n",
		"turns in turns":     image + "repeat 1000 { repeat 1000 { repeat 1000 { } } }\n",
		"long names":         image + "conv " + strings.Repeat("a", 64_000) + " 1 1x1; from " + strings.Repeat("a", 64_000) + "bb\n",
		"unknown names":      image + many("conv qqqqqqqqqqqqqqqqqqqqqqqq%s%d 1 1x1; from qqqqqqqqqqqqqqqqqqqqqqqx%s%[1]d\n"),
		"unknown in claims":  image + many("expect c%d%s.params == 3\n"),
		"unknown words":      image + many("w%s %d\n"),
		"unknown options":    image + many("conv 8 3x3 %s%d same\n"),
		"tensors":            "input a 4x4x1\nrepeat 4000 { add with" + strings.Repeat(" a", 9000) + " }\n",
		"tensors of a list":  "input 4x4x1\nrepeat 10000 { conv c 1 1x1 }\nconcat with c[1..10000]\n",
		"one long name":      image + "repeat 5000 { conv " + strings.Repeat("a", 900) + " 1 1x1 }\n",
		"words in each row":  "input 4x4x9000\nrepeat 3000 { slice channels" + numbers(9000) + " }\n",
		"relus":              image + "repeat 200000 { relu }\n",
		"prelus":             image + "repeat 150000 { prelu; maxpool 1; avgpool 1 }\n",
		"doubling":           image + "block a { relu }\n" + doubling(60) + "z60\n",
		"doubling nothing":   image + "block a { }\n" + doubling(60) + "z60\n",
		"one line":           image + strings.Repeat("relu;", long/5) + "\n",
		"else if":            image + "if 1 == 2 { relu }" + strings.Repeat(" else if 1 == 2 { relu }", 8000) + "\n",
		"at signs":           image + strings.Repeat("@ ;", long/3) + "\n",
		"brackets":           image + strings.Repeat("let a = (\n", long/10),
		"braces":             image + strings.Repeat("add {", long/5) + "\n",
		"slips":              image + strings.Repeat("conv 8 3x3 padd same\n", long/21),
		"claims":             image + many("expect total == %d,000\n"),
		"false claims":       image + "conv c 8 3x3\n" + many("expect c.params == %d\n"),
		"near claims":        image + "repeat 400 { conv c 8 3x3 pad same }\n" + many("expect c[%d].params == 22\n"),
		"quotes":             image + strings.Repeat("use \"\n", long/6),
		"foreign":            image + strings.Repeat("x = Conv2D(8, (3, 3), padding='same')(x)\n", long/42),
		"torch":              image + strings.Repeat("self.a = nn.Conv2d(3, 8, 3, padding=1)\n", long/40),
		"remarks":            image + strings.Repeat("// note\n", long/8),
		"repeats":            image + strings.Repeat("repeat 2 {\n", 900) + strings.Repeat("}", 900) + "\n",
		"words":              image + "conv" + strings.Repeat(" 8", long/2) + "\n",
		"assumes":            image + strings.Repeat("assume pad same\nconv 8 3x3\n", long/27),
		"ties":               image + "conv c0 3 3x3 pad same\n" + many("conv c%[1]d%s = c0\n"),
	}
}

// letters writes a number in letters.
func letters(i int) (s string) {
	for ; i > 0 || s == ""; i /= 26 {
		s += string(rune('a' + i%26))
	}
	return s
}

// numbers are the numbers up to n, each behind a blank.
func numbers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprint(&b, " ", i+1)
	}
	return b.String()
}

// costlyCommands are those that read a script; CNNL_COSTS tries all.
func costlyCommands() []string {
	if os.Getenv("CNNL_COSTS") == "" {
		return []string{"run"}
	}
	return []string{"run", "check", "explain", "fmt", "fix -d", "run -o json", "run -o html", "explain -o json", "explain -o latex"}
}

// TestCosts: what a script asks for in few bytes costs a bounded time, little memory
// and few lines. The bounds are wide, as a machine may be slow and busy.
func TestCosts(t *testing.T) {
	long(t)
	dir := t.TempDir()
	for name, text := range costly() {
		file := write(t, filepath.Join(dir, name+".cnnl"), text)
		for _, command := range costlyCommands() {
			t.Run(name+"/"+command, func(t *testing.T) {
				t.Parallel()
				var out, errs bytes.Buffer
				cmd := program(append(strings.Fields(command), file)...)
				cmd.Stdout, cmd.Stderr = &out, &errs
				_ = cmd.Run()
				cpu, peak := spent(cmd.ProcessState)
				t.Logf("%d ms of CPU, %d MiB, %d KiB written", cpu.Milliseconds(), peak>>20, (out.Len()+errs.Len())>>10)
				if code := cmd.ProcessState.ExitCode(); code != exitFine && code != exitScript && code != exitUsage {
					t.Errorf("exit status %d: %.300s", code, errs.String())
				}
				if cpu > 10*time.Second || peak > 1<<30 || out.Len() > 20<<20 || errs.Len() > 1<<20 {
					t.Errorf("%v of CPU, %d MiB, %d and %d bytes written", cpu, peak>>20, out.Len(), errs.Len())
				}
			})
		}
	}
}

// TestCostlyClass: a class in which somebody hands in each of the costly scripts is
// graded in bounded time, and all others as without them.
func TestCostlyClass(t *testing.T) {
	long(t)
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	files := handIn(1000)
	want := gradeAll(t, key, writeAll(t, filepath.Join(dir, "class"), files))
	for name, text := range costly() {
		files["z "+name+".cnnl"] = text
	}
	class := writeAll(t, filepath.Join(dir, "worst"), files)
	cmd := program("grade", key, class, "-o", "jsonl")
	began := time.Now()
	out, _ := cmd.Output()
	cpu, peak := spent(cmd.ProcessState)
	t.Logf("%v, %v of CPU, %d MiB", time.Since(began), cpu, peak>>20)
	records := strings.SplitAfter(string(out), "\n")
	if got := strings.Join(records[:1000], ""); got != want {
		t.Error("the others are graded otherwise")
	}
	if n := len(records) - 1 - 1000; n != len(costly()) {
		t.Errorf("%d records of costly scripts", n)
	}
	if cpu > 2*time.Minute || peak > 2<<30 {
		t.Errorf("%v of CPU, %d MiB", cpu, peak>>20)
	}
}

// program is the program itself, as a command.
func program(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "CNNL_TEST_MAIN=1")
	return cmd
}

// TestFixEnds: a script in which more is to be mended than in one go is mended in
// several, and each says so.
func TestFixEnds(t *testing.T) {
	long(t)
	t.Parallel()
	script := write(t, filepath.Join(t.TempDir(), "slips.cnnl"), costly()["slips"])
	mended, stderr, code := cnnl(t, "", "fix", script)
	if code != exitScript || !strings.Contains(stderr, "run fix again") {
		t.Errorf("exit status %d, without the word that there is more: %.300s", code, stderr)
	}
	if before, after := strings.Count(costly()["slips"], "padd"), strings.Count(mended, "padd"); after >= before {
		t.Errorf("of %d slips %d are left", before, after)
	}
}

// FuzzCosts looks for what costs more than its bytes: a piece of a script is written as
// often as makes 16 KB, and run. What is within the limits takes a tenth of a second
// then; the bounds are for a slow and busy machine.
func FuzzCosts(f *testing.F) {
	if testing.Short() {
		f.Skip("without -short")
	}
	for _, text := range costly() {
		f.Add(text[:min(len(text), 200)])
	}
	f.Fuzz(func(t *testing.T, piece string) {
		if len(piece) > 2000 {
			return
		}
		text := strings.Repeat(piece+"\n", 1+16<<10/(len(piece)+1))
		began := time.Now()
		out, errs, _ := cnnl(t, text, "run", "-")
		if took := time.Since(began); took > 20*time.Second || len(out) > 20<<20 || len(errs) > 1<<20 {
			t.Errorf("%v, %d and %d bytes written", took, len(out), len(errs))
		}
	})
}
