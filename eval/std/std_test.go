package std_test

import (
	"regexp"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/eval/layer"
	"cnnl/eval/resolve"
	"cnnl/eval/std"
	"cnnl/examples/zoo"
	"cnnl/lang"
)

// TestLibraries: every library is without mistakes and formatted, names each
// paper, and all can be used together.
func TestLibraries(t *testing.T) {
	all := ""
	for _, name := range std.Names() {
		text, _ := std.Text(name)
		formatted, diags := lang.Format(lang.NewSource(name, text), lang.Limits{})
		if formatted != text || len(diags.List) > 0 {
			t.Errorf("%s is not formatted: %v", name, diags.List)
		}
		if !strings.HasPrefix(text, "# ") || !strings.Contains(text, "arXiv") {
			t.Errorf("%s does not say where it comes from", name)
		}
		all += "use " + name + "\n"
	}
	file, _ := lang.Parse(lang.NewSource("all", all+"input 8x8x4\nrelu\n"), lang.Limits{})
	if _, diags := eval.Run(file, eval.Options{}); len(diags.List) > 0 {
		t.Errorf("together: %v", diags.List)
	}
}

// TestBlocks: every block has a doc of its own, a name that no other has, and a
// model or another block that uses it, or a test below.
func TestBlocks(t *testing.T) {
	scripts := tests
	for _, name := range zoo.Names() {
		text, _ := zoo.Text(name)
		scripts += text
	}
	seen := map[string]bool{}
	for _, b := range resolve.LibraryBlocks() {
		if b.Doc == "" || seen[b.Name] || seen[b.Doc] || layer.Find(b.Name) != nil {
			t.Errorf("%s in %s: %q", b.Name, b.Library, b.Doc)
		}
		seen[b.Name], seen[b.Doc] = true, true
		text, _ := std.Text(b.Library)
		word := regexp.MustCompile(`\b` + b.Name + `\b`)
		if !word.MatchString(scripts) && len(word.FindAllString(text, -1)) < 2 && b.Name != "excite" { // which other libraries use
			t.Errorf("nothing uses %s", b.Name)
		}
	}
}

// tests are models that are in no script of the examples, with published
// figures: torchvision's of Swin-T v2, Keras' of MobileNet, the first
// transformer's of 65 million.
const tests = `use resnet
input 224x224 rgb
resnet_stem
repeat 3 { bottleneck 64 squeeze 16 }
bottleneck 128 stride 2 squeeze 32; repeat 3 { bottleneck 128 squeeze 32 }
bottleneck 256 stride 2 squeeze 64; repeat 5 { bottleneck 256 squeeze 64 }
bottleneck 512 stride 2 squeeze 128; repeat 2 { bottleneck 512 squeeze 128 }
avgpool global; dense 1000
expect total == 28_088_024
---
use resnet
input 224x224 rgb
resnet_stem
repeat 3 { bottleneck 64 }
bottleneck 128 stride 2 first 2; repeat 3 { bottleneck 128 }
bottleneck 256 stride 2 first 2; repeat 5 { bottleneck 256 }
bottleneck 512 stride 2 first 2; repeat 2 { bottleneck 512 }
avgpool global; dense 1000
expect total == 25_557_032 and floor(total.macs / 100_000_000) == 38
---
use resnet
input 520x520 rgb
resnet_stem
repeat 3 { bottleneck 64 }
bottleneck 128 stride 2; repeat 3 { bottleneck 128 }
bottleneck 256; repeat 5 { bottleneck middle 256 dilation 2 }
bottleneck 512 dilation 2; repeat 2 { bottleneck last 512 dilation 4 }
conv 512 3x3 pad 1 no bias; batchnorm; relu; dropout 0.1; conv 21 1x1
from middle
conv 256 3x3 pad 1 no bias; batchnorm; relu; dropout 0.1; conv 21 1x1
expect total == 35_322_218 and round(total.macs / 1_000_000) == 152_717
---
use transformer
input ids 512 tokens
embedding words 30_522 768
add { } { param kinds 2x768; slice length 1 }
position length 512; layernorm
repeat 12 { encoder_post 12 smooth }
slice length 1; flatten; dense 768; tanh
expect total == 109_482_240
---
use transformer
input 1024 tokens
embedding 32_000 4096
repeat 32 { gated 32 11_008 }
rmsnorm; dense 32_000 each no bias
expect total == 6_738_415_616
---
use transformer
input 1024 tokens
embedding ids 151_936 896
repeat 24 { gated 14 4864 kv 2 qkv }
rmsnorm; dense = ids transposed each no bias
expect total == 494_032_768
---
use transformer
input 1024 tokens
embedding ids 151_936 1024
repeat 28 { gated 16 3072 kv 8 dim 128 norm }
rmsnorm; dense = ids transposed each no bias
expect total == 596_049_920
---
use transformer
input audio 1500x384 sequence
position; repeat 4 { encoder 6 }
layernorm heard
input ids 448 tokens
embedding words 51_865 384; position
repeat 4 { decoder 6 with heard }
layernorm; dense = words transposed each no bias
expect count(decoder) == 4 and total == 1500*384 + 4*(12*384**2 + 13*384) + 2*384 + 51_865*384 + 448*384 + 4*(16*384**2 + 19*384) + 2*384
---
use swin
input 256x256 rgb
conv 96 4x4 stride 4; layernorm
swin_v2_pair 3
merging_v2; swin_v2_pair 6
merging_v2; repeat 3 { swin_v2_pair 12 }
merging_v2; swin_v2_pair 24
layernorm
avgpool global; dense 1000
expect total == 28_351_570 and round(total.macs / 1_000_000) == 5_940
---
use mobilenet
input 224x224 rgb
conv 32 3x3 stride 2 pad 1 no bias; batchnorm; relu
separated 64
for w in 128, 256 { separated $w stride 2; separated $w }
separated 512 stride 2; repeat 5 { separated 512 }
separated 1024 stride 2; separated 1024
avgpool global; dense 1000
expect total == 4_231_976 and total.stats == 21_888
---
use transformer
input source 50 tokens
embedding words 37_000 512
repeat 6 { encoder_post 8 }
layernorm memory
input target 50 tokens
embedding = words
repeat 6 { decoder_post 8 with memory }
dense = words transposed each
expect total == 37_000 * 512 + 37_000 + 2 * 512 + 6 * 3_152_384 + 6 * 4_204_032
---
use inception
input one 14x14x512
googlenet_head 1000
input two 14x14x528
googlenet_head 1000
expect total == 13_004_888 - 6_624_904 # what the published figure of GoogLeNet leaves out
`

// TestOtherModels: blocks that no example uses, held to published figures too.
func TestOtherModels(t *testing.T) {
	for _, text := range strings.Split(tests, "---\n") {
		file, _ := lang.Parse(lang.NewSource("test", text), lang.Limits{})
		if _, diags := eval.Run(file, eval.Options{}); diags.Failed() {
			t.Errorf("%s%v", text, diags.List)
		}
	}
}
