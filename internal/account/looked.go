package account

import (
	"context"
	"fmt"
	"time"
)

// Looked is up to when a user has looked at what is new, by archive.
func (a *Accounts) Looked(ctx context.Context, user string) (map[string]time.Time, error) {
	rows, err := a.db.QueryContext(ctx, "SELECT archive, at FROM looked WHERE user = ?", user)
	if err != nil {
		return nil, fmt.Errorf("reading what %s has seen: %w", user, err)
	}
	defer rows.Close()
	looked := map[string]time.Time{}
	for rows.Next() {
		var archive string
		var at int64
		if err := rows.Scan(&archive, &at); err != nil {
			return nil, fmt.Errorf("reading what %s has seen: %w", user, err)
		}
		looked[archive] = time.UnixMicro(at).UTC()
	}
	return looked, rows.Err()
}

// Look notes that a user has looked at what is new in an archive up to a time, to the microsecond.
func (a *Accounts) Look(ctx context.Context, user, archive string, at time.Time) error {
	_, err := a.db.ExecContext(ctx, `INSERT INTO looked (user, archive, at) VALUES (?, ?, ?)
		ON CONFLICT (user, archive) DO UPDATE SET at = excluded.at`, user, archive, at.UnixMicro())
	if err != nil {
		return fmt.Errorf("noting what %s has seen: %w", user, err)
	}
	return nil
}
