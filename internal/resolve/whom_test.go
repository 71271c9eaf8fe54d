package resolve

import (
	"testing"

	"parley/internal/read"
)

func TestArmedGroupBehindAnotherAdjective(t *testing.T) {
	d := build(t, "The|DET|4|det Kurdish-led|ADJ|4|amod Syrian|ADJ|4|amod Democratic|PROPN|5|compound Forces|PROPN|6|nsubj left|VERB|0|root +.|PUNCT|6|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 4, 5, 6)}})
	if got := namesOf(rec, rec.Statements[0].Source); got != "Syrian Democratic Forces" {
		t.Errorf("got %q", got)
	}
}
