// Package account knows the people of a desk: who asks, how they proved it, and what they may do in which archive.
// Users, passwords, sessions, tokens and grants live in the desk's own database (Open); the archives know nothing of
// them but the names in their logs of decisions. Package serve puts a Guard around its handlers and asks From and
// Who.May; the rules behind it are written down in docs/security.md.
package account

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
)

// Role is what somebody may do in an archive; each holds those before it.
type Role int

// The roles. Visitor is what a public archive gives to people without an account.
const (
	None        Role = iota
	Visitor          // sees, with the names of private persons masked
	Reader           // sees, searches and exports
	Contributor      // adds doubts and saved searches
	Reviewer         // confirms, rejects, sets states and verification
	Manager          // merges, splits, decides origins, withdraws, restores, ingests
	Admin            // erases; of every archive: keeps the users
)

// Everywhere in the place of an archive's name means every archive, also those of later.
const Everywhere = "*"

// Public in the place of a user's name means whoever asks without an account.
const Public = "public"

// roleNames are the roles as words, by number.
func roleNames() []string {
	return []string{"none", "visitor", "reader", "contributor", "reviewer", "manager", "admin"}
}

// String is the role as a word.
func (r Role) String() string {
	names := roleNames()
	if r < 0 || int(r) >= len(names) {
		return fmt.Sprintf("role %d", int(r))
	}
	return names[r]
}

// ParseRole reads a role's word.
func ParseRole(word string) (Role, error) {
	if i := slices.Index(roleNames(), word); i >= 0 {
		return Role(i), nil
	}
	return None, fmt.Errorf("%q is not a role: give visitor, reader, contributor, reviewer, manager or admin", word)
}

// MarshalText is the role as a word.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads a role's word.
func (r *Role) UnmarshalText(word []byte) (err error) {
	*r, err = ParseRole(string(word))
	return err
}

// Who is whoever asks. The zero value is somebody without an account who may do nothing.
type Who struct {
	Name  string          // of the user, as it stands in the log of decisions; empty without an account
	Roles map[string]Role // by archive; Everywhere for all of them
	Local bool            // at this machine, where nobody needs an account
	Token string          // the id of the API token that was shown, if one was
}

// Role is the greater of what holds in an archive and everywhere.
func (w Who) Role(archive string) Role {
	return max(w.Roles[archive], w.Roles[Everywhere])
}

// May says whether what needs a role in an archive is allowed. What concerns the whole desk, such as its users,
// is asked of Everywhere.
func (w Who) May(archive string, need Role) bool {
	return w.Role(archive) >= need
}

// Masked says whether the names of private persons are to be hidden in what is shown of an archive.
func (w Who) Masked(archive string) bool {
	return w.Role(archive) < Reader
}

// Archives are the names, sorted, out of those given, of which anything may be seen.
func (w Who) Archives(names []string) []string {
	var seen []string
	for _, name := range slices.Sorted(slices.Values(names)) {
		if w.May(name, Visitor) {
			seen = append(seen, name)
		}
	}
	return seen
}

// Guard finds out who asks. Its handler puts Who into the context of the requests that it lets through, answers those
// with wrong or expired credentials itself (401), and those another site sent in a user's name (403).
type Guard interface {
	Handler(next http.Handler) http.Handler
}

// whoKey is the key of Who in a context.
type whoKey struct{}

// As is a context in which somebody asks.
func As(ctx context.Context, who Who) context.Context {
	who.Roles = maps.Clone(who.Roles)
	return context.WithValue(ctx, whoKey{}, who)
}

// From is who asks; nobody, where no Guard was passed.
func From(ctx context.Context) Who {
	who, _ := ctx.Value(whoKey{}).(Who)
	return who
}
