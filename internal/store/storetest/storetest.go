// Package storetest holds every database behind the archive to one behaviour: a conformance suite, and stories to fill
// archives with. It is for tests only.
package storetest

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"parley/internal/record"
	"parley/internal/store"
)

// Archive is a new, empty archive, and its database for tests that go behind its back.
type Archive struct {
	*store.Store
	SQL *sql.DB
}

// Run holds a database to what the archive promises. Open makes an archive for one test, which ends it by t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) Archive) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Archive)
	}{
		{"PutAndGet", putAndGet}, {"StatesAreJudged", statesAreJudged}, {"PutIsAllOrNothing", putIsAllOrNothing}, {"PutRefuses", putRefuses}, {"ManyEntries", manyEntries},
		{"Entries", entries}, {"Paging", paging}, {"Search", search}, {"HostileText", hostileText}, {"Articles", articles},
		{"Arrived", arrived}, {"Supersede", supersede}, {"ArrivesWithState", arrivesWithState}, {"Versions", versions}, {"VersionsAtOnce", versionsAtOnce}, {"AsOf", asOf}, {"Reread", reread},
		{"Meanings", meanings}, {"ManyMeanings", manyMeanings}, {"MeaningsRefused", meaningsRefused}, {"MeaningsTampered", meaningsTampered},
		{"Judge", judging}, {"JudgeRefuses", judgeRefuses}, {"JudgeConcurrently", judgeConcurrently}, {"Withdraw", withdraw}, {"Erase", erase},
		{"Reconcile", reconcile}, {"Links", links}, {"Identities", identities}, {"Tally", tally}, {"Origins", origins}, {"ConcurrentReaders", concurrentReaders}, {"Cancelled", cancelled},
		{"Count", count}, {"Verify", verify}, {"Tampering", tampering}, {"Head", head},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

// put keeps stories and fails the test if that fails.
func put(t *testing.T, s Archive, arrivals ...record.Arrival) {
	t.Helper()
	if err := s.Put(t.Context(), arrivals); err != nil {
		t.Fatal(err)
	}
}

// stories are the first n.
func stories(n int) []record.Arrival {
	out := make([]record.Arrival, n)
	for i := range out {
		out[i] = Story(i)
	}
	return out
}

// id is the archive's id of a story.
func id(a record.Arrival) record.ID { return record.ID(a.Article.ID) }

func list(t *testing.T, s Archive, q record.Query) []record.Entry {
	t.Helper()
	page, err := s.Entries(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return page.Entries
}

func judge(t *testing.T, s Archive, verb string, subject, object record.ID, value string) record.Judgement {
	t.Helper()
	j, err := s.Judge(t.Context(), record.Judgement{Who: "ann", Why: "seen the footage", Verb: verb, Subject: subject, Object: object, Value: value})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// logOf is the log, as verbs and subjects.
func logOf(t *testing.T, s Archive, q record.JudgementQuery) []record.Judgement {
	t.Helper()
	var out []record.Judgement
	for j, err := range s.Judgements(t.Context(), q) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, j)
	}
	return out
}

func found(t *testing.T, s Archive, q record.ArticleQuery) []record.Article {
	t.Helper()
	var out []record.Article
	for art, err := range s.Articles(t.Context(), q) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, art)
	}
	return out
}

// sound fails the test if the archive is not.
func sound(t *testing.T, s Archive) store.Report {
	t.Helper()
	report, err := s.Verify(context.WithoutCancel(t.Context()), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Fault != "" {
		t.Fatalf("not sound: %s", report.Fault)
	}
	return report
}

// failed gives the error of a call, without what it would have given else.
func failed[T any](_ T, err error) error { return err }

func wants(t *testing.T, what string, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("%s: %v, not %v", what, err, kind)
	}
}
