package oracle

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cnnl/eval/network"
)

// kerasApplications is what Keras publishes of the models in its package
// applications, by the names of our scripts.
type kerasApplications struct{ Models map[string]kerasFigures }

// kerasFigures are in Keras' terms: running statistics are in the total and are
// not trainable. The numbers of weight tensors are 0 where nobody printed them.
type kerasFigures struct {
	Input            int64
	Total, Trainable int64
	NonTrainable     int64 `json:"non_trainable"`
	Tensors          int64 `json:"weight_tensors"`
	TrainableTensors int64 `json:"trainable_tensors"`
}

// TestKerasApplications: every script has the total, the trainable and the
// non-trainable parameters of its figure to the last one, in as many weight
// tensors; no figure is without a script and no script without a figure.
func TestKerasApplications(t *testing.T) {
	var want kerasApplications
	read(t, "keras_applications.json", &want)
	if len(want.Models) != 28 {
		t.Fatalf("%d models", len(want.Models))
	}
	scripts := applications(t)
	for name := range want.Models {
		if !slices.Contains(scripts, name) {
			t.Errorf("there is no script of %s", name)
		}
	}
	for _, name := range scripts {
		figures, ok := want.Models[name]
		if !ok {
			t.Errorf("%s is a script without a figure", name)
			continue
		}
		compareKeras(t, name, folder("keras/applications").run(t, name+".cnnl"), figures)
	}
}

// applications are the scripts, without the files of blocks that they share.
func applications(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("testdata/keras/applications/*.cnnl")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".cnnl"); !strings.HasPrefix(name, "blocks_") {
			names = append(names, name)
		}
	}
	return names
}

// compareKeras compares a network with its figures.
func compareKeras(t *testing.T, name string, net *network.Network, want kerasFigures) {
	t.Helper()
	side, end := want.Input, &net.Nodes[len(net.Nodes)-1]
	if in := net.Nodes[0].Out.Axes(); !slices.Equal(in, []int64{side, side, 3}) || !slices.Equal(end.Out.Axes(), []int64{1000}) {
		t.Errorf("%s: from %v to %v, want the side %d and 1000 classes", name, in, end.Out.Axes(), side)
	}
	totals := &net.Totals
	got := want // but for what is counted
	got.Total = totals.Params() + totals.Stats
	got.Trainable = totals.Trainable()
	got.NonTrainable = totals.Frozen + totals.Stats
	if want.Tensors != 0 {
		got.Tensors, got.TrainableTensors = weightTensors(net)
	}
	if got != want {
		t.Errorf("%s: side, total, trainable, non-trainable, weight tensors and trainable ones are\n%d, want\n%d", name, got, want)
	}
}

// weightTensors counts the arrays that Keras keeps weights in: kernels, biases,
// scales and shifts, a mean and a variance; two kernels for a separable
// convolution.
func weightTensors(net *network.Network) (all, trainable int64) {
	for i := range net.Nodes {
		row := &net.Nodes[i]
		own := holds(row.Weights) + holds(row.Biases)
		if row.Kind.Name == "separable" {
			own++
		}
		all += own + 2*holds(row.Stats)
		if row.FrozenParams() == 0 {
			trainable += own
		}
	}
	return all, trainable
}

// holds is 1 where there is something.
func holds(numbers int64) int64 { return min(numbers, 1) }
