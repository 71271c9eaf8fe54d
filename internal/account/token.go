package account

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"
)

// TokenPrefix begins every token, so that programs that look for leaked secrets know it.
const TokenPrefix = "parley_"

// How long a token lasts unless it says otherwise, and at most; and how many a user may have.
const (
	tokenLasts = 90 * 24 * time.Hour
	tokenLimit = 366 * 24 * time.Hour
	tokensEach = 50
)

// Token lets a program ask in a user's name, never for more than the user may. Its secret is shown once and kept as its
// SHA-256.
type Token struct {
	ID       string     `json:"id"`
	Label    string     `json:"label"`    // what it is for
	Archives []string   `json:"archives"` // only of these; * for all of the user's
	Role     Role       `json:"role"`     // at most
	Made     *time.Time `json:"made"`
	Expires  *time.Time `json:"expires"`
	Used     *time.Time `json:"used"` // to the minute; null: never
}

// NewToken makes a token for whoever asks, of the label, archives, role and expiry wanted; and gives its secret. A
// token cannot make tokens.
func (a *Accounts) NewToken(ctx context.Context, who Who, want Token) (Token, string, error) {
	now := a.now()
	if want.Expires == nil {
		want.Expires = moment(now.Add(tokenLasts).Unix())
	}
	if err := checkToken(who, want, now); err != nil {
		return Token{}, "", err
	}
	want.Archives = slices.Compact(slices.Sorted(slices.Values(want.Archives)))
	want.ID, want.Made, want.Used = "t-"+newSecret()[:12], moment(now.Unix()), nil
	secret := TokenPrefix + newSecret()
	archives, err := json.Marshal(want.Archives)
	if err != nil {
		return Token{}, "", err
	}
	err = a.within(ctx, func(tx *sql.Tx) error {
		var have int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM tokens WHERE user = ?", who.Name).Scan(&have); err != nil {
			return err
		}
		if have >= tokensEach {
			return &Refused{fmt.Sprintf("%d tokens are enough: revoke one first", tokensEach)}
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO tokens (id, hash, user, label, archives, role, made, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			want.ID, hashOf(secret), who.Name, want.Label, string(archives), want.Role, want.Made.Unix(), want.Expires.Unix())
		return err
	})
	if err != nil {
		return Token{}, "", fmt.Errorf("making a token: %w", err)
	}
	a.log.Info("token made", "user", who.Name, "token", want.ID, "archives", want.Archives, "role", want.Role.String())
	return want, secret, nil
}

// checkToken says why a token cannot be had.
func checkToken(who Who, want Token, now time.Time) error {
	switch {
	case who.Name == "" || who.Local || who.Token != "":
		return &Refused{"tokens are made by a user who has logged in"}
	case want.Label == "" || utf8.RuneCountInString(want.Label) > 100:
		return &Refused{"say in up to 100 characters what the token is for"}
	case len(want.Archives) == 0 || len(want.Archives) > 100:
		return &Refused{"name the archives the token is for, or * for all of yours"}
	case want.Role <= None || want.Role > Admin:
		return &Refused{"say which role the token has at most"}
	case !want.Expires.After(now) || want.Expires.Sub(now) > tokenLimit:
		return &Refused{"a token ends within a year"}
	}
	for _, archive := range want.Archives {
		if archive != Everywhere && !who.May(archive, want.Role) {
			return &Refused{fmt.Sprintf("you are not %s in %s yourself", want.Role, archive)}
		}
	}
	return nil
}

// Tokens are those of a user, newest first.
func (a *Accounts) Tokens(ctx context.Context, user string) ([]Token, error) {
	rows, err := a.db.QueryContext(ctx, `SELECT id, label, archives, role, made, expires, used FROM tokens
		WHERE user = ? ORDER BY made DESC, id`, user)
	if err != nil {
		return nil, fmt.Errorf("reading the tokens of %s: %w", user, err)
	}
	defer rows.Close()
	tokens := []Token{}
	for rows.Next() {
		var t Token
		var archives string
		var made, expires, used int64
		err := rows.Scan(&t.ID, &t.Label, &archives, &t.Role, &made, &expires, &used)
		if err == nil {
			err = json.Unmarshal([]byte(archives), &t.Archives)
		}
		if err != nil {
			return nil, fmt.Errorf("reading the tokens of %s: %w", user, err)
		}
		t.Made, t.Expires, t.Used = moment(made), moment(expires), moment(used)
		tokens = append(tokens, t)
	}
	return tokens, rows.Err()
}

// Revoke ends a token of a user, at once.
func (a *Accounts) Revoke(ctx context.Context, user, id string) error {
	result, err := a.db.ExecContext(ctx, "DELETE FROM tokens WHERE user = ? AND id = ?", user, id)
	if err := changed(result, err, ErrNoToken); err != nil {
		return fmt.Errorf("revoking %s: %w", id, err)
	}
	a.log.Info("token revoked", "user", user, "token", id)
	return nil
}

// tokenWho is who asks with a token: its user, with no more than the token's role in no more than its archives.
// ErrCredentials is a token that does not hold.
func (a *Accounts) tokenWho(ctx context.Context, secret string) (Who, error) {
	var t Token
	var user, archives string
	var used int64
	now := a.now()
	err := a.db.QueryRowContext(ctx, `SELECT id, user, archives, role, used FROM tokens WHERE hash = ? AND expires > ?`,
		hashOf(secret), now.Unix()).Scan(&t.ID, &user, &archives, &t.Role, &used)
	if errors.Is(err, sql.ErrNoRows) {
		return Who{}, ErrCredentials
	}
	if err == nil {
		err = json.Unmarshal([]byte(archives), &t.Archives)
	}
	if err != nil {
		return Who{}, fmt.Errorf("reading a token: %w", err)
	}
	if now.Sub(time.Unix(used, 0)) >= seenEvery {
		if _, err := a.db.ExecContext(ctx, "UPDATE tokens SET used = ? WHERE id = ?", now.Unix(), t.ID); err != nil {
			return Who{}, fmt.Errorf("noting the use of a token: %w", err)
		}
	}
	roles, err := a.roles(ctx, user)
	if err != nil {
		return Who{}, err
	}
	return Who{Name: user, Roles: t.narrow(Who{Roles: roles}), Token: t.ID}, nil
}

// narrow is what a token lets its user do.
func (t Token) narrow(user Who) map[string]Role {
	narrow := map[string]Role{}
	for _, archive := range t.Archives {
		if archive == Everywhere {
			for each, role := range user.Roles {
				narrow[each] = min(role, t.Role)
			}
			return narrow
		}
		narrow[archive] = min(user.Role(archive), t.Role)
	}
	return narrow
}
