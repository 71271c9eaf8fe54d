package source

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What agencies and lists of addresses send: each field where it belongs.
func TestAgencyFormats(t *testing.T) {
	for name, want := range map[string][]string{
		"news-sitemap.xml": {
			"news-sitemap.xml|application/xml||link||https://courier.example/world/corridor?a=1&b=2|Envoys agree on a corridor|The Harbour Courier||2027-03-14T09:30:00Z||||",
			"news-sitemap.xml|application/xml||link||https://courier.example/about||||2027-01-02T00:00:00Z||||",
			"error: reading news-sitemap.xml: not well formed (“javascript:alert(1)” is no web address); the other addresses are read",
		},
		"sitemap-index.xml": {"sitemap-index.xml|application/xml||feed||https://courier.example/news.xml.gz||||2027-03-14T00:00:00Z||||"},
		"feeds.opml": {
			"feeds.opml|application/xml||feed||https://courier.example/feed.xml|The Harbour Courier|||||||",
			"feeds.opml|application/xml||feed||https://gazette.example/rss|Gazette|||||||",
		},
		"newsml.xml": {
			"newsml.xml, item 1|application/vnd.iptc.g2.newsitem+xml|urn:newsml:meridian.example:20270314:corridor|corrected|urn:newsml:meridian.example:20270314:flash||Envoys agree on a corridor|Meridian Wire|Ada Brennan|2027-03-14T10:00:00Z|Port Elda|AFP|editor_note|The two envoys agreed on Sunday to open a corridor, the mission said.\n\nIt will stay open for a week.",
			"newsml.xml, item 2|application/vnd.iptc.g2.newsitem+xml|urn:newsml:meridian.example:20270314:ferry|canceled|||KILL: Ferry service halted|Meridian Wire||2027-03-14T10:02:00Z||||",
			"newsml.xml, item 3|application/vnd.iptc.g2.newsitem+xml|urn:newsml:meridian.example:20270314:grain||||Grain price|Meridian Wire||2027-03-14T10:03:00Z||||Grain cost 4 crowns on Sunday, the exchange said.",
			"newsml.xml, item 4|application/vnd.iptc.g2.packageitem+xml|urn:newsml:meridian.example:20270314:port|link||https://meridian.example/port.xml|Port|Meridian Wire||||||",
		},
		"nitf.xml": {
			"nitf.xml|application/nitf+xml|plateau.example#m-12|corrected|plateau.example#m-11||Monitors count fewer shots|Plateau News|Iris Vale|2027-03-15T08:00:00Z|Kassel Ridge|Reuters|editor_note|Monitors counted 12 shots on Monday, half as many as the day before, their office said.\n\nA monitor looks at the ridge.\n\nFewer guns\n\n“We see fewer guns,” the head of the mission, Paul Aster, told reporters on the ridge.\n\nReporting by Iris Vale",
		},
		"ninjs1.json": {
			"ninjs1.json|application/json|https://wire.example/items/17|||https://wire.example/items/17|Talks moved to May|Wire Example|Tomas Reyl|2027-03-15T07:00:00Z|Osk|||The talks were moved to May.\n\nNobody gave a reason.",
		},
		"ninjs2.json": {
			"ninjs2.json, article 1|application/json|urn:wire:18|corrected|||Talks moved to May|Wire Example||2027-03-15T07:10:00Z||AFP|editor_note|The talks were moved to May, the palace said.",
			"ninjs2.json, article 2|application/json|urn:wire:16|canceled|||Talks on Friday|Wire Example||2027-03-15T07:20:00Z||||",
			"ninjs2.json, article 3|application/json|urn:wire:19|||||||2027-03-15T07:30:00Z||||The palace said nothing.",
		},
	} {
		text := sample(t, name)
		list, errs := items(t, text, name, Options{})
		got := told(list)
		for _, err := range errs {
			got = append(got, "error: "+err.Error())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		for _, i := range list {
			if !strings.Contains(text, string(i.Raw)) {
				t.Errorf("%s: the bytes of %s are not those it came in", name, i.Location)
			}
		}
		// Told by content alone they are the same.
		unnamed, _ := items(t, text, "-", Options{})
		for i := range unnamed {
			unnamed[i].Location = list[i].Location
		}
		if diff := cmp.Diff(told(list), told(unnamed)); diff != "" {
			t.Errorf("%s without its name (-with +without):\n%s", name, diff)
		}
	}
}

// XML that breaks off gives what stands before; in other encodings it is read all the same.
func TestBrokenXML(t *testing.T) {
	text := sample(t, "rss2.xml")
	cut := text[:strings.Index(text, "<title>Ferry")]
	list, errs := items(t, cut, "a.rss", Options{})
	if len(list) != 1 || list[0].Doc.Publisher != "The Harbour Courier & Post" || len(errs) == 0 || !strings.Contains(errs[len(errs)-1].Error(), "; what stands before") {
		t.Errorf("cut short: %d items, errors %v", len(list), errs)
	}
	torn := strings.Replace(text, "<guid>https://courier.example/world/ferry</guid>", "<guid></gui> 3 < 4 & <b", 1)
	list, errs = items(t, torn, "a.rss", Options{})
	if len(list) != 2 || list[1].Doc.Title != "Picture of the day" || len(errs) != 2 || !strings.Contains(errs[0].Error(), "entry 2") {
		t.Errorf("one entry torn: %v, errors %v", told(list), errs)
	}
	latin := "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss><channel><title>Caf\xe9</title><item><guid>a</guid><description>The caf\xe9 at the bridge is open.</description></item></channel></rss>"
	list, errs = items(t, latin, "a.rss", Options{})
	if len(list) != 1 || len(errs) > 0 || list[0].Doc.Text != "The café at the bridge is open." || list[0].Doc.Publisher != "Café" || !strings.Contains(string(list[0].Raw), "café") {
		t.Errorf("latin-1: %v, errors %v", told(list), errs)
	}
	if _, errs := items(t, "<?xml version=\"1.0\"?><ledger/>", "a.xml", Options{}); len(errs) != 1 || !strings.Contains(errs[0].Error(), "<ledger>") {
		t.Errorf("some other XML: %v", errs)
	}
}
