package ingest

import (
	"context"
	"fmt"
	"iter"
	"net/url"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/internal/record"
	"parley/internal/source"
)

// Archive is what articles are taken into.
type Archive interface {
	record.Reader
	record.Writer
}

// Options say how articles are taken in.
type Options struct {
	Workers int              // articles read at the same time; at least one
	Batch   int              // articles written together; 0 is 32
	Now     func() time.Time // when an article counts as fetched where its source does not say; nil is time.Now
	Done    func(Outcome)    // called after each article, in order; nil: not called
}

// Outcome is what became of one item.
type Outcome struct {
	Article record.ID
	At      time.Time // when the article was known
	What    What
	Err     error // for Failed: what was wrong with the input
}

// What became of an item.
type What string

// The outcomes.
const (
	Added    What = "added"
	Known    What = "known"    // it was there already
	Replaced What = "replaced" // added in place of an earlier version
	Older    What = "older"    // added, but a later version is there
	Killed   What = "killed"   // its publisher withdrew it
	Failed   What = "failed"   // it could not be read
)

// Ingest reads the items and keeps them with their records. What is in the archive already is passed over without
// being read, so that a run that was cut off is taken up again by the same call, and a second run changes nothing.
// Items that cannot be read are told to Done and passed over; the error is one of the archive, or ctx's.
//
// An item is a later version of an article when its publisher says so (the same GUID, or Replaces) or when it has the
// same address and other words. The article with the later time stands; the other is superseded.
func (p *Pipeline) Ingest(ctx context.Context, items iter.Seq2[source.Item, error], into Archive, opt Options) error {
	in := &intake{pipe: p, into: into, opt: opt, versions: map[string]record.ID{}}
	if in.opt.Batch <= 0 {
		in.opt.Batch = 32
	}
	if in.opt.Now == nil {
		in.opt.Now = time.Now
	}
	var fresh []*arrival
	for item, err := range items {
		if ctx.Err() != nil {
			break
		}
		fresh = append(fresh, in.arrive(item, err))
		if len(fresh) == in.opt.Batch {
			if err := in.keep(ctx, fresh); err != nil {
				return err
			}
			fresh = nil
		}
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("taking articles in: %w", err)
	}
	return in.keep(ctx, fresh)
}

// intake is one run.
type intake struct {
	pipe *Pipeline
	into Archive
	opt  Options
	// versions are the articles of this run's batch by GUID and address: the archive does not have them yet.
	versions map[string]record.ID
	batch    map[record.ID]*arrival
}

// arrival is an item on its way in.
type arrival struct {
	record.Arrival
	item source.Item
	what What
	err  error
}

func (in *intake) arrive(item source.Item, err error) *arrival {
	if err != nil {
		return &arrival{what: Failed, err: err}
	}
	a := &arrival{item: item, what: Added}
	art := &a.Article
	art.Document = record.DocumentOf(item.Doc)
	art.ID = string(record.ArticleID(&art.Document))
	art.TextHash, art.RawHash = record.TextHash(art.Text), record.TextHash(item.Raw)
	art.MediaType, art.Location, art.Headers, art.GUID = item.MediaType, item.Location, item.Headers, item.GUID
	art.State = record.Current
	if art.Fetched = item.Fetched.UTC(); item.Fetched.IsZero() {
		art.Fetched = in.opt.Now().UTC()
	}
	art.Known = art.Fetched
	if t, ok := art.PublishedAt(); ok {
		art.Known = t
	}
	a.Raw = item.Raw
	if killed(item) {
		a.what = Killed
	}
	return a
}

// killed says whether the publisher takes the article back (IPTC pubStatus).
func killed(item source.Item) bool { return item.Status == "canceled" || item.Status == "withheld" }

// keep reads what is new of a batch and writes it, all or none.
func (in *intake) keep(ctx context.Context, batch []*arrival) error {
	if err := in.passOver(ctx, batch); err != nil {
		return err
	}
	if err := in.readAll(ctx, batch); err != nil {
		return err
	}
	in.versions, in.batch = map[string]record.ID{}, map[record.ID]*arrival{}
	var put []record.Arrival
	var kills []record.Judgement
	for _, a := range batch {
		if a.what == Known || a.what == Failed {
			continue
		}
		kill, err := in.place(ctx, a)
		if err != nil {
			return err
		}
		kills = append(kills, kill...)
		put = append(put, a.Arrival)
	}
	if err := in.into.Put(ctx, put); err != nil {
		return fmt.Errorf("keeping %d articles: %w", len(put), err)
	}
	for _, kill := range kills {
		if _, err := in.into.Judge(ctx, kill); err != nil {
			return fmt.Errorf("withdrawing %s: %w", kill.Subject, err)
		}
	}
	for _, a := range batch {
		if in.opt.Done != nil {
			in.opt.Done(Outcome{record.ID(a.Article.ID), a.Article.Known, a.what, a.err})
		}
	}
	return nil
}

