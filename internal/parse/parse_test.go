package parse

import (
	"fmt"
	"hash/fnv"
	"iter"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"parley/internal/document"
	"parley/internal/model"
)

// fake is a network whose scores follow from the words alone: a word after a full stop begins a sentence,
// every word hangs on the one before it or somewhere its letters say.
type fake struct{ wild bool }

var fakeLabels = map[string][]string{
	"sent": {"O", "B"}, "upos": {"X", "PROPN", "VERB", "PRON", "NOUN"}, "xpos": {"XX"}, "feats": {"_", "Number=Sing", "Person=3|PronType=Prs"},
	"lemma": {"k|0|", "l|1|", "l|9|go"}, "name": {"O", "B-PER", "I-PER", "B-ORG", "I-ORG"},
	"source": {"O", "B", "I"}, "cue": {"O", "B", "I"}, "content": {"O", "B", "I"},
	"rel": {"root", "nsubj", "obj", "dep", "appos", "conj"},
}

func (fake) Pieces(word string) int       { return min(8, 1+len(word)/5) }
func (fake) Labels(head string) []string  { return fakeLabels[head] }
func (fake) Transitions(string) []float32 { return nil }

func (fake) PairSize() int              { return 0 }
func (fake) Nothing(string) []float32   { return nil }
func (fake) Dot(_, _ []float32) float32 { return 0 }
func (fake) Distance(int, bool) float32 { return 0 }

// Meaning holds how many words there are and how long they are together.
func (fake) Meaning(words iter.Seq[string]) []int8 {
	var out [2]int8
	for word := range words {
		out[0]++
		out[1] += int8(len(word))
	}
	return out[:]
}

func (f fake) session() session { return fakeSession{f} }
func (fakeSession) release()    {}

type fakeSession struct{ fake }

func (s fakeSession) read(words []model.Word) (reading, error) {
	pieces := 0
	for _, w := range words {
		pieces += s.Pieces(w.Text)
	}
	if len(words) > 1 && pieces > model.MaxPieces-2 {
		return nil, fmt.Errorf("%d pieces in a window", pieces)
	}
	return fakeReading{append([]model.Word(nil), words...), s.wild}, nil
}

type fakeReading struct {
	words []model.Word
	wild  bool
}

// noise is a number between 0 and 4 that follows from its arguments.
func noise(parts ...any) float32 {
	h := fnv.New32a()
	fmt.Fprint(h, parts...)
	return float32(h.Sum32()%1000) / 250
}

func (r fakeReading) Scores(head string) ([]float32, []string) {
	set := fakeLabels[head]
	out := make([]float32, len(r.words)*len(set))
	for i, w := range r.words {
		first, _ := utf8.DecodeRuneInString(w.Text)
		for l, label := range set {
			score := &out[i*len(set)+l]
			switch {
			case r.wild:
				*score = noise(w.Text, head, label)
			case head == "sent" && label == "B":
				*score = -5
				if i > 0 && r.words[i-1].Text == "." {
					*score = 5
				}
			case isPronoun(w.Text):
				if label == "PRON" || label == "Person=3|PronType=Prs" {
					*score = 9
				}
			case head == "upos" && label == "PROPN" && unicode.IsUpper(first):
				*score = 5
			case head == "name" && label == "B-PER" && w.Text == "Ada", head == "name" && label == "I-PER" && w.Text == "Stone":
				*score = 5
			case l == 0:
				*score = 2
			}
		}
	}
	return out, set
}

func isPronoun(word string) bool {
	return strings.Contains(" he she his it its they them their ", " "+strings.ToLower(word)+" ")
}

func (r fakeReading) Arcs(first, end int) []float32 {
	n := end - first
	out := make([]float32, n*(n+1))
	for d := range n {
		for h := range n + 1 {
			if r.wild {
				out[d*(n+1)+h] = noise(r.words[first+d].Text, h, "arc")
			} else if h == d {
				out[d*(n+1)+h] = 5
			}
		}
	}
	return out
}

func (r fakeReading) Pairs(string) (from, to []float32) { return nil, nil }

func (r fakeReading) Rels(dep, head int) []float32 {
	out := make([]float32, len(fakeLabels["rel"]))
	for l := range out {
		out[l] = noise(r.words[dep].Text, head, l)
	}
	return out
}

