package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	_ "modernc.org/sqlite" // the driver
)

const (
	applicationID = 0x50726c79 // "Prly": what PRAGMA application_id says of an archive
	readers       = 8          // connections that read at once
	busyMillis    = "10000"    // how long a writer waits for another program's
)

// refuse is an error of opening, of a kind.
func (s *Store) refuse(kind error, detail string) error {
	e := &Error{Action: "opening", Archive: s.name, Kind: kind}
	if detail != "" {
		e.Err = errors.New(detail)
	}
	return e
}

func (s *Store) openSQLite(ctx context.Context, path string, opt Options) error {
	s.d = sqliteDialect{}
	there, err := s.isFile(path)
	if err != nil {
		return err
	}
	if !there {
		if !opt.Create || opt.ReadOnly {
			return s.refuse(ErrMissing, "")
		}
		if err := s.createSQLite(ctx, path); err != nil {
			return err
		}
	}
	if !opt.ReadOnly {
		if err := s.writable(path); err != nil {
			return err
		}
		if s.writer, err = openFile(path, "_txlock=immediate", "_pragma=secure_delete(1)"); err != nil {
			return err
		}
		s.writer.SetMaxOpenConns(1)
		if err := s.checkFile(ctx, s.writer, false); err != nil {
			return err
		}
	}
	return s.openReaders(ctx, path, opt.ReadOnly)
}

// openReaders opens the pool that reads. A file in a folder that cannot be written to cannot have the shared memory of a
// write-ahead log beside it, and nobody can write to it either: it is opened as one that does not change.
func (s *Store) openReaders(ctx context.Context, path string, readOnly bool) (err error) {
	params := []string{"_pragma=query_only(1)"}
	if readOnly {
		params = append(params, "mode=ro")
	}
	for {
		if s.reader, err = openFile(path, params...); err != nil {
			return err
		}
		s.reader.SetMaxOpenConns(readers)
		s.reader.SetMaxIdleConns(readers)
		err := s.checkFile(ctx, s.reader, true)
		if err == nil || len(params) != 2 || !unwritable(path) || errors.Is(err, ErrNotArchive) {
			return err
		}
		s.reader.Close()
		params = append(params, "immutable=1")
	}
}

// unwritable says whether nothing can be made in the folder of a file, or the file not be written to.
func unwritable(path string) bool {
	probe, err := os.CreateTemp(filepath.Dir(path), ".parley-*")
	if err != nil {
		return true
	}
	probe.Close()
	if os.Remove(probe.Name()) != nil {
		return true
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return true
	}
	file.Close()
	return false
}

// openFile opens a SQLite file with what all connections have in common.
func openFile(path string, params ...string) (*sql.DB, error) {
	// A path is put into a URI, where ?, # and % mean something.
	address := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?_pragma=busy_timeout(" + busyMillis + ")&_pragma=foreign_keys(1)&_pragma=temp_store(2)&_pragma=cache_size(-16000)"
	for _, p := range params {
		address += "&" + p
	}
	db, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, fmt.Errorf("opening the file: %w", err)
	}
	return db, nil
}

// isFile says whether there is a SQLite file; anything else at that path is an error.
func (s *Store) isFile(path string) (bool, error) {
	file, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case errors.Is(err, fs.ErrPermission):
		return false, s.refuse(ErrReadOnly, "it may not even be read")
	case err != nil:
		return false, fmt.Errorf("opening %s: %w", path, err)
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return false, s.refuse(ErrNotArchive, "it is a folder")
	}
	magic := []byte("SQLite format 3\x00")
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(file, head); err != nil || !bytes.Equal(head, magic) {
		return false, s.refuse(ErrNotArchive, "")
	}
	return true, nil
}

func (s *Store) writable(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return s.refuse(ErrReadOnly, "")
	}
	file.Close()
	return nil
}

// createSQLite makes an archive beside its place and then puts it there, so that no half-made one is ever seen and of
// two programs that make one at once, one wins. Only its owner may read it, and the files of its log, which SQLite gives
// the same rights.
func (s *Store) createSQLite(ctx context.Context, path string) error {
	made, err := os.CreateTemp(filepath.Dir(path), ".parley-*")
	if err != nil {
		return fmt.Errorf("making %s: %w", path, err)
	}
	made.Close()
	defer func() { // its place has the file by then, or there was an error already
		for _, more := range []string{"", "-journal", "-wal", "-shm"} {
			_ = os.Remove(made.Name() + more)
		}
	}()
	db, err := openFile(made.Name())
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	set := func(pragma string) error {
		if _, err := db.ExecContext(ctx, "PRAGMA "+pragma); err != nil {
			return fmt.Errorf("making %s: %w", path, err)
		}
		return nil
	}
	if err := errors.Join(set("page_size = 8192"), set(fmt.Sprintf("application_id = %d", applicationID))); err != nil {
		return err
	}
	if err := migrated(ctx, db, goose.DialectSQLite3, "sqlite", false); err != nil {
		return err
	}
	// The write-ahead log comes last: emptying one on closing fails without a word where the disk is full.
	if err := set("journal_mode = WAL"); err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return fmt.Errorf("making %s: %w", path, err)
	}
	if err := os.Link(made.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("making %s: %w", path, err)
	}
	return nil
}

// checkFile tells an archive from another SQLite file, and an older or newer one from one of this version.
func (s *Store) checkFile(ctx context.Context, db *sql.DB, readOnly bool) error {
	var id int64
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if id != applicationID {
		return s.refuse(ErrNotArchive, "another program's database")
	}
	err := migrated(ctx, db, goose.DialectSQLite3, "sqlite", readOnly)
	return s.asKind(err, ErrNewer, ErrOlder)
}

// asKind turns an error that wraps one of the kinds into an *Error.
func (s *Store) asKind(err error, kinds ...error) error {
	for _, kind := range kinds {
		if errors.Is(err, kind) {
			return s.refuse(kind, strings.TrimSuffix(err.Error(), ": "+kind.Error()))
		}
	}
	return err
}

// withoutPassword is a database's address as messages may have it.
func withoutPassword(dsn string) string {
	u, err := url.Parse(dsn)
	if err != nil {
		return "the PostgreSQL database" // nobody knows where in it the password stands
	}
	query := u.Query()
	for _, name := range []string{"password", "sslpassword"} {
		if query.Has(name) {
			query.Set(name, "xxxxx")
			u.RawQuery = query.Encode()
		}
	}
	return u.Redacted()
}

func (s *Store) openPostgres(ctx context.Context, dsn string, opt Options) error {
	s.d = postgresDialect{}
	s.name = withoutPassword(dsn)
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return s.refuse(ErrUnreachable, "the address cannot be read")
	}
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["jit"] = "off" // compiling a query takes longer than any page of a list
	if opt.ReadOnly {
		config.RuntimeParams["default_transaction_read_only"] = "on"
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	s.reader = db
	if !opt.ReadOnly {
		s.writer = db
	}
	var there bool
	if err := db.QueryRowContext(ctx, "SELECT to_regclass('meta') IS NOT NULL AND to_regclass('judgements') IS NOT NULL").Scan(&there); err != nil {
		return err
	}
	if !there && (!opt.Create || opt.ReadOnly) {
		return s.refuse(ErrMissing, "")
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return fmt.Errorf("preparing the migrations: %w", err)
	}
	err = migrated(ctx, db, goose.DialectPostgres, "postgres", opt.ReadOnly, goose.WithSessionLocker(locker))
	return s.asKind(err, ErrNewer, ErrOlder)
}
