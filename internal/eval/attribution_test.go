package eval

import (
	"path/filepath"
	"strings"
	"testing"

	"parley/internal/document"
	"parley/internal/read"
)

// TestAttribution scores one made-up article: an attribution found whole, one with a content that is cut short, one
// missed, and a nested one that the corpus would not mark.
func TestAttribution(t *testing.T) {
	const text = "“We stay,” she said. He fears rain. Kofi denied it."
	line := `{"id": "a", "text": "` + text + `", "attributions": [
		{"source": [[11, 14]], "cue": [[15, 19]], "content": [[0, 10]]},
		{"source": [[21, 23]], "cue": [[24, 29]], "content": [[30, 34]]},
		{"source": [[36, 40]], "cue": [[41, 47]], "content": [[48, 50]]}]}`
	path := filepath.Join(t.TempDir(), "gold.jsonl.gz")
	zip(t, path, strings.ReplaceAll(line, "\n", " ")+"\n")
	at := func(s string) document.Span {
		i := strings.Index(text, s)
		return document.Span{Start: i, End: i + len(s)}
	}
	rows, err := Attribution(path, 0, func(text string) (*document.Document, read.Reading, error) {
		doc := &document.Document{Text: text}
		for _, w := range strings.Fields(text) {
			doc.Tokens = append(doc.Tokens, document.Token{Span: at(w), Form: w})
		}
		return doc, read.Reading{Attributions: []read.Attribution{
			{SourceSpan: at("she"), Cue: at("said"), Content: []document.Span{at("“We stay,”")}, Within: -1, SameSource: -1, Why: "says: said"},
			{SourceSpan: at("He"), Cue: at("fears"), Content: []document.Span{at("rain.")}, Within: -1, SameSource: -1, Why: "says: fears"},
			{SourceSpan: at("she"), Cue: at("said"), Content: []document.Span{at("said")}, Within: 0, SameSource: -1, Why: "nested"},
		}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"source exact F1": 80, "content exact F1": 40, "content overlap F1": 80, "cue token F1": 80, "linked triple F1": 80, "linked triple precision": 100}
	for _, r := range rows {
		if w, ok := want[r.Measure]; ok && (r.Value < w-0.01 || r.Value > w+0.01) {
			t.Errorf("%s: %.2f, want %.2f", r.Measure, r.Value, w)
		}
		delete(want, r.Measure)
	}
	for m := range want {
		t.Errorf("no row for %s", m)
	}
}
