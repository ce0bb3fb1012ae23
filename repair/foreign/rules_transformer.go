package foreign

import (
	"strings"
)

// encoderLayer is a layer of a transformer as PyTorch makes it.
// https://pytorch.org/docs/stable/generated/torch.nn.TransformerEncoderLayer.html
func encoderLayer(l *lowering) []string {
	heads, ok := l.whole("nhead")
	wide, given := l.whole("dim_feedforward")
	width, known := l.whole("d_model")
	if !given {
		wide = 2048
	}
	if !ok || !known {
		l.doubt("the sizes of TransformerEncoderLayer are not in the text")
		return nil
	}
	if size := l.w.size(); len(size) > 0 && size[len(size)-1] != width {
		l.doubt("TransformerEncoderLayer says " + join(width) + ", and its input has " + join(size[len(size)-1]))
	}
	act := "relu"
	if v, ok := l.word("activation"); ok {
		if kind, _ := activation(v.words()); kind != nil {
			act = kind.Name
		}
	}
	attends := "attention heads " + join(heads)
	works := "dense " + join(wide) + " each; " + act + "; dense " + join(width) + " each"
	if v, _ := l.word("norm_first"); v.text == "True" {
		return []string{"add { } { layernorm; " + attends + " }", "add { } { layernorm; " + works + " }"}
	}
	return []string{"add { } { " + attends + " }", "layernorm", "add { } { " + works + " }", "layernorm"}
}

func encoder(l *lowering) []string {
	v, _ := l.word("encoder_layer")
	n, ok := l.whole("num_layers")
	if v.sort != vModule || v.module.call.Adds != "encoderlayer" || !ok {
		l.doubt("the layers of TransformerEncoder are not in the text")
		return nil
	}
	inner := &lowering{w: l.w, op: &op{module: v.module}, stmt: l.stmt, sure: true}
	body := encoderLayer(inner)
	l.sure = l.sure && inner.sure
	if inner.note != "" {
		l.doubt(inner.note)
	}
	if len(body) == 0 {
		return nil
	}
	return []string{"repeat " + join(n) + " { " + strings.Join(body, "; ") + " }"}
}
