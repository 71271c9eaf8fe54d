package source

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The example articles are what the project shows first: what is known of each must be right.
func TestExamples(t *testing.T) {
	for _, c := range []struct {
		name, published, dateline, publisher, kinds string
		authors, credits                            []string
	}{
		{"leaders-call.txt", "2027-03-14", "Quito", "", "TBFBBBBBBHBBBBBBBBC", []string{"Marisol Quiroga", "Daniel Hearst"}, []string{"AFP", "EFE", "Andina"}},
		{"ceasefire-violations.html", "2027-05-18", "Ziguinchor, Senegal", "The Coast Dispatch", "BBPBBBHBBBBBHBBBCF", []string{"Awa Ndour"}, []string{"Reuters"}},
		{"sanctions-threat.md", "2027-09-07", "Brussels", "Meridian Wire", "TBBBHBBBBBBHBBBBC", []string{"Solène Vautrin"}, []string{"AP", "AFP"}},
		{"summit-promises.json", "2027-11-12", "Astana", "Steppe Courier", "BBBBBBBHBBBBHBBBBC", []string{"Dinara Akhmetova"}, []string{"Interfax", "Xinhua", "Kazinform"}},
	} {
		d := one(t, example(t, c.name), c.name, Options{})
		if got := d.Published.Format("2006-01-02"); got != c.published || d.Dateline != c.dateline || d.Publisher != c.publisher || d.Title == "" || d.Language != "en" || len(d.Notices) > 0 {
			t.Errorf("%s: %s %q %q %q %q %v", c.name, got, d.Dateline, d.Publisher, d.Title, d.Language, d.Notices)
		}
		if got := kinds(d); got != c.kinds {
			t.Errorf("%s: kinds %s, want %s", c.name, got, c.kinds)
		}
		if diff := cmp.Diff(c.authors, d.Authors); diff != "" {
			t.Errorf("%s: authors (-want +got):\n%s", c.name, diff)
		}
		if diff := cmp.Diff(c.credits, d.Credits); diff != "" {
			t.Errorf("%s: credits (-want +got):\n%s", c.name, diff)
		}
	}
}

// Real articles are beside the checkout on some machines: every one must be read without a fault.
func TestSharedArticles(t *testing.T) {
	dir := "../../../shared/articles"
	if _, err := os.Stat(filepath.FromSlash(dir)); err != nil {
		t.Skip("no shared articles here")
	}
	for doc, err := range Walk([]string{dir}, Options{}) {
		if err != nil {
			t.Error(err)
			continue
		}
		if fault := faults(doc); fault != "" {
			t.Errorf("%s: %s", doc.Title, fault)
		}
		if doc.Language != "en" {
			t.Errorf("%s: language %q", doc.Title, doc.Language)
		}
	}
}
