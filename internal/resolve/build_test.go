package resolve

import (
	"strings"
	"testing"
	"time"

	"parley/internal/document"
	"parley/internal/read"
	"parley/internal/record"
)

// build makes a document from a compact notation: one sentence a line, words as form|UPOS|head|relation with heads
// counted from 1 within the sentence, 0 for the root, and |PER, |ORG or |LOC behind each word of a name. A
// "+" in front of a form glues it to the word before.
func build(t *testing.T, lines ...string) *document.Document {
	t.Helper()
	d := &document.Document{ID: "test", Language: "en", Published: time.Date(2022, 2, 20, 0, 0, 0, 0, time.UTC)}
	var text strings.Builder
	for _, line := range lines {
		first := len(d.Tokens)
		kind := ""
		for _, w := range strings.Fields(line) {
			f := strings.Split(w, "|")
			if len(f) < 4 {
				t.Fatalf("word %q has %d fields", w, len(f))
			}
			form, glued := strings.CutPrefix(f[0], "+")
			if text.Len() > 0 && !glued {
				text.WriteByte(' ')
			}
			at := text.Len()
			text.WriteString(form)
			head := 0
			for _, c := range f[2] {
				head = head*10 + int(c-'0')
			}
			tok := document.Token{Span: document.Span{Start: at, End: text.Len()}, Form: form, Lemma: lemmaFor(form, f[1]), UPOS: f[1], Head: head - 1 + first, Rel: f[3]}
			if head == 0 {
				tok.Head = -1
			}
			if f[1] == "NOUN" && strings.HasSuffix(form, "s") && !strings.HasSuffix(form, "ss") {
				tok.XPOS = "NNS"
			}
			name := ""
			if len(f) > 4 {
				name = f[4]
			}
			switch n := len(d.Names) - 1; {
			case name == "":
			case name == kind && n >= 0 && d.Names[n].End == len(d.Tokens):
				d.Names[n].End++
			default:
				d.Names = append(d.Names, document.Name{First: len(d.Tokens), End: len(d.Tokens) + 1, Kind: name})
			}
			kind = name
			d.Tokens = append(d.Tokens, tok)
		}
		sent := document.Sentence{First: first, End: len(d.Tokens), Root: first}
		for i := first; i < len(d.Tokens); i++ {
			if d.Tokens[i].Head < 0 {
				sent.Root = i
			}
		}
		sent.Span = d.TokenSpan(sent.First, sent.End)
		d.Sentences = append(d.Sentences, sent)
	}
	d.Text = text.String()
	d.Paragraphs = []document.Paragraph{{Span: document.Span{Start: 0, End: len(d.Text)}, Kind: document.Body}}
	d.Link()
	return d
}

// lemmaFor cuts the plural of nouns: enough for these tests.
func lemmaFor(form, upos string) string {
	low := strings.ToLower(form)
	if upos == "NOUN" && strings.HasSuffix(low, "s") && !strings.HasSuffix(low, "ss") {
		if cut, ok := strings.CutSuffix(low, "ies"); ok {
			return cut + "y"
		}
		return strings.TrimSuffix(low, "s")
	}
	return low
}

// phraseOf is the noun phrase a token heads, with everything below it.
func phraseOf(d *document.Document, head int) read.Phrase {
	first, end := d.Subtree(head)
	return read.Phrase{Head: head, First: first, End: end}
}

// says is an attribution whose source is headed by one token and whose content runs from one token to another.
func says(d *document.Document, source, from, to int) read.Attribution {
	return read.Attribution{Source: []read.Phrase{phraseOf(d, source)}, SourceSpan: d.Tokens[source].Span, SameSource: -1, CueHead: -1,
		Content: []document.Span{d.TokenSpan(from, to)}, Within: -1, Act: "say", Quotation: "indirect", SaidAt: -1, Confidence: 0.9}
}

func resolver(t testing.TB) *Resolver {
	t.Helper()
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sound resolves a document and checks the record against its contract.
func sound(t *testing.T, d *document.Document, in read.Reading) *record.Record {
	t.Helper()
	rec := resolver(t).Resolve(d, in)
	for _, err := range record.Check(rec) {
		t.Error(err)
	}
	return rec
}

// actorNamed is the actor with a name, or nil.
func actorNamed(rec *record.Record, name string) *record.Actor {
	for i := range rec.Actors {
		if rec.Actors[i].Name == name {
			return &rec.Actors[i]
		}
	}
	return nil
}

// nameOf is the name of an actor by id.
func nameOf(rec *record.Record, id record.ID) string {
	for i := range rec.Actors {
		if rec.Actors[i].ID == id {
			return rec.Actors[i].Name
		}
	}
	return "?" + string(id)
}

func namesOf(rec *record.Record, ids []record.ID) string {
	var out []string
	for _, id := range ids {
		out = append(out, nameOf(rec, id))
	}
	return strings.Join(out, "; ")
}
