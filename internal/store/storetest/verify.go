package storetest

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"parley/internal/record"
)

// concurrentReaders list and search while articles and decisions come in. What they see is always whole.
func concurrentReaders(t *testing.T, s Archive) {
	put(t, s, Story(0))
	ctx, stop := context.WithCancel(t.Context())
	var group sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		group.Go(func() {
			for ctx.Err() == nil && errs[i] == nil {
				page, err := s.Entries(t.Context(), record.Query{Limit: 10000, Text: []string{"", "kelm"}[i%2]})
				if err == nil && i%2 == 0 && len(page.Entries)%Entries != 0 {
					err = errors.New("part of an article is seen")
				}
				errs[i] = err
			}
		})
	}
	for n := range 20 {
		put(t, s, Story(2*n+1), Story(2*n+2))
		judge(t, s, "confirm", Story(2*n + 1).Record.Statements[0].ID, "", "")
	}
	stop()
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	sound(t, s)
}

func cancelled(t *testing.T, s Archive) {
	put(t, s, stories(3)...)
	before := sound(t, s)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for name, err := range map[string]error{
		"put": s.Put(ctx, []record.Arrival{Story(7)}), "entries": failed(s.Entries(ctx, record.Query{})), "article": failed(s.Article(ctx, id(Story(1)))),
		"articles": failed(first(s.Articles(ctx, record.ArticleQuery{}))), "verify": failed(s.Verify(ctx, "", nil)), "count": failed(s.Count(ctx)),
		"judge":     failed(s.Judge(ctx, record.Judgement{Who: "ann", Why: "x", Verb: "confirm", Subject: Story(1).Record.Statements[0].ID})),
		"reconcile": s.Reconcile(ctx, Findings(Story(1), Story(2))), "has": failed(s.Has(ctx, []record.ID{id(Story(1))})),
	} {
		wants(t, name, err, context.Canceled)
	}
	if after := sound(t, s); after != before {
		t.Errorf("%+v, was %+v", after, before)
	}
}

func count(t *testing.T, s Archive) {
	put(t, s, stories(5)...)
	judge(t, s, "withdraw", id(Story(1)), "", "")
	if err := s.Reconcile(t.Context(), Findings(Story(2), Story(3))); err != nil {
		t.Fatal(err)
	}
	got, err := s.Count(t.Context())
	if err != nil || got.Articles[record.Current] != 4 || got.Articles[record.Withdrawn] != 1 || got.Entries["statement"] != 5 || got.Entries["actor"] != 10 ||
		got.Links[record.SameClaim] != 1 || got.Identities != 2 || got.Judgements != 6 || got.Bytes < 10000 {
		t.Errorf("%+v, %v", got, err)
	}
}

func verify(t *testing.T, s Archive) {
	put(t, s, stories(30)...)
	var done, total int
	report, err := s.Verify(t.Context(), "", func(d, n int) { done, total = d, n })
	if err != nil || report.Fault != "" || report.Articles != 30 || report.Readings != 30 || report.Entries != 30*Entries || report.Judgements != 30 || done != 30 || total != 30 {
		t.Errorf("%+v, %v, %d of %d", report, err, done, total)
	}
}

func head(t *testing.T, s Archive) {
	put(t, s, Story(1))
	noted := sound(t, s).Head
	put(t, s, Story(2))
	if report, err := s.Verify(t.Context(), noted, nil); err != nil || report.Fault != "" || report.Seq != 2 {
		t.Errorf("%+v, %v", report, err)
	}
	latest := sound(t, s)
	if report, err := s.Verify(t.Context(), strings.Repeat("0", 64), nil); err != nil || !strings.Contains(report.Fault, "does not hold the head") {
		t.Errorf("%+v, %v", report, err)
	}
	alter(t, s, "DELETE FROM judgements WHERE seq = 2")
	if report, err := s.Verify(t.Context(), latest.Head, nil); err != nil || !strings.Contains(report.Fault, "does not hold the head") {
		t.Errorf("a log that was cut: %+v, %v", report, err)
	}
}

