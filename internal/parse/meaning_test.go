package parse

import (
	"slices"
	"testing"

	"parley/internal/model"
)

func TestMeaning(t *testing.T) {
	doc := body("Ada Stone left. Talks go on.")
	p := newParser(fake{}, model.MaxPieces-2)
	if err := p.Parse(doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Sentences) != 2 {
		t.Fatalf("%d sentences, want 2", len(doc.Sentences))
	}
	for i, want := range [][]int8{{4, 13}, {4, 10}} {
		if got := doc.Sentences[i].Meaning; !slices.Equal(got, want) {
			t.Errorf("meaning of sentence %d is %v, want %v", i, got, want)
		}
		if got := p.Meaning(doc.Slice(doc.Sentences[i].Span)); !slices.Equal(got, want) {
			t.Errorf("meaning of its text is %v, want %v", got, want)
		}
	}
}
