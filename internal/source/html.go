package source

import (
	"net/url"
	"slices"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/internal/document"
)

// Limits on a page: real ones stay far below. They are held before the tree is built, because building it,
// or reading it, is what a hostile page is written to make expensive.
const (
	maxNodes      = 150_000
	maxDepth      = 256
	maxFormatting = 3_000_000 // formatting elements that would be opened again, summed over the page
)

// htmlDraft takes the main text and the metadata from a page.
func htmlDraft(text, pageURL string) (*draft, error) {
	root, err := parseHTML(text)
	if err != nil {
		return nil, err
	}
	meta := pageMetadata(root)
	page, err := url.Parse(first(pageURL, meta.url))
	if err != nil {
		page = nil
	}
	own := largest(root)
	var blocks []block
	if article, err := readability.FromDocument(root, page); err == nil && article.Node != nil {
		blocks = render(article.Node)
		meta.title = first(meta.title, article.Title())
		if len(meta.authors) == 0 && article.Byline() != "" {
			meta.authors = []string{oneLine(article.Byline())}
		}
	}
	// On short and odd pages the reading may take a side column or drop half the story: what the page itself
	// marks as its article, or the whole page, is then the better guess.
	if whole := render(own); copyLength(blocks)*10 < copyLength(whole)*6 {
		blocks = whole
	}
	d := compose(blocks)
	d.meta = meta
	d.untitled = meta.title == ""
	return d, nil
}

// fragmentDraft renders a piece of HTML, such as the body in a feed, whole.
func fragmentDraft(text string) (*draft, error) {
	root, err := parseHTML(text)
	if err != nil {
		return nil, err
	}
	return compose(render(root)), nil
}

// looksLikeHTML says whether a text that should be plain is HTML.
func looksLikeHTML(text string) bool {
	lower := strings.ToLower(text)
	for _, mark := range [...]string{"</p>", "<br>", "<br/>", "<br />", "</div>", "</h2>", "</li>"} {
		if strings.Contains(lower, mark) {
			return true
		}
	}
	return strings.HasPrefix(strings.TrimSpace(lower), "<p>")
}

// parseHTML builds the tree of a page whose size and nesting are within bounds.
func parseHTML(text string) (*html.Node, error) {
	if err := boundHTML(text); err != nil {
		return nil, err
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, &Error{Kind: ErrTooDeep, Detail: err.Error(), Hint: "save the article's text and give that"}
	}
	deep := 0
	for n := root; n != nil; { // depth first without recursion
		switch {
		case n.FirstChild != nil:
			n = n.FirstChild
			deep++
		default:
			for n != nil && n.NextSibling == nil {
				n = n.Parent
				deep--
			}
			if n != nil {
				n = n.NextSibling
			}
		}
		if deep > maxDepth {
			return nil, tooDeep("elements within elements")
		}
	}
	return root, nil
}

func tooDeep(what string) error {
	return &Error{Kind: ErrTooDeep, Detail: what, Hint: "save the article's text and give that"}
}

// scope is what is open between two marker elements of the HTML parsing algorithm.
type scope struct {
	marker string
	open   map[string]int // formatting elements by name
	total  int
}

// boundHTML counts a page's nodes, and the formatting elements (<b>, <a>, …) that the parser would have to
// open again and again because they were never closed, without building anything.
func boundHTML(text string) error {
	tokens := html.NewTokenizer(strings.NewReader(text))
	scopes := []scope{{open: map[string]int{}}}
	nodes, reopened := 0, 0
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			return nil
		}
		nodes++
		top := &scopes[len(scopes)-1]
		reopened += top.total
		if nodes > maxNodes || reopened > maxFormatting {
			return tooDeep("too many elements")
		}
		if kind != html.StartTagToken && kind != html.EndTagToken {
			continue
		}
		raw, _ := tokens.TagName()
		name := string(raw)
		switch {
		case isFormatting(name) && kind == html.StartTagToken:
			top.open[name]++
			top.total++
		case isFormatting(name) && top.open[name] > 0:
			top.open[name]--
			top.total--
		case !isMarker(name):
		case kind == html.StartTagToken:
			if isCell(name) && isCell(top.marker) { // a cell ends the one before
				scopes = scopes[:len(scopes)-1]
			}
			scopes = append(scopes, scope{name, map[string]int{}, 0})
		case top.marker == name:
			scopes = scopes[:len(scopes)-1]
		}
	}
}

func isFormatting(name string) bool {
	switch name {
	case "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return true
	}
	return false
}

func isMarker(name string) bool {
	switch name {
	case "applet", "object", "marquee", "template", "caption":
		return true
	}
	return isCell(name)
}

func isCell(name string) bool { return name == "td" || name == "th" }

