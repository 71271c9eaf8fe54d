package serve

import (
	"context"
	"slices"
	"sync"
)

// comparing are the verbs whose decisions change what is found between articles.
func comparing() []string { return []string{"merge", "split", "same_origin", "own_origin"} }

// decided notes that a decision was taken, so that the articles are compared again where it asks for that. Decisions taken
// while they are being compared are served together by one more round.
func (a *served) decided(verb string) {
	if a.Compare == nil || !slices.Contains(comparing(), verb) {
		return
	}
	select {
	case a.again <- struct{}{}:
	default:
	}
}

// compare compares the articles of each archive again as decisions ask for it, until ctx ends. A failure is logged; the
// decision stands, and parley reconcile can be run by hand.
func (s *Server) compare(ctx context.Context) {
	var working sync.WaitGroup
	for _, name := range s.names() {
		a := s.archives[name]
		working.Go(func() {
			for {
				select {
				case <-ctx.Done():
					return
				case <-a.again:
				}
				if err := a.Compare(ctx); err != nil && ctx.Err() == nil {
					s.Log.Error("comparing the articles again", "archive", name, "error", err)
				}
			}
		})
	}
	working.Wait()
}
