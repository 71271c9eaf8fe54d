package view

import (
	"strings"
	"testing"

	"parley/internal/record"
)

func ptr[T any](v T) *T { return &v }

// sample is a small record with hostile words in it.
func sample() *record.Record {
	text := "Ana <script>alert(1)</script> told Bo \u202Ewait\u202C, AFP said.\nNext."
	return &record.Record{
		Document: record.Document{ID: "abc", Title: "A \x1b[31mred\x1b[0m title", Text: text, Published: "2023-05-10", Credits: []string{"AFP"}},
		Actors: []record.Actor{
			{ID: "a1", Name: "Ana", Role: "envoy"}, {ID: "a2", Name: "Bo"}, {ID: "a3", Name: "AFP"},
		},
		Statements: []record.Statement{{
			ID: "s1", Source: []record.ID{"a1"}, Addressee: []record.ID{"a2"}, Via: []record.ID{"a3"}, Act: "ask", Quotation: "direct",
			SourceMention: &record.Words{Text: "Ana", Span: record.Span{0, 3}}, Cue: &record.Words{Text: "told", Span: record.Span{30, 34}},
			Content: []record.Words{{Text: "\u202Ewait\u202C", Span: record.Span{38, 44}}}, Channel: "press_conference", Why: "verb tell",
			SaidAt: &record.Time{Start: ptr("2023-05-09"), End: ptr("2023-05-09")}, ReportedIn: nil,
		}},
		Commitments: []record.Commitment{{ID: "c1", By: []record.ID{"a1"}, Action: "leave", State: "open", Conditions: []record.Condition{{Kind: "if", Text: "it rains"}}}},
		Contacts:    []record.Contact{{ID: "k1", Kind: "call", Participants: []record.ID{"a1", "a2"}, Status: "held", Duration: "PT105M"}},
		Figures:     []record.Figure{{ID: "f1", Value: 150000, Bound: "at_least", Of: "troops", AssertedBy: []record.ID{"s1"}}},
		Contradictions: []record.Contradiction{
			{ID: "x1", A: "s1", B: "c1", Basis: "stated", By: []record.ID{"a3"}, Reason: "one waits, one leaves"},
		},
	}
}

func TestText(t *testing.T) {
	var b strings.Builder
	if err := Text(&b, sample(), TextOptions{Width: 80}); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{
		"STATEMENTS (1)", "Ana, envoy", "ask → Bo", "Ana → AFP → this page", "Tue 9 May 2023", "press conference",
		"if: it rains", "call: Ana and Bo", "105 min", "at least 150,000  troops", "stated by AFP", "≠ Ana: leave", "carries AFP",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in:\n%s", want, got)
		}
	}
	if strings.ContainsAny(got, "\x1b\u202E") {
		t.Error("control characters of the source reach the terminal")
	}
	if strings.Contains(got, "verb tell") {
		t.Error("the reason is shown without being asked for")
	}
	for line := range strings.Lines(got) {
		if n := len([]rune(strings.TrimSpace(line))); n > 80 {
			t.Errorf("a line of %d columns: %q", n, line)
		}
	}
}

func TestHTML(t *testing.T) {
	var b strings.Builder
	if err := HTML(&b, sample(), true); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	if strings.Contains(got, "<script>alert") {
		t.Error("the source's script stands in the page")
	}
	for _, want := range []string{`data-s="s1"`, `<mark class="cue"`, `<mark class="source"`, "verb tell", "Ana → AFP → this page", `id="s1"`} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if n := strings.Count(got, "<p>"); n < 2 {
		t.Errorf("%d paragraphs, want the two of the text", n)
	}
}

func TestDay(t *testing.T) {
	for _, c := range []struct {
		start, end *string
		want       string
	}{
		{ptr("2022-02-20"), ptr("2022-02-20"), "Sun 20 Feb 2022"},
		{ptr("2022-02-21"), ptr("2022-02-27"), "21 Feb 2022 to 27 Feb 2022"},
		{ptr("2014-01-01"), ptr("2014-12-31"), "2014"},
		{ptr("2014-01-01"), nil, "from Wed 1 Jan 2014"},
		{nil, ptr("2022-02-28T10:00:00Z"), "until Mon 28 Feb 2022"},
		{nil, nil, "for months"},
	} {
		if got := day(&record.Time{Text: "for months", Start: c.start, End: c.end}); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{150000: "150,000", 3e6: "3,000,000", 2.5: "2.5", -1200: "-1,200", 12: "12"} {
		if got := number(v); got != want {
			t.Errorf("%v: got %q, want %q", v, got, want)
		}
	}
}

func FuzzView(f *testing.F) {
	f.Add("a\x00b\u202Ec\n\nd", 1, 3)
	f.Fuzz(func(t *testing.T, text string, from, to int) {
		rec := sample()
		n := len([]rune(text))
		if from < 0 || to < from || to > n {
			return
		}
		rec.Document.Text, rec.Document.Title = text, text
		rec.Statements[0].Content = []record.Words{{Text: string([]rune(text)[from:to]), Span: record.Span{from, to}}}
		rec.Statements[0].Cue, rec.Statements[0].SourceMention = nil, nil
		var b strings.Builder
		if err := HTML(&b, rec, true); err != nil {
			t.Fatal(err)
		}
		if err := Text(&b, rec, TextOptions{}); err != nil {
			t.Fatal(err)
		}
	})
}