func parseFake(t testing.TB, doc *document.Document, wild bool) {
	t.Helper()
	if err := newParser(fake{wild}, model.MaxPieces-2).Parse(doc); err != nil {
		t.Fatal(err)
	}
}

// body makes a document whose paragraphs are the parts of the text between empty lines.
func body(text string) *document.Document {
	doc := plain(text).doc
	doc.Tokens = nil
	return doc
}

// checkDocument verifies every invariant of a parsed document.
func checkDocument(t *testing.T, doc *document.Document) {
	t.Helper()
	at := 0
	for i, sent := range doc.Sentences {
		if sent.First != at || sent.End <= sent.First || sent.End > len(doc.Tokens) {
			t.Fatalf("%q: sentence %d is [%d,%d) after token %d", doc.Text, i, sent.First, sent.End, at)
		}
		at = sent.End
		if !doc.Paragraphs[sent.Paragraph].Span.Contains(sent.Span) {
			t.Fatalf("%q: sentence %d is outside its paragraph", doc.Text, i)
		}
		checkTree(t, doc, sent)
	}
	if at != len(doc.Tokens) {
		t.Fatalf("%q: sentences cover %d of %d tokens", doc.Text, at, len(doc.Tokens))
	}
	checkQuotes(t, doc, doc.Quotes)
	for _, n := range doc.Names {
		if n.First >= n.End || n.End > len(doc.Tokens) || doc.SentenceOf(n.First) != doc.SentenceOf(n.End-1) {
			t.Fatalf("%q: name %+v", doc.Text, n)
		}
	}
	for _, m := range doc.Marks {
		if m.First >= m.End || m.End > len(doc.Tokens) || m.Score < 0 || m.Score > 1.001 {
			t.Fatalf("%q: mark %+v", doc.Text, m)
		}
	}
	for _, m := range doc.Mentions {
		if m.First > m.Head || m.Head >= m.End || m.End > len(doc.Tokens) || m.Entity < 0 {
			t.Fatalf("%q: mention %+v", doc.Text, m)
		}
	}
}

// checkTree verifies that a sentence is a tree with one root, the one it names.
func checkTree(t *testing.T, doc *document.Document, sent document.Sentence) {
	t.Helper()
	for i := sent.First; i < sent.End; i++ {
		tok := &doc.Tokens[i]
		if (tok.Head < 0) != (i == sent.Root) || (tok.Rel == "root") != (i == sent.Root) {
			t.Fatalf("%q: token %d has head %d by %q, the root is %d", doc.Text, i, tok.Head, tok.Rel, sent.Root)
		}
		up, steps := i, 0
		for doc.Tokens[up].Head >= 0 {
			up = doc.Tokens[up].Head
			if steps++; up < sent.First || up >= sent.End || steps > sent.End-sent.First {
				t.Fatalf("%q: no way from token %d to the root", doc.Text, i)
			}
		}
	}
}

func TestParse(t *testing.T) {
	doc := body("Oslo – Ada Stone met Stone Roe. They left in Gen. Roe's car. “Yes. No.” he said\n\nA heading\n\nBy A. Writer\n\nThe end.")
	doc.DatelineSpan = document.Span{Start: 0, End: len("Oslo – ")}
	doc.Paragraphs[1].Kind = document.Heading
	doc.Paragraphs[2].Kind = document.Byline
	parseFake(t, doc, false)
	checkDocument(t, doc)
	var sentences []string
	for _, s := range doc.Sentences {
		sentences = append(sentences, doc.Slice(s.Span))
	}
	want := []string{"Ada Stone met Stone Roe.", "They left in Gen. Roe's car.", "“Yes.", "No.” he said", "A heading", "The end."}
	if diff := cmp.Diff(want, sentences); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
	var names []string
	for _, n := range doc.Names {
		names = append(names, n.Kind+" "+doc.Slice(doc.TokenSpan(n.First, n.End)))
	}
	if diff := cmp.Diff([]string{"PER Ada Stone", "PER met Stone"}, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func TestParseLong(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("word ", 5000), strings.Repeat("One two, three. ", 5000), strings.Repeat("a", 100000),
		strings.Repeat("Stone ", 300) + ". The end.", "\n\n", "", strings.Repeat("x\n\n", 2000),
		strings.Repeat("Stone and Roe said he left with them. ", 5000),
	} {
		doc := body(text)
		parseFake(t, doc, false)
		checkDocument(t, doc)
	}
	doc := body(strings.Repeat("word ", 1000))
	parseFake(t, doc, false)
	if len(doc.Notices) == 0 || doc.Notices[0].Kind != "long_sentence" {
		t.Errorf("no notice of a long sentence: %+v", doc.Notices)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "Stone said he left.", "“a. B", "a\n\nb. c", "Roe, Stone and he and them, the man.", "his her it", "(SDF)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, wild := range []bool{false, true} {
			doc := body(text)
			parseFake(t, doc, wild)
			checkDocument(t, doc)
		}
	})
}

