package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"runtime/debug"
	"slices"
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
	// Pending: of a Known article, that it was never compared with the others, because a run was cut off before.
	Pending bool
	// Undated: of an Added article, that it does not say when it was published, so that "Sunday" in it has no date and it
	// counts as known from when it was fetched.
	Undated bool
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

// batchBytes bounds what a batch holds in memory, whatever the number of its articles.
const batchBytes = 16 << 20

// Ingest reads the items and keeps them with their records. What is in the archive already is passed over without
// being read, so that a run that was cut off is taken up again by the same call, and a second run changes nothing.
// Items that cannot be read are told to Done and passed over; the error is one of the archive, or ctx's.
//
// An item is a later version of an article when its publisher says so (the same GUID, or Replaces) or when it has the
// same address and other words. The article with the later time stands; the other is superseded. A kill withdraws
// the versions up to its time, also those that come after it; only one that says it is later than the kill stands.
func (p *Pipeline) Ingest(ctx context.Context, items iter.Seq2[source.Item, error], into Archive, opt Options) error {
	in := &intake{pipe: p, into: into, opt: opt}
	if in.opt.Batch <= 0 {
		in.opt.Batch = 32
	}
	if in.opt.Now == nil {
		in.opt.Now = time.Now
	}
	var batch []*arrival
	size := 0
	for item, err := range items {
		if ctx.Err() != nil {
			break
		}
		a := in.arrive(item, err)
		if a == nil {
			continue
		}
		batch = append(batch, a)
		if size += len(item.Raw); len(batch) >= in.opt.Batch || size > batchBytes {
			if err := in.keep(ctx, batch); err != nil {
				return err
			}
			batch, size = nil, 0
		}
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("taking articles in: %w", err)
	}
	return in.keep(ctx, batch)
}

// intake is one run.
type intake struct {
	pipe *Pipeline
	into Archive
	opt  Options
	list string // the last list of addresses that came
}

// arrival is an item on its way in.
type arrival struct {
	record.Arrival
	item    source.Item
	kill    bool     // its publisher takes the article back
	known   bool     // it is there already
	pending bool     // it is there, but not compared
	twin    *arrival // the same article, earlier in the batch
	what    What
	err     error
}

// id is the article's.
func (a *arrival) id() record.ID { return record.ID(a.Article.ID) }

// arrive makes an arrival of an item; nil for one of which all has been said.
func (in *intake) arrive(item source.Item, err error) *arrival {
	if err == nil && (item.Status == source.Link || item.Status == source.Feed) {
		if item.Location == in.list {
			return nil
		}
		in.list = item.Location
		err = &source.Error{Name: in.list, Kind: source.ErrEmpty, Detail: "it is a list of addresses", Hint: "give it to parley watch, or fetch the pages it names"}
	}
	if err != nil {
		return &arrival{err: err}
	}
	a := &arrival{item: item, what: Added, kill: item.Killed()}
	art := &a.Article
	art.Document = record.DocumentOf(item.Doc)
	art.TextHash, art.RawHash = record.TextHash(art.Text), record.TextHash(item.Raw)
	art.MediaType, art.Location, art.Headers, art.GUID, art.Replaces = item.MediaType, item.Location, item.Headers, item.GUID, item.Replaces
	art.State = record.Current
	art.ID = string(record.ArticleID(&art.Document))
	if art.Text == "" { // a kill is told apart by what it kills
		parts := append([]string{art.ID, art.GUID}, item.Replaces...)
		art.ID = string(record.NewID("d", parts...))
	}
	if art.Fetched = item.Fetched.UTC(); item.Fetched.IsZero() {
		art.Fetched = in.opt.Now().UTC()
	}
	art.Known = art.Fetched
	if t, ok := art.PublishedAt(); ok {
		art.Known = t
	}
	a.Raw, a.Address = item.Raw, address(art.URL)
	if a.kill {
		art.State, art.StateReason, a.what = record.Withdrawn, record.Killed, Killed
	}
	switch {
	case art.Text == "" && !a.kill:
		a.err = &source.Error{Name: art.Location, Kind: source.ErrEmpty}
	case art.Text == "" && len(versionKeys(a)) == 0:
		a.err = fmt.Errorf("reading %s: it kills an article but does not say which", art.Location)
	}
	return a
}

