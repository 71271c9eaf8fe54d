//go:build linux

package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// testFullDisk lets the disk run full at different points, and then makes room. Whatever was said is said of the disk, what
// was kept is sound, and the same command completes.
func testFullDisk(t *testing.T, parley program) {
	folder, _ := newsroom(t, 37)
	whole := filepath.Join(t.TempDir(), "whole.parley")
	parley.run(t, nil, nil, "ingest", whole, folder).wants(t, 0)
	want := holdings(t, whole)
	info, err := os.Stat(whole)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("while it is filled", func(t *testing.T) {
		for _, share := range []float64{0.1, 0.3, 0.5, 0.7, 0.9, 1.1, 1.3} {
			disk := newDisk(t, 64<<10)
			archive := filepath.Join(disk.path, "small.parley")
			parley.run(t, nil, nil, "ingest", archive, filepath.Join(folder, "story-000.json")).wants(t, 0)
			disk.resize(t, disk.used(t)+int(share*float64(info.Size()/1024)))
			if r := parley.run(t, nil, nil, "ingest", archive, folder); r.code != 0 {
				r.wants(t, exitFailed, "the disk is full", "make room and do it again")
			}
			disk.complete(t, parley, archive, folder, want)
		}
	})
	t.Run("while it is made", func(t *testing.T) {
		t.Skip("store: a disk that fills up in the last step of making an archive leaves one that is not sound")
		for _, kb := range []int{20, 100, 300, 500, 700, 900} {
			disk := newDisk(t, kb)
			archive := filepath.Join(disk.path, "small.parley")
			parley.run(t, nil, nil, "ingest", archive, folder).wants(t, exitFailed, "the disk is full", "make room and do it again")
			disk.complete(t, parley, archive, folder, want)
			if left, _ := filepath.Glob(filepath.Join(disk.path, ".parley-*")); len(left) > 0 {
				t.Errorf("files are left over: %v", left)
			}
		}
	})
}

// disk is a small file system of its own.
type disk struct{ path string }

