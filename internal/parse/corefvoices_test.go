package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/document"
)

// paragraphs makes each sentence of a grown document a paragraph of its own.
func paragraphs(doc *document.Document) *document.Document {
	doc.Paragraphs = nil
	var parts []stretch
	for s := range doc.Sentences {
		sent := &doc.Sentences[s]
		sent.Paragraph = s
		doc.Paragraphs = append(doc.Paragraphs, document.Paragraph{Kind: document.Body, Span: sent.Span})
		parts = append(parts, stretch{sent.First, sent.End, s})
	}
	doc.Quotes = quotes(doc, parts, quoteSides(doc, parts))
	return doc
}

const (
	iTook  = "“/PUNCT/3/punct I/PRON/3/nsubj took/VERB/7/ccomp my/PRON/5/nmod:poss hat/NOUN/3/obj ”/PUNCT/3/punct said/VERB/0/root %/PROPN/7/nsubj"
	weLeft = "“/PUNCT/3/punct We/PRON/3/nsubj left/VERB/5/ccomp ”/PUNCT/3/punct said/VERB/0/root %/PROPN/5/nsubj"
	iAlone = "“/PUNCT/3/punct I/PRON/3/nsubj waited/VERB/0/root ”/PUNCT/3/punct"
	iWrite = "I/PRON/2/nsubj wrote/VERB/0/root my/PRON/4/nmod:poss book/NOUN/2/obj"
	youAsk = "Did/AUX/3/aux you/PRON/3/nsubj leave/VERB/0/root ?/PUNCT/3/punct"
	yes    = "Yes/INTJ/0/root ,/PUNCT/1/punct early/ADV/1/advmod"
)

// by puts the name of a speaker into a sentence.
func by(sentence, name string) string { return strings.Replace(sentence, "%", name, 1) }

func TestVoices(t *testing.T) {
	names := []string{"PER Stone", "PER Roe"}
	tests := []struct {
		name  string
		trees []string
		apart bool // each sentence is a paragraph
		want  []string
	}{
		{"one speaker in two quotations", []string{by(iTook, "Stone"), by(iTook, "Stone")}, true, []string{"I = my = Stone = I = my = Stone", "my hat = my hat"}},
		{"two speakers", []string{by(iTook, "Stone"), by(iTook, "Roe")}, false, []string{"I = my = Stone", "I = my = Roe"}},
		{"a quotation goes on in its paragraph", []string{by(iTook, "Stone"), iAlone}, false, []string{"I = my = Stone = I"}},
		{"nobody knows who speaks in the next paragraph", []string{by(iTook, "Stone"), iAlone}, true, []string{"I = my = Stone"}},
		{"we of one speaker, who is one of them", []string{by(weLeft, "Stone"), by(weLeft, "Stone"), by(weLeft, "Roe")}, true, []string{"We = We", "Stone = Stone"}},
		{"the writer", []string{iWrite, iWrite}, true, []string{"I = my = I = my", "my book = my book"}},
		{"the writer does not speak in quotations", []string{iWrite, iAlone}, true, []string{"I = my"}},
		{"question and answer", []string{youAsk, iWrite, youAsk, iWrite}, true, []string{"I = my", "I = my"}},
		{"question in one paragraph is no talk", []string{youAsk, iWrite, youAsk}, false, []string{"you = you", "I = my"}},
		{"answers", []string{iWrite, yes, iWrite, yes}, true, []string{"I = my", "I = my"}},
		{
			"the speaker is no third person", []string{
				"Roe/PROPN/2/nsubj left/VERB/0/root",
				"“/PUNCT/3/punct He/PRON/3/nsubj left/VERB/5/ccomp ”/PUNCT/3/punct said/VERB/0/root Stone/PROPN/5/nsubj",
			}, false, []string{"Roe = He"},
		},
		{
			"but in words taken up in a clause he may be", []string{
				"Stone/PROPN/2/nsubj said/VERB/0/root the/DET/4/det town/NOUN/9/nsubj was/AUX/9/cop “/PUNCT/9/punct quite/ADV/9/advmod his/PRON/9/nmod:poss own/ADJ/2/ccomp ”/PUNCT/9/punct",
			}, false, []string{"Stone = his"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc := grown(strings.Join(test.trees, "\n"), names...)
			if test.apart {
				doc = paragraphs(doc)
			}
			if diff := cmp.Diff(test.want, chainsOf(doc)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestAnswers checks that the words people answer with are in lower case, as they are looked up.
func TestAnswers(t *testing.T) {
	for word := range answers() {
		if word != strings.ToLower(word) {
			t.Errorf("answers.tsv: %s has capitals", word)
		}
	}
	if !answers()["yeah"] || answers()["so"] {
		t.Error("answers.tsv holds what begins any paragraph, or lacks what begins an answer")
	}
}

func TestClasses(t *testing.T) {
	trees := "Stone/PROPN/2/nsubj said/VERB/0/root the/DET/4/det ministry/NOUN/5/nsubj bought/VERB/2/ccomp its/PRON/7/nmod:poss beach/NOUN/5/obj in/ADP/9/case Arden/PROPN/7/nmod with/ADP/11/case money/NOUN/5/obl\n" +
		"They/PRON/2/nsubj paid/VERB/0/root him/PRON/2/obj\nWe/PRON/2/nsubj left/VERB/0/root Friday/PROPN/2/obl"
	doc := grown(trees, "PER Stone", "LOC Arden", "TIME Friday")
	got := map[string]string{}
	for _, m := range mentions(doc, nil) {
		got[doc.Tokens[m.Head].Form] = m.Class
	}
	want := map[string]string{"Stone": "PER", "ministry": "ORG", "beach": "LOC", "Arden": "LOC", "money": "", "its": "ORG", "They": "PER", "him": "PER", "We": "PER", "Friday": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
