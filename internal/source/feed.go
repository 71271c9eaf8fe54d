package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"parley/internal/document"
)

const (
	maxEntries   = 50_000
	maxFeedTags  = 3500 // bytes of the start tags around an entry: the feed reader looks for them in the first 4096
	summaryBytes = 1500 // shorter than this, a description is taken for a summary
)

// feed is what is known of a feed when its entries are read.
type feed struct {
	title, language string
	base            *url.URL // of the feed's page; nil when not known
	mediaType       string
	opt             Options
}

// readFeed yields the entries of RSS 0.9x to 2.0 and Atom. Each entry is cut out and read by itself, so that one that is
// broken costs no other. Deleted entries of Atom (RFC 6721) are kills.
func readFeed(x *xmlInput, yield yielder) bool {
	cut := cutFeed(x.text)
	switch {
	case bytes.Contains(bytes.ToUpper(x.text[:cut.root]), []byte("<!ENTITY")):
		return yield(Item{}, ownEntities(x.name))
	case len(cut.entries) > maxEntries:
		return yield(Item{}, &Error{Name: x.name, Kind: ErrTooLarge, Detail: fmt.Sprintf("more than %d entries", maxEntries), Hint: "split it"})
	case len(cut.before) > maxFeedTags:
		return yield(Item{}, &Error{Name: x.name, Kind: ErrSyntax, Detail: "its first tags are too long", Hint: "look whether it is a feed"})
	}
	if _, err := parseXML(cut.head); err != nil && !errors.Is(err, errTruncated) {
		return yield(Item{}, named(err, x.name))
	}
	f := newFeed(parseFeed(cut.head), x.opt)
	f.mediaType = "application/rss+xml"
	if strings.HasSuffix(strings.ToLower(cut.rootName), "feed") {
		f.mediaType = "application/atom+xml"
	}
	for i, e := range cut.entries {
		at := fmt.Sprintf("%s, entry %d", x.name, i+1)
		if !f.cutEntry(x, cut, e, at, yield) {
			return false
		}
	}
	if cut.open {
		return yield(Item{}, &Error{Name: x.name, Kind: ErrSyntax, Detail: "it ends in the middle of an entry", Hint: "what stands before it was read; fetch it again"})
	}
	return true
}

// cutEntry yields an entry that was cut out of a feed.
func (f *feed) cutEntry(x *xmlInput, cut feedCut, e document.Span, at string, yield yielder) bool {
	text := x.text[e.Start:e.End]
	tree, err := parseXML(text)
	if err != nil && !errors.Is(err, errTruncated) {
		return yield(Item{}, named(err, at))
	}
	raw := x.bytes(e.Start, e.End)
	if n := tree.root(); strings.EqualFold(n.name, "deleted-entry") {
		return yield(f.deleted(n, raw, at), nil)
	}
	one := parseFeed(bytes.Join([][]byte{cut.before, text, cut.after}, nil))
	if err == nil {
		return f.pass(one, raw, at, yield)
	}
	fault := xmlFault(err)
	return f.pass(one, raw, at, func(item Item, err error) bool {
		if err != nil || !item.Article() {
			return yield(Item{}, &Error{Name: at, Kind: ErrSyntax, Detail: fault, Hint: "the other entries are read"})
		}
		item.Doc.Notices = append(item.Doc.Notices, document.Notice{Kind: "bad_xml", Text: "the entry is not well formed, and a part of it may be missing: " + fault})
		return yield(item, nil)
	})
}

// parseFeed reads a feed; one that cannot be read has no entries.
func parseFeed(text []byte) *gofeed.Feed {
	f, err := gofeed.NewParser().Parse(bytes.NewReader(text))
	if err != nil {
		return &gofeed.Feed{}
	}
	return f
}

func newFeed(head *gofeed.Feed, opt Options) *feed {
	f := &feed{title: plainTitle(head.Title), language: head.Language, opt: opt}
	link := first(head.Link, head.FeedLink, opt.URL)
	if own, err := url.Parse(opt.URL); err == nil && opt.URL != "" {
		if to, err := own.Parse(link); err == nil {
			link = to.String()
		}
	}
	if base, err := url.Parse(link); err == nil && base.Host != "" {
		f.base = base
	}
	f.opt.URL = "" // the address of the feed is not that of an entry
	return f
}

// pass yields the entry of a feed that holds only that.
func (f *feed) pass(one *gofeed.Feed, raw []byte, at string, yield yielder) bool {
	if len(one.Items) == 0 {
		return yield(Item{}, &Error{Name: at, Kind: ErrSyntax, Detail: "the entry cannot be read"})
	}
	return yield(f.entry(one.Items[0], raw, at))
}

// entry makes an item of an entry.
func (f *feed) entry(in *gofeed.Item, raw []byte, at string) (Item, error) {
	d, err := f.copyOf(in)
	if err != nil {
		return Item{}, named(err, at)
	}
	d.meta = metadata{
		title: plainTitle(in.Title), publisher: f.title, url: f.address(in.Link), language: f.language,
		published: written(in.PublishedParsed, in.Published), authors: feedAuthors(in),
	}
	if d.meta.published == "" {
		d.meta.published = written(in.UpdatedParsed, in.Updated)
	}
	d.untitled = d.meta.title == ""
	item := Item{Raw: raw, MediaType: f.mediaType, Location: at, GUID: f.guid(first(in.GUID, d.meta.url))}
	if len(d.paras) == 0 && isWebAddress(d.meta.url) { // a title, a picture: the text is where it leads
		item.Doc, item.Status = bare(d.meta, f.opt), Link
		return item, nil
	}
	if item.Doc, err = finish(d, at, f.opt); err != nil {
		return Item{}, err
	}
	return item, nil
}

