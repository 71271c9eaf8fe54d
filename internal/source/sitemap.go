package source

import (
	"net/url"
	"strings"
)

// readSitemap yields the addresses in a sitemap (sitemaps.org), with what a news sitemap (Google's extension of it)
// says of each article, or the sitemaps in an index of them.
func readSitemap(x *xmlInput, yield yielder) bool {
	for _, n := range x.root.all("url") {
		news := n.at("news")
		meta := metadata{
			url: n.at("loc").words(), title: news.at("title").words(), publisher: news.at("publication", "name").words(),
			language: news.at("publication", "language").words(), published: first(news.at("publication_date").words(), n.at("lastmod").words()),
		}
		if !yield(x.address(n, Link, meta)) {
			return false
		}
	}
	for _, n := range x.root.all("sitemap") {
		if !yield(x.address(n, Feed, metadata{url: n.at("loc").words(), published: n.at("lastmod").words()})) {
			return false
		}
	}
	return true
}

// readOPML yields the feeds in a list of them (opml.org), whatever folders they are in.
func readOPML(x *xmlInput, yield yielder) bool {
	var walk func(n *node) bool
	walk = func(n *node) bool {
		for _, o := range n.all("outline") {
			if o.attr("xmlUrl") != "" && !yield(x.address(o, Feed, metadata{url: o.attr("xmlUrl"), title: first(o.attr("title"), o.attr("text")), language: o.attr("language")})) {
				return false
			}
			if !walk(o) {
				return false
			}
		}
		return true
	}
	return walk(x.root.at("body"))
}

// address makes an item of an address in a list; x.name alone is its place, so that a list counts as one input.
func (x *xmlInput) address(n *node, status string, meta metadata) (Item, error) {
	if !isWebAddress(meta.url) {
		return Item{}, &Error{Name: x.name, Kind: ErrSyntax, Detail: "“" + clip(oneLine(meta.url), 80) + "” is no web address", Hint: "the other addresses are read"}
	}
	opt := x.opt
	opt.URL = "" // that of the list
	return Item{Doc: bare(meta, opt), Raw: x.slice(n), MediaType: "application/xml", Location: x.name, Status: status}, nil
}

// isWebAddress says whether a text is a whole address of the web.
func isWebAddress(s string) bool {
	u, err := url.Parse(strings.TrimSpace(s))
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
