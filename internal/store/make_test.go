package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"parley/internal/record"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestMakeArchive makes an archive of -docs varied articles at -archive, for measuring the pages over many (make web-big); without
// -archive, of a hundred, and verifies it.
func TestMakeArchive(t *testing.T) {
	path, many := *archive, *docs
	if path == "" {
		path, many = filepath.Join(t.TempDir(), "a"), 100
	} else if _, err := os.Stat(path); err == nil {
		t.Skip("it is there already: " + path)
	}
	s := mustOpen(t, path, store.Options{Create: true})
	batches := make(chan []record.Arrival, 1)
	go func() {
		defer close(batches)
		for from := 0; from < many; from += batch {
			var arrivals []record.Arrival
			for n := from; n < min(from+batch, many); n++ {
				arrivals = append(arrivals, storetest.Varied(n))
			}
			batches <- arrivals
		}
	}()
	known := map[string]bool{}
	for arrivals := range batches {
		if err := s.Put(t.Context(), arrivals); err != nil {
			t.Fatal(err)
		}
		if err := s.Reconcile(t.Context(), storetest.VariedFindings(arrivals, known)); err != nil {
			t.Fatal(err)
		}
	}
	if *archive != "" {
		return
	}
	if report, err := s.Verify(t.Context(), "", nil); err != nil || report.Fault != "" || report.Articles != many {
		t.Errorf("%+v, %v", report, err)
	}
}
