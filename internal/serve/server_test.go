package serve_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/account"
	"parley/internal/ceasefire"
	"parley/internal/desk"
	"parley/internal/record"
	"parley/internal/serve"
	"parley/internal/store/storetest"
)

func TestETag(t *testing.T) {
	d := newDesk(t, nil)
	stmt := string(storetest.Story(0).Record.Statements[0].ID)
	for _, path := range []string{"", "statements", "entries/" + stmt, "articles", "contradictions", "changes", "today", "articles/" + storetest.Story(0).Article.ID + "/raw", "/api/v1/archives"} {
		first := d.get(path)
		tag := first.header.Get("ETag")
		if tag == "" || first.header.Get("Cache-Control") != "private, no-cache" {
			t.Fatalf("%s: no tag: %v", path, first.header)
		}
		if again := d.get(path, "If-None-Match", `"other", `+tag); again.status != http.StatusNotModified || again.body != "" {
			t.Errorf("%s: %d %.100s", path, again.status, again.body)
		}
		if second := d.get(path); second.body != first.body || second.header.Get("Content-Type") != first.header.Get("Content-Type") {
			t.Errorf("%s: what is kept is another answer", path)
		}
	}
	tag := d.get("statements").header.Get("ETag")
	if other := d.get("statements?limit=2").header.Get("ETag"); other == tag {
		t.Error("other questions have the same tag")
	}
	d.ask(http.MethodPost, "decisions", `{"verb":"reject","subject":"`+stmt+`","why":"no"}`)
	if res := d.get("statements", "If-None-Match", tag); res.status != http.StatusOK || !strings.Contains(res.body, `"verdict":"reject"`) {
		t.Errorf("after a decision: %d", res.status)
	}
	tag = d.get("contradictions").header.Get("ETag")
	if err := d.store.Reconcile(t.Context(), record.Found{Articles: []record.ID{record.ID(storetest.Story(0).Article.ID)}}); err != nil {
		t.Fatal(err)
	}
	if res := d.get("contradictions", "If-None-Match", tag); res.status != http.StatusOK || strings.Contains(res.body, `"type":"number"`) {
		t.Errorf("after reconcile, which no decision tells of: %d %s", res.status, res.body)
	}
	if head := d.ask(http.MethodHead, "statements", ""); head.status == http.StatusOK && head.header.Get("ETag") == "" {
		t.Error("HEAD has no tag")
	}
}

// TestShelf asks for the same entries in several ways: what was looked up before is shown the same, with the verdict that
// each question has.
func TestShelf(t *testing.T) {
	d := newDesk(t, nil)
	type page struct{ Entries []desk.Shown }
	first := list[page](d, "statements?limit=12")
	if again := list[page](d, "statements?limit=13"); !cmp.Equal(first, again) {
		t.Error(cmp.Diff(first, again))
	}
	before := time.Now().UTC().Format(time.RFC3339Nano)
	id := string(first.Entries[0].Entry.ID)
	d.ask(http.MethodPost, "decisions", `{"verb":"reject","subject":"`+id+`","why":"no"}`)
	now, then := list[page](d, "statements?limit=1"), list[page](d, "statements?limit=1&as_of="+before)
	if now.Entries[0].Entry.Verdict != "reject" || then.Entries[0].Entry.Verdict != "" || len(then.Entries[0].Names) == 0 {
		t.Errorf("%q and %q", now.Entries[0].Entry.Verdict, then.Entries[0].Entry.Verdict)
	}
}

