package grade

import (
	"testing"

	"cnnl/lang"
)

// TestNormalAnswers: what is taken for an answer is one that the language
// reads.
func TestNormalAnswers(t *testing.T) {
	for cell, want := range map[string]string{
		"148\n999": "148999", "148\n99": "", "148\r\n+ 1": "148  + 1", "148\t999": "148999", "5 +": "", "(156": "", "12 13": "", "5 ^ 2": "", "()5": "", "*5": "", "5 / / 2": "", "1 2 +": "", "--": "",
		"(5*5 + 1)*6": "(5*5 + 1)*6", "1,56": "1.56", "1.56e1": "15.6", "0.10": "0.1", "+5": "5", "2e3": "2000",
	} {
		if got, ok := normalAnswer(cell, 1); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %v", cell, got, ok)
		}
	}
	for text, want := range map[string]string{"24 24 6": "24x24x6", "(24, 24, 6)": "24x24x6", "24 × 24 × 6": "24x24x6", "24\n24\n6": "24x24x6", "12 13": "12x13", "7 271 940": "7271940", "5 +": "", "(156": "156", "24 x": ""} {
		if got, value := anySpelling(text); value.Known() != (want != "") || value.Known() && got != want {
			t.Errorf("%q: %q, %v", text, got, value)
		}
	}
}

// FuzzNormalAnswer: no cell becomes what the language does not read.
func FuzzNormalAnswer(f *testing.F) {
	f.Add("(28, 28, 6)", 3)
	f.Add("5 +", 1)
	f.Fuzz(func(t *testing.T, cell string, sizes int) {
		answer, ok := normalAnswer(cell, sizes)
		if !ok {
			return
		}
		if file, diags := new(lang.Parser).Parse(lang.NewSource("", "let answer = "+answer+"\n"), lang.Limits{}); diags.Failed() || len(file.Stmts) != 1 || len(claimsOf("let answer = "+answer)) != 1 {
			t.Errorf("%q became %q", cell, answer)
		}
	})
}
