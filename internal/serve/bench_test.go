package serve_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/internal/account"
	"parley/internal/serve"
	"parley/internal/store"
)

// readers ask at once, each for the next list as soon as it has one.
const readers = 50

// BenchmarkLists has 50 readers ask for lists of an archive over HTTP: those that everybody looks at, and lists that
// nobody has asked for before. PARLEY_BENCH_ARCHIVE names the archive. It reports the time
// within which 99 of 100 answers came; every answer has to be 200.
func BenchmarkLists(b *testing.B) {
	path := os.Getenv("PARLEY_BENCH_ARCHIVE")
	if path == "" {
		b.Skip("PARLEY_BENCH_ARCHIVE names no archive")
	}
	in, err := store.Open(b.Context(), path, store.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	s, err := serve.New(serve.Config{Archives: []serve.Named{{Name: "test", Archive: in}}, Guard: account.Local{Name: "Ida"}})
	if err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	lists := []string{"statements?", "events?", "commitments?", "contacts?", "figures?", "contradictions?", "articles?", "statements?q=ceasefire&", "statements?label=deny&",
		"entries?kind=figure&kind=event&"}
	b.Run("looked-at", func(b *testing.B) {
		load(b, server.URL, func(n int) string { return lists[n%len(lists)] })
	})
	b.Run("new", func(b *testing.B) {
		load(b, server.URL, func(n int) string {
			at := time.Now().Add(time.Duration(n) * time.Second).UTC().Format(time.RFC3339)
			return lists[n%len(lists)] + "to=" + at
		})
	})
}

// load asks b.N times.
func load(b *testing.B, root string, list func(n int) string) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers}}
	work := make(chan int)
	var mu sync.Mutex
	var took []time.Duration
	var wait sync.WaitGroup
	for range readers {
		wait.Go(func() {
			for n := range work {
				begun := time.Now()
				if err := fetch(client, root+"/api/v1/archives/test/"+list(n)); err != nil {
					b.Error(err)
				}
				mu.Lock()
				took = append(took, time.Since(begun))
				mu.Unlock()
			}
		})
	}
	b.ResetTimer()
	for n := range b.N {
		work <- n
	}
	close(work)
	wait.Wait()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

func fetch(client *http.Client, url string) error {
	res, err := client.Get(url)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, res.Status)
	}
	_, err = io.Copy(io.Discard, res.Body)
	return err
}
