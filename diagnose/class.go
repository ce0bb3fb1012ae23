package diagnose

import "cnnl/eval/layer"

// A class is a family of kinds that somebody may hold a belief about: the
// convolutions, the dense layers. The library is about kinds, so here alone, beside
// the catalogue, they are known by their names.
type class byte

const (
	otherClass class = iota
	convClass
	denseClass
	recurrentClass
	poolClass
	normClass
)

var classes = map[string]class{
	"conv": convClass, "deconv": convClass, "depthwise": convClass, "separable": convClass, "localconv": convClass,
	"dense":     denseClass,
	"simplernn": recurrentClass, "lstm": recurrentClass, "gru": recurrentClass,
	"maxpool": poolClass, "avgpool": poolClass,
	"batchnorm": normClass, "layernorm": normClass, "groupnorm": normClass, "instancenorm": normClass, "rmsnorm": normClass,
}

// classWords are what a class is called.
var classWords = [...]string{otherClass: "other layers", convClass: "the convolutions", denseClass: "the dense layers", recurrentClass: "the recurrent layers", poolClass: "the poolings", normClass: "the normalizations"}

func classOf(k *layer.Kind) class { return classes[k.Name] }
