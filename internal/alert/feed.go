package alert

import (
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// feedAlerts is how many alerts a feed holds, the last found.
const feedAlerts = 50

// atomFeed is a feed after RFC 4287.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string     `xml:"id"`
	Title     string     `xml:"title"`
	Updated   string     `xml:"updated"`
	Published string     `xml:"published"`
	Links     []atomLink `xml:"link"`
	Content   atomText   `xml:"content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// Feed is the Atom feed of the rule whose feed has this secret: its last alerts but the pending ones, the last found first.
// Whoever has the secret may read it, as long as the rule's owner may see the archive; it is ErrNotFound when there is none.
func (c *Composer) Feed(ctx context.Context, secret string) ([]byte, time.Time, error) {
	rules, err := c.Store.keptRules(ctx, "id IN (SELECT rule FROM alert_channels WHERE kind = 'atom' AND secret = ?)", secret)
	if err != nil || len(rules) == 0 || secret == "" {
		return nil, time.Time{}, fmt.Errorf("reading a feed: %w", orNotFound(err))
	}
	r := &rules[0].Rule
	in, err := c.open(ctx, r)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("reading the feed of rule %s: %w: %w", r.ID, err, ErrNotFound)
	}
	alerts, err := c.Store.alerts(ctx, "a.rule = ? AND a.told > 0 ORDER BY a.found DESC, a.id DESC LIMIT ?", r.ID, feedAlerts)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("reading the feed of rule %s: %w", r.ID, err)
	}
	latest := r.Created
	feed := atomFeed{ID: "urn:parley:rule:" + r.ID, Title: plain(r.Name), Author: "Parley"}
	if c.Base != "" {
		feed.Links = []atomLink{{"self", c.Base + "/alerts/" + secret + ".atom"}, {"alternate", c.Base + "/alerts"}}
	}
	for i := range alerts {
		t, err := c.told(ctx, in, &alerts[i])
		if err != nil {
			return nil, time.Time{}, fmt.Errorf("reading the feed of rule %s: %w", r.ID, err)
		}
		at := alerts[i].changed()
		if at.After(latest) {
			latest = at
		}
		feed.Entries = append(feed.Entries, c.entry(&t, at))
	}
	feed.Updated = latest.Format(time.RFC3339)
	out, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("writing the feed of rule %s: %w", r.ID, err)
	}
	return append([]byte(xml.Header), out...), latest, nil
}

// changed is when an alert came into its state.
func (a *Alert) changed() time.Time {
	at := a.Found
	for _, later := range []*time.Time{a.Told, a.Resolved} {
		if later != nil && later.After(at) {
			at = *later
		}
	}
	return at
}

// entry is an alert as an entry of a feed.
func (c *Composer) entry(t *Told, at time.Time) atomEntry {
	var b strings.Builder
	t.text(&b)
	b.WriteString("\n" + note)
	title := upper(plain(t.Why))
	if t.State == Resolved {
		title = "Over: " + title
	}
	e := atomEntry{ID: "urn:parley:alert:" + t.ID, Updated: at.Format(time.RFC3339), Published: t.Found.Format(time.RFC3339), Content: atomText{"text", strings.TrimSpace(b.String())}}
	for _, q := range t.Quotes {
		if len(e.Links) == 0 && q.Words != "" {
			title += ": " + clip(plain(cmp.Or(q.Sentence, q.Words)), maxName)
		}
		if link := q.Link; link != "" && len(e.Links) == 0 {
			e.Links = []atomLink{{"alternate", link}}
		}
	}
	e.Title = title
	return e
}
