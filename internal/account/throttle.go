package account

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// A throttle slows down guessing. A failed login counts against the name from that address, against the address, and
// against the name from anywhere; the last is generous, for anybody could keep a person out by failing in that name.
type throttle struct {
	mu    sync.Mutex
	kinds [3]allowance
}

// allowance is how many tries may fail, after how long one of them is forgotten, and what has failed.
type allowance struct {
	most  float64
	every time.Duration
	of    map[string]failures
}

// failures are how many there were at a time, less those forgotten by then.
type failures struct {
	count float64
	at    time.Time
}

// throttled is how many names or addresses are remembered; beyond it those that are free again are forgotten.
const throttled = 10_000

func newThrottle() *throttle {
	of := func(most float64, every time.Duration) allowance {
		return allowance{most: most, every: every, of: map[string]failures{}}
	}
	return &throttle{kinds: [3]allowance{of(5, time.Minute), of(20, 20*time.Second), of(50, time.Minute)}}
}

// throttleKeys are what a try counts against, one of each kind.
func throttleKeys(name, address string) [3]string {
	network := networkOf(address)
	return [3]string{name + "\x00" + network, network, name}
}

// try says how long somebody has to wait before a try. Where that is not at all, the try counts as failed until it has
// passed, so that many at once do not get through together.
func (t *throttle) try(now time.Time, name, address string) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	keys := throttleKeys(name, address)
	var longest time.Duration
	for i, key := range keys {
		kind := &t.kinds[i]
		if over := kind.failed(key, now) + 1 - kind.most; over > 0 {
			longest = max(longest, time.Duration(over*float64(kind.every)))
		}
	}
	if longest > 0 {
		return longest
	}
	for i, key := range keys {
		t.kinds[i].add(key, now, 1)
	}
	return 0
}

// passed takes a try back that has not failed, and forgets what failed in that name from that address before.
func (t *throttle) passed(now time.Time, name, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, key := range throttleKeys(name, address) {
		t.kinds[i].add(key, now, -1)
	}
	delete(t.kinds[0].of, throttleKeys(name, address)[0])
}

// failed is how many failures of a key are not forgotten yet.
func (a *allowance) failed(key string, now time.Time) float64 {
	f, ok := a.of[key]
	if !ok {
		return 0
	}
	return max(0, f.count-float64(now.Sub(f.at))/float64(a.every))
}

func (a *allowance) add(key string, now time.Time, n float64) {
	if _, known := a.of[key]; !known {
		a.forget(now)
	}
	a.of[key] = failures{max(0, a.failed(key, now)+n), now}
}

// forget drops those that are free again, where there are too many; and all, where that is not enough: whoever has
// so many addresses is not stopped by counting them.
func (a *allowance) forget(now time.Time) {
	if len(a.of) < throttled {
		return
	}
	for key := range a.of {
		if a.failed(key, now) == 0 {
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