func TestCSV(t *testing.T) {
	hostile := storetest.Told(50, "Minister =cmd|' /C calc'!A0 told envoy Bo Lind that 50 soldiers had left Kelm.", 1)
	d := newDesk(t, nil)
	if err := d.store.Put(t.Context(), []record.Arrival{hostile}); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]struct {
		rows   int
		column string
	}{
		"statements": {13, "act"}, "statements?limit=3": {3, "id"}, "events": {13, "id"}, "commitments": {13, "id"}, "contacts": {13, "id"}, "figures": {13, "value"},
		"entries?kind=statement": {13, "act"}, "articles": {13, "raw_hash"}, "articles?limit=2": {2, "title"}, "contradictions": {1, "b_text"},
		"actors": {2, "same_as"}, "decisions?all=true": {13, "hash"}, "figures/series": {13, "giver"},
	} {
		res := d.get(path + map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")] + "format=csv")
		if got := res.header.Get("Content-Type"); !strings.HasPrefix(got, "text/csv") || !strings.HasPrefix(res.header.Get("Content-Disposition"), `attachment; filename="`) {
			t.Errorf("%s: %s %v", path, got, res.header)
		}
		all, err := csv.NewReader(strings.NewReader(res.body)).ReadAll()
		if err != nil || len(all) != want.rows+1 || !strings.Contains(strings.Join(all[0], ","), want.column) {
			t.Errorf("%s: %d rows, %v\n%.400s", path, len(all)-1, err, res.body)
		}
		for _, row := range all[min(1, len(all)):] {
			for _, cell := range row {
				if strings.HasPrefix(cell, "=") {
					t.Errorf("%s: a formula: %s", path, cell)
				}
			}
		}
	}
	if res := d.get("/test/statements.csv?limit=2"); res.status != http.StatusTemporaryRedirect || res.header.Get("Location") != "/api/v1/archives/test/statements?format=csv&limit=2" {
		t.Errorf("%d %s", res.status, res.header.Get("Location"))
	}
	if res := d.get("/test/commitments.json?view=table&by=North"); res.header.Get("Location") != "/api/v1/archives/test/commitments/board?by=North&limit=500" {
		t.Errorf("%d %s", res.status, res.header.Get("Location"))
	}
	if res := d.get("/test/article/d-1.json"); res.header.Get("Location") != "/api/v1/archives/test/articles/d-1" {
		t.Errorf("%d %s", res.status, res.header.Get("Location"))
	}
}

func TestStream(t *testing.T) {
	d := newDesk(t, func(cfg *serve.Config) { cfg.Limits.Streams = 1 })
	stmt := string(storetest.Story(0).Record.Statements[0].ID)
	got := d.events("stream?since=11", 6, func() {
		d.get("stream").problem(t, http.StatusServiceUnavailable, "changes?since=")
		d.ask(http.MethodPost, "decisions", `{"verb":"doubt","subject":"`+stmt+`","why":"hm"}`)
	})
	if len(got) != 6 || got[0] != "id: 12" || got[1] != "event: change" || got[3] != "id: 13" || !strings.Contains(got[5], `"verb":"doubt","subject":"`+stmt) {
		t.Errorf("%q", got)
	}
	page := list[struct {
		Changes []serve.Change
		Next    int64
	}](d, "changes?since=12")
	if len(page.Changes) != 1 || page.Changes[0].Verb != "doubt" || page.Next != 13 {
		t.Errorf("%+v", page)
	}
}

// TestStreamsOfOne: nobody takes the streams of others, by however many sessions, and gets the place back.
func TestStreamsOfOne(t *testing.T) {
	g := newGuarded(t, func(cfg *serve.Config) { cfg.Limits.Each = 1 })
	g.grant(account.Public, "test", account.Reader)
	g.user("mara", "test", account.Reader)
	mara, again := []string{"Cookie", g.login("mara", goodPassword)}, []string{"Cookie", g.login("mara", goodPassword)}
	g.events("stream", 0, func() {
		res := g.get("stream", again...)
		res.problem(t, http.StatusTooManyRequests, "changes?since=")
		if res.header.Get("Retry-After") == "" {
			t.Error("it is not said when to come back")
		}
		g.events("stream", 0, func() { g.get("stream").problem(t, http.StatusTooManyRequests, "") })
	}, mara...)
}

// TestStreamEnds: nobody is listened to for ever on the word of one question.
func TestStreamEnds(t *testing.T) {
	d := newDesk(t, func(cfg *serve.Config) { cfg.Limits.Stream = 20 * time.Millisecond })
	begun := time.Now()
	if a := d.get("stream"); a.status != http.StatusOK || !strings.Contains(a.body, ": here") || time.Since(begun) > 20*time.Second {
		t.Errorf("%d %q after %s", a.status, a.body, time.Since(begun))
	}
}

