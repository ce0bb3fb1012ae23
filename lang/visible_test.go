package lang_test

import (
	"testing"

	"cnnl/lang"
)

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{"a\tb": "a    b", "a\x1bb": "a<U+001B>b", "\u202eä": "<U+202E>ä", "\xffx": "<FF>x", "größe 3×3": "größe 3×3", "": ""} {
		if got := lang.Visible(in); got != want {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
	}
}
