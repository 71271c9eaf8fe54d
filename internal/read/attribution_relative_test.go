package read

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRelatives reads testdata/relatives.txt: whom "who" stands for.
func TestRelatives(t *testing.T) {
	for _, ex := range examples(t, "testdata/relatives.txt") {
		t.Run(ex.text, func(t *testing.T) {
			doc := compact(t, ex.trees)
			var got []string
			for _, a := range Read(doc).Attributions {
				if doc.Slice(a.SourceSpan) == "who" {
					got = append(got, names(doc, a.Source))
				}
			}
			if diff := cmp.Diff(ex.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