func alter(t *testing.T, s Archive, query string) {
	t.Helper()
	if _, err := s.SQL.ExecContext(t.Context(), query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// tampering changes one thing behind the archive's back and wants it named; then it is put right again.
func tampering(t *testing.T, s Archive) {
	a, b := Story(1), Story(2)
	put(t, s, a, b)
	if err := s.Reconcile(t.Context(), Findings(a, b)); err != nil {
		t.Fatal(err)
	}
	judge(t, s, "confirm", a.Record.Statements[0].ID, "", "")
	article, stmt, link := string(id(a)), string(a.Record.Statements[0].ID), string(Findings(a, b).Links[0].ID)
	of := "article = (SELECT n FROM articles WHERE id = '" + article + "')"
	for _, c := range []struct{ table, column, value, where, fault string }{
		{"judgements", "why", "'because I say so'", "seq = 3", "judgement 3 (confirm " + stmt + " by ann) was changed"},
		{"judgements", "verb", "'reject'", "seq = 3", "judgement 3"}, {"judgements", "at", "at + 1", "seq = 1", "judgement 1"},
		{"judgements", "prev", "hash", "seq = 2", "judgement 2 does not follow"}, {"judgements", "seq", "7", "seq = 3", "judgement 3 is missing"},
		{"articles", "title", "'Another'", "id = '" + article + "'", "article " + article + ": the column title"},
		{"articles", "known", "known + 1", "id = '" + article + "'", "article " + article + ": the column known"},
		{"articles", "arrived", "arrived + 1", "id = '" + article + "'", "article " + article + ": its time of arrival"},
		{"articles", "undated", "NOT undated", "id = '" + article + "'", "article " + article + ": the column undated"},
		{"entries", "arrived", "arrived + 1", "id = '" + stmt + "'", "entry " + stmt + " of article " + article + ": its time of arrival"},
		{"articles", "body", "body || ' '", "id = '" + article + "'", "article " + article + ": what it says of itself was changed"},
		{"articles", "state", "'withdrawn'", "id = '" + article + "'", "article " + article + ": its state is withdrawn, the log says current"},
		{"articles", "state", "'erased'", "id = '" + article + "'", "article " + article + ": its state is erased"},
		{"articles", "superseded_by", "'" + string(id(b)) + "'", "id = '" + article + "'", "article " + article + ": its later version"},
		{"articles", "reading", "2", "id = '" + article + "'", "article " + article + ": its number of readings"},
		{"blobs", "data", "(SELECT data FROM blobs b WHERE b.hash = '" + record.TextHash(b.Article.Text) + "')", "hash = '" + record.TextHash(a.Article.Text) + "'", "article " + article + ": its text"},
		{"blobs", "size", "size + 1", "hash = '" + record.TextHash(a.Raw) + "'", "article " + article + ": its raw bytes"},
		{"readings", "model", "'model-9'", of, "article " + article + ": its reading 1"}, {"readings", "hash", "'0'", of, "article " + article + ": its reading 1 was changed"},
		{"entries", "label", "'praise'", "id = '" + stmt + "'", "entry " + stmt + " of article " + article + ": its label is praise, the record says " + a.Record.Statements[0].Act},
		{"entries", "start", "start + 1", "id = '" + stmt + "'", "entry " + stmt + " of article " + article + ": span [1,"},
		{"entries", "confidence", "0.1", "id = '" + stmt + "'", "entry " + stmt + " of article " + article + ": its confidence"},
		{"entries", "item", "(SELECT item FROM entries e WHERE e.id = '" + string(b.Record.Statements[0].ID) + "')", "id = '" + stmt + "'", "entry " + stmt},
		{"entries", "id", "'s-000000000000'", "id = '" + stmt + "'", "entry s-000000000000 of article " + article + ": no reading has it"},
		{"entry_actors", "role", "7", "role = 1 AND entry = (SELECT n FROM entries WHERE id = '" + stmt + "')", "entry " + stmt + " of article " + article + ": the list of actors"},
		{"identities", "body", "body || ' '", "id = 'i-ruiz'", "identity i-ruiz was changed"}, {"identities", "members", "5", "id = 'i-ruiz'", "identity i-ruiz"},
		{"memberships", "reason", "'a guess'", "actor = (SELECT n FROM entries WHERE id = '" + string(a.Record.Actors[0].ID) + "')", "membership of " + string(a.Record.Actors[0].ID)},
		{"links", "confidence", "1", "id = '" + link + "'", "link " + link + " was changed"}, {"links", "b", "'s-000000000000'", "id = '" + link + "'", "link " + link},
		{"passages", "label", "'XYZ'", of, "a passage of article " + article + " was changed"},
	} {
		alter(t, s, "CREATE TABLE kept AS SELECT * FROM "+c.table)
		alter(t, s, "UPDATE "+c.table+" SET "+c.column+" = "+c.value+" WHERE "+c.where)
		report, err := s.Verify(t.Context(), "", nil)
		if err != nil || !strings.Contains(report.Fault, c.fault) {
			t.Errorf("%s.%s: %q, not %q; %v", c.table, c.column, report.Fault, c.fault, err)
		}
		putBack(t, s, c.table)
	}
	deleting(t, s, a, b)
	sound(t, s)
}

// deleting takes rows out behind the archive's back, of two stories that were compared.
func deleting(t *testing.T, s Archive, a, b record.Arrival) {
	article, stmt, link := string(id(a)), string(a.Record.Statements[0].ID), string(Findings(a, b).Links[0].ID)
	of := "article = (SELECT n FROM articles WHERE id = '" + article + "')"
	for _, c := range []struct{ table, where, fault string }{
		{"judgements", "seq = 2", "judgement 2 is missing"}, {"readings", of, "article " + article + ": its reading 1 is gone"},
		{"blobs", "hash = '" + record.TextHash(a.Raw) + "'", "article " + article + ": its raw bytes"},
		{"entry_actors", "entry = (SELECT n FROM entries WHERE id = '" + stmt + "')", "entry " + stmt + " of article " + article + ": the list of actors lacks"},
		{"memberships", of[:0] + "identity = (SELECT n FROM identities WHERE id = 'i-north')", "identity i-north"},
		{"links", "id = '" + link + "'", ""}, {"passages", of, ""},
	} {
		alter(t, s, "CREATE TABLE kept AS SELECT * FROM "+c.table)
		alter(t, s, "DELETE FROM "+c.table+" WHERE "+c.where)
		report, err := s.Verify(t.Context(), "", nil)
		if err != nil || c.fault == "" && report.Fault != "" || !strings.Contains(report.Fault, c.fault) {
			t.Errorf("rows of %s deleted: %q, not %q; %v", c.table, report.Fault, c.fault, err)
		}
		putBack(t, s, c.table)
	}
}

func putBack(t *testing.T, s Archive, table string) {
	t.Helper()
	alter(t, s, "DELETE FROM "+table)
	alter(t, s, "INSERT INTO "+table+" SELECT * FROM kept")
	alter(t, s, "DROP TABLE kept")
}
