package store

import (
	"context"
	"fmt"
	"testing"
)

// Limit keeps a SQLite archive from growing beyond a number of pages, as a full disk would. It gives what ends that.
func (s *Store) Limit(t *testing.T, pages int) (end func()) {
	set := func(pages int) {
		if _, err := s.writer.ExecContext(context.WithoutCancel(t.Context()), fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	set(pages)
	return func() { set(1 << 30) }
}
