package oracle

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"cnnl/eval/network"
)

// summaries are tables that model.summary() of Keras printed, in books, guides
// and courses. Names that the printer cut off are whole here.
type summaries struct {
	Tables []summary
}

// A summary is one table, and the script that is held to it. Keras counts running statistics as parameters that are not trained, and
// of one compiled model the optimizer's numbers into the total.
type summary struct {
	Script       string
	Rows         []kerasLayer
	Total        int64
	Trainable    int64
	NonTrainable int64 `json:"non_trainable"`
	Optimizer    int64
}

// A kerasLayer is one line: out begins with the batch, and has nil where Keras
// leaves a length open.
type kerasLayer struct {
	name, class string
	out         []*int64
	params      int64
}

func (l *kerasLayer) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&l.name, &l.class, &l.out, &l.params})
}

// counterparts are the kinds that stand for a class of Keras; block is a whole
// block, for what Keras shows as one line: a model inside a model, or a layer
// made of layers.
var counterparts = map[string][]string{
	"Activation": {"relu"}, "Add": {"add"}, "BatchNormalization": {"batchnorm"}, "Bidirectional": {"gru", "lstm"}, "Concatenate": {"concat"},
	"Conv1D": {"conv"}, "Conv2D": {"conv"}, "Conv2DTranspose": {"deconv"}, "Dense": {"dense"}, "Dropout": {"dropout"}, "Embedding": {"embedding"},
	"Flatten": {"flatten"}, "GRU": {"gru"}, "GlobalAveragePooling1D": {"avgpool"}, "GlobalAveragePooling2D": {"avgpool"},
	"GlobalMaxPooling1D": {"maxpool"}, "GlobalMaxPooling2D": {"maxpool"}, "InputLayer": {"input"}, "LSTM": {"lstm"}, "LayerNormalization": {"layernorm"},
	"LeakyReLU": {"leaky"}, "MCAlphaDropout": {"dropout"}, "MCDropout": {"dropout"}, "MaxPooling1D": {"maxpool"}, "MaxPooling2D": {"maxpool"},
	"MultiHeadAttention": {"attention"}, "ReLU": {"relu"}, "Reshape": {"reshape"}, "Sampling": {"add"}, "SimpleRNN": {"simplernn"}, "TFOpLambda": {"add"},
	"UpSampling2D": {"upsample"},
	"Functional":   {"block"}, "KerasLayer": {"block"}, "Model": {"block"}, "PositionalEmbedding": {"block"}, "Sequential": {"block"}, "TransformerEncoder": {"block"},
}

// leftOut are lines that have no counterpart, by class or name: what scales the
// pixels, and what marks the places that are padded.
var leftOut = []string{"Rescaling", "NotEqual", "tf.image.per_image_standardization"}

// unprinted are kinds that may have no line: Keras has them as an option of the
// layer before (activation) or after (data_format), and prints no input of a
// Sequential.
var unprinted = []string{"elu", "input", "permute", "relu", "sigmoid", "softmax"}

// TestKerasSummaries: the scripts of the printed tables have their layers, in
// order, and their totals.
func TestKerasSummaries(t *testing.T) {
	var want summaries
	read(t, "keras_summaries.json", &want)
	if len(want.Tables) != 53 {
		t.Fatalf("%d tables", len(want.Tables))
	}
	used := map[string]bool{}
	scripts := shelf(func(file string) (string, error) {
		used[file] = true
		return folder("keras/summaries")(file)
	})
	for i := range want.Tables {
		table := &want.Tables[i]
		compareSummary(t, scripts.run(t, table.Script+".cnnl"), table)
	}
	checkAllUsed(t, "testdata/keras/summaries", used)
}

// checkAllUsed: a script that no table has is held to nothing.
func checkAllUsed(t *testing.T, folder string, used map[string]bool) {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !used[f.Name()] {
			t.Errorf("no table has %s", f.Name())
		}
	}
}

func compareSummary(t *testing.T, net *network.Network, table *summary) {
	t.Helper()
	compareLines(t, net, table)
	sum := &net.Totals
	if total := sum.Params() + sum.Stats; total != table.Total-table.Optimizer || sum.Trainable() != table.Trainable || sum.Frozen+sum.Stats != table.NonTrainable {
		t.Errorf("%s: total %d, trainable %d, the others %d; want %d, %d, %d", table.Script, total, sum.Trainable(), sum.Frozen+sum.Stats, table.Total-table.Optimizer, table.Trainable, table.NonTrainable)
	}
}

// compareLines: each line has its row, in order, and each row its line.
func compareLines(t *testing.T, net *network.Network, table *summary) {
	t.Helper()
	rows := net.Folded(0)
	for i := range table.Rows {
		line := &table.Rows[i]
		if slices.Contains(leftOut, line.class) || slices.Contains(leftOut, line.name) {
			continue
		}
		rows = upTo(net, rows, line)
		if len(rows) == 0 || !line.is(net, &rows[0]) {
			t.Errorf("%s: %s %s is not there; the next is %s", table.Script, line.class, line, told(rows))
			return
		}
		rows = rows[1:]
	}
	if rows = upTo(net, rows, nil); len(rows) > 0 {
		t.Errorf("%s: no line has %s", table.Script, told(rows))
	}
}

// upTo passes over rows that may have no line, up to the line's row or one that
// has to have a line. A block that is not the line's as a whole is opened.
func upTo(net *network.Network, rows []network.Row, line *kerasLayer) []network.Row {
	for len(rows) > 0 && (line == nil || !line.is(net, &rows[0])) {
		switch row := &rows[0]; {
		case row.Use >= 0:
			inside := net.FoldedFrom(row.First, row.Last+1, -1)
			rows = append(inside, rows[1:]...)
		case slices.Contains(unprinted, row.Kind.Name):
			rows = rows[1:]
		default:
			return rows
		}
	}
	return rows
}

// is reports whether a row is a line's. A block can be a line too whose class is
// that of its first layer: Keras counts a learned activation into the layer.
func (l *kerasLayer) is(net *network.Network, row *network.Row) bool {
	kinds := counterparts[l.class]
	known := slices.Contains(kinds, row.Kind.Name)
	if row.Use >= 0 {
		first := net.Nodes[row.First].Kind.Name
		known = slices.Contains(kinds, "block") || slices.Contains(kinds, first)
	}
	return known && l.hasShape(row.Out.Axes()) && row.Params()+row.Stats == l.params
}

func (l *kerasLayer) hasShape(axes []int64) bool {
	return slices.EqualFunc(l.out[1:], axes, func(want *int64, side int64) bool { return want == nil || *want == side })
}

// String shows what a line has: [[null,500,64],256].
func (l *kerasLayer) String() string {
	text, _ := json.Marshal([]any{l.out, l.params})
	return string(text)
}

func told(rows []network.Row) string {
	if len(rows) == 0 {
		return "nothing"
	}
	row := &rows[0]
	text, _ := json.Marshal([]any{row.Out.Axes(), row.Params() + row.Stats})
	return row.Path + " " + row.Kind.Name + " " + string(text)
}
