package serve

import (
	"cmp"
	"fmt"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

// streams counts the streams that are open: of all clients, and of each. It is safe for concurrent use.
type streams struct {
	most, each int

	mu  sync.Mutex
	all int
	of  map[string]int
}

func newStreams(l Limits) *streams {
	return &streams{most: cmp.Or(l.Streams, 256), each: cmp.Or(l.Each, 16), of: map[string]int{}}
}

// open counts one more stream of a client until end is called. Errors are problems that say what to do instead.
func (s *streams) open(client string) (end func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.of[client] >= s.each:
		err := huma.Error429TooManyRequests(fmt.Sprintf("you have %d streams open: close one, or ask for changes?since= now and then instead", s.each))
		return nil, huma.ErrorWithHeaders(err, http.Header{"Retry-After": {"60"}})
	case s.all >= s.most:
		return nil, huma.Error503ServiceUnavailable("too many streams are open; ask for changes?since= now and then instead")
	}
	s.all++
	s.of[client]++
	return func() { s.close(client) }, nil
}

func (s *streams) close(client string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	if s.of[client]--; s.of[client] == 0 {
		delete(s.of, client)
	}
}

// count is how many are open.
func (s *streams) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all
}
