package source

import (
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tags are what a page says of itself, by the place where it says it.
type tags struct {
	meta      map[string][]string // <meta name|property|itemprop>, by lower-case name
	linked    []map[string]any    // JSON-LD objects that describe an article
	times     []string            // <time datetime>, those marked as publication first
	title, h1 string
	canonical string
	language  string
}

// The names under which pages give what we want, the most trustworthy first.
var (
	metaTitle     = []string{"og:title", "twitter:title", "dc.title", "headline"}
	metaPublisher = []string{"og:site_name", "publisher", "dc.publisher", "application-name", "article:publisher", "twitter:site"}
	metaPublished = []string{"article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article_date_original", "originalpublicationdate", "pub_date", "publication_date"}
	metaAuthor    = []string{"author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl"}
	metaURL       = []string{"og:url", "twitter:url"}
	metaLanguage  = []string{"og:locale", "content-language", "dc.language"}
)

// pageMetadata reads what a page says of itself: JSON-LD first (it is written for machines), then OpenGraph and other
// meta elements, then <time>, <h1> and <title>.
func pageMetadata(root *html.Node) metadata {
	t := &tags{meta: map[string][]string{}}
	t.gather(root)
	m := metadata{
		title:     t.linkedText("headline"),
		publisher: t.linkedText("publisher"),
		published: t.linkedText("datePublished"),
		url:       first(t.canonical, t.named(metaURL)),
		language:  first(t.linkedText("inLanguage"), t.language, t.named(metaLanguage)),
	}
	m.publisher = first(m.publisher, t.named(metaPublisher))
	m.title = siteless(first(m.title, t.named(metaTitle), t.h1, t.title), m.publisher)
	m.published = first(m.published, t.named(metaPublished))
	if m.published == "" && len(t.times) > 0 {
		m.published = t.times[0]
	}
	m.authors = t.linkedNames("author")
	for _, key := range metaAuthor {
		if len(m.authors) == 0 {
			m.authors = plainNames(t.meta[key])
		}
	}
	m.credits = append(t.linkedNames("sourceOrganization"), t.linkedNames("creditText")...)
	if strings.HasPrefix(m.publisher, "http") || strings.HasPrefix(m.publisher, "@") {
		m.publisher = ""
	}
	return m
}

// gather collects the tags of a tree.
func (t *tags) gather(n *html.Node) {
	if n.Type == html.ElementNode {
		t.element(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.gather(c)
	}
}

func (t *tags) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		t.language = attr(n, "lang")
	case atom.Meta:
		for _, key := range [...]string{"property", "name", "itemprop", "http-equiv"} {
			if name, content := strings.ToLower(attr(n, key)), attr(n, "content"); name != "" && content != "" {
				t.meta[name] = append(t.meta[name], content)
			}
		}
	case atom.Link:
		if strings.EqualFold(attr(n, "rel"), "canonical") && t.canonical == "" {
			t.canonical = attr(n, "href")
		}
	case atom.Title:
		t.title = first(t.title, textOf(n))
	case atom.H1:
		t.h1 = first(t.h1, textOf(n))
	case atom.Time:
		if when := attr(n, "datetime"); when != "" {
			if attr(n, "itemprop") == "datePublished" || n.Attr != nil && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "pubdate" }) {
				t.times = append([]string{when}, t.times...)
			} else {
				t.times = append(t.times, when)
			}
		}
	case atom.Script:
		if strings.EqualFold(attr(n, "type"), "application/ld+json") && n.FirstChild != nil {
			var value any
			if json.Unmarshal([]byte(strings.TrimSpace(n.FirstChild.Data)), &value) == nil {
				t.link(value, 0)
			}
		}
	}
}

// link takes the articles out of JSON-LD, which may be one object, a list or a graph of them.
func (t *tags) link(value any, deep int) {
	if deep > 8 {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			t.link(item, deep+1)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			t.linked = append(t.linked, v)
		}
		t.link(v["@graph"], deep+1)
		t.link(v["mainEntity"], deep+1)
	}
}

// isArticle says whether a JSON-LD type is that of a written piece.
func isArticle(kind any) bool {
	switch k := kind.(type) {
	case string:
		return strings.HasSuffix(k, "Article") || strings.HasSuffix(k, "Posting") || k == "Report"
	case []any:
		return slices.ContainsFunc(k, isArticle)
	}
	return false
}

// linkedText is the first value of a JSON-LD property as text.
func (t *tags) linkedText(property string) string {
	if names := t.linkedNames(property); len(names) > 0 {
		return names[0]
	}
	return ""
}

// linkedNames are the values of a JSON-LD property: strings, or objects with a name.
func (t *tags) linkedNames(property string) []string {
	for _, article := range t.linked {
		if names := plainNames(namesIn(article[property], 0)); len(names) > 0 {
			return names
		}
	}
	return nil
}

func namesIn(value any, deep int) []string {
	if deep > 4 {
		return nil
	}
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, item := range v {
			out = append(out, namesIn(item, deep+1)...)
		}
		return out
	case map[string]any:
		return namesIn(v["name"], deep+1)
	}
	return nil
}

// plainNames leaves out what is an address of a profile rather than a name.
func plainNames(values []string) []string {
	var out []string
	for _, v := range values {
		if v = oneLine(html.UnescapeString(v)); v != "" && !strings.Contains(v, "://") {
			out = append(out, v)
		}
	}
	return out
}

// named is the first value of the first of the names that has one.
func (t *tags) named(names []string) string {
	for _, name := range names {
		for _, value := range t.meta[name] {
			if value = oneLine(value); value != "" {
				return value
			}
		}
	}
	return ""
}

// siteless takes the site's name off the end of a title: "Talks resume | The Courier".
func siteless(title, site string) string {
	for _, bar := range [...]string{" | ", " - ", " – ", " — ", " :: ", " · "} {
		if i := strings.LastIndex(title, bar); i > 0 && sameWords(title[i+len(bar):], site) {
			return strings.TrimSpace(title[:i])
		}
	}
	return title
}

// textOf is the text in an element in one line.
func textOf(n *html.Node) string {
	var words []string
	for _, b := range render(&html.Node{Type: html.DocumentNode, FirstChild: n.FirstChild}) {
		words = append(words, b.text)
	}
	return oneLine(strings.Join(words, " "))
}
