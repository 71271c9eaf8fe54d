package source

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// Limits on XML beside its size: what news is written in stays far below.
const (
	maxXMLDepth = 200
	maxXMLNodes = 1_000_000
)

// node is an element of an XML input, or a text in one (then name is empty).
type node struct {
	space, name string
	attrs       []xml.Attr
	kids        []*node
	text        string
	start, end  int // in the input: the element with its tags
	open, close int // in the input: what is between its tags
}

// errTruncated goes with a tree whose input broke off or went wrong: what was read until then is in the tree.
var errTruncated = errors.New("the XML goes wrong here")

// parseXML reads XML as a tree with the place of each element in the input. Neither external nor own entities are
// followed: an input that defines any is refused, because a few lines of them unfold to gigabytes. HTML's named
// characters are known. Errors in the tags are forgiven as far as they can be; where they cannot, the tree so far
// comes with an error that is errTruncated.
func parseXML(text []byte) (*node, error) {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 already
	root := &node{}
	path := []*node{root}
	nodes := 0
	for {
		at := int(dec.InputOffset())
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) && len(path) == 1 {
			return root, nil
		}
		if err != nil {
			finishXML(path, int(dec.InputOffset()))
			return root, errors.Join(errTruncated, err)
		}
		if nodes++; nodes > maxXMLNodes {
			return root, &Error{Kind: ErrTooDeep, Detail: "too many elements", Hint: "split it"}
		}
		top := path[len(path)-1]
		switch t := tok.(type) {
		case xml.StartElement:
			n := &node{space: t.Name.Space, name: t.Name.Local, attrs: t.Attr, start: at, open: int(dec.InputOffset())}
			top.kids = append(top.kids, n)
			if path = append(path, n); len(path) > maxXMLDepth {
				return root, &Error{Kind: ErrTooDeep, Detail: "elements within elements", Hint: "look whether it is what it should be; news is never nested so"}
			}
		case xml.EndElement:
			top.close, top.end = at, int(dec.InputOffset())
			path = path[:len(path)-1]
		case xml.CharData:
			top.kids = append(top.kids, &node{text: string(t)})
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(t), []byte("<!ENTITY")) {
				return root, ownEntities("")
			}
		}
	}
}

func ownEntities(name string) error {
	return &Error{Name: name, Kind: ErrForbidden, Detail: "it defines entities of its own", Hint: "take the <!ENTITY …> lines out"}
}

// finishXML ends the elements that were open where the input broke off.
func finishXML(path []*node, at int) {
	for _, n := range path[1:] {
		n.close, n.end = at, at
	}
}

// all are the elements of a name right below a node; space does not matter.
func (n *node) all(name string) []*node {
	var out []*node
	for _, k := range n.kids {
		if k.name != "" && strings.EqualFold(k.name, name) {
			out = append(out, k)
		}
	}
	return out
}

// at is the first element at the end of a path of names, an empty node when there is none.
func (n *node) at(names ...string) *node {
	for _, name := range names {
		next := n.all(name)
		if len(next) == 0 {
			return &node{}
		}
		n = next[0]
	}
	return n
}

// attr is the value of an attribute, whatever its name space.
func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if strings.EqualFold(a.Name.Local, name) {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// words is all text in a node in one line.
func (n *node) words() string {
	var out strings.Builder
	n.write(&out)
	return oneLine(out.String())
}

func (n *node) write(out *strings.Builder) {
	out.WriteString(n.text)
	for _, k := range n.kids {
		k.write(out)
	}
}

// root is the element of a document, an empty node when there is none.
func (n *node) root() *node {
	for _, k := range n.kids {
		if k.name != "" {
			return k
		}
	}
	return &node{}
}

// xmlText is an XML input in UTF-8, with each character that XML forbids turned into a blank.
func xmlText(raw []byte, contentType string) []byte {
	text, _ := decode(raw, XML, contentType)
	out := []byte(strings.ToValidUTF8(text, "\uFFFD"))
	for i, c := range out {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			out[i] = ' '
		}
	}
	return out
}

