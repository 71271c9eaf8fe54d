package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"parley/internal/ceasefire"
	"parley/internal/record"
)

// entriesAtOnce is how many entries are asked for at once by what goes through many.
const entriesAtOnce = 1000

// Observations are what articles report of a ceasefire up to a day, zero for all, as known at a time, zero for now. They are
// taken from at most so many entries of each kind, the last, 0 for all; cut says that there are more.
func (d *Desk) Observations(ctx context.Context, a *ceasefire.Agreement, through ceasefire.Day, asOf time.Time, most int) (out []ceasefire.Observation, cut bool, err error) {
	recs := &records{in: d.in, kept: map[record.ID]*record.Record{}}
	read := func(article record.ID) (*record.Record, error) { return recs.of(ctx, article) }
	for _, q := range a.Queries(through) {
		q.AsOf, q.Limit, q.Oldest = asOf, entriesAtOnce, false
		seen := 0
		for page, err := range record.Pages(ctx, d.in, q) {
			if err != nil {
				return nil, false, fmt.Errorf("looking for what bears on %s: %w", a.ID, err)
			}
			if seen += len(page); most > 0 && seen > most {
				cut = true
				break
			}
			found, err := ceasefire.FromEntries(page, read)
			if err != nil {
				return nil, false, fmt.Errorf("looking for what bears on %s: %w", a.ID, err)
			}
			out = append(out, found...)
		}
	}
	return out, cut, nil
}

// records looks up the records of articles, the last of them kept at hand.
type records struct {
	in   record.Reader
	kept map[record.ID]*record.Record
}

const recordsAtHand = 64

func (r *records) of(ctx context.Context, article record.ID) (*record.Record, error) {
	if rec, ok := r.kept[article]; ok {
		return rec, nil
	}
	rec, err := r.in.Record(ctx, article)
	if err != nil {
		return nil, fmt.Errorf("looking up the record of %s: %w", article, err)
	}
	if len(r.kept) >= recordsAtHand {
		clear(r.kept)
	}
	r.kept[article] = rec
	return rec, nil
}

// Offers are statements of the parties that read like the ceasefire's end or its renewal, for a person to judge: those in
// at most so many statements with each of the words for a ceasefire, the last, 0 for all.
func (d *Desk) Offers(ctx context.Context, a *ceasefire.Agreement, through ceasefire.Day, asOf time.Time, most int) ([]ceasefire.Offer, error) {
	q := a.Queries(through)[0]
	q.Kinds, q.Labels, q.AsOf, q.Limit, q.Oldest = []string{"statement"}, nil, asOf, entriesAtOnce, false
	out, seen := []ceasefire.Offer{}, map[record.ID]bool{}
	for _, phrase := range ceasefire.TruceWords() {
		q.Text = `"` + phrase + `"`
		looked := 0
		for page, err := range record.Pages(ctx, d.in, q) {
			if err != nil {
				return nil, fmt.Errorf("looking for offers about %s: %w", a.ID, err)
			}
			x, err := d.excerpt(ctx, page)
			if err != nil {
				return nil, err
			}
			for _, o := range a.Offers(x.byArticle(page)...) {
				if !seen[o.Ref.Entry] {
					out = append(out, o)
				}
				seen[o.Ref.Entry] = true
			}
			if looked += len(page); most > 0 && looked >= most {
				break
			}
		}
	}
	slices.SortFunc(out, func(x, y ceasefire.Offer) int {
		return cmp.Or(cmp.Compare(x.Day, y.Day), cmp.Compare(x.Ref.Entry, y.Ref.Entry))
	})
	return out, nil
}

// byArticle are records of single articles, each with those of its statements that were asked for and their speakers, and
// with when the article was known as its date.
func (x *excerpt) byArticle(entries []record.Entry) []*record.Record {
	statements, actors := map[record.ID]record.Statement{}, map[record.ID]record.Actor{}
	for _, s := range x.rec.Statements {
		statements[s.ID] = s
	}
	for _, a := range x.rec.Actors {
		actors[a.ID] = a
	}
	var out []*record.Record
	of := map[record.ID]*record.Record{}
	for _, e := range entries {
		rec := of[e.Article]
		if rec == nil {
			rec = record.Empty(record.Document{ID: string(e.Article), URL: e.URL, Title: e.Title, Publisher: e.Publisher, Published: e.Known.Format(time.DateOnly)})
			of[e.Article] = rec
			out = append(out, rec)
		}
		rec.Statements = append(rec.Statements, statements[e.ID])
		for _, id := range x.sources[e.ID] {
			if a, ok := actors[id]; ok {
				rec.Actors = append(rec.Actors, a)
			}
		}
	}
	return out
}
