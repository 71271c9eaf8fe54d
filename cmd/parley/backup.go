package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"parley/internal/account"
	"parley/internal/store"
)

// backupCommand is parley backup.
type backupCommand struct {
	archiveArg
	File string `arg:"" help:"The backup to make; nothing may be there yet."`
}

// Help is shown by parley backup --help.
func (*backupCommand) Help() string {
	return `Copies an archive as it is at this moment into one file, also while others read it and write to it, and checks every
hash, span and decision of the copy. Keep the head of the log that it prints: parley verify --head shows later that nothing
before it was changed. An archive in PostgreSQL is backed up by pg_dump. A desk (users, tokens, rules) is copied likewise; its
log of decisions is in the archive.

Examples:
  parley backup crisis.parley backups/crisis-2022-02-20.parley
  parley backup crisis.desk backups/crisis-2022-02-20.desk
  parley restore backups/crisis-2022-02-20.parley crisis.parley`
}

// Run makes the backup.
func (c *backupCommand) Run(ctx context.Context, std streams) error {
	if is, err := account.IsDesk(ctx, c.Archive); err != nil || is {
		return copyDesk(ctx, err, c.Archive, c.File)
	}
	in, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	err = placed(c.File, func(path string) error {
		if err := in.Backup(ctx, path); err != nil {
			return err
		}
		return sound(ctx, std, path)
	})
	if errors.Is(err, errors.ErrUnsupported) {
		return hinted{err, "pg_dump --format=custom --file=" + c.File + " ADDRESS (give --schema=NAME where search_path names one)"}
	}
	return err
}

// restoreCommand is parley restore.
type restoreCommand struct {
	File string `arg:"" help:"A backup that parley backup made."`
	archiveArg
}

// Help is shown by parley restore --help.
func (*restoreCommand) Help() string {
	return `Makes an archive of a backup, brings it up to date when an older parley made it, and checks every hash, span and decision
of it. It puts it in nobody's place: move a damaged archive away first. The backup stays as it is.

Example:
  mv crisis.parley crisis.damaged
  parley restore backups/crisis-2022-02-20.parley crisis.parley`
}

// Run makes the archive.
func (c *restoreCommand) Run(ctx context.Context, std streams) error {
	if store.IsAddress(c.Archive) {
		return hinted{fmt.Errorf("restoring to PostgreSQL: %w", errors.ErrUnsupported), "pg_restore --dbname=ADDRESS " + c.File + ", of what pg_dump made"}
	}
	if is, err := account.IsDesk(ctx, c.File); err != nil || is {
		return copyDesk(ctx, err, c.File, c.Archive)
	}
	return placed(c.Archive, func(path string) error {
		err := store.Restore(ctx, c.File, path)
		if errors.Is(err, store.ErrMissing) || errors.Is(err, store.ErrNotArchive) {
			return hinted{err, "give a file that parley backup made"}
		}
		if err != nil {
			return err
		}
		return sound(ctx, std, path)
	})
}

// copyDesk copies the users, rules and what else a desk keeps, which has no log to verify.
func copyDesk(ctx context.Context, err error, from, to string) error {
	if err != nil {
		return err
	}
	return placed(to, func(path string) error { return account.Copy(ctx, from, path) })
}

// placed makes a file beside its place, and puts it there only when it is whole: nobody ever finds half of one, and nothing
// that is there is overwritten.
func placed(path string, make func(path string) error) error {
	if _, err := os.Lstat(path); err == nil {
		return hinted{fmt.Errorf("making %s: %w", path, fs.ErrExist), "give another name, or move it away first"}
	}
	if err := placeFor(path); err != nil {
		return err
	}
	folder, err := os.MkdirTemp(filepath.Dir(path), ".parley-*")
	if err != nil {
		return fmt.Errorf("making %s: %w", path, err)
	}
	defer os.RemoveAll(folder)
	made := filepath.Join(folder, "archive")
	if err := make(made); err != nil {
		return err
	}
	if err := os.Chmod(made, 0o600); err != nil { // SQLite would let others read it
		return fmt.Errorf("making %s: %w", path, err)
	}
	if err := synced(made); err != nil {
		return fmt.Errorf("making %s: %w", path, err)
	}
	err = os.Link(made, path)
	if err != nil && !errors.Is(err, fs.ErrExist) { // a file system without links, such as a memory stick's
		err = os.Rename(made, path)
	}
	if err != nil {
		return fmt.Errorf("making %s: %w", path, err)
	}
	return nil
}

// sound checks an archive and prints what was checked.
func sound(ctx context.Context, std streams, path string) error {
	in, err := store.Open(ctx, path, store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer in.Close()
	bar := newCounter(std.err, "articles checked")
	report, err := in.Verify(ctx, "", func(done, _ int) { bar.set(done) })
	bar.end()
	if err != nil {
		return err
	}
	if report.Fault != "" {
		return hinted{fmt.Errorf("the copy is not sound: %s", report.Fault), "parley verify says whether the one it was made of is"}
	}
	return printReport(std, report)
}

// synced waits until a file is on the disk.
func synced(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// hinted is an error with what to do about it.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// Hint says what to do.
func (h hinted) Hint() string { return h.hint }