// firstElement is the name of the first element in the beginning of an XML or HTML input, in lower case and without
// its prefix; empty when there is none.
func firstElement(head []byte) string {
	for {
		i := bytes.IndexByte(head, '<')
		if i < 0 || i+1 >= len(head) {
			return ""
		}
		head = head[i+1:]
		switch {
		case bytes.HasPrefix(head, []byte("!--")):
			end := bytes.Index(head, []byte("-->"))
			if end < 0 {
				return ""
			}
			head = head[end:]
		case head[0] == '?' || head[0] == '!':
		default:
			end := bytes.IndexAny(head, " \t\r\n/>")
			if end < 0 {
				end = len(head)
			}
			name := head[:end]
			return strings.ToLower(string(name[bytes.IndexByte(name, ':')+1:]))
		}
	}
}

// xmlReader is what reads XML that begins with an element of this name, in lower case; nil when nothing does.
func xmlReader(root string) func(*xmlInput, yielder) bool {
	switch root {
	case "rss", "rdf", "feed":
		return readFeed
	case "urlset", "sitemapindex":
		return withTree(readSitemap)
	case "opml":
		return withTree(readOPML)
	case "newsitem", "packageitem", "newsmessage":
		return withTree(readNewsML)
	case "nitf":
		return withTree(readNITF)
	}
	return nil
}

// withTree reads an input as a tree first. Where it goes wrong, what stands before is read and the rest is an error.
func withTree(read func(*xmlInput, yielder) bool) func(*xmlInput, yielder) bool {
	return func(x *xmlInput, yield yielder) bool {
		tree, err := parseXML(x.text)
		if err != nil && !errors.Is(err, errTruncated) {
			return yield(Item{}, named(err, x.name))
		}
		x.root = tree.root()
		if !read(x, yield) {
			return false
		}
		if err != nil {
			return yield(Item{}, &Error{Name: x.name, Kind: ErrSyntax, Detail: xmlFault(err), Hint: "what stands before it was read; fetch it again"})
		}
		return true
	}
}

// xmlInput is an XML input that has been read whole.
type xmlInput struct {
	name string
	raw  []byte // as it came
	text []byte // in UTF-8; of the same length as raw where raw is in UTF-8
	root *node  // nil in feeds, which are not read as trees
	opt  Options
}

// slice are the bytes of an element as they came.
func (x *xmlInput) slice(n *node) []byte { return x.bytes(n.start, n.end) }

// bytes are those of a part of the text as they came, or their UTF-8 where they came in another encoding.
func (x *xmlInput) bytes(start, end int) []byte {
	if len(x.raw) == len(x.text) {
		return x.raw[start:end]
	}
	return x.text[start:end]
}

// readXML reads an XML input by what its first element says it is.
func readXML(in io.Reader, name string, opt Options, yield yielder) bool {
	raw, err := readLimited(in, name, opt)
	if err != nil {
		return yield(Item{}, err)
	}
	x := &xmlInput{name: name, raw: bytes.TrimPrefix(raw, bomUTF8), opt: opt}
	x.text = xmlText(x.raw, opt.contentType)
	kind := firstElement(x.text)
	read := xmlReader(kind)
	if read == nil {
		if kind == "html" {
			return yield(wholeItem(raw, name, HTML, opt))
		}
		return yield(Item{}, &Error{Name: name, Kind: ErrSyntax, Detail: "XML that begins with <" + clip(oneLine(kind), 40) + "> is not known",
			Hint: "news in XML is RSS, Atom, NewsML-G2, NITF, a sitemap or OPML"})
	}
	return read(x, yield)
}

// xmlFault says what is wrong with an XML input.
func xmlFault(err error) string {
	var fault *xml.SyntaxError
	if errors.As(err, &fault) {
		return clip(oneLine(fault.Error()), 200)
	}
	return "it ends in the middle"
}
