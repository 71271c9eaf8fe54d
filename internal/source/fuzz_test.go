package source

import (
	"strings"
	"testing"
)

var hostile = []string{
	"", "\x00", "\xff\xfe", "\xfe\xff\x00a", "\xef\xbb\xbf", "a", "\r", "\r\n\r\n", "— ", "(AFP)", "()", "/TASS/.", "By ", "By A", ":", "A: ", "NEW DELHI: ", "(",
	"GENEVA (", "Feb 30, 2021", "__", "**", "`", "[", "](", "![](", "<", "</", "&#0;", "&amp", "---\n---\n", "---\ntitle: x\n---\nBody came.", "+++\n+++\n", "#", "# \n", "|", "> > >", "\ud7ff",
	"{", "[", "[]", "{}", `{"text":""}`, `{"text":"\ud800"}`, `{"text":{"text":{"text":"x"}}}`, `[{"text":"a"},`, "null", "\u202e\u200b", "\u2028\u2029\u0085",
	"WASHINGTON—\n\nIt came.\n\n(With inputs from PTI and Associated Press)", "Truce holds\nBy Jane Doe\n\nOSH (AP) — It came. — AFP",
}

func seed(f *testing.F, more ...string) {
	for _, s := range append(more, hostile...) {
		f.Add(s)
	}
}

// fuzz holds whatever comes out of an input against the promises of the package.
func fuzz(t *testing.T, text, name string, opt Options) {
	opt.MaxBytes = 1 << 20
	for item, err := range ReadItems(strings.NewReader(text), name, opt) {
		if err != nil {
			if item.Doc != nil || err.Error() == "" {
				t.Fatalf("%s: a document and the error %q", name, err)
			}
			continue
		}
		if fault := itemFaults(item); fault != "" {
			t.Fatalf("%q: %s", text, fault)
		}
	}
}

func FuzzText(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string) {
		fuzz(t, text, "a.txt", Options{})
		if doc, err := Text(text, Options{}); err == nil {
			if again, err := Text(doc.Text, Options{}); err != nil || again.Text != doc.Text || again.ID != doc.ID {
				t.Fatalf("%q: read again it is not the same", text)
			}
		}
	})
}

func FuzzHTML(f *testing.F) {
	seed(f, pageHTML, "<p>", "<b><p><i></b>x", "<table><td><b><td>", "<script>", "<!--", "<svg><p>", "<template><b></template>", "<q>", "<a hidden>x", "<meta charset=utf-16>x")
	f.Fuzz(func(t *testing.T, text string) { fuzz(t, text, "a.html", Options{}) })
}

func FuzzMarkdown(f *testing.F) {
	seed(f, "[a](b)", "[a][b]\n\n[b]: /c", "*a **b* c**", "```\na\n\nb\n```", "a\n===", "| a |\n|-|\n| b |", "![a](b)", "<https://a>", `\`, "~~a~~", "1. a\n2) b")
	f.Fuzz(func(t *testing.T, text string) { fuzz(t, text, "a.md", Options{}) })
}

func FuzzJSON(f *testing.F) {
	seed(f, `{"title":"a","text":"It came.","date":"2021"}`, `{"articles":[{"body":["a","b"]}]}`, "{\"text\":\"<p>a<br><br>b\"}\n{\"text\":1}", `{"text":"a","author":[{"name":"By Jane Doe, AP"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		fuzz(t, text, "a.json", Options{})
		fuzz(t, text, "a.jsonl", Options{})
		fuzz(t, text, "-", Options{})
	})
}

func FuzzFeed(f *testing.F) {
	seed(f, sample(f, "rss2.xml"), sample(f, "rss1.rdf"), sample(f, "atom.xml"), sample(f, "feed.json"), "<rss><item>", "<rss><channel><item/></channel>",
		"<feed><entry><content type=\"xhtml\"><p>a", "<rss><channel><channel><item>", "<a:feed xmlns:a='b'><a:entry>", `{"version":"https://jsonfeed.org/version/1","items":[1,{}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		fuzz(t, text, "a.xml", Options{})
		fuzz(t, text, "a.json", Options{})
	})
}

func FuzzNewsXML(f *testing.F) {
	seed(f, sample(f, "newsml.xml"), sample(f, "nitf.xml"), "<newsItem><contentSet><inlineXML><nitf><body><body.content>a<p>b</p>c", "<newsMessage><itemSet><packageItem/>",
		"<newsItem><itemMeta><pubStatus qcode='stat:canceled'/>", "<nitf><head><docdata management-status='canceled'/>", "<newsItem><contentSet><inlineData>&lt;p>a")
	f.Fuzz(func(t *testing.T, text string) { fuzz(t, text, "a.xml", Options{}) })
}

func FuzzNinjs(f *testing.F) {
	seed(f, sample(f, "ninjs1.json"), sample(f, "ninjs2.json"), `{"uri":"a","pubstatus":"withheld"}`, `{"uri":1,"versioncreated":2,"bodies":[{}],"associations":{"a":{"body_text":"x"}}}`)
	f.Fuzz(func(t *testing.T, text string) { fuzz(t, text, "a.json", Options{}) })
}

func FuzzAddresses(f *testing.F) {
	seed(f, sample(f, "news-sitemap.xml"), sample(f, "sitemap-index.xml"), sample(f, "feeds.opml"), "<opml><body><outline xmlUrl='http://a'><outline>", "<urlset><url><loc>http://a")
	f.Fuzz(func(t *testing.T, text string) { fuzz(t, text, "a.xml", Options{}) })
}

func FuzzFields(f *testing.F) {
	f.Add(`{"a":{"b":[{"c":"It came."}]}}`, "a.b.0.c")
	f.Add(`{"a.b":"It came."}`, "a.b")
	f.Add(`{"a":[]}`, "a..-1.")
	f.Fuzz(func(t *testing.T, text, path string) {
		fuzz(t, text, "a.jsonl", Options{Fields: map[string]string{"text": path, "status": path, "guid": path, "published": path}})
	})
}

func FuzzWARC(f *testing.F) {
	whole := strings.Join(crawl(f), "")
	seed(f, whole, packed(f, whole), packed(f, crawl(f)[2])+packed(f, crawl(f)[3]), "WARC/1.0\r\n\r\n", "WARC/1.0\r\nContent-Length: 9\r\n\r\nx", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff",
		warcRec("response", "http://a/", "application/http", "HTTP/1.0 200\nContent-Type: text/html\n\nx"), warcRec("resource", "", "application/xml", "<rss>"),
		response("", answer("text/plain", "5\r\nIt ca", "Transfer-Encoding: chunked")), response("", answer("text/html", "x", "Content-Encoding: deflate, gzip")))
	f.Fuzz(func(t *testing.T, text string) { fuzz(t, text, "a.warc", Options{}) })
}
