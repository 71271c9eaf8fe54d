package export_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"parley/internal/export"
	"parley/internal/record"
)

func TestCSVReadsBack(t *testing.T) {
	a := crisis()
	rows, err := csv.NewReader(strings.NewReader(written(t, a, options("csv", "statement")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 5 {
		t.Fatalf("%d rows, want a header and 4 statements", len(rows))
	}
	col := map[string]int{}
	for i, name := range rows[0] {
		col[name] = i
	}
	got := rows[3]
	for name, want := range map[string]string{
		"publisher": "Vell Gazette", "start": "0", "act": "pledge", "source": "Mira Olden", "addressee": "Tobias Rask",
		"via": "Olden's office", "confidence": "0.91", "known": "2031-05-02T09:00:00Z", "published": "2031-05-02",
	} {
		if got[col[name]] != want {
			t.Errorf("%s: got %q, want %q", name, got[col[name]], want)
		}
	}
}

// hostile are words nobody should trust.
func hostile() []string {
	return []string{
		`=HYPERLINK("http://evil.example","click")`, "+1", "-1+1|cmd", "@SUM(A1)", "\tx", "\rx", "\n=x", "'=x", "''", "'quoted'",
		"＝1+1", `<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "a\r\nb,\"c\"", "\u202egnp.exe", "👩‍👩‍👧 🇺🇦", "]]>", "--><!--",
		"BEGIN:VEVENT\r\nSUMMARY:x", "{{.}}", "%s%n", "\x00\x01\x7f", "\xff\xfe", " lead", "javascript:alert(1)", "\u2028\u2029", "é́́́", "",
	}
}

// hostileArchive has one article that says, is called and is titled nothing but the words.
func hostileArchive(words string) *archive {
	a := &archive{records: map[record.ID]*record.Record{}}
	valid := strings.ToValidUTF8(words, "\uFFFD")
	n := len([]rune(valid))
	span := record.Span{0, n}
	end := &record.Time{Text: words, Span: span, Start: &words, End: ptr("2031-05-07")}
	pieces := []record.Words{{Text: words, Span: span}}
	a.add(&record.Record{
		Document: record.Document{URL: words, Title: words, Publisher: words, Published: words, Language: words, Text: valid},
		Actors:   []record.Actor{{ID: "a1", Name: words, Kind: words, Country: words, Sector: words, Role: words, Aliases: []string{words}, SameAs: []string{words}, Mentions: []record.Span{span}}},
		Places:   []record.Place{{ID: "p1", Name: words, Kind: words, Lat: ptr(1.0), Lon: ptr(2.0), SameAs: []string{words}, Mentions: []record.Span{span}}},
		Statements: []record.Statement{
			{ID: "s1", Source: []record.ID{"a1"}, Addressee: []record.ID{"a1"}, Via: []record.ID{"a1"}, Content: pieces, Act: words, Quotation: words, Channel: words, SaidAt: end, Span: span, Text: words},
		},
		Events:      []record.Event{{ID: "e1", Type: words, Mode: words, Context: []string{words}, Actors: []record.ID{"a1"}, Where: []record.ID{"p1"}, When: end, Trigger: pieces[0], Span: span, Text: words, Status: words}},
		Commitments: []record.Commitment{{ID: "c1", By: []record.ID{"a1"}, Action: words, Span: span, Text: words, Due: end, State: words, Conditions: []record.Condition{{Kind: words, Text: words}}}},
		Contacts:    []record.Contact{{ID: "k1", Kind: words, Participants: []record.ID{"a1"}, Status: words, When: end, Where: []record.ID{"p1"}, About: words, Duration: words, Span: span, Text: words}},
		Figures:     []record.Figure{{ID: "f1", Value: 1, Bound: words, Unit: words, Of: words, Where: []record.ID{"p1"}, Span: span, Text: words, AssertedBy: []record.ID{"s1"}}},
		Agreements:  []record.Agreement{{ID: "g1", Name: words, Date: end, Parties: []record.ID{"a1"}, Terms: pieces, Mentions: []record.Span{span}}},
		Contradictions: []record.Contradiction{
			{ID: "x1", A: "s1", B: "e1", Basis: words, By: []record.ID{"a1"}, Reason: words, Text: words},
		},
	}, "2031-05-02T09:00:00Z")
	return a
}

func TestCSVHostile(t *testing.T) {
	checkCSV(t, written(t, hostileArchive(strings.Repeat("=𝔘,\"\n", 1<<17)), options("csv", "statement")), "")
	for _, words := range hostile() {
		for _, kind := range []string{"statement", "event", "commitment", "contact", "figure", "contradiction", "actor", "agreement", "place"} {
			checkCSV(t, written(t, hostileArchive(words), options("csv", kind)), words)
		}
	}
}

// checkCSV holds that no text cell is a formula, and that the words come back when a ' before a formula is taken away.
func checkCSV(t *testing.T, out, words string) {
	t.Helper()
	// encoding/csv reads \r\n in a cell as \n, so both are compared in that form.
	unix := func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%q: %d rows, error %v", clip(words), len(rows), err)
	}
	found := false
	for i, got := range rows[1] {
		if strings.HasPrefix(got, "=") || strings.HasPrefix(got, "+") || strings.HasPrefix(got, "@") || strings.HasPrefix(got, "\t") || strings.HasPrefix(got, "\r") || strings.HasPrefix(got, "-") {
			t.Errorf("%s: cell %q is a formula", rows[0][i], clip(got))
		}
		found = found || unformula(got) == unix(strings.ToValidUTF8(words, "\uFFFD"))
	}
	if !found {
		t.Errorf("%q does not come back", clip(words))
	}
}

// unformula is what a reader does to get the exact words, as docs/exports.md says.
func unformula(s string) string {
	bare := strings.TrimLeft(s, "'")
	if bare != s && strings.IndexAny(bare, "=+-@\t\r\n＝＋－＠") == 0 {
		return s[1:]
	}
	return s
}

func clip(s string) string { return s[:min(len(s), 60)] }

func FuzzCSV(f *testing.F) {
	for _, words := range hostile() {
		f.Add(words)
	}
	f.Fuzz(func(t *testing.T, words string) {
		checkCSV(t, written(t, hostileArchive(words), options("csv", "statement")), words)
	})
}

func TestJSONLReadsBack(t *testing.T) {
	a := crisis()
	dec := json.NewDecoder(strings.NewReader(written(t, a, options("jsonl"))))
	for i := 0; ; i++ {
		var got struct {
			record.Entry
			Names map[record.ID]string
		}
		err := dec.Decode(&got)
		if err == io.EOF {
			if i != len(a.entries)+len(a.links) {
				t.Errorf("%d lines, want %d", i, len(a.entries)+len(a.links))
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if i < len(a.entries) && (got.ID != a.entries[i].ID || got.Text != a.entries[i].Text || got.Span != a.entries[i].Span) {
			t.Errorf("line %d: got %s %q, want %s %q", i+1, got.ID, got.Text, a.entries[i].ID, a.entries[i].Text)
		}
		if got.Kind == "statement" && len(got.Names) == 0 {
			t.Errorf("line %d has no names", i+1)
		}
	}
}

// TestJSONLIsLines holds that hostile words cannot break a line.
func TestJSONLIsLines(t *testing.T) {
	for _, words := range hostile() {
		out := written(t, hostileArchive(words), options("jsonl"))
		for l := range strings.Lines(out) {
			if !json.Valid([]byte(l)) {
				t.Errorf("%q: a line is not JSON: %q", words, l)
			}
		}
	}
}

// many is an archive of n statements, 40 an article.
func many(n int) *archive {
	a := &archive{records: map[record.ID]*record.Record{}}
	for i := 0; i < n; i += 40 {
		rec := readout()
		rec.Document.URL = fmt.Sprint("https://gazette.example/", i)
		stmt := rec.Statements[0]
		rec.Statements = rec.Statements[:0]
		for j := range 40 {
			stmt.ID = record.ID(fmt.Sprint("s", j))
			rec.Statements = append(rec.Statements, stmt)
		}
		rec.Events, rec.Commitments, rec.Contacts, rec.Figures = nil, nil, nil, nil
		a.add(rec, time.Date(2031, 5, 2, 0, 0, i, 0, time.UTC).Format(time.RFC3339))
	}
	return a
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }

func BenchmarkWrite(b *testing.B) {
	const rows = 20000
	a := many(rows)
	for _, f := range export.Formats() {
		b.Run(f.Name, func(b *testing.B) {
			opt := options(f.Name, "statement")
			if f.Name != "jsonl" && f.Name != "csv" && f.Name != "parquet" && f.Name != "annotation" {
				b.Skip("not a bulk format, or not of statements")
			}
			for b.Loop() {
				var c counter
				if err := export.Write(b.Context(), &c, a, opt); err != nil {
					b.Fatal(err)
				}
				b.SetBytes(c.n)
			}
			b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
