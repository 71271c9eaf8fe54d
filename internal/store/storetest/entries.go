package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
	"parley/internal/store"
)

func entries(t *testing.T, s Archive) {
	put(t, s, stories(40)...)
	a := Story(3)
	ruiz, stmt := a.Record.Actors[0].ID, a.Record.Statements[0]
	e, err := s.Entry(t.Context(), stmt.ID)
	if err != nil || e.Kind != "statement" || e.Article != id(a) || e.Text != stmt.Text || e.Span != stmt.Span || e.Label != stmt.Act ||
		e.Confidence != stmt.Confidence || e.Title != a.Article.Title || e.Publisher != a.Article.Publisher || e.URL != a.Article.URL ||
		!e.Known.Equal(a.Article.Known) || !strings.Contains(string(e.Item), `"quotation":"mixed"`) {
		t.Errorf("entry: %+v, %v", e, err)
	}
	at := Begin().Add(10 * time.Hour)
	for _, c := range []struct {
		name string
		q    record.Query
		want int
	}{
		{"kind", record.Query{Kinds: []string{"statement"}}, 40}, {"kinds", record.Query{Kinds: []string{"statement", "place"}}, 80},
		{"article", record.Query{Article: id(a)}, Entries}, {"no article", record.Query{Article: "d-nothing"}, 0},
		{"ids", record.Query{IDs: []record.ID{ruiz, stmt.ID, "s-nothing"}}, 2}, {"ids of a kind", record.Query{IDs: []record.ID{ruiz, stmt.ID}, Kinds: []string{"actor"}}, 1},
		{"label", record.Query{Labels: []string{"ASSAULT"}}, 40}, {"labels", record.Query{Labels: []string{"ASSAULT", "call"}}, 80},
		{"status", record.Query{Status: []string{"held"}}, 40}, {"state", record.Query{Kinds: []string{"commitment"}, Status: []string{"not_assessed", "kept"}}, 40}, {"judged state", record.Query{Status: []string{"kept"}}, 0},
		{"confidence", record.Query{MinConfidence: 0.7, Article: id(a)}, 8},
		{"actor", record.Query{Actors: []record.ID{ruiz}}, 6}, {"actor as source", record.Query{Actors: []record.ID{ruiz}, Role: "source"}, 1},
		{"actor by", record.Query{Actors: []record.ID{ruiz}, Role: "by"}, 1}, {"actor asserting", record.Query{Actors: []record.ID{ruiz}, Role: "asserted_by"}, 3},
		{"actor via", record.Query{Actors: []record.ID{a.Record.Actors[1].ID}, Role: "via"}, 1}, {"no actor", record.Query{Actors: []record.ID{"a-nothing"}}, 0},
		{"from", record.Query{From: at, Kinds: []string{"event"}}, 30}, {"to", record.Query{To: at, Kinds: []string{"event"}}, 11},
		{"from and to", record.Query{From: at, To: at, Kinds: []string{"event"}}, 1}, {"as of", record.Query{AsOf: at.Add(-time.Second), Kinds: []string{"event"}}, 10},
		{"text", record.Query{Text: "promised", Kinds: []string{"statement"}}, 0}, {"limit", record.Query{Limit: 7}, 7}, {"default limit", record.Query{}, 100},
		{"long limit", record.Query{Limit: 1000}, 40 * Entries},
	} {
		if got := len(list(t, s, c.q)); got != c.want {
			t.Errorf("%s: %d entries, not %d", c.name, got, c.want)
		}
	}
	for name, q := range map[string]record.Query{"kind": {Kinds: []string{"rumour"}}, "role": {Actors: []record.ID{ruiz}, Role: "victim"}, "verdict": {Verdict: "guilty"}, "use for so many ids": {IDs: make([]record.ID, 501)},
		"cursor": {Cursor: "'; DROP TABLE entries"}} {
		wants(t, "no such "+name, failed(s.Entries(t.Context(), q)), store.ErrInvalid)
	}
	inOrder(t, s, a)
}

// inOrder checks that an article's entries come in the order of its text.
func inOrder(t *testing.T, s Archive, a record.Arrival) {
	last := -1
	for _, e := range list(t, s, record.Query{Article: id(a)}) {
		if e.Span[0] < last {
			t.Errorf("%s at %v comes after one at %d", e.ID, e.Span, last)
		}
		last = e.Span[0]
	}
}

