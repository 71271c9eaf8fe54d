package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/alexedwards/scs/v2"
)

// Options of accounts.
type Options struct {
	// Secure says that browsers reach the desk by https, here or at a proxy: cookies are sent by nothing else then.
	Secure bool
	Log    *slog.Logger     // nil: nothing is logged
	Now    func() time.Time // nil: the clock
	OIDC   *OIDC            // nil: nobody logs in by an identity provider
}

// Accounts are the users of a desk and how they are known. It is a Guard. It is safe for concurrent use.
type Accounts struct {
	db       *sql.DB
	sessions *scs.SessionManager
	kitchen  kitchen
	throttle *throttle
	provider *provider
	log      *slog.Logger
	now      func() time.Time
}

// New are the accounts in a desk's database (Open), whose tables it makes or brings up to date.
func New(ctx context.Context, db *sql.DB, opt Options) (*Accounts, error) {
	if err := migrate(ctx, db); err != nil {
		return nil, err
	}
	a := &Accounts{db: db, kitchen: newKitchen(), throttle: newThrottle(), log: opt.Log, now: opt.Now}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if a.now == nil {
		a.now = time.Now
	}
	if opt.OIDC != nil {
		if err := opt.OIDC.check(); err != nil {
			return nil, err
		}
		a.provider = &provider{OIDC: *opt.OIDC}
	}
	a.sessions = a.newSessions(opt.Secure)
	return a, nil
}

// Clean forgets sessions, links and tokens that are over. It may be called at any time; once an hour will do.
func (a *Accounts) Clean(ctx context.Context) error {
	for _, table := range []string{"sessions", "links", "tokens"} {
		if _, err := a.db.ExecContext(ctx, "DELETE FROM "+table+" WHERE expires < ?", a.now().Unix()); err != nil {
			return fmt.Errorf("clearing old %s: %w", table, err)
		}
	}
	return nil
}

// within does something in a transaction, all of it or nothing.
func (a *Accounts) within(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// changed says whether a statement changed a row, and is none otherwise.
func changed(result sql.Result, err error, none error) error {
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, none)
	}
	return nil
}

// moment is a time of the database; zero where it never was.
func moment(seconds int64) *time.Time {
	if seconds == 0 {
		return nil
	}
	at := time.Unix(seconds, 0).UTC()
	return &at
}
