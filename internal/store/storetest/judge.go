package storetest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
	"parley/internal/store"
)

func judging(t *testing.T, s Archive) {
	a := Story(1)
	put(t, s, a, Story(2))
	stmt, com := a.Record.Statements[0].ID, a.Record.Commitments[0].ID
	got, err := s.Judge(t.Context(), record.Judgement{Who: "ann", Verb: "confirm", Subject: stmt, Why: "the video shows it", Evidence: []record.ID{com}, Hash: "x", Prev: "y", Seq: 99})
	if err != nil || got.Seq != 3 || got.Prev == "y" || got.At.IsZero() {
		t.Fatalf("%+v, %v", got, err)
	}
	if want, err := store.HashOf(got); err != nil || got.Hash != want {
		t.Errorf("hash %s, not %s: %v", got.Hash, want, err)
	}
	kept := logOf(t, s, record.JudgementQuery{Subject: stmt})
	if diff := cmp.Diff([]record.Judgement{got}, kept); diff != "" {
		t.Error(diff)
	}
	verdicts := func(want string) {
		t.Helper()
		if e, err := s.Entry(t.Context(), stmt); err != nil || e.Verdict != want {
			t.Errorf("verdict %q, not %q: %v", e.Verdict, want, err)
		}
	}
	verdicts("confirm")
	judge(t, s, "doubt", stmt, "", "")
	verdicts("doubt")
	judge(t, s, "seen", stmt, "", "yes")
	verdicts("doubt")
	if n := len(list(t, s, record.Query{Verdict: "doubt"})); n != 1 {
		t.Errorf("%d doubted", n)
	}
	if n := len(list(t, s, record.Query{Verdict: "confirm"})); n != 0 {
		t.Errorf("%d confirmed", n)
	}
	judge(t, s, "clear", stmt, "", "")
	verdicts("")
	if n := len(list(t, s, record.Query{Verdict: "none"})); n != 2*Entries {
		t.Errorf("%d not judged", n)
	}
	judge(t, s, "state", com, "", "kept")
	judge(t, s, "same_origin", id(a), id(Story(2)), "")
	if n := len(logOf(t, s, record.JudgementQuery{Subject: id(Story(2))})); n != 2 { // ingest, and as an object
		t.Errorf("%d decisions about the other article", n)
	}
	if log := logOf(t, s, record.JudgementQuery{After: 3, Limit: 2}); len(log) != 2 || log[0].Seq != 4 {
		t.Errorf("part of the log: %v", log)
	}
	if log := logOf(t, s, record.JudgementQuery{Subjects: []record.ID{com, id(a)}, Verbs: []string{"state", "same_origin"}}); len(log) != 2 || log[0].Subject != com {
		t.Errorf("log of two subjects: %v", log)
	}
	if log := logOf(t, s, record.JudgementQuery{Verbs: []string{"state", "seen"}, AsOf: got.At}); len(log) != 0 {
		t.Errorf("decisions of then: %v", log)
	}
	newest := logOf(t, s, record.JudgementQuery{Newest: true, People: true})
	if len(newest) < 3 || newest[0].Seq <= newest[1].Seq || slices.ContainsFunc(newest, func(j record.Judgement) bool { return j.Verb == "ingest" }) {
		t.Errorf("what people decided, newest first: %v", newest)
	} else if log := logOf(t, s, record.JudgementQuery{Newest: true, People: true, Before: newest[0].Seq, Limit: 1}); len(log) != 1 || log[0].Seq != newest[1].Seq {
		t.Errorf("the one before %d: %v", newest[0].Seq, log)
	}
	sound(t, s)
}

func judgeRefuses(t *testing.T, s Archive) {
	a := Story(1)
	put(t, s, a)
	stmt, com := a.Record.Statements[0].ID, a.Record.Commitments[0].ID
	for _, c := range []struct {
		name string
		j    record.Judgement
		want error
	}{
		{"no verb", record.Judgement{Subject: stmt}, store.ErrInvalid}, {"its own verb", record.Judgement{Verb: "ingest", Subject: id(a)}, store.ErrInvalid},
		{"unknown verb", record.Judgement{Verb: "like", Subject: stmt}, store.ErrInvalid}, {"no subject", record.Judgement{Verb: "confirm"}, store.ErrInvalid},
		{"unknown subject", record.Judgement{Verb: "confirm", Subject: "s-nothing"}, record.ErrNotFound},
		{"wrong subject", record.Judgement{Verb: "confirm", Subject: id(a)}, store.ErrInvalid},
		{"not a commitment", record.Judgement{Verb: "state", Subject: stmt, Value: "kept"}, store.ErrInvalid},
		{"no state", record.Judgement{Verb: "state", Subject: com, Value: "fine"}, store.ErrInvalid},
		{"neither yes nor no", record.Judgement{Verb: "seen", Subject: stmt, Value: "maybe"}, store.ErrInvalid},
		{"merge without other", record.Judgement{Verb: "merge", Subject: "i-1"}, store.ErrInvalid},
		{"of itself", record.Judgement{Verb: "same_origin", Subject: id(a), Object: id(a)}, store.ErrInvalid},
		{"unknown evidence", record.Judgement{Verb: "confirm", Subject: stmt, Evidence: []record.ID{"s-nothing"}}, record.ErrNotFound},
		{"nothing to restore", record.Judgement{Verb: "restore", Subject: id(a)}, store.ErrInvalid},
		{"nobody", record.Judgement{Verb: "confirm", Subject: stmt, Who: " "}, store.ErrInvalid},
		{"no reason", record.Judgement{Verb: "confirm", Subject: stmt, Why: "\n"}, store.ErrInvalid},
	} {
		if c.j.Who == "" {
			c.j.Who = "ann"
		}
		if c.j.Why == "" {
			c.j.Why = "because"
		}
		wants(t, c.name, failed(s.Judge(t.Context(), c.j)), c.want)
	}
	if n := sound(t, s).Judgements; n != 1 {
		t.Errorf("%d decisions in the log", n)
	}
}

