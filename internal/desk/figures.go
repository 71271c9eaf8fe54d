package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"parley/internal/record"
)

// Figures are series of numbers.
type Figures struct {
	Series   []Series `json:"series"`   // those with most points first, at most 60
	Of       int      `json:"of"`       // figures looked at, the newest
	Complete bool     `json:"complete"` // they are all that was asked for, and all series are there
}

// Series are the numbers one giver gives for one thing in one place.
type Series struct {
	ID      record.ID `json:"id"` // the same as long as thing, place and giver are
	Of      string    `json:"of"`
	Unit    string    `json:"unit"`
	Where   string    `json:"where"`
	Giver   string    `json:"giver"`
	GiverID record.ID `json:"giver_id"` // an identity or actor; empty for a publisher's own voice
	Points  []Point   `json:"points"`   // by time
}

// Point is a figure of a series.
type Point struct {
	ID        record.ID `json:"id"`
	Value     float64   `json:"value"`
	High      *float64  `json:"high"`  // end of a range
	Bound     string    `json:"bound"` // about, exactly, at_least, at_most
	Start     *string   `json:"start"` // of the time it counts, as far as the text says; both ends included
	End       *string   `json:"end"`
	Known     time.Time `json:"known"`             // of its article
	Undated   bool      `json:"undated,omitempty"` // that bears no date: Known is when it was fetched
	Text      string    `json:"text"`
	Said      string    `json:"said,omitempty"` // words of the statement it stands in
	Article   record.ID `json:"article"`
	Publisher string    `json:"publisher"`
	Title     string    `json:"title"`
	Verdict   string    `json:"verdict,omitempty"`
}

// How much a set of series looks at and shows.
const (
	seriesFigures = 1000
	mostSeries    = 60
)

// FigureSeries puts the newest 1,000 figures that a query asks for into series. Only figures whose words for what is counted,
// unit, places and giver are the same, but for case, articles and spaces, come into one: numbers of different things, or by
// different means, are never put side by side. What somebody rejected is left out.
func (d *Desk) FigureSeries(ctx context.Context, q record.Query) (Figures, error) {
	q.Kinds, q.Limit, q.Cursor = []string{"figure"}, seriesFigures, ""
	list, err := d.in.Entries(ctx, q)
	if err != nil {
		return Figures{}, fmt.Errorf("listing figures: %w", err)
	}
	p, err := d.page(ctx, list.Entries)
	if err != nil {
		return Figures{}, err
	}
	byID := map[record.ID]*Series{}
	for i := range p.rec.Figures {
		p.put(byID, &p.rec.Figures[i])
	}
	out := Figures{Series: []Series{}, Of: len(list.Entries), Complete: list.Next == "" && len(byID) <= mostSeries}
	for _, s := range byID {
		slices.SortFunc(s.Points, func(a, b Point) int {
			return cmp.Or(cmp.Compare(a.time(), b.time()), a.Known.Compare(b.Known), cmp.Compare(a.ID, b.ID))
		})
		out.Series = append(out.Series, *s)
	}
	slices.SortFunc(out.Series, func(a, b Series) int { return cmp.Or(len(b.Points)-len(a.Points), cmp.Compare(a.ID, b.ID)) })
	out.Series = out.Series[:min(len(out.Series), mostSeries)]
	return out, nil
}

// time is what a point is ordered by: the end of the time it counts, else when it was known.
func (p *Point) time() string {
	for _, t := range []*string{p.End, p.Start} {
		if t != nil {
			return *t
		}
	}
	return p.Known.Format(time.RFC3339)
}

// put puts a figure into its series. Givers who are no actor, "officials", are others in each paper.
func (p *page) put(byID map[record.ID]*Series, fig *record.Figure) {
	e := p.entries[fig.ID]
	if e.Verdict == "reject" {
		return
	}
	giver, giverID := p.giver(fig)
	if giver == "" {
		giver = e.Publisher
	}
	var where []string
	for _, id := range fig.Where {
		where = append(where, p.index.Name(id))
	}
	slices.Sort(where)
	place := strings.Join(where, ", ")
	id := record.NewID("n", thing(fig.Of), thing(fig.Unit), thing(place), cmp.Or(string(giverID), thing(giver)+"\x00"+thing(e.Publisher)))
	s := byID[id]
	if s == nil {
		s = &Series{ID: id, Of: fig.Of, Unit: fig.Unit, Where: place, Giver: giver, GiverID: giverID}
		byID[id] = s
	}
	point := Point{
		ID: fig.ID, Value: fig.Value, High: fig.High, Bound: fig.Bound, Known: e.Known, Undated: e.Undated, Text: e.Text, Article: e.Article, Publisher: e.Publisher, Title: e.Title, Verdict: e.Verdict,
	}
	if fig.When != nil {
		point.Start, point.End = fig.When.Start, fig.When.End
	}
	if len(fig.AssertedBy) == 1 {
		point.Said = p.said(fig.AssertedBy[0])
	}
	s.Points = append(s.Points, point)
}

// giver is who gives a figure: the speakers of the statement it stands in, or the actors themselves. The id is that of a
// single one.
func (p *page) giver(fig *record.Figure) (name string, id record.ID) {
	who := fig.AssertedBy
	if len(who) == 1 && record.KindOf(who[0]) == "statement" {
		name, who = p.index.Name(who[0]), p.sources[who[0]]
	}
	if name == "" {
		var names []string
		for _, one := range who {
			names = append(names, p.index.Name(one))
		}
		name = strings.Join(names, ", ")
	}
	if len(who) == 1 {
		id = cmp.Or(p.who[who[0]], who[0])
	}
	return name, id
}

// thing is a description without what does not make it another one: case, articles, punctuation.
func thing(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
	words = slices.DeleteFunc(words, func(w string) bool { return w == "the" || w == "a" || w == "an" })
	return strings.Join(words, " ")
}

// said are the words of a statement; empty for an actor.
func (p *page) said(id record.ID) string {
	if e, ok := p.entries[id]; ok && e.Kind == "statement" {
		return e.Text
	}
	return ""
}
