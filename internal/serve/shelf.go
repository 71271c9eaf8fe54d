package serve

import (
	"context"
	"sync"

	"parley/internal/desk"
	"parley/internal/record"
)

// shelved is how many entries an archive's shelf holds.
const shelved = 20_000

// shelf keeps what showing entries took: whom they name, and their chains. Most readers look at the newest entries, by one
// filter or another, and looking names up is most of what a list costs. It is emptied when the archive changes. It is safe
// for concurrent use.
type shelf struct {
	mu      sync.Mutex
	changes int64
	byID    map[record.ID]desk.Shown
}

// shown gives entries with their names, in the order given.
func (a *served) shown(ctx context.Context, entries []record.Entry) ([]desk.Shown, error) {
	_, changes, err := a.Mark(ctx) // before anything is looked up: what is kept is never older than its mark
	if err != nil {
		return nil, err
	}
	out := make([]desk.Shown, len(entries))
	missing, at := a.shelf.take(changes, entries, out)
	fresh, err := a.desk.Shown(ctx, missing)
	if err != nil {
		return nil, err
	}
	for i := range fresh {
		out[at[i]] = fresh[i]
	}
	a.shelf.put(changes, fresh)
	return out, nil
}

// take puts what is there into its places, and says what is missing, and where.
func (s *shelf) take(changes int64, entries []record.Entry, out []desk.Shown) (missing []record.Entry, at []int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changes != changes || len(s.byID) > shelved || s.byID == nil {
		s.changes, s.byID = changes, map[record.ID]desk.Shown{}
	}
	for i, e := range entries {
		one, ok := s.byID[e.ID]
		if !ok {
			missing, at = append(missing, e), append(at, i)
			continue
		}
		one.Entry = e // as this question has it: its verdict may be that of an earlier time
		out[i] = one
	}
	return missing, at
}

func (s *shelf) put(changes int64, fresh []desk.Shown) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changes != changes {
		return
	}
	for _, one := range fresh {
		id := one.Entry.ID
		one.Entry = record.Entry{}
		s.byID[id] = one
	}
}
