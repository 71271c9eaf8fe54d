package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/internal/document"
	"parley/internal/read"
)

const eventsPLV = `{"id":"1","text":"Norland expelled the envoy of Ardan.","source":"Norland","target":"the envoy of Ardan","root":"SANCTION"}
{"id":"2","text":"Norland freed the captives.","source":"Norland","target":"the captives","root":"YIELD"}
`

const eventsPLOVER = `{"id":"3","text":"Norland freed the captives.","event":"DEMAND","source":[{"actorText":"Norland"}],"target":[]}
`

// flat parses "subject verb object." as one clause; the object is all behind the verb.
func flat(text string) (*document.Document, read.Reading, error) {
	doc := &document.Document{Text: text, Paragraphs: []document.Paragraph{{Kind: document.Body, Span: document.Span{End: len(text)}}}}
	lemmas := map[string]string{"expelled": "expel", "freed": "free", "captives": "captive"}
	at := 0
	words := strings.Fields(strings.TrimSuffix(text, "."))
	for i, w := range words {
		at = strings.Index(text[at:], w) + at
		tok := document.Token{Span: document.Span{Start: at, End: at + len(w)}, Form: w, Lemma: w, UPOS: "NOUN", XPOS: "NN", Head: len(words) - 1, Rel: "dep"}
		if l := lemmas[w]; l != "" {
			tok.Lemma = l
		}
		switch i {
		case 0:
			tok.UPOS, tok.XPOS, tok.Head, tok.Rel = "PROPN", "NNP", 1, "nsubj"
		case 1:
			tok.UPOS, tok.XPOS, tok.Head, tok.Rel = "VERB", "VBD", -1, "root"
		case len(words) - 1:
			tok.Head, tok.Rel = 1, "obj"
		}
		doc.Tokens = append(doc.Tokens, tok)
		at += len(w)
	}
	doc.Sentences = []document.Sentence{{End: len(words), Root: 1, Span: document.Span{End: len(text)}}}
	doc.Link()
	return doc, read.Read(doc), nil
}

func TestEventTypes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plv.jsonl")
	if err := os.WriteFile(path, []byte(eventsPLV), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, err := EventTypes("test", path, flat)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[0].Value != 100 || rows[1].Value != 100 || rows[0].N != 2 {
		t.Errorf("rows %+v, want both right", rows)
	}
}

func TestReadEvents(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plover.jsonl")
	if err := os.WriteFile(path, []byte(eventsPLOVER), 0o600); err != nil {
		t.Fatal(err)
	}
	gold, plv, err := ReadEvents(path)
	if err != nil || plv || len(gold) != 1 {
		t.Fatalf("%d events, PLV %v, error %v", len(gold), plv, err)
	}
	if g := gold[0]; g.Type != "REQUEST" || len(g.Source) != 1 || g.Source[0] != (document.Span{Start: 0, End: 7}) || len(g.Target) != 0 {
		t.Errorf("read %+v", g)
	}
	if _, _, err := ReadEvents(path + ".none"); err == nil {
		t.Error("a missing file is no error")
	}
}

func TestTurned(t *testing.T) {
	for _, c := range []struct{ kind, status, want string }{
		{"AID", "pledged", "AGREE"}, {"ASSAULT", "threatened", "THREATEN"}, {"RETREAT", "denied", "REJECT"}, {"RETREAT", "requested", "REQUEST"},
		{"REQUEST", "planned", "REQUEST"}, {"SANCTION", "actual", "SANCTION"}, {"RETREAT", "threatened", "THREATEN"}, {"MOBILIZE", "pledged", "AGREE"},
		{"MOBILIZE", "planned", "THREATEN"},
	} {
		if got := turned(c.kind, c.status); got != c.want {
			t.Errorf("%s %s is %s, want %s", c.status, c.kind, got, c.want)
		}
	}
}
