package batch

import (
	"strings"
	"testing"

	"cnnl/grade/collect"
)

// TestText: students' editors write more than UTF-8, and platforms wrap what
// was typed.
func TestText(t *testing.T) {
	for _, test := range []struct{ raw, file, text, note string }{
		{"conv 3", "a.cnnl", "conv 3", ""},
		{"\xff\xfec\x00o\x00n\x00v\x00", "a.txt", "conv", "it is written in UTF-16; scripts are UTF-8"},
		{"\xfe\xff\x00c\x00o\x00n\x00v", "a.txt", "conv", "it is written in UTF-16; scripts are UTF-8"},
		{"c\x00o\x00n\x00v\x00", "a.txt", "conv", "it is written in UTF-16; scripts are UTF-8"},
		{"\x00c\x00o\x00n\x00v", "a.txt", "conv", "it is written in UTF-16; scripts are UTF-8"},
		{"#\x00 \x00\xe9\x00\x19\x20\n\x00", "a.txt", "# é’\n", "it is written in UTF-16; scripts are UTF-8"},
		{"relu\x00\x00\x00", "a.txt", "relu", "zeros stood behind its end, and were passed over"},
		{"re\x00lu\x00\x00\x00", "a.txt", "re\x00lu\x00\x00\x00", ""},
		{"\xff\xfe\x00\x00r\x00\x00\x00e\x00\x00\x00", "a.txt", "re", "it is written in UTF-32; scripts are UTF-8"},
		{"relu\rrelu\r", "a.txt", "relu\nrelu\n", "its lines end as old Macs end them"},
		{"relu\r\nrelu\r\n", "a.txt", "relu\r\nrelu\r\n", ""},
		{"<!DOCTYPE HTML><p>relu</p>", "a.cnnl", "relu\n", "it is a web page, of which the text was read"},
		{"", "a.txt", "", ""},
		{"# \xe9t\xe9", "a.cnnl", "# été", "it is not UTF-8 and was read as Windows-1252"},
		{"<p>input 8x8x3</p><p>conv&nbsp;c1 20 3x3;&#160;relu</p><script>x()</script>", "doe_1_text.html", "input 8x8x3\nconv c1 20 3x3; relu\n", ""},
		{"<!DOCTYPE html><html><head><title>hw</title><style>p{}</style></head><body>input 8<br>dense 3<br/>expect total &lt; 4 &amp;</body>", "J_1_assignsubmission_onlinetext/onlinetext.html", "input 8\ndense 3\nexpect total < 4 &", ""},
		{"<pre>input 8\ndense 3</pre>", "text.html", "input 8\ndense 3\n", ""},
		{"<p>input 8", "net.cnnl", "<p>input 8", ""},
	} {
		var x collect.Index
		_ = x.Add(collect.Entry{Path: test.file})
		var found collect.Found
		for found = range x.Found() {
		}
		if text, notes := decode([]byte(test.raw), found.Typed); text != test.text || strings.Join(notes, "; ") != test.note {
			t.Errorf("%q: got %q (%s), want %q", test.raw, text, notes, test.text)
		}
	}
}
