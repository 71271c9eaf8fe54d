package account

import (
	"net"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A throttle slows down guessing. A failed login counts against the name from that address, against the address, and
// against the name from anywhere; the last is generous, for anybody could keep a person out by failing in that name.
type throttle struct {
	mu    sync.Mutex
	kinds [3]allowance
}

// allowance is how often something may fail at once, how soon one more is allowed, and what has failed.
type allowance struct {
	burst int
	every time.Duration
	of    map[string]*rate.Limiter
}

// throttled is how many names or addresses are remembered; beyond it those that are free again are forgotten.
const throttled = 10_000

func newThrottle() *throttle {
	of := func(burst int, every time.Duration) allowance {
		return allowance{burst: burst, every: every, of: map[string]*rate.Limiter{}}
	}
	return &throttle{kinds: [3]allowance{of(5, time.Minute), of(20, 20*time.Second), of(50, time.Minute)}}
}

// keys are what a try counts against, one of each kind.
func throttleKeys(name, address string) [3]string {
	network := networkOf(address)
	return [3]string{name + "\x00" + network, network, name}
}

// wait is how long somebody has to wait before the next try; zero: not at all.
func (t *throttle) wait(now time.Time, name, address string) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	var longest time.Duration
	for i, key := range throttleKeys(name, address) {
		if l := t.kinds[i].of[key]; l != nil {
			if missing := 1 - l.TokensAt(now); missing > 0 {
				longest = max(longest, time.Duration(missing*float64(t.kinds[i].every)))
			}
		}
	}
	return longest
}

// failed counts a try that failed.
func (t *throttle) failed(now time.Time, name, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, key := range throttleKeys(name, address) {
		kind := &t.kinds[i]
		if kind.of[key] == nil {
			kind.forget(now)
			kind.of[key] = rate.NewLimiter(rate.Every(kind.every), kind.burst)
		}
		kind.of[key].AllowN(now, 1)
	}
}

// passed forgets what failed in a name from an address, once its owner has come in from there.
func (t *throttle) passed(name, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.kinds[0].of, throttleKeys(name, address)[0])
}

// forget drops those that are free again, where there are too many; and all, where that is not enough: whoever has
// so many addresses is not stopped by counting them.
func (a *allowance) forget(now time.Time) {
	if len(a.of) < throttled {
		return
	}
	for key, l := range a.of {
		if l.TokensAt(now) >= float64(a.burst) {
			delete(a.of, key)
		}
	}
	if len(a.of) >= throttled {
		clear(a.of)
	}
}

// networkOf is what one household has: an IPv4 address, or the first half of an IPv6 address.
func networkOf(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		address = host
	}
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		if prefix, err := ip.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return ip.String()
}
