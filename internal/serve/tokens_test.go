package serve_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"parley/internal/account"
	"parley/internal/record"
	"parley/internal/serve"
)

// TestTokensAndSearches: a token learns no counts of words that it may not search for, and leaves saved searches of other
// archives alone.
func TestTokensAndSearches(t *testing.T) {
	g := newGuarded(t, func(cfg *serve.Config) {
		cfg.Alerts.Access.Archives = func(string) (record.Reader, bool) { return cfg.Archives[0].Archive, true }
	})
	g.user("boss", account.Everywhere, account.Admin)
	cookie := g.login("boss", goodPassword)
	made := g.ask(http.MethodPost, "/api/v1/searches", `{"name":"x","archive":"test","terms":{"q":"soldiers"}}`, "Cookie", cookie)
	var search struct{ ID string }
	if err := json.Unmarshal([]byte(made.body), &search); err != nil || search.ID == "" {
		t.Fatalf("%d %s", made.status, made.body)
	}
	for _, c := range []struct {
		archive        string
		role           account.Role
		listed, counts bool
	}{{"test", account.Visitor, true, false}, {"test", account.Reader, true, true}, {"other", account.Admin, false, false}} {
		bearer := []string{"Authorization", "Bearer " + g.token(cookie, c.archive, c.role)}
		list := g.get("/api/v1/searches", bearer...)
		if strings.Contains(list.body, search.ID) != c.listed || strings.Contains(list.body, `"news"`) != c.counts {
			t.Errorf("a token as %s of %s gets %s", c.role, c.archive, list.body)
		}
		for method, body := range map[string]string{http.MethodDelete: "", http.MethodPatch: `{"name":"y"}`} {
			g.ask(method, "/api/v1/searches/"+search.ID, body, bearer...).problem(t, http.StatusForbidden, "token")
		}
	}
	contributor := g.token(cookie, "test", account.Contributor)
	if a := g.ask(http.MethodDelete, "/api/v1/searches/"+search.ID, "", "Authorization", "Bearer "+contributor); a.status != http.StatusOK {
		t.Errorf("a token of the search's archive: %d %s", a.status, a.body)
	}
}