// copyOf is the text of an entry: its content, or else its description, which mostly is a summary.
func (f *feed) copyOf(in *gofeed.Item) (*draft, error) {
	text, whole := in.Content, true
	if strings.TrimSpace(text) == "" {
		text, whole = in.Description, false
	}
	d, err := mixedDraft(text)
	if err == nil && len(d.paras) == 0 && whole { // a picture alone
		whole = false
		d, err = mixedDraft(in.Description)
	}
	if err == nil && !whole && isSummary(d.text) {
		d.notes = append(d.notes, document.Notice{Kind: "summary_only",
			Text: "only a summary: the feed does not carry the whole article"})
	}
	return d, err
}

// mixedDraft reads a text that may be HTML.
func mixedDraft(text string) (*draft, error) {
	if looksLikeHTML(text) || strings.Contains(text, "</") || strings.Contains(text, "/>") {
		return fragmentDraft(text)
	}
	return plainDraft(html.UnescapeString(text)), nil
}

// plainTitle is a title without the marks of HTML, which some feeds escape twice.
func plainTitle(title string) string {
	title = html.UnescapeString(title)
	if strings.Contains(title, "</") || strings.Contains(title, "/>") {
		if d, err := fragmentDraft(title); err == nil {
			title = d.text
		}
	}
	return oneLine(title)
}

// isSummary says whether a description is no more than that: short, or broken off.
func isSummary(text string) bool {
	end := strings.TrimRight(text, " \n)]")
	return len(text) < summaryBytes || strings.HasSuffix(end, "…") || strings.HasSuffix(end, "...")
}

// address is the whole address of a link in a feed.
func (f *feed) address(link string) string {
	link = strings.TrimSpace(link)
	if f.base != nil && link != "" {
		if to, err := f.base.Parse(link); err == nil {
			return to.String()
		}
	}
	return link
}

// guid makes a publisher's name for an article one that no other publisher has.
func (f *feed) guid(said string) string {
	scope := f.title
	if f.base != nil {
		scope = f.base.String()
	}
	return scopedGUID(said, scope)
}

// scopedGUID puts the scope before a name that is no URI. Without a scope such a name says nothing: "7" may be anybody's.
func scopedGUID(said, scope string) string {
	if u, err := url.Parse(said); err == nil && u.Scheme != "" && (u.Host != "" || u.Opaque != "") {
		return said
	}
	if said == "" || scope == "" {
		return ""
	}
	return scope + "#" + said
}

// deleted is the kill of an entry.
func (f *feed) deleted(n *node, raw []byte, at string) Item {
	return Item{Doc: bare(metadata{publisher: f.title, published: n.attr("when"), language: f.language}, f.opt), Raw: raw, MediaType: f.mediaType, Location: at, GUID: f.guid(n.attr("ref")), Status: Canceled}
}

// written is a time as metadata gives it: as the feed reader understood it, or else as it stands.
func written(t *time.Time, said string) string {
	if t != nil {
		return t.Format(time.RFC3339)
	}
	return said
}

func feedAuthors(in *gofeed.Item) []string {
	var out []string
	for _, a := range in.Authors {
		if a != nil && a.Name != "" {
			out = append(out, a.Name)
		}
	}
	return out
}

// isJSONFeed says whether a JSON object is a JSON Feed (jsonfeed.org).
func isJSONFeed(fields map[string]json.RawMessage) bool {
	return strings.Contains(joined(fields["version"], " "), "jsonfeed.org/version/") && fields["items"] != nil
}

// readJSONFeed yields the entries of a JSON Feed.
func readJSONFeed(fields map[string]json.RawMessage, name string, opt Options, yield yielder) bool {
	var items []json.RawMessage
	if err := json.Unmarshal(fields["items"], &items); err != nil {
		return yield(Item{}, &Error{Name: name, Kind: ErrSyntax, Detail: "the items of the feed are no list"})
	}
	if len(items) > maxEntries {
		return yield(Item{}, &Error{Name: name, Kind: ErrTooLarge, Detail: fmt.Sprintf("more than %d entries", maxEntries), Hint: "split it"})
	}
	head := map[string]json.RawMessage{}
	for k, v := range fields {
		if k != "items" {
			head[k] = v
		}
	}
	whole, _ := json.Marshal(head)
	f := newFeed(parseFeed(whole), opt)
	f.mediaType = "application/feed+json"
	for i, item := range items {
		at := fmt.Sprintf("%s, entry %d", name, i+1)
		if depth(item) > maxJSONDepth {
			if !yield(Item{}, &Error{Name: at, Kind: ErrTooDeep}) {
				return false
			}
			continue
		}
		one := []byte(`{"version":"https://jsonfeed.org/version/1.1","items":[` + string(item) + `]}`)
		if !f.pass(parseFeed(one), item, at, yield) {
			return false
		}
	}
	return true
}