func TestHeaders(t *testing.T) {
	d := newDesk(t, nil)
	for _, path := range []string{"/", "/docs", "/test/statements", "statements", "/api/v1/nothing", "/healthz"} {
		h := d.get(path).header
		if !strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'; script-src 'self'; style-src 'self';") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, h)
		}
	}
	raw := d.get("articles/" + storetest.Story(0).Article.ID + "/raw").header
	if raw.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(raw.Get("Content-Disposition"), "attachment") {
		t.Errorf("raw bytes that a browser might show: %v", raw)
	}
	d.get("statements", "Host", "evil.example").problem(t, http.StatusForbidden, "127.0.0.1")
	d.ask(http.MethodPost, "decisions", `{}`, "Sec-Fetch-Site", "cross-site").problem(t, http.StatusForbidden, "")
	d.ask(http.MethodPost, "decisions", `{}`, "Origin", "https://evil.example").problem(t, http.StatusForbidden, "")
	if res := d.get("statements", "Accept-Encoding", "gzip"); res.header.Get("Content-Encoding") != "gzip" {
		t.Error("not compressed")
	} else if plain, err := gzip.NewReader(strings.NewReader(res.body)); err != nil {
		t.Error(err)
	} else if data, err := io.ReadAll(plain); err != nil || !json.Valid(data) {
		t.Error("what was compressed is no JSON", err)
	}
}

func TestPages(t *testing.T) {
	d := newDesk(t, nil)
	for path, want := range map[string]string{"/": "<title>Parley", "/test/article/d-1": "<title>Parley", "/login": "<title>Parley", "/assets/app-1a2b.js": "export"} {
		if res := d.get(path); res.status != http.StatusOK || !strings.Contains(res.body, want) {
			t.Errorf("%s: %d %s", path, res.status, res.body)
		}
	}
	d.get("/assets/gone.js").problem(t, http.StatusNotFound, "")
	d.ask(http.MethodPost, "/test/statements", "{}").problem(t, http.StatusMethodNotAllowed, "")
	bare := newDesk(t, func(cfg *serve.Config) { cfg.Pages = nil })
	if res := bare.get("/test/statements"); res.status != http.StatusNotFound || !strings.Contains(res.body, "make web") {
		t.Errorf("%d %s", res.status, res.body)
	}
}

func TestPlain(t *testing.T) {
	var logged bytes.Buffer
	d := newDesk(t, func(cfg *serve.Config) { cfg.Log = slog.New(slog.NewJSONHandler(&logged, nil)) })
	d.get("statements?q=secret")
	for path, want := range map[string]string{
		"/healthz": "ok", "/readyz": "ready",
		"/metrics":      `parley_http_requests_total{method="GET",operation="list-statements",status="200"} 1`,
		"/docs":         `<code>/api/v1/archives/{archive}/statements</code>`,
		"/openapi.json": `"openapi":"3.1.0"`, "/docs/style.css": "font",
	} {
		if res := d.get(path); res.status != http.StatusOK || !strings.Contains(res.body, want) {
			t.Errorf("%s: %d, no %s", path, res.status, want)
		}
	}
	for _, want := range []string{`parley_articles{archive="test",state="current"} 12`, `parley_entries{archive="test",kind="statement"} 12`, `parley_log_seq{archive="test"} 12`, "parley_http_request_seconds_bucket"} {
		if !strings.Contains(d.get("/metrics").body, want) {
			t.Errorf("no %s in the metrics", want)
		}
	}
	if line, _, _ := strings.Cut(logged.String(), "\n"); strings.Contains(line, "secret") || !strings.Contains(line, `"operation":"list-statements"`) || !strings.Contains(line, `"who":"Ida"`) {
		t.Errorf("log: %s", line)
	}
	if docs := d.get("/docs").body; strings.Contains(docs, "<script") || strings.Contains(docs, "style=") || strings.Contains(docs, "//cdn") {
		t.Error("the documentation needs what the policy forbids")
	}
}

