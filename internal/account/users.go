package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// User is somebody with an account.
type User struct {
	Name     string          `json:"name"`
	Email    string          `json:"email,omitempty"` // by which an identity provider knows them
	Roles    map[string]Role `json:"roles"`           // by archive; * for every archive
	Password bool            `json:"password"`        // whether one is set
	Removed  bool            `json:"removed"`         // may not come in; the name stays taken
	Made     *time.Time      `json:"made"`
	Seen     *time.Time      `json:"seen"` // the last login
}

// machine is who takes in and reads articles in the logs of archives.
const machine = "parley"

// namePattern is what a user may be called: it stands in logs and addresses as it is.
var namePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{0,63}$`)

// checkName gives a name as it is kept, or why it cannot be one.
func checkName(name string) (string, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	if !namePattern.MatchString(name) {
		return "", &Refused{"a name has 1 to 64 letters a to z, digits, and . _ @ -, and starts with a letter or digit"}
	}
	if name == Public {
		return "", &Refused{"the name public stands for people without an account"}
	}
	return name, nil
}

// Any says whether there is a user who may come in: whether the desk has accounts.
func (a *Accounts) Any(ctx context.Context) (there bool, err error) {
	err = a.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM users WHERE removed = 0)").Scan(&there)
	if err != nil {
		return false, fmt.Errorf("reading the users: %w", err)
	}
	return there, nil
}

// Users are all of them, also those removed, by name. The first is Public, if people without an account may see anything.
func (a *Accounts) Users(ctx context.Context) ([]User, error) {
	grants, err := a.allGrants(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the users: %w", err)
	}
	rows, err := a.db.QueryContext(ctx, "SELECT name, email, password <> '', removed, made, seen FROM users ORDER BY name")
	if err != nil {
		return nil, fmt.Errorf("reading the users: %w", err)
	}
	defer rows.Close()
	users := []User{}
	if roles := grants[Public]; roles != nil {
		users = append(users, User{Name: Public, Roles: roles})
	}
	for rows.Next() {
		var u User
		var made, seen int64
		if err := rows.Scan(&u.Name, &u.Email, &u.Password, &u.Removed, &made, &seen); err != nil {
			return nil, fmt.Errorf("reading the users: %w", err)
		}
		u.Made, u.Seen, u.Roles = moment(made), moment(seen), grants[u.Name]
		if u.Roles == nil {
			u.Roles = map[string]Role{}
		}
		users = append(users, u)
	}
	return users, rows.Err()
}

// allGrants are the roles of each user in each archive.
func (a *Accounts) allGrants(ctx context.Context) (map[string]map[string]Role, error) {
	rows, err := a.db.QueryContext(ctx, "SELECT user, archive, role FROM grants")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]map[string]Role{}
	for rows.Next() {
		var user, archive string
		var role Role
		if err := rows.Scan(&user, &archive, &role); err != nil {
			return nil, err
		}
		if all[user] == nil {
			all[user] = map[string]Role{}
		}
		all[user][archive] = role
	}
	return all, rows.Err()
}

// Add makes a user and gives the secret of a link to set a password with (SetUp). An address is only needed where the
// user comes in by an identity provider. by is who adds, for the log of the program.
func (a *Accounts) Add(ctx context.Context, by, name, email string) (secret string, err error) {
	name, err = checkName(name)
	if err != nil {
		return "", err
	}
	email = strings.ToLower(strings.TrimSpace(email))
	err = a.within(ctx, func(tx *sql.Tx) error {
		if err := a.insert(ctx, tx, name, email); err != nil {
			return err
		}
		secret, err = a.link(ctx, tx, name)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("adding %s: %w", name, err)
	}
	a.log.Info("user added", "who", by, "user", name)
	return secret, nil
}

// insert makes a user, unless the name or the address is taken.
func (a *Accounts) insert(ctx context.Context, tx *sql.Tx, name, email string) error {
	if len(email) > 254 || email != "" && !strings.Contains(email, "@") {
		return &Refused{"that is no e-mail address"}
	}
	if name == machine {
		return &Refused{"the name " + machine + " stands in logs of decisions for the program itself"}
	}
	var taken string
	err := tx.QueryRowContext(ctx, "SELECT name FROM users WHERE name = ? OR email = ? AND email <> ''", name, email).Scan(&taken)
	switch {
	case err == nil && taken == name:
		return &Refused{"the name is taken; names are never given again, for they stand in logs of decisions. Reset lets the same person in again"}
	case err == nil:
		return &Refused{"the address is that of " + taken}
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO users (name, email, made) VALUES (?, ?, ?)", name, email, a.now().Unix())
	return err
}

// Reset takes away a user's password, sessions and tokens, lets in again one who was removed, and gives the secret of a
// link to set a password with.
func (a *Accounts) Reset(ctx context.Context, by, name string) (secret string, err error) {
	err = a.within(ctx, func(tx *sql.Tx) error {
		if err := a.shutOut(ctx, tx, name, false); err != nil {
			return err
		}
		secret, err = a.link(ctx, tx, name)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("resetting %s: %w", name, err)
	}
	a.log.Info("user reset", "who", by, "user", name)
	return secret, nil
}

// Remove lets a user in no more, at once: password, sessions, tokens, links, address and grants are gone. The name
// stays, for it stands in logs of decisions.
func (a *Accounts) Remove(ctx context.Context, by, name string) error {
	err := a.within(ctx, func(tx *sql.Tx) error {
		return keepingAdmin(ctx, tx, func() error {
			_, err := tx.ExecContext(ctx, "DELETE FROM grants WHERE user = ?", name)
			return errors.Join(err, a.shutOut(ctx, tx, name, true))
		})
	})
	if err != nil {
		return fmt.Errorf("removing %s: %w", name, err)
	}
	a.log.Info("user removed", "who", by, "user", name)
	return nil
}

// shutOut ends everything by which a user comes in.
func (a *Accounts) shutOut(ctx context.Context, tx *sql.Tx, name string, removed bool) error {
	result, err := tx.ExecContext(ctx, `UPDATE users SET password = '', epoch = epoch + 1, removed = ?,
		email = CASE WHEN ? THEN '' ELSE email END, subject = '' WHERE name = ?`, removed, removed, name)
	if err := changed(result, err, ErrNoUser); err != nil {
		return err
	}
	for _, table := range []string{"tokens", "links"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE user = ?", name); err != nil {
			return err
		}
	}
	return nil
}

// Grant gives a user, or Public, a role in an archive or Everywhere; None takes it away. It holds from the next request.
func (a *Accounts) Grant(ctx context.Context, by, name, archive string, role Role) error {
	err := a.within(ctx, func(tx *sql.Tx) error {
		if err := grantable(ctx, tx, name, archive, role); err != nil {
			return err
		}
		return keepingAdmin(ctx, tx, func() error { return grant(ctx, tx, name, archive, role) })
	})
	if err != nil {
		return fmt.Errorf("giving %s the role %s in %s: %w", name, role, archive, err)
	}
	a.log.Info("role given", "who", by, "user", name, "archive", archive, "role", role.String())
	return nil
}

// grantable says why a role cannot be given.
func grantable(ctx context.Context, tx *sql.Tx, name, archive string, role Role) error {
	if role < None || role > Admin {
		return &Refused{"there is no such role"}
	}
	if archive == "" || len(archive) > 200 {
		return &Refused{"name the archive, or * for every archive"}
	}
	if name == Public {
		if role > Reader {
			return &Refused{"people without an account can be visitors or readers, no more"}
		}
		return nil
	}
	var removed bool
	err := tx.QueryRowContext(ctx, "SELECT removed FROM users WHERE name = ?", name).Scan(&removed)
	if errors.Is(err, sql.ErrNoRows) || removed && role > None {
		return ErrNoUser
	}
	return err
}

// grant writes a role down.
func grant(ctx context.Context, tx *sql.Tx, name, archive string, role Role) error {
	if role == None {
		_, err := tx.ExecContext(ctx, "DELETE FROM grants WHERE user = ? AND archive = ?", name, archive)
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO grants (user, archive, role) VALUES (?, ?, ?)
		ON CONFLICT (user, archive) DO UPDATE SET role = excluded.role`, name, archive, role)
	return err
}

// keepingAdmin makes a change, and refuses one that leaves nobody who keeps the users.
func keepingAdmin(ctx context.Context, tx *sql.Tx, change func() error) error {
	before, err := hasAdmin(ctx, tx)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	after, err := hasAdmin(ctx, tx)
	if err == nil && before && !after {
		return &Refused{"nobody would be left who is admin of every archive: make somebody else admin first"}
	}
	return err
}

// hasAdmin says whether there is somebody who keeps the users.
func hasAdmin(ctx context.Context, tx *sql.Tx) (there bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM grants JOIN users ON users.name = grants.user
		WHERE archive = ? AND role = ? AND removed = 0)`, Everywhere, Admin).Scan(&there)
	return there, err
}
