package desk

import (
	"context"
	"fmt"
	"strings"

	"parley/internal/record"
	"parley/internal/view"
)

// Shown is an entry with the names of what its item refers to by ids.
type Shown struct {
	Entry record.Entry `json:"entry"`
	// Names are those of the actors and places it names, and of the speakers of the statements it names. Characters that
	// could change the text around them are replaced.
	Names map[record.ID]string `json:"names"`
	// Who are the identities of those actors.
	Who map[record.ID]record.ID `json:"who"`
	// Chain is its way to the reader: speaker or actor, relays, publisher.
	Chain []string `json:"chain"`
	// Around is the rest of the sentence that a figure stands in.
	Around *Around `json:"around,omitempty"`
	// Sides are the two entries of a contradiction inside an article.
	Sides []Shown `json:"sides,omitempty"`
	// Origins are worked out for single entries only.
	Origins *Origins `json:"origins,omitempty"`
	// Why says why it stands where it stands, in the review queue.
	Why string `json:"why,omitempty"`
}

// Linked is a link with its two sides; B is null where there is only one. A side whose article is erased is null too.
type Linked struct {
	Link record.Link `json:"link"`
	A    *Shown      `json:"a"`
	B    *Shown      `json:"b"`
}

// Shown gives entries with their names, in the order given.
func (d *Desk) Shown(ctx context.Context, entries []record.Entry) ([]Shown, error) {
	p, err := d.page(ctx, entries)
	if err != nil {
		return nil, err
	}
	out := make([]Shown, len(entries))
	var list []*Shown
	for i := range entries {
		out[i] = p.shown(entries[i])
		list = append(list, &out[i])
		for k := range out[i].Sides {
			list = append(list, &out[i].Sides[k])
		}
	}
	return out, d.sentences(ctx, list)
}

// Linked gives links with their sides, in the order given.
func (d *Desk) Linked(ctx context.Context, links []record.Link) ([]Linked, error) {
	var ids []record.ID
	for i := range links {
		ids = append(ids, links[i].A, links[i].B)
	}
	entries, err := d.entries(ctx, ids)
	if err != nil {
		return nil, err
	}
	p, err := d.page(ctx, entries)
	if err != nil {
		return nil, err
	}
	out := make([]Linked, len(links))
	var sides []*Shown
	for i := range links {
		out[i] = Linked{links[i], p.side(links[i].A), p.side(links[i].B)}
		sides = append(sides, out[i].A, out[i].B)
	}
	return out, d.sentences(ctx, sides)
}

// page is what showing some entries takes.
type page struct {
	*excerpt
	index *view.Index
	who   map[record.ID]record.ID
}

func (d *Desk) page(ctx context.Context, entries []record.Entry) (*page, error) {
	x, err := d.excerpt(ctx, entries)
	if err != nil {
		return nil, err
	}
	actors := make([]record.ID, 0, len(x.rec.Actors))
	for i := range x.rec.Actors {
		actors = append(actors, x.rec.Actors[i].ID)
	}
	who, err := d.in.IdentityOf(ctx, actors)
	if err != nil {
		return nil, fmt.Errorf("looking up who is who: %w", err)
	}
	return &page{x, view.NewIndex(x.rec), who}, nil
}

func (p *page) shown(e record.Entry) Shown {
	s := Shown{Entry: e, Names: map[record.ID]string{}, Who: map[record.ID]record.ID{}, Chain: p.chain(&e)}
	for _, id := range p.around(e.ID) {
		if name := p.index.Name(id); name != "" {
			s.Names[id] = name
		}
		if identity := p.who[id]; identity != "" {
			s.Who[id] = identity
		}
	}
	for _, side := range p.sides(e.ID) {
		if one := p.side(side); one != nil {
			s.Sides = append(s.Sides, *one)
		}
	}
	return s
}

// side is an entry of the page, or nothing.
func (p *page) side(id record.ID) *Shown {
	e, ok := p.entries[id]
	if !ok {
		return nil
	}
	s := p.shown(e)
	return &s
}

// chain ends with the publisher where it is known.
func (p *page) chain(e *record.Entry) []string {
	chain := p.index.Chain(e.ID)
	if publisher := strings.TrimSpace(view.Clean(e.Publisher)); publisher != "" {
		chain[len(chain)-1] = publisher
	}
	return chain
}
