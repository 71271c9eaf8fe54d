package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/document"
)

// namesOf renders names.
func namesOf(w *work, names []document.Name) []string {
	var out []string
	for _, n := range names {
		out = append(out, n.Kind+" "+w.doc.Slice(w.doc.TokenSpan(n.First, n.End)))
	}
	return out
}

// marked makes a work whose names are those given, at their first place in the text not yet taken.
func marked(text string, names ...document.Name) *work {
	w := plain(text)
	w.starts = []int{0}
	w.labels = &labels{bio: bioLabels(fakeLabels["name"])}
	w.nameScores = make([]float32, len(w.doc.Tokens)*len(w.labels.bio))
	w.doc.Names = names
	return w
}

func TestNamesAgree(t *testing.T) {
	w := marked("Ada Stone met Stone and Stone",
		document.Name{First: 0, End: 2, Kind: "PER", Score: 0.95}, document.Name{First: 3, End: 4, Kind: "LOC", Score: 0.4},
		document.Name{First: 5, End: 6, Kind: "LOC", Score: 0.95})
	w.doc.Names[2].Score = 0.3
	if diff := cmp.Diff([]string{"PER Ada Stone", "PER Stone", "PER Stone"}, namesOf(w, w.agreeOnKinds(w.doc.Names))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNamesAgain(t *testing.T) {
	w := marked("Ada Stone left. He said Stone left Mount Stone with a rose and Rose.",
		document.Name{First: 0, End: 2, Kind: "PER", Score: 0.95}, document.Name{First: 14, End: 15, Kind: "PER", Score: 0.5})
	w.starts = []int{0, 4}
	got := namesOf(w, w.again(w.doc.Names))
	if diff := cmp.Diff([]string{"PER Ada Stone", "PER Stone", "PER Rose"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNamesAmended(t *testing.T) {
	w := marked("the Hall met Free Press Union (FPU)",
		document.Name{First: 1, End: 2, Kind: "PER", Score: 0.5}, document.Name{First: 3, End: 6, Kind: "PER", Score: 0.6},
		document.Name{First: 7, End: 8, Kind: "ORG", Score: 0.9})
	w.amendKinds(w.doc.Names)
	if diff := cmp.Diff([]string{"ORG Hall", "ORG Free Press Union", "ORG FPU"}, namesOf(w, w.doc.Names)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNamesBalanced(t *testing.T) {
	w := plain("Ada ) Stone ( Roe ( Bob ) Hall")
	for _, test := range [][4]int{{0, 3, 2, 3}, {2, 5, 2, 3}, {4, 9, 4, 9}} {
		if first, end := w.balanced(test[0], test[1]); first != test[2] || end != test[3] {
			t.Errorf("[%d,%d) gives [%d,%d)", test[0], test[1], first, end)
		}
	}
}

func TestClosedClasses(t *testing.T) {
	c := closedClasses()
	if c.admits("PRON", "stone") || !c.admits("PRON", "they") || !c.admits("NOUN", "stone") {
		t.Error("closed classes are not closed")
	}
}
