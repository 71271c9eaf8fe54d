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

func TestMinistryInCapital(t *testing.T) {
	d := build(t, "The|DET|4|det French|ADJ|4|amod Foreign|PROPN|4|compound Ministry|PROPN|5|nsubj left|VERB|0|root +.|PUNCT|5|punct",
		"The|DET|3|det Foreign|PROPN|3|compound Ministry|PROPN|6|nsubj in|ADP|5|case Moscow|PROPN|3|nmod|LOC agreed|VERB|0|root +.|PUNCT|6|punct",
		"The|DET|2|det embassy|NOUN|5|nsubj in|ADP|4|case Moscow|PROPN|2|nmod|LOC agreed|VERB|0|root +.|PUNCT|5|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 3, 4, 5), says(d, 8, 11, 12), says(d, 14, 17, 18)}})
	if got := namesOf(rec, rec.Statements[1].Source); got != "Russian Foreign Ministry" {
		t.Errorf("got %q", got)
	}
	if got := namesOf(rec, rec.Statements[2].Source); got == "Embassy of Russia" {
		t.Errorf("got %q", got)
	}
}

func TestTheyAreTheSubjectsBefore(t *testing.T) {
	d := build(t,
		"Norway|PROPN|3|nsubj|LOC and|CCONJ|1|cc left|VERB|0|root +.|PUNCT|3|punct",
		"The|DET|2|det minister|NOUN|7|nsubj +,|PUNCT|4|punct Anna|PROPN|2|appos|PER and|CCONJ|6|cc Jon|PROPN|4|conj|PER criticised|VERB|0|root Turkey|PROPN|7|obj|LOC and|CCONJ|10|cc Libya|PROPN|8|conj|LOC +.|PUNCT|7|punct",
		"They|PRON|2|nsubj said|VERB|0|root so|ADV|2|advmod +.|PUNCT|2|punct",
		"They|PRON|2|nsubj added|VERB|0|root so|ADV|2|advmod +.|PUNCT|2|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 15, 16, 17), says(d, 19, 20, 21)}})
	for i := range rec.Statements {
		if got := namesOf(rec, rec.Statements[i].Source); got == "Turkey; Libya" {
			t.Errorf("%d: got %q", i, got)
		}
	}
}

func TestItTakesTheParallelSubject(t *testing.T) {
	d := build(t, "Moscow|PROPN|2|nsubj|LOC complained|VERB|0|root that|SCONJ|5|mark Turkey|PROPN|5|nsubj|LOC left|VERB|2|ccomp +,|PUNCT|9|punct and|CCONJ|9|cc it|PRON|9|nsubj agreed|VERB|2|conj +.|PUNCT|2|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 7, 8, 9)}})
	if got := namesOf(rec, rec.Statements[0].Source); got != "Russia" {
		t.Errorf("got %q", got)
	}
}

func TestForcesOfOthers(t *testing.T) {
	d := build(t, "Syrian|ADJ|2|amod forces|NOUN|3|nsubj left|VERB|0|root +.|PUNCT|3|punct",
		"Syrian|ADJ|3|amod rebel|NOUN|3|compound forces|NOUN|4|nsubj agreed|VERB|0|root +.|PUNCT|4|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 1, 2, 3), says(d, 6, 7, 8)}})
	if got := namesOf(rec, rec.Statements[1].Source); got != "Syrian rebel forces" {
		t.Errorf("got %q", got)
	}
	d = build(t, "The|DET|5|det U.S.|PROPN|4|compound +-|PUNCT|2|punct +led|VERB|5|amod coalition|NOUN|6|nsubj invaded|VERB|0|root +.|PUNCT|6|punct",
		"Coalition|NOUN|2|compound troops|NOUN|3|nsubj agreed|VERB|0|root +.|PUNCT|3|punct")
	rec = sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 4, 5, 6), says(d, 8, 9, 10)}})
	if got := namesOf(rec, rec.Statements[1].Source); got != "US-led coalition" {
		t.Errorf("got %q", got)
	}
}

