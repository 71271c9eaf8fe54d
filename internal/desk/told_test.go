package desk_test

import (
	"testing"
	"time"

	"parley/internal/desk"
	"parley/internal/record"
)

// TestToldAgain holds that a promise that three articles tell is one, with what was decided and found of each telling.
func TestToldAgain(t *testing.T) {
	in := archive(t, 0)
	var told3 []*story
	for i, words := range []string{"will open the road", "will open the road by Monday", "is to open the road on Monday"} {
		s := told([]string{"Kelm Courier", "Lake Post", "Tarn Mail"}[i], 3+i, 9, "Ruiz "+words+". Ruiz will sing.")
		ruiz := s.actor("Ruiz")
		s.promise(ruiz, words, []string{"", "2031-05-12", "2031-05-12"}[i], 0.9)
		s.promise(ruiz, "will sing", "", 0.9)
		told3 = append(told3, s)
	}
	seen := told("Lake Post", 12, 9, "The road is open, said Berg.")
	seen.statement(seen.actor("Berg"), "say", "The road is open", 0.9)
	keep(t, in, append(told3, seen)...)
	of := func(i, n int) record.ID { return told3[i].rec.Commitments[n].ID }
	link := func(id record.ID, kind, typ string, a, b record.ID) record.Link {
		return record.Link{ID: id, Kind: kind, Type: typ, A: a, B: b, Reason: "as told", Confidence: 0.8, Known: seen.known}
	}
	open := seen.rec.Statements[0].ID
	if err := in.Reconcile(t.Context(), record.Found{Links: []record.Link{
		link("l-same1", record.SameClaim, "", of(0, 0), of(1, 0)), link("l-same2", record.SameClaim, "", of(1, 0), of(2, 0)), link("l-song", record.SameClaim, "", of(0, 1), of(1, 1)),
		link("l-kept1", record.Evidence, "kept", of(0, 0), open), link("l-kept2", record.Evidence, "kept", of(2, 0), open),
	}}); err != nil {
		t.Fatal(err)
	}
	decide(t, in, "reject", "l-song", "")
	decide(t, in, "state", of(0, 0), "delayed")
	decide(t, in, "state", of(2, 0), "kept")
	d := desk.New(in)
	board, err := d.Board(t.Context(), record.Query{})
	if err != nil || len(board.Promises) != 4 {
		t.Fatalf("%d promises, %v", len(board.Promises), err)
	}
	road := board.Promises[0] // the only one with a day
	if road.Shown.Entry.ID != of(0, 0) || len(road.Again) != 2 || road.Again[0].Entry.ID != of(1, 0) || road.Again[1].Entry.Text != "is to open the road on Monday" {
		t.Errorf("tellings: %+v", road)
	}
	if road.State != "kept" || len(road.History) != 2 || road.History[1].Subject != of(2, 0) || len(road.Evidence) != 1 || road.Due == nil || *road.Due.End != "2031-05-12" {
		t.Errorf("what is known of it: %+v", road)
	}
	for name, c := range map[string]struct {
		q    record.Query
		want int
	}{
		"kept":                 {record.Query{Status: []string{"kept"}}, 1},
		"a state of before":    {record.Query{Status: []string{"delayed"}}, 0},
		"not assessed":         {record.Query{Status: []string{"not_assessed"}}, 3},
		"only the last":        {record.Query{From: told3[2].known}, 2},
		"before it was retold": {record.Query{AsOf: told3[0].known}, 2},
	} {
		got, err := d.Board(t.Context(), c.q)
		if err != nil || len(got.Promises) != c.want {
			t.Errorf("%s: %d promises, not %d: %v", name, len(got.Promises), c.want, err)
		}
	}
	if last, err := d.Board(t.Context(), record.Query{From: told3[2].known}); err != nil || len(last.Promises[0].Again) != 2 {
		t.Errorf("a promise of which one telling is asked for has all: %+v, %v", last, err)
	}
	now := time.Date(2031, 5, 13, 0, 0, 0, 0, time.UTC)
	if today, err := d.Today(t.Context(), now.Add(-48*time.Hour), now); err != nil || len(today.Due) != 0 {
		t.Errorf("what is kept is due: %+v, %v", today.Due, err)
	}
}