func newDisk(t *testing.T, kb int) disk {
	t.Helper()
	d := disk{t.TempDir()}
	if err := syscall.Mount("tmpfs", d.path, "tmpfs", 0, fmt.Sprintf("size=%dk", kb)); err != nil {
		t.Skipf("no disk of a size can be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(d.path, syscall.MNT_DETACH) })
	return d
}

func (d disk) resize(t *testing.T, kb int) {
	t.Helper()
	if err := syscall.Mount("tmpfs", d.path, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%dk", kb)); err != nil {
		t.Fatal(err)
	}
}

// used is how much is on the disk, in kB.
func (d disk) used(t *testing.T) int {
	t.Helper()
	var stat syscall.Statfs_t
	if err := syscall.Statfs(d.path, &stat); err != nil {
		t.Fatal(err)
	}
	return int((stat.Blocks - stat.Bfree) * uint64(stat.Bsize) / 1024)
}

// complete makes room: what was kept is sound, and the same command completes.
func (d disk) complete(t *testing.T, parley program, archive, folder string, want []string) {
	t.Helper()
	d.resize(t, 64<<10)
	if _, err := os.Stat(archive); err == nil {
		verified(t, archive)
	}
	parley.run(t, nil, nil, "ingest", archive, folder).wants(t, 0)
	if diff := cmp.Diff(want, holdings(t, archive)); diff != "" {
		t.Errorf("with room again it is not complete:\n%s", diff)
	}
}

// testFileSizeLimit is like a full disk where none can be mounted: the system refuses to let the archive grow.
func testFileSizeLimit(t *testing.T, parley program) {
	folder, _ := newsroom(t, 37)
	for _, kb := range []int{50, 200, 400, 600, 900} {
		archive := filepath.Join(t.TempDir(), "small.parley")
		limited := exec.Command("sh", "-c", fmt.Sprintf("ulimit -f %d; exec \"$@\"", kb*2), "sh", string(parley), "ingest", archive, folder)
		if r := parley.start(t, limited, nil, nil); r.code != 0 {
			r.wants(t, exitFailed, "disk")
			if strings.Contains(r.err, "damaged") {
				t.Errorf("%d kB: nothing is damaged, but it says so: %s", kb, r.err)
			}
		}
		if _, err := os.Stat(archive); err == nil {
			verified(t, archive)
		}
		parley.run(t, nil, nil, "ingest", archive, folder).wants(t, 0)
		verified(t, archive)
	}
}

// testNotToBeWritten gives ingest archives and folders that it may not write to, as somebody who is not root.
func testNotToBeWritten(t *testing.T, parley program) {
	folder, _ := newsroom(t, 3)
	dir := t.TempDir()
	archive := filepath.Join(dir, "kept.parley")
	parley.run(t, nil, nil, "ingest", archive, folder).wants(t, 0)
	before := holdings(t, archive)
	write(t, folder, "new.txt", "Envoy Bo Lind said on Friday that Kelm was quiet.")
	modes := func(file, folder os.FileMode) {
		if err := os.Chmod(archive, file); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(dir, folder); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { modes(0o644, 0o755) })
	for _, c := range []struct {
		name         string
		file, folder os.FileMode
		archive      string
		say          []string
	}{
		{"folder", 0o666, 0o555, archive, []string{archive, "it can only be read", "copy it to where you may write"}},
		{"a new file in the folder", 0o666, 0o555, filepath.Join(dir, "new.parley"), []string{"permission denied"}},
		{"file", 0o444, 0o777, archive, []string{archive, "it can only be read", "change its permissions"}},
		{"file and folder", 0o444, 0o555, archive, []string{archive, "it can only be read", "change its permissions"}},
		{"not even read", 0o000, 0o777, archive, []string{archive, "it can only be read"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			modes(c.file, c.folder)
			parley.nobody(t, "ingest", c.archive, folder).wants(t, exitFailed, c.say...)
			if c.file == 0o444 {
				parley.nobody(t, "verify", c.archive).wants(t, exitOK, "6 articles")
			}
		})
	}
	modes(0o644, 0o755)
	if diff := cmp.Diff(before, holdings(t, archive)); diff != "" {
		t.Errorf("the archive has changed:\n%s", diff)
	}
	verified(t, archive)
}

// testLocked holds a write transaction open in another connection: ingest waits for a while, then says so.
func testLocked(t *testing.T, parley program) {
	folder, articles := newsroom(t, 3)
	archive := filepath.Join(t.TempDir(), "locked.parley")
	parley.run(t, nil, nil, "ingest", archive, filepath.Join(folder, "story-000.json")).wants(t, 0)
	db, err := sql.Open("sqlite", "file:"+archive+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	r := parley.run(t, nil, nil, "ingest", archive, folder)
	r.wants(t, exitFailed, archive, "another program is writing to it", "wait until it is done, or end it")
	if r.took > 30*time.Second {
		t.Errorf("it waited for %v", r.took)
	}
	parley.run(t, nil, nil, "verify", archive).wants(t, 0, "1 articles")
	go func() {
		time.Sleep(time.Second)
		_ = tx.Rollback()
	}()
	parley.run(t, nil, nil, "ingest", archive, folder).wants(t, 0, "1 known")
	if n := verified(t, archive).Articles; n != articles {
		t.Errorf("%d articles, want %d", n, articles)
	}
}

// testNoArchive gives ingest what is no archive that it can use, and finds it as it was.
func testNoArchive(t *testing.T, parley program) {
	folder, _ := newsroom(t, 1)
	dir := t.TempDir()
	newer := filepath.Join(dir, "newer.parley")
	parley.run(t, nil, nil, "ingest", newer, folder).wants(t, 0)
	change(t, newer, "INSERT INTO versions (version_id, is_applied, tstamp) VALUES (9999, 1, CURRENT_TIMESTAMP)")
	cut := filepath.Join(dir, "cut.parley")
	parley.run(t, nil, nil, "ingest", cut, folder).wants(t, 0)
	if err := os.Truncate(cut, 100_000); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "bookmarks.sqlite")
	change(t, foreign, "CREATE TABLE bookmarks (url TEXT)")
	for _, c := range []struct {
		name, path string
		say        []string
	}{
		{"text", write(t, dir, "notes.txt", "Buy milk.\n"), []string{"not an archive of parley", "another name for a new one"}},
		{"another program's database", foreign, []string{"not an archive of parley"}},
		{"SQLite's first bytes and noise", write(t, dir, "noise.parley", "SQLite format 3\x00"+strings.Repeat("noise", 9999)), []string{"not an archive of parley"}},
		{"a folder", folder, []string{"not an archive of parley", "it is a folder"}},
		{"in a folder that is not there", filepath.Join(dir, "nowhere", "new.parley"), []string{"there is no folder", "make the folder first"}},
		{"of a newer version", newer, []string{"made by a newer parley", "use the newer parley"}},
		{"cut off", cut, []string{"the file is damaged", "restore a backup"}},
		{"a server that is not there", "postgres://parley@127.0.0.1:9/crisis", []string{"the database does not answer", "check that the server runs"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, _ := os.ReadFile(c.path)
			r := parley.run(t, nil, nil, "ingest", c.path, folder)
			r.wants(t, exitFailed, append(c.say, c.path)...)
			if after, _ := os.ReadFile(c.path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func change(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
}