// keep reads what is new of a batch and writes it. What is the same article, or another version of it, is written one
// after the other, so that each finds in the archive what came before it.
func (in *intake) keep(ctx context.Context, batch []*arrival) error {
	if err := in.passOver(ctx, batch); err != nil {
		return err
	}
	if err := in.readAll(ctx, batch); err != nil {
		return fmt.Errorf("reading articles: %w", err)
	}
	for len(batch) > 0 {
		n := together(batch)
		if err := in.write(ctx, batch[:n]); err != nil {
			return err
		}
		batch = batch[n:]
	}
	return nil
}

// together is how many arrivals from the first on are of different articles. A kill, which is carried out after its group
// is written, is the last of it.
func together(batch []*arrival) int {
	seen := map[string]bool{}
	for n, a := range batch {
		if a.err != nil {
			continue
		}
		keys := append(versionKeys(a), "id "+a.Article.ID)
		if slices.ContainsFunc(keys, func(key string) bool { return seen[key] }) {
			return n
		}
		if a.kill {
			return n + 1
		}
		for _, key := range keys {
			seen[key] = true
		}
	}
	return len(batch)
}

// write keeps arrivals of different articles, all or none, and then carries out the kill among them. Where a run was
// cut off between the two, the kill is known and is carried out the next time.
func (in *intake) write(ctx context.Context, group []*arrival) error {
	var put []record.Arrival
	var fresh []*arrival
	for _, a := range group {
		if a.twin != nil && a.twin.err != nil {
			a.err = a.twin.err
		}
		if a.err != nil || a.known {
			continue
		}
		put, fresh = append(put, a.Arrival), append(fresh, a)
	}
	if err := in.into.Put(ctx, put); err != nil {
		return fmt.Errorf("keeping %d articles: %w", len(put), err)
	}
	for i, a := range fresh {
		a.Arrival = put[i]
		a.placed()
	}
	for _, a := range group {
		if a.err == nil && a.kill {
			if err := in.withdraw(ctx, a); err != nil {
				return fmt.Errorf("carrying out the kill %s: %w", a.Article.ID, err)
			}
		}
		in.tell(a)
	}
	return nil
}

func (in *intake) tell(a *arrival) {
	if a.err != nil {
		a.what = Failed
	}
	if in.opt.Done != nil {
		in.opt.Done(Outcome{a.id(), a.Article.Known, a.what, a.err, a.pending, a.what != Known && a.err == nil && a.Article.Published == ""})
	}
}

// passOver marks what the archive, or the batch itself, has already.
func (in *intake) passOver(ctx context.Context, batch []*arrival) error {
	var ids []record.ID
	first := map[record.ID]*arrival{}
	for _, a := range batch {
		switch {
		case a.err != nil:
		case first[a.id()] != nil:
			a.twin, a.known, a.what = first[a.id()], true, Known
		default:
			first[a.id()] = a
			ids = append(ids, a.id())
		}
	}
	there, err := in.into.Has(ctx, ids)
	if err != nil {
		return fmt.Errorf("looking up articles: %w", err)
	}
	for _, id := range ids {
		if a := first[id]; there[id] {
			a.known, a.what = true, Known
			if err := in.look(ctx, a); err != nil {
				return fmt.Errorf("looking up article %s: %w", id, err)
			}
		}
	}
	return nil
}

// look finds out whether a known article was compared with the others: then it has passages.
func (in *intake) look(ctx context.Context, a *arrival) error {
	passages, err := in.into.Passages(ctx, a.id())
	if err != nil || len(passages) > 0 {
		return err
	}
	art, err := in.into.Article(ctx, a.id())
	a.pending = art.State == record.Current
	if err == nil && !a.kill {
		a.Article.Known = art.Known
	}
	return err
}

// placed says what became of an article that was kept.
func (a *arrival) placed() {
	switch {
	case a.Article.State == record.Withdrawn:
		a.what = Killed
	case a.Article.State == record.Superseded:
		a.what = Older
	case len(a.Supersedes) > 0:
		a.what = Replaced
	}
}

// isAfter says whether an article claims to be later than a kill. One that bears no date does not.
func isAfter(art *record.Article, kill time.Time) bool {
	published, ok := art.PublishedAt()
	return ok && published.After(kill)
}

