package account

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
	gooseDatabase "github.com/pressly/goose/v3/database"
	_ "modernc.org/sqlite" // the driver
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID is what PRAGMA application_id says of a desk's database: "PrDk".
const applicationID = 0x5072446b

// connections are how many read or wait to write at once.
const connections = 8

// Open opens a desk's database, SQLite with a write-ahead log, and makes it if it is not there. Only its owner may read
// the file, for it holds hashes of passwords. Tables are made by those who keep things in it, such as New.
func Open(ctx context.Context, path string) (*sql.DB, error) {
	if err := private(path); err != nil {
		return nil, fmt.Errorf("opening the desk %s: %w", path, err)
	}
	// A path is put into a URI, where ?, # and % mean something.
	address := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?_txlock=immediate&_pragma=busy_timeout(10000)" +
		"&_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)"
	db, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, fmt.Errorf("opening the desk %s: %w", path, err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	if err := claim(ctx, db); err != nil {
		db.Close()
		return nil, fmt.Errorf("opening the desk %s: %w", path, err)
	}
	return db, nil
}

// private makes an empty file that only its owner may read, before SQLite makes one that others may; the files of the
// log get the same rights. One that is there already is closed to others.
func private(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return os.Chmod(path, 0o600)
	}
	if err != nil {
		return err
	}
	return file.Close()
}

// claim tells a desk from another program's database, and marks a new one.
func claim(ctx context.Context, db *sql.DB) error {
	var id, tables int64
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	switch {
	case id == applicationID:
		return nil
	case id != 0 || tables > 0:
		return errors.New("it is not a desk but another database: give another name")
	}
	_, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID))
	return err
}

// migrate brings the tables of accounts up to date. Their versions are counted apart from those of others in the file.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	versions, err := gooseDatabase.NewStore(gooseDatabase.DialectSQLite3, "account_versions")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(gooseDatabase.DialectCustom, db, files, goose.WithStore(versions), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("preparing the tables of accounts: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("making the tables of accounts: %w", err)
	}
	return nil
}
