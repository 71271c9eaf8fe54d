package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"parley/internal/record"
)

// version finds out, with the archive locked, which version of an article an arrival is, and what it does to the others
// that are there: those of its GUID, of its Address, those it names in Replaces and those that name it. The later one
// stands. One that names another takes its place unless that other says that it was published later. What was killed
// stays so up to the time of the kill, and so does a version that comes after the kill without a later date.
func (in *intake) version(ctx context.Context, p *prepared) error {
	if p.art.State == record.Withdrawn || p.art.SupersededBy != "" {
		return nil // it came with its state
	}
	others, err := in.t.versions(ctx, p)
	if err != nil {
		return err
	}
	for i := range others {
		if other := &others[i]; other.State == record.Withdrawn && other.StateReason == record.Killed && !publishedAfter(&p.art, other.Known) {
			p.art.State, p.art.StateReason = record.Withdrawn, record.Killed
			return nil
		}
	}
	for i := range others {
		other := &others[i]
		switch {
		case !standsBefore(&p.art, other):
			p.art.State, p.art.SupersededBy = record.Superseded, record.ID(other.ID)
		case other.State != record.Superseded && !slices.Contains(p.Supersedes, record.ID(other.ID)):
			p.Supersedes = append(p.Supersedes, record.ID(other.ID))
		}
	}
	return nil
}

// standsBefore says whether an article takes the place of another version, not the other its.
func standsBefore(art, other *record.Article) bool {
	names, named := slices.Contains(art.Replaces, other.GUID), slices.Contains(other.Replaces, art.GUID)
	switch {
	case names == named:
		return !art.Known.Before(other.Known)
	case names:
		return !publishedAfter(other, art.Known)
	}
	return publishedAfter(art, other.Known)
}

// publishedAfter says whether an article claims to be later than a time. One that bears no date does not.
func publishedAfter(art *record.Article, than time.Time) bool {
	published, ok := art.PublishedAt()
	return ok && published.After(than)
}

// versions are the other versions of an arrival: those that stand, those taken out, and those that name it, even when
// something later took their place.
func (t *tx) versions(ctx context.Context, p *prepared) ([]record.Article, error) {
	guids := make([]any, 0, 1+len(p.art.Replaces))
	for _, guid := range append([]string{p.art.GUID}, p.art.Replaces...) {
		if guid = clean(guid); guid != "" {
			guids = append(guids, guid)
		}
	}
	const standing = "state IN ('current', 'withdrawn') AND "
	var out []record.Article
	find := func(where string, args ...any) error {
		return t.each(ctx, func(rows *sql.Rows) error {
			art, _, err := scanArticle(rows.Scan)
			if art.ID != p.art.ID && !slices.ContainsFunc(out, func(o record.Article) bool { return o.ID == art.ID }) {
				out = append(out, art)
			}
			return err
		}, "SELECT body, state, state_reason, state_at, superseded_by, reading, arrived, n FROM articles WHERE "+where+" ORDER BY n", args...)
	}
	if len(guids) > 0 {
		if err := find(standing+"guid <> '' AND guid IN ("+marks(len(guids))+")", guids...); err != nil {
			return nil, err
		}
	}
	if p.Address != "" {
		if err := find(standing+"url = ?", clean(p.Address)); err != nil {
			return nil, err
		}
	}
	if p.art.GUID == "" {
		return out, nil
	}
	err := find("state IN ('current', 'withdrawn', 'superseded') AND n IN (SELECT article FROM replaced WHERE guid = ?)", clean(p.art.GUID))
	return out, err
}
