package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
)

// How long a session lasts: so long after its last use, and so long at most.
const (
	sessionIdle = 2 * time.Hour
	sessionLife = 12 * time.Hour
	seenEvery   = time.Minute // the last use is written down no more often
)

// The keys of a session's values.
const (
	keyUser  = "user"  // string
	keyEpoch = "epoch" // int64, the user's when it began
	keyBegan = "began" // int64, seconds
	keySeen  = "seen"  // int64, seconds
)

// The names of the cookie of a session: by https, and without. Browsers hold one with the prefix __Host- to this very host and
// to https (RFC 6265bis).
const (
	SecureCookie = "__Host-parley"
	PlainCookie  = "parley"
)

// newSessions are sessions kept in the database under the SHA-256 of their cookies.
func (a *Accounts) newSessions(secure bool) *scs.SessionManager {
	s := scs.New()
	s.Store = sessionStore{a.db, a.now}
	s.HashTokenInStore = true
	s.Lifetime = sessionLife
	s.Cookie.Name = PlainCookie
	if secure {
		s.Cookie.Name = SecureCookie
	}
	s.Cookie.Secure = secure
	s.Cookie.HttpOnly = true
	s.Cookie.SameSite = http.SameSiteLaxMode
	s.Cookie.Path = "/"
	s.ErrorFunc = func(w http.ResponseWriter, _ *http.Request, err error) {
		a.log.Error("keeping a session", "error", err)
		refuse(w, http.StatusInternalServerError, "the session could not be read or kept")
	}
	return s
}

// sessionKey marks a context that has a session.
type sessionKey struct{}

// needSession refuses what only makes sense in a browser's session: requests with a token have none, nor has a desk
// without accounts.
func needSession(ctx context.Context) error {
	if ctx.Value(sessionKey{}) == nil {
		return &Refused{"this is for browsers that log in to a desk with accounts, without a token"}
	}
	return nil
}

// Login begins a session for a name and password, in the place of any session there was. address is who asks. It is a
// *TooMany after many failures, and ErrCredentials for a wrong name as for a wrong password.
func (a *Accounts) Login(ctx context.Context, name, password, address string) error {
	if err := needSession(ctx); err != nil {
		return err
	}
	kept, epoch := "", int64(0)
	name, err := checkName(name)
	if err != nil {
		name = "" // no user's
	}
	if wait := a.throttle.try(a.now(), name, address); wait > 0 {
		a.log.Warn("login refused", "user", name, "address", address, "wait", wait)
		return &TooMany{wait}
	}
	err = a.db.QueryRowContext(ctx, "SELECT password, epoch FROM users WHERE name = ? AND removed = 0", name).Scan(&kept, &epoch)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("logging in: %w", err)
	}
	if len(password) > maxPassword {
		password = "" // nobody's
	}
	same, err := a.kitchen.matches(ctx, kept, password)
	if err != nil {
		return fmt.Errorf("logging in: %w", err)
	}
	if !same {
		a.log.Warn("login failed", "user", name, "address", address)
		return ErrCredentials
	}
	a.throttle.passed(a.now(), name, address)
	if stale(kept) {
		a.rehash(ctx, name, kept, password)
	}
	a.log.Info("login", "user", name, "address", address)
	return a.begin(ctx, name, epoch)
}

// rehash keeps a password at today's cost. Failing to is no reason to keep its owner out.
func (a *Accounts) rehash(ctx context.Context, name, old, password string) {
	kept, err := a.kitchen.hash(ctx, password)
	if err == nil {
		_, err = a.db.ExecContext(ctx, "UPDATE users SET password = ? WHERE name = ? AND password = ?", kept, name, old)
	}
	if err != nil {
		a.log.Error("hashing a password again", "user", name, "error", err)
	}
}

