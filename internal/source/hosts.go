package source

import (
	"context"
	"sync"
	"time"
)

// maxHosts is how many servers are remembered at a time.
const maxHosts = 10_000

// hosts lets one request at a time through to each server, with a pause between them.
type hosts struct {
	mu    sync.Mutex
	known map[string]*host
}

// host is one server: its turn is a channel that holds one token while somebody asks.
type host struct {
	turn  chan struct{}
	after time.Time // no request before; read and written by whoever has the turn
}

// enter waits for a server's turn and its pause, and takes the turn. leave gives it back; the next request may come a
// pause later.
func (h *hosts) enter(ctx context.Context, name string) (leave func(pause time.Duration), err error) {
	to := h.of(name)
	select {
	case to.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if wait := time.Until(to.after); wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			<-to.turn
			return nil, ctx.Err()
		}
	}
	return func(pause time.Duration) {
		to.after = time.Now().Add(pause)
		<-to.turn
	}, nil
}

// of is the server of a name. Servers that nobody is asking are forgotten when there are too many.
func (h *hosts) of(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.known == nil || len(h.known) >= maxHosts {
		busy := map[string]*host{}
		for name, to := range h.known {
			if len(to.turn) > 0 {
				busy[name] = to
			}
		}
		h.known = busy
	}
	to := h.known[name]
	if to == nil {
		to = &host{turn: make(chan struct{}, 1)}
		h.known[name] = to
	}
	return to
}
