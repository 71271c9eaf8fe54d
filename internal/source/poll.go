package source

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"

	"parley/internal/dial"
	"parley/internal/document"
)

const (
	everyDefault    = 15 * time.Minute // between two polls of a feed that is well
	intervalDefault = 5 * time.Second  // between two requests to a server
	maxWait         = 24 * time.Hour   // between two polls of a feed that fails
	goneWait        = 7 * 24 * time.Hour
	maxPages        = 20 // pages fetched in one poll; the rest come with the next
	defaultAgent    = "parley/1 (keeps a record of the news; polls feeds)"
)

// PollOptions say how feeds are polled. Zero values are the usual ones.
type PollOptions struct {
	Options  Options       // for what is read
	Pages    bool          // fetch the pages of entries that are only a summary, and those of a sitemap
	Every    time.Duration // between two polls of a feed; 0: 15 minutes
	Interval time.Duration // between two requests to one server; 0: 5 seconds
	Agent    string        // what to call oneself to servers, best with an address to reach; robots.txt knows us as parley
	// Private are the names of servers that may stand in a private network, on any port: feeds of one's own intranet. A
	// redirect or an entry can lead to these, too, but to no other server there.
	Private []string
}

// FeedState is what is known of a feed from one poll to the next. Whoever polls keeps it.
type FeedState struct {
	URL          string    `json:"url"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Next         time.Time `json:"next"`     // not to be polled before
	Failures     int       `json:"failures"` // since it last was well
	LastError    string    `json:"last_error,omitempty"`
	// Seen are the entries in the feed whose pages were handed on (only with PollOptions.Pages).
	Seen []string `json:"seen,omitempty"`
}

// Poller asks for feeds politely: only where robots.txt allows it, one request at a time to each server with a pause
// between them, only for what has changed (ETag, Last-Modified), ever more rarely where it fails, and not before the
// time a server names (Retry-After). It asks public addresses only, as Fetch does, at every redirect anew, and those of
// PollOptions.Private. It may be
// used by several goroutines, each with feeds of its own.
type Poller struct {
	opt    PollOptions
	client *http.Client
	hosts  hosts
	robots robots
	now    func() time.Time
	jitter func() float64 // in [0, 1)
}

// NewPoller makes a poller.
func NewPoller(opt PollOptions) *Poller { return newPoller(opt, publicOnly) }

func newPoller(opt PollOptions, allowed func(netip.AddrPort) error) *Poller {
	if opt.Every <= 0 {
		opt.Every = everyDefault
	}
	if opt.Interval <= 0 {
		opt.Interval = intervalDefault
	}
	if opt.Agent == "" {
		opt.Agent = defaultAgent
	}
	client := newFetcher(allowed).client
	if len(opt.Private) > 0 {
		client.Transport.(*http.Transport).DialContext = dialNamed(opt.Private, dial.Dialer(privateToo), dial.Dialer(allowed))
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Poller{opt: opt, client: client, now: time.Now, jitter: rand.Float64}
}

// Poll asks for a feed, or a sitemap, once and brings its state up to date. It asks for nothing before the state's
// Next. Items may come with an error: it then says what of the feed could not be read. Entries that were handed on
// before come again as long as the feed carries them; whoever keeps them knows them by GUID and text. Only
// where pages are fetched, those that came once do not come again.
func (p *Poller) Poll(ctx context.Context, st *FeedState) ([]Item, error) {
	now := p.now()
	if now.Before(st.Next) {
		return nil, nil
	}
	got, err := p.ask(ctx, st.URL, map[string]string{"If-None-Match": st.ETag, "If-Modified-Since": st.LastModified,
		"Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"})
	if ctx.Err() != nil {
		return nil, fmt.Errorf("polling %s: %w", st.URL, ctx.Err()) // nobody's fault: the state stays
	}
	if err == nil && got.status != http.StatusOK && got.status != http.StatusNotModified {
		err = &Error{Name: st.URL, Kind: ErrAnswer, Detail: fmt.Sprintf("the server said %d %s", got.status, http.StatusText(got.status)), Hint: "it is tried again later"}
	}
	if err != nil {
		p.fail(st, err, got, now)
		return nil, err
	}
	if got.forGood {
		st.URL = got.url
	}
	if got.status == http.StatusNotModified {
		p.succeed(st, now)
		return nil, nil
	}
	items, err := p.entries(got, now)
	if len(items) == 0 && err != nil {
		p.fail(st, err, got, now)
		return nil, err
	}
	p.succeed(st, now)
	st.ETag, st.LastModified = got.header.Get("ETag"), got.header.Get("Last-Modified")
	if p.opt.Pages {
		var more error
		items, more = p.pages(ctx, st, items)
		err = errors.Join(err, more)
	}
	return items, err
}

// succeed sets the state of a feed that is well.
func (p *Poller) succeed(st *FeedState, now time.Time) {
	st.Failures, st.LastError = 0, ""
	st.Next = now.Add(p.spread(p.opt.Every))
}

// fail sets the state of a feed that failed: the wait doubles with each failure, and a server that says when to come
// again is obeyed.
func (p *Poller) fail(st *FeedState, err error, got reply, now time.Time) {
	st.Failures++
	st.LastError = err.Error()
	wait := p.opt.Every
	for i := 0; i < st.Failures && wait < maxWait; i++ {
		wait *= 2
	}
	wait = p.spread(min(wait, maxWait))
	switch got.status {
	case http.StatusGone:
		wait = goneWait
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		wait = max(wait, min(retryAfter(got.header, now), goneWait))
	}
	st.Next = now.Add(wait)
}

// spread makes a wait up to a tenth longer, so that feeds added at once are not polled at once for ever.
func (p *Poller) spread(wait time.Duration) time.Duration {
	return wait + time.Duration(p.jitter()*float64(wait)/10)
}

// ask gets an address through its redirects, each of which must be allowed by itself. forGood says that all of them
// were permanent, and that there was one.
func (p *Poller) ask(ctx context.Context, address string, header map[string]string) (reply, error) {
	moved, forGood := false, true
	for at, hop := address, 0; hop <= maxRedirects; hop++ {
		got, err := p.askOnce(ctx, at, header)
		if err != nil {
			return reply{}, err
		}
		if got.moved == "" {
			got.forGood = moved && forGood
			return got, nil
		}
		at, moved, forGood = got.moved, true, forGood && got.forGood
	}
	return reply{}, &Error{Name: address, Kind: ErrAnswer, Detail: fmt.Sprintf("more than %d redirects", maxRedirects), Hint: "look where it leads in a browser"}
}

func (p *Poller) askOnce(ctx context.Context, address string, header map[string]string) (reply, error) {
	to, err := url.Parse(address)
	if err != nil {
		return reply{}, &Error{Name: address, Kind: ErrForbidden, Detail: "not a web address", Hint: "give one that begins with https://"}
	}
	if err := checkURL(to); err != nil {
		return reply{}, named(err, address)
	}
	leave, err := p.hosts.enter(ctx, to.Host)
	if err != nil {
		return reply{}, err
	}
	pause := p.opt.Interval
	defer func() { leave(pause) }()
	if pause, err = p.robots.allowed(ctx, p.client, p.opt.Agent, to, p.opt.Interval); err != nil {
		return reply{}, err
	}
	return request(ctx, p.client, p.opt.Agent, address, header, p.opt.Options.maxBytes())
}

// entries reads a feed or sitemap that was fetched. Anything else is an error.
func (p *Poller) entries(got reply, now time.Time) (items []Item, err error) {
	in, _, err := unpacked(bufio.NewReader(bytes.NewReader(got.body)), got.url)
	if err != nil {
		return nil, err
	}
	opt := p.opt.Options
	opt.URL, opt.contentType = got.url, got.header.Get("Content-Type")
	head, _ := in.Peek(sniffBytes)
	if opt.Format = sniff(head, ""); opt.Format != XML && opt.Format != JSON {
		hint := "give the address of the feed itself: a page often names it as RSS or Atom"
		if at := namedFeed(got); at != "" {
			hint = "its feed is at " + at
		}
		return nil, &Error{Name: got.url, Kind: ErrAnswer, Detail: "it is no feed", Hint: hint}
	}
	var errs []error
	readPlain(in, got.url, opt, func(item Item, err error) bool {
		if err != nil {
			errs = append(errs, err)
			return true
		}
		item.Fetched, item.Headers = now.UTC(), replyHeaders(got.header)
		items = append(items, item)
		return true
	})
	return items, errors.Join(errs...)
}

// namedFeed is the feed that a page names as another form of itself; empty when there is none.
func namedFeed(got reply) string {
	tokens := html.NewTokenizer(bytes.NewReader(got.body))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		tok := html.Node{Attr: tokens.Token().Attr}
		if format, err := formatOfType(attr(&tok, "type")); err != nil || format != XML || !strings.EqualFold(attr(&tok, "rel"), "alternate") {
			continue
		}
		if page, err := url.Parse(got.url); err == nil {
			if to, err := page.Parse(attr(&tok, "href")); err == nil && isWebAddress(to.String()) {
				return clip(to.String(), 300)
			}
		}
	}
	return ""
}

// replyHeaders are the headers of an answer that say something about what was sent.
func replyHeaders(header http.Header) map[string]string {
	out := map[string]string{}
	for _, name := range [...]string{"Content-Type", "Date", "Etag", "Last-Modified"} {
		if value := header.Get(name); value != "" {
			out[name] = value
		}
	}
	return out
}

// hasNotice says whether a document carries a notice of a kind.
func hasNotice(doc *document.Document, kind string) bool {
	for _, n := range doc.Notices {
		if n.Kind == kind {
			return true
		}
	}
	return false
}
