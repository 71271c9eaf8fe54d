package alert

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"
)

// ErrBusy says that too many test messages were sent just now.
var ErrBusy = errors.New("too many tests just now; wait a few seconds")

// A user may send this many test messages at once, and one more in every pause: anybody may give any address.
const (
	trialsAtOnce = 5
	trialPause   = 5 * time.Second
	trialTime    = 20 * time.Second // for one, all in all
)

// trials says whose test messages are too many. It knows no more names than there are owners of rules. It is safe for concurrent use.
type trials struct {
	mu      sync.Mutex
	byOwner map[string]*rate.Limiter
}

func (t *trials) allow(owner string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byOwner == nil {
		t.byOwner = map[string]*rate.Limiter{}
	}
	if t.byOwner[owner] == nil {
		t.byOwner[owner] = rate.NewLimiter(rate.Every(trialPause), trialsAtOnce)
	}
	return t.byOwner[owner].Allow()
}

// Trial is what became of a test message.
type Trial struct {
	Channel string `json:"channel"`
	Kind    string `json:"kind"`
	To      string `json:"to"`
	Sent    bool   `json:"sent"`
	Said    string `json:"said,omitempty"` // why not, in words for people
}

// Try sends a test message to each webhook and mail address of the owner's rule, under the rules that its messages go by, and
// once. A feed is asked and gets none. It is ErrNotFound where there is no such rule, ErrBusy after too many of theirs.
func (s *Sender) Try(ctx context.Context, owner, rule string) ([]Trial, error) {
	k, err := s.Store.one(ctx, owner, rule)
	if err != nil {
		return nil, err
	}
	if !s.trials.allow(owner) {
		return nil, fmt.Errorf("testing rule %s: %w", rule, ErrBusy)
	}
	now := s.Store.now().UTC().Truncate(time.Second)
	m := &Message{ID: "test-" + strings.ToLower(rand.Text())[:12], At: now, Archive: k.Archive, Rule: Named{k.ID, k.Name, k.Kind}, Test: true,
		Note: "This is a test that you asked for. Nothing was found.", Firing: []Told{}, Ended: []Told{}}
	if s.Base != "" {
		m.Link = s.Base + "/alerts"
	}
	out := []Trial{}
	for _, c := range k.Channels {
		if c.Kind != Atom {
			out = append(out, Trial{Channel: c.ID, Kind: c.Kind, To: c.To})
		}
	}
	ctx, cancel := context.WithTimeout(ctx, trialTime)
	defer cancel()
	var g errgroup.Group
	for i := range out {
		g.Go(func() error { s.try(ctx, m, k.Channels, &out[i], now); return nil })
	}
	return out, g.Wait()
}

// try sends a test message to one of the channels.
func (s *Sender) try(ctx context.Context, m *Message, channels []Channel, to *Trial, now time.Time) {
	secret := ""
	for _, c := range channels {
		if c.ID == to.Channel {
			secret = c.Secret
		}
	}
	err := s.hand(ctx, m, &parcel{Delivery: Delivery{Channel: to.Channel, Kind: to.Kind, To: to.To}, secret: secret}, now)
	if to.Sent = err == nil; !to.Sent {
		to.Said = plainFault(err)
	}
}
