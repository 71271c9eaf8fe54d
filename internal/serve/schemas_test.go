package serve_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"

	"parley/internal/serve"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// promise is what the OpenAPI says that an operation answers.
type promise struct {
	method string
	path   *regexp.Regexp
	schema *jsonschema.Resolved
}

// promises are those of all operations that answer JSON.
var promises = sync.OnceValues(func() (all []promise, err error) {
	var described bytes.Buffer
	if err := serve.Describe(&described, "test"); err != nil {
		return nil, err
	}
	var spec struct {
		Paths map[string]map[string]struct {
			Responses map[string]struct {
				Content map[string]struct{ Schema json.RawMessage }
			}
		}
		Components struct{ Schemas json.RawMessage }
	}
	// A schema by itself refers to others within itself.
	text := bytes.ReplaceAll(described.Bytes(), []byte("#/components/schemas/"), []byte("#/$defs/"))
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, err
	}
	for path, methods := range spec.Paths {
		pattern := regexp.MustCompile("^" + regexp.MustCompile(`\\\{\w+\\\}`).ReplaceAllString(regexp.QuoteMeta(path), "[^/]+") + "$")
		for method, op := range methods {
			for status, response := range op.Responses {
				of := response.Content["application/json"].Schema
				if status[0] != '2' || of == nil {
					continue
				}
				var schema jsonschema.Schema
				if err := json.Unmarshal([]byte(`{"allOf":[`+string(of)+`],"$defs":`+string(spec.Components.Schemas)+`}`), &schema); err != nil {
					return nil, err
				}
				resolved, err := schema.Resolve(nil)
				if err != nil {
					return nil, err
				}
				all = append(all, promise{strings.ToUpper(method), pattern, resolved})
			}
		}
	}
	return all, nil
})

// fits holds an answer against what the OpenAPI says of it.
func (d *testDesk) fits(method, path string, a answer) {
	d.t.Helper()
	if a.status/100 != 2 || a.header.Get("Content-Type") != "application/json" || a.header.Get("Content-Encoding") != "" || a.body == "" {
		return
	}
	all, err := promises()
	if err != nil {
		d.t.Fatal(err)
	}
	for _, p := range all {
		if p.method != method || !p.path.MatchString(path) {
			continue
		}
		var got any
		if err := json.Unmarshal([]byte(a.body), &got); err != nil {
			d.t.Errorf("%s %s: %v", method, path, err)
		} else if err := p.schema.Validate(got); err != nil {
			d.t.Errorf("%s %s is not what the OpenAPI says: %.600v\n%.300s", method, path, err, a.body)
		}
	}
}

// TestEmptyAnswersFit asks an archive that holds nothing: where there is nothing to list, a list is empty and not null.
func TestEmptyAnswersFit(t *testing.T) {
	in, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "test.parley"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	d := newDesk(t, func(cfg *serve.Config) {
		cfg.Archives = []serve.Named{{Name: "test", Archive: in, Count: func(ctx context.Context) (serve.Counts, error) {
			stats, err := in.Count(ctx)
			return serve.Counts(stats), err
		}}}
	})
	for _, path := range []string{
		"", "articles", "statements", "events", "commitments", "contacts", "figures", "agreements", "places", "entries", "contradictions", "actors", "facets",
		"contacts/matrix", "figures/series", "commitments/board", "review", "search?q=x", "search", "today", "ceasefires", "decisions", "changes", "/api/v1/archives", "/api/v1/me",
	} {
		if res := d.get(path); res.status != http.StatusOK {
			t.Errorf("%s: %d %s", path, res.status, res.body)
		}
	}
}

// TestErasedAnswerFits asks for an article whose text is gone, which has no record.
func TestErasedAnswerFits(t *testing.T) {
	d := newDesk(t, nil)
	id := storetest.Story(2).Article.ID
	d.ask(http.MethodPost, "decisions", `{"verb":"erase","subject":"`+id+`","why":"a court says so"}`)
	if res := d.get("articles/" + id); !strings.Contains(res.body, `"record":null`) || !strings.Contains(res.body, `"state":"erased"`) {
		t.Errorf("%d %s", res.status, res.body)
	}
}

// TestKindsOfEntries tells entries apart by their kind, so that a client need not guess what an item is.
func TestKindsOfEntries(t *testing.T) {
	var described bytes.Buffer
	if err := serve.Describe(&described, "test"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"StatementEntry":{`, `"item":{"$ref":"#/components/schemas/Statement"}`, `"enum":["confirm","reject","doubt"]`, `"enum":["current","superseded","withdrawn","erased"]`,
		`"cue":{"anyOf":[{"$ref":"#/components/schemas/Words"},{"type":"null"}]}`, `"enum":["none","visitor","reader","contributor","reviewer","manager","admin"]`,
	} {
		if !strings.Contains(described.String(), want) {
			t.Errorf("the OpenAPI has no %s", want)
		}
	}
}
