package serve_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"parley/internal/account"
	"parley/internal/record"
	"parley/internal/serve"
	"parley/internal/store/storetest"
)

// plainID is an id as the archive has it.
var plainID = regexp.MustCompile(`"[a-z]-[0-9a-z]{12}"`)

// TestVisitors asks everything that visitors may as one, and looks for names, ids, and what lies behind.
func TestVisitors(t *testing.T) {
	g := newGuarded(t)
	g.grant(account.Public, "test", account.Visitor)
	for _, path := range []string{"", "articles", "statements", "entries?kind=actor", "actors", "facets?kind=statement", "contacts/matrix",
		"figures/series", "commitments/board", "contradictions", "today", "ceasefires", "contacts"} {
		res := g.get(path)
		if res.status != http.StatusOK || res.header.Get("ETag") == "" {
			t.Errorf("%s: %d %s", path, res.status, res.body)
		}
		if strings.Contains(res.body, "wire/") || strings.Contains(res.body, `"headers"`) || strings.Contains(res.body, `"history":[{`) {
			t.Errorf("%s says where things lie, or who decided: %s", path, res.body)
		}
		if id := plainID.FindString(res.body); id != "" {
			t.Errorf("%s has the id %s", path, id)
		}
		if again := g.get(path, "If-None-Match", res.header.Get("ETag")); again.status != http.StatusNotModified {
			t.Errorf("%s again: %d", path, again.status)
		}
	}
	for _, path := range []string{"statements?q=Marsh", "statements?actor=Marsh", "articles?text=Marsh", "actors?name=Marsh", "statements?format=csv",
		"figures/series?actor=Marsh", "facets?kind=statement&q=Marsh", "commitments/board?by=Marsh", "statements?all=true", "articles?state=withdrawn",
		"statements?as_of=2030-01-01", "today?now=2022-02-20", "entries?kind=statement&format=csv"} {
		g.get(path).problem(t, http.StatusForbidden, "reader")
	}
	if res := g.get("statements?all=false&q="); res.status != http.StatusOK {
		t.Errorf("what asks for nothing: %d %s", res.status, res.body)
	}
	g.get("statements?q=Marsh", "Authorization", "Bearer parley_x").problem(t, http.StatusUnauthorized, "token")
	all, one := actorIDs(t, g.get("actors")), actorIDs(t, g.get("actors?limit=1")) // a limit does not tell in which order they were
	if len(all) < 2 || len(one) != 1 || one[0] != all[0] {
		t.Errorf("one actor is %v, of %v", one, all)
	}
}

func actorIDs(t *testing.T, a answer) (ids []string) {
	t.Helper()
	var page struct{ Actors []struct{ ID string } }
	if err := json.Unmarshal([]byte(a.body), &page); err != nil {
		t.Fatalf("%d %s", a.status, a.body)
	}
	for _, one := range page.Actors {
		ids = append(ids, one.ID)
	}
	return ids
}

// TestVisitorsParameters holds that each parameter of what visitors may ask is known to be harmless, or is refused.
func TestVisitorsParameters(t *testing.T) {
	g := newGuarded(t)
	g.grant(account.Public, "test", account.Visitor)
	var spec struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Parameters  []struct{ Name, In string }
		}
	}
	if err := json.Unmarshal([]byte(g.get("/openapi.json").body), &spec); err != nil {
		t.Fatal(err)
	}
	harmless := " kind role label status type article entry origin from to since day min_confidence verdict oldest limit cursor "
	tried := 0
	for path, methods := range spec.Paths {
		op := methods["get"]
		if need := serve.Access()[op.OperationID]; need.Scope != "archive" || need.Role != account.Visitor {
			continue
		}
		for _, p := range op.Parameters {
			if p.In != "query" || strings.Contains(harmless, " "+p.Name+" ") || p.Name == "state" && op.OperationID == "get-commitment-board" {
				continue
			}
			value := map[string]string{"all": "true", "format": "csv", "as_of": "2022-02-20", "now": "2022-02-20"}[p.Name]
			if value == "" {
				value = "Ruiz"
			}
			address := strings.NewReplacer("{archive}", "test", "{id}", "x").Replace(path) + "?" + p.Name + "=" + value
			g.get(address).problem(t, http.StatusForbidden, "reader")
			tried++
		}
	}
	if tried < 20 {
		t.Errorf("%d parameters were tried", tried)
	}
}

// TestRefusedToVisitors asks what visitors are refused as everybody: readers and those above them get it, visitors do not,
// and for those without a role there is no archive.
func TestRefusedToVisitors(t *testing.T) {
	g := newGuarded(t)
	real := string(storetest.Story(0).Record.Statements[0].ID)
	refused := map[string]int{"entries/" + real: http.StatusNotFound, "entries/" + real + "/links": http.StatusNotFound, "statements?article=" + storetest.Story(0).Article.ID: http.StatusNotFound,
		"articles/" + storetest.Story(0).Article.ID: http.StatusNotFound}
	for _, path := range []string{"statements?q=Kelm", "statements?actor=Ruiz", "statements?all=true", "statements?as_of=2030-01-01", "statements?format=csv", "articles?state=superseded",
		"articles?text=Kelm", "actors?name=Ruiz", "facets?q=Kelm", "commitments/board?by=Ruiz", "today?now=2022-02-20", "export?as=jsonl", "search?q=Kelm", "entries/" + real + "/trace"} {
		refused[path] = http.StatusForbidden
	}
	for _, who := range g.askers() {
		for path, status := range refused {
			want := http.StatusOK
			switch who.role("test") {
			case account.None:
				want = http.StatusNotFound
			case account.Visitor:
				want = status
			}
			if res := g.get(path, who.headers...); res.status != want {
				t.Errorf("%s as %s: %d, not %d: %.200s", path, who.name, res.status, want, res.body)
			}
		}
	}
}