// passOver marks what the archive, or the batch itself, has already.
func (in *intake) passOver(ctx context.Context, batch []*arrival) error {
	var ids []record.ID
	seen := map[record.ID]bool{}
	for _, a := range batch {
		id := record.ID(a.Article.ID)
		switch {
		case a.what == Failed:
		case seen[id]:
			a.what = Known
		default:
			seen[id] = true
			ids = append(ids, id)
		}
	}
	there, err := in.into.Has(ctx, ids)
	if err != nil {
		return fmt.Errorf("looking up articles: %w", err)
	}
	for _, a := range batch {
		if a.what != Failed && there[record.ID(a.Article.ID)] {
			a.what = Known
		}
	}
	return nil
}

// place finds out which version of an article this is, and what it does to the others.
func (in *intake) place(ctx context.Context, a *arrival) ([]record.Judgement, error) {
	others, err := in.others(ctx, a)
	if err != nil {
		return nil, err
	}
	var kills []record.Judgement
	id := record.ID(a.Article.ID)
	for _, other := range others {
		switch {
		case a.what == Killed:
			kills = append(kills, record.Judgement{Who: "parley", Verb: "withdraw", Subject: record.ID(other.ID), Object: id, Why: "killed by its publisher"})
		case other.State == record.Withdrawn && other.Text == "" && !a.Article.Known.After(other.Known):
			a.Article.State, a.Article.StateReason = record.Withdrawn, "killed by its publisher"
			a.what = Killed
		case a.Article.Known.Before(other.Known):
			a.Article.State, a.Article.SupersededBy = record.Superseded, record.ID(other.ID)
			a.what = Older
		default:
			a.Supersedes = append(a.Supersedes, record.ID(other.ID))
			a.what = Replaced
		}
	}
	if a.what == Killed {
		a.Article.State, a.Article.StateReason = record.Withdrawn, "killed by its publisher"
	}
	in.batch[id] = a
	for _, key := range versionKeys(a) {
		in.versions[key] = id
	}
	return kills, nil
}

// others are the other versions of an article, of the archive and of the batch, that stand now.
func (in *intake) others(ctx context.Context, a *arrival) ([]record.Article, error) {
	var out []record.Article
	seen := map[string]bool{a.Article.ID: true}
	add := func(art record.Article) {
		if !seen[art.ID] {
			seen[art.ID] = true
			out = append(out, art)
		}
	}
	for _, key := range versionKeys(a) {
		if id, ok := in.versions[key]; ok && in.batch[id].Article.State == record.Current {
			add(in.batch[id].Article)
			continue
		}
		kind, value, _ := strings.Cut(key, " ")
		q := record.ArticleQuery{States: []string{record.Current, record.Withdrawn}}
		if kind == "guid" {
			q.GUID = value
		} else {
			q.URL = value
		}
		for art, err := range in.into.Articles(ctx, q) {
			if err != nil {
				return nil, fmt.Errorf("looking up other versions of %s: %w", a.Article.ID, err)
			}
			if art.State == record.Current || art.Text == "" {
				add(art)
			}
		}
	}
	return out, nil
}

// versionKeys are what versions of one article share: the publisher's own name for it, those it says it replaces, and
// its address, unless that is only a site's front page.
func versionKeys(a *arrival) []string {
	var keys []string
	if a.Article.GUID != "" {
		keys = append(keys, "guid "+a.Article.GUID)
	}
	for _, guid := range a.item.Replaces {
		keys = append(keys, "guid "+guid)
	}
	if page, err := url.Parse(a.Article.URL); err == nil && page.Host != "" && (strings.Trim(page.Path, "/") != "" || page.RawQuery != "") {
		keys = append(keys, "url "+a.Article.URL)
	}
	return keys
}

// readAll makes the records of what is new in a batch, several at a time.
func (in *intake) readAll(ctx context.Context, batch []*arrival) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(in.opt.Workers, 1))
	for _, a := range batch {
		if a.what == Known || a.what == Failed {
			continue
		}
		group.Go(func() error {
			in.read(a)
			return ctx.Err()
		})
	}
	return group.Wait()
}

// read makes the record of one arrival. A kill may come without a text; its record is empty.
func (in *intake) read(a *arrival) {
	switch {
	case a.Article.Text != "":
		a.Record, a.err = in.pipe.Record(a.item.Doc)
	case a.what == Killed:
		a.Record = record.Empty(a.Article.Document)
		a.Record.Model, a.Record.Rules = in.pipe.Model, in.pipe.Rules
	default:
		a.err = fmt.Errorf("reading %s: no text in it", a.Article.Location)
	}
	if a.err != nil {
		a.what = Failed
		return
	}
	record.Adopt(a.Record, record.ID(a.Article.ID), nil)
}
