package serve_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"parley/internal/account"
	"parley/internal/desk"
	"parley/internal/record"
	"parley/internal/serve"
	"parley/internal/store/storetest"
)

// TestSearchByMeaning asks for sentences, as JSON and as a table.
func TestSearchByMeaning(t *testing.T) {
	d := newDesk(t, nil)
	first := storetest.Story(0)
	found := list[struct{ Near *desk.Near }](d, "search?by=meaning&q=northern+command+attacked+Kelm&limit=3").Near
	if found == nil || found.Compared < 3*stories || found.Others != 0 || len(found.Articles) == 0 {
		t.Fatalf("%+v", found)
	}
	best := found.Articles[0].Sentences[0]
	if !strings.HasPrefix(best.Text, "The northern command attacked Kelm on day ") || best.Closeness < 0.5 || len(best.Entries) != 2 || best.Entries[0].Entry.Kind != "event" {
		t.Errorf("%+v", best)
	}
	for path, want := range map[string]int{
		"&to=2021-03-01T08:30:00Z": 3, "&to=2021-03-01T08:30:00Z&publisher=Paper+1": 1, "&as_of=2021-03-01T06:30:00Z": 1, "&from=2031-01-01": 0, "&publisher=None": 0,
	} {
		near := list[struct{ Near *desk.Near }](d, "search?by=meaning&q=northern+command+attacked+Kelm&limit=100"+path).Near
		if len(near.Articles) != want {
			t.Errorf("%s: %d articles, not %d", path, len(near.Articles), want)
		}
	}
	like := list[struct{ Near *desk.Near }](d, "search?by=meaning&like="+string(first.Record.Events[0].ID)).Near
	if like.Like == nil || !strings.Contains(like.Like.Text, "on day 0") || len(like.Articles) == 0 || like.Articles[0].Article.ID == first.Article.ID {
		t.Errorf("%+v", like)
	}
	res := d.get("search?by=meaning&format=csv&q=northern+command+attacked+Kelm")
	if rows := strings.Split(res.body, "\n"); res.status != http.StatusOK || !strings.HasPrefix(rows[0], "article,start,end,text,closeness") || !strings.Contains(rows[1], string(best.Entries[0].Entry.ID)) {
		t.Errorf("%d %s", res.status, res.body)
	}
	if res := d.get("search?q=soldiers"); !strings.Contains(res.body, `"near":null`) {
		t.Errorf("a search by words: %s", res.body)
	}
}

// TestSearchRefused holds that a question that cannot be answered says why.
func TestSearchRefused(t *testing.T) {
	d := newDesk(t, nil)
	for path, words := range map[string]string{
		"q=a&publisher=b": "by words takes q alone", "q=a&by=sound": "query.by", "q=a&by=meaning&limit=101": "query.limit",
		"q=a&by=meaning&like=b": "not both",
	} {
		d.get("search?"+path).problem(t, http.StatusUnprocessableEntity, words)
	}
	d.get("search?by=meaning&like=s-000000000000").problem(t, http.StatusNotFound, "not in this archive")
	unread := storetest.Story(50)
	if err := d.store.Put(t.Context(), []record.Arrival{unread}); err != nil {
		t.Fatal(err)
	}
	d.get("search?by=meaning&like="+string(unread.Record.Events[0].ID)).problem(t, http.StatusUnprocessableEntity, "parley reread")
	if near := list[struct{ Near *desk.Near }](d, "search?by=meaning&q=soldiers").Near; near.Others != 1 {
		t.Errorf("%d articles were read by another model", near.Others)
	}
	dumb := newDesk(t, func(cfg *serve.Config) { cfg.Understand = nil })
	dumb.get("search?by=meaning&q=soldiers").problem(t, http.StatusUnprocessableEntity, "search by words")
	broken := newDesk(t, func(cfg *serve.Config) {
		cfg.Understand = func(context.Context, string) ([]int8, string, error) {
			return nil, "", errors.New("/home/ida/model.bin is gone")
		}
	})
	if res := broken.get("search?by=meaning&q=soldiers"); res.status != http.StatusInternalServerError || strings.Contains(res.body, "/home") {
		t.Errorf("%d %s", res.status, res.body)
	}
}

// TestSearchOfVisitors: what somebody means could find out a name that is masked, as words could.
func TestSearchOfVisitors(t *testing.T) {
	g := newGuarded(t)
	g.user("ada", "test", account.Reader)
	g.user("vic", "test", account.Visitor)
	path := "/api/v1/archives/test/search?by=meaning&like=" + string(storetest.Story(0).Record.Events[0].ID)
	for name, want := range map[string]int{"ada": http.StatusOK, "vic": http.StatusForbidden} {
		if res := g.ask(http.MethodGet, path, "", "Cookie", g.login(name, goodPassword)); res.status != want {
			t.Errorf("%s: %d %s", name, res.status, res.body)
		}
	}
	if res := g.ask(http.MethodGet, strings.Replace(path, "/test/", "/other/", 1), "", "Cookie", g.login("ada", goodPassword)); res.status != http.StatusNotFound {
		t.Errorf("another archive: %d %s", res.status, res.body)
	}
}
