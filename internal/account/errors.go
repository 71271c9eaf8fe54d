package account

import (
	"errors"
	"fmt"
	"time"
)

// Sentinels of accounts.
var (
	// ErrCredentials is a wrong name or password; which of them is never said.
	ErrCredentials = errors.New("the name or the password is wrong")
	// ErrLink is a link that was used, is too old, or never was.
	ErrLink = errors.New("the link does not hold any more: ask an admin for another")
	// ErrNoUser is a name that nobody has.
	ErrNoUser = errors.New("there is no such user")
	// ErrNoToken is an id of no token of the user.
	ErrNoToken = errors.New("there is no such token")
)

// Refused is a wish that cannot be met, with what to do about it. It may be shown to whoever asked.
type Refused struct{ Why string }

// Error is the reason.
func (r *Refused) Error() string { return r.Why }

// TooMany is a login refused because too many failed before it.
type TooMany struct{ Wait time.Duration }

// Error says how long to wait.
func (t *TooMany) Error() string {
	return fmt.Sprintf("too many logins have failed: wait %s", t.Wait.Round(time.Second))
}
