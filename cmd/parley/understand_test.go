package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/model"
)

// TestUnderstanding holds that the model is loaded at the first question and not before, once for all who ask.
func TestUnderstanding(t *testing.T) {
	file := filepath.Join(t.TempDir(), "model.bin")
	missing := (&meaningFlags{Model: file}).understanding()
	if _, _, err := missing(t.Context(), "the army pulls back"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a model that is not there: %v", err)
	}
	late := (&meaningFlags{Model: file}).understanding()
	if err := os.WriteFile(file, []byte("no model"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, first := late(t.Context(), "the army pulls back")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if _, _, again := late(t.Context(), "the army pulls back"); first == nil || again == nil || first.Error() != again.Error() {
		t.Errorf("it was loaded twice: %v, then %v", first, again)
	}
	m, err := model.Default()
	if err != nil {
		t.Fatal(err)
	}
	ask := (&meaningFlags{}).understanding()
	answers := make([][]int8, 4)
	var group sync.WaitGroup
	for i := range answers {
		group.Go(func() {
			vector, version, err := ask(t.Context(), "The army pulls back from the border.")
			if err != nil || version != m.Version() {
				t.Errorf("%q, %v", version, err)
			}
			answers[i] = vector
		})
	}
	group.Wait()
	for _, vector := range answers[1:] {
		if diff := cmp.Diff(answers[0], vector); diff != "" {
			t.Error(diff)
		}
	}
}