// private is a story whose speaker is somebody without an office.
func private() record.Arrival {
	told := storetest.Story(40)
	told.Record.Actors[0].Sector = "CVL"
	return told
}

// firstID is the id of the first entry of a list.
func firstID(t *testing.T, a answer) string {
	t.Helper()
	var page struct {
		Entries []struct{ Entry record.Entry }
	}
	if err := json.Unmarshal([]byte(a.body), &page); err != nil || len(page.Entries) == 0 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	return string(page.Entries[0].Entry.ID)
}

// TestPrivatePerson follows somebody whose name is hidden through the desk, as a visitor and as a reader.
func TestPrivatePerson(t *testing.T) {
	g := newGuarded(t)
	hers := private()
	if err := g.store.Put(t.Context(), []record.Arrival{hers}); err != nil {
		t.Fatal(err)
	}
	g.grant(account.Public, account.Everywhere, account.Visitor)
	g.user("mara", "test", account.Reader)
	mara := []string{"Cookie", g.login("mara", goodPassword)}
	article, actor := hers.Article.ID, string(hers.Record.Actors[0].ID)

	hidden := firstID(t, g.get("entries?kind=actor&label=person&limit=1"))
	said := g.get("statements?actor=" + hidden)
	statement := firstID(t, said)
	if strings.Contains(said.body, "Ruiz") || !strings.Contains(said.body, "a person (masked)") || strings.Count(said.body, `"span"`) == 0 {
		t.Errorf("what somebody hidden said: %s", said.body)
	}
	for _, path := range []string{"entries/" + hidden, "entries/" + statement, "facets?kind=statement&actor=" + hidden, "entries/" + statement + "/links"} {
		if res := g.get(path); res.status != http.StatusOK || strings.Contains(res.body, "Ana Ruiz") && strings.Contains(path, hidden) || plainID.MatchString(res.body) {
			t.Errorf("%s: %d %s", path, res.status, res.body)
		}
	}
	// What can be worked out of a name, or of words, opens nothing and tells nothing.
	none := string(record.NewID("a", "nobody"))
	for _, path := range []string{"entries/%", "statements?actor=%", "articles/%", "actors/%", "entries?article=%", "links/%", "contradictions?entry=%", "statements?cursor=1.%"} {
		for _, real := range []string{actor, article} {
			there, not := g.get(strings.ReplaceAll(path, "%", real)), g.get(strings.ReplaceAll(path, "%", none))
			if there.status != http.StatusNotFound || there.body != not.body {
				t.Errorf("%s with %s: %d %s", path, real, there.status, there.body)
			}
		}
	}
	// Under the letter of another kind a pseudonym is nothing's, and what is said of it holds no id.
	for _, path := range []string{"links/l" + hidden[1:], "actors/i" + hidden[1:], "links/" + hidden, "articles/" + hidden} {
		if res := g.get(path); res.status != http.StatusNotFound || plainID.MatchString(res.body) || strings.Contains(res.body, actor) {
			t.Errorf("%s: %d %s", path, res.status, res.body)
		}
	}
	if res := g.get("/api/v1/archives/other/entries/" + hidden); res.status != http.StatusNotFound {
		t.Errorf("in another archive: %d %s", res.status, res.body)
	}
	if res := g.get("entries/"+hidden, mara...); res.status != http.StatusOK || !strings.Contains(res.body, `"id":"`+actor+`"`) || !strings.Contains(res.body, "Ana Ruiz") {
		t.Errorf("a reader who has a visitor's link: %d %s", res.status, res.body)
	}
}

// TestWithdrawnFromVisitors: what is withdrawn is not there for visitors, also not by the ids they have.
func TestWithdrawnFromVisitors(t *testing.T) {
	g := newGuarded(t)
	g.grant(account.Public, "test", account.Visitor)
	g.user("boss", account.Everywhere, account.Admin)
	boss := []string{"Cookie", g.login("boss", goodPassword), "Sec-Fetch-Site", "same-origin"}
	statement := firstID(t, g.get("statements?oldest=true"))
	var shown struct {
		Entry record.Entry
		Link  record.Link
	}
	if err := json.Unmarshal([]byte(g.get("entries/"+statement).body), &shown); err != nil {
		t.Fatal(err)
	}
	var links struct{ Links []struct{ Link record.Link } }
	if err := json.Unmarshal([]byte(g.get("contradictions").body), &links); err != nil || len(links.Links) == 0 {
		t.Fatal(err)
	}
	paths := []string{"articles/" + string(shown.Entry.Article), "entries/" + statement, "entries/" + statement + "/links", "links/" + string(links.Links[0].Link.ID)}
	for _, path := range paths {
		if res := g.get(path); res.status != http.StatusOK {
			t.Errorf("%s: %d %s", path, res.status, res.body)
		}
	}
	withdraw := `{"verb":"withdraw","subject":"` + storetest.Story(0).Article.ID + `","why":"she asked us to"}`
	if res := g.ask(http.MethodPost, "decisions", withdraw, boss...); res.status != http.StatusCreated {
		t.Fatalf("%d %s", res.status, res.body)
	}
	for _, path := range paths {
		if res := g.get(path); res.status != http.StatusNotFound || plainID.MatchString(res.body) {
			t.Errorf("%s of what is withdrawn: %d %s", path, res.status, res.body)
		}
		if res := g.get(path, boss[:2]...); res.status != http.StatusOK {
			t.Errorf("%s for an administrator: %d %s", path, res.status, res.body)
		}
	}
}
