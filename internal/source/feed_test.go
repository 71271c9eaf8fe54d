package source

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// items collects what an input yields, and holds each item against the promises of the package.
func items(t *testing.T, text, name string, opt Options) (out []Item, errs []error) {
	t.Helper()
	for item, err := range ReadItems(strings.NewReader(text), name, opt) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if fault := itemFaults(item); fault != "" {
			t.Errorf("%s: %s", name, fault)
		}
		out = append(out, item)
	}
	return out, errs
}

// itemFaults says in what an item breaks the promises of the package; empty when it keeps them all.
func itemFaults(item Item) string {
	switch {
	case item.Doc == nil:
		return "an item without a document"
	case len(item.Raw) == 0 || item.MediaType == "" || item.Location == "":
		return fmt.Sprintf("an item without bytes, type or place: %+v", item)
	case item.Article():
		return faults(item.Doc)
	case item.Status == Usable || item.Status == Corrected || item.Status == Updated:
		return "an article without a text"
	case (item.Status == Link || item.Status == Feed) && item.Doc.URL == "":
		return "an address without an address"
	}
	return ""
}

func sample(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// told puts what is known of items in lines, for comparing.
func told(list []Item) []string {
	var out []string
	for _, i := range list {
		d := i.Doc
		when := ""
		if !d.Published.IsZero() {
			when = d.Published.UTC().Format(time.RFC3339)
		}
		out = append(out, strings.Join([]string{i.Location, i.MediaType, i.GUID, i.Status, strings.Join(i.Replaces, " "), d.URL, d.Title, d.Publisher,
			strings.Join(d.Authors, ", "), when, d.Dateline, strings.Join(d.Credits, " "), strings.Join(notices(d), " "), d.Text}, "|"))
	}
	return out
}

func TestFeeds(t *testing.T) {
	for name, want := range map[string][]string{
		"rss2.xml": {
			"rss2.xml, entry 1|application/rss+xml|https://courier.example/world/#hc-4711|||https://courier.example/world/corridor|Envoys agree on a corridor|The Harbour Courier & Post|Ada Brennan|2027-03-14T09:30:00Z|Port Elda|AFP||PORT ELDA (AFP) — The two envoys agreed on Sunday to open a corridor for food and medicine, the mission said.\n\n“We will keep it open for a week,” Lena Okafor told reporters.",
			"rss2.xml, entry 2|application/rss+xml|https://courier.example/world/ferry|||https://courier.example/world/ferry|Ferry service halted|The Harbour Courier & Post||2027-03-14T10:00:00Z|||summary_only|The ministry said on Sunday that no ferry would sail until the shelling of the harbour ends …",
			"rss2.xml, entry 3|application/rss+xml|https://courier.example/world/#pic|link||https://courier.example/pic|Picture of the day|The Harbour Courier & Post||||||",
			"error: reading rss2.xml, entry 4: no text in it; give an article of at least one sentence",
		},
		"rss1.rdf": {"rss1.rdf, entry 1|application/rss+xml|https://gazette.example/1|||https://gazette.example/1|Pass reopened|Mountain Gazette||2027-03-15T06:00:00Z|||summary_only|The border guard said on Monday that the pass had been reopened for trucks carrying grain."},
		"atom.xml": {
			"atom.xml, entry 1|application/atom+xml|tag:delta.example,2027:88|||https://delta.example/2027/denial|Minister denies talks|Delta Wire|Tomas Reyl|2027-03-16T10:00:00Z||||The minister denied on Tuesday that any talks were held.\n\n“There was no meeting,” he said.",
			"atom.xml, entry 2|application/atom+xml|tag:delta.example,2027:87|canceled||||Delta Wire||2027-03-16T11:00:00Z||||",
		},
		"feed.json": {
			"feed.json, entry 1|application/feed+json|https://plateau.example/a|||https://plateau.example/a|Truce holds for a third day|Plateau News|Iris Vale|2027-03-17T08:00:00Z||||Monitors said on Wednesday that the truce was holding.\n\nThey counted two shots.",
			"feed.json, entry 2|application/feed+json|https://plateau.example/#b||||Summit|Plateau News||2027-03-17T09:00:00Z||||The summit will be held in May, the palace said.",
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
	}
}
