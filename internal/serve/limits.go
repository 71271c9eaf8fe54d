package serve

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits bound what one client can take.
type Limits struct {
	Rate    float64       // requests a second of one client, on the average; 0: as many as it likes
	Burst   int           // at once; 0: four seconds' worth
	Streams int           // open streams of all clients; 0: 256
	Each    int           // open streams of one user, or of one address without an account; 0: 16
	Stream  time.Duration // for a stream, after which its client comes back and is asked again who it is; 0: 5 minutes
	Time    time.Duration // for an answer that is no stream or export; 0: 30 seconds
}

const (
	maxBody    = 1 << 20 // bytes of a request
	maxClients = 10_000  // that are told apart
)

// clients gives each client its share. Clients are forgotten when their share is whole again, which changes nothing for
// them; when there are too many at once, those that come new share one.
type clients struct {
	limits Limits
	now    func() time.Time

	mu     sync.Mutex
	known  map[string]*rate.Limiter
	others *rate.Limiter
	swept  time.Time
}

func newClients(l Limits, now func() time.Time) *clients {
	if l.Burst == 0 {
		l.Burst = max(1, int(4*l.Rate))
	}
	return &clients{limits: l, now: now, known: map[string]*rate.Limiter{}, others: rate.NewLimiter(rate.Limit(l.Rate), l.Burst)}
}

// allow says whether a client may ask now.
func (c *clients) allow(client string) bool {
	if c.limits.Rate <= 0 {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	limiter, ok := c.known[client]
	if !ok {
		if len(c.known) >= maxClients && now.Sub(c.swept) > time.Second {
			c.sweep(now)
		}
		if limiter = c.others; len(c.known) < maxClients {
			limiter = rate.NewLimiter(rate.Limit(c.limits.Rate), c.limits.Burst)
			c.known[client] = limiter
		}
	}
	return limiter.AllowN(now, 1)
}

func (c *clients) sweep(now time.Time) {
	c.swept = now
	for name, limiter := range c.known {
		if limiter.TokensAt(now) >= float64(c.limits.Burst) {
			delete(c.known, name)
		}
	}
}

// limited refuses clients that ask too often. Health checks are free.
func (s *Server) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/healthz" && !s.clients.allow(s.clientOf(r)) {
			s.metrics.refused.Inc()
			w.Header().Set("Retry-After", "1")
			plainProblem(w, http.StatusTooManyRequests, "you ask too often: wait a second, then ask less often")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// clientOf is who a request's share is counted for: the address it comes from, of IPv6 the network of 64 bits, which one
// client has to itself. Behind a proxy that is believed it is the last address of X-Forwarded-For, which that proxy itself
// wrote; and so on, as long as that is a proxy too.
func (s *Server) clientOf(r *http.Request) string {
	ip := peerOf(r)
	passed := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(passed) - 1; i >= 0 && passed[i] != "" && s.proxy(ip); i-- {
		ip = forwarded(passed[i])
	}
	switch ip = ip.WithZone(""); {
	case !ip.IsValid():
		return "unknown"
	case ip.Is6():
		return netip.PrefixFrom(ip, 64).Masked().String()
	}
	return ip.String()
}

// forwarded is an address as proxies write it, of which some add the port: 203.0.113.9:4711, [2001:db8::1]:80, [2001:db8::1]. What is
// none gives the zero value.
func forwarded(text string) netip.Addr {
	text = strings.TrimSpace(text)
	if at, err := netip.ParseAddrPort(text); err == nil {
		return at.Addr().Unmap()
	}
	ip, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	if err != nil {
		return netip.Addr{}
	}
	return ip.Unmap()
}

// peerOf is the address at the other end of the connection; the zero value where there is none.
func peerOf(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap()
}

// proxy says whether an address is that of a proxy that is believed.
func (s *Server) proxy(ip netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(ip.WithZone("")) })
}