func judgeConcurrently(t *testing.T, s Archive) {
	a := Story(1)
	put(t, s, a)
	var group sync.WaitGroup
	errs := make([]error, 8)
	for who := range errs {
		group.Go(func() {
			for range 10 {
				_, err := s.Judge(t.Context(), record.Judgement{Who: fmt.Sprint("judge ", who), Verb: "doubt", Why: "unclear", Subject: a.Record.Statements[0].ID})
				errs[who] = errors.Join(errs[who], err)
			}
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if n := sound(t, s).Judgements; n != 81 {
		t.Errorf("%d decisions in the log, not 81", n)
	}
}

func withdraw(t *testing.T, s Archive) {
	a, later := Story(1), Story(2)
	put(t, s, a)
	state := func(want, reason string) {
		t.Helper()
		art, err := s.Article(t.Context(), id(a))
		if err != nil || art.State != want || art.StateReason != reason {
			t.Errorf("state %s (%s), not %s: %v", art.State, art.StateReason, want, err)
		}
		if n := len(list(t, s, record.Query{Article: id(a)})); n > 0 != (want == record.Current) {
			t.Errorf("%d entries of an article that is %s", n, want)
		}
		sound(t, s)
	}
	judge(t, s, "withdraw", id(a), "", "")
	state(record.Withdrawn, "seen the footage")
	_, err := s.Judge(t.Context(), record.Judgement{Who: "ann", Why: "again", Verb: "withdraw", Subject: id(a)})
	wants(t, "withdrawn twice", err, store.ErrInvalid)
	judge(t, s, "restore", id(a), "", "")
	state(record.Current, "")
	later.Supersedes = []record.ID{id(a)}
	put(t, s, later)
	state(record.Superseded, "a later version came")
	judge(t, s, "withdraw", id(a), "", "")
	judge(t, s, "restore", id(a), "", "")
	state(record.Superseded, "")
}

func erase(t *testing.T, s Archive) {
	a, twin := Told(1, "Ruiz told of Zzyzx.", 1), Story(2)
	put(t, s, a, twin)
	stmt := a.Record.Statements[0].ID
	judge(t, s, "confirm", stmt, "", "")
	if err := s.Reconcile(t.Context(), Findings(a, twin)); err != nil {
		t.Fatal(err)
	}
	judge(t, s, "confirm", Findings(a, twin).Links[0].ID, "", "")
	judge(t, s, "erase", id(a), "", "")
	art, err := s.Article(t.Context(), id(a))
	if err != nil || art.State != record.Erased || art.Text != "" || art.Title != "" || len(art.Authors) != 0 || art.TextHash != record.TextHash(a.Article.Text) ||
		art.RawHash != record.TextHash(a.Raw) {
		t.Errorf("%+v, %v", art, err)
	}
	wants(t, "record", failed(s.Record(t.Context(), id(a))), record.ErrErased)
	wants(t, "bytes", failed(s.Raw(t.Context(), id(a))), record.ErrErased)
	wants(t, "entry", failed(s.Entry(t.Context(), stmt)), record.ErrErased)
	wants(t, "reread", s.Reread(t.Context(), id(a), a.Record, nil), record.ErrErased)
	_, err = s.Judge(t.Context(), record.Judgement{Who: "ann", Why: "back", Verb: "restore", Subject: id(a)})
	wants(t, "restore", err, store.ErrInvalid)
	for _, q := range []record.Query{{Text: "zzyzx", Superseded: true}, {Article: id(a), Superseded: true, Retired: true}, {Article: id(a), AsOf: Begin().AddDate(1, 0, 0)}} {
		if got := list(t, s, q); len(got) != 0 {
			t.Errorf("%+v still finds %v", q, got)
		}
	}
	if got := found(t, s, record.ArticleQuery{Text: "zzyzx", States: []string{record.Current, record.Erased}}); len(got) != 0 {
		t.Errorf("the article is still found: %v", got)
	}
	put(t, s, a) // it stays erased
	if report := sound(t, s); report.Erased != 1 || report.Articles != 2 {
		t.Errorf("%+v", report)
	}
	if _, err := s.Raw(t.Context(), id(twin)); err != nil {
		t.Error(err)
	}
	if l, err := s.Link(t.Context(), Findings(a, twin).Links[0].ID); err != nil || l.Reason != "" || l.Verdict != "confirm" {
		t.Errorf("judged link: %+v, %v", l, err)
	}
}
