package account

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

var (
	_ Guard = (*Accounts)(nil)
	_ Guard = Local{}
)

// Handler is the Guard's: a token in the header Authorization counts, else the session of the cookie, else whoever asks
// is one of the public. Requests that change something and come from another site's page are refused: browsers mark
// them (Sec-Fetch-Site, Origin), and do not send the cookie along with them (SameSite). A token is sent by programs
// only, never by a browser on its own.
func (a *Accounts) Handler(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cookies := a.sessions.LoadAndSave(a.bySession(next))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if header := r.Header.Get("Authorization"); header != "" {
			a.byToken(w, r, header, next)
			return
		}
		if err := cross.Check(r); err != nil {
			refuse(w, http.StatusForbidden, "a page of another site sent this: "+err.Error())
			return
		}
		cookies.ServeHTTP(w, r)
	})
}

// byToken lets pass who shows a token that holds.
func (a *Accounts) byToken(w http.ResponseWriter, r *http.Request, header string, next http.Handler) {
	scheme, secret, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") || !strings.HasPrefix(secret, TokenPrefix) || len(secret) > 200 {
		unknown(w, "this desk knows tokens only: Authorization: Bearer "+TokenPrefix+"…")
		return
	}
	who, err := a.tokenWho(r.Context(), secret)
	switch {
	case errors.Is(err, ErrCredentials):
		unknown(w, "the token is wrong, revoked or too old: make another on the page Account")
	case err != nil:
		a.log.Error("reading a token", "error", err)
		refuse(w, http.StatusInternalServerError, "the token could not be looked up")
	default:
		next.ServeHTTP(w, r.WithContext(As(r.Context(), who)))
	}
}

// unknown answers to wrong credentials.
func unknown(w http.ResponseWriter, detail string) {
	w.Header().Set("WWW-Authenticate", `Bearer realm="parley"`)
	refuse(w, http.StatusUnauthorized, detail)
}

// bySession lets pass the user of a session, and the public.
func (a *Accounts) bySession(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, err := a.sessionUser(r.Context())
		var roles map[string]Role
		if err == nil {
			roles, err = a.roles(r.Context(), name)
		}
		if err != nil {
			a.log.Error("finding out who asks", "error", err)
			refuse(w, http.StatusInternalServerError, "who asks could not be looked up")
			return
		}
		ctx := context.WithValue(r.Context(), sessionKey{}, true)
		next.ServeHTTP(w, r.WithContext(As(ctx, Who{Name: name, Roles: roles})))
	})
}

// roles are those of a user, with what everybody may; of everybody alone, where the name is empty.
func (a *Accounts) roles(ctx context.Context, user string) (map[string]Role, error) {
	rows, err := a.db.QueryContext(ctx, "SELECT archive, max(role) FROM grants WHERE user IN (?, ?) GROUP BY archive", user, Public)
	if err != nil {
		return nil, fmt.Errorf("reading the roles of %s: %w", user, err)
	}
	defer rows.Close()
	roles := map[string]Role{}
	for rows.Next() {
		var archive string
		var role Role
		if err := rows.Scan(&archive, &role); err != nil {
			return nil, fmt.Errorf("reading the roles of %s: %w", user, err)
		}
		roles[archive] = role
	}
	return roles, rows.Err()
}
