package desk_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/desk"
	"parley/internal/record"
	"parley/internal/store/storetest"
)

func identity(name string) record.ID { return record.NewID("i", name) }

func TestFacets(t *testing.T) {
	in := archive(t, 0)
	for i, act := range []string{"deny", "deny", "say"} {
		s := told([]string{"Kelm Courier", "Lake Post"}[i%2], 3+i, 9, "Ruiz said that the road is open. Berg listened.")
		s.statement(s.actor("Ruiz"), act, "the road is open", 0.9)
		s.actor("Berg")
		keep(t, in, s)
	}
	got, err := desk.New(in).Facets(t.Context(), record.Query{Kinds: []string{"statement"}, Limit: 1, Cursor: "ignored"})
	if err != nil {
		t.Fatal(err)
	}
	want := desk.Facets{
		Of: 3, Complete: true, Speakers: []record.Counted{{ID: identity("Ruiz"), Name: "Ruiz", Count: 3}}, Addressees: []record.Counted{},
		Labels:     []record.Counted{{ID: "deny", Name: "deny", Count: 2}, {ID: "say", Name: "say", Count: 1}},
		Publishers: []record.Counted{{ID: "Kelm Courier", Name: "Kelm Courier", Count: 2}, {ID: "Lake Post", Name: "Lake Post", Count: 1}},
		Origins:    []record.Counted{{ID: "Kelm Courier", Name: "Kelm Courier", Count: 2}, {ID: "Lake Post", Name: "Lake Post", Count: 1}},
		Days:       []desk.DayCount{{Day: "2031-05-03", Count: 1}, {Day: "2031-05-04", Count: 1}, {Day: "2031-05-05", Count: 1}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestContactMatrix(t *testing.T) {
	in := archive(t, 0)
	for i, publisher := range []string{"Kelm Courier", "Lake Post"} { // the same call twice
		s := told(publisher, 4, 9+i, "Ruiz called Berg on Sunday. Ruiz met Olsen. Olsen will meet Berg.")
		ruiz, berg, olsen := s.actor("Ruiz"), s.actor("Berg"), s.actor("Olsen")
		s.contact("call", "held", "Ruiz called Berg on Sunday", "2031-05-04", ruiz, berg)
		s.contact("meeting", "held", "Ruiz met Olsen", "", olsen, ruiz)
		s.contact("meeting", "planned", "Olsen will meet Berg", "2031-05-09", olsen, berg)
		keep(t, in, s)
	}
	s := told("Kelm Courier", 6, 9, "Ruiz called Berg again.")
	s.contact("call", "held", "Ruiz called Berg again", "2031-05-06", s.actor("Ruiz"), s.actor("Berg"))
	keep(t, in, s)
	got, err := desk.New(in).ContactMatrix(t.Context(), record.Query{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	ruiz, berg, olsen := identity("Ruiz"), identity("Berg"), identity("Olsen")
	want := desk.Matrix{
		Of: 5, Complete: true, Actors: []desk.Party{{ID: ruiz, Name: "Ruiz", Kind: "person", Count: 3}, {ID: berg, Name: "Berg", Kind: "person", Count: 2}, {ID: olsen, Name: "Olsen", Kind: "person", Count: 1}},
		Cells: []desk.Cell{
			{A: ruiz, B: berg, Count: 2, Reports: 3, Kinds: map[string]int{"call": 2}, Last: "2031-05-06"},
			{A: ruiz, B: olsen, Count: 1, Reports: 2, Kinds: map[string]int{"meeting": 1}, Last: "2031-05-04"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	two, err := desk.New(in).ContactMatrix(t.Context(), record.Query{From: time.Date(2031, 5, 6, 0, 0, 0, 0, time.UTC)}, 1)
	if err != nil || len(two.Actors) != 1 || len(two.Cells) != 0 || two.Of != 1 {
		t.Errorf("%+v, %v", two, err)
	}
}

func TestFigureSeries(t *testing.T) {
	in := archive(t, 0)
	first := told("Kelm Courier", 3, 9, "Ruiz counted 40 explosions near Kelm. Officials counted 7 shells.")
	ruiz := first.actor("Ruiz")
	first.figure(40, "40 explosions", "explosions", "", "2031-05-02", ruiz)
	first.figure(7, "7 shells", "the shells", "", "2031-05-02")
	second := told("Lake Post", 4, 9, "Ruiz said he had counted 55 explosions, and 3 dead. Others counted 9 shells.")
	who := second.actor("Ruiz")
	second.figure(55, "55 explosions", "Explosions", "", "2031-05-03", second.statement(who, "say", "he had counted 55 explosions", 0.9))
	second.figure(3, "3 dead", "dead", "", "", who)
	second.figure(9, "9 shells", "shells", "", "")
	third := told("Kelm Courier", 5, 9, "There were 8 shells. Berg counted 90 explosions.")
	third.figure(8, "8 shells", "shells", "", "2031-05-01")
	third.figure(90, "90 explosions", "explosions", "", "", third.actor("Berg"))
	keep(t, in, first, second, third)
	got, err := desk.New(in).FigureSeries(t.Context(), record.Query{})
	if err != nil || !got.Complete || got.Of != 7 {
		t.Fatalf("%+v, %v", got, err)
	}
	series := map[string][]float64{}
	for _, s := range got.Series {
		for _, p := range s.Points {
			series[s.Giver+": "+strings.ToLower(s.Of)] = append(series[s.Giver+": "+strings.ToLower(s.Of)], p.Value)
		}
	}
	want := map[string][]float64{
		"Ruiz: explosions": {40, 55}, "Ruiz: dead": {3}, "Berg: explosions": {90}, "Lake Post: shells": {9}, "Kelm Courier: the shells": nil, "Kelm Courier: shells": nil,
	}
	courier := append(series["Kelm Courier: the shells"], series["Kelm Courier: shells"]...)
	if !slices.Equal(courier, []float64{8, 7}) { // by the day they are of, under the words of the one read first
		t.Errorf("the Courier's shells: %v", courier)
	}
	for name, values := range want {
		if values != nil && !slices.Equal(series[name], values) {
			t.Errorf("%s: %v, not %v", name, series[name], values)
		}
	}
	if len(got.Series) != 5 || got.Series[0].ID == got.Series[1].ID {
		t.Errorf("%d series", len(got.Series))
	}
	decide(t, in, "reject", first.rec.Figures[0].ID, "")
	if again, err := desk.New(in).FigureSeries(t.Context(), record.Query{Text: "40"}); err != nil || len(again.Series) != 0 {
		t.Errorf("a rejected figure counts: %+v, %v", again, err)
	}
}

func TestBoard(t *testing.T) {
	in := archive(t, 0)
	s := told("Kelm Courier", 3, 9, "Ruiz will open the road on Monday. Ruiz will free the crew by Sunday. Ruiz will think about it.")
	ruiz := s.actor("Ruiz")
	s.promise(ruiz, "will think about it", "", 0.9)
	s.promise(ruiz, "will open the road on Monday", "2031-05-12", 0.9)
	s.promise(ruiz, "will free the crew by Sunday", "2031-05-11", 0.9)
	seen := told("Lake Post", 12, 9, "The road is open, said Berg.")
	seen.statement(seen.actor("Berg"), "say", "The road is open", 0.9)
	keep(t, in, s, seen)
	promises := s.rec.Commitments
	kept := record.Link{ID: "l-kept", Kind: record.Evidence, Type: "kept", A: promises[1].ID, B: seen.rec.Statements[0].ID, Reason: "it is open", Confidence: 0.8, Known: seen.known}
	if err := in.Reconcile(t.Context(), record.Found{Links: []record.Link{kept}}); err != nil {
		t.Fatal(err)
	}
	decide(t, in, "state", promises[1].ID, "delayed")
	decide(t, in, "state", promises[1].ID, "kept")
	d := desk.New(in)
	got, err := d.Board(t.Context(), record.Query{})
	if err != nil || len(got.Promises) != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	for i, want := range []record.ID{promises[2].ID, promises[1].ID, promises[0].ID} {
		if got.Promises[i].Shown.Entry.ID != want {
			t.Errorf("place %d: %q", i, got.Promises[i].Shown.Entry.Text)
		}
	}
	road := got.Promises[1]
	if road.State != "kept" || len(road.History) != 2 || road.History[0].Value != "delayed" || len(road.Evidence) != 1 || road.Evidence[0].B.Entry.Text != "The road is open" {
		t.Errorf("%+v", road)
	}
	if open, err := d.Board(t.Context(), record.Query{Status: []string{"not_assessed"}, Actors: []record.ID{identity("Ruiz")}, Role: "by"}); err != nil || len(open.Promises) != 2 {
		t.Errorf("%+v, %v", open, err)
	}
	for day, want := range map[int]string{1: "", 3: "", 4: "soon", 11: "soon", 12: "overdue"} { // the crew is to be free by the 11th
		if waits := got.Promises[0].Waits(time.Date(2031, 5, day, 12, 0, 0, 0, time.UTC)); waits != want {
			t.Errorf("on %d May: %q, not %q", day, waits, want)
		}
	}
	if road.Waits(time.Date(2031, 6, 1, 0, 0, 0, 0, time.UTC)) != "" || got.Promises[2].Waits(time.Date(2031, 6, 1, 0, 0, 0, 0, time.UTC)) != "" {
		t.Error("what is settled, or due on no day, waits for none")
	}
	now := time.Date(2031, 5, 10, 0, 0, 0, 0, time.UTC)
	today, err := d.Today(t.Context(), now.Add(-24*time.Hour), now)
	if err != nil || len(today.Due) != 1 || today.Due[0].Shown.Entry.ID != promises[2].ID {
		t.Errorf("due: %+v, %v", today.Due, err)
	}
}

func TestReviewQueue(t *testing.T) {
	in := archive(t, 0)
	s := told("Kelm Courier", 3, 9, "Ruiz said that it rains. Ruiz denied that the road is shut. Ruiz told Berg that he knows. Ruiz will come.")
	ruiz := s.actor("Ruiz")
	s.statement(ruiz, "say", "it rains", 0.9)                 // 1 + 0.4
	s.statement(ruiz, "deny", "the road is shut", 0.95)       // 3 + 0.2
	s.statement(ruiz, "say", "he knows", 0.3)                 // 1 + 2
	s.promise(ruiz, "will come", "", 1)                       // 4 + 3
	s.statement(ruiz, "say", "that it rains", 1)              // 1 + 3
	s.statement(ruiz, "threaten", "that the road is shut", 1) // judged
	keep(t, in, s)
	st := s.rec.Statements
	link := record.Link{ID: "l-x", Kind: record.Conflict, Type: "denial", A: st[3].ID, B: s.rec.Commitments[0].ID, Reason: "no", Confidence: 0.5, Known: s.known}
	if err := in.Reconcile(t.Context(), record.Found{Links: []record.Link{link}}); err != nil {
		t.Fatal(err)
	}
	decide(t, in, "confirm", st[4].ID, "")
	d := desk.New(in)
	whole, err := d.ReviewQueue(t.Context(), record.Query{})
	if err != nil {
		t.Fatal(err)
	}
	want := []record.ID{s.rec.Commitments[0].ID, st[3].ID, st[1].ID, st[2].ID, st[0].ID}
	var got []record.ID
	for _, e := range whole.Entries {
		got = append(got, e.Entry.ID)
	}
	if diff := cmp.Diff(want, got); diff != "" || whole.Left != 5 || !whole.Complete || whole.Next != "" {
		t.Errorf("%+v\n%s", whole, diff)
	}
	for i, why := range []string{"a commitment; a contradiction between articles rests on it", "a statement; a contradiction between articles rests on it", "a denial", "a statement; the reader is unsure (0.30)", "a statement"} {
		if whole.Entries[i].Why != why {
			t.Errorf("%d: %q, not %q", i, whole.Entries[i].Why, why)
		}
	}
	var paged []record.ID
	q := record.Query{Limit: 2}
	for range 4 {
		page, err := d.ReviewQueue(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page.Entries {
			paged = append(paged, e.Entry.ID)
			decide(t, in, "confirm", e.Entry.ID, "") // as a reviewer would
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	if diff := cmp.Diff(want, paged); diff != "" {
		t.Errorf("page by page:\n%s", diff)
	}
	if _, err := d.ReviewQueue(t.Context(), record.Query{Cursor: "_x"}); !errors.Is(err, desk.ErrCursor) {
		t.Errorf("a cursor that is none: %v", err)
	}
}

func TestToday(t *testing.T) {
	in := archive(t, 0)
	old := told("Kelm Courier", 1, 9, "Ruiz said that it rains.")
	old.statement(old.actor("Ruiz"), "say", "it rains", 0.9)
	fresh := told("Lake Post", 9, 9, "Ruiz denied that he left. He has 4 cars. Ruiz met Berg.")
	ruiz := fresh.actor("Ruiz")
	fresh.statement(ruiz, "deny", "he left", 0.9)
	fresh.figure(4, "4 cars", "cars", "", "", ruiz)
	fresh.contact("meeting", "held", "Ruiz met Berg", "", ruiz, fresh.actor("Berg"))
	keep(t, in, fresh)
	d := desk.New(in)
	all, err := d.Today(t.Context(), time.Time{}, time.Time{})
	if err != nil || !all.Now.Equal(fresh.known) || !all.Since.Equal(all.Arrived.Last.Add(-24*time.Hour)) || len(all.Statements) != 1 {
		t.Errorf("what came in in a day: %+v, %v", all, err)
	}
	if none, err := d.Today(t.Context(), all.Next, time.Time{}); err != nil || len(none.Counts) != 0 || none.Arrived.Articles != 0 || !none.Next.Equal(all.Next) {
		t.Errorf("all was seen: %+v, %v", none, err)
	}
	keep(t, in, old)
	got, err := d.Today(t.Context(), all.Next, time.Time{})
	if err != nil || len(got.Statements) != 1 || got.Statements[0].Entry.Text != "it rains" || len(got.Figures) != 0 {
		t.Errorf("an older article came in: %+v, %v", got, err)
	}
	if got.Arrived.Articles != 1 || got.Arrived.Older != 0 || !got.Arrived.From.Equal(old.known) || !got.Arrived.To.Equal(old.known) || !got.Now.Equal(fresh.known) {
		t.Errorf("what came in: %+v, as of %v", got.Arrived, got.Now)
	}
	if past, err := d.Today(t.Context(), time.Unix(0, 0), old.known); err != nil || len(past.Statements) != 1 || past.Statements[0].Entry.Text != "it rains" {
		t.Errorf("by an earlier day: %+v, %v", past, err)
	}
	if got, err = d.Today(t.Context(), time.Unix(0, 0), time.Time{}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"statement": 2, "figure": 1, "contact": 1}, got.Counts); diff != "" || !got.Complete || got.Statements[0].Entry.Text != "he left" {
		t.Error(diff)
	}
	if len(got.Statements) != 2 || len(got.Figures) != 1 || len(got.Contacts) != 1 || got.Contradictions == nil || got.Due == nil || got.Ceasefires == nil {
		t.Errorf("%+v", got)
	}
	empty, err := desk.New(archive(t, 0)).Today(t.Context(), time.Time{}, time.Time{})
	if err != nil || empty.Statements == nil || len(empty.Statements) != 0 {
		t.Errorf("an empty archive: %+v, %v", empty, err)
	}
}

// Links are made after the articles they join came in: who has seen them does not see them again with the next article.
func TestTodayLinks(t *testing.T) {
	in := archive(t, 0)
	a, b := told("Kelm Courier", 1, 9, "Ruiz said that he left."), told("Lake Post", 2, 9, "Ruiz denied that he left.")
	a.statement(a.actor("Ruiz"), "say", "he left", 0.9)
	b.statement(b.actor("Ruiz"), "deny", "he left", 0.9)
	keep(t, in, a, b)
	link := record.Link{ID: "l-x", Kind: record.Conflict, Type: "denial", A: a.rec.Statements[0].ID, B: b.rec.Statements[0].ID, Reason: "no", Confidence: 0.5, Known: b.known}
	if err := in.Reconcile(t.Context(), record.Found{Links: []record.Link{link}}); err != nil {
		t.Fatal(err)
	}
	d := desk.New(in)
	first, err := d.Today(t.Context(), time.Time{}, time.Time{})
	if err != nil || len(first.Contradictions) != 1 {
		t.Fatalf("the first look: %+v, %v", first, err)
	}
	keep(t, in, told("Kelm Courier", 3, 9, "It rains."))
	next, err := d.Today(t.Context(), first.Next, time.Time{})
	if err != nil || len(next.Contradictions) != 0 || next.Arrived.Articles != 1 {
		t.Errorf("the next look: %+v, %v", next, err)
	}
}

func TestSearch(t *testing.T) {
	in := archive(t, 4)
	got, err := desk.New(in).Search(t.Context(), "northern", 0)
	if err != nil || len(got.Articles) != 4 || len(got.Entries) != 4 || got.Actors == nil {
		t.Errorf("%d articles, %d entries, %v", len(got.Articles), len(got.Entries), err)
	}
	if got, err := desk.New(in).Search(t.Context(), "northern", 2); err != nil || len(got.Articles) != 2 || len(got.Entries) != 2 {
		t.Errorf("two of each: %d articles, %d entries, %v", len(got.Articles), len(got.Entries), err)
	}
	for _, nothing := range []string{"", " \n", `"`, "zorro"} {
		if got, err := desk.New(in).Search(t.Context(), nothing, 0); err != nil || len(got.Articles)+len(got.Entries)+len(got.Actors) != 0 {
			t.Errorf("%q: %+v, %v", nothing, got, err)
		}
	}
}

func TestReceipt(t *testing.T) {
	in := archive(t, 2)
	now := time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)
	one := storetest.Story(1)
	id := record.ID(one.Article.ID)
	got, err := desk.New(in).Receipt(t.Context(), id, now)
	if err != nil || !got.Verified || got.Fault != "" || got.Bytes != len(one.Raw) || got.Location != "wire/1.html" || len(got.Decisions) != 1 || !got.CheckedAt.Equal(now) {
		t.Errorf("%+v, %v", got, err)
	}
	decide(t, in, "erase", id, "")
	got, err = desk.New(in).Receipt(t.Context(), id, now)
	if err != nil || got.Verified || !strings.Contains(got.Fault, "erased") || got.RawHash == "" || len(got.Decisions) != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := desk.New(in).Receipt(t.Context(), "d-nothing", now); !errors.Is(err, record.ErrNotFound) {
		t.Error(err)
	}
}

func TestActors(t *testing.T) {
	in := archive(t, 0)
	for day := range 3 {
		s := told("Kelm Courier", 3+day, 9, "Ana Ruiz said that it rains.")
		s.statement(s.actor("Ana Ruiz"), "say", "it rains", 0.9)
		keep(t, in, s)
	}
	d := desk.New(in)
	got, err := d.Actor(t.Context(), identity("Ana Ruiz"))
	if err != nil || len(got.Members) != 3 || got.Members[0].Entry.Kind != "actor" || got.Counts["source"] != 3 || !got.Complete {
		t.Errorf("%+v, %v", got, err)
	}
	for name, want := range map[string]error{"ruiz": nil, "i-anything": nil, "a-anything": nil, "Zorro": desk.ErrNobody} {
		if ids, err := d.Actors(t.Context(), []string{name}); !errors.Is(err, want) || err == nil && len(ids) != 1 {
			t.Errorf("%s: %v, %v", name, ids, err)
		}
	}
}
