package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// newsroom is a server whose pages a test sets.
type newsroom struct {
	*httptest.Server
	mux   *http.ServeMux
	asked atomic.Int32
}

func open(t *testing.T, robots string) *newsroom {
	n := &newsroom{mux: http.NewServeMux()}
	n.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			n.asked.Add(1)
		}
		n.mux.ServeHTTP(w, r)
	}))
	t.Cleanup(n.Close)
	if robots != "" {
		n.says("/robots.txt", "text/plain", robots)
	}
	return n
}

func (n *newsroom) says(path, contentType, body string) {
	n.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		fmt.Fprint(w, body)
	})
}

// poller is one whose clock and dice the test holds.
func poller(opt PollOptions, at *time.Time) *Poller {
	if opt.Interval == 0 {
		opt.Interval = time.Microsecond
	}
	p := newPoller(opt, anywhere)
	p.now = func() time.Time { return *at }
	p.jitter = func() float64 { return 0 }
	return p
}

func monday() time.Time { return time.Date(2027, 3, 15, 6, 0, 0, 0, time.UTC) }

func TestPollConditional(t *testing.T) {
	n, at := open(t, ""), monday()
	feed := sample(t, "rss1.rdf")
	n.mux.HandleFunc("/feed", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"v1"` && r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "Mon, 15 Mar 2027 05:00:00 GMT")
		w.Header().Set("Content-Type", "text/html") // as many servers wrongly say
		fmt.Fprint(w, feed)
	})
	p := poller(PollOptions{Every: time.Hour}, &at)
	st := &FeedState{URL: n.URL + "/feed", Failures: 2, LastError: "it was down"}
	got, err := p.Poll(t.Context(), st)
	if err != nil || len(got) != 1 || got[0].Doc.Title != "Pass reopened" || !got[0].Fetched.Equal(at) || got[0].Headers["Etag"] != `"v1"` {
		t.Fatalf("%v, error %v", told(got), err)
	}
	want := &FeedState{URL: n.URL + "/feed", ETag: `"v1"`, LastModified: "Mon, 15 Mar 2027 05:00:00 GMT", Next: at.Add(time.Hour)}
	if diff := cmp.Diff(want, st); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	if got, err := p.Poll(t.Context(), st); len(got) > 0 || err != nil || n.asked.Load() != 1 {
		t.Errorf("before its time: %v, %v, asked %d times", got, err, n.asked.Load())
	}
	at = st.Next
	if got, err := p.Poll(t.Context(), st); len(got) > 0 || err != nil || n.asked.Load() != 2 || !st.Next.Equal(at.Add(time.Hour)) || st.ETag == "" {
		t.Errorf("not modified: %v, %v, %+v", got, err, st)
	}
}

func TestPollFailures(t *testing.T) {
	n, at := open(t, "User-agent: *\nDisallow: /private/\n"), monday()
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the inner server was asked") }))
	defer inner.Close()
	status := func(path string, code int, header ...string) {
		n.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i+1 < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(code)
		})
	}
	status("/busy", http.StatusTooManyRequests, "Retry-After", "7200")
	status("/down", http.StatusServiceUnavailable, "Retry-After", monday().Add(3*time.Hour).Format(http.TimeFormat))
	status("/broken", http.StatusInternalServerError)
	status("/gone", http.StatusGone)
	status("/inner", http.StatusFound, "Location", inner.URL)
	status("/file", http.StatusFound, "Location", "file:///etc/passwd")
	status("/loop", http.StatusFound, "Location", "/loop")
	status("/nowhere", http.StatusFound)
	status("/sly", http.StatusFound, "Location", "/private/feed")
	n.says("/page", "text/html", "<html><p>It came.")
	n.says("/private/feed", "application/rss+xml", sample(t, "rss1.rdf"))
	n.mux.HandleFunc("/endless", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "<rss><channel>")
		io.CopyN(w, &endless{unit: "<item><title>It</title></item>"}, 1<<30)
	})
	gate := netip.MustParseAddrPort(strings.TrimPrefix(n.URL, "http://"))
	for _, c := range []struct {
		path string
		kind error
		wait time.Duration
	}{
		{"/busy", ErrAnswer, 2 * time.Hour}, {"/down", ErrAnswer, 3 * time.Hour}, {"/broken", ErrAnswer, 20 * time.Minute}, {"/gone", ErrAnswer, goneWait},
		{"/inner", ErrForbidden, 20 * time.Minute}, {"/file", ErrForbidden, 20 * time.Minute}, {"/loop", ErrAnswer, 20 * time.Minute}, {"/nowhere", ErrAnswer, 20 * time.Minute},
		{"/sly", ErrForbidden, 20 * time.Minute}, {"/page", ErrAnswer, 20 * time.Minute}, {"/private/feed", ErrForbidden, 20 * time.Minute}, {"/endless", ErrTooLarge, 20 * time.Minute},
	} {
		p := newPoller(PollOptions{Every: 10 * time.Minute, Interval: time.Microsecond, Options: Options{MaxBytes: 1 << 20}}, func(to netip.AddrPort) error {
			if to == gate {
				return nil
			}
			return publicOnly(to)
		})
		p.now, p.jitter = func() time.Time { return at }, func() float64 { return 0 }
		st := &FeedState{URL: n.URL + c.path, ETag: "kept"}
		got, err := p.Poll(t.Context(), st)
		if !errors.Is(err, c.kind) || len(got) > 0 || st.Failures != 1 || st.LastError == "" || st.ETag != "kept" || !st.Next.Equal(at.Add(c.wait)) {
			t.Errorf("%s: %v, %d items, %+v", c.path, err, len(got), st)
		}
	}
	st := &FeedState{URL: n.URL + "/broken", Failures: 50}
	if _, err := poller(PollOptions{}, &at).Poll(t.Context(), st); err == nil || !st.Next.Equal(at.Add(maxWait)) {
		t.Errorf("after many failures: %v, %+v", err, st)
	}
	n.says("/front", "text/html", `<html><link rel="alternate" type="text/css" href="/no"><link rel="alternate" type="application/rss+xml" href="/feed.xml">`)
	if _, err := poller(PollOptions{}, &at).Poll(t.Context(), &FeedState{URL: n.URL + "/front"}); err == nil || !strings.HasSuffix(err.Error(), "its feed is at "+n.URL+"/feed.xml") {
		t.Errorf("a front page: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	st = &FeedState{URL: n.URL + "/broken"}
	if _, err := poller(PollOptions{}, &at).Poll(ctx, st); !errors.Is(err, context.Canceled) || st.Failures != 0 {
		t.Errorf("stopped: %v, %+v", err, st)
	}
}

func TestPollMoved(t *testing.T) {
	n, at := open(t, ""), monday()
	n.mux.HandleFunc("/old", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/newer", http.StatusMovedPermanently)
	})
	n.mux.HandleFunc("/newer", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/new", http.StatusPermanentRedirect)
	})
	n.mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/old", http.StatusFound) })
	n.says("/new", "application/rss+xml", sample(t, "rss1.rdf"))
	for path, want := range map[string]string{"/old": "/new", "/away": "/away"} {
		st := &FeedState{URL: n.URL + path}
		if got, err := poller(PollOptions{}, &at).Poll(t.Context(), st); err != nil || len(got) != 1 || st.URL != n.URL+want {
			t.Errorf("%s: %d items, %v, now %s", path, len(got), err, st.URL)
		}
	}
}

// A server whose robots.txt fails is left alone; one that has none may be asked.
func TestPollRobots(t *testing.T) {
	n, at := open(t, ""), monday()
	n.mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	n.says("/feed", "application/rss+xml", sample(t, "rss1.rdf"))
	if _, err := poller(PollOptions{}, &at).Poll(t.Context(), &FeedState{URL: n.URL + "/feed"}); !errors.Is(err, ErrForbidden) || n.asked.Load() > 0 {
		t.Errorf("%v, asked %d times", err, n.asked.Load())
	}
	n = open(t, "User-agent: parley\nCrawl-delay: 0.2\nUser-agent: *\nDisallow: /\n")
	n.says("/feed", "application/rss+xml", sample(t, "rss1.rdf"))
	p := poller(PollOptions{}, &at)
	start := time.Now()
	for range 2 {
		if _, err := p.Poll(t.Context(), &FeedState{URL: n.URL + "/feed"}); err != nil {
			t.Error(err)
		}
	}
	if took := time.Since(start); took < 200*time.Millisecond {
		t.Errorf("the crawl delay was not kept: %v", took)
	}
}

func TestPollPages(t *testing.T) {
	n, at := open(t, "User-agent: *\nDisallow: /closed\n"), monday()
	var feed strings.Builder
	feed.WriteString("<rss><channel><title>Courier</title><link>" + n.URL + "/</link>")
	for _, path := range []string{"a", "closed", "none", "busy"} {
		fmt.Fprintf(&feed, "<item><title>About %s</title><guid isPermaLink=\"false\">%s</guid><link>/%s</link><pubDate>Mon, 15 Mar 2027 05:00:00 GMT</pubDate><description>It came.</description></item>", path, path, path)
	}
	feed.WriteString("</channel></rss>")
	n.mux.HandleFunc("/feed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", "x")
		fmt.Fprint(w, feed.String())
	})
	n.says("/a", "text/html", storyPage(7))
	busy := true
	n.mux.HandleFunc("/busy", func(w http.ResponseWriter, _ *http.Request) {
		if busy {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, storyPage(8))
	})
	p := poller(PollOptions{Pages: true}, &at)
	st := &FeedState{URL: n.URL + "/feed"}
	poll := func() (out []string, err error) {
		got, err := p.Poll(t.Context(), st)
		for _, i := range got {
			out = append(out, fmt.Sprintf("%s %s %s %s %v", strings.TrimPrefix(i.GUID, n.URL), i.MediaType, i.Doc.Publisher, i.Doc.Published.Format("15:04"), notices(i.Doc)))
		}
		return out, err
	}
	got, err := poll()
	want := []string{"/#a text/html Courier 05:00 []", "/#closed application/rss+xml Courier 05:00 [summary_only page_not_read]", "/#none application/rss+xml Courier 05:00 [summary_only page_not_read]"}
	if diff := cmp.Diff(want, got); diff != "" || err == nil || st.ETag != "" || len(st.Seen) != 3 || st.Failures != 0 {
		t.Errorf("first: error %v, %+v (-want +got):\n%s", err, st, diff)
	}
	busy, at = false, st.Next
	got, err = poll()
	if diff := cmp.Diff([]string{"/#busy text/html Courier 05:00 []"}, got); diff != "" || err != nil || st.ETag != "x" || len(st.Seen) != 4 {
		t.Errorf("second: error %v, %+v (-want +got):\n%s", err, st, diff)
	}
	n.says("/map.xml", "application/xml", "<urlset><url><loc>"+n.URL+"/a</loc><lastmod>2020-01-01</lastmod></url></urlset>")
	st = &FeedState{URL: n.URL + "/map.xml"}
	if got, err := p.Poll(t.Context(), st); err != nil || len(got) != 1 || got[0].Status != Usable || got[0].Doc.Title != "Story 7" {
		t.Errorf("sitemap: %v, error %v", told(got), err)
	}
}

// One server is asked one thing at a time, whoever asks.
func TestPollOneAtATime(t *testing.T) {
	n, at := open(t, ""), monday()
	var busy, most atomic.Int32
	n.mux.HandleFunc("/feed", func(w http.ResponseWriter, _ *http.Request) {
		if now := busy.Add(1); now > most.Load() {
			most.Store(now)
		}
		time.Sleep(5 * time.Millisecond)
		busy.Add(-1)
		fmt.Fprint(w, sample(t, "rss1.rdf"))
	})
	p := poller(PollOptions{}, &at)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := p.Poll(t.Context(), &FeedState{URL: n.URL + "/feed"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d at a time", most.Load())
	}
}

// TestPollPrivate lets a poller ask a named server of a private network, and no other, at a redirect neither.
func TestPollPrivate(t *testing.T) {
	n := open(t, "")
	n.says("/feed", "application/rss+xml", "<rss><channel><item><title>Ice</title><link>https://n.example/1</link><description>The ferries stay in port.</description></item></channel></rss>")
	n.mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, strings.Replace(n.URL, "127.0.0.1", "localhost", 1)+"/feed", http.StatusFound)
	})
	for _, c := range []struct {
		name, url string
		private   []string
		want      int
	}{
		{"named", n.URL + "/feed", []string{"127.0.0.1"}, 1}, {"nobody is named", n.URL + "/feed", nil, 0},
		{"another is named", n.URL + "/feed", []string{"intranet.example"}, 0}, {"led to another", n.URL + "/away", []string{"127.0.0.1"}, 0},
		{"led to one that is named", n.URL + "/away", []string{"127.0.0.1", "LOCALHOST"}, 1},
	} {
		p := NewPoller(PollOptions{Private: c.private, Interval: time.Microsecond})
		items, err := p.Poll(t.Context(), &FeedState{URL: c.url})
		if len(items) != c.want || (err == nil) != (c.want > 0) {
			t.Errorf("%s: %d items, %v", c.name, len(items), err)
		}
	}
	for address, want := range map[string]bool{"10.0.0.1:8080": true, "127.0.0.1:80": true, "93.184.216.34:443": true, "169.254.169.254:80": false, "224.0.0.1:80": false, "0.0.0.0:80": false} {
		if err := privateToo(netip.MustParseAddrPort(address)); (err == nil) != want {
			t.Errorf("%s: %v", address, err)
		}
	}
}
