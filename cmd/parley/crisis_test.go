package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"parley/internal/record"
	"parley/internal/store"
)

// crisisFolder holds a made-up crisis and, in planted.yaml, what an archive of it must find.
var crisisFolder = filepath.Join("..", "..", "testdata", "crisis")

// crisisFloor is the share of the planted facts that must hold, of those that the reader does not miss.
const crisisFloor = 0.80

// TestCrisis takes the crisis in as parley ingest does and holds every planted fact against the archive.
func TestCrisis(t *testing.T) {
	c := newCrisis(t)
	sections := []struct {
		name  string
		check func(*crisis, *ledger)
	}{
		{"articles", articleFacts}, {"copies", copyFacts}, {"origins", originFacts}, {"corroborated", corroborationFacts},
		{"contradictions", contradictionFacts}, {"no_contradiction", harmlessFacts}, {"commitments", commitmentFacts},
		{"identities", identityFacts}, {"corrections", correctionFacts}, {"kills", killFacts},
		{"ceasefire", ceasefireFacts}, {"decisions", decisionFacts},
	}
	hold, of := 0, 0
	for _, section := range sections {
		t.Run(section.name, func(t *testing.T) {
			l := &ledger{t: t}
			section.check(c, l)
			t.Logf("%d of %d facts hold; the reader misses %d more", l.hold, l.of, l.unread)
			hold, of = hold+l.hold, of+l.of
		})
	}
	t.Logf("%d of %d planted facts hold", hold, of)
	if float64(hold) < crisisFloor*float64(of) {
		t.Errorf("%d of %d planted facts hold, fewer than %.0f %%", hold, of, 100*crisisFloor)
	}
}

// mark says that a planted fact is known not to be found yet: by the reader, or by what comes after it.
type mark struct {
	Reader  string          `yaml:"reader"`
	Archive string          `yaml:"archive"`
	Because string          `yaml:"because"` // why the archive misses it
	Parts   map[string]mark // of parts of a fact, by their names here
}

// part is the mark of a part of a fact.
func (m mark) part(name string) mark { return m.or(m.Parts[name]) }

// or joins the marks of a fact and of what it rests on.
func (m mark) or(others ...mark) mark {
	for _, o := range others {
		if m.Reader == "" {
			m.Reader = o.Reader
		}
		if m.Archive == "" {
			m.Archive, m.Because = o.Archive, o.Because
		}
	}
	return m
}

// ledger runs the facts of one section, a subtest each, and counts those that hold.
type ledger struct {
	t                *testing.T
	hold, of, unread int
}

// fact checks one fact. One that is marked may fail; when it holds, the log says so.
func (l *ledger) fact(name string, m mark, check func() error) {
	l.t.Run(name, func(t *testing.T) {
		err := check()
		switch {
		case m.Reader != "":
			l.unread++
		case err == nil:
			l.hold, l.of = l.hold+1, l.of+1
		default:
			l.of++
		}
		switch marked := m.Reader != "" || m.Archive != ""; {
		case m.Archive != "" && m.Because == "":
			t.Error("archive: misses wants a because")
		case marked && err == nil:
			t.Log("holds now: take the mark away")
		case marked:
			t.Skipf("known: %v", err)
		case err != nil:
			t.Error(err)
		}
	})
}

// crisis is the archive of the planted crisis and what is to be found in it.
type crisis struct {
	planted
	ctx      context.Context // of the whole test
	path     string
	in       *store.Store
	articles map[string]record.Article           // by their ids in planted.yaml, with their texts
	entries  map[record.ID][]record.Entry        // by article: all, also of articles that no longer stand
	byID     map[record.ID]record.Entry          // the same
	links    []record.Link                       // of current articles
	inside   map[record.ID]*record.Contradiction // those inside one current article
}

func newCrisis(t *testing.T) *crisis {
	t.Helper()
	c := &crisis{ctx: t.Context(), path: filepath.Join(t.TempDir(), "crisis.parley")}
	data, err := os.ReadFile(filepath.Join(crisisFolder, "planted.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&c.planted); err != nil {
		t.Fatalf("reading planted.yaml: %v", err)
	}
	takeIn(t, c.path)
	if c.in, err = (archiveArg{c.path}).open(c.ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.in.Close() })
	if err := errors.Join(c.loadArticles(), c.loadEntries(), c.loadLinks()); err != nil {
		t.Fatal(err)
	}
	return c
}

