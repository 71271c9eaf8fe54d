package serve_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/account"
	"parley/internal/alert"
	"parley/internal/record"
	"parley/internal/serve"
	"parley/internal/store/storetest"
)

// alerting gives a server alerts, and the engine that evaluates their rules.
func alerting(t *testing.T, cfg *serve.Config, now *time.Time) *alert.Engine {
	t.Helper()
	db, err := account.Open(t.Context(), filepath.Join(t.TempDir(), "test.desk"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return alertingIn(t, cfg, db, now)
}

func alertingIn(t *testing.T, cfg *serve.Config, db *sql.DB, now *time.Time) *alert.Engine {
	t.Helper()
	kept, err := alert.Open(t.Context(), db, alert.Options{Now: func() time.Time { return *now }})
	if err != nil {
		t.Fatal(err)
	}
	in := cfg.Archives[0].Archive
	access := alert.Access{Archives: func(name string) (record.Reader, bool) { return in, name == "test" }}
	cfg.Alerts = alert.NewSender(alert.Composer{Store: kept, Access: access, Base: "https://desk.example"}, nil)
	return &alert.Engine{Store: kept, Access: access}
}

// TestAlerts saves a search, makes a rule, and sees what it found, as a list and as a feed.
func TestAlerts(t *testing.T) {
	now := time.Now().Add(24 * time.Hour)
	var engine *alert.Engine
	d := newDesk(t, func(cfg *serve.Config) { engine = alerting(t, cfg, &now) })
	created := func(path, body string) map[string]any {
		t.Helper()
		a := d.ask(http.MethodPost, path, body)
		if a.status != http.StatusCreated {
			t.Fatalf("POST %s: %d %s", path, a.status, a.body)
		}
		var out map[string]any
		if err := json.Unmarshal([]byte(a.body), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	holds := func(path string, parts ...string) answer {
		t.Helper()
		a := d.ask(http.MethodGet, path, "")
		for _, part := range parts {
			if a.status != http.StatusOK || !strings.Contains(a.body, part) {
				t.Errorf("GET %s: %d, without %q: %s", path, a.status, part, a.body)
			}
		}
		return a
	}
	search := created("/api/v1/searches", `{"name":"Roads","archive":"test","terms":{"q":"open road","kind":["commitment"]}}`)
	holds("/api/v1/searches", `"name":"Roads"`, `"owner":"Ida"`, `"news":0`)
	if a := d.ask(http.MethodPatch, "/api/v1/searches/"+search["id"].(string), `{"name":"Open roads","looked":true}`); a.status != http.StatusOK {
		t.Errorf("renaming a search: %d %s", a.status, a.body)
	}
	created("/api/v1/searches", `{"name":"Denials","archive":"test","page":"statements","query":"label=deny&view=time","terms":{"label":["deny"],"kind":["statement"]}}`)
	holds("/api/v1/searches", `"name":"Open roads"`, `"page":"statements","query":"label=deny&view=time"`)
	rule := created("/api/v1/rules", `{"name":"Ruiz","archive":"test","kind":"actor","terms":{"actor":["Ruiz"]},"channels":[{"kind":"atom"},{"kind":"webhook","to":"https://hooks.example/in"}]}`)
	holds("/api/v1/rules", `"name":"Ruiz"`)
	evaluate := func(later time.Duration) {
		now = now.Add(later)
		if err := engine.Evaluate(context.WithoutCancel(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	evaluate(0)
	news := storetest.Story(stories + 1)
	if err := d.store.Put(t.Context(), []record.Arrival{news}); err != nil {
		t.Fatal(err)
	}
	old := storetest.Story(0)
	if err := d.store.Reconcile(t.Context(), storetest.Findings(old, news)); err != nil {
		t.Fatal(err)
	}
	evaluate(time.Minute)
	evaluate(2 * time.Minute)
	holds("/api/v1/alerts?state=firing&state=pending", `"rule_name":"Ruiz"`, `"state":"firing"`, `envoy`, `"checked":"found by a machine`, `https://desk.example/test/entry/`)
	holds("/api/v1/deliveries", `"to":"https://hooks.example/in"`, `"state":"waiting"`)
	channels := rule["channels"].([]any)
	feed := "/alerts/" + channels[0].(map[string]any)["secret"].(string) + ".atom"
	a := holds(feed, "<feed", "envoy")
	if a.header.Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		t.Errorf("the feed is %s", a.header.Get("Content-Type"))
	}
	if again := d.ask(http.MethodGet, feed, "", "If-Modified-Since", a.header.Get("Last-Modified")); again.status != http.StatusNotModified {
		t.Errorf("the feed again: %d", again.status)
	}
	hook := channels[1].(map[string]any)
	if !strings.HasPrefix(hook["secret"].(string), "whsec_") || strings.Contains(d.ask(http.MethodGet, "/api/v1/rules", "").body, "whsec_") {
		t.Errorf("the webhook's secret is shown once: %v", hook)
	}
	id := rule["id"].(string)
	inside := created("/api/v1/rules", `{"name":"Inside","archive":"test","kind":"broken","channels":[{"kind":"webhook","to":"https://127.0.0.1/in"}]}`)
	tried := d.ask(http.MethodPost, "/api/v1/rules/"+inside["id"].(string)+"/test", "")
	if tried.status != http.StatusOK || !strings.Contains(tried.body, `"to":"https://127.0.0.1/in","sent":false,"said":"nothing was sent: 127.0.0.1 is not a public address`) {
		t.Errorf("trying a rule: %d %s", tried.status, tried.body)
	}
	changed := d.ask(http.MethodPut, "/api/v1/rules/"+id, `{"name":"Ruiz, off","archive":"test","kind":"actor","terms":{"actor":["Ruiz"]},"off":true}`)
	if changed.status != http.StatusOK || !strings.Contains(changed.body, `"off":true`) {
		t.Errorf("changing a rule: %d %s", changed.status, changed.body)
	}
	for path, status := range map[string]int{"/api/v1/rules/" + id: 200, "/api/v1/rules/r-none": 404, "/api/v1/searches/" + search["id"].(string): 200, "/api/v1/searches/q-none": 404} {
		if got := d.ask(http.MethodDelete, path, ""); got.status != status {
			t.Errorf("DELETE %s: %d %s", path, got.status, got.body)
		}
	}
	if gone := d.ask(http.MethodGet, feed, ""); gone.status != http.StatusNotFound {
		t.Errorf("the feed of a rule that is gone: %d", gone.status)
	}
}

// TestBadAlerts: what cannot be kept is a problem that says why.
func TestBadAlerts(t *testing.T) {
	now := time.Now()
	d := newDesk(t, func(cfg *serve.Config) { alerting(t, cfg, &now) })
	for body, want := range map[string]string{
		`{"name":"x","archive":"other","kind":"broken"}`:                                                                "there is no archive other",
		`{"name":"x","archive":"test","kind":"due"}`:                                                                    "days is not between",
		`{"name":"x","archive":"test","kind":"broken","channels":[{"kind":"webhook","to":"http://169.254.169.254/x"}]}`: "begins with https://",
		`{"name":"x\r\nBcc: y","archive":"test","kind":"broken"}`:                                                       "cannot be seen",
		`{"name":"x","archive":"test","kind":"rumour"}`:                                                                 "kind",
	} {
		if a := d.ask(http.MethodPost, "/api/v1/rules", body); a.status < 400 || a.status > 499 || !strings.Contains(a.body, want) {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
	if a := d.ask(http.MethodPost, "/api/v1/rules/r-none/test", ""); a.status != http.StatusNotFound {
		t.Errorf("trying no rule: %d %s", a.status, a.body)
	}
	if a := d.ask(http.MethodPatch, "/api/v1/searches/q-none", `{"name":"x"}`); a.status != http.StatusNotFound {
		t.Errorf("renaming no search: %d %s", a.status, a.body)
	}
	for _, path := range []string{"/alerts/none.atom", "/alerts/.atom", "/alerts/none"} {
		if a := d.ask(http.MethodGet, path, ""); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}
