package desk

import (
	"context"
	"errors"
	"fmt"

	"parley/internal/record"
)

// About is what decisions are about, by id: entries and links with their words, articles and actors by name. What was erased
// or is not there is left out.
type About struct {
	Entries map[record.ID]Shown  `json:"entries"`
	Links   map[record.ID]Linked `json:"links"`
	Names   map[record.ID]string `json:"names" doc:"titles of articles, names of actors across articles"`
}

// About looks up what decisions are about and what they rest on.
func (d *Desk) About(ctx context.Context, decisions []record.Judgement) (About, error) {
	out := About{map[record.ID]Shown{}, map[record.ID]Linked{}, map[record.ID]string{}}
	var all []record.ID
	for i := range decisions {
		all = append(append(all, decisions[i].Subject, decisions[i].Object), decisions[i].Evidence...)
	}
	var ids []record.ID
	var links []record.Link
	for _, id := range distinct(all) {
		switch record.KindOf(id) {
		case "article", "identity":
			name, err := d.name(ctx, id)
			if err != nil {
				return out, err
			}
			if name != "" {
				out.Names[id] = name
			}
		case "link":
			link, err := d.in.Link(ctx, id)
			if err == nil {
				links = append(links, link)
			} else if !gone(err) {
				return out, fmt.Errorf("looking up %s: %w", id, err)
			}
		default:
			ids = append(ids, id)
		}
	}
	return out, d.fill(ctx, &out, ids, links)
}

// fill puts entries and links in.
func (d *Desk) fill(ctx context.Context, out *About, ids []record.ID, links []record.Link) error {
	entries, err := d.entries(ctx, ids)
	if err != nil {
		return err
	}
	shown, err := d.Shown(ctx, entries)
	if err != nil {
		return err
	}
	for _, s := range shown {
		out.Entries[s.Entry.ID] = s
	}
	linked, err := d.Linked(ctx, links)
	if err != nil {
		return err
	}
	for _, l := range linked {
		out.Links[l.Link.ID] = l
	}
	return nil
}

// name is what an article or an actor is called; empty for one that is gone.
func (d *Desk) name(ctx context.Context, id record.ID) (string, error) {
	var name string
	var err error
	if record.KindOf(id) == "article" {
		var a record.Article
		a, err = d.in.Article(ctx, id)
		name = a.Title
	} else {
		var who record.Identity
		who, err = d.in.Identity(ctx, id)
		name = who.Name
	}
	if gone(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("looking up %s: %w", id, err)
	}
	return name, nil
}

func gone(err error) bool {
	return errors.Is(err, record.ErrNotFound) || errors.Is(err, record.ErrErased)
}
