package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestWatch runs the command against a server of this machine: a feed with a story is polled once, asked again only for
// what has changed, corrected by a later version, and never asked without --allow-private.
func TestWatch(t *testing.T) {
	const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Wire</title><link>http://wire.example/</link>
<item><title>Ferries stop at Ostmark</title><guid isPermaLink="false">urn:wire:1</guid><pubDate>%s</pubDate>
<description>Harbour master Lena Ostberg said on Monday that %s ferries would stay in port. "We will not sail before the ice is gone," she told reporters at the quay.</description></item>
</channel></rss>`
	var version, full atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/feed.rss" {
			http.NotFound(w, r)
			return
		}
		tag := fmt.Sprintf(`"v%d"`, version.Load())
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		full.Add(1)
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprintf(w, feed, []string{"Mon, 15 Mar 2027 08:00:00 GMT", "Mon, 15 Mar 2027 10:00:00 GMT"}[version.Load()], []string{"three", "four"}[version.Load()])
	}))
	defer server.Close()
	archive, address := filepath.Join(t.TempDir(), "a.parley"), server.URL+"/feed.rss"
	watch := func(more ...string) {
		t.Helper()
		// --every is short so that the next call asks again.
		if out, err := parley(0, append([]string{"watch", archive, "--once", "--every", "1ns"}, more...)...); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	statements := func(want string) {
		t.Helper()
		out, err := parley(0, "statements", archive)
		if err != nil || want == "" && strings.Contains(out, "Ostberg") || !strings.Contains(out, want) {
			t.Errorf("statements, want %q: %v\n%s", want, err, out)
		}
	}
	if _, err := parley(0, "watch", archive, "--once", address); err == nil {
		t.Error("nothing is said of a feed that could not be read")
	}
	if statements(""); full.Load() != 0 {
		t.Error("a private address was asked without leave")
	}
	watch("--forget", address, address+"?again", "--allow-private", "127.0.0.1")
	if statements("three ferries"); full.Load() != 1 {
		t.Errorf("the feed was given %d times", full.Load())
	}
	watch("--allow-private", "127.0.0.1")
	if full.Load() != 1 {
		t.Error("what has not changed was given again")
	}
	version.Store(1)
	watch("--allow-private", "127.0.0.1")
	statements("four ferries")
	out, err := parley(0, "show", archive)
	if err != nil || !strings.Contains(out, "superseded") {
		t.Errorf("%v\n%s", err, out)
	}
}
