package account

import (
	"context"
	"net/http"
	"sync/atomic"
)

// UntilUsers is the Guard of a desk that nobody has an account of yet: it is Local until there is a user, and from then on
// everybody has to sign in, without a restart.
type UntilUsers struct {
	local    Local
	accounts *Accounts
	there    atomic.Bool // there was a user once
}

var _ Guard = (*UntilUsers)(nil)

// NewUntilUsers is such a guard; name is of the person at this machine, for the log of decisions.
func NewUntilUsers(name string, accounts *Accounts) *UntilUsers {
	return &UntilUsers{local: Local{Name: name}, accounts: accounts}
}

// Handler is the Guard's. While it cannot find out whether there is a user, it lets nobody through.
func (u *UntilUsers) Handler(next http.Handler) http.Handler {
	local, signedIn := u.local.Handler(next), u.accounts.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		there, err := u.Users(r.Context())
		switch {
		case err != nil:
			u.accounts.log.Error("finding out whether there are users", "error", err)
			refuse(w, http.StatusInternalServerError, "whether this desk has users could not be looked up")
		case there:
			signedIn.ServeHTTP(w, r)
		default:
			local.ServeHTTP(w, r)
		}
	})
}

// Users says whether there is a user, or was one since the desk was started.
func (u *UntilUsers) Users(ctx context.Context) (bool, error) {
	if u.there.Load() {
		return true, nil
	}
	there, err := u.accounts.Any(ctx)
	if there && u.there.CompareAndSwap(false, true) {
		u.accounts.log.Warn("this desk has users now: from here on everybody signs in, also at this machine")
	}
	return there, err
}
