package source

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// reply is what a server answered to one request.
type reply struct {
	status  int
	header  http.Header
	body    []byte
	url     string // that was asked for
	moved   string // where it says that the thing is; empty when it does not
	forGood bool   // moved permanently
}

// request asks for an address once. Redirects are not followed: the caller looks at each. Of the body at most limit bytes
// are read; a longer one is an error. Packing by gzip is asked for and taken off.
func request(ctx context.Context, client *http.Client, agent, address string, header map[string]string, limit int64) (reply, error) {
	to, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return reply{}, &Error{Name: address, Kind: ErrForbidden, Detail: "not a web address", Hint: "give one that begins with https://"}
	}
	if err := checkURL(to); err != nil {
		return reply{}, named(err, address)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, to.String(), nil)
	if err != nil {
		return reply{}, fmt.Errorf("asking for %s: %w", address, err)
	}
	req.Header.Set("User-Agent", agent)
	for name, value := range header {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	res, err := client.Do(req)
	if err != nil {
		return reply{}, refused(err, address)
	}
	defer res.Body.Close()
	out := reply{status: res.StatusCode, header: res.Header, url: to.String()}
	switch res.StatusCode {
	case http.StatusMovedPermanently, http.StatusPermanentRedirect:
		out.forGood = true
		fallthrough
	case http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect:
		next, err := to.Parse(res.Header.Get("Location"))
		if err != nil || res.Header.Get("Location") == "" {
			return reply{}, &Error{Name: address, Kind: ErrAnswer, Detail: "it has moved, and the server does not say where"}
		}
		out.moved = next.String()
		return out, nil
	case http.StatusOK:
	default:
		return out, nil
	}
	out.body, err = io.ReadAll(io.LimitReader(res.Body, limit+1))
	if int64(len(out.body)) > limit {
		return reply{}, tooLarge(address, limit)
	}
	if err != nil {
		return reply{}, refused(err, address)
	}
	return out, nil
}

// retryAfter is how long a server asks to be left alone: in seconds or until a date; 0 when it does not say.
func retryAfter(header http.Header, now time.Time) time.Duration {
	said := header.Get("Retry-After")
	if n, err := strconv.ParseInt(said, 10, 32); err == nil && n > 0 {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(said); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}
