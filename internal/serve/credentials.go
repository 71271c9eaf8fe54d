package serve

import (
	"github.com/danielgtaylor/huma/v2"

	"parley/internal/account"
)

// The credentials of the OpenAPI, by name.
const (
	bySession = "session"
	byToken   = "token"
)

// credentials are the ways in which a request shows who sends it. At a desk without accounts none is needed.
func credentials() map[string]*huma.SecurityScheme {
	return map[string]*huma.SecurityScheme{
		bySession: {Type: "apiKey", In: "cookie", Name: account.SecureCookie,
			Description: "The session that POST /api/v1/session begins; where the desk is reached without HTTPS, at its own machine, the cookie is called " + account.PlainCookie + "."},
		byToken: {Type: "http", Scheme: "bearer", BearerFormat: account.TokenPrefix + "…", Description: "An API token, made on the page Account."},
	}
}

// security are the credentials that an operation takes. Where an archive can be opened to everybody, as visitors or readers,
// it may take none.
func (n need) security() []map[string][]string {
	session, token, none := map[string][]string{bySession: {}}, map[string][]string{byToken: {}}, map[string][]string{}
	switch {
	case n.signedIn():
		return []map[string][]string{session}
	case n.scope == open, n.scope == archive && n.role <= account.Reader:
		return []map[string][]string{none, session, token}
	}
	return []map[string][]string{session, token}
}

// extensions say what the OpenAPI has no words for: what an operation's role is asked of, and the role.
func (n need) extensions() map[string]any {
	of := map[scope]string{open: "nobody", archive: "archive", whole: "desk", person: "account", browser: "account", keeper: "desk"}[n.scope]
	needs := map[string]string{"of": of}
	if n.role > account.None {
		needs["role"] = n.role.String()
	}
	return map[string]any{"x-needs": needs}
}