// withdraw takes out what a kill is about. What a person put back after it stays.
func (in *intake) withdraw(ctx context.Context, kill *arrival) error {
	about, err := in.versions(ctx, kill)
	if err != nil {
		return err
	}
	own, err := in.into.Article(ctx, kill.id()) // it may have come as an article before
	if err != nil {
		return err
	}
	for _, art := range append(about, own) {
		if art.State != record.Current || isAfter(&art, kill.Article.Known) {
			continue
		}
		j := record.Judgement{Who: "parley", Verb: "withdraw", Subject: record.ID(art.ID), Why: record.Killed}
		if j.Subject != kill.id() {
			j.Object = kill.id()
		}
		done, err := in.decided(ctx, j)
		if err != nil {
			return err
		}
		if done {
			continue
		}
		if _, err := in.into.Judge(ctx, j); err != nil && !in.gone(ctx, j.Subject) {
			return err
		}
		kill.what = Killed
	}
	return nil
}

// decided says whether a decision stands in the log already.
func (in *intake) decided(ctx context.Context, j record.Judgement) (bool, error) {
	for old, err := range in.into.Judgements(ctx, record.JudgementQuery{Subject: j.Subject, Verbs: []string{j.Verb}}) {
		if err != nil {
			return false, err
		}
		if old.Who == j.Who && old.Subject == j.Subject && old.Object == j.Object {
			return true, nil
		}
	}
	return false, nil
}

// gone says whether somebody else has taken an article out meanwhile.
func (in *intake) gone(ctx context.Context, id record.ID) bool {
	art, err := in.into.Article(ctx, id)
	return err == nil && art.State != record.Current
}

// versions are the other versions of an article that the archive has: those that stand, and those taken out.
func (in *intake) versions(ctx context.Context, a *arrival) ([]record.Article, error) {
	var out []record.Article
	seen := map[string]bool{a.Article.ID: true}
	for _, key := range versionKeys(a) {
		q := record.ArticleQuery{States: []string{record.Current, record.Withdrawn}}
		if kind, value, _ := strings.Cut(key, " "); kind == "guid" {
			q.GUID = value
		} else {
			q.URL = value
		}
		for art, err := range in.into.Articles(ctx, q) {
			if err != nil {
				return nil, fmt.Errorf("looking up other versions of %s: %w", a.Article.ID, err)
			}
			if !seen[art.ID] {
				seen[art.ID] = true
				out = append(out, art)
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
	if a.Address != "" {
		keys = append(keys, "url "+a.Address)
	}
	return keys
}

// address is the one that all versions of an article have; empty when it is only a site's front page.
func address(of string) string {
	if page, err := url.Parse(of); err == nil && page.Host != "" && (strings.Trim(page.Path, "/") != "" || page.RawQuery != "") {
		return of
	}
	return ""
}

// readAll makes the records of what is new in a batch, several at a time. When ctx ends, it does not wait for articles
// that are being read: a long one may take minutes.
func (in *intake) readAll(ctx context.Context, batch []*arrival) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		var group errgroup.Group
		group.SetLimit(max(in.opt.Workers, 1))
		for _, a := range batch {
			if ctx.Err() == nil && !a.known && a.err == nil {
				group.Go(func() error {
					in.read(a)
					return nil
				})
			}
		}
		_ = group.Wait() // an article's error is the article's
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
	return ctx.Err()
}

// read makes the record of one arrival. A kill may come without a text; its record is empty. A record that is not sound,
// which would be a fault of ours, costs this article only.
func (in *intake) read(a *arrival) {
	defer func() {
		if fault := recover(); fault != nil {
			a.err = fmt.Errorf("internal error reading %s: %v\n%s", a.Article.Location, fault, debug.Stack())
		}
	}()
	if a.Article.Text == "" {
		a.Record = record.Empty(a.Article.Document)
		a.Record.Model, a.Record.Rules = in.pipe.Model, in.pipe.Rules
	} else if a.Record, a.err = in.pipe.Record(a.item.Doc); a.err != nil {
		return
	} else {
		a.Meanings = record.Meanings(a.item.Doc)
	}
	record.Adopt(a.Record, a.id(), nil)
	if faults := record.Check(a.Record); len(faults) > 0 {
		a.err = fmt.Errorf("internal error reading %s: its record is not sound: %w", a.Article.Location, errors.Join(faults[:min(len(faults), 3)]...))
	}
}
