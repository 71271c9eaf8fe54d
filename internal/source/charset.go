package source

import (
	"bytes"
	"fmt"
	"mime"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"

	"parley/internal/document"
)

var (
	bomUTF8    = []byte{0xEF, 0xBB, 0xBF}
	bomUTF16LE = []byte{0xFF, 0xFE}
	bomUTF16BE = []byte{0xFE, 0xFF}
)

// magics are the first bytes of files that people take for articles, with what to do about each.
var magics = [...]struct{ start, what, hint string }{
	{"%PDF-", "a PDF file", "save its text first, for example with pdftotext"},
	{"PK\x03\x04", "a zip archive or an office document", "unpack it, or save it as text or HTML"},
	{"\xD0\xCF\x11\xE0", "an old office document", "save it as text or HTML"},
	{"{\\rtf", "a rich text file", "save it as plain text"},
	{"\x1F\x8B", "a gzip file", "unpack it first, for example with gunzip"},
	{"\x89PNG", "an image", "give the text, not a picture of it"},
	{"\xFF\xD8\xFF", "an image", "give the text, not a picture of it"},
	{"GIF8", "an image", "give the text, not a picture of it"},
}

// refuseBinary tells text from what is none. Text in UTF-16 passes.
func refuseBinary(raw []byte, name string) error {
	for _, m := range magics {
		if bytes.HasPrefix(raw, []byte(m.start)) {
			return &Error{Name: name, Kind: ErrBinary, Detail: "it is " + m.what, Hint: m.hint}
		}
	}
	if utf16Order(raw) != 0 {
		return nil
	}
	head := raw[:min(len(raw), 1<<16)]
	control := 0
	for _, c := range head {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' && c != 0x1b {
			control++
		}
	}
	// A stray control character, even a NUL, is mended further on; a file full of them is no text.
	if control > 4 && control*20 > len(head) {
		return &Error{Name: name, Kind: ErrBinary, Detail: "it looks like binary data", Hint: "give plain text, Markdown, HTML or JSON"}
	}
	return nil
}

// utf16Order says whether the bytes are UTF-16: 'l' little-endian, 'b' big-endian, 0 for neither. Without a
// byte order mark it takes a text whose every second byte is mostly zero.
func utf16Order(raw []byte) byte {
	switch {
	case bytes.HasPrefix(raw, bomUTF16LE):
		return 'l'
	case bytes.HasPrefix(raw, bomUTF16BE):
		return 'b'
	}
	head := raw[:min(len(raw), 1024)&^1]
	if len(head) < 16 {
		return 0
	}
	var zero [2]int
	for i, c := range head {
		if c == 0 {
			zero[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case zero[1]*10 > half*7 && zero[0]*10 < half:
		return 'l'
	case zero[0]*10 > half*7 && zero[1]*10 < half:
		return 'b'
	}
	return 0
}

// decode turns bytes into UTF-8: by byte order mark, by the declared charset (HTTP header, HTML meta), as
// UTF-8 when they are that or nearly, and as windows-1252 at last. What was guessed or lost is noticed.
func decode(raw []byte, format Format, contentType string) (string, []document.Notice) {
	if order := utf16Order(raw); order != 0 {
		end := xunicode.LittleEndian
		if order == 'b' {
			end = xunicode.BigEndian
		}
		return decodeWith(xunicode.UTF16(end, xunicode.UseBOM), raw), nil
	}
	if bytes.HasPrefix(raw, bomUTF8) {
		return string(raw[len(bomUTF8):]), nil // whatever is invalid is mended, and noticed, by clean
	}
	enc, name := declared(raw, format, contentType)
	if enc != nil && name != "utf-8" && name != "windows-1252" && name != "replacement" {
		return decodeWith(enc, raw), nil
	}
	if utf8.Valid(raw) || nearlyUTF8(raw) {
		return string(raw), nil
	}
	if enc != nil && name == "windows-1252" {
		return decodeWith(enc, raw), nil
	}
	return decodeWith(charmap.Windows1252, raw), []document.Notice{{Kind: "encoding_guessed",
		Text: "the text is not in UTF-8 and names no character set: read as windows-1252, check accents and quotation marks"}}
}

// declared is the encoding that the HTTP header or the HTML page names; nil when neither does.
func declared(raw []byte, format Format, contentType string) (encoding.Encoding, string) {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		return charset.Lookup(params["charset"])
	}
	if format != HTML {
		return nil, ""
	}
	head := bytes.ToLower(raw[:min(len(raw), sniffBytes)])
	if i := bytes.Index(head, []byte("charset=")); i >= 0 {
		name := strings.TrimLeft(string(head[i+len("charset="):min(len(head), i+48)]), `"' `)
		if end := strings.IndexAny(name, "\"' />;"); end > 0 {
			return charset.Lookup(name[:end])
		}
	}
	return nil, ""
}

func decodeWith(enc encoding.Encoding, raw []byte) string {
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return string(raw)
	}
	return string(out)
}

