package diagnose_test

import (
	"os"
	"slices"
	"testing"

	"cnnl/diagnose"
	"cnnl/eval"
	"cnnl/lang"
)

// TestByHand: wrong numbers of examples that were worked out with pencil and paper. What
// made them is found, and is shown or at least listed first: with padding on one side only
// LeNet-5 comes to the same, and without its last pooling VGG-16 does.
func TestByHand(t *testing.T) {
	for _, c := range []struct {
		key, belief, how string
		shown            bool
		claims           []string
	}{
		{"zoo/lenet5", "no-bias", "150 + 2,400 + 48,000 + 10,080 + 840", true, []string{"61470"}},
		{"zoo/lenet5", "one-bias", "the same, and 5", true, []string{"61475"}},
		{"zoo/lenet5", "padding-ignored", "28, 24, 12, 8, 4: (4·4·16 + 1)·120 = 30,840 for 48,120", false, []string{"44426"}},
		{"zoo/lenet5", "flat-no-channels", "(5·5 + 1)·120 = 3,120 for 48,120, and 61,706 with two digits swapped", false, []string{"16706"}},
		{"zoo/lenet5", "one-input-channel", "(5·5 + 1)·16 = 416 for 2,416", true, []string{"c1.params=156", "c2.params=416", "dense1.params=48120", "total=59706"}},
		{"zoo/lenet5", "macs-with-bias", "28·28·(25 + 1)·6 for 28·28·25·6", true, []string{"c1.macs=122304"}},
		{"zoo/alexnet", "dense-only", "37,752,832 + 16,781,312 + 4,097,000", true, []string{"58631144"}},
		{"zoo/alexnet", "conv-only", "23,296 + 307,392 + 663,936 + 884,992 + 590,080", true, []string{"2469696"}},
		{"zoo/alexnet", "stride-ignored", "224 + 2·2 - 11 + 1", true, []string{"conv1.out=218x218x64"}},
		{"zoo/vgg16", "last-left-out", "138,357,544 - 4,097,000", true, []string{"134260544"}},
		{"zoo/vgg16", "flat-before-pool", "(14·14·512 + 1)·4096 = 411,045,888 for 102,764,544", false, []string{"446638888"}},
		{"zoo/squeezenet1_0", "rounded-up", "ceil((224 - 7)/2) + 1", false, []string{"conv1.out=110x110x96"}},
		{"zoo/yolov3_tiny", "bn-statistics", "4·16 for 2·16", false, []string{"leaky_conv1.batchnorm1.params=64"}},
		{"language/lstm", "one-gate", "64·(64 + 128) + 64", true, []string{"last.params=12352"}},
		{"language/lstm", "one-direction", "4·(64·(64 + 128) + 64)", true, []string{"both.params=49408"}},
		{"language/depthwise", "groups-ignored", "3·3·128·128", true, []string{"dw.params=147456"}},
		{"language/depthwise", "no-pointwise", "3·3·128", true, []string{"sep.params=1152"}},
		{"language/sequence", "kernel-squared", "(2·2·1 + 1)·32", false, []string{"first.params=160"}},
	} {
		v := exampleOf(t, c.key)
		r, diags := engine(t, v).Ask(diagnose.NewReader(v, lang.Limits{}), c.claims)
		if diags.Failed() || len(r.Diagnoses) == 0 {
			t.Errorf("%s %v: nothing is found; %v", c.key, c.claims, diags.List)
			continue
		}
		if d := r.Diagnoses[0]; !slices.Contains(append(d.IDs, d.Also...), c.belief) || len(d.IDs) > 1 || d.Shown != c.shown {
			t.Errorf("%s %v: %v, as well %v, %.1f bits, shown %v; not %s (%s), %v", c.key, c.claims, d.IDs, d.Also, d.Bits, d.Shown, c.belief, c.how, c.shown)
		}
	}
}

func exampleOf(t *testing.T, key string) *eval.Evaluation {
	t.Helper()
	text, err := os.ReadFile("../examples/" + key + ".cnnl")
	if err != nil {
		t.Fatal(err)
	}
	return evaluated(t, string(text))
}
