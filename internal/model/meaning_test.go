package model

import (
	"math"
	"slices"
	"testing"
)

// withMeanings adds vectors of pieces to the small network.
func withMeanings(t *testing.T) *Model {
	t.Helper()
	w := tiny()
	vectors := make([]byte, len(smallPieces)*MeaningSize)
	for i := range vectors {
		vectors[i] = byte(int8(w.rnd.IntN(255) - 127))
	}
	w.put("meaning.weight", "i8", len(smallPieces), MeaningSize, vectors)
	w.floats("meaning.scale", random(w.rnd, len(smallPieces), 1), 1)
	m, err := LoadBytes(w.bytes())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMeaning(t *testing.T) {
	m := withMeanings(t)
	words := []string{"unbelievable", "minister"}
	got := m.Meaning(slices.Values(words))
	if len(got) != MeaningSize {
		t.Fatalf("%d numbers, want %d", len(got), MeaningSize)
	}
	var square float64
	for _, v := range got {
		square += float64(v) * float64(v)
	}
	if length := math.Sqrt(square); math.Abs(length-127) > 2 {
		t.Errorf("the vector is %.1f long, want 127", length)
	}
	slices.Reverse(words)
	if again := m.Meaning(slices.Values(words)); !slices.Equal(again, got) {
		t.Error("the order of words changes the meaning")
	}
	if one := m.Meaning(slices.Values(words[:1])); slices.Equal(one, got) {
		t.Error("fewer words have the same meaning")
	}
	if none := m.Meaning(slices.Values([]string(nil))); none != nil {
		t.Errorf("no words mean %v", none)
	}
}

func TestNoMeaning(t *testing.T) {
	m, err := LoadBytes(tiny().bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Meaning(slices.Values([]string{"a"})); got != nil {
		t.Errorf("a model without vectors gives %v", got)
	}
}
