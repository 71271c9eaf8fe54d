package serve_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/internal/account"
	"parley/internal/alert"
	"parley/internal/record"
	"parley/internal/serve"
	"parley/internal/store/storetest"
)

const goodPassword = "seven lamps by the quay"

// guarded is a desk with accounts, whose archive is served under two names, test and other.
type guarded struct {
	*testDesk
	accounts *account.Accounts
}

func newGuarded(t *testing.T, changes ...func(*serve.Config)) *guarded {
	t.Helper()
	db, err := account.Open(t.Context(), filepath.Join(t.TempDir(), "test.desk"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	accounts, err := account.New(t.Context(), db, account.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rules, err := alert.Open(t.Context(), db, alert.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, func(cfg *serve.Config) {
		cfg.Guard, cfg.Accounts, cfg.Alerts = accounts, accounts, alert.NewSender(alert.Composer{Store: rules}, nil)
		cfg.Archives = append(cfg.Archives, cfg.Archives[0])
		cfg.Archives[1].Name = "other"
		for _, change := range changes {
			change(cfg)
		}
	})
	g := &guarded{d, accounts}
	t.Cleanup(func() { g.grant(account.Public, account.Everywhere, account.Reader) }) // for noteCalls
	return g
}

func (g *guarded) grant(name, archive string, role account.Role) {
	g.t.Helper()
	if err := g.accounts.Grant(context.Background(), "test", name, archive, role); err != nil {
		g.t.Fatal(err)
	}
}

// user makes a user with a role in an archive.
func (g *guarded) user(name, archive string, role account.Role) {
	g.t.Helper()
	secret, err := g.accounts.Add(g.t.Context(), "test", name, "")
	if err == nil {
		_, err = g.accounts.SetUp(g.t.Context(), secret, "", goodPassword)
	}
	if err != nil {
		g.t.Fatal(err)
	}
	g.grant(name, archive, role)
}

// login gives the cookie of a new session.
func (g *guarded) login(name, password string) string {
	g.t.Helper()
	body, _ := json.Marshal(map[string]string{"name": name, "password": password})
	res := g.ask(http.MethodPost, "/api/v1/session", string(body))
	cookie, _, _ := strings.Cut(res.header.Get("Set-Cookie"), ";")
	if res.status != http.StatusOK || cookie == "" {
		g.t.Fatalf("%s cannot come in: %d %s", name, res.status, res.body)
	}
	return cookie
}

// token makes a token of a user who is logged in.
func (g *guarded) token(cookie, archive string, role account.Role) string {
	g.t.Helper()
	res := g.ask(http.MethodPost, "/api/v1/tokens", fmt.Sprintf(`{"label":"x","archives":[%q],"role":%q}`, archive, role), "Cookie", cookie)
	var made struct{ Secret string }
	if err := json.Unmarshal([]byte(res.body), &made); err != nil || made.Secret == "" {
		g.t.Fatalf("no token: %d %s", res.status, res.body)
	}
	return made.Secret
}

// asker is somebody who asks, and what they should be allowed to do.
type asker struct {
	name    string
	headers []string
	user    bool
	token   bool
	roles   map[string]account.Role
}

func (a asker) role(archive string) account.Role {
	return max(a.roles[archive], a.roles[account.Everywhere])
}

// askers are nobody, one user of each role in the archive test, an administrator of all, and tokens of hers.
func (g *guarded) askers() []asker {
	g.user("boss", account.Everywhere, account.Admin)
	boss := g.login("boss", goodPassword)
	all := []asker{
		{name: "nobody"},
		{name: "boss", headers: []string{"Cookie", boss}, user: true, roles: map[string]account.Role{"*": account.Admin}},
	}
	for role := account.None; role <= account.Admin; role++ {
		name, roles := "user-"+role.String(), map[string]account.Role{"test": role}
		g.user(name, "test", role)
		all = append(all, asker{name: name, headers: []string{"Cookie", g.login(name, goodPassword)}, user: true, roles: roles})
		if role > account.None {
			secret := g.token(boss, "test", role)
			all = append(all, asker{name: "token-" + role.String(), headers: []string{"Authorization", "Bearer " + secret}, user: true, token: true, roles: roles})
		}
	}
	for _, role := range []account.Role{account.Reviewer, account.Admin} {
		secret := g.token(boss, account.Everywhere, role)
		all = append(all, asker{name: "token-everywhere-" + role.String(), headers: []string{"Authorization", "Bearer " + secret}, user: true, token: true,
			roles: map[string]account.Role{"*": role}})
	}
	return all
}

// endpoint is an operation of the OpenAPI.
type endpoint struct{ id, method, path string }

// endpoints are all operations, with something in the place of what stands in braces.
func (g *guarded) endpoints(archive string) (all []endpoint) {
	g.t.Helper()
	var spec struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
		}
	}
	if err := json.Unmarshal([]byte(g.get("/openapi.json").body), &spec); err != nil {
		g.t.Fatal(err)
	}
	fill := strings.NewReplacer("/archives/{archive}", "/archives/"+archive, "{id}", "x-000000000000", "{name}", "nobody-of-this-name", "{archive}", archive)
	for path, methods := range spec.Paths {
		for method, op := range methods {
			all = append(all, endpoint{op.OperationID, strings.ToUpper(method), fill.Replace(path)})
		}
	}
	return append(all, endpoint{"metrics", http.MethodGet, "/metrics"})
}

// expected is the status with which somebody is kept out of an operation; 0: they are let in.
func (a asker) expected(n serve.Need, archive string) int {
	kept := http.StatusForbidden
	if !a.user {
		kept = http.StatusUnauthorized
	}
	in := false
	switch n.Scope {
	case "open":
		in = true
	case "archive":
		if in = a.role(archive) >= n.Role; !in && a.role(archive) == account.None {
			kept = http.StatusNotFound // it is not there for them
		}
	case "whole":
		in = a.roles[account.Everywhere] >= n.Role
	case "person":
		in = a.user
	case "keeper":
		in = a.roles[account.Everywhere] >= n.Role && !a.token
	case "browser":
		in = a.user && !a.token
	}
	if in {
		return 0
	}
	return kept
}

// TestAccess tries every operation as everybody, in the archive where they have roles and in another.
func TestAccess(t *testing.T) {
	g := newGuarded(t)
	askers, table := g.askers(), serve.Access()
	tried := map[string]bool{}
	for _, archive := range []string{"test", "other"} {
		for _, op := range g.endpoints(archive) {
			need, listed := table[op.id]
			if !listed {
				t.Errorf("%s is not in the table", op.id)
			}
			tried[op.id] = true
			for _, who := range askers {
				want := who.expected(need, archive)
				if op.id == "get-me" && who.name == "nobody" || op.id == "metrics" && want == http.StatusUnauthorized {
					continue // TestComingIn; metrics say 403 to nobody
				}
				got := g.status(op, who)
				if got != want {
					t.Errorf("%s of %s as %s: %d, not %d", op.id, archive, who.name, got, want)
				}
			}
		}
	}
	for id := range table {
		if !tried[id] {
			t.Errorf("%s stands in the table and is no operation", id)
		}
	}
}

// status is the status with which somebody is kept out of an operation; 0: they are let in, whatever comes of it.
func (g *guarded) status(op endpoint, who asker) int {
	headers := who.headers
	if op.id == "logout" && who.user && !who.token { // not with the session that the others need
		headers = []string{"Cookie", g.login(who.name, goodPassword)}
	}
	ctx, cancel := context.WithCancel(g.t.Context())
	defer cancel() // a stream goes on for ever
	body := ""
	if op.method != http.MethodGet && op.method != http.MethodDelete {
		body = "{}"
	}
	req, err := http.NewRequestWithContext(ctx, op.method, g.root+op.path, strings.NewReader(body))
	if err != nil {
		g.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		g.t.Fatal(err)
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		return res.StatusCode
	case http.StatusNotFound:
		var problem struct{ Detail string }
		_ = json.NewDecoder(res.Body).Decode(&problem)
		if strings.HasPrefix(problem.Detail, "there is no archive") {
			return res.StatusCode
		}
	}
	return 0
}

// TestDeciding tries every verb as everybody, and looks for the name in the log.
func TestDeciding(t *testing.T) {
	g := newGuarded(t)
	stmt := string(storetest.Story(0).Record.Statements[0].ID)
	for _, who := range g.askers() {
		for verb, role := range serve.Deciders() {
			body := fmt.Sprintf(`{"verb":%q,"subject":"s-000000000000","object":"s-000000000001","value":"yes","why":"x"}`, verb)
			res := g.ask(http.MethodPost, "decisions", body, who.headers...)
			kept := res.status == http.StatusForbidden || res.status == http.StatusUnauthorized || strings.Contains(res.body, "there is no archive")
			if kept != (who.role("test") < role) {
				t.Errorf("%s as %s: %d %s", verb, who.name, res.status, res.body)
			}
		}
		if who.role("test") < account.Reviewer {
			continue
		}
		res := g.ask(http.MethodPost, "decisions", `{"verb":"confirm","subject":"`+stmt+`","why":"checked"}`, who.headers...)
		var made record.Judgement
		author := who.name
		if who.token {
			author = "boss"
		}
		if err := json.Unmarshal([]byte(res.body), &made); err != nil || made.Who != author {
			t.Errorf("%s decided as %q: %s", who.name, made.Who, res.body)
		}
	}
}

// TestAcrossSites sends decisions as pages of other sites can make a browser send them.
func TestAcrossSites(t *testing.T) {
	g := newGuarded(t)
	g.user("mara", "test", account.Reviewer)
	cookie := g.login("mara", goodPassword)
	body := `{"verb":"doubt","subject":"` + string(storetest.Story(0).Record.Statements[0].ID) + `","why":"x"}`
	for site, want := range map[string]int{"same-origin": http.StatusCreated, "same-site": http.StatusForbidden, "cross-site": http.StatusForbidden} {
		if res := g.ask(http.MethodPost, "decisions", body, "Cookie", cookie, "Sec-Fetch-Site", site); res.status != want {
			t.Errorf("%s: %d %s", site, res.status, res.body)
		}
	}
}

// TestOwnDoubt takes doubts back: one's own, while nobody has said more.
func TestOwnDoubt(t *testing.T) {
	g := newGuarded(t)
	g.user("cleo", "test", account.Contributor)
	g.user("mara", "test", account.Reviewer)
	cleo, mara := g.login("cleo", goodPassword), g.login("mara", goodPassword)
	stmt := string(storetest.Story(1).Record.Statements[0].ID)
	for i, step := range []struct {
		who, verb string
		want      int
	}{
		{cleo, "clear", http.StatusForbidden}, {cleo, "doubt", http.StatusCreated}, {cleo, "clear", http.StatusCreated}, {cleo, "clear", http.StatusForbidden},
		{mara, "doubt", http.StatusCreated}, {cleo, "clear", http.StatusForbidden}, {cleo, "doubt", http.StatusCreated}, {mara, "reject", http.StatusCreated},
		{cleo, "clear", http.StatusForbidden}, {mara, "clear", http.StatusCreated},
	} {
		body := `{"verb":"` + step.verb + `","subject":"` + stmt + `","why":"on second thought"}`
		if res := g.ask(http.MethodPost, "decisions", body, "Cookie", step.who, "Sec-Fetch-Site", "same-origin"); res.status != step.want {
			t.Errorf("step %d, %s: %d %s", i, step.verb, res.status, res.body)
		}
	}
}

// TestUnseen: addresses of pages do not say which archives there are.
func TestUnseen(t *testing.T) {
	g := newGuarded(t)
	g.grant(account.Public, "test", account.Visitor)
	for _, page := range []string{"/articles.json", "/entry/x.y"} {
		hidden, none := g.ask(http.MethodGet, "/other"+page, ""), g.ask(http.MethodGet, "/nowhere"+page, "")
		if hidden.status != none.status || hidden.body != none.body {
			t.Errorf("%s: %d where an archive is hidden, %d where none is", page, hidden.status, none.status)
		}
		if seen := g.ask(http.MethodGet, "/test"+page, ""); seen.status == none.status {
			t.Errorf("%s of an archive that is seen: %d", page, seen.status)
		}
	}
}

// TestTokensAndRules: a token gets no secret of a feed that shows more than it may, and leaves rules of other archives alone.
func TestTokensAndRules(t *testing.T) {
	g := newGuarded(t)
	g.user("boss", account.Everywhere, account.Admin)
	cookie := g.login("boss", goodPassword)
	made := g.ask(http.MethodPost, "/api/v1/rules", `{"name":"x","archive":"test","kind":"broken","channels":[{"kind":"atom"}]}`, "Cookie", cookie)
	var rule struct {
		ID       string
		Channels []struct{ Secret string }
	}
	if err := json.Unmarshal([]byte(made.body), &rule); err != nil || len(rule.Channels) != 1 {
		t.Fatalf("%d %s", made.status, made.body)
	}
	secret := rule.Channels[0].Secret
	for _, c := range []struct {
		archive     string
		role        account.Role
		rule, shown bool
	}{{"test", account.Visitor, true, false}, {"test", account.Reader, true, true}, {"other", account.Admin, false, false}} {
		bearer := []string{"Authorization", "Bearer " + g.token(cookie, c.archive, c.role)}
		list := g.ask(http.MethodGet, "/api/v1/rules", "", bearer...)
		if strings.Contains(list.body, rule.ID) != c.rule || strings.Contains(list.body, secret) != c.shown {
			t.Errorf("a token as %s of %s gets %s", c.role, c.archive, list.body)
		}
		for method, body := range map[string]string{http.MethodDelete: "", http.MethodPut: `{"name":"y","archive":"other","kind":"broken"}`} {
			if a := g.ask(method, "/api/v1/rules/"+rule.ID, body, bearer...); a.status/100 != 4 {
				t.Errorf("%s by a token as %s of %s: %d %s", method, c.role, c.archive, a.status, a.body)
			}
		}
	}
	contributor := g.token(cookie, "test", account.Contributor)
	if a := g.ask(http.MethodDelete, "/api/v1/rules/"+rule.ID, "", "Authorization", "Bearer "+contributor); a.status != http.StatusOK {
		t.Errorf("a token of the rule's archive: %d %s", a.status, a.body)
	}
}

// TestBrokenArchive: what is wrong with an archive is said in the log, not to whoever asks.
func TestBrokenArchive(t *testing.T) {
	d := newDesk(t, func(cfg *serve.Config) { cfg.Status = func(error) int { return http.StatusServiceUnavailable } })
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	res := d.get("articles")
	if res.status != http.StatusServiceUnavailable || !strings.Contains(res.body, "log says why") || strings.Contains(res.body, "database") {
		t.Errorf("%d %s", res.status, res.body)
	}
}

// TestCredentials holds that the OpenAPI says of each operation what it takes: nothing, a session, a token.
func TestCredentials(t *testing.T) {
	g := newGuarded(t)
	g.user("boss", account.Everywhere, account.Admin)
	g.grant(account.Public, account.Everywhere, account.Reader)
	cookie := g.login("boss", goodPassword)
	var spec struct {
		Paths map[string]map[string]struct {
			OperationID string                `json:"operationId"`
			Security    []map[string][]string `json:"security"`
		}
		Components struct {
			SecuritySchemes map[string]struct{ Type, In, Scheme string }
		}
	}
	if err := json.Unmarshal([]byte(g.get("/openapi.json").body), &spec); err != nil {
		t.Fatal(err)
	}
	if s := spec.Components.SecuritySchemes; s["session"].In != "cookie" || s["token"].Scheme != "bearer" {
		t.Errorf("%+v", s)
	}
	said := map[string]string{}
	for _, methods := range spec.Paths {
		for _, op := range methods {
			var takes []string
			for _, one := range op.Security {
				takes = append(takes, strings.Join(slices.Collect(maps.Keys(one)), "+"))
			}
			said[op.OperationID] = strings.Join(takes, " ")
		}
	}
	boss := asker{name: "boss", headers: []string{"Cookie", cookie}, user: true}
	token := asker{headers: []string{"Authorization", "Bearer " + g.token(cookie, account.Everywhere, account.Admin)}, user: true, token: true}
	for _, op := range g.endpoints("test") {
		if op.id == "metrics" {
			continue // is not in the OpenAPI
		}
		var takes []string
		for _, way := range []struct {
			name string
			who  asker
		}{{"", asker{}}, {"session", boss}, {"token", token}} {
			if op.id == "set-up" || op.id == "check-link" || op.id == "login" { // are open, and say 401 to a wrong password
				takes = append(takes, way.name)
			} else if g.status(op, way.who) == 0 {
				takes = append(takes, way.name)
			}
		}
		if did := strings.Join(takes, " "); did != said[op.id] {
			t.Errorf("%s takes %q, and the OpenAPI says %q", op.id, did, said[op.id])
		}
	}
}

// TestTokensMakeNoWaysIn: whoever has a token of an administrator gets no way in that outlives it.
func TestTokensMakeNoWaysIn(t *testing.T) {
	g := newGuarded(t)
	g.user("boss", account.Everywhere, account.Admin)
	cookie := g.login("boss", goodPassword)
	bearer := []string{"Authorization", "Bearer " + g.token(cookie, account.Everywhere, account.Admin)}
	for _, way := range []struct{ method, path, body string }{
		{"POST", "/api/v1/users", `{"name":"eve"}`}, {"POST", "/api/v1/users/boss/link", ""}, {"DELETE", "/api/v1/users/boss", ""},
		{"PUT", "/api/v1/users/public/archives/test", `{"role":"reader"}`}, {"POST", "/api/v1/tokens", `{"label":"x","archives":["*"],"role":"admin"}`},
		{"PUT", "/api/v1/me/password", `{"old":"` + goodPassword + `","new":"nine kites above the mill"}`},
	} {
		g.ask(way.method, way.path, way.body, bearer...).problem(t, http.StatusForbidden, "a token is not enough")
	}
	if res := g.get("/api/v1/users", bearer...); res.status != http.StatusOK || strings.Contains(res.body, "eve") {
		t.Errorf("the list of users: %d %s", res.status, res.body)
	}
}