func TestRate(t *testing.T) {
	now := time.Date(2022, 2, 20, 12, 0, 0, 0, time.UTC)
	d := newDesk(t, func(cfg *serve.Config) {
		cfg.Limits, cfg.Proxies, cfg.Now = serve.Limits{Rate: 1, Burst: 3}, loopback(), func() time.Time { return now }
		cfg.Guard = anybody{}
	})
	for i := range 5 {
		res := d.get("changes", "X-Forwarded-For", "203.0.113.9, 198.51.100.7")
		if i < 3 && res.status != http.StatusOK || i >= 3 && (res.status != http.StatusTooManyRequests || res.header.Get("Retry-After") == "") {
			t.Errorf("request %d: %d", i, res.status)
		}
	}
	if res := d.get("changes", "X-Forwarded-For", "198.51.100.8"); res.status != http.StatusOK {
		t.Errorf("another client: %d", res.status)
	}
	if res := d.get("/healthz", "X-Forwarded-For", "198.51.100.7"); res.status != http.StatusOK {
		t.Errorf("health: %d", res.status)
	}
	now = now.Add(time.Second)
	if res := d.get("changes", "X-Forwarded-For", "198.51.100.7"); res.status != http.StatusOK {
		t.Errorf("a second later: %d", res.status)
	}
	for i := range 3 { // one client has a network of 64 bits
		d.get("changes", "X-Forwarded-For", fmt.Sprintf("2001:db8:0:1::%d", i))
	}
	d.get("changes", "X-Forwarded-For", "2001:db8:0:1:ffff::1").problem(t, http.StatusTooManyRequests, "")
	now = now.Add(time.Hour) // for noteCalls
}

// loopback are the addresses of this machine.
func loopback() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

// TestProxies: what a request says of where it comes from is believed of the proxies that were named, and of nobody else.
func TestProxies(t *testing.T) {
	for name, c := range map[string]struct {
		proxies []netip.Prefix
		passed  []string
		want    string
	}{
		"straight":             {loopback(), nil, "127.0.0.1"},
		"through the proxy":    {loopback(), []string{"203.0.113.9"}, "203.0.113.9"},
		"with a lie before it": {loopback(), []string{"198.51.100.1, 203.0.113.9"}, "203.0.113.9"},
		"in two headers":       {loopback(), []string{"198.51.100.1", "203.0.113.9"}, "203.0.113.9"},
		"through two":          {append(loopback(), netip.MustParsePrefix("10.0.0.0/8")), []string{"203.0.113.9, 10.1.2.3"}, "203.0.113.9"},
		"through another's":    {loopback(), []string{"203.0.113.9, 10.1.2.3"}, "10.1.2.3"},
		"all of them proxies":  {loopback(), []string{"127.0.0.2"}, "127.0.0.2"},
		"no address":           {loopback(), []string{"unknown"}, "unknown"},
		"no proxy is believed": {nil, []string{"203.0.113.9"}, "127.0.0.1"},
		"another is":           {[]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, []string{"203.0.113.9"}, "127.0.0.1"},
		"of six":               {loopback(), []string{"2001:db8:0:1::7%eth0"}, "2001:db8:0:1::/64"},
		"of four, as six":      {loopback(), []string{"::ffff:203.0.113.9"}, "203.0.113.9"},
		"with a port":          {loopback(), []string{"198.51.100.1:80, 203.0.113.9:4711"}, "203.0.113.9"},
		"of six, with a port":  {loopback(), []string{"[2001:db8::1]:80"}, "2001:db8::/64"},
		"of six, in brackets":  {loopback(), []string{"[2001:db8::1]"}, "2001:db8::/64"},
		"of six, no port":      {loopback(), []string{"2001:db8::1:80"}, "2001:db8::/64"},
		"two, with ports":      {append(loopback(), netip.MustParsePrefix("10.0.0.0/8")), []string{"203.0.113.9:1, [::ffff:10.1.2.3]:2"}, "203.0.113.9"},
		"no port":              {loopback(), []string{"203.0.113.9:99999"}, "unknown"},
		"more than a port":     {loopback(), []string{"203.0.113.9:80 x"}, "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			var logged bytes.Buffer
			d := newDesk(t, func(cfg *serve.Config) {
				cfg.Proxies, cfg.Guard, cfg.Log = c.proxies, anybody{}, slog.New(slog.NewTextHandler(&logged, nil))
			})
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.root+"/healthz", nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header["X-Forwarded-For"], req.Header["X-Forwarded-Proto"] = c.passed, []string{"https"}
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if !strings.Contains(logged.String(), "client="+c.want+" ") {
				t.Errorf("not %s: %s", c.want, logged.String())
			}
			if believed := res.Header.Get("Strict-Transport-Security") != ""; believed != (len(c.proxies) > 1) {
				t.Errorf("HTTPS is believed: %v", believed)
			}
		})
	}
}

