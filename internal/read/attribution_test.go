package read

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"parley/internal/document"
)

// TestAttributions reads every example of testdata/attributions.txt.
func TestAttributions(t *testing.T) {
	for _, ex := range examples(t, "testdata/attributions.txt") {
		t.Run(ex.text, func(t *testing.T) {
			doc := compact(t, ex.trees)
			var got []string
			for _, a := range Read(doc).Attributions {
				got = append(got, describe(doc, Read(doc), a))
			}
			if diff := cmp.Diff(ex.want, got); diff != "" {
				t.Errorf("attributions (-want +got):\n%s", diff)
			}
		})
	}
}

type example struct {
	text        string
	trees, want []string
}

func examples(t *testing.T, path string) []example {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []example
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "= "):
			out = append(out, example{text: line[2:]})
		case strings.HasPrefix(line, "> "):
			out[len(out)-1].want = append(out[len(out)-1].want, line[2:])
		default:
			out[len(out)-1].trees = append(out[len(out)-1].trees, line)
		}
	}
	return out
}

// compact builds a document from lines of form/lemma/XPOS/head/relation.
func compact(t *testing.T, lines []string) *document.Document {
	t.Helper()
	doc := &document.Document{Language: "en", Paragraphs: []document.Paragraph{{Kind: document.Body}}}
	var text strings.Builder
	for _, line := range lines {
		if line == "//" {
			doc.Paragraphs[len(doc.Paragraphs)-1].Span.End = text.Len()
			text.WriteString("\n\n")
			doc.Paragraphs = append(doc.Paragraphs, document.Paragraph{Kind: document.Body, Span: document.Span{Start: text.Len()}})
			continue
		}
		first := len(doc.Tokens)
		for _, word := range strings.Fields(line) {
			f := strings.Split(word, "/")
			if len(f) != 5 {
				t.Fatalf("%q: want form/lemma/XPOS/head/relation", word)
			}
			form, glued := strings.CutPrefix(f[0], "_")
			if !glued && text.Len() > doc.Paragraphs[len(doc.Paragraphs)-1].Span.Start {
				text.WriteByte(' ')
			}
			head, err := strconv.Atoi(f[3])
			if err != nil {
				t.Fatalf("%q: %v", word, err)
			}
			if head--; head >= 0 {
				head += first
			}
			at := text.Len()
			text.WriteString(form)
			doc.Tokens = append(doc.Tokens, document.Token{Span: document.Span{Start: at, End: text.Len()}, Form: form, Lemma: f[1],
				UPOS: coarse(f[2], f[4]), XPOS: f[2], Head: head, Rel: f[4]})
		}
		sent := document.Sentence{First: first, End: len(doc.Tokens), Root: -1, Paragraph: len(doc.Paragraphs) - 1, Span: doc.TokenSpan(first, len(doc.Tokens))}
		for i := first; i < sent.End; i++ {
			if doc.Tokens[i].Head < 0 {
				sent.Root = i
			}
		}
		doc.Sentences = append(doc.Sentences, sent)
	}
	doc.Paragraphs[len(doc.Paragraphs)-1].Span.End = text.Len()
	doc.Text = text.String()
	doc.Link()
	pair(doc)
	return doc
}

// coarse is the universal tag of a Penn tag.
func coarse(xpos, rel string) string {
	switch {
	case strings.HasPrefix(rel, "aux"), rel == "cop", xpos == "MD":
		return "AUX"
	case strings.HasPrefix(xpos, "VB"):
		return "VERB"
	case strings.HasPrefix(xpos, "NNP"):
		return "PROPN"
	case strings.HasPrefix(xpos, "NN"):
		return "NOUN"
	case strings.HasPrefix(xpos, "PRP"), strings.HasPrefix(xpos, "W") && xpos != "WRB", xpos == "EX":
		return "PRON"
	case strings.HasPrefix(xpos, "JJ"):
		return "ADJ"
	case strings.HasPrefix(xpos, "RB"), xpos == "WRB":
		return "ADV"
	case xpos == "IN" && rel == "mark":
		return "SCONJ"
	case xpos == "TO", xpos == "POS":
		return "PART"
	}
	if tag := map[string]string{"IN": "ADP", "RP": "ADP", "DT": "DET", "CD": "NUM", "CC": "CCONJ"}[xpos]; tag != "" {
		return tag
	}
	return "PUNCT"
}

// pair finds the quotations of a document with curly marks.
func pair(doc *document.Document) {
	open := -1
	for i := range doc.Tokens {
		switch doc.Tokens[i].Form {
		case "“":
			open = i
		case "”":
			if open >= 0 {
				doc.Quotes = append(doc.Quotes, document.Quote{Span: doc.TokenSpan(open, i+1), Inner: doc.TokenSpan(open+1, i), First: open + 1, End: i, Parent: -1, Continues: -1})
			}
			open = -1
		}
	}
}

// describe is an attribution as the examples write it.
func describe(doc *document.Document, r Reading, a Attribution) string {
	or := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	names := func(list []Phrase) string {
		var out []string
		for _, p := range list {
			out = append(out, doc.Slice(doc.TokenSpan(p.First, p.End)))
		}
		return strings.Join(out, "; ")
	}
	var content []string
	for _, s := range a.Content {
		content = append(content, doc.Slice(s))
	}
	out := []string{or(doc.Slice(a.SourceSpan)), or(doc.Slice(a.Cue)), strings.Join(content, " + "), a.Act, a.Quotation}
	add := func(key, value string) {
		if value != "" {
			out = append(out, key+"="+value)
		}
	}
	add("to", names(a.Addressee))
	add("via", names(a.Via))
	add("channel", a.Channel)
	if a.SaidAt >= 0 {
		add("at", doc.Slice(r.Times[a.SaidAt].Span))
	}
	if span := doc.Slice(a.SourceSpan); len(a.Source) > 0 && !strings.Contains(span, doc.Tokens[a.Source[0].Head].Form) && span != "who" && span != "which" {
		add("by", names(a.Source))
	}
	if a.SameSource >= 0 {
		add("same", fmt.Sprint(a.SameSource))
	}
	if a.Within >= 0 {
		add("in", fmt.Sprint(a.Within))
	}
	return strings.Join(out, " | ")
}

// BenchmarkAttributions reads all the examples, some 800 words.
func BenchmarkAttributions(b *testing.B) {
	t := &testing.T{}
	var docs []*document.Document
	for _, ex := range examples(t, "testdata/attributions.txt") {
		docs = append(docs, compact(t, ex.trees))
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, doc := range docs {
			readAttributions(doc, nil)
		}
	}
}
