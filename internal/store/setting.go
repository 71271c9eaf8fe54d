package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// settingPrefix keeps settings apart from what the archive notes of itself.
const settingPrefix = "setting:"

// SetSetting keeps a value beside the archive's articles, such as when a feed was last polled. It is no part of the
// record and of no log.
func (s *Store) SetSetting(ctx context.Context, key, value string) error {
	err := s.write(ctx, false, func(t *tx) error {
		return t.exec(ctx, "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", settingPrefix+key, value)
	})
	if err != nil {
		return fmt.Errorf("keeping %s: %w", key, err)
	}
	return nil
}

// Settings are all values whose keys begin with prefix, by key.
func (s *Store) Settings(ctx context.Context, prefix string) (map[string]string, error) {
	out := map[string]string{}
	err := s.read().each(ctx, func(rows *sql.Rows) error {
		var key, value string
		err := rows.Scan(&key, &value)
		if key = strings.TrimPrefix(key, settingPrefix); strings.HasPrefix(key, prefix) {
			out[key] = value
		}
		return err
	}, "SELECT key, value FROM meta WHERE key >= ? AND key < ?", settingPrefix, strings.TrimSuffix(settingPrefix, ":")+";")
	if err != nil {
		return nil, fmt.Errorf("reading settings: %w", s.explain(ctx, "reading", err))
	}
	return out, nil
}
