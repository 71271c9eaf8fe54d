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

func TestCommonNounsSpeak(t *testing.T) {
	for noun, want := range map[string]string{"orchestra": "orchestra", "federation": "federation", "rumour": "", "report": "", "ambition": "", "law": ""} {
		d := build(t, "The|DET|2|det "+noun+"|NOUN|3|nsubj said|VERB|0|root so|ADV|3|advmod +.|PUNCT|3|punct")
		rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 1, 3, 4)}})
		if got := namesOf(rec, rec.Statements[0].Source); got != want {
			t.Errorf("the %s: %q, want %q", noun, got, want)
		}
	}
}
