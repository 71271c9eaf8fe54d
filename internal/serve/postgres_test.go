package serve_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/internal/alert"
	"parley/internal/record"
	"parley/internal/serve"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// openPostgres makes an archive in a schema of its own on the server of PARLEY_TEST_POSTGRES.
func openPostgres(t *testing.T) *store.Store {
	t.Helper()
	address, _ := storetest.Schema(t)
	in, err := store.Open(t.Context(), address, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	return in
}

// TestPostgres: an archive in PostgreSQL is served with the answers that one in a file has, takes decisions, and has alerts.
func TestPostgres(t *testing.T) {
	in := openPostgres(t)
	fill(t, in)
	now := time.Now().Add(24 * time.Hour)
	var engine *alert.Engine
	d := newDesk(t, func(cfg *serve.Config) {
		cfg.Archives[0].Archive = in
		engine = alerting(t, cfg, &now)
	})
	file := newDesk(t, nil)
	arrived := regexp.MustCompile(`"arrived":"[^"]*"`) // each archive's own
	for _, path := range []string{"statements", "events?limit=3", "commitments?q=road", "contacts", "figures?label=people", "agreements", "places", "entries?kind=contradiction",
		"articles", "contradictions", "actors", "facets?kind=statement", "contacts/matrix", "figures/series", "commitments/board", "search?q=Ruiz", "review"} {
		got, want := d.get(path), file.get(path)
		if got.status != http.StatusOK || arrived.ReplaceAllString(got.body, "") != arrived.ReplaceAllString(want.body, "") {
			t.Errorf("%s: %d\n%.1000s\nand of a file %d\n%.1000s", path, got.status, got.body, want.status, want.body)
		}
	}
	if a := d.ask(http.MethodPost, "/api/v1/rules", `{"name":"Ruiz","archive":"test","kind":"actor","terms":{"actor":["Ruiz"]}}`); a.status != http.StatusCreated {
		t.Fatalf("%d %s", a.status, a.body)
	}
	evaluate := func() {
		now = now.Add(time.Minute)
		if err := engine.Evaluate(context.WithoutCancel(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	evaluate()
	news := storetest.Story(stories + 1)
	if err := in.Put(t.Context(), []record.Arrival{news}); err != nil {
		t.Fatal(err)
	}
	if err := in.Reconcile(t.Context(), storetest.Findings(storetest.Story(0), news)); err != nil {
		t.Fatal(err)
	}
	evaluate()
	said := string(news.Record.Statements[0].ID)
	if a := d.get("/api/v1/alerts"); !strings.Contains(a.body, `"state":"pending"`) || !strings.Contains(a.body, said) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := d.ask(http.MethodPost, "decisions", `{"verb":"reject","subject":"`+said+`","why":"no"}`); a.status != http.StatusCreated {
		t.Errorf("%d %s", a.status, a.body)
	}
	evaluate()
	if a := d.get("/api/v1/alerts?state=resolved"); !strings.Contains(a.body, `rejected by Ida`) {
		t.Errorf("%d %s", a.status, a.body)
	}
}
