package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

const (
	robotsName     = "parley"         // what we are called in robots.txt
	robotsTime     = 24 * time.Hour   // how long its answer counts
	robotsRetry    = 10 * time.Minute // how long a failure to get it counts
	maxRobotsBytes = 512 << 10        // what RFC 9309 asks crawlers to read at least
	maxCrawlDelay  = time.Minute      // a longer Crawl-delay is taken for this
)

// robots are the rules of servers about who may ask for what (RFC 9309), each kept for a day.
type robots struct {
	mu    sync.Mutex
	known map[string]rules
}

type rules struct {
	data  *robotstxt.RobotsData // nil: they could not be had, and nothing may be asked for
	until time.Time
}

// allowed says with an error whether a page must not be asked for, and else how long to pause between requests to its
// server: the given pause, or longer where the server asks for it. Where robots.txt cannot be had because the
// server fails, nothing is asked for.
func (r *robots) allowed(ctx context.Context, client *http.Client, agent string, page *url.URL, pause time.Duration) (time.Duration, error) {
	site := page.Scheme + "://" + page.Host
	r.mu.Lock()
	known, ok := r.known[site]
	r.mu.Unlock()
	if !ok || time.Now().After(known.until) {
		data, err := fetchRobots(ctx, client, agent, site)
		if ctx.Err() != nil || errors.Is(err, ErrForbidden) {
			return 0, err
		}
		known = rules{data, time.Now().Add(robotsTime)}
		if err != nil {
			known = rules{nil, time.Now().Add(robotsRetry)}
		}
		r.keep(site, known)
	}
	if known.data == nil {
		return 0, &Error{Name: page.String(), Kind: ErrAnswer, Detail: "its robots.txt cannot be had", Hint: "it is tried again later"}
	}
	path := page.EscapedPath()
	if path == "" {
		path = "/"
	}
	if page.RawQuery != "" {
		path += "?" + page.RawQuery
	}
	if !known.data.TestAgent(path, robotsName) {
		return 0, &Error{Name: page.String(), Kind: ErrForbidden, Detail: "its robots.txt says that programs must not ask for it", Hint: "ask its publisher, or save the page and give the file"}
	}
	return max(pause, min(known.data.FindGroup(robotsName).CrawlDelay, maxCrawlDelay)), nil
}

func (r *robots) keep(site string, known rules) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil || len(r.known) >= maxHosts {
		r.known = map[string]rules{}
	}
	r.known[site] = known
}

// fetchRobots asks a server for its robots.txt, which may have moved within bounds.
func fetchRobots(ctx context.Context, client *http.Client, agent, site string) (*robotstxt.RobotsData, error) {
	at := site + "/robots.txt"
	for range maxRedirects + 1 {
		got, err := request(ctx, client, agent, at, nil, maxRobotsBytes)
		if err != nil {
			return nil, err
		}
		if got.moved == "" {
			return robotstxt.FromStatusAndBytes(got.status, got.body)
		}
		at = got.moved
	}
	return nil, fmt.Errorf("asking for %s: more than %d redirects", at, maxRedirects)
}
