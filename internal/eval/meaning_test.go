package eval

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ecb is three articles: a bridge is blown up in two of them, and a singer wins in two.
const ecb = `{"id": "a", "tokens": ["They", "blew", "up", "the", "bridge", ".", "Rain", "fell", "."], "sentence": [0,0,0,0,0,0,1,1,1], "validated_sentences": [0], "mentions": [{"type": "ACTION_OCCURRENCE", "tokens": [1], "chain": "E1"}]}
{"id": "b", "tokens": ["The", "crossing", "was", "destroyed", ".", "A", "singer", "won", "."], "sentence": [0,0,0,0,0,1,1,1,1], "validated_sentences": [0,1], "mentions": [{"type": "ACTION_OCCURRENCE", "tokens": [3], "chain": "E1"}, {"type": "ACTION_OCCURRENCE", "tokens": [7], "chain": "E2"}]}
{"id": "c", "tokens": ["The", "singer", "won", "gold", "."], "sentence": [0,0,0,0,0], "validated_sentences": [0], "mentions": [{"type": "ACTION_OCCURRENCE", "tokens": [2], "chain": "E2"}, {"type": "HUMAN_PART_PER", "tokens": [1], "chain": "H"}]}
`

func TestMeanings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ecb.jsonl.gz")
	zip(t, path, ecb)
	// A reader for whom bridges and crossings are one thing, singers another.
	meaning := func(text string) []int8 {
		if strings.Contains(text, "singer") {
			return []int8{0, 127}
		}
		return []int8{127, 0}
	}
	rows, err := Meanings(path, meaning)
	if err != nil {
		t.Fatal(err)
	}
	want := []Row{
		{"meaning, ECB+ dev", "nearest tells of the same event", 100, 4},
		{"meaning, ECB+ dev", "one of the nearest ten does", 100, 4},
		// The bridge shares no word with the crossing, save "the", which the singer has too.
		{"words alone (tf-idf), ECB+ dev", "nearest tells of the same event", 50, 4},
		{"words alone (tf-idf), ECB+ dev", "one of the nearest ten does", 100, 4},
	}
	if !slices.Equal(rows, want) {
		t.Errorf("got %v, want %v", rows, want)
	}
}
