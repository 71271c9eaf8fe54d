package account

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// OIDC says by which identity provider users come in (OpenID Connect Core 1.0, authorization code flow with PKCE,
// RFC 7636). Users are made by an admin; the provider only says who they are.
type OIDC struct {
	Issuer   string // https://id.example.org
	ClientID string
	Secret   string
	Address  string       // of the desk, as browsers reach it: https://desk.example.org
	Client   *http.Client // asks the provider; nil: one with a time limit
}

// CallbackPath is where the provider sends users back to.
const CallbackPath = "/auth/callback"

// flowHolds is how long somebody may take at the provider; askTime is how long the provider may take for one answer, and
// failedFor for how long it is not asked again who it is after it could not say.
const (
	flowHolds = 10 * time.Minute
	askTime   = 10 * time.Second
	failedFor = 5 * time.Second
)

// The keys of a login on its way, in the session.
const (
	keyState    = "oidc_state"
	keyNonce    = "oidc_nonce"
	keyVerifier = "oidc_verifier"
	keyNext     = "oidc_next"
	keyFlow     = "oidc_began" // int64, seconds
)

// check says what is missing.
func (o OIDC) check() error {
	for what, address := range map[string]string{"the issuer": o.Issuer, "the desk's address": o.Address} {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && Loopback(u.Host)) {
			return fmt.Errorf("OpenID Connect: %s must be an address that begins with https://, not %q", what, address)
		}
	}
	if o.ClientID == "" || o.Secret == "" {
		return errors.New("OpenID Connect: the client id and its secret are needed")
	}
	return nil
}

// provider is the identity provider, looked up at the first login, so that a desk starts also while it is down.
type provider struct {
	OIDC
	mu     sync.Mutex
	found  *oidc.Provider
	failed error // the last time it was looked up
	at     time.Time
}

// ask is a context in which the provider is asked, with a time limit.
func (p *provider) ask(ctx context.Context) context.Context {
	client := p.Client
	if client == nil {
		client = &http.Client{Timeout: askTime}
	}
	return oidc.ClientContext(ctx, client)
}

// discover looks the provider up, once. Of many who come while it does not answer, one waits for it and the others are told what
// came of that.
func (p *provider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	if p.failed != nil && time.Since(p.at) < failedFor {
		return nil, p.failed
	}
	// The provider keeps the context for fetching keys later: it must outlive the request.
	found, err := oidc.NewProvider(p.ask(context.WithoutCancel(ctx)), p.Issuer)
	if err != nil {
		p.failed, p.at = fmt.Errorf("asking the identity provider %s: %w", p.Issuer, err), time.Now()
		return nil, p.failed
	}
	p.found = found
	return found, nil
}

// flow is the desk as a client of the provider.
func (p *provider) flow(found *oidc.Provider) oauth2.Config {
	return oauth2.Config{ClientID: p.ClientID, ClientSecret: p.Secret, Endpoint: found.Endpoint(),
		RedirectURL: strings.TrimSuffix(p.Address, "/") + CallbackPath, Scopes: []string{oidc.ScopeOpenID, "email"}}
}

// HasOIDC says whether users can come in by an identity provider.
func (a *Accounts) HasOIDC() bool { return a.provider != nil }

// LoginOIDC begins a login at the provider and gives the address to send the browser to. next is the page to come back
// to, a path. A session that there is goes on until the login is done: a link to here, which any page may have, ends none.
func (a *Accounts) LoginOIDC(ctx context.Context, next string) (string, error) {
	if a.provider == nil {
		return "", &Refused{"this desk has no identity provider"}
	}
	if err := needSession(ctx); err != nil {
		return "", err
	}
	found, err := a.provider.discover(ctx)
	if err != nil {
		return "", err
	}
	state, nonce, verifier := newSecret(), newSecret(), oauth2.GenerateVerifier()
	if err := a.sessions.RenewToken(ctx); err != nil {
		return "", fmt.Errorf("beginning a login: %w", err)
	}
	if a.sessions.GetString(ctx, keyUser) == "" {
		a.sessions.SetDeadline(ctx, a.now().Add(flowHolds))
	}
	a.sessions.Put(ctx, keyFlow, a.now().Unix())
	for key, value := range map[string]string{keyState: state, keyNonce: nonce, keyVerifier: verifier, keyNext: LocalPath(next)} {
		a.sessions.Put(ctx, key, value)
	}
	flow := a.provider.flow(found)
	return flow.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), nil
}

