package resolve

import (
	"math/rand/v2"
	"testing"
	"time"

	"parley/internal/document"
	"parley/internal/read"
	"parley/internal/record"
)

// words from which hostile documents are thrown together: everything that some rule looks for.
var hostileWords = []string{"the", "both", "two", "leaders", "he", "they", "I", "we", "who", "French", "Moscow", "Kremlin", "Macron", "(", ")", "-", "'s",
	"President", "foreign", "minister", "of", "State", "counterpart", "Russian", "office", "UN", "Brussels", "report", "\"", ",", ".", "Kyiv", "eastern",
	"Ukraine", "rebels", "troops", "é", "東京", "\u200d", "ISIS", "A", "spokesman", "and", "to", "in", "Sunday", "x"}

// hostile makes a document with random trees, names, mentions and quotations, and a reading that points anywhere.
func hostile(r *rand.Rand) (*document.Document, read.Reading) {
	d := &document.Document{Published: time.Date(2022, 2, 20, 0, 0, 0, 0, time.UTC)}
	pos := []string{"NOUN", "PROPN", "ADJ", "VERB", "PRON", "DET", "PUNCT", "ADP", "X"}
	rels := []string{"nsubj", "obj", "obl", "nmod", "nmod:poss", "nmod:desc", "flat", "compound", "amod", "appos", "conj", "case", "det", "acl:relcl", "punct"}
	for range r.IntN(4) {
		first := len(d.Tokens)
		n := 1 + r.IntN(20)
		for i := range n {
			w := hostileWords[r.IntN(len(hostileWords))]
			if len(d.Text) > 0 {
				d.Text += " "
			}
			at := len(d.Text)
			d.Text += w
			head := -1
			if i > 0 {
				head = first + r.IntN(i)
			}
			d.Tokens = append(d.Tokens, document.Token{Span: document.Span{Start: at, End: len(d.Text)}, Form: w, UPOS: pos[r.IntN(len(pos))], Head: head, Rel: rels[r.IntN(len(rels))]})
		}
		d.Sentences = append(d.Sentences, document.Sentence{First: first, End: len(d.Tokens), Root: first, Span: d.TokenSpan(first, len(d.Tokens))})
	}
	d.Paragraphs = []document.Paragraph{{Span: document.Span{Start: 0, End: len(d.Text)}, Kind: document.Body}}
	d.Link()
	n := len(d.Tokens)
	if n == 0 {
		return d, read.Reading{}
	}
	part := func() (int, int) { a := r.IntN(n); return a, a + 1 + r.IntN(n-a) }
	kinds := []string{"PER", "ORG", "LOC", "NORP", "MISC"}
	for range r.IntN(8) {
		a, b := part()
		d.Names = append(d.Names, document.Name{First: a, End: min(b, a+4), Kind: kinds[r.IntN(len(kinds))]})
		a, b = part()
		d.Mentions = append(d.Mentions, document.Mention{First: a, End: b, Head: a + r.IntN(b-a), Kind: document.Nominal, Entity: r.IntN(3)})
	}
	phrases := func() (out []read.Phrase) {
		for range r.IntN(3) {
			a, b := part()
			out = append(out, read.Phrase{Head: a + r.IntN(b-a), First: a, End: b})
		}
		return out
	}
	span := func() document.Span { a, b := part(); return d.TokenSpan(a, b) }
	var in read.Reading
	for i := range r.IntN(5) {
		in.Attributions = append(in.Attributions, read.Attribution{Source: phrases(), Addressee: phrases(), Via: phrases(), SameSource: r.IntN(5) - 1, Within: r.IntN(5) - 1,
			Content: []document.Span{span()}, Act: "say", Quotation: []string{"direct", "indirect"}[i%2], SaidAt: -1, CueHead: -1})
		in.Events = append(in.Events, read.Event{Type: "ASSAULT", Status: "actual", Actors: phrases(), Recipients: phrases(), Where: phrases(), Trigger: span(),
			Span: span(), When: -1, Assertion: r.IntN(6) - 1})
		in.Contacts = append(in.Contacts, read.Contact{Kind: "call", Status: "held", Participants: phrases(), When: -1, Duration: -1, Span: span(), SameAs: r.IntN(5) - 1, Assertion: -1})
		in.Commitments = append(in.Commitments, read.Commitment{By: phrases(), Action: span(), Due: -1, MadeIn: r.IntN(6) - 1, MadeInEvent: r.IntN(6) - 1})
		in.Conflicts = append(in.Conflicts, read.Conflict{By: phrases(), A: read.Side{Attribution: r.IntN(6) - 1}, B: read.Side{Attribution: -1, Phrase: read.Phrase{Head: r.IntN(n), First: 0, End: 1}},
			Span: span(), Assertion: r.IntN(6) - 1})
	}
	return d, in
}

func TestHostile(t *testing.T) {
	res := resolver(t)
	for seed := range uint64(3000) {
		d, in := hostile(rand.New(rand.NewPCG(seed, 7)))
		rec := res.Resolve(d, in)
		for _, err := range record.Check(rec) {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

func FuzzResolve(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) {
		d, in := hostile(rand.New(rand.NewPCG(seed, 11)))
		rec := resolver(t).Resolve(d, in)
		for _, err := range record.Check(rec) {
			t.Fatal(err)
		}
	})
}
