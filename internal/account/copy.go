package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// IsDesk says whether a file is a desk's database. One that is not there is none.
func IsDesk(ctx context.Context, path string) (bool, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	db, err := readOnly(path)
	if err != nil {
		return false, fmt.Errorf("looking at %s: %w", path, err)
	}
	defer db.Close()
	var id int64
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return false, nil // no database at all: whoever opens it says what it is
	}
	return id == applicationID, nil
}

// Copy copies a desk, as it is at this moment and while it is in use, to a path where nothing is yet, and checks the copy.
// Only its owner may read the copy.
func Copy(ctx context.Context, path, to string) error {
	if err := copyTo(ctx, path, to); err != nil {
		return fmt.Errorf("copying the desk %s: %w", path, err)
	}
	return nil
}

func copyTo(ctx context.Context, path, to string) error {
	db, err := readOnly(path)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := emptyFile(to); err != nil { // SQLite would make one that others may read
		return err
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return err
	}
	made, err := readOnly(to)
	if err != nil {
		return err
	}
	defer made.Close()
	var fault string
	if err := made.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&fault); err != nil {
		return err
	}
	if fault != "ok" {
		return fmt.Errorf("the copy is damaged: %s", fault)
	}
	return nil
}

func emptyFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

func readOnly(path string) (*sql.DB, error) {
	return sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+"?mode=ro&_pragma=busy_timeout(10000)")
}