// largest is the element that the page marks as its article (<article>, <main>) with the most copy in it,
// or else the body.
func largest(root *html.Node) *html.Node {
	best, most := root, 0
	var pick func(n *html.Node)
	pick = func(n *html.Node) {
		if n.Type == html.ElementNode && (tagOf(n) == atom.Article || tagOf(n) == atom.Main || attr(n, "itemprop") == "articleBody") {
			// An element inside another of these is part of it: a teaser, or the body without the page's head.
			if size := copyLength(render(n)); size > most {
				best, most = n, size
			}
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			pick(c)
		}
	}
	pick(root)
	return best
}

// copyLength is the number of bytes in blocks that are long enough to be copy.
func copyLength(blocks []block) int {
	total := 0
	for _, b := range blocks {
		if b.kind == "" && len(b.text) > 60 {
			total += len(b.text)
		}
	}
	return total
}

// renderer turns a tree into the blocks a reader sees.
type renderer struct {
	blocks []block
	open   strings.Builder
	kind   document.ParagraphKind
	blank  bool // white space is owed before the next word
	breaks int  // <br> since the last word
}

// render gives the paragraphs of a tree as a reader sees them, each its own block.
func render(n *html.Node) []block {
	r := &renderer{}
	r.node(n)
	r.end()
	return r.blocks
}

func (r *renderer) end() {
	if text := strings.TrimSpace(r.open.String()); text != "" {
		r.blocks = append(r.blocks, block{text, r.kind})
	}
	r.open.Reset()
	r.blank, r.breaks = false, 0
}

func (r *renderer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.text(n.Data)
		return
	case html.ElementNode:
	default:
		r.children(n)
		return
	}
	switch {
	case isUnread(n):
	case tagOf(n) == atom.Br:
		if r.breaks++; r.breaks == 2 {
			r.end()
		}
	case tagOf(n) == atom.Q:
		r.text("“")
		r.children(n)
		r.quoteEnd()
	case tagOf(n) == atom.Td || tagOf(n) == atom.Th:
		r.blank = r.open.Len() > 0
		r.children(n)
		r.blank = true
	case isBlock(n):
		r.end()
		before := r.kind
		r.kind = kindOf(n, before)
		r.children(n)
		r.end()
		r.kind = before
	default:
		r.children(n)
	}
}

func (r *renderer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
}

// quoteEnd closes a <q> without a blank before the mark.
func (r *renderer) quoteEnd() {
	r.open.WriteString("”")
	r.blank = false
}

// text adds words, each run of white space as one blank; no-break spaces stay.
func (r *renderer) text(s string) {
	for i, c := range s {
		switch c {
		case ' ', '\t', '\n', '\r', '\f':
			r.blank = true
			continue
		}
		if r.open.Len() > 0 {
			switch {
			case r.breaks > 0:
				r.open.WriteByte('\n')
			case r.blank:
				r.open.WriteByte(' ')
			}
		}
		r.blank, r.breaks = false, 0
		if c == '\uFFFD' { // as written, or a byte that is no character
			r.open.WriteRune(c)
			continue
		}
		r.open.WriteString(s[i : i+len(string(c))])
	}
}

// isUnread says whether an element is not part of what a reader reads.
func isUnread(n *html.Node) bool {
	switch tagOf(n) {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Embed,
		atom.Video, atom.Audio, atom.Canvas, atom.Select, atom.Button, atom.Input, atom.Textarea, atom.Nav, atom.Form, atom.Head, atom.Footer, atom.Aside:
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			return a.Val == "true"
		case "style":
			style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

var blockElements = []atom.Atom{
	atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Blockquote, atom.Ul, atom.Ol, atom.Li,
	atom.Dl, atom.Dt, atom.Dd, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table, atom.Tr, atom.Caption, atom.Pre, atom.Figure,
	atom.Figcaption, atom.Address, atom.Hr, atom.Fieldset, atom.Details, atom.Summary, atom.Body, atom.Html, atom.Center, atom.Tbody, atom.Thead,
}

func isBlock(n *html.Node) bool { return slices.Contains(blockElements, tagOf(n)) }

// kindOf is what an element says of the paragraphs in it.
func kindOf(n *html.Node, outer document.ParagraphKind) document.ParagraphKind {
	switch tagOf(n) {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return document.Heading
	case atom.Figure, atom.Figcaption, atom.Caption:
		return document.Caption
	}
	return outer
}

// tagOf is the element's name. Elements that the reading of a page makes carry it only as text.
func tagOf(n *html.Node) atom.Atom {
	if n.DataAtom != 0 {
		return n.DataAtom
	}
	return atom.Lookup([]byte(n.Data))
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
