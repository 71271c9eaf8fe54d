package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// longestAddress is the most bytes looked at for the address behind a link's text, so that brackets that
// open and never close cost no more than their number.
const longestAddress = 2048

// inline takes Markdown's marks out of the text of a block: emphasis, code, links, pictures, HTML tags, escapes
// and entities. Brackets that are no link stay: in copy they mark an editor's words.
func inline(raw string, links map[string]bool) string {
	raw = lineBreaks.Replace(raw)
	in := &inliner{raw: raw, links: links, closing: matchBrackets(raw), drop: make([]bool, len(raw))}
	in.scan()
	var out strings.Builder
	out.Grow(len(raw))
	for i := 0; i < len(raw); i++ {
		if !in.drop[i] {
			out.WriteByte(raw[i])
		}
	}
	text := out.String()
	if strings.Contains(text, "&") {
		text = html.UnescapeString(text)
	}
	return text
}

var lineBreaks = strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n", "<BR>", "\n")

// inliner decides for each byte of a block whether it is a mark to be dropped.
type inliner struct {
	raw     string
	links   map[string]bool
	closing map[int]int // for each "[" the "]" that closes it
	drop    []bool
	openers [3][]run // emphasis that may be closed, by its mark: * _ ~
}

// run is a run of one mark of emphasis.
type run struct{ start, count int }

func (in *inliner) remove(start, end int) {
	for i := start; i < end; i++ {
		in.drop[i] = true
	}
}

func (in *inliner) scan() {
	ends := map[int]int{} // where the address behind a link's "]" ends
	for i := 0; i < len(in.raw); {
		switch c := in.raw[i]; c {
		case '\\':
			i = in.escape(i)
		case '`':
			i = in.code(i)
		case '<':
			i = in.tag(i)
		case '!', '[':
			i = in.link(i, ends)
		case ']':
			if end, ok := ends[i]; ok {
				in.remove(i, end)
				i = end
			} else {
				i++
			}
		case '*', '_', '~':
			i = in.emphasis(i, strings.IndexByte("*_~", c))
		default:
			i++
		}
	}
}

func (in *inliner) escape(i int) int {
	if i+1 < len(in.raw) && (in.raw[i+1] == '\n' || in.raw[i+1] < utf8.RuneSelf && (unicode.IsPunct(rune(in.raw[i+1])) || unicode.IsSymbol(rune(in.raw[i+1])))) {
		in.drop[i] = true
		return i + 2
	}
	return i + 1
}

// code drops the marks of a code span and passes over what is in it.
func (in *inliner) code(i int) int {
	n := runLength(in.raw, i)
	mark := in.raw[i : i+n]
	rest := in.raw[i+n : min(len(in.raw), i+n+longestAddress)]
	for at := 0; at < len(rest); {
		k := strings.Index(rest[at:], mark)
		if k < 0 {
			break
		}
		start := i + n + at + k
		if m := runLength(in.raw, start); m == n {
			in.remove(i, i+n)
			in.remove(start, start+n)
			return start + n
		} else {
			at += k + m
		}
	}
	return i + n
}

// tag drops an HTML tag or the brackets of an automatic link.
func (in *inliner) tag(i int) int {
	end := strings.IndexByte(in.raw[i:min(len(in.raw), i+longestAddress)], '>')
	if end < 2 {
		return i + 1
	}
	inner := in.raw[i+1 : i+end]
	switch c := inner[0]; {
	case !strings.ContainsAny(inner, " \n<") && (strings.Contains(inner, "://") || strings.Contains(inner, "@")):
		in.drop[i], in.drop[i+end] = true, true
	case c == '/' || c == '!' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		in.remove(i, i+end+1)
	default:
		return i + 1
	}
	return i + end + 1
}

// link drops the marks around the text of a link or a picture, and notes where its address ends.
func (in *inliner) link(i int, ends map[int]int) int {
	open := i
	if in.raw[i] == '!' {
		if open++; open >= len(in.raw) || in.raw[open] != '[' {
			return i + 1
		}
	}
	closed, ok := in.closing[open]
	if !ok {
		return open + 1
	}
	end := 0
	switch rest := in.raw[closed+1:]; {
	case strings.HasPrefix(rest, "("):
		if n := addressEnd(rest[:min(len(rest), longestAddress)]); n > 0 {
			end = closed + 1 + n
		}
	case strings.HasPrefix(rest, "["):
		if to, ok := in.closing[closed+1]; ok && to-closed < longestAddress {
			label := in.raw[closed+2 : to]
			if label == "" {
				label = in.raw[open+1 : min(closed, open+longestAddress)]
			}
			if in.links[strings.ToLower(label)] {
				end = to + 1
			}
		}
	}
	if end == 0 && closed-open < longestAddress && in.links[strings.ToLower(in.raw[open+1:closed])] {
		end = closed + 1
	}
	if end > 0 {
		in.remove(i, open+1)
		ends[closed] = end
	}
	return open + 1
}

// addressEnd is the length of "(address "title")"; 0 when it does not end.
func addressEnd(s string) int {
	deep := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '(':
			deep++
		case ')':
			if deep--; deep == 0 {
				return i + 1
			}
		case '\n':
			return 0
		}
	}
	return 0
}

// matchBrackets pairs square brackets.
func matchBrackets(s string) map[int]int {
	out := map[int]int{}
	var open []int
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			open = append(open, i)
		case ']':
			if n := len(open); n > 0 {
				out[open[n-1]] = i
				open = open[:n-1]
			}
		}
	}
	return out
}

func runLength(s string, i int) int {
	n := i
	for n < len(s) && s[n] == s[i] {
		n++
	}
	return n - i
}

// emphasis pairs a run of marks with one before it, after CommonMark's rule of flanks: a mark opens before a
// word and closes behind one, and "_" does neither inside a word.
func (in *inliner) emphasis(i, mark int) int {
	n := runLength(in.raw, i)
	end := i + n
	before, _ := utf8.DecodeLastRuneInString(in.raw[:i])
	after, _ := utf8.DecodeRuneInString(in.raw[end:])
	space := func(r rune, at bool) bool { return at || unicode.IsSpace(r) }
	left := !space(after, end == len(in.raw)) && (!isMark(after) || space(before, i == 0) || isMark(before))
	right := !space(before, i == 0) && (!isMark(before) || space(after, end == len(in.raw)) || isMark(after))
	opens, closes := left, right
	switch mark {
	case 1:
		opens, closes = left && (!right || isMark(before)), right && (!left || isMark(after))
	case 2:
		if n != 2 {
			return end
		}
	}
	left0 := i
	if closes {
		stack := &in.openers[mark]
		for n > 0 && len(*stack) > 0 {
			o := &(*stack)[len(*stack)-1]
			use := min(n, o.count)
			in.remove(o.start+o.count-use, o.start+o.count)
			in.remove(left0, left0+use)
			o.count -= use
			left0 += use
			n -= use
			if o.count == 0 {
				*stack = (*stack)[:len(*stack)-1]
			}
		}
	}
	if opens && n > 0 {
		in.openers[mark] = append(in.openers[mark], run{left0, n})
	}
	return end
}

func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
