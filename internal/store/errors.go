package store

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// The kinds of trouble with an archive as a whole; an *Error matches its kind with errors.Is. What is not in an archive
// is record.ErrNotFound, what was erased record.ErrErased.
var (
	ErrMissing     = errors.New("there is no archive")
	ErrNotArchive  = errors.New("not an archive of parley")
	ErrNewer       = errors.New("made by a newer parley")
	ErrOlder       = errors.New("made by an older parley")
	ErrLocked      = errors.New("another program is writing to it")
	ErrReadOnly    = errors.New("it can only be read")
	ErrFull        = errors.New("the disk is full")
	ErrDamaged     = errors.New("the file is damaged")
	ErrDisk        = errors.New("the disk refuses")
	ErrUnreachable = errors.New("the database does not answer")
	ErrInvalid     = errors.New("not acceptable")
)

// Error is trouble with an archive: what was being done, with which archive, and the kind.
type Error struct {
	Action  string // opening, writing to, reading
	Archive string // path or address, without a password
	Kind    error
	Err     error // of the database; may be nil
}

// Error says what happened in one line; Hint, what to do.
func (e *Error) Error() string {
	s := e.Action + " " + e.Archive + ": " + e.Kind.Error()
	if e.Err != nil {
		s += " (" + e.Err.Error() + ")"
	}
	return s
}

// Unwrap gives the kind and the database's own error.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}

// Hint says what the person can do; empty where nothing is known to help.
func (e *Error) Hint() string {
	for _, h := range []struct {
		kind error
		hint string
	}{
		{ErrMissing, "`parley ingest " + e.Archive + " SOURCE` makes one"},
		{ErrNotArchive, "give the path of an archive, or another name for a new one"},
		{ErrNewer, "use the newer parley, or restore a copy from before"},
		{ErrOlder, older(e.Archive)},
		{ErrLocked, "wait until it is done, or end it"},
		{ErrReadOnly, "change its permissions, or copy it to where you may write"},
		{ErrFull, "make room and do it again: nothing that was kept is lost"},
		{ErrDisk, "check the disk, its quota and the limits on file sizes; nothing that was kept is lost"},
		{ErrDamaged, "restore a backup; `parley verify` names what is wrong"},
		{ErrUnreachable, "check that the server runs, and the address, user and password"},
	} {
		if errors.Is(e.Kind, h.kind) {
			return h.hint
		}
	}
	return ""
}

// older says how an archive that an older parley made is brought up to date, and what becomes of it.
func older(archive string) string {
	hint := "`parley reconcile " + archive + "` brings it up to date where it is: texts, entries and decisions stay as they are, links between " +
		"articles are found again, and the older parley can no longer open it"
	if !IsAddress(archive) {
		hint += "; `parley restore " + archive + " NEW` makes an up-to-date copy and leaves it alone"
	}
	return hint
}

// explain gives a database's error the kind a person can act on. A context that is over comes before what its end
// made the database say.
func (s *Store) explain(ctx context.Context, action string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s %s: %w", action, s.name, ctx.Err())
	}
	if kind := kindOf(err); kind != nil {
		return &Error{Action: action, Archive: s.name, Kind: kind, Err: err}
	}
	return err
}

func kindOf(err error) error {
	var lite *sqlite.Error
	var post *pgconn.PgError
	var connect *pgconn.ConnectError
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return ErrFull
	case errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG), errors.Is(err, syscall.EIO):
		return ErrDisk
	case errors.As(err, &lite):
		return sqliteKind(lite.Code())
	case errors.As(err, &post):
		return postgresKind(post.Code)
	case errors.As(err, &connect):
		return ErrUnreachable
	}
	return nil
}

func sqliteKind(code int) error {
	if code == lib.SQLITE_IOERR_SHMSIZE { // the file beside the archive that readers and writers share
		return ErrFull
	}
	switch code & 0xff { // extended codes carry the primary one in the low byte
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return ErrLocked
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_CANTOPEN: // the archive is there: what cannot be made is its log beside it
		return ErrReadOnly
	case lib.SQLITE_FULL:
		return ErrFull
	case lib.SQLITE_NOTADB:
		return ErrNotArchive
	case lib.SQLITE_CORRUPT:
		return ErrDamaged
	case lib.SQLITE_IOERR:
		return ErrDisk
	}
	return nil
}

// postgresKind reads SQLSTATE codes (PostgreSQL manual, appendix A).
func postgresKind(code string) error {
	switch code {
	case "53100":
		return ErrFull
	case "25006", "42501":
		return ErrReadOnly
	case "55P03", "40P01":
		return ErrLocked
	case "3D000", "28000", "28P01", "57P03", "53300":
		return ErrUnreachable
	case "XX001", "XX002":
		return ErrDamaged
	}
	return nil
}
