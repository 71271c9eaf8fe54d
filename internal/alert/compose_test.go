package alert_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/internal/alert"
	"parley/internal/record"
)

// TestSentence cuts out the sentence that a span stands in, and nothing where the span is not of the text.
func TestSentence(t *testing.T) {
	const text = "Östmark said so. Some 250 shells fell on 3.5 km of road! Nobody was hurt.\nThe end"
	at := func(words string) record.Span {
		before, _, _ := strings.Cut(text, words)
		from := utf8.RuneCountInString(before)
		return record.Span{from, from + utf8.RuneCountInString(words)}
	}
	for words, want := range map[string]string{
		"250": "Some 250 shells fell on 3.5 km of road!", "3.5": "Some 250 shells fell on 3.5 km of road!", "Östmark": "Östmark said so.", "Nobody was hurt.": "Nobody was hurt.", "end": "The end",
	} {
		if got := alert.Sentence(text, at(words)); got != want {
			t.Errorf("%s: %q", words, got)
		}
	}
	for _, span := range []record.Span{{-1, 3}, {5, 2}, {0, 1000}} {
		if got := alert.Sentence(text, span); got != "" {
			t.Errorf("%v: %q", span, got)
		}
	}
	long := strings.Repeat("a", 5000)
	if got := alert.Sentence(long, record.Span{2000, 2001}); len(got) != 601 {
		t.Errorf("%d characters of an endless sentence", len(got))
	}
	if got := alert.Sentence("", record.Span{}); got != "" {
		t.Errorf("%q", got)
	}
}

// TestParties: a message names who promises and who does, not only who says, and the sentence of a figure.
func TestParties(t *testing.T) {
	d := newDesk(t)
	d.rule(alert.Rule{Kind: alert.Free, Terms: alert.Terms{Kinds: []string{"commitment", "event", "figure"}, MinConfidence: 0.01}})
	d.take(says(1, "promised something."))
	d.evaluate(time.Second)
	d.evaluate(2 * time.Minute)
	by, sentences := map[string][]string{}, map[string]string{}
	for _, told := range d.messages()[0].Firing {
		by[told.Quotes[0].Kind], sentences[told.Quotes[0].Kind] = told.Quotes[0].By, told.Quotes[0].Sentence
	}
	want(t, by, map[string][]string{"commitment": {"Ana Ruiz"}, "event": {"northern command"}, "figure": {"Ana Ruiz"}})
	if s := sentences["figure"]; !strings.HasSuffix(s, "1007 people had fled.") || sentences["event"] != "" {
		t.Errorf("%q", sentences)
	}
	text := d.messages()[0].Text()
	if !strings.Contains(text, "1007 people had fled.”") || slices.Contains(strings.Split(text, "\n"), "  “1007”") {
		t.Errorf("the message says\n%s", text)
	}
}
