package serve_test

import (
	"strings"
	"testing"

	"parley/internal/account"
	"parley/internal/store/storetest"
)

// TestLocation holds that only administrators are told where a file lay; others get its name, wherever an article is shown.
func TestLocation(t *testing.T) {
	g := newGuarded(t)
	g.user("boss", account.Everywhere, account.Admin)
	g.user("ines", "test", account.Manager)
	story := storetest.Story(0)
	id, stmt := story.Article.ID, string(story.Record.Statements[0].ID)
	for name, want := range map[string]string{"boss": `"location":"wire/0.html"`, "ines": `"location":"0.html"`} {
		cookie := g.login(name, goodPassword)
		file := strings.TrimSuffix(strings.TrimPrefix(want, `"location":"`), `"`)
		if got := g.get("decisions?all=true", "Cookie", cookie); !strings.Contains(got.body, `"why":"read from `+file+`"`) {
			t.Errorf("%s reads in the log: %.300s", name, got.body)
		}
		for _, path := range []string{"articles", "articles/" + id, "articles/" + id + "/receipt", "entries/" + stmt + "/trace"} {
			if got := g.get(path, "Cookie", cookie); !strings.Contains(got.body, want) {
				t.Errorf("%s asks %s: no %s in %d %.300s", name, path, want, got.status, got.body)
			}
		}
	}
}
