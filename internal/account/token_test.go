package account

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// session is whoever has logged in with the roles of a user.
func (d *testDesk) session(name string) Who {
	d.t.Helper()
	roles, err := d.roles(d.t.Context(), name)
	if err != nil {
		d.t.Fatal(err)
	}
	return Who{Name: name, Roles: roles}
}

func TestTokens(t *testing.T) {
	type scope = Token
	for name, c := range map[string]struct {
		token scope
		then  func(d *testDesk, id string)
		want  string
	}{
		"all of the user's":       {token: scope{Archives: []string{"*"}, Role: Admin}, want: "200 mara reviewer"},
		"less than the user":      {token: scope{Archives: []string{"*"}, Role: Reader}, want: "200 mara reader"},
		"this archive":            {token: scope{Archives: []string{"crisis"}, Role: Reviewer}, want: "200 mara reviewer"},
		"another archive":         {token: scope{Archives: []string{"border"}, Role: Reader}, want: "200 mara none"},
		"revoked":                 {scope{Archives: []string{"*"}, Role: Admin}, func(d *testDesk, id string) { _ = d.Revoke(d.t.Context(), "mara", id) }, "401"},
		"revoked by another":      {scope{Archives: []string{"*"}, Role: Admin}, func(d *testDesk, id string) { _ = d.Revoke(d.t.Context(), "ines", id) }, "200 mara reviewer"},
		"too old":                 {scope{Archives: []string{"*"}, Role: Admin}, func(d *testDesk, id string) { d.at = d.at.Add(tokenLasts + time.Second) }, "401"},
		"the user lost the role":  {scope{Archives: []string{"*"}, Role: Admin}, func(d *testDesk, id string) { _ = d.Grant(d.t.Context(), "test", "mara", "crisis", Visitor) }, "200 mara visitor"},
		"the user was removed":    {scope{Archives: []string{"*"}, Role: Admin}, func(d *testDesk, id string) { _ = d.Remove(d.t.Context(), "test", "mara") }, "401"},
		"the user was reset":      {scope{Archives: []string{"*"}, Role: Admin}, func(d *testDesk, id string) { _, _ = d.Reset(d.t.Context(), "test", "mara") }, "401"},
		"public gives it nothing": {scope{Archives: []string{"border"}, Role: Reader}, func(d *testDesk, id string) { _ = d.Grant(d.t.Context(), "test", Public, "crisis", Reader) }, "200 mara none"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, Options{})
			d.user("mara", "crisis", Reviewer)
			d.user("ines", "crisis", Reviewer)
			if err := d.Grant(t.Context(), "test", "mara", "border", Reader); err != nil {
				t.Fatal(err)
			}
			c.token.Label = "nightly export"
			made, secret, err := d.NewToken(t.Context(), d.session("mara"), c.token)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(secret, TokenPrefix) || len(secret) < 50 {
				t.Errorf("a weak secret: %s", secret)
			}
			if c.then != nil {
				c.then(d, made.ID)
			}
			status, body := newBrowser(t, d.server().URL).do("GET", "/who", "", "Authorization", "Bearer "+secret)
			got := "401"
			if status == http.StatusOK {
				got = "200 " + body
			}
			if got != c.want {
				t.Errorf("got %s (%d), want %s", got, status, c.want)
			}
		})
	}
}

