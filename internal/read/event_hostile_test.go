package read

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"parley/internal/document"
)

// TestHostileTrees reads sentences of random words in random trees: nothing may crash, and every span and index must stay inside.
func TestHostileTrees(t *testing.T) {
	words := strings.Fields(`promised pledged by attack invade agree agreed to will would should not if unless as soon until after call talks meeting the a this of with
		between by on against Russia Kovac Ruud it they who which that 46 $ 5 million killed dead people troops said claim contradict deny denied
		treaty Article resolution 2259 2014 Monday on for phone office 's - " , . ? sanctions impose threatened cease fire "“" ”`)
	tags := strings.Fields("VERB NOUN PROPN ADJ PRON NUM ADP AUX DET PUNCT PART SCONJ ADV CCONJ SYM X")
	penn := strings.Fields("VB VBD VBG VBN VBZ NN NNS NNP JJ PRP CD IN MD DT . TO RB CC $ POS WDT")
	rels := strings.Fields(`nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss amod compound appos flat conj cc case mark det aux aux:pass cop xcomp
		ccomp advcl acl acl:relcl parataxis advmod punct nummod expl csubj fixed compound:prt obl:unmarked`)
	rng := rand.New(rand.NewPCG(7, 11))
	for n := 0; n < 3000; n++ {
		doc := hostile(rng, words, tags, penn, rels)
		r := Read(doc)
		checkReading(t, doc, &r)
	}
}

func hostile(rng *rand.Rand, words, tags, penn, rels []string) *document.Document {
	doc := &document.Document{Published: time.Date(2022, 2, 20, 0, 0, 0, 0, time.UTC)}
	var text strings.Builder
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	for range 1 + rng.IntN(3) {
		first, size := len(doc.Tokens), 1+rng.IntN(18)
		root := rng.IntN(size)
		for i := range size {
			if text.Len() > 0 && rng.IntN(5) > 0 {
				text.WriteByte(' ')
			}
			w, at := pick(words), text.Len()
			text.WriteString(w)
			tok := document.Token{Span: document.Span{Start: at, End: text.Len()}, Form: w, Lemma: strings.TrimSuffix(w, "ed"), UPOS: pick(tags), XPOS: pick(penn), Rel: pick(rels), Head: -1}
			switch {
			case i == root:
				tok.Rel = "root"
			case i < root:
				tok.Head = first + i + 1 + rng.IntN(root-i) // towards the root, so that it stays a tree
			default:
				tok.Head = first + root + rng.IntN(i-root)
			}
			doc.Tokens = append(doc.Tokens, tok)
		}
		doc.Sentences = append(doc.Sentences, document.Sentence{First: first, End: len(doc.Tokens), Root: first + root, Span: doc.TokenSpan(first, len(doc.Tokens))})
	}
	if rng.IntN(2) == 0 {
		text.WriteString(" by Friday 5 May 2021") // a part that is not read has no tokens
	}
	doc.Text = text.String()
	doc.Paragraphs = []document.Paragraph{{Kind: document.Body, Span: document.Span{End: len(doc.Text)}}}
	for i := range doc.Tokens {
		doc.Mentions = append(doc.Mentions, document.Mention{First: i, End: i + 1, Head: i, Entity: rng.IntN(5)})
	}
	doc.Link()
	pair(doc)
	return doc
}

func checkReading(t *testing.T, doc *document.Document, r *Reading) {
	t.Helper()
	span := func(what string, s document.Span) {
		if s.Start < 0 || s.End > len(doc.Text) || s.End < s.Start {
			t.Fatalf("%s %v in %q", what, s, doc.Text)
		}
	}
	phrases := func(what string, lists ...[]Phrase) {
		for _, l := range lists {
			for _, p := range l {
				if p.First < 0 || p.End > len(doc.Tokens) || p.First > p.Head || p.Head >= p.End {
					t.Fatalf("%s %+v in %q", what, p, doc.Text)
				}
			}
		}
	}
	index := func(what string, i, n int) {
		if i < -1 || i >= n {
			t.Fatalf("%s %d of %d in %q", what, i, n, doc.Text)
		}
	}
	for _, e := range r.Events {
		span("event", e.Span)
		span("trigger", e.Trigger)
		phrases("side", e.Actors, e.Recipients, e.Where)
		index("when", e.When, len(r.Times))
		index("assertion", e.Assertion, len(r.Attributions))
	}
	for _, c := range r.Contacts {
		span("contact", c.Span)
		span("about", c.About)
		phrases("participant", c.Participants, c.Where)
		index("same", c.SameAs, len(r.Contacts))
		index("duration", c.Duration, len(r.Times))
	}
	for _, c := range r.Commitments {
		span("action", c.Action)
		phrases("by", c.By, c.To)
		for _, k := range c.Conditions {
			span("condition", k.Span)
		}
		index("due", c.Due, len(r.Times))
		index("made in", c.MadeIn, len(r.Attributions))
	}
	for _, f := range r.Figures {
		span("figure", f.Span)
		span("of", f.Of)
		phrases("figure", f.Where, f.By)
	}
	for _, c := range r.Conflicts {
		span("conflict", c.Span)
		phrases("by", c.By)
		index("side", c.A.Attribution, len(r.Attributions))
		index("side", c.B.Attribution, len(r.Attributions))
	}
	for _, g := range r.Agreements {
		phrases("agreement", []Phrase{g.Name}, g.Parties)
		for _, s := range append(g.Terms, g.Mentions...) {
			span("terms", s)
		}
	}
}

// TestTimeBehindTheTokens reads a promise in a document whose last part, with a time in it, is not read and has no tokens.
func TestTimeBehindTheTokens(t *testing.T) {
	doc := compact(t, []string{"He/he/PRP/2/nsubj promised/promise/VBD/0/root to/to/TO/4/mark leave/leave/VB/2/xcomp the/the/DT/6/det base/base/NN/4/obj _./././2/punct"})
	const rest = "Updated by Friday 5 May 2021"
	doc.Text += "\n\n" + rest
	doc.Paragraphs = append(doc.Paragraphs, document.Paragraph{Kind: document.Furniture, Span: document.Span{Start: len(doc.Text) - len(rest), End: len(doc.Text)}})
	r := Read(doc)
	checkReading(t, doc, &r)
	if len(r.Commitments) != 1 {
		t.Errorf("%d commitments", len(r.Commitments))
	}
}
