package parse

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestSentencesAreBounded counts the work of the trees, the only part that is not linear in a window.
func TestSentencesAreBounded(t *testing.T) {
	for _, n := range []int{1000, 4000} {
		doc := body(strings.Repeat("word, ", n))
		parseFake(t, doc, false)
		checkDocument(t, doc)
		for _, s := range doc.Sentences {
			if s.End-s.First > maxSentence {
				t.Fatalf("a sentence of %d tokens", s.End-s.First)
			}
		}
		if most := 2*n/(maxSentence/2) + 2; len(doc.Sentences) > most {
			t.Errorf("%d sentences of %d words, want no more than %d", len(doc.Sentences), n, most)
		}
	}
}

// TestContractionsAreBounded pairs the words so that every two are a cycle.
func TestContractionsAreBounded(t *testing.T) {
	const n = 120
	rng := rand.New(rand.NewPCG(3, 4))
	scores := make([]float64, (n+1)*(n+1))
	for i := range scores {
		scores[i] = rng.Float64()
	}
	for d := 1; d < n; d += 2 {
		scores[d*(n+1)+d+1], scores[(d+1)*(n+1)+d] = 100, 100
	}
	if edmonds(append([]float64(nil), scores...), make([]int, n+1), maxContractions) {
		t.Fatal("sixty cycles were contracted")
	}
	if heads := spanningTree(scores, n); crosses(heads) || findCycle(heads) != nil {
		t.Errorf("%v is no projective tree", heads)
	}
}
