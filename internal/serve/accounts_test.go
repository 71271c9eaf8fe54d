package serve_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/internal/account"
)

// does asks and gives the answer's fields; it fails unless the status is the one wanted.
func (g *guarded) does(want int, method, path, body string, headers ...string) map[string]any {
	g.t.Helper()
	res := g.ask(method, path, body, headers...)
	if res.status != want {
		g.t.Fatalf("%s %s: %d, not %d: %s", method, path, res.status, want, res.body)
	}
	var out map[string]any
	_ = json.Unmarshal([]byte(res.body), &out) // pages have none
	return out
}

// TestComingIn goes the way of the first administrator, of a user, and of a token.
func TestComingIn(t *testing.T) {
	g := newGuarded(t)
	secret, err := g.accounts.FirstAdmin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	g.does(401, "GET", "/api/v1/me", "")
	if ways := g.does(200, "GET", "/api/v1/session", ""); ways["password"] != true || ways["oidc"] != false {
		t.Error(ways)
	}
	if link := g.does(200, "POST", "/api/v1/setup/check", `{"token":"`+secret+`"}`); link["first"] != true {
		t.Error(link)
	}
	g.does(422, "POST", "/api/v1/setup", `{"token":"`+secret+`","name":"mara","password":"short"}`)
	g.does(200, "POST", "/api/v1/setup", `{"token":"`+secret+`","name":"mara","password":"`+goodPassword+`"}`)
	g.does(410, "POST", "/api/v1/setup", `{"token":"`+secret+`","name":"eve","password":"`+goodPassword+`"}`)
	g.does(401, "POST", "/api/v1/session", `{"name":"mara","password":"not this one, surely"}`)
	mara := []string{"Cookie", g.login("mara", goodPassword)}

	ines := g.does(200, "POST", "/api/v1/users", `{"name":"Ines","email":"ines@example.org"}`, mara...)
	g.does(422, "POST", "/api/v1/users", `{"name":"ines"}`, mara...)
	again := g.does(200, "POST", "/api/v1/users/ines/link", "", mara...)
	for _, link := range []struct {
		of   map[string]any
		want int
	}{{ines, 410}, {again, 200}} {
		path, token, _ := strings.Cut(fmt.Sprint(link.of["setup"]), "#")
		if path != "/setup" {
			t.Error(link.of)
		}
		g.does(link.want, "POST", "/api/v1/setup", `{"token":"`+token+`","password":"`+goodPassword+`"}`)
	}
	g.does(200, "PUT", "/api/v1/users/ines/archives/test", `{"role":"reviewer"}`, mara...)
	g.does(422, "PUT", "/api/v1/users/mara/archives/*", `{"role":"reader"}`, mara...)
	g.does(422, "PUT", "/api/v1/users/public/archives/test", `{"role":"reviewer"}`, mara...)
	g.does(404, "PUT", "/api/v1/users/eve/archives/test", `{"role":"reader"}`, mara...)
	if got := g.get("/api/v1/users", mara...).body; !strings.Contains(got, `"roles":{"test":"reviewer"}`) || strings.Contains(got, "argon2") {
		t.Error(got)
	}

	who := []string{"Cookie", g.login("ines", goodPassword)}
	g.does(200, "PUT", "/api/v1/me/seen", `{"archive":"test","at":"2022-02-20T18:00:00Z"}`, who...)
	g.does(404, "PUT", "/api/v1/me/seen", `{"archive":"other","at":"2022-02-20T18:00:00Z"}`, who...)
	if got := g.get("/api/v1/me", who...).body; strings.TrimSpace(got) != `{"name":"ines","role":{"test":"reviewer"},"local":false,"token":false,"seen":{"test":"2022-02-20T18:00:00Z"}}` {
		t.Error(got)
	}
	if got := g.get("/api/v1/archives", who...).body; !strings.Contains(got, `"test"`) || strings.Contains(got, `"other"`) {
		t.Error(got)
	}
	made := g.does(200, "POST", "/api/v1/tokens", `{"label":"export","archives":["test"],"role":"reader","days":7}`, who...)
	g.does(422, "POST", "/api/v1/tokens", `{"label":"export","archives":["other"],"role":"reader"}`, who...)
	bearer := []string{"Authorization", "Bearer " + fmt.Sprint(made["secret"])}
	g.does(200, "GET", "statements", "", bearer...)
	if got := g.get("/api/v1/tokens", who...).body; !strings.Contains(got, `"label":"export"`) || strings.Contains(got, fmt.Sprint(made["secret"])) {
		t.Error(got)
	}
	g.does(404, "DELETE", "/api/v1/tokens/"+fmt.Sprint(made["token"].(map[string]any)["id"]), "", mara...)
	g.does(200, "DELETE", "/api/v1/tokens/"+fmt.Sprint(made["token"].(map[string]any)["id"]), "", who...)
	g.does(401, "GET", "statements", "", bearer...)

	g.does(401, "PUT", "/api/v1/me/password", `{"old":"wrong","new":"nine kites above the mill"}`, who...)
	g.does(200, "PUT", "/api/v1/me/password", `{"old":"`+goodPassword+`","new":"nine kites above the mill"}`, who...)
	g.does(401, "GET", "/api/v1/me", "", who...)
	who = []string{"Cookie", g.login("ines", "nine kites above the mill")}
	g.does(200, "DELETE", "/api/v1/session", "", who...)
	g.does(401, "GET", "/api/v1/me", "", who...)
	g.does(200, "DELETE", "/api/v1/users/ines", "", mara...)
	g.does(401, "POST", "/api/v1/session", `{"name":"ines","password":"nine kites above the mill"}`)
	if res := g.get("/auth/oidc"); res.status != http.StatusSeeOther || res.header.Get("Location") != "/login?problem=refused" {
		t.Error(res)
	}
}

// TestGuessing fails logins until it is told to wait.
func TestGuessing(t *testing.T) {
	g := newGuarded(t)
	g.user("mara", "test", account.Reader)
	status := 0
	for range 6 {
		status = g.ask(http.MethodPost, "/api/v1/session", `{"name":"mara","password":"not this one, surely"}`).status
	}
	if status != http.StatusTooManyRequests {
		t.Errorf("the sixth guess: %d", status)
	}
}
