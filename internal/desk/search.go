package desk

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"parley/internal/record"
)

// Found is what a search found.
type Found struct {
	Articles []record.Article  `json:"articles"` // without their texts, newest first
	Entries  []Shown           `json:"entries"`  // newest first
	Actors   []record.Identity `json:"actors"`   // most articles first
}

// How much a search shows of each.
const (
	foundArticles = 20
	foundEntries  = 50
	foundActors   = 10
)

// told are the kinds of entry that tell something: all but actors and places.
func told() []string {
	return []string{"statement", "event", "commitment", "contact", "figure", "contradiction", "agreement"}
}

// Search looks for words, all of them, and phrases between quotation marks: in titles and texts of articles, in entries,
// and in the names of actors. A limit is how many it gives of each; where it is 0, as many as a page shows. A search for
// nothing finds nothing.
func (d *Desk) Search(ctx context.Context, text string, limit int) (Found, error) {
	out := Found{Articles: []record.Article{}, Entries: []Shown{}, Actors: []record.Identity{}}
	if strings.TrimSpace(text) == "" {
		return out, nil
	}
	for art, err := range d.in.Articles(ctx, record.ArticleQuery{Text: text, Limit: cmp.Or(limit, foundArticles)}) {
		if err != nil {
			return out, fmt.Errorf("searching articles: %w", err)
		}
		out.Articles = append(out.Articles, art)
	}
	list, err := d.in.Entries(ctx, record.Query{Text: text, Kinds: told(), Limit: cmp.Or(limit, foundEntries)})
	if err != nil {
		return out, fmt.Errorf("searching entries: %w", err)
	}
	if out.Entries, err = d.Shown(ctx, list.Entries); err != nil {
		return out, err
	}
	who, err := d.in.Identities(ctx, text, cmp.Or(limit, foundActors))
	if err != nil {
		return out, fmt.Errorf("searching actors: %w", err)
	}
	out.Actors = append(out.Actors, who...)
	return out, nil
}