// FinishOIDC ends a login with what the provider sent along, begins the session of its user, and gives the page to go to.
func (a *Accounts) FinishOIDC(ctx context.Context, query url.Values) (next string, err error) {
	if a.provider == nil {
		return "", &Refused{"this desk has no identity provider"}
	}
	if err := needSession(ctx); err != nil {
		return "", err
	}
	state, nonce := a.sessions.PopString(ctx, keyState), a.sessions.PopString(ctx, keyNonce)
	verifier, next := a.sessions.PopString(ctx, keyVerifier), a.sessions.PopString(ctx, keyNext)
	began := time.Unix(a.sessions.GetInt64(ctx, keyFlow), 0)
	if state == "" || a.now().Sub(began) > flowHolds || subtle.ConstantTimeCompare([]byte(state), []byte(query.Get("state"))) != 1 {
		return "", &Refused{"this login was begun elsewhere or took too long: log in again"}
	}
	if query.Get("error") != "" {
		return "", &Refused{"the identity provider did not let you in"}
	}
	token, err := a.provider.idToken(ctx, query.Get("code"), verifier, nonce)
	if err != nil {
		return "", err
	}
	name, epoch, err := a.userOf(ctx, token)
	if err != nil {
		return "", err
	}
	a.log.Info("login by identity provider", "user", name)
	return LocalPath(next), a.begin(ctx, name, epoch)
}

// idToken fetches and verifies what the provider says of a user.
func (p *provider) idToken(ctx context.Context, code, verifier, nonce string) (*oidc.IDToken, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return nil, err
	}
	ctx = p.ask(ctx)
	flow := p.flow(found)
	tokens, err := flow.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return nil, fmt.Errorf("asking the identity provider for the code's token: %w", err)
	}
	raw, ok := tokens.Extra("id_token").(string)
	if !ok {
		return nil, errors.New("the identity provider sent no id_token")
	}
	token, err := found.Verifier(&oidc.Config{ClientID: p.ClientID}).Verify(ctx, raw)
	if err != nil {
		return nil, fmt.Errorf("verifying the identity provider's token: %w", err)
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(nonce)) != 1 {
		return nil, errors.New("the identity provider's token is of another login")
	}
	return token, nil
}

// userOf is the user of an identity: whoever has come in with it before, else whoever an admin gave its verified
// address. From then on the identity counts, so that an address given to somebody else opens nothing.
func (a *Accounts) userOf(ctx context.Context, token *oidc.IDToken) (name string, epoch int64, err error) {
	var claims struct {
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
	}
	if err := token.Claims(&claims); err != nil {
		return "", 0, fmt.Errorf("reading the identity provider's token: %w", err)
	}
	subject := token.Issuer + " " + token.Subject
	email := strings.ToLower(claims.Email)
	if !claims.Verified {
		email = ""
	}
	err = a.within(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT name, epoch FROM users WHERE removed = 0 AND
			(subject = ? OR subject = '' AND email = ? AND email <> '') ORDER BY subject DESC LIMIT 1`, subject, email).Scan(&name, &epoch)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE users SET subject = ? WHERE name = ?", subject, name)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		a.log.Warn("login refused", "subject", subject, "email", claims.Email, "verified", claims.Verified)
		return "", 0, &Refused{"nobody here has this address: ask an admin to add you with it"}
	}
	return name, epoch, err
}

// LocalPath is a path of this desk as it is, and the first page in the place of anything else, so that no link to a
// login leads elsewhere.
func LocalPath(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}