func TestLemma(t *testing.T) {
	for _, test := range []struct{ script, form, want string }{
		{"l|0|", "Talks", "talks"}, {"l|1|", "Talks", "talk"}, {"k|0|", "Oslo", "Oslo"}, {"l|4|go", "went", "go"},
		{"l|2|", "É", "É"}, {"l|1|", "cafés", "café"}, {"k|9|", "ab", "ab"},
	} {
		s, err := parseScript(test.script)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.apply(test.form); got != test.want {
			t.Errorf("%s on %s gives %s, want %s", test.script, test.form, got, test.want)
		}
	}
	for _, bad := range []string{"", "l", "l|x|"} {
		if _, err := parseScript(bad); err == nil {
			t.Errorf("script %q was taken", bad)
		}
	}
}

func TestLemmaRules(t *testing.T) {
	tests := []struct{ form, upos, xpos, feats, guess, want string }{
		{"asserted", "VERB", "VBD", "", "asserte", "assert"}, {"taking", "VERB", "VBG", "", "tak", "take"},
		{"hoping", "VERB", "VBG", "", "hop", "hope"}, {"hopping", "VERB", "VBG", "", "hopp", "hop"},
		{"denies", "VERB", "VBZ", "", "denie", "deny"}, {"went", "VERB", "VBD", "", "went", "go"},
		{"singing", "VERB", "VBG", "", "sing", "sing"}, {"met", "VERB", "VBD", "", "met", "meet"},
		{"countries", "NOUN", "NNS", "Number=Plur", "countrie", "country"}, {"Losses", "NOUN", "NNS", "Number=Plur", "losse", "loss"},
		{"houses", "NOUN", "NNS", "Number=Plur", "hous", "house"}, {"men", "NOUN", "NNS", "Number=Plur", "men", "man"},
		{"Gunmen", "NOUN", "NNS", "Number=Plur", "gunme", "gunman"}, {"footage", "NOUN", "NN", "Number=Sing", "footag", "footage"}, {"easier", "ADJ", "JJR", "Degree=Cmp", "easi", "easy"},
		{"Oslo", "PROPN", "NNP", "Number=Sing", "oslo", "Oslo"}, {"ca", "AUX", "MD", "", "ca", "can"},
		{"zorbed", "VERB", "VBD", "", "zorb", "zorb"},
	}
	for _, test := range tests {
		tok := document.Token{Form: test.form, UPOS: test.upos, XPOS: test.xpos, Feats: test.feats, Lemma: test.guess}
		if got := lemmaTables().of(&tok); got != test.want {
			t.Errorf("%s %s: lemma %s, want %s", test.form, test.xpos, got, test.want)
		}
	}
}

// broken lacks the labels it should have.
type broken struct{ fake }

func (broken) Labels(string) []string { return nil }

func TestBrokenModel(t *testing.T) {
	if err := newParser(broken{}, 254).Parse(body("a")); err == nil {
		t.Error("a model without labels was taken")
	}
}

func TestSameAgain(t *testing.T) {
	text := strings.Repeat("Ada Stone met Roe and he said “they left”. The FPU (FPU) and its men saw them. ", 60)
	var first *document.Document
	for range 3 {
		doc := body(text)
		parseFake(t, doc, true)
		if first == nil {
			first = doc
			continue
		}
		if diff := cmp.Diff(first.Mentions, doc.Mentions); diff != "" {
			t.Fatalf("a second reading differs:\n%s", diff)
		}
	}
}