// begin begins a session under a new cookie, so that one that somebody planted before is worth nothing.
func (a *Accounts) begin(ctx context.Context, name string, epoch int64) error {
	if err := a.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("beginning a session: %w", err)
	}
	now := a.now()
	if err := a.sessions.Clear(ctx); err != nil {
		return fmt.Errorf("beginning a session: %w", err)
	}
	a.sessions.SetDeadline(ctx, now.Add(sessionLife))
	a.sessions.Put(ctx, keyUser, name)
	a.sessions.Put(ctx, keyEpoch, epoch)
	a.sessions.Put(ctx, keyBegan, now.Unix())
	a.sessions.Put(ctx, keySeen, now.Unix())
	_, err := a.db.ExecContext(ctx, "UPDATE users SET seen = ? WHERE name = ?", now.Unix(), name)
	return err
}

// Logout ends the session.
func (a *Accounts) Logout(ctx context.Context) error {
	if err := needSession(ctx); err != nil {
		return err
	}
	return a.sessions.Destroy(ctx)
}

// ChangePassword sets a user's password, who gives the one before; other sessions of the user end, this one goes on.
func (a *Accounts) ChangePassword(ctx context.Context, name, old, password, address string) error {
	if err := checkPassword(name, password); err != nil {
		return err
	}
	if err := a.Login(ctx, name, old, address); err != nil {
		return err
	}
	kept, err := a.kitchen.hash(ctx, password)
	if err != nil {
		return err
	}
	var epoch int64
	err = a.within(ctx, func(tx *sql.Tx) error {
		if err := setPassword(ctx, tx, name, kept); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "SELECT epoch FROM users WHERE name = ?", name).Scan(&epoch)
	})
	if err != nil {
		return fmt.Errorf("setting the password of %s: %w", name, err)
	}
	a.log.Info("password changed", "user", name)
	return a.begin(ctx, name, epoch)
}

// sessionUser is the user of the session, or nobody: one that is over, or whose user was shut out, is destroyed.
func (a *Accounts) sessionUser(ctx context.Context) (string, error) {
	name := a.sessions.GetString(ctx, keyUser)
	if name == "" {
		return "", nil
	}
	var epoch int64
	err := a.db.QueryRowContext(ctx, "SELECT epoch FROM users WHERE name = ? AND removed = 0", name).Scan(&epoch)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", err
	}
	now := a.now()
	seen := now.Sub(time.Unix(a.sessions.GetInt64(ctx, keySeen), 0))
	began := now.Sub(time.Unix(a.sessions.GetInt64(ctx, keyBegan), 0))
	if epoch == 0 || epoch != a.sessions.GetInt64(ctx, keyEpoch) || seen > sessionIdle || began > sessionLife {
		return "", a.sessions.Destroy(ctx)
	}
	if seen >= seenEvery {
		a.sessions.Put(ctx, keySeen, now.Unix())
	}
	return name, nil
}

// sessionStore keeps sessions for scs, which hands over the hash of the cookie in the place of the cookie.
type sessionStore struct {
	db  *sql.DB
	now func() time.Time
}

var _ scs.CtxStore = sessionStore{}

// FindCtx is a session's data.
func (s sessionStore) FindCtx(ctx context.Context, hash string) (data []byte, found bool, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT data FROM sessions WHERE hash = ? AND expires >= ?", hash, s.now().Unix()).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx keeps a session.
func (s sessionStore) CommitCtx(ctx context.Context, hash string, data []byte, expires time.Time) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO sessions (hash, data, expires) VALUES (?, ?, ?)
		ON CONFLICT (hash) DO UPDATE SET data = excluded.data, expires = excluded.expires`, hash, data, expires.Unix())
	return err
}

// DeleteCtx ends a session.
func (s sessionStore) DeleteCtx(ctx context.Context, hash string) error {
	_, err := s.db.ExecContext(ctx, "DELETE FROM sessions WHERE hash = ?", hash)
	return err
}

// Find is FindCtx for callers of scs without a context; there are none here.
func (s sessionStore) Find(hash string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), hash)
}

// Commit is CommitCtx likewise.
func (s sessionStore) Commit(hash string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), hash, data, expires)
}

// Delete is DeleteCtx likewise.
func (s sessionStore) Delete(hash string) error {
	return s.DeleteCtx(context.Background(), hash)
}
