package storetest

import (
	"context"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
	"parley/internal/store"
)

// Meaning is a made-up meaning of some words of a story.
func Meaning(a record.Arrival, words string, vector ...int8) record.Meaning {
	b := &builder{text: a.Article.Text}
	return record.Meaning{Span: b.words(words).Span, Vector: vector}
}

// Direction is a made-up meaning of a text: each word points somewhere, and texts of the same words are close.
func Direction(text string) []int8 {
	sum := make([]float64, 128)
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		h := fnv.New64a()
		_, _ = h.Write([]byte(word)) // it never fails
		chance := rand.New(rand.NewPCG(h.Sum64(), 1))
		for i := range sum {
			sum[i] += chance.NormFloat64()
		}
	}
	square := 1e-9
	for _, n := range sum {
		square += n * n
	}
	out := make([]int8, len(sum))
	for i, n := range sum {
		out[i] = int8(math.Round(127 * n / math.Sqrt(square)))
	}
	return out
}

// Understand gives the direction of a text, as a model would.
func Understand(_ context.Context, text string) ([]int8, string, error) {
	return Direction(text), "test-model", nil
}

// WithMeanings gives an arrival the directions of its sentences, which end with a full stop or a line.
func WithMeanings(a record.Arrival) record.Arrival {
	text := a.Record.Document.Text
	for from := 0; from < len(text); {
		end := strings.IndexAny(text[from:], ".\n") + 1
		if end == 0 {
			end = len(text) - from
		}
		sentence := strings.TrimSpace(text[from : from+end])
		at := from + strings.Index(text[from:], sentence)
		if from += end; sentence == "" {
			continue
		}
		start := utf8.RuneCountInString(text[:at])
		a.Meanings = append(a.Meanings, record.Meaning{Span: record.Span{start, start + utf8.RuneCountInString(sentence)}, Vector: Direction(sentence)})
	}
	return a
}

func meant(t *testing.T, s Archive, of ...record.ID) map[record.ID]record.Meant {
	t.Helper()
	out := map[record.ID]record.Meant{}
	for m, err := range s.Meanings(t.Context(), of) {
		if err != nil {
			t.Fatal(err)
		}
		out[m.Article] = m
	}
	return out
}

// meanings are kept with a reading, give way to those of the next, and go with the article.
func meanings(t *testing.T, s Archive) {
	a, b := Story(1), Story(2)
	a.Meanings = []record.Meaning{Meaning(a, "Minister Ana Ruiz", -127, 3, 0), Meaning(a, "“for good”", 5, -6, 127)}
	put(t, s, a, b)
	got := meant(t, s)
	want := map[record.ID]record.Meant{
		id(a): {Article: id(a), Known: a.Article.Known, Publisher: a.Article.Publisher, State: record.Current, Model: "test-model", Sentences: a.Meanings},
		id(b): {Article: id(b), Known: b.Article.Known, Publisher: b.Article.Publisher, State: record.Current},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if report := sound(t, s); report.Meanings != 1 {
		t.Errorf("%d articles with meanings", report.Meanings)
	}
	again := Story(1).Record
	again.Model = "model-2"
	later := []record.Meaning{Meaning(a, "Minister Ana Ruiz of Östmark told", 1, 2, 3)}
	if err := s.Reread(t.Context(), id(a), again, later); err != nil {
		t.Fatal(err)
	}
	if m := meant(t, s, id(a))[id(a)]; m.Model != "model-2" || cmp.Diff(later, m.Sentences) != "" {
		t.Errorf("read again: %+v", m)
	}
	judge(t, s, "withdraw", id(a), "", "")
	if m := meant(t, s, id(a))[id(a)]; m.State != record.Withdrawn || len(m.Sentences) != 1 {
		t.Errorf("withdrawn: %+v", m)
	}
	sound(t, s)
	judge(t, s, "erase", id(a), "", "")
	if _, there := meant(t, s)[id(a)]; there {
		t.Error("the meanings of an erased article are there")
	}
	var rows int
	if err := s.SQL.QueryRowContext(t.Context(), "SELECT count(*) FROM meanings").Scan(&rows); err != nil || rows != 0 {
		t.Errorf("%d rows of meanings are left, %v", rows, err)
	}
	sound(t, s)
	if err := s.Reread(t.Context(), id(b), again, nil); err == nil {
		t.Error("a reading of another article")
	}
}

// manyMeanings are walked along newest first, without a gap between pages.
func manyMeanings(t *testing.T, s Archive) {
	all := stories(430)
	put(t, s, all...)
	at := len(all)
	for m, err := range s.Meanings(t.Context(), nil) {
		if at--; err != nil || m.Article != id(all[at]) {
			t.Fatalf("%d: %+v, %v", at, m, err)
		}
	}
	if at != 0 {
		t.Errorf("%d articles did not come", at)
	}
	for _, err := range s.Meanings(t.Context(), make([]record.ID, 501)) {
		wants(t, "too many", err, store.ErrInvalid)
	}
}

func meaningsRefused(t *testing.T, s Archive) {
	a := Story(1)
	one := Meaning(a, "Kelm", 1, 2)
	beyond := one
	beyond.Span[1] = len([]rune(a.Article.Text)) + 1
	for name, list := range map[string][]record.Meaning{
		"twice the same": {one, one}, "beyond the text": {beyond}, "of two models": {Meaning(a, "Minister", 1), one}, "no vector": {{Span: one.Span}},
		"no words": {{Vector: []int8{1}}},
	} {
		a.Meanings = list
		wants(t, name, s.Put(t.Context(), []record.Arrival{a}), store.ErrInvalid)
	}
}

// meaningsTampered changes them behind the archive's back.
func meaningsTampered(t *testing.T, s Archive) {
	a := Story(1)
	a.Meanings = []record.Meaning{Meaning(a, "Kelm", 1, 2)}
	put(t, s, a)
	for _, c := range []struct{ change, fault string }{
		{"UPDATE meanings SET model = 'x'", "article " + string(id(a)) + ": the meanings of its sentences are of reading 1 by model \"x\""},
		{"UPDATE meanings SET reading = 2", "article " + string(id(a)) + ": the meanings"},
		{"UPDATE meanings SET check_sum = 7", "what the sentences of article " + string(id(a)) + " mean was changed"},
		{"UPDATE meanings SET sentences = (SELECT record FROM readings)", "what the sentences"},
	} {
		alter(t, s, "CREATE TABLE kept AS SELECT * FROM meanings")
		alter(t, s, c.change)
		if report, err := s.Verify(t.Context(), "", nil); err != nil || !strings.HasPrefix(report.Fault, c.fault) {
			t.Errorf("%s: %q, %v", c.change, report.Fault, err)
		}
		putBack(t, s, "meanings")
	}
	alter(t, s, "UPDATE meanings SET sentences = (SELECT data FROM blobs LIMIT 1)")
	for _, err := range s.Meanings(t.Context(), nil) {
		wants(t, "damaged", err, store.ErrDamaged)
	}
}
