package export

import (
	"bufio"
	"cmp"
	"context"
	"encoding/xml"
	"slices"
	"strconv"
	"time"
)

// Feeds are short: what is asked for more than mostFeed is cut, and without a limit the newest usualFeed come.
const (
	usualFeed = 100
	mostFeed  = 1000
)

// atomFeed is a feed after RFC 4287.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomPerson  `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Updated    string         `xml:"updated"`
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary"`
	Content    string         `xml:"content"` // plain text: the exact words, cleaned
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// writeAtom writes the newest entries. Texts are plain text, so that a reader interprets no markup in them.
func writeAtom(ctx context.Context, x *exporter, w *bufio.Writer) error {
	items, err := x.newest(ctx)
	if err != nil {
		return err
	}
	feed := atomFeed{
		ID: x.tag("feed"), Title: "Parley: new entries", Updated: x.opt.Now.UTC().Format(time.RFC3339), Author: atomPerson{"Parley"},
	}
	if base := web(x.opt.Base); base != "" {
		feed.Links = []atomLink{{"alternate", base}}
	}
	if len(items) > 0 {
		feed.Updated = items[0].Known.UTC().Format(time.RFC3339)
	}
	for _, it := range items {
		feed.Entries = append(feed.Entries, x.atomEntry(it))
	}
	if _, err := w.WriteString(xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if err := enc.Encode(feed); err != nil {
		return err
	}
	return w.WriteByte('\n')
}

// newest are the accepted entries known last, newest first, of all kinds asked for.
func (x *exporter) newest(ctx context.Context) ([]*item, error) {
	limit := x.opt.Query.Limit
	if limit <= 0 {
		limit = usualFeed
	}
	limit = min(limit, mostFeed)
	x.opt.Query.Limit, x.opt.Query.Oldest = limit, false
	var items []*item
	keep := func(it *item) error {
		if it.accepted() {
			items = append(items, it)
		}
		return nil
	}
	if err := x.entries(ctx, x.opt.Kinds, keep); err != nil {
		return nil, err
	}
	if slices.Contains(x.opt.Kinds, "contradiction") {
		if err := x.conflicts(ctx, limit, keep); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(items, func(a, b *item) int {
		return cmp.Or(b.Known.Compare(a.Known), cmp.Compare(a.ID, b.ID))
	})
	return items[:min(limit, len(items))], nil
}

func (x *exporter) atomEntry(it *item) atomEntry {
	e := atomEntry{
		ID: x.tag(it.ID), Title: short(it.headline(), 200), Updated: it.Known.UTC().Format(time.RFC3339),
		Categories: []atomCategory{{it.Kind}}, Summary: it.place(), Content: clipped(it.Text, mostWords),
	}
	if it.Label != "" {
		e.Categories = append(e.Categories, atomCategory{clipped(it.Label, mostName)})
	}
	if it.dis != nil {
		e.Content = it.a.quoted() + " ≠ " + it.b.quoted()
	}
	if page := web(x.page(it.ID)); page != "" {
		e.Links = append(e.Links, atomLink{"alternate", page})
	}
	if address := web(it.URL); address != "" {
		e.Links = append(e.Links, atomLink{"via", address})
	}
	if it.fig == nil {
		e.Summary += " · confidence " + strconv.FormatFloat(it.Confidence, 'f', 2, 64)
	}
	return e
}

// quoted is one side of a contradiction: its words and where they stand.
func (it *item) quoted() string {
	return "“" + clipped(it.Text, mostWords) + "” (" + it.place() + ")"
}
