package serve_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/internal/account"
	"parley/internal/record"
	"parley/internal/serve"
)

// TestCompare takes an article out, puts it back, and says that two are copies: only the last asks for a comparison.
func TestCompare(t *testing.T) {
	in, compared := newArchive(t), make(chan struct{}, 10)
	var articles []string
	for a, err := range in.Articles(t.Context(), record.ArticleQuery{Limit: 2}) {
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, a.ID)
	}
	named := serve.Named{Name: "test", Archive: in, Count: uncounted, Compare: func(context.Context) error { compared <- struct{}{}; return nil }}
	s, err := serve.New(serve.Config{Archives: []serve.Named{named}, Guard: account.Local{Name: "Ida"}})
	if err != nil {
		t.Fatal(err)
	}
	address, stop, ended := running(t, s)
	post := func(body string) {
		t.Helper()
		res, err := http.Post(address+"/api/v1/archives/test/decisions", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if said, _ := io.ReadAll(res.Body); res.StatusCode != http.StatusCreated {
			t.Fatalf("%d %s", res.StatusCode, said)
		}
	}
	post(`{"verb":"withdraw","subject":"` + articles[0] + `","why":"taken down"}`)
	post(`{"verb":"restore","subject":"` + articles[0] + `","why":"back again"}`)
	post(`{"verb":"same_origin","subject":"` + articles[0] + `","object":"` + articles[1] + `","why":"one wrote off the other"}`)
	select {
	case <-compared:
	case <-time.After(8 * time.Second):
		t.Error("a decision on origins compared nothing")
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if n := len(compared); n != 0 {
		t.Errorf("%d comparisons more than asked for", n)
	}
}