// TestCountFails holds that an archive that cannot be counted is listed as that, and does not hide the others.
func TestCountFails(t *testing.T) {
	d := newDesk(t, func(cfg *serve.Config) {
		broken := cfg.Archives[0]
		broken.Name, broken.Count = "broken", func(context.Context) (serve.Counts, error) { return serve.Counts{}, errors.New("/var/disk is gone") }
		cfg.Archives = append(cfg.Archives, broken)
	})
	res := d.get("/api/v1/archives")
	var list struct{ Archives []serve.Summary }
	if err := json.Unmarshal([]byte(res.body), &list); err != nil || res.status != http.StatusOK || len(list.Archives) != 2 {
		t.Fatalf("%v: %d %s", err, res.status, res.body)
	}
	if broken, whole := list.Archives[0], list.Archives[1]; broken.Name != "broken" || broken.Fault == "" || strings.Contains(broken.Fault, "disk") || whole.Articles != stories || whole.Fault != "" {
		t.Errorf("%s", res.body)
	}
}

// anybody is a guard that lets everybody do everything.
type anybody struct{}

func (anybody) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(account.As(r.Context(), account.Who{Name: "Ida", Roles: map[string]account.Role{account.Everywhere: account.Admin}})))
	})
}

// nobody is a guard that lets nobody do anything.
type nobody struct{}

func (nobody) Handler(next http.Handler) http.Handler { return next }

func TestModels(t *testing.T) {
	begin := `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`
	accept := "application/json, text/event-stream"
	if res := newDesk(t, nil).ask(http.MethodPost, "/mcp", begin, "Accept", accept); res.status != http.StatusOK || !strings.Contains(res.body, `"tools":[{`) {
		t.Errorf("%d %s", res.status, res.body)
	}
	d := newDesk(t, func(cfg *serve.Config) { cfg.Guard = nobody{} })
	if res := d.ask(http.MethodPost, "/mcp", begin, "Accept", accept); res.status != http.StatusBadRequest {
		t.Errorf("nobody is answered %d %s", res.status, res.body)
	}
}

func TestCeasefire(t *testing.T) {
	truce, err := ceasefire.Load(strings.NewReader("id: kelm\nname: Kelm truce\nparties: [Östmark, Nord]\nstart: 2021-03-01\nobservers: [{name: Ana Ruiz}]\ncounts: [{what: violations}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, func(cfg *serve.Config) { cfg.Ceasefires = []*ceasefire.Agreement{truce} })
	if res := d.get("ceasefires"); !strings.Contains(res.body, `"id":"kelm","name":"Kelm truce"`) {
		t.Error(res.body)
	}
	if res := d.get("ceasefires/kelm?day=2021-03-02&as_of=2021-03-02"); res.status != http.StatusOK || !strings.Contains(res.body, `"to":"2021-03-02"`) {
		t.Errorf("%d %s", res.status, res.body)
	}
	d.get("ceasefires/none").problem(t, http.StatusNotFound, "none")
}

// running serves on a port of this machine until stop is called; ended then has what came of it.
func running(t *testing.T, s *serve.Server) (address string, stop context.CancelFunc, ended <-chan error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	return "http://" + l.Addr().String(), stop, done
}

// TestStop holds that a server that is told to stop ends its streams, and answers what it was asked before.
func TestStop(t *testing.T) {
	in := newArchive(t)
	s, err := serve.New(serve.Config{Archives: []serve.Named{{Name: "test", Archive: in, Count: uncounted}}, Guard: account.Local{Name: "Ida"}})
	if err != nil {
		t.Fatal(err)
	}
	address, stop, ended := running(t, s)
	res, err := http.Get(address + "/api/v1/archives/test/stream")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	stop()
	if _, err := io.ReadAll(res.Body); err != nil {
		t.Errorf("the stream broke off: %v", err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(8 * time.Second):
		t.Error("it does not stop")
	}
}

func TestNew(t *testing.T) {
	in := newArchive(t)
	for name, want := range map[string]string{"api": "no name", "a/b": "no name", "": "no name", "Крым": "no name", "crisis": ""} {
		_, err := serve.New(serve.Config{Archives: []serve.Named{{Name: name, Archive: in}}, Guard: anybody{}})
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := serve.New(serve.Config{Guard: anybody{}}); err == nil {
		t.Error("a server without archives")
	}
}

// uncounted is the count of an archive that nobody asks for.
func uncounted(context.Context) (serve.Counts, error) { return serve.Counts{}, nil }
