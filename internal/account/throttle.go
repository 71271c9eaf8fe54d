package account

import (
	"hash/maphash"
	"math"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// A throttle slows down guessing. A failed login counts against the name from that network, against the network, and
// against the larger network around it. No count is of a name alone: whoever fails in somebody's name from elsewhere
// does not keep them out. What many failures in one name from everywhere do is to leave each network one guess at a
// time in it instead of several, so that the right password still comes in at its first try.
//
// Counts are kept in sketches of a fixed size (count-min: Cormode and Muthukrishnan 2005), so that memory and work are the
// same however many names and addresses somebody makes up, and nothing can be flushed out of them. Two keys that share
// a cell in every row count as one; a secret seed keeps anybody from choosing such keys.
type throttle struct {
	mu       sync.Mutex
	person   sketch // a name from a network
	network  sketch
	larger   sketch // the network around the network
	anywhere sketch // a name from anywhere
}

// How many tries may fail, and after how long one of them is forgotten.
const (
	personMost, personEvery   = 5, time.Minute
	networkMost, networkEvery = 20, 20 * time.Second
	largerMost, largerEvery   = 100, 4 * time.Second
	besieged, anywhereEvery   = 50, time.Minute // from so many on, each network has one guess in the name
)

func newThrottle() *throttle {
	return &throttle{
		person: newSketch(personEvery), network: newSketch(networkEvery), larger: newSketch(largerEvery), anywhere: newSketch(anywhereEvery),
	}
}

// try says how long somebody has to wait before a try. Where that is not at all, the try counts as failed until it has
// passed, so that many at once do not get through together.
func (t *throttle) try(now time.Time, name, address string) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	network, larger := networksOf(address)
	person, most := name+"\x00"+network, float64(personMost)
	if t.anywhere.count(name, now) >= besieged {
		most = 1
	}
	wait := max(t.person.wait(person, now, most), t.network.wait(network, now, networkMost), t.larger.wait(larger, now, largerMost))
	if wait > 0 {
		return wait
	}
	t.person.add(person, now, 1)
	t.network.add(network, now, 1)
	t.larger.add(larger, now, 1)
	t.anywhere.add(name, now, 1)
	return 0
}

// passed takes a try back that has not failed, and forgets what failed in that name from that network before.
func (t *throttle) passed(now time.Time, name, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	network, larger := networksOf(address)
	person := name + "\x00" + network
	t.person.add(person, now, -t.person.count(person, now))
	t.network.add(network, now, -1)
	t.larger.add(larger, now, -1)
	t.anywhere.add(name, now, -1)
}

// The size of a sketch. A hundred failures a second, about as many as passwords can be worked out, keep a fifth of the
// cells of a row above zero where one is forgotten after a minute.
const (
	sketchRows  = 3
	sketchCells = 1 << 15 // of a row
)

// sketch counts failures of many keys, each of which is forgotten after a while. A cell is the time at which none of its
// failures will count any more, in nanoseconds since 1970, so that it forgets without any work.
type sketch struct {
	every time.Duration
	seed  maphash.Seed
	rows  [sketchRows][]int64
}

func newSketch(every time.Duration) sketch {
	s := sketch{every: every, seed: maphash.MakeSeed()}
	for i := range s.rows {
		s.rows[i] = make([]int64, sketchCells)
	}
	return s
}

// cells are those of a key, one in each row.
func (s *sketch) cells(key string) (cells [sketchRows]*int64) {
	sum := maphash.String(s.seed, key)
	for i := range cells {
		cells[i] = &s.rows[i][sum%sketchCells]
		sum /= sketchCells
	}
	return cells
}

// count is how many failures of a key are not forgotten: at most so many, for others may share its cells.
func (s *sketch) count(key string, now time.Time) float64 {
	least := int64(math.MaxInt64)
	for _, cell := range s.cells(key) {
		least = min(least, max(0, *cell-now.UnixNano()))
	}
	return float64(least) / float64(s.every)
}

// add counts failures, or takes some back.
func (s *sketch) add(key string, now time.Time, n float64) {
	for _, cell := range s.cells(key) {
		*cell = max(*cell, now.UnixNano()) + int64(n*float64(s.every))
	}
}

// wait is how long it takes until another failure of a key is allowed.
func (s *sketch) wait(key string, now time.Time, most float64) time.Duration {
	return max(0, time.Duration((s.count(key, now)+1-most)*float64(s.every)))
}

// networksOf is what one household has: an IPv4 address, or the first half of an IPv6 address; and what one customer of a
// provider has at most: that address, or the first 48 bits.
func networksOf(address string) (network, larger string) {
	if host, _, err := net.SplitHostPort(address); err == nil {
		address = host
	}
	ip, err := netip.ParseAddr(strings.TrimSuffix(address, "/64")) // whoever asks may know the network only
	if err != nil {
		return address, address
	}
	ip = ip.Unmap().WithZone("")
	if !ip.Is6() {
		return ip.String(), ip.String()
	}
	half, err := ip.Prefix(64)
	site, err2 := ip.Prefix(48)
	if err != nil || err2 != nil {
		return ip.String(), ip.String()
	}
	return half.String(), site.String()
}
