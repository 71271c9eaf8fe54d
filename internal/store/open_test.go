package store_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// hinted wants an error of a kind that says what to do.
func hinted(t *testing.T, what string, err, kind error, hint string) {
	t.Helper()
	var e *store.Error
	if !errors.Is(err, kind) || !errors.As(err, &e) || !strings.Contains(e.Hint(), hint) {
		t.Errorf("%s: %v; want %v with a hint about %q", what, err, kind, hint)
	}
}

func open(t *testing.T, path string, opt store.Options) (*store.Store, error) {
	t.Helper()
	s, err := store.Open(t.Context(), path, opt)
	if err == nil {
		t.Cleanup(func() { s.Close() })
	}
	return s, err
}

func mustOpen(t *testing.T, path string, opt store.Options) *store.Store {
	t.Helper()
	s, err := open(t, path, opt)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	_, err := open(t, filepath.Join(dir, "none"), store.Options{})
	hinted(t, "a file that is not there", err, store.ErrMissing, "`parley ingest "+filepath.Join(dir, "none")+" SOURCE` makes one")
	_, err = open(t, filepath.Join(dir, "none"), store.Options{Create: true, ReadOnly: true})
	hinted(t, "one made to be read only", err, store.ErrMissing, "makes one")
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	for name, content := range map[string]string{"text": "Ruiz told reporters", "empty": "", "short": "SQL", "broken": "SQLite format 3\x00 and no more"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, opt := range []store.Options{{}, {Create: true}, {ReadOnly: true}} {
			_, err := open(t, path, opt)
			hinted(t, name, err, store.ErrNotArchive, "path of an archive")
		}
		if left, err := os.ReadFile(path); err != nil || string(left) != content {
			t.Errorf("%s was changed: %v", name, err)
		}
	}
	_, err = open(t, dir, store.Options{Create: true})
	hinted(t, "a folder", err, store.ErrNotArchive, "another name")
	if _, err = open(t, filepath.Join(dir, "no", "such", "folder"), store.Options{Create: true}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("in a folder that is not there: %v", err)
	}
	other := filepath.Join(dir, "other")
	rawExec(t, other, "CREATE TABLE mail (x)")
	_, err = open(t, other, store.Options{Create: true})
	hinted(t, "another program's database", err, store.ErrNotArchive, "path of an archive")
}

// rawExec goes behind the archive's back.
func rawExec(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}

func TestNewer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	mustOpen(t, path, store.Options{Create: true}).Close()
	rawExec(t, path, "INSERT INTO versions (version_id, is_applied) VALUES (99, 1)")
	for _, opt := range []store.Options{{}, {ReadOnly: true}} {
		_, err := open(t, path, opt)
		hinted(t, "a newer archive", err, store.ErrNewer, "newer parley")
	}
}

func TestOlder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	mustOpen(t, path, store.Options{Create: true}).Close()
	rawExec(t, path, "DELETE FROM versions WHERE version_id = (SELECT max(version_id) FROM versions)")
	_, err := open(t, path, store.Options{ReadOnly: true})
	hinted(t, "an older archive", err, store.ErrOlder, "`parley reconcile "+path+"` brings it up to date")
}

func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	s := mustOpen(t, path, store.Options{Create: true})
	if err := s.Put(t.Context(), []record.Arrival{storetest.Story(1)}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = mustOpen(t, path, store.Options{ReadOnly: true})
	hinted(t, "writing to one opened to be read", s.Put(t.Context(), []record.Arrival{storetest.Story(2)}), store.ErrReadOnly, "permissions")
	s.Close()
	if os.Geteuid() == 0 {
		t.Skip("root may write to everything")
	}
	for _, name := range []string{path, dir} {
		if err := os.Chmod(name, 0o555); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(name, 0o755) })
	}
	_, err := open(t, path, store.Options{})
	hinted(t, "a file that may only be read", err, store.ErrReadOnly, "permissions")
	s = mustOpen(t, path, store.Options{ReadOnly: true})
	if report, err := s.Verify(t.Context(), "", nil); err != nil || report.Fault != "" || report.Articles != 1 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestLocked(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the time-out of a lock")
	}
	path := filepath.Join(t.TempDir(), "a")
	s := mustOpen(t, path, store.Options{Create: true})
	other, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Entries(t.Context(), record.Query{}); err != nil {
		t.Errorf("a reader need not wait: %v", err)
	}
	hinted(t, "a locked archive", s.Put(t.Context(), []record.Arrival{storetest.Story(1)}), store.ErrLocked, "wait")
	tx.Rollback()
	if err := s.Put(t.Context(), []record.Arrival{storetest.Story(1)}); err != nil {
		t.Error(err)
	}
}

