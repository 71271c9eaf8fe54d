package parse

import "testing"

// TestAppose hangs second subjects on first ones.
func TestAppose(t *testing.T) {
	for _, c := range []struct {
		name, tree  string
		first, next string // relations of the first subject and of the second
		head        int    // of the second
	}{
		{"a second subject", "Peru/PROPN/7/nsubj ,/PUNCT/3/punct one/NUM/7/nsubj of/ADP/5/case states/NOUN/3/nmod ,/PUNCT/3/punct said/VERB/0/root", "nsubj", "appos", 0},
		{"the first is taken for dislocated", "Peru/PROPN/7/dislocated ,/PUNCT/3/punct one/NUM/7/nsubj of/ADP/5/case states/NOUN/3/nmod ,/PUNCT/3/punct said/VERB/0/root", "nsubj", "appos", 0},
		{"of a passive", "Peru/PROPN/7/dislocated ,/PUNCT/3/punct one/NUM/7/nsubj:pass of/ADP/5/case states/NOUN/3/nmod ,/PUNCT/3/punct asked/VERB/0/root", "nsubj:pass", "appos", 0},
		{"a pronoun takes it up", "Peru/PROPN/4/dislocated ,/PUNCT/1/punct it/PRON/4/nsubj said/VERB/0/root", "dislocated", "nsubj", 3},
		{"no comma between", "Peru/PROPN/3/dislocated one/NUM/3/nsubj said/VERB/0/root", "dislocated", "nsubj", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := grown(c.tree)
			w := &work{doc: doc}
			w.appose(0, len(doc.Tokens))
			second := 2
			if doc.Tokens[1].Form != "," {
				second = 1
			}
			if got := doc.Tokens[0].Rel; got != c.first {
				t.Errorf("the first is %s, want %s", got, c.first)
			}
			if tok := doc.Tokens[second]; tok.Rel != c.next || tok.Head != c.head {
				t.Errorf("the second is %s of %d, want %s of %d", tok.Rel, tok.Head, c.next, c.head)
			}
		})
	}
}

// TestBareAuxiliary hangs arguments of auxiliaries on what these serve.
func TestBareAuxiliary(t *testing.T) {
	for _, c := range []struct {
		name, tree string
		token      int
		head       int // afterwards
	}{
		{"a subject", "Peru/PROPN/2/nsubj has/AUX/3/aux raised/VERB/0/root taxes/NOUN/3/obj", 0, 2},
		{"a subject of a copula", "Peru/PROPN/2/nsubj is/AUX/3/cop calm/ADJ/0/root", 0, 2},
		{"a phrase", "Peru/PROPN/3/nsubj was/AUX/3/aux:pass hit/VERB/0/root on/ADP/5/case Monday/PROPN/2/obl", 4, 2},
		{"an adverb stays", "Peru/PROPN/4/nsubj has/AUX/4/aux never/ADV/2/advmod lost/VERB/0/root", 2, 1},
		{"a verb keeps its own", "Peru/PROPN/2/nsubj has/VERB/0/root taxes/NOUN/2/obj", 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := grown(c.tree)
			(&work{doc: doc}).bareAuxiliary(0, len(doc.Tokens))
			if got := doc.Tokens[c.token].Head; got != c.head {
				t.Errorf("%s hangs on token %d, want %d", doc.Tokens[c.token].Form, got, c.head)
			}
		})
	}
}

// TestCoordinate makes first conjuncts of what stands before a determiner.
func TestCoordinate(t *testing.T) {
	for _, c := range []struct {
		name, tree    string
		first, second int // heads of the first word and of the fourth
		rel           string
	}{
		{"a possessive", "Ruiz/PROPN/4/compound and/CCONJ/4/cc his/PRON/4/nmod:poss aides/NOUN/5/nsubj met/VERB/0/root", 4, 0, "conj"},
		{"an article", "Peru/PROPN/4/compound and/CCONJ/4/cc the/DET/4/det Union/PROPN/5/nsubj met/VERB/0/root", 4, 0, "conj"},
		{"compounds joined", "Steel/NOUN/4/compound and/CCONJ/3/cc coal/NOUN/1/conj prices/NOUN/5/nsubj fell/VERB/0/root", 3, 4, "nsubj"},
		{"no determiner", "Research/NOUN/4/compound and/CCONJ/4/cc new/ADJ/4/amod prices/NOUN/5/nsubj fell/VERB/0/root", 3, 4, "nsubj"},
		{"a first conjunct already", "Ruiz/PROPN/5/nsubj and/CCONJ/4/cc his/PRON/4/nmod:poss aides/NOUN/1/conj met/VERB/0/root", 4, 0, "conj"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := grown(c.tree)
			(&work{doc: doc}).coordinate(0, len(doc.Tokens))
			if got := doc.Tokens[0].Head; got != c.first {
				t.Errorf("the first hangs on token %d, want %d", got, c.first)
			}
			if tok := doc.Tokens[3]; tok.Head != c.second || tok.Rel != c.rel {
				t.Errorf("the second is %s of %d, want %s of %d", tok.Rel, tok.Head, c.rel, c.second)
			}
		})
	}
}
