package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"parley/internal/record"
)

// ErrNobody says that no actor of the archive has a name.
var ErrNobody = errors.New("nobody in this archive is called that")

// namesakes is how many identities one name stands for at most.
const namesakes = 20

// Actors are the ids that names or ids of actors stand for: an id is itself, a name every identity with its words in its
// names. A name that nobody has is ErrNobody.
func (d *Desk) Actors(ctx context.Context, names []string) ([]record.ID, error) {
	var ids []record.ID
	for _, name := range names {
		if kind := record.KindOf(record.ID(name)); kind == "identity" || kind == "actor" {
			ids = append(ids, record.ID(name))
			continue
		}
		found, err := d.in.Identities(ctx, name, namesakes)
		if err != nil {
			return nil, fmt.Errorf("looking for %q: %w", name, err)
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("%q: %w", name, ErrNobody)
		}
		for _, who := range found {
			if !slices.Contains(ids, who.ID) {
				ids = append(ids, who.ID)
			}
		}
	}
	return ids, nil
}

// Actor is an identity with the actors of single articles it stands for.
type Actor struct {
	Identity record.Identity `json:"identity"`
	Members  []Member        `json:"members"`  // newest article first, 200 at most
	Counts   map[string]int  `json:"counts"`   // entries by its role in them, also in articles that are not current
	Complete bool            `json:"complete"` // these are all members
}

// Member is an actor of one article.
type Member struct {
	Membership record.Membership `json:"membership"`
	Entry      record.Entry      `json:"entry"`
}

const mostMembers = 200

// Actor shows an identity.
func (d *Desk) Actor(ctx context.Context, id record.ID) (Actor, error) {
	out := Actor{Members: []Member{}}
	var err error
	if out.Identity, err = d.in.Identity(ctx, id); err != nil {
		return out, fmt.Errorf("showing an actor: %w", err)
	}
	all, err := d.in.Memberships(ctx, id)
	if err != nil {
		return out, fmt.Errorf("showing %s: %w", id, err)
	}
	part := all[:min(len(all), mostMembers)]
	ids := make([]record.ID, len(part))
	for i := range part {
		ids[i] = part[i].Actor
	}
	entries, err := d.entries(ctx, ids)
	if err != nil {
		return out, err
	}
	byID := map[record.ID]record.Entry{}
	for _, e := range entries {
		byID[e.ID] = e
	}
	for _, m := range part {
		if e, ok := byID[m.Actor]; ok {
			out.Members = append(out.Members, Member{m, e})
		}
	}
	if out.Counts, err = d.in.Roles(ctx, id); err != nil {
		return out, fmt.Errorf("counting what %s takes part in: %w", id, err)
	}
	out.Complete = len(part) == len(all)
	return out, nil
}
