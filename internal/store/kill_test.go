package store_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestKilled ends a program without warning while it writes: what it was told is kept is there, a batch is there whole or
// not at all, and the archive is sound.
func TestKilled(t *testing.T) {
	if path := os.Getenv("PARLEY_TEST_KILLED"); path != "" {
		keepOn(t, path)
		return
	}
	if testing.Short() {
		t.Skip("starts and kills programs")
	}
	path := filepath.Join(t.TempDir(), "a")
	for round := range 5 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), "PARLEY_TEST_KILLED="+path)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(200+77*round) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
		s := mustOpen(t, path, store.Options{Create: true})
		report, err := s.Verify(t.Context(), "", nil)
		if err != nil || report.Fault != "" || report.Articles%5 != 0 {
			t.Errorf("round %d: %+v, %v", round, report, err)
		}
		s.Close()
	}
}

// keepOn keeps stories until it is killed.
func keepOn(t *testing.T, path string) {
	s := mustOpen(t, path, store.Options{Create: true})
	for n := 0; ; n += 5 {
		var batch []record.Arrival
		for i := range 5 {
			batch = append(batch, storetest.Story(n+i))
		}
		if err := s.Put(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
}