func TestSameNounTakenUp(t *testing.T) {
	d := build(t, "A|DET|4|det senior|ADJ|4|amod US|ADJ|4|amod official|NOUN|5|nsubj left|VERB|0|root +.|PUNCT|5|punct",
		"The|DET|2|det army|NOUN|3|nsubj left|VERB|0|root +.|PUNCT|3|punct",
		"The|DET|2|det official|NOUN|3|nsubj agreed|VERB|0|root +.|PUNCT|3|punct",
		"The|DET|3|det Kenyan|ADJ|3|amod army|NOUN|4|nsubj left|VERB|0|root +.|PUNCT|4|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 3, 4, 5), says(d, 7, 8, 9), says(d, 11, 12, 13), says(d, 16, 17, 18)}})
	if a, b := namesOf(rec, rec.Statements[0].Source), namesOf(rec, rec.Statements[2].Source); a != b {
		t.Errorf("official: %q and %q", a, b)
	}
	if a, b := namesOf(rec, rec.Statements[1].Source), namesOf(rec, rec.Statements[3].Source); a != b {
		t.Errorf("army: %q and %q", a, b)
	}
}

// TestPoliceWithoutMore: "police" of which nothing more is said are the same all through an article; a hospital is not.
func TestPoliceWithoutMore(t *testing.T) {
	said := func(noun string) int {
		d := build(t, noun+"|NOUN|2|nsubj spoke|VERB|0|root +.|PUNCT|2|punct", noun+"|NOUN|2|nsubj objected|VERB|0|root +.|PUNCT|2|punct")
		rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 0, 1, 2), says(d, 3, 4, 5)}})
		return len(rec.Actors)
	}
	if n := said("police"); n != 1 {
		t.Errorf("police: %d actors", n)
	}
	if n := said("hospital"); n != 2 {
		t.Errorf("a hospital: %d actors", n)
	}
}

// TestBodyNamedBefore: "the army" is that of the country whose army the text has named so far, whoever's comes later.
func TestBodyNamedBefore(t *testing.T) {
	army := func(country string) string {
		return "The|DET|3|det " + country + "|ADJ|3|amod army|NOUN|4|nsubj fought|VERB|0|root +.|PUNCT|4|punct"
	}
	spoke := "The|DET|2|det army|NOUN|3|nsubj spoke|VERB|0|root +.|PUNCT|3|punct"
	for _, c := range []struct {
		sentences []string
		cue       int // token
		want      string
	}{
		{[]string{army("Lebanese"), spoke, army("Philippine")}, 7, "Lebanese armed forces"},
		{[]string{army("Lebanese"), army("Philippine"), spoke}, 12, "army"},
	} {
		d := build(t, c.sentences...)
		rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, c.cue-1, c.cue, c.cue+1)}})
		if got := namesOf(rec, rec.Statements[0].Source); got != c.want {
			t.Errorf("%q: %s, want %s", c.sentences, got, c.want)
		}
	}
}

