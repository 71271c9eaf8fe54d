package resolve

import (
	"testing"

	"parley/internal/document"
	"parley/internal/read"
)

func TestPluralCounterparts(t *testing.T) {
	d := build(t, "Kenyan|ADJ|3|amod Foreign|ADJ|3|amod Minister|PROPN|4|nmod:desc Anna|PROPN|18|nsubj|PER Roe|PROPN|4|flat|PER and|CCONJ|11|cc his|PRON|11|nmod:poss "+
		"Greek|ADJ|11|amod and|CCONJ|10|cc French|ADJ|8|conj counterparts|NOUN|4|conj +,|PUNCT|13|punct Nikos|PROPN|11|appos|PER Dimas|PROPN|13|flat|PER and|CCONJ|16|cc "+
		"Jean|PROPN|13|conj|PER Noir|PROPN|16|flat|PER met|VERB|0|root +.|PUNCT|18|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 3, 17, 18)}})
	if got := namesOf(rec, rec.Statements[0].Source); got != "Anna Roe; Nikos Dimas; Jean Noir" {
		t.Errorf("got %s", got)
	}
	for name, role := range map[string]string{"Nikos Dimas": "Foreign Minister of Greece", "Jean Noir": "Foreign Minister of France"} {
		if a := actorNamed(rec, name); a == nil || a.Role != role {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestSeveralHolders(t *testing.T) {
	d := build(t, "The|DET|4|det Egyptian|ADJ|4|amod and|CCONJ|2|cc presidents|NOUN|0|root",
		"The|DET|6|det Egyptian|ADJ|6|amod and|CCONJ|4|cc Saudi|ADJ|2|conj foreign|ADJ|6|amod ministers|NOUN|7|nsubj met|VERB|0|root +.|PUNCT|7|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 9, 10, 11)}})
	if got := namesOf(rec, rec.Statements[0].Source); got != "Egyptian foreign minister; Saudi foreign minister" {
		t.Errorf("got %s", got)
	}
}

func TestAcronym(t *testing.T) {
	d := build(t,
		"The|DET|4|det Free|PROPN|4|compound|ORG Harbour|PROPN|4|compound|ORG Movement|PROPN|8|nsubj|ORG (|PUNCT|6|punct +FHM|PROPN|4|appos|ORG +)|PUNCT|6|punct agreed|VERB|0|root +.|PUNCT|8|punct",
		"FHM|PROPN|2|nsubj|ORG left|VERB|0|root +.|PUNCT|2|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 3, 7, 8), says(d, 9, 10, 11)}})
	if len(rec.Actors) != 1 || rec.Statements[0].Source[0] != rec.Statements[1].Source[0] {
		t.Errorf("got %+v", rec.Actors)
	}
}

func TestSourcesBehindDocuments(t *testing.T) {
	d := build(t, "A|DET|2|det report|NOUN|5|nsubj by|ADP|4|case UNICEF|PROPN|2|nmod|ORG said|VERB|0|root so|ADV|5|advmod +.|PUNCT|5|punct",
		"A|DET|3|det US|ADJ|3|amod statement|NOUN|4|nsubj said|VERB|0|root so|ADV|4|advmod +.|PUNCT|4|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 1, 5, 6), says(d, 9, 11, 12)}})
	if got := namesOf(rec, rec.Statements[0].Source); got != "UNICEF" {
		t.Errorf("a report by UNICEF: %s", got)
	}
	if got := namesOf(rec, rec.Statements[1].Source); got != "United States" {
		t.Errorf("a US statement: %s", got)
	}
}

func TestUnmarkedName(t *testing.T) {
	d := build(t, "The|DET|4|det Kenyan|ADJ|4|amod foreign|ADJ|4|amod minister|NOUN|9|nsubj +,|PUNCT|6|punct Anna|PROPN|4|appos Roe|PROPN|6|flat +,|PUNCT|6|punct left|VERB|0|root +.|PUNCT|9|punct")
	rec := sound(t, d, read.Reading{})
	if a := actorNamed(rec, "Anna Roe"); a == nil || a.Country != "KEN" || a.Role != "Foreign Minister of Kenya" {
		t.Errorf("got %+v", rec.Actors)
	}
}

func TestDeeds(t *testing.T) {
	d := build(t, "Israeli|ADJ|2|amod airstrikes|NOUN|3|nsubj killed|VERB|0|root two|NUM|5|nummod soldiers|NOUN|3|obj +.|PUNCT|3|punct")
	rec := sound(t, d, read.Reading{Events: []read.Event{{Type: "ASSAULT", Status: "actual", Actors: []read.Phrase{phraseOf(d, 1)}, Recipients: []read.Phrase{phraseOf(d, 4)},
		Trigger: d.Tokens[2].Span, TriggerTok: 2, Span: d.TokenSpan(0, 5), When: -1, Assertion: -1}}})
	if got := namesOf(rec, rec.Events[0].Actors); got != "Israel" {
		t.Errorf("got %s", got)
	}
}

func TestContactsJoined(t *testing.T) {
	d := build(t, "Anna|PROPN|4|nsubj|PER and|CCONJ|3|cc Paul|PROPN|1|conj|PER spoke|VERB|0|root on|ADP|6|case Sunday|PROPN|4|obl +.|PUNCT|4|punct",
		"During|ADP|3|case the|DET|3|det call|NOUN|5|obl they|PRON|5|nsubj agreed|VERB|0|root +.|PUNCT|5|punct")
	call := read.Contact{Kind: "call", Status: "held", Participants: []read.Phrase{phraseOf(d, 0)}, When: -1, Duration: -1, Span: d.TokenSpan(0, 6), SameAs: -1, Assertion: -1, Confidence: 0.8}
	again := read.Contact{Kind: "call", Status: "held", When: -1, Duration: -1, Span: d.TokenSpan(8, 10), SameAs: 0, Assertion: -1, Confidence: 0.5}
	rec := sound(t, d, read.Reading{Contacts: []read.Contact{call, again}})
	if len(rec.Contacts) != 1 || len(rec.Contacts[0].Spans) != 2 {
		t.Fatalf("got %+v", rec.Contacts)
	}
	if got := namesOf(rec, rec.Contacts[0].Participants); got != "Anna; Paul" {
		t.Errorf("participants %s", got)
	}
}

func TestConflictMakesDisputed(t *testing.T) {
	d := build(t, "Russia|PROPN|2|nsubj|LOC said|VERB|0|root peace|NOUN|2|obj +.|PUNCT|2|punct",
		"Ukraine|PROPN|2|nsubj|LOC said|VERB|0|root war|NOUN|2|obj +.|PUNCT|2|punct")
	in := read.Reading{Attributions: []read.Attribution{says(d, 0, 2, 3), says(d, 4, 6, 7)},
		Commitments: []read.Commitment{{Action: d.Tokens[2].Span, MadeIn: 0, MadeInEvent: -1, Due: -1}},
		Conflicts:   []read.Conflict{{A: read.Side{Attribution: 0}, B: read.Side{Attribution: 1}, Span: d.TokenSpan(4, 7), Assertion: -1}}}
	rec := sound(t, d, in)
	if len(rec.Contradictions) != 1 || rec.Contradictions[0].A != "s1" || rec.Contradictions[0].B != "s2" || rec.Contradictions[0].Basis != "stated" {
		t.Fatalf("got %+v", rec.Contradictions)
	}
	if rec.Commitments[0].State != "disputed" || namesOf(rec, rec.Commitments[0].By) != "Russia" {
		t.Errorf("got %+v", rec.Commitments[0])
	}
	in.Attributions[1].Content = []document.Span{{}}
	if rec := sound(t, d, in); len(rec.Statements) != 1 || len(rec.Contradictions) != 0 {
		t.Errorf("a statement without content stays: %+v", rec.Statements)
	}
}

func TestCapitalAttackedIsTheCity(t *testing.T) {
	d := build(t, "Rebels|NOUN|2|nsubj attacked|VERB|0|root Tripoli|PROPN|2|obj|LOC in|ADP|5|case Libya|PROPN|2|obl|LOC +.|PUNCT|2|punct")
	rec := sound(t, d, read.Reading{Events: []read.Event{{Type: "ASSAULT", Status: "actual", Actors: []read.Phrase{phraseOf(d, 0)}, Recipients: []read.Phrase{phraseOf(d, 2)},
		Trigger: d.Tokens[1].Span, TriggerTok: 1, Span: d.TokenSpan(0, 5), When: -1, Assertion: -1, Where: []read.Phrase{phraseOf(d, 2)}}}})
	if len(rec.Events[0].Recipients) != 0 || len(rec.Events[0].Where) != 1 {
		t.Errorf("got %+v", rec.Events[0])
	}
}

func TestCounterpartInApposition(t *testing.T) {
	d := build(t, "Greek|ADJ|3|amod Foreign|ADJ|3|amod Minister|PROPN|4|nmod:desc Nikos|PROPN|6|nsubj|PER Dimas|PROPN|4|flat|PER met|VERB|0|root his|PRON|9|nmod:poss "+
		"Albanian|ADJ|9|amod counterpart|NOUN|6|obj +,|PUNCT|11|punct Arben|PROPN|9|appos|PER Luka|PROPN|11|flat|PER +.|PUNCT|6|punct")
	rec := sound(t, d, read.Reading{})
	if a := actorNamed(rec, "Arben Luka"); a == nil || a.Role != "Foreign Minister of Albania" {
		t.Errorf("got %+v", rec.Actors)
	}
}
