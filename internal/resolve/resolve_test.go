package resolve

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/read"
	"parley/internal/record"
)

func TestTitleBeforeName(t *testing.T) {
	d := build(t,
		"French|ADJ|2|amod President|PROPN|3|nmod:desc Anna|PROPN|5|nsubj|PER Roe|PROPN|3|flat|PER said|VERB|0|root talks|NOUN|7|nsubj failed|VERB|5|ccomp +.|PUNCT|5|punct",
		"Roe|PROPN|2|nsubj|PER left|VERB|0|root +.|PUNCT|2|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 2, 5, 7)}})
	a := actorNamed(rec, "Anna Roe")
	if a == nil || a.Country != "FRA" || a.Sector != "GOV" || a.Role != "President of France" || a.Kind != "person" {
		t.Fatalf("got %+v", rec.Actors)
	}
	if len(rec.Actors) != 1 || len(a.Mentions) != 2 {
		t.Errorf("%d actors, mentions %v", len(rec.Actors), a.Mentions)
	}
	if got := namesOf(rec, rec.Statements[0].Source); got != "Anna Roe" {
		t.Errorf("source %s", got)
	}
}

func TestCounterpart(t *testing.T) {
	d := build(t,
		"Kenyan|ADJ|2|amod President|PROPN|3|nmod:desc Anna|PROPN|10|nsubj|PER Roe|PROPN|3|flat|PER and|CCONJ|8|cc his|PRON|8|nmod:poss "+
			"Ugandan|ADJ|8|amod counterpart|NOUN|3|conj Paul|PROPN|8|flat|PER agreed|VERB|0|root +.|PUNCT|10|punct",
		"Paul|PROPN|2|nsubj|PER told|VERB|0|root his|PRON|5|nmod:poss Kenyan|ADJ|5|amod counterpart|NOUN|2|obj that|SCONJ|8|mark talks|NOUN|8|nsubj failed|VERB|2|ccomp +.|PUNCT|2|punct",
		"Both|DET|2|nsubj left|VERB|0|root +.|PUNCT|2|punct")
	att := says(d, 11, 17, 19)
	att.Addressee = []read.Phrase{phraseOf(d, 15)}
	both := says(d, 20, 21, 22)
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{att, both}})
	if a := actorNamed(rec, "Paul"); a == nil || a.Country != "UGA" || a.Role != "President of Uganda" {
		t.Fatalf("got %+v", rec.Actors)
	}
	if got := namesOf(rec, rec.Statements[0].Addressee); got != "Anna Roe" {
		t.Errorf("addressee %s", got)
	}
	if got := namesOf(rec, rec.Statements[1].Source); got != "Anna Roe; Paul" {
		t.Errorf("both: %s", got)
	}
}

