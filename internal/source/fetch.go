package source

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/dial"
	"parley/internal/document"
)

const (
	fetchTime    = 30 * time.Second // for one page, redirects and all
	maxRedirects = 5
)

// Fetch reads the article at a web address; of a feed or a sitemap the first entry that has a text. Only public addresses
// over http and https on their usual ports are asked: what a name resolves to is checked when the connection is made,
// again at every redirect, so neither a name nor a redirect can lead into a private network. Proxies from the
// environment are not used. A page that is too large, too slow, or of a kind that is not read is an error; so is
// every answer but 200. Nobody's robots.txt is asked, because a person wants this page: to ask again and again there is Poller.
func Fetch(ctx context.Context, address string, opt Options) (*document.Document, error) {
	return newFetcher(publicOnly).fetch(ctx, address, opt)
}

// fetcher asks for pages.
type fetcher struct{ client *http.Client }

// newFetcher makes a fetcher that connects to no address that allowed refuses.
func newFetcher(allowed func(netip.AddrPort) error) *fetcher {
	return &fetcher{client: &http.Client{
		Timeout: fetchTime,
		Transport: &http.Transport{
			DialContext: dial.Dialer(allowed).DialContext, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 15 * time.Second,
			MaxResponseHeaderBytes: 64 << 10, DisableKeepAlives: true, ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if len(via) >= maxRedirects {
				return &Error{Kind: ErrAnswer, Detail: fmt.Sprintf("more than %d redirects", maxRedirects)}
			}
			return checkURL(req.URL)
		},
	}}
}

func (f *fetcher) fetch(ctx context.Context, address string, opt Options) (*document.Document, error) {
	for doc, err := range documents(f.items(ctx, address, opt)) {
		return doc, err
	}
	return nil, &Error{Name: address, Kind: ErrEmpty}
}

func (f *fetcher) items(ctx context.Context, address string, opt Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		res, err := f.ask(ctx, address)
		if err != nil {
			yield(Item{}, err)
			return
		}
		defer res.Body.Close()
		if n := res.ContentLength; n > opt.maxBytes() {
			yield(Item{}, tooLarge(address, opt.maxBytes()))
			return
		}
		opt.contentType = res.Header.Get("Content-Type")
		format, err := formatOfType(opt.contentType)
		if err != nil {
			yield(Item{}, named(err, address))
			return
		}
		if opt.Format == "" {
			opt.Format = format
		}
		opt.URL = first(opt.URL, res.Request.URL.String())
		fetched, headers := time.Now().UTC(), replyHeaders(res.Header)
		for item, err := range ReadItems(res.Body, address, opt) {
			if err == nil {
				item.Fetched, item.Headers = fetched, headers
			}
			if !yield(item, err) {
				return
			}
		}
	}
}

// ask asks for a page; the answer is one that says 200.
func (f *fetcher) ask(ctx context.Context, address string) (*http.Response, error) {
	page, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, &Error{Name: address, Kind: ErrForbidden, Detail: "not a web address", Hint: "give one that begins with https://"}
	}
	if err := checkURL(page); err != nil {
		return nil, named(err, address)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, page.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("asking for %s: %w", address, err)
	}
	req.Header.Set("User-Agent", "parley/1 (reads one article at a person's request)")
	req.Header.Set("Accept", "text/html, text/plain, text/markdown, application/json;q=0.9, application/xml;q=0.9")
	res, err := f.client.Do(req)
	if err != nil {
		return nil, refused(err, address)
	}
	if res.StatusCode != http.StatusOK {
		res.Body.Close()
		return nil, &Error{Name: address, Kind: ErrAnswer, Detail: "the server said " + res.Status, Hint: "open it in a browser, save the page and give the file"}
	}
	return res, nil
}

// refused names the page in an error of the client, and lets our own kinds through.
func refused(err error, address string) error {
	var own *Error
	if errors.As(err, &own) {
		return &Error{Name: address, Kind: own.Kind, Detail: own.Detail, Hint: own.Hint}
	}
	var asked *url.Error
	if errors.As(err, &asked) {
		err = asked.Err
	}
	return fmt.Errorf("asking for %s: %w", address, err)
}

// checkURL refuses an address by its form: the scheme, the port, a password in it.
func checkURL(page *url.URL) error {
	switch {
	case page.Scheme != "http" && page.Scheme != "https":
		return &Error{Kind: ErrForbidden, Detail: "only http and https are asked", Hint: "give an address that begins with https://, or a file"}
	case page.Hostname() == "":
		return &Error{Kind: ErrForbidden, Detail: "no server in it", Hint: "give an address such as https://example.org/story.html"}
	case page.User != nil:
		return &Error{Kind: ErrForbidden, Detail: "it holds a user name or password", Hint: "take them out"}
	}
	return nil
}

// formatOfType is the format of a content type; empty leaves it to the content.
func formatOfType(contentType string) (Format, error) {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil && contentType != "" && kind == "" {
		return "", &Error{Kind: ErrAnswer, Detail: "its content type is not understood"}
	}
	switch kind {
	case "text/html", "application/xhtml+xml":
		return HTML, nil
	case "text/markdown":
		return Markdown, nil
	case "application/json", "application/ld+json", "application/feed+json":
		return JSON, nil
	case "application/x-ndjson", "application/jsonl":
		return JSONL, nil
	case "application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/x-opml":
		return XML, nil
	case "", "text/plain", "application/gzip", "application/x-gzip":
		return "", nil
	}
	return "", &Error{Kind: ErrAnswer, Detail: "it is " + clip(kind, 60) + ", not an article", Hint: "give the address of the page with the text"}
}

// publicOnly allows addresses of the public Internet on the ports of the web.
func publicOnly(to netip.AddrPort) error {
	if ip := to.Addr().Unmap().WithZone(""); !dial.IsPublic(ip) {
		return &Error{Kind: ErrForbidden, Detail: ip.String() + " is not a public address", Hint: "save the page and give the file"}
	}
	if port := to.Port(); port != 80 && port != 443 {
		return &Error{Kind: ErrForbidden, Detail: "port " + strconv.Itoa(int(port)), Hint: "only the ports of the web, 80 and 443, are asked"}
	}
	return nil
}

// privateToo allows addresses of private networks and of this machine besides those of the public Internet, on any port.
func privateToo(to netip.AddrPort) error {
	if ip := to.Addr().Unmap().WithZone(""); !dial.IsPublic(ip) && !ip.IsPrivate() && !ip.IsLoopback() {
		return &Error{Kind: ErrForbidden, Detail: ip.String() + " is no address of a server", Hint: "link-local and reserved addresses are never asked"}
	}
	return nil
}

// dialNamed connects to servers of some names with one dialer, to all others with another.
func dialNamed(names []string, named, others *net.Dialer) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		host, _, err := net.SplitHostPort(address)
		if err == nil && slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(strings.Trim(name, "[]"), host) }) {
			return named.DialContext(ctx, network, address)
		}
		return others.DialContext(ctx, network, address)
	}
}