// nearlyUTF8 says whether bytes that are not valid UTF-8 are damaged UTF-8 rather than another charset: they
// hold at least four times as many whole multi-byte characters as broken bytes.
func nearlyUTF8(raw []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	return good >= 4*bad
}

// clean makes a text fit to be pointed into: valid UTF-8, "\n" as the only line end, no control characters.
// A text that is so already is returned as it is.
func clean(text string) (string, []document.Notice) {
	if fit(text) {
		return text, nil
	}
	var out strings.Builder
	out.Grow(len(text))
	replaced := 0
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			out.WriteRune(utf8.RuneError)
		case r == '\r':
			if !strings.HasPrefix(text[i+1:], "\n") {
				out.WriteByte('\n')
			}
		case isLineBreak(r):
			out.WriteByte('\n')
		case isControl(r):
			// Mostly windows-1252 taken for Latin-1: 0x92 was an apostrophe. One character stays one, so that
			// offsets counted in characters outside still hold.
			replaced++
			out.WriteRune(mend(r))
		default:
			out.WriteString(text[i : i+n])
		}
		i += n
	}
	var notes []document.Notice
	if replaced > 0 {
		notes = append(notes, document.Notice{Kind: "control_characters",
			Text: fmt.Sprintf("%d control characters were replaced by what they stand for in windows-1252, or by blanks", replaced)})
	}
	return out.String(), notes
}

// mend gives the character that a control character stands for in windows-1252, or a blank.
func mend(r rune) rune {
	if r > 0x80 && r < 0xA0 {
		if c := charmap.Windows1252.DecodeByte(byte(r)); c != utf8.RuneError && !unicode.IsControl(c) {
			return c
		}
	}
	return ' '
}

func fit(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return false
		}
	}
	for _, r := range text {
		if isLineBreak(r) && r != '\n' || isControl(r) {
			return false
		}
	}
	return utf8.ValidString(text)
}

func isLineBreak(r rune) bool {
	return r == '\n' || r == '\f' || r == '\v' || r == 0x85 || r == 0x2028 || r == 0x2029
}

func isControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// hidden notices what a reader cannot see but a machine reads: zero-width characters and marks that turn
// the direction of the text, which can make it look other than it is. They stay in the text.
func hidden(text string) []document.Notice {
	count, first := 0, document.Span{}
	bidi := false
	lost, firstLost := 0, document.Span{}
	for i, r := range text {
		switch {
		case isInvisible(r):
			if count == 0 {
				first = document.Span{Start: i, End: i + utf8.RuneLen(r)}
			}
			count++
			bidi = bidi || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
		case r == utf8.RuneError:
			if lost == 0 {
				firstLost = document.Span{Start: i, End: i + 3}
			}
			lost++
		}
	}
	var notes []document.Notice
	if count > 0 {
		what := "zero-width characters"
		if bidi {
			what = "zero-width characters or marks that turn the direction of the text"
		}
		notes = append(notes, document.Notice{Kind: "hidden_characters", Span: first,
			Text: fmt.Sprintf("%d %s: kept, but the text may not be what it looks like", count, what)})
	}
	if lost > 0 {
		notes = append(notes, document.Notice{Kind: "bad_encoding", Span: firstLost,
			Text: fmt.Sprintf("%d characters could not be decoded: each is shown as \uFFFD", lost)})
	}
	return notes
}

func isInvisible(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2069 || r == 0xFEFF || r == 0xAD
}
