package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// LinkHolds is how long a one-time link holds.
const LinkHolds = time.Hour

// SetupPath is where the link with a secret leads, at the desk. What follows # is never sent to a server, so that the
// secret stands in no log of addresses and goes to no other site.
func SetupPath(secret string) string { return "/setup#" + secret }

// link makes a link for a user and gives its secret; earlier ones of the user hold no more.
func (a *Accounts) link(ctx context.Context, tx *sql.Tx, user string) (string, error) {
	if _, err := tx.ExecContext(ctx, "DELETE FROM links WHERE user = ?", user); err != nil {
		return "", err
	}
	secret := newSecret()
	_, err := tx.ExecContext(ctx, "INSERT INTO links (hash, user, expires) VALUES (?, ?, ?)", hashOf(secret), user, a.now().Add(LinkHolds).Unix())
	return secret, err
}

// FirstAdmin gives the secret of a link by which the first admin takes the desk, who chooses a name and a password. It
// refuses when there is an admin already.
func (a *Accounts) FirstAdmin(ctx context.Context) (secret string, err error) {
	err = a.within(ctx, func(tx *sql.Tx) error {
		if err := adminMissing(ctx, tx); err != nil {
			return err
		}
		secret, err = a.link(ctx, tx, "")
		return err
	})
	if err != nil {
		return "", fmt.Errorf("making the link of the first admin: %w", err)
	}
	return secret, nil
}

// adminMissing refuses where there is somebody who keeps the users.
func adminMissing(ctx context.Context, tx *sql.Tx) error {
	there, err := hasAdmin(ctx, tx)
	if err == nil && there {
		return &Refused{"this desk has an admin"}
	}
	return err
}

// LinkFor says for whom a link is, without using it: a user, or nobody yet for that of the first admin.
func (a *Accounts) LinkFor(ctx context.Context, secret string) (user string, err error) {
	err = a.db.QueryRowContext(ctx, "SELECT user FROM links WHERE hash = ? AND expires >= ?", hashOf(secret), a.now().Unix()).Scan(&user)
	if errors.Is(err, sql.ErrNoRows) {
		return "", ErrLink
	}
	return user, err
}

// SetUp uses up a link: it sets the password of its user and ends sessions that the user has. The first admin is made
// with the name given. It gives the user's name.
func (a *Accounts) SetUp(ctx context.Context, secret, name, password string) (string, error) {
	user, err := a.LinkFor(ctx, secret)
	if err != nil {
		return "", err
	}
	first := user == ""
	if first {
		if user, err = checkName(name); err != nil {
			return "", err
		}
	}
	if err := checkPassword(user, password); err != nil {
		return "", err
	}
	kept, err := a.kitchen.hash(ctx, password)
	if err != nil {
		return "", err
	}
	err = a.within(ctx, func(tx *sql.Tx) error {
		// Of two who use one link at once, one wins.
		result, err := tx.ExecContext(ctx, "DELETE FROM links WHERE hash = ?", hashOf(secret))
		if err := changed(result, err, ErrLink); err != nil {
			return err
		}
		if first {
			if err := a.makeFirst(ctx, tx, user); err != nil {
				return err
			}
		}
		return setPassword(ctx, tx, user, kept)
	})
	if err != nil {
		return "", fmt.Errorf("setting up %s: %w", user, err)
	}
	a.log.Info("password set by link", "user", user, "first_admin", first)
	return user, nil
}

// makeFirst makes the first admin.
func (a *Accounts) makeFirst(ctx context.Context, tx *sql.Tx, name string) error {
	if err := adminMissing(ctx, tx); err != nil {
		return err
	}
	if err := a.insert(ctx, tx, name, ""); err != nil {
		return err
	}
	return grant(ctx, tx, name, Everywhere, Admin)
}

// setPassword keeps a password's hash, and ends the sessions begun with the one before.
func setPassword(ctx context.Context, tx *sql.Tx, name, kept string) error {
	result, err := tx.ExecContext(ctx, "UPDATE users SET password = ?, epoch = epoch + 1 WHERE name = ? AND removed = 0", kept, name)
	return changed(result, err, ErrNoUser)
}
