package source

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/document"
)

// feedCut is a feed taken apart at its entries, by its tags alone, without a care for what is in them.
type feedCut struct {
	root          int // where the first element begins
	rootName      string
	entries       []document.Span
	head          []byte // the feed without its entries
	before, after []byte // the tags around an entry
	open          bool   // it ends in the middle of an entry
}

// cutFeed takes a feed apart. Comments and CDATA sections are passed over.
func cutFeed(text []byte) feedCut {
	cut := feedCut{root: len(text)}
	var around []string // names of the elements around an entry
	inside, depth, start, at := "", 0, 0, 0
	for t := nextTag(text, 0); t.end > 0; t = nextTag(text, t.end) {
		local := strings.ToLower(t.name[strings.IndexByte(t.name, ':')+1:])
		switch {
		case inside != "": // only the end of the entry counts
			if local == inside && t.closing {
				depth--
			} else if local == inside && !t.empty {
				depth++
			}
			if depth == 0 {
				cut.entries = append(cut.entries, document.Span{Start: start, End: t.end})
				inside, at = "", t.end
			}
		case t.closing:
		case len(around) == 0 || len(around) == 1 && local == "channel" && strings.HasSuffix(strings.ToLower(around[0]), "rss"):
			if len(around) == 0 {
				cut.root, cut.rootName, at = t.start, t.name, t.start
			}
			around = append(around, t.name)
			cut.before = append(cut.before, text[t.start:t.end]...)
		case local == "item" || local == "entry" || local == "deleted-entry":
			cut.head = append(cut.head, text[at:t.start]...)
			if t.empty {
				cut.entries = append(cut.entries, document.Span{Start: t.start, End: t.end})
				at = t.end
			} else {
				inside, depth, start = local, 1, t.start
			}
		}
	}
	for i := len(around) - 1; i >= 0; i-- {
		cut.after = append(cut.after, "</"+around[i]+">"...)
	}
	cut.open = inside != ""
	if !cut.open {
		cut.head = append(cut.head, text[min(at, len(text)):]...)
	}
	if !bytes.Contains(cut.head, []byte("</"+cut.rootName)) {
		cut.head = append(cut.head, cut.after...)
	}
	return cut
}

// tag is a tag in a text: where it is and what it says.
type tag struct {
	start, end     int // end is 0 when there is none
	name           string
	closing, empty bool
}

// nextTag is the next tag of an element, from a place on.
func nextTag(text []byte, from int) tag {
	for {
		i := bytes.IndexByte(text[from:], '<')
		if i < 0 || from+i+1 >= len(text) {
			return tag{}
		}
		start := from + i
		rest := text[start+1:]
		mark := ">"
		switch {
		case bytes.HasPrefix(rest, []byte("![CDATA[")):
			mark = "]]>"
		case bytes.HasPrefix(rest, []byte("!--")):
			mark = "-->"
		case rest[0] == '!' || rest[0] == '?':
		default:
			end := tagEnd(rest)
			if end < 0 { // a "<" in the words of a feed that does not escape
				from = start + 1
				continue
			}
			inner := rest[:end]
			return tag{start: start, end: start + 1 + end + 1, name: tagName(inner), closing: inner[0] == '/', empty: bytes.HasSuffix(inner, []byte("/"))}
		}
		end := bytes.Index(rest, []byte(mark))
		if end < 0 {
			return tag{}
		}
		from = start + 1 + end + len(mark)
	}
}

// tagName is the name in a tag, with its prefix.
func tagName(inner []byte) string {
	inner = bytes.TrimPrefix(inner, []byte("/"))
	if end := bytes.IndexAny(inner, " \t\r\n/"); end >= 0 {
		inner = inner[:end]
	}
	return string(inner)
}

// tagEnd is where the ">" of a tag is; one in an attribute's value does not count. Less than 0 means that no tag begins here.
func tagEnd(rest []byte) int {
	if c := rest[0]; c != '/' && c != '_' && c < utf8.RuneSelf && !unicode.IsLetter(rune(c)) {
		return -1
	}
	quote := byte(0)
	for i, c := range rest {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && rest[i-1] == '=':
			quote = c
		case c == '>':
			return i
		case c == '<':
			return -1
		}
	}
	return -1
}