// paging goes through lists of different queries in small pages, both ways, while articles that sort elsewhere come in.
func paging(t *testing.T, s Archive) {
	put(t, s, stories(60)...)
	same := make([]record.Arrival, 60) // of one moment
	for i := range same {
		same[i] = Story(1000 + i)
		same[i].Article.Known = Begin()
	}
	put(t, s, same...)
	newer := 5000
	for name, q := range map[string]record.Query{
		"all": {}, "kind": {Kinds: []string{"event"}}, "kinds": {Kinds: []string{"event", "figure", "actor"}}, "text": {Text: "fled"}, "oldest": {Oldest: true},
		"text, oldest": {Text: "kelm", Oldest: true}, "range": {From: Begin().Add(time.Hour), To: Begin().Add(9 * time.Hour)},
	} {
		whole := q
		whole.Limit = 10000
		var want []record.ID
		var before time.Time
		for i, e := range list(t, s, whole) {
			if i > 0 && e.Known != before && e.Known.After(before) != q.Oldest {
				t.Errorf("%s: %s of %v comes after one of %v", name, e.ID, e.Known, before)
			}
			want, before = append(want, e.ID), e.Known
		}
		var got []record.ID
		for q.Limit = 7; ; {
			page, err := s.Entries(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page.Entries {
				got = append(got, e.ID)
			}
			if q.Cursor = page.Next; q.Cursor == "" {
				break
			}
			if len(got) == 14 {
				newer++
				put(t, s, Story(newer)) // newest of all
			}
		}
		if !q.Oldest && !equal(got, want) || q.Oldest && !equal(got[:len(want)], want) {
			t.Errorf("%s: pages hold %d entries, the list %d, or in another order", name, len(got), len(want))
		}
	}
}

func equal(a, b []record.ID) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func search(t *testing.T, s Archive) {
	put(t, s, Story(0), Story(1), Told(2, "Ruiz's cease-fire holds, she said; Łódź and ΑΘΗΝΑ agree. 150,000 men OR women NOT counted.", 1))
	for _, c := range []struct {
		text string
		want int
	}{
		{"soldiers", 2}, {"SOLDIERS", 2}, {"soldiers envoy", 2}, {"soldiers zebra", 0}, {`"northern command"`, 6}, {`"command northern"`, 0}, {"“northern command”", 6},
		{"cease-fire", 1}, {"cease fire", 1}, {`"cease fire holds"`, 1}, {`"fire cease"`, 0}, {"ruiz's", 2}, {"łódź", 1}, {"αθηνα", 1}, {"150,000", 1}, {"men or women", 1},
		{"women not counted", 1}, {"NOT", 1}, {"OR", 1}, {"soldiers AND envoy", 0}, {"soldiers NEAR envoy", 0},
		// hostile
		{`"`, 0}, {"*", 0}, {"sold*", 0}, {"NEAR(", 0}, {"NEAR(soldiers envoy)", 0}, {"'; DROP TABLE entries; --", 0}, {`"unbalanced`, 0}, {`soldiers"`, 2},
		{"words:soldiers", 0}, {"{words} : soldiers", 0}, {"^soldiers", 2}, {"soldiers -envoy", 2}, {"soldiers + envoy", 2}, {"(soldiers)", 2}, {"\x00", 0}, {"soldiers\x00", 2},
		{"\xff\xfe", 0}, {"%", 0}, {"_", 0}, {"?", 0}, {"$1", 0}, {"soldiers & !envoy", 2}, {"a:*b", 0}, {`\"soldiers\"`, 2}, {strings.Repeat("soldiers ", 5000), 2},
		{strings.Repeat(`"`, 5000), 0}, {strings.Repeat("(", 5000) + "soldiers", 2},
	} {
		got := list(t, s, record.Query{Text: c.text, Kinds: []string{"statement", "event", "actor"}})
		if len(got) != c.want {
			t.Errorf("%.40q: %d entries, not %d", c.text, len(got), c.want)
		}
		if _, err := s.Identities(t.Context(), c.text, 0); err != nil {
			t.Errorf("identities %.40q: %v", c.text, err)
		}
		found(t, s, record.ArticleQuery{Text: c.text})
	}
	sound(t, s)
}

// hostileText is an article whose words and names are made to hurt.
func hostileText(t *testing.T, s Archive) {
	a := Told(1, "Rüiz\x00'; DROP TABLE articles; -- told \"NEAR(\" \u202e\U0001F4A5 %s $1 ? said.", 1)
	a.Article.Title, a.Article.Publisher, a.Article.GUID, a.Article.URL = "\x00'\"", "P\x00aper", "g\x00", "https://x.example/\x00"
	a.Article.Headers = map[string]string{"X\x00": "\xff"}
	a.Record.Figures[0].Unit, a.Record.Agreements[0].Name = "p\x00'", "\x00\x00"
	put(t, s, a, tooLong())
	if n := len(found(t, s, record.ArticleQuery{URL: tooLong().Article.URL})); n != 1 {
		t.Errorf("%d articles of the long address", n)
	}
	got, err := s.Article(t.Context(), id(a))
	if err != nil || got.Title != a.Article.Title || got.Text != a.Article.Text {
		t.Errorf("article: %q, %v", got.Title, err)
	}
	if n := len(found(t, s, record.ArticleQuery{Publisher: "P\x00aper"})); n != 1 {
		t.Errorf("%d articles of the publisher", n)
	}
	if n := len(list(t, s, record.Query{Article: id(a)})); n != Entries {
		t.Errorf("%d entries", n)
	}
	sound(t, s)
}

// tooLong is an article whose names and words are longer than any index takes.
func tooLong() record.Arrival {
	var text strings.Builder
	for n := range 300_000 {
		fmt.Fprintf(&text, " %x", n*7919)
	}
	a := Told(2, "Ruiz spoke."+text.String()+strings.Repeat("ы", 100_000), 1)
	long := text.String()[:20_000]
	a.Article.URL, a.Article.GUID, a.Article.Publisher, a.Article.Title = "https://x.example/"+long, long, long, long
	a.Record.Agreements[0].Name, a.Record.Figures[0].Unit = long, strings.Repeat("é", 9999)
	return a
}

func asOf(t *testing.T, s Archive) {
	hour := func(n int) time.Time { return Begin().Add(time.Duration(n) * time.Hour) }
	old, later, other := Story(1), Story(5), Story(2)
	later.Supersedes = []record.ID{id(old)}
	put(t, s, old, other, later)
	shown := func(at time.Time) (ids []record.ID) {
		for _, e := range list(t, s, record.Query{AsOf: at, Kinds: []string{"statement"}, Oldest: true}) {
			ids = append(ids, e.Article)
		}
		return ids
	}
	if got := shown(hour(0)); len(got) != 0 {
		t.Errorf("before anything was known: %v", got)
	}
	if got := shown(hour(4)); !equal(got, []record.ID{id(old), id(other)}) {
		t.Errorf("before the later version was known: %v", got)
	}
	if got := shown(hour(5)); !equal(got, []record.ID{id(other), id(later)}) {
		t.Errorf("when the later version was known: %v", got)
	}
	arts := found(t, s, record.ArticleQuery{AsOf: hour(4), Oldest: true})
	if len(arts) != 2 || arts[0].State != record.Current {
		t.Errorf("articles then: %v", arts)
	}
	stmt := other.Record.Statements[0].ID
	first := judge(t, s, "confirm", stmt, "", "")
	second := judge(t, s, "reject", stmt, "", "")
	gone := judge(t, s, "withdraw", id(other), "", "")
	for _, c := range []struct {
		at      time.Time
		verdict string
		shown   int
	}{{first.At.Add(-time.Microsecond), "", 1}, {first.At, "confirm", 1}, {second.At, "reject", 1}, {gone.At.Add(-time.Microsecond), "reject", 1}, {gone.At, "", 0}} {
		got := list(t, s, record.Query{AsOf: c.at, Article: id(other), Kinds: []string{"statement"}})
		if len(got) != c.shown || c.shown == 1 && got[0].Verdict != c.verdict {
			t.Errorf("as of %v: %d entries, %+v; want %d with verdict %q", c.at, len(got), got, c.shown, c.verdict)
		}
		if got := list(t, s, record.Query{AsOf: c.at, Verdict: "reject"}); len(got) > 0 != (c.verdict == "reject") {
			t.Errorf("as of %v: rejected are %v", c.at, got)
		}
	}
}

// statesAreJudged: a commitment is not assessed until somebody says so, whatever its article says, and as of before, again.
func statesAreJudged(t *testing.T, s Archive) {
	a, b := Story(0), Story(1)
	put(t, s, a, b)
	com := a.Record.Commitments[0].ID
	status := func(q record.Query) map[record.ID]string {
		out := map[record.ID]string{}
		q.Kinds = []string{"commitment"}
		for _, e := range list(t, s, q) {
			out[e.ID] = e.Status
		}
		return out
	}
	if got := status(record.Query{}); len(got) != 2 || got[com] != "not_assessed" {
		t.Errorf("before anybody judged: %v", got)
	}
	first, err := s.Judge(t.Context(), record.Judgement{Who: "ann", Verb: "state", Subject: com, Value: "broken", Why: "the guns are still there"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Judge(t.Context(), record.Judgement{Who: "ann", Verb: "state", Subject: com, Value: "kept", Why: "they have left"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		q    record.Query
		want map[record.ID]string
	}{
		{record.Query{Status: []string{"kept"}}, map[record.ID]string{com: "kept"}},
		{record.Query{Status: []string{"broken"}}, map[record.ID]string{}},
		{record.Query{Status: []string{"broken"}, AsOf: first.At}, map[record.ID]string{com: "broken"}},
		{record.Query{Status: []string{"not_assessed"}}, map[record.ID]string{b.Record.Commitments[0].ID: "not_assessed"}},
		{record.Query{Article: id(a), AsOf: first.At.Add(-time.Microsecond)}, map[record.ID]string{com: "not_assessed"}},
	} {
		if diff := cmp.Diff(c.want, status(c.q)); diff != "" {
			t.Errorf("%+v:\n%s", c.q, diff)
		}
	}
	if e, err := s.Entry(t.Context(), com); err != nil || e.Status != "kept" {
		t.Errorf("entry: %v, %v", e.Status, err)
	}
	sound(t, s)
}