func TestOfficeNames(t *testing.T) {
	d := build(t,
		"French|ADJ|2|amod President|PROPN|3|nmod:desc Anna|PROPN|5|nsubj|PER Roe|PROPN|3|flat|PER left|VERB|0|root +.|PUNCT|5|punct",
		"Roe|PROPN|3|nmod:poss|PER +'s|PART|1|case office|NOUN|4|nsubj said|VERB|0|root so|ADV|4|advmod +.|PUNCT|4|punct",
		"The|DET|2|det Elysee|PROPN|3|nsubj|ORG said|VERB|0|root so|ADV|3|advmod +.|PUNCT|3|punct",
		"The|DET|3|det French|ADJ|3|amod presidency|NOUN|4|nsubj said|VERB|0|root so|ADV|4|advmod +.|PUNCT|4|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 8, 10, 11), says(d, 13, 15, 16), says(d, 19, 21, 22)}})
	for i := range rec.Statements {
		s := &rec.Statements[i]
		if len(s.Source) != 1 || s.Source[0] != rec.Statements[0].Source[0] {
			t.Fatalf("statement %s: source %s", s.ID, namesOf(rec, s.Source))
		}
	}
	a := actorNamed(rec, nameOf(rec, rec.Statements[0].Source[0]))
	if a.Kind != "office" || a.Country != "FRA" || len(a.Aliases) != 3 {
		t.Errorf("got %+v", a)
	}
}

func TestStatesAndPlaces(t *testing.T) {
	d := build(t,
		"Moscow|PROPN|2|nsubj|LOC said|VERB|0|root the|DET|5|det Russian|ADJ|5|amod government|NOUN|6|nsubj moved|VERB|2|ccomp troops|NOUN|6|obj from|ADP|9|case Belarus|PROPN|6|obl|LOC +.|PUNCT|2|punct",
		"Residents|NOUN|5|nsubj of|ADP|4|case eastern|ADJ|4|amod Ukraine|PROPN|1|nmod|LOC fled|VERB|0|root near|ADP|7|case Kharkov|PROPN|5|obl|LOC +.|PUNCT|5|punct",
		"Russia|PROPN|2|nsubj|LOC denied|VERB|0|root it|PRON|2|obj +.|PUNCT|2|punct")
	in := read.Reading{Attributions: []read.Attribution{says(d, 0, 2, 9), says(d, 18, 20, 21)},
		Events: []read.Event{{Type: "RETREAT", Status: "actual", Actors: []read.Phrase{phraseOf(d, 4)}, Trigger: d.Tokens[5].Span, TriggerTok: 5,
			Span: d.TokenSpan(2, 9), When: -1, Where: []read.Phrase{phraseOf(d, 8)}, Assertion: 0, Confidence: 0.5}}}
	rec := sound(t, d, in)
	if got := namesOf(rec, rec.Statements[0].Source); got != "Russia" {
		t.Errorf("Moscow said: %s", got)
	}
	if got := namesOf(rec, rec.Events[0].Actors); got != "Russia" || rec.Statements[1].Source[0] != rec.Events[0].Actors[0] {
		t.Errorf("the Russian government: %s", got)
	}
	want := map[string]string{"Belarus": "country BLR", "eastern Ukraine": "region UKR", "Kharkiv": "city UKR"}
	for _, p := range rec.Places {
		if want[p.Name] != p.Kind+" "+p.Country {
			t.Errorf("place %s: %s %s", p.Name, p.Kind, p.Country)
		}
		delete(want, p.Name)
	}
	if len(want) > 0 {
		t.Errorf("missing places %v", want)
	}
}

func TestFirstPersonAndPronoun(t *testing.T) {
	d := build(t,
		"Kenyan|ADJ|2|amod President|PROPN|3|nmod:desc Anna|PROPN|5|nsubj|PER Roe|PROPN|3|flat|PER arrived|VERB|0|root +.|PUNCT|5|punct",
		"\"|PUNCT|3|punct +I|PRON|3|nsubj promise|VERB|7|ccomp peace|NOUN|3|obj +\"|PUNCT|3|punct she|PRON|7|nsubj said|VERB|0|root +.|PUNCT|7|punct")
	att := says(d, 11, 7, 10)
	att.Quotation = "direct"
	in := read.Reading{Attributions: []read.Attribution{att}, Commitments: []read.Commitment{{By: []read.Phrase{{Head: 7, First: 7, End: 8}},
		Action: d.TokenSpan(8, 10), Due: -1, MadeIn: 0, MadeInEvent: -1, Confidence: 0.5}}}
	rec := sound(t, d, in)
	if got := namesOf(rec, rec.Statements[0].Source); got != "Anna Roe" {
		t.Errorf("she: %s", got)
	}
	if got := namesOf(rec, rec.Commitments[0].By); got != "Anna Roe" || rec.Commitments[0].State != "open" {
		t.Errorf("I: %s", got)
	}
}

func TestTwoOfOneName(t *testing.T) {
	d := build(t,
		"President|PROPN|2|nmod:desc Raul|PROPN|4|nsubj|PER Costa|PROPN|2|flat|PER met|VERB|0|root Maria|PROPN|4|obj|PER Costa|PROPN|5|flat|PER +.|PUNCT|4|punct",
		"President|PROPN|2|nmod:desc Costa|PROPN|3|nsubj|PER left|VERB|0|root +.|PUNCT|3|punct")
	rec := sound(t, d, read.Reading{Attributions: []read.Attribution{says(d, 8, 9, 10)}})
	if len(rec.Actors) != 2 {
		t.Fatalf("got %+v", rec.Actors)
	}
	if got := namesOf(rec, rec.Statements[0].Source); got != "Raul Costa" {
		t.Errorf("President Costa: %s", got)
	}
}

func TestEmptyAndHostile(t *testing.T) {
	sound(t, build(t), read.Reading{})
	d := build(t, "a|NOUN|0|root b|NOUN|1|conj")
	sound(t, d, read.Reading{Attributions: []read.Attribution{{Source: []read.Phrase{{Head: 99, First: 99, End: 100}}, SameSource: 0, Within: 0, CueHead: -1,
		Content: []read.Attribution{says(d, 0, 0, 1)}[0].Content, Act: "say", Quotation: "direct", SaidAt: 7}}})
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestSameAtOnce resolves one document in several goroutines: the records must be equal.
func TestSameAtOnce(t *testing.T) {
	r := resolver(t)
	d := build(t, "French|ADJ|2|amod President|PROPN|3|nmod:desc Anna|PROPN|5|nsubj|PER Roe|PROPN|3|flat|PER met|VERB|0|root Russia|PROPN|8|nmod:poss|LOC +'s|PART|6|case envoy|NOUN|5|obj in|ADP|10|case Homs|PROPN|5|obl|LOC +.|PUNCT|5|punct")
	in := read.Reading{Attributions: []read.Attribution{says(d, 2, 5, 8)}}
	out := make([]*record.Record, 8)
	var wait sync.WaitGroup
	for i := range out {
		wait.Go(func() { out[i] = r.Resolve(d, in) })
	}
	wait.Wait()
	for _, rec := range out[1:] {
		if diff := cmp.Diff(out[0], rec); diff != "" {
			t.Fatal(diff)
		}
	}
}
