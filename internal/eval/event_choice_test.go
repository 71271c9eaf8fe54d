package eval

import (
	"strconv"
	"strings"
	"testing"

	"parley/internal/document"
	"parley/internal/read"
)

// tree makes a document of one sentence from words written form/lemma/UPOS/head/relation, heads counted from 1.
func tree(t *testing.T, words string) *document.Document {
	t.Helper()
	doc := &document.Document{Paragraphs: []document.Paragraph{{Kind: document.Body}}}
	root := 0
	for i, w := range strings.Fields(words) {
		f := strings.Split(w, "/")
		head, err := strconv.Atoi(f[3])
		if err != nil || len(f) != 5 {
			t.Fatalf("%q: %v", w, err)
		}
		if head == 0 {
			root = i
		}
		if i > 0 {
			doc.Text += " "
		}
		at := len(doc.Text)
		doc.Text += f[0]
		tok := document.Token{Span: document.Span{Start: at, End: len(doc.Text)}, Form: f[0], Lemma: f[1], UPOS: f[2], Head: head - 1, Rel: f[4]}
		if f[2] == "VERB" {
			tok.XPOS, tok.Feats = "VBD", "Tense=Past|VerbForm=Fin"
			if strings.EqualFold(f[0], f[1]) {
				tok.XPOS, tok.Feats = "VB", "VerbForm=Inf"
			}
		}
		doc.Tokens = append(doc.Tokens, tok)
	}
	all := document.Span{End: len(doc.Text)}
	doc.Paragraphs[0].Span = all
	doc.Sentences = []document.Sentence{{End: len(doc.Tokens), Root: root, Span: all}}
	doc.Link()
	return doc
}

func TestEventTypeOfPairs(t *testing.T) {
	for name, c := range map[string]struct{ words, source, target, want string }{
		"the addressee of a request": {
			"Norland/Norland/PROPN/2/nsubj urged/urge/VERB/0/root Ardan/Ardan/PROPN/2/obj to/to/PART/5/mark support/support/VERB/2/xcomp Tesh/Tesh/PROPN/5/obj",
			"Norland", "Ardan", "REQUEST"},
		"whom others are asked to support": {
			"Norland/Norland/PROPN/2/nsubj urged/urge/VERB/0/root Ardan/Ardan/PROPN/2/obj to/to/PART/5/mark support/support/VERB/2/xcomp Tesh/Tesh/PROPN/5/obj",
			"Norland", "Tesh", "SUPPORT"},
		"a call made in order to congratulate": {
			"Ruud/Ruud/PROPN/2/nsubj phoned/phone/VERB/0/root Kovac/Kovac/PROPN/2/obj to/to/PART/5/mark congratulate/congratulate/VERB/2/advcl her/she/PRON/5/obj",
			"Ruud", "Kovac", "SUPPORT"},
		"a protest made in order to demand": {
			"Students/student/NOUN/2/nsubj marched/march/VERB/0/root to/to/PART/4/mark demand/demand/VERB/2/advcl reform/reform/NOUN/4/obj from/from/ADP/7/case Kovac/Kovac/PROPN/4/obl",
			"Students", "Kovac", "PROTEST"},
		"what was done to an end is the end": {
			"Police/police/NOUN/2/nsubj came/come/VERB/0/root to/to/PART/4/mark arrest/arrest/VERB/2/advcl Kovac/Kovac/PROPN/4/obj",
			"Police", "Kovac", "COERCE"},
		"what was decided counts as done": {
			"Norland/Norland/PROPN/2/nsubj decided/decide/VERB/0/root to/to/PART/4/mark expel/expel/VERB/2/xcomp Ardan/Ardan/PROPN/6/compound diplomats/diplomat/NOUN/4/obj",
			"Norland", "diplomats", "SANCTION"},
		"what one will do in order to meet is planned": {
			"Ruud/Ruud/PROPN/3/nsubj will/will/AUX/3/aux come/come/VERB/0/root to/to/PART/5/mark meet/meet/VERB/3/advcl Kovac/Kovac/PROPN/5/obj",
			"Ruud", "Kovac", "AGREE"},
		"what happened before is background": {
			"Norland/Norland/PROPN/2/nsubj condemned/condemn/VERB/0/root the/the/DET/4/det raid/raid/NOUN/2/obj after/after/ADP/6/case talks/talk/NOUN/2/obl with/with/ADP/8/case Ardan/Ardan/PROPN/6/nmod",
			"Norland", "raid", "ACCUSE"},
	} {
		doc := tree(t, c.words)
		gold := &GoldEvent{}
		for text, to := range map[string]*[]document.Span{c.source: &gold.Source, c.target: &gold.Target} {
			at := strings.Index(doc.Text, text)
			*to = []document.Span{{Start: at, End: at + len(text)}}
		}
		reading := read.Read(doc)
		if got, _ := EventType(doc, &reading, gold); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestCorefer(t *testing.T) {
	doc := tree(t, "Ruud/Ruud/PROPN/2/nsubj said/say/VERB/0/root he/he/PRON/4/nsubj met/meet/VERB/2/ccomp his/his/PRON/6/nmod:poss aide/aide/NOUN/4/obj")
	doc.Mentions = []document.Mention{{First: 0, End: 1, Head: 0, Kind: document.Named}, {First: 2, End: 3, Head: 2, Kind: document.Pronoun}, {First: 4, End: 5, Head: 4, Kind: document.Pronoun}}
	got := corefer(doc, []document.Span{doc.Tokens[0].Span})
	if len(got) != 2 || got[1] != doc.Tokens[2].Span {
		t.Errorf("%v, want the name and its subject pronoun, not the possessive", got)
	}
}

func TestPLVRoot(t *testing.T) {
	for _, c := range []struct{ kind, cameo, want string }{
		{"RETREAT", "084", "YIELD"}, {"CONCEDE", "081", "YIELD"}, {"SANCTION", "163", "COERCE"}, {"SANCTION", "161", "SANCTION"}, {"AID", "070", "AID"},
	} {
		if got := plvRoot(c.kind, c.cameo); got != c.want {
			t.Errorf("%s %s is %s, want %s", c.kind, c.cameo, got, c.want)
		}
	}
}