// TestFull makes the database believe that the disk is full.
func TestFull(t *testing.T) {
	s := openNew(t)
	if err := s.Put(t.Context(), []record.Arrival{storetest.Story(1)}); err != nil {
		t.Fatal(err)
	}
	restore := s.Limit(t, 60)
	var err error
	for n := 2; n < 2000 && err == nil; n++ {
		err = s.Put(t.Context(), []record.Arrival{storetest.Story(n)})
	}
	hinted(t, "a full disk", err, store.ErrFull, "make room")
	restore()
	if err := s.Put(t.Context(), []record.Arrival{storetest.Story(2000)}); err != nil {
		t.Fatal(err)
	}
	if report, err := s.Verify(t.Context(), "", nil); err != nil || report.Fault != "" {
		t.Errorf("%+v, %v", report, err)
	}
}

// TestCreateAtOnce has several programs make one archive.
func TestCreateAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	var group sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		group.Go(func() {
			s, err := store.Open(t.Context(), path, store.Options{Create: true})
			if err == nil {
				err = errors.Join(s.Put(t.Context(), []record.Arrival{storetest.Story(i), storetest.Story(i + 1)}), s.Close())
			}
			errs[i] = err
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if report, err := mustOpen(t, path, store.Options{}).Verify(t.Context(), "", nil); err != nil || report.Fault != "" || report.Articles != 7 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestBackup(t *testing.T) {
	s := openNew(t)
	if err := s.Put(t.Context(), []record.Arrival{storetest.Story(1)}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "it's a copy")
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), path); !errors.Is(err, os.ErrExist) {
		t.Errorf("over another: %v", err)
	}
	copied := mustOpen(t, path, store.Options{})
	if err := copied.Put(t.Context(), []record.Arrival{storetest.Story(2)}); err != nil {
		t.Fatal(err)
	}
	if report, err := copied.Verify(t.Context(), "", nil); err != nil || report.Fault != "" || report.Articles != 2 {
		t.Errorf("%+v, %v", report, err)
	}
}

// TestErasedBytes looks for erased words in the files themselves.
func TestErasedBytes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	s := mustOpen(t, path, store.Options{Create: true})
	a := storetest.Told(1, "Ruiz named Qwertzuiop as the source.", 1)
	a.Article.Title = "Qwertzuiop named"
	if err := s.Put(t.Context(), []record.Arrival{a, storetest.Story(2)}); err != nil {
		t.Fatal(err)
	}
	holds := func() (n int) {
		for _, name := range []string{path, path + "-wal"} {
			data, err := os.ReadFile(name)
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
			n += strings.Count(strings.ToLower(string(data)), "qwertzuiop")
		}
		return n
	}
	if holds() == 0 {
		t.Fatal("the test looks for words that were never there")
	}
	if _, err := s.Judge(t.Context(), record.Judgement{Who: "ann", Why: "order of the court", Verb: "erase", Subject: record.ID(a.Article.ID)}); err != nil {
		t.Fatal(err)
	}
	if n := holds(); n != 0 {
		t.Errorf("erased words stand in the files %d times", n)
	}
}

func TestPostgresOpen(t *testing.T) {
	dsn, db := storetest.Schema(t)
	_, err := open(t, dsn, store.Options{})
	hinted(t, "an empty database", err, store.ErrMissing, "makes one")
	mustOpen(t, dsn, store.Options{Create: true}).Close()
	s := mustOpen(t, dsn, store.Options{ReadOnly: true})
	hinted(t, "writing to one opened to be read", s.Put(t.Context(), []record.Arrival{storetest.Story(2)}), store.ErrReadOnly, "permissions")
	if _, err := db.ExecContext(t.Context(), "INSERT INTO versions (version_id, is_applied) VALUES (99, true)"); err != nil {
		t.Fatal(err)
	}
	_, err = open(t, dsn, store.Options{})
	hinted(t, "a newer archive", err, store.ErrNewer, "newer parley")
}

func TestPostgresUnreachable(t *testing.T) {
	for _, dsn := range []string{"postgres://ann:secret@127.0.0.1:1/x", "postgres://ann@127.0.0.1:1/x?password=secret", "postgres://ann:secret%zz@127.0.0.1:1/x"} {
		_, err := open(t, dsn, store.Options{})
		hinted(t, "no server", err, store.ErrUnreachable, "server runs")
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the password is in %q", err)
		}
	}
}

// TestOthersReadNothing: a new archive and what SQLite puts beside it are their owner's only.
func TestOthersReadNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files there have no such rights")
	}
	dir := t.TempDir()
	s := mustOpen(t, filepath.Join(dir, "crisis.parley"), store.Options{Create: true})
	if err := s.Put(t.Context(), []record.Arrival{storetest.Story(0)}); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		if info, err := file.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", file.Name(), info.Mode(), err)
		}
	}
}
