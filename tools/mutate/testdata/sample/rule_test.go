package sample

import "testing"

func TestPlaces(t *testing.T) {
	for _, test := range []struct {
		window       Window
		n, pad, want int64
	}{
		{Window{3, 1}, 8, 0, 6},
		{Window{3, 2}, 8, 1, 4},
		{Window{5, 3}, 8, 2, 3},
		{Window{5, 1}, 5, 0, 1},
		{Window{5, 1}, 3, 1, 1},
		{Window{6, 1}, 3, 2, 2},
		{Window{9, 1}, 3, 2, 0},
	} {
		if got := test.window.Places(test.n, test.pad); got != test.want {
			t.Errorf("%+v of %d with padding %d has %d places, want %d", test.window, test.n, test.pad, got, test.want)
		}
	}
}