// takeIn runs parley ingest: once over all that names its own publisher, once over the plain text that cannot.
func takeIn(t *testing.T, path string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(crisisFolder, "[0-9]*"))
	if err != nil || len(files) < 17 {
		t.Fatalf("%d files of the crisis, error %v", len(files), err)
	}
	plain := slices.IndexFunc(files, func(f string) bool { return strings.HasSuffix(f, ".txt") })
	mail := files[plain]
	_, err = parley(exitOK, append([]string{"ingest", path}, slices.Delete(files, plain, plain+1)...)...)
	if err == nil {
		_, err = parley(exitOK, "ingest", path, mail, "--publisher", "Evening Mail")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// parley runs a command as the command line does and returns what it prints. Another exit code is an error.
func parley(code int, args ...string) (string, error) {
	var out, log bytes.Buffer
	if got := run(args, streams{strings.NewReader(""), &out, &log}); got != code {
		return "", fmt.Errorf("parley %s: exit code %d, want %d: %s", strings.Join(args, " "), got, code, log.String())
	}
	return out.String(), nil
}

// parleyJSON decodes what a command prints.
func parleyJSON(into any, args ...string) error {
	out, err := parley(exitOK, append(args, "--format", "json")...)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(out), into)
}

// loadArticles finds the planted articles: by address and time, or by file where they have no address.
func (c *crisis) loadArticles() error {
	c.articles = map[string]record.Article{}
	for art, err := range c.in.Articles(c.ctx, record.ArticleQuery{States: []string{record.Current, record.Superseded, record.Withdrawn}}) {
		if err != nil {
			return err
		}
		for _, p := range c.Articles {
			same := p.URL == art.URL && atOnce(p.Published, art.Published)
			if p.URL == "" {
				same = strings.Contains(art.Location, p.File)
			}
			if !same || art.RawHash == "" {
				continue
			}
			if _, twice := c.articles[p.ID]; twice {
				return fmt.Errorf("two articles are %s", p.ID)
			}
			if art, err = c.in.Article(c.ctx, record.ID(art.ID)); err != nil {
				return err
			}
			c.articles[p.ID] = art
		}
	}
	return nil
}

// atOnce says whether two times are one, however they are written.
func atOnce(a, b string) bool {
	x, errX := time.Parse(time.RFC3339, a)
	y, errY := time.Parse(time.RFC3339, b)
	return a == b || errX == nil && errY == nil && x.Equal(y)
}

func (c *crisis) loadEntries() error {
	c.entries, c.byID = map[record.ID][]record.Entry{}, map[record.ID]record.Entry{}
	c.inside = map[record.ID]*record.Contradiction{}
	all, err := c.list(record.Query{Superseded: true})
	if err != nil {
		return err
	}
	for _, e := range all {
		c.entries[e.Article] = append(c.entries[e.Article], e)
		c.byID[e.ID] = e
	}
	inside, err := c.list(record.Query{Kinds: []string{"contradiction"}})
	for _, e := range inside {
		x := &record.Contradiction{}
		if err := json.Unmarshal(e.Item, x); err != nil {
			return fmt.Errorf("decoding %s: %w", e.ID, err)
		}
		c.inside[e.ID] = x
	}
	return err
}

// list is all pages of a query.
func (c *crisis) list(q record.Query) ([]record.Entry, error) {
	var out []record.Entry
	for q.Limit = 1000; ; {
		page, err := c.in.Entries(c.ctx, q)
		if err != nil {
			return nil, err
		}
		out = append(out, page.Entries...)
		if q.Cursor = page.Next; q.Cursor == "" {
			return out, nil
		}
	}
}

func (c *crisis) loadLinks() error {
	for q := (record.LinkQuery{Limit: 1000}); ; {
		page, next, err := c.in.Links(c.ctx, q)
		if err != nil {
			return err
		}
		c.links = append(c.links, page...)
		if q.Cursor = next; next == "" {
			return nil
		}
	}
}

// span is where a quotation stands in its article.
func (c *crisis) span(p place) (record.Span, error) {
	art, ok := c.articles[p.Article]
	switch n := strings.Count(art.Text, p.Quote); {
	case !ok:
		return record.Span{}, fmt.Errorf("no article %s in the archive", p.Article)
	case n != 1:
		return record.Span{}, fmt.Errorf("%q stands %d times in %s", p.Quote, n, p.Article)
	}
	start := utf8.RuneCountInString(art.Text[:strings.Index(art.Text, p.Quote)])
	return record.Span{start, start + utf8.RuneCountInString(p.Quote)}, nil
}

// at are the entries of a kind that overlap a quotation; an empty kind is any but actors and places.
func (c *crisis) at(p place, kinds ...string) ([]record.Entry, error) {
	span, err := c.span(p)
	if err != nil {
		return nil, err
	}
	var out []record.Entry
	for _, e := range c.entries[record.ID(c.articles[p.Article].ID)] {
		wanted := slices.Contains(kinds, e.Kind) || len(kinds) == 0 && e.Kind != "actor" && e.Kind != "place"
		if wanted && e.Span[0] < span[1] && span[0] < e.Span[1] {
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no %s at %q in %s", strings.Join(kinds, " or "), p.Quote, p.Article)
	}
	return out, nil
}

func ids(entries []record.Entry) []record.ID {
	var out []record.ID
	for _, e := range entries {
		out = append(out, e.ID)
	}
	return out
}

// instantOf reads a time of planted.yaml.
func instantOf(text string) (time.Time, error) {
	var i instant
	err := i.UnmarshalText([]byte(text))
	return time.Time(i), err
}
