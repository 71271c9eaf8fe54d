package read

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"parley/internal/document"
)

// TestHostile reads documents of random words, trees, quotations and marks: nothing may crash, and everything
// that comes out must point into the text.
func TestHostile(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		doc := random(rng)
		attributions, _ := readAttributions(doc, readTimes(doc))
		for i, a := range attributions {
			for _, s := range append(slices.Clone(a.Content), a.Cue, a.SourceSpan) {
				if s.Start < 0 || s.End > len(doc.Text) || s.End < s.Start {
					t.Fatalf("span %v outside the text: %+v", s, a)
				}
			}
			if len(a.Content) == 0 || a.Within >= len(attributions) || a.SameSource >= len(attributions) || a.Within == i || a.SameSource == i {
				t.Fatalf("attribution %d is broken: %+v", i, a)
			}
			for _, p := range slices.Concat(a.Source, a.Addressee, a.Via) {
				if p.First < 0 || p.End > len(doc.Tokens) || p.Head < p.First || p.Head >= p.End {
					t.Fatalf("phrase %+v is broken", p)
				}
			}
		}
	}
}

// random is a document of one to four sentences with any tree over words that attribution looks for.
func random(rng *rand.Rand) *document.Document {
	words := strings.Fields("said told according to that Minister Reuters he it quoting claim willing , : “ ” ' . by on Sunday adding " +
		"called report for not if will who as saying warned threatened statement agreed they reporters truce ( )")
	tags := strings.Fields("VBD VBG VBN VBZ NN NNP PRP IN TO RB MD JJ DT WP WDT , . : CC")
	rels := strings.Fields("nsubj obj iobj obl nmod nmod:poss ccomp xcomp parataxis advcl acl acl:relcl conj cc case mark aux aux:pass cop " +
		"punct advmod appos det flat compound obl:agent nsubj:pass csubj expl dep")
	doc := &document.Document{Language: "en", Paragraphs: []document.Paragraph{{Kind: document.Body}}}
	var text strings.Builder
	for range 1 + rng.IntN(4) {
		first, n := len(doc.Tokens), 1+rng.IntN(25)
		order := rng.Perm(n) // a token's head is one that comes earlier in this order: no ring
		at := make([]int, n)
		for i, tok := range order {
			at[tok] = i
		}
		for i := range n {
			head := -1
			if at[i] > 0 {
				head = first + order[rng.IntN(at[i])]
			}
			word, xpos, rel := words[rng.IntN(len(words))], tags[rng.IntN(len(tags))], rels[rng.IntN(len(rels))]
			start := text.Len()
			text.WriteString(word + " ")
			doc.Tokens = append(doc.Tokens, document.Token{Span: document.Span{Start: start, End: start + len(word)}, Form: word, Lemma: word,
				UPOS: coarse(xpos, rel), XPOS: xpos, Head: head, Rel: rel})
		}
		end := len(doc.Tokens)
		doc.Sentences = append(doc.Sentences, document.Sentence{First: first, End: end, Root: first + order[0], Span: doc.TokenSpan(first, end)})
	}
	doc.Text = text.String()
	doc.Paragraphs[0].Span = document.Span{End: len(doc.Text)}
	doc.Link()
	n := len(doc.Tokens)
	for range rng.IntN(4) {
		first := rng.IntN(n)
		end := first + 1 + rng.IntN(n-first)
		doc.Quotes = append(doc.Quotes, document.Quote{Span: doc.TokenSpan(first, end), Inner: doc.TokenSpan(first, end), First: first, End: end,
			Parent: -1, Continues: rng.IntN(len(doc.Quotes)+1) - 1, Open: rng.IntN(3) == 0})
	}
	for range rng.IntN(8) {
		first := rng.IntN(n)
		kind := []document.MarkKind{document.MarkSource, document.MarkCue, document.MarkContent}[rng.IntN(3)]
		doc.Marks = append(doc.Marks, document.Mark{Kind: kind, First: first, End: first + 1 + rng.IntN(n-first), Score: 0.9})
	}
	return doc
}