// TestOfficeBeforeRank: of "army spokesman Major X" the office counts, and a spokesman of the army is one of its country's.
func TestOfficeBeforeRank(t *testing.T) {
	d := build(t, "The|DET|3|det Lebanese|ADJ|3|amod army|NOUN|4|nsubj fought|VERB|0|root +.|PUNCT|4|punct",
		"Army|NOUN|2|compound spokesman|NOUN|4|nmod:desc Major|PROPN|4|nmod:desc Anna|PROPN|6|nsubj|PER Roe|PROPN|4|flat|PER spoke|VERB|0|root +.|PUNCT|6|punct",
		"Police|NOUN|2|compound chief|NOUN|4|nmod:desc Dr.|NOUN|4|nmod:desc Jon|PROPN|6|nsubj|PER Dimas|PROPN|4|flat|PER spoke|VERB|0|root +.|PUNCT|6|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 8, 10, 11), says(d, 15, 17, 18)}})
	if a := actorNamed(rec, "Anna Roe"); a == nil || a.Country != "LBN" || a.Role != "Spokesman of the Lebanese armed forces" {
		t.Errorf("got %+v", a)
	}
	if a := actorNamed(rec, "Jon Dimas"); a == nil || a.Role != "Police Chief" {
		t.Errorf("got %+v", a)
	}
}

// TestPlaceStricken: a town that something is done to is a place, though no preposition says so.
func TestPlaceStricken(t *testing.T) {
	d := build(t, "Rebels|NOUN|2|nsubj shelled|VERB|0|root Mphande|PROPN|2|obj|LOC +.|PUNCT|2|punct")
	d.Names[0].Score = 0.9
	rec := sound(t, d, read.Reading{})
	if len(rec.Places) != 1 || rec.Places[0].Name != "Mphande" {
		t.Errorf("got %+v", rec.Places)
	}
}

// TestTwoSidesAgain: "the two sides" are whom the same words meant in the sentence before, not two others named there.
func TestTwoSidesAgain(t *testing.T) {
	d := build(t, "Anna|PROPN|2|nsubj|PER Roe|PROPN|1|flat|PER met|VERB|0|root Jon|PROPN|3|obj|PER Dimas|PROPN|4|flat|PER +.|PUNCT|3|punct",
		"The|DET|3|det two|NUM|3|nummod sides|NOUN|4|nsubj recalled|VERB|0|root a|DET|6|det summit|NOUN|4|obj between|ADP|8|case Ida|PROPN|6|nmod|PER and|CCONJ|10|cc Max|PROPN|8|conj|PER +.|PUNCT|4|punct",
		"The|DET|3|det two|NUM|3|nummod sides|NOUN|4|nsubj agreed|VERB|0|root +.|PUNCT|4|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 19, 20, 21)}})
	if got := namesOf(rec, rec.Statements[0].Source); got != "Anna Roe; Jon Dimas" {
		t.Errorf("got %s", got)
	}
}

// TestContactTold: of a contact the kind that says most is kept, and an official's own state is no third party.
func TestContactTold(t *testing.T) {
	d := build(t, "President|PROPN|2|nmod:desc Roe|PROPN|3|nsubj|PER called|VERB|0|root Prime|ADJ|5|amod Minister|PROPN|6|nmod:desc Dimas|PROPN|3|obj|PER of|ADP|8|case Mali|PROPN|6|nmod|LOC +.|PUNCT|3|punct",
		"Roe|PROPN|2|nsubj|PER spoke|VERB|0|root with|ADP|4|case Dimas|PROPN|2|obl|PER +.|PUNCT|2|punct",
		"They|PRON|2|nsubj agreed|VERB|0|root +.|PUNCT|2|punct")
	contact := func(kind string, trigger int, who ...int) read.Contact {
		c := read.Contact{Kind: kind, Status: "held", Trigger: trigger, Span: d.TokenSpan(trigger, trigger+1), When: -1, Duration: -1, SameAs: -1, Assertion: -1}
		for _, i := range who {
			c.Participants = append(c.Participants, phraseOf(d, i))
		}
		return c
	}
	rec := sound(t, d, read.Reading{Contacts: []read.Contact{contact("talks", 10, 9, 12), contact("call", 2, 1, 5, 7)},
		Attributions: []read.Attribution{says(d, 14, 15, 16)}})
	if len(rec.Contacts) != 1 || rec.Contacts[0].Kind != "call" || namesOf(rec, rec.Contacts[0].Participants) != "Roe; Dimas" {
		t.Errorf("got %+v", rec.Contacts)
	}
	if got := namesOf(rec, rec.Statements[0].Source); got != "Roe; Dimas" {
		t.Errorf("they are %s", got)
	}
}
