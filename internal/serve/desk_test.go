package serve_test

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"parley/internal/account"
	"parley/internal/record"
	"parley/internal/serve"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestMain fails when no test has called an operation of the OpenAPI with success. It says nothing of runs of single tests.
func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if code == 0 && flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.bench").Value.String() == "" {
		for id := range called.known {
			if !called.done[id] {
				fmt.Printf("no test calls the operation %s with success\n", id)
				code = 1
			}
		}
	}
	os.Exit(code)
}

// called are the operations that servers of tests know, and those that were called with success.
var called = struct {
	sync.Mutex
	known, done map[string]bool
}{known: map[string]bool{}, done: map[string]bool{}}

// noteCalls notes at the end of a test what a server was asked.
func noteCalls(t *testing.T, h http.Handler) {
	t.Cleanup(func() {
		ask := func(path string) string {
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1"+path, nil)
			h.ServeHTTP(w, r)
			return w.Body.String()
		}
		called.Lock()
		defer called.Unlock()
		for _, m := range regexp.MustCompile(`"operationId":"([^"]+)"`).FindAllStringSubmatch(ask("/openapi.json"), -1) {
			called.known[m[1]] = true
		}
		for _, m := range regexp.MustCompile(`parley_http_requests_total\{method="\w+",operation="([^"]+)",status="2\d\d"\}`).FindAllStringSubmatch(ask("/metrics"), -1) {
			called.done[m[1]] = true
		}
	})
}

// testDesk is a server over a small archive called test, and somebody at this machine who asks it.
type testDesk struct {
	t     *testing.T
	url   string // of the archive
	root  string
	store *store.Store
}

const stories = 12

// newDesk serves an archive of twelve stories, the first two of which were compared.
func newDesk(t *testing.T, change func(*serve.Config)) *testDesk {
	t.Helper()
	in := newArchive(t)
	cfg := serve.Config{
		Archives: []serve.Named{{Name: "test", Archive: in, Count: func(ctx context.Context) (serve.Counts, error) {
			stats, err := in.Count(ctx)
			return serve.Counts(stats), err
		}}},
		Guard: account.Local{Name: "Ida"}, Version: "test", Understand: storetest.Understand,
		Pages: fstest.MapFS{"index.html": {Data: []byte("<!doctype html><title>Parley</title>")}, "assets/app-1a2b.js": {Data: []byte("export {}")}},
		Status: func(err error) int {
			return map[bool]int{true: http.StatusUnprocessableEntity}[strings.Contains(err.Error(), store.ErrInvalid.Error())]
		},
	}
	if change != nil {
		change(&cfg)
	}
	s, err := serve.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	noteCalls(t, s.Handler())
	return &testDesk{t, server.URL + "/api/v1/archives/test", server.URL, in}
}

func newArchive(t *testing.T) *store.Store {
	t.Helper()
	in, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "test.parley"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	fill(t, in)
	return in
}

// fill takes the stories in and compares the first two.
func fill(t *testing.T, in *store.Store) {
	t.Helper()
	var all []record.Arrival
	for i := range stories {
		all = append(all, storetest.WithMeanings(storetest.Story(i)))
	}
	if err := in.Put(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	found := storetest.Findings(all[0], all[1])
	found.Links = append(found.Links, record.Link{ID: record.NewID("l", "figures"), Kind: record.Conflict, Type: "number", A: all[0].Record.Figures[0].ID,
		B: all[1].Record.Figures[0].ID, Reason: "1000 and 1001", Confidence: 0.6, Known: all[1].Article.Known})
	if err := in.Reconcile(t.Context(), found); err != nil {
		t.Fatal(err)
	}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// ask sends a request; a path that begins with a slash is from the root, others are of the archive.
func (d *testDesk) ask(method, path, body string, headers ...string) answer {
	d.t.Helper()
	address := strings.TrimSuffix(d.url+"/"+path, "/")
	if strings.HasPrefix(path, "/") {
		address = d.root + path
	}
	req, err := http.NewRequestWithContext(d.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if req.Header.Set(headers[i], headers[i+1]); headers[i] == "Host" {
			req.Host = headers[i+1]
		}
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatalf("%s %s: %v", method, path, err)
	}
	a := answer{res.StatusCode, res.Header, string(data)}
	d.fits(method, req.URL.Path, a)
	return a
}

func (d *testDesk) get(path string, headers ...string) answer {
	d.t.Helper()
	return d.ask(http.MethodGet, path, "", headers...)
}

// list asks for a list and decodes it.
func list[T any](d *testDesk, path string) T {
	d.t.Helper()
	var out T
	res := d.get(path)
	if err := json.Unmarshal([]byte(res.body), &out); err != nil || res.status != http.StatusOK {
		d.t.Fatalf("%s: %d %v\n%s", path, res.status, err, res.body)
	}
	return out
}

// problem checks that an answer is a problem (RFC 9457) of a status, and says something.
func (a answer) problem(t *testing.T, status int, words string) {
	t.Helper()
	var p struct {
		Title, Detail string
		Status        int
	}
	err := json.Unmarshal([]byte(a.body), &p)
	if a.status != status || p.Status != status || p.Title == "" || a.header.Get("Content-Type") != "application/problem+json" || err != nil || !strings.Contains(a.body, words) {
		t.Errorf("%d %s, not a problem %d with %q: %s", a.status, a.header.Get("Content-Type"), status, words, a.body)
	}
	if a.header.Get("ETag") != "" {
		t.Error("a problem has an ETag")
	}
}

// events reads server-sent events until there are n, or the time is up.
func (d *testDesk) events(path string, n int, while func(), headers ...string) (events []string) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.url+"/"+path, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
		d.t.Fatalf("a stream of %s", got)
	}
	lines := bufio.NewScanner(res.Body)
	lines.Scan() // the greeting: it is open now
	while()
	for len(events) < n && lines.Scan() {
		if line := lines.Text(); line != "" && !strings.HasPrefix(line, ":") {
			events = append(events, line)
		}
	}
	return events
}
