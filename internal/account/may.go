package account

import (
	"context"
	"fmt"
)

// May says whether a user has a role in an archive now, for what is done in their name while they are away. One who was
// removed may nothing.
func (a *Accounts) May(ctx context.Context, user, archive string, need Role) (bool, error) {
	var there bool
	if err := a.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM users WHERE name = ? AND removed = 0)", user).Scan(&there); err != nil {
		return false, fmt.Errorf("looking up %s: %w", user, err)
	}
	if !there {
		return false, nil
	}
	roles, err := a.roles(ctx, user)
	return Who{Name: user, Roles: roles}.May(archive, need), err
}
