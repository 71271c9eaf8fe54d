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