func TestTokensRefused(t *testing.T) {
	d := newDesk(t, Options{})
	d.user("mara", "crisis", Reviewer)
	mara := d.session("mara")
	byToken := mara
	byToken.Token = "t-1"
	late, past := d.at.Add(tokenLimit+time.Hour), d.at.Add(-time.Hour)
	for name, c := range map[string]struct {
		who  Who
		want Token
	}{
		"nobody":          {Who{}, Token{Label: "x", Archives: []string{"*"}, Role: Reader}},
		"a token":         {byToken, Token{Label: "x", Archives: []string{"*"}, Role: Reader}},
		"local":           {Who{Name: "mara", Local: true}, Token{Label: "x", Archives: []string{"*"}, Role: Reader}},
		"no label":        {mara, Token{Archives: []string{"*"}, Role: Reader}},
		"no archive":      {mara, Token{Label: "x", Role: Reader}},
		"no role":         {mara, Token{Label: "x", Archives: []string{"*"}}},
		"more than she":   {mara, Token{Label: "x", Archives: []string{"crisis"}, Role: Manager}},
		"not her archive": {mara, Token{Label: "x", Archives: []string{"border"}, Role: Reader}},
		"too long":        {mara, Token{Label: "x", Archives: []string{"*"}, Role: Reader, Expires: &late}},
		"over":            {mara, Token{Label: "x", Archives: []string{"*"}, Role: Reader, Expires: &past}},
	} {
		var refused *Refused
		if _, _, err := d.NewToken(t.Context(), c.who, c.want); !errors.As(err, &refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTokenIsKeptAsHash(t *testing.T) {
	d := newDesk(t, Options{})
	d.user("mara", "crisis", Reviewer)
	_, secret, err := d.NewToken(t.Context(), d.session("mara"), Token{Label: "x", Archives: []string{"crisis"}, Role: Reader})
	if err != nil {
		t.Fatal(err)
	}
	var hash string
	if err := d.db.QueryRow("SELECT hash FROM tokens").Scan(&hash); err != nil || strings.Contains(hash, secret[len(TokenPrefix):]) || len(hash) != 64 {
		t.Errorf("%q, %v", hash, err)
	}
	if strings.Contains(d.log.String(), secret) {
		t.Error("the log holds the token")
	}
	b := newBrowser(t, d.server().URL)
	for _, header := range []string{"Bearer " + hash, "Bearer parley_" + hash, "Basic bWFyYTp4", "Bearer", "Bearer parley_" + strings.Repeat("x", 1<<12)} {
		if status, body := b.do("GET", "/who", "", "Authorization", header); status != http.StatusUnauthorized {
			t.Errorf("%.30s: %d %s", header, status, body)
		}
	}
	b.do("GET", "/who", "", "Authorization", "bearer "+secret)
	tokens, err := d.Tokens(t.Context(), "mara")
	if err != nil || len(tokens) != 1 || tokens[0].Used == nil {
		t.Errorf("%v, %v", tokens, err)
	}
}

func TestClean(t *testing.T) {
	d := newDesk(t, Options{})
	d.user("mara", "crisis", Reviewer)
	if _, _, err := d.NewToken(t.Context(), d.session("mara"), Token{Label: "x", Archives: []string{"*"}, Role: Reader}); err != nil {
		t.Fatal(err)
	}
	newBrowser(t, d.server().URL).do("POST", "/login", "name=mara&password="+goodPassword)
	if _, err := d.Reset(t.Context(), "test", "mara"); err != nil {
		t.Fatal(err)
	}
	d.at = d.at.Add(tokenLimit)
	if err := d.Clean(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"sessions", "links", "tokens"} {
		var left int
		if err := d.db.QueryRow("SELECT count(*) FROM " + table).Scan(&left); err != nil || left != 0 {
			t.Errorf("%d %s are left, %v", left, table, err)
		}
	}
}

func TestLocal(t *testing.T) {
	for name, c := range map[string]struct {
		host    string
		method  string
		headers []string
		want    int
	}{
		"here":              {host: "127.0.0.1:8787", want: 200},
		"by name":           {host: "localhost:8787", want: 200},
		"IPv6":              {host: "[::1]:8787", want: 200},
		"DNS rebinding":     {host: "evil.example:8787", want: 403},
		"a name like it":    {host: "localhost.evil.example", want: 403},
		"behind a proxy":    {host: "127.0.0.1:8787", headers: []string{"X-Forwarded-For", "203.0.113.5"}, want: 403},
		"another's page":    {host: "127.0.0.1:8787", method: "POST", headers: []string{"Sec-Fetch-Site", "cross-site"}, want: 403},
		"its own page":      {host: "127.0.0.1:8787", method: "POST", headers: []string{"Sec-Fetch-Site", "same-origin"}, want: 200},
		"another port here": {host: "127.0.0.1:8787", method: "POST", headers: []string{"Origin", "http://127.0.0.1:9999"}, want: 403},
	} {
		var who Who
		h := Local{Name: "mara"}.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { who = From(r.Context()) }))
		if status := request(h, c.method, c.host, c.headers); status != c.want || (status == 200) != who.May("any", Admin) {
			t.Errorf("%s: %d, %+v", name, status, who)
		}
	}
	for address, want := range map[string]bool{"127.0.0.1:1": true, ":8787": false, "0.0.0.0:1": false, "[::]:1": false, "localhost": true, "127.8.8.8": true, "example.org:1": false, "": false} {
		if Loopback(address) != want {
			t.Errorf("Loopback(%q) is not %v", address, want)
		}
	}
}
