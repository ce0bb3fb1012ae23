package batch

import (
	"bytes"
	"strings"
)

// Documents that are no plain text are called what they are by how they begin.
// They are not read: that would take parsers of formats that are hostile where
// they are large, and a person can.

// beginnings are those of formats that students hand in.
var beginnings = [...]struct{ bytes, what string }{
	{"%PDF-", "a PDF document"},
	{"{\\rtf", "an RTF document (rich text)"},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a document of an old Word or Office"},
	{"\x89PNG\r\n\x1A\n", "a picture (PNG)"},
	{"\xFF\xD8\xFF", "a picture (JPEG)"},
	{"GIF87a", "a picture (GIF)"},
	{"GIF89a", "a picture (GIF)"},
	{"II*\x00", "a picture (TIFF)"},
	{"MM\x00*", "a picture (TIFF)"},
	{"%!PS", "a PostScript document"},
	{"Rar!\x1A\x07", "an archive (RAR)"},
	{"7z\xBC\xAF\x27\x1C", "an archive (7z)"},
	{"\x1F\x8B", "an archive (gzip)"},
	{"BZh", "an archive (bzip2)"},
	{"\xFD7zXZ\x00", "an archive (xz)"},
	{"\x7FELF", "a program"},
	{"MZ\x90\x00", "a program"},
}

// inZip are formats that are zip archives, by what stands in their directory.
var inZip = [...]struct{ entry, what string }{
	{"word/", "a Word document"}, {"xl/", "an Excel workbook"}, {"ppt/", "a PowerPoint presentation"},
	{"mimetypeapplication/vnd.oasis", "an OpenDocument document"}, {"Index/Document.iwa", "a Pages document"},
}

// document says what a content is that is no plain text; "": it can be text.
func document(raw []byte) string {
	for _, b := range beginnings {
		if bytes.HasPrefix(raw, []byte(b.bytes)) {
			return b.what
		}
	}
	switch {
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")), bytes.HasPrefix(raw, []byte("PK\x05\x06")):
		return zipDocument(raw)
	case len(raw) > 12 && string(raw[:4]) == "RIFF" && string(raw[8:12]) == "WEBP":
		return "a picture (WebP)"
	case len(raw) > 12 && string(raw[4:8]) == "ftyp" && strings.Contains("heic heix mif1 avif", string(raw[8:12])):
		return "a picture (HEIC)"
	case len(raw) > 262 && string(raw[257:262]) == "ustar":
		return "an archive (tar)"
	}
	return ""
}

func zipDocument(raw []byte) string {
	for _, f := range inZip {
		if bytes.Contains(raw, []byte(f.entry)) {
			return f.what
		}
	}
	return "an archive (zip)"
}
