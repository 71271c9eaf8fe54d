package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Restore makes an archive of a backup (see Backup) at a path where nothing is yet, and brings it up to date when an older
// parley made it. The backup is not changed. Nothing is checked beyond what SQLite itself does: Verify does that.
func Restore(ctx context.Context, backup, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("restoring to %s: %w", path, fs.ErrExist)
	}
	from := &Store{name: backup, d: sqliteDialect{}}
	err := from.restoreTo(ctx, path)
	if err != nil {
		return fmt.Errorf("restoring %s: %w", backup, from.explain(ctx, "reading", err))
	}
	s, err := Open(ctx, path, Options{}) // brings it up to date
	if err != nil {
		return fmt.Errorf("restoring %s: %w", backup, err)
	}
	// A backup is one file without a write-ahead log; an archive that is written to while others read needs one.
	_, err = s.writer.ExecContext(ctx, "PRAGMA journal_mode = WAL")
	if err = errors.Join(s.explain(ctx, "writing to", err), s.Close()); err != nil {
		return fmt.Errorf("restoring %s: %w", backup, err)
	}
	return nil
}

// restoreTo copies the file by SQLite's own means, whatever its version.
func (s *Store) restoreTo(ctx context.Context, path string) error {
	there, err := s.isFile(s.name)
	if err != nil {
		return err
	}
	if !there {
		return s.refuse(ErrMissing, "")
	}
	if s.reader, err = openFile(s.name, "mode=ro"); err != nil {
		return err
	}
	defer s.reader.Close()
	var id int64
	if err := s.reader.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if id != applicationID {
		return s.refuse(ErrNotArchive, "another program's database")
	}
	return s.copyTo(ctx, path)
}
