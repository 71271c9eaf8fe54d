package parse

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"parley/internal/document"
)

// plain makes a document of a text whose paragraphs are parted by empty lines, with tokens but no analysis,
// save that words of saying and words that may name a speaker are tagged as such.
func plain(text string) *work {
	doc := &document.Document{Text: text}
	at := 0
	for _, par := range strings.Split(text, "\n\n") {
		doc.Paragraphs = append(doc.Paragraphs, document.Paragraph{Kind: document.Body, Span: document.Span{Start: at, End: at + len(par)}})
		at += len(par) + 2
	}
	w := &work{doc: doc}
	w.tokenise()
	for i := range doc.Tokens {
		tok := &doc.Tokens[i]
		first, _ := utf8.DecodeRuneInString(tok.Form)
		tok.UPOS, tok.Lemma = "X", strings.ToLower(tok.Form)
		switch {
		case tok.Form == "said" || tok.Form == "told":
			tok.UPOS, tok.Lemma, tok.Feats = "VERB", map[string]string{"said": "say", "told": "tell"}[tok.Form], "VerbForm=Fin"
		case tok.Form == "he" || tok.Form == "she":
			tok.UPOS = "PRON"
		case tok.Form == "the":
			tok.UPOS = "DET"
		case unicode.IsUpper(first):
			tok.UPOS = "PROPN"
		case first == ',' || first == '.':
			tok.UPOS = "PUNCT"
		}
	}
	w.sides = quoteSides(doc, w.paragraphs)
	doc.Link()
	return w
}

// quoteList renders quotations: the text inside the marks, with the number of the parent and of the
// quotation it continues, and "open" for one without a closing mark.
func quoteList(w *work) []string {
	var out []string
	for _, q := range quotes(w.doc, w.paragraphs, w.sides) {
		s := w.doc.Slice(q.Inner)
		if q.Parent >= 0 {
			s += fmt.Sprintf(" in %d", q.Parent)
		}
		if q.Continues >= 0 {
			s += fmt.Sprintf(" after %d", q.Continues)
		}
		if q.Open {
			s += " open"
		}
		out = append(out, s)
	}
	return out
}

func TestQuotes(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"curly", "“We stay,” he said. “All of us.”", []string{"We stay,", "All of us."}},
		{"straight", `"We stay," he said. "All of us."`, []string{"We stay,", "All of us."}},
		{"straight in brackets", `They ("the guests") left—"quickly"—by bus.`, []string{"the guests", "quickly"}},
		{"single curly", "‘We stay,’ he said of the ministers’ plan.", []string{"We stay,"}},
		{"single straight", "'It isn't the ministers' plan,' he said.", []string{"It isn't the ministers' plan,"}},
		{"apostrophes", "The envoys' cars and the guards' dogs weren't there.", nil},
		{"scare", "a so-called “reform” of the 'system'", []string{"reform", "system"}},
		{"guillemets", "«Oui», he said, and »Nein« too.", []string{"Oui", "Nein"}},
		{"German", "He wrote „ja“ twice.", []string{"ja"}},
		{"TeX", "``We stay,'' he said.", []string{"We stay,"}},
		{"nested", "“He told me, ‘Go home,’ and I went.”", []string{"He told me, ‘Go home,’ and I went.", "Go home, in 0"}},
		{"nested straight", `"He told me, 'Go home,' and I went," she said.`, []string{"He told me, 'Go home,' and I went,", "Go home, in 0"}},
		{"nested at both ends", `"'Go home,' he told me, 'now.'"`, []string{"'Go home,' he told me, 'now.'", "Go home, in 0", "now. in 0"}},
		{"same marks nested", "“They call it “peace” here,” he said.", []string{"They call it “peace” here,", "peace in 0"}},
		{"mixed marks", "“We stay,\" he said. \"All of us.”", []string{"We stay,", "All of us."}},
		{"paragraphs", "“One.\n\n“Two.\n\n“Three,” he said.", []string{"One.", "Two. after 0", "Three, after 1"}},
		{"paragraphs, mark not repeated", "He said: “One.\n\nTwo.” Then he left.", []string{"One.", "Two. after 0"}},
		{"unclosed before a tail", "“We stay until it is over, he said.", []string{"We stay until it is over, open"}},
		{"unclosed before a long tail", "“We stay until it is over, Stone said in a reply.\n\nNext.", []string{"We stay until it is over, open"}},
		{"unclosed at the end", "He said: “We stay until it is over.\n\nNo more.", []string{"We stay until it is over. open"}},
		{"unclosed, then another", "“One two three, he said. “Four.”", []string{"One two three, open", "Four."}},
		{"single inside apostrophes for double", "''He told me, 'Go home,''' she said.", []string{"He told me, 'Go home,'", "Go home, in 0"}},
		{"a year", "The ‘08 vote was “free”.", []string{"free"}},
		{"apostrophe inside double inside single", "‘They call it “the ministers’ plan” here,’ he said.", []string{"They call it “the ministers’ plan” here,", "the ministers’ plan in 0"}},
		{"inches", `It is 5" long.`, nil},
		{"stray", "It is over.” The end.", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, quoteList(plain(test.text))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

func checkQuotes(t *testing.T, doc *document.Document, found []document.Quote) {
	t.Helper()
	for i, q := range found {
		if q.Span.Start < 0 || q.Span.End > len(doc.Text) || !q.Span.Contains(q.Inner) || q.Inner.End < q.Inner.Start {
			t.Fatalf("%q: quote %d is off: %+v", doc.Text, i, q)
		}
		if q.Parent >= i || q.Continues >= i || q.First > q.End || q.End > len(doc.Tokens) {
			t.Fatalf("%q: quote %d refers to what is not there: %+v", doc.Text, i, q)
		}
		if q.Parent >= 0 && !found[q.Parent].Span.Contains(q.Span) {
			t.Fatalf("%q: quote %d is not in its parent", doc.Text, i)
		}
		if i > 0 && q.Span.Start < found[i-1].Span.Start {
			t.Fatalf("%q: quote %d is out of order", doc.Text, i)
		}
	}
}

func FuzzQuotes(f *testing.F) {
	for _, s := range []string{"“a”", `"a" 'b'`, "‘a’ ’", "“a\n\nb”", "“““", "”””", "« »", "\"'\"'", "“a, he said", "„“”"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		w := plain(text)
		checkQuotes(t, w.doc, quotes(w.doc, w.paragraphs, w.sides))
	})
}

func TestQuotesLinear(t *testing.T) {
	for _, piece := range []string{"“", "”", "‘", "’ ", "' ", "“a ‘", "\" ", "“a, b ", "«”"} {
		w := plain(strings.Repeat(piece, 1<<17/len(piece)))
		checkQuotes(t, w.doc, quotes(w.doc, w.paragraphs, w.sides))
	}
}

func BenchmarkQuotes(b *testing.B) {
	w := plain(strings.Repeat("“We stay,” he said, “until the ‘end’ of the ministers’ talks.” ", 100))
	for b.Loop() {
		quotes(w.doc, w.paragraphs, quoteSides(w.doc, w.paragraphs))
	}
}
