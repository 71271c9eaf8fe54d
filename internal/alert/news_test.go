package alert_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/internal/alert"
	"parley/internal/record"
)

// newsOf are the counts of ada's searches by name.
func (d *desk) newsOf() map[string]int {
	d.t.Helper()
	d.now = d.now.Add(time.Minute)
	list, err := d.composer().News(d.t.Context(), "ada")
	if err != nil {
		d.t.Fatal(err)
	}
	out := map[string]int{}
	for _, one := range list {
		if one.News != nil {
			out[one.Name] = *one.News
		}
	}
	return out
}

func (d *desk) search(name string, terms alert.Terms) alert.Search {
	d.t.Helper()
	one, err := d.Store.AddSearch(d.t.Context(), alert.Search{Owner: "ada", Archive: "crisis", Name: name, Terms: terms})
	if err != nil {
		d.t.Fatal(err)
	}
	return one
}

// TestNews counts what has come for a search since it was looked at, of articles and of links.
func TestNews(t *testing.T) {
	d := newDesk(t)
	d.take(says(1, "said that all was well."))
	d.now = d.now.Add(time.Minute)
	ruiz := d.search("Ruiz", alert.Terms{Kinds: []string{"statement"}, Actors: []string{"Ana Ruiz"}, Role: "source"})
	d.search("then", alert.Terms{Kinds: []string{"statement"}, To: "2021-02-28"})
	d.search("against", alert.Terms{Kinds: []string{"contradiction"}, Labels: []string{"denial"}})
	d.search("gone", alert.Terms{Text: "nowhere"})
	d.search("theirs", alert.Terms{Kinds: []string{"statement"}, Publishers: []string{"Paper 3"}})
	d.search("first theirs", alert.Terms{Kinds: []string{"statement"}, Origin: "own"})
	d.search("against then", alert.Terms{Kinds: []string{"contradiction"}, To: "2021-02-28"})
	d.search("of whom", alert.Terms{Kinds: []string{"statement"}, Actors: []string{"Ana Ruiz"}, Role: "about"})                           // nobody can count that, and it keeps no other from being counted
	want(t, d.newsOf(), map[string]int{"Ruiz": 0, "then": 0, "against": 0, "gone": 0, "theirs": 0, "first theirs": 0, "against then": 0}) // what was there is not new
	second, third := says(2, "said that nothing was well."), says(3, "said that much was well.")
	d.take(second)
	d.take(third, link(record.Conflict, "denial", second.Record.Statements[0].ID, third.Record.Statements[0].ID),
		link(record.Conflict, "number", second.Record.Figures[0].ID, third.Record.Figures[0].ID))
	want(t, d.newsOf(), map[string]int{"Ruiz": 2, "then": 0, "against": 1, "gone": 0, "theirs": 1, "first theirs": 2, "against then": 0})
	if err := d.Store.Looked(t.Context(), "ada", ruiz.ID); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(time.Minute)
	d.take(says(4, "said a last thing."))
	want(t, d.newsOf()["Ruiz"], 1)
	d.denied = true
	want(t, d.newsOf(), map[string]int{})
}

// TestManyNews counts up to a hundred, and anew after a look.
func TestManyNews(t *testing.T) {
	d := newDesk(t)
	all := d.search("all", alert.Terms{Kinds: []string{"statement"}})
	var stories []record.Arrival
	for n := range 120 {
		stories = append(stories, says(n, fmt.Sprintf("said thing %d.", n)))
	}
	d.put(stories...)
	want(t, d.newsOf()["all"], 100)
	if err := d.Store.Looked(t.Context(), "ada", all.ID); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(time.Minute)
	d.take(says(200, "said one thing more."))
	want(t, d.newsOf()["all"], 1)
}

// TestSearchPage keeps the page a search was saved on, and renames it.
func TestSearchPage(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	one, err := d.Store.AddSearch(ctx, alert.Search{Owner: "ada", Archive: "crisis", Name: "Denials", Page: "statements", Query: "label=deny&view=time", Terms: alert.Terms{Labels: []string{"deny"}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Store.RenameSearch(ctx, "ada", one.ID, "What they deny"); err != nil {
		t.Fatal(err)
	}
	list, err := d.Store.Searches(ctx, "ada")
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	want(t, []string{list[0].Name, list[0].Page, list[0].Query}, []string{"What they deny", "statements", "label=deny&view=time"})
	for name, bad := range map[string]alert.Search{
		"no such page":  {Owner: "ada", Archive: "crisis", Name: "x", Page: "javascript:alert(1)"},
		"a bad query":   {Owner: "ada", Archive: "crisis", Name: "x", Page: "events", Query: "q=%zz"},
		"a long query":  {Owner: "ada", Archive: "crisis", Name: "x", Page: "events", Query: "q=" + strings.Repeat("a", 3000)},
		"hidden things": {Owner: "ada", Archive: "crisis", Name: "x", Page: "events", Query: "q=a\nb"},
	} {
		if _, err := d.Store.AddSearch(ctx, bad); !errors.Is(err, alert.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range map[string]error{"no name": d.Store.RenameSearch(ctx, "ada", one.ID, " "), "hidden": d.Store.RenameSearch(ctx, "ada", one.ID, "a\u202eb")} {
		if !errors.Is(err, alert.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range map[string]error{"renamed": d.Store.RenameSearch(ctx, "eve", one.ID, "mine"), "looked at": d.Store.Looked(ctx, "eve", one.ID)} {
		if !errors.Is(err, alert.ErrNotFound) {
			t.Errorf("%s by somebody else: %v", name, err)
		}
	}
}
