package export

import (
	"bufio"
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"parley/internal/record"
)

// ploverEvent is an event with the field names of the PLOVER manual (Open Event Data Alliance, edition of 2021, chapter
// "JSON Data Fields"). The last fields are ours: the manual asks for other names only where it has none.
type ploverEvent struct {
	ID        record.ID     `json:"id"`
	HasEvent  bool          `json:"has_event"`
	Date      string        `json:"date"`
	EndDate   string        `json:"enddate,omitempty"`
	Source    []ploverActor `json:"source"`
	Recipient []ploverActor `json:"recipient"`
	Event     []string      `json:"event"`
	EventLoc  *ploverPlace  `json:"event_loc,omitempty"`
	EventText []string      `json:"event_text"`
	QuadCode  int           `json:"quad_code,omitempty"`
	Mode      []string      `json:"mode"`
	Context   []string      `json:"context"`
	Text      string        `json:"text"`
	TextInfo  ploverText    `json:"text_info"`
	CiteInfo  ploverCite    `json:"cite_info"`

	DateBasis  string      `json:"date_basis"` // event, published, known: what Date was taken from
	Status     string      `json:"status"`     // of docs/record.md: actual, pledged, denied, …
	AssertedBy []ploverSay `json:"asserted_by"`
	Confidence float64     `json:"confidence"`
	Verdict    string      `json:"verdict,omitempty"`
	Article    record.ID   `json:"article"`
	CAMEO      string      `json:"cameo,omitempty"`
}

// ploverActor is the manual's information object for actors.
type ploverActor struct {
	Code         string `json:"code,omitempty"` // country, or IGO
	Sector       string `json:"sector,omitempty"`
	ActorText    string `json:"actor_text"`
	IdentifierID string `json:"identifier_id,omitempty"` // Wikidata
	Office       string `json:"office,omitempty"`
	ID           string `json:"id"` // ours
	Identity     string `json:"identity,omitempty"`
}

// ploverPlace is the manual's location object: the columns of GeoNames, and cc3 for the alpha-3 code of the country.
type ploverPlace struct {
	GeonameID int64    `json:"geonameid,omitempty"`
	Name      string   `json:"name"`
	Latitude  *float64 `json:"latitude,omitempty"`
	Longitude *float64 `json:"longitude,omitempty"`
	CC3       string   `json:"cc3,omitempty"`
}

type ploverText struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

type ploverCite struct {
	URL         string `json:"url"`
	Title       string `json:"title"`
	Language    string `json:"language,omitempty"`
	Publication string `json:"publication"`
	Published   string `json:"published"`
	Coder       string `json:"coder"`
	Codebook    string `json:"codebook"`
}

// ploverSay is a statement that an event hangs on, and who makes it.
type ploverSay struct {
	ID   record.ID `json:"id"`
	Name string    `json:"name"`
}

// writePLOVER writes one event a line.
func writePLOVER(ctx context.Context, x *exporter, w *bufio.Writer) error {
	enc := json.NewEncoder(w)
	return x.each(ctx, x.opt.Kinds, func(it *item) error { return enc.Encode(newPLOVER(it)) })
}

func newPLOVER(it *item) ploverEvent {
	ev := it.ev
	p := ploverEvent{
		ID: it.ID, HasEvent: true, Source: it.in.ploverActors(ev.Actors), Recipient: it.in.ploverActors(ev.Recipients),
		Event: []string{ev.Type}, EventLoc: it.in.ploverPlace(ev.Where), EventText: []string{ev.Trigger.Text}, QuadCode: quad(ev.Type),
		Mode: []string{}, Context: append([]string{}, ev.Context...), Text: it.Text, TextInfo: ploverText{it.Span[0], it.Span[1]},
		CiteInfo: ploverCite{it.URL, it.Title, it.in.language, it.Publisher, it.in.published, "parley", "plover-2021"},
		Status:   ev.Status, Confidence: it.Confidence, Verdict: it.Verdict, Article: it.Article, CAMEO: ev.CAMEO, AssertedBy: []ploverSay{},
	}
	if ev.Mode != "" {
		p.Mode = append(p.Mode, ev.Mode)
	}
	if ev.AssertedBy != nil {
		p.AssertedBy = append(p.AssertedBy, ploverSay{*ev.AssertedBy, it.in.name(*ev.AssertedBy)})
	}
	p.Date, p.EndDate, p.DateBasis = ploverDate(it)
	return p
}

// ploverDate is the day of the event; the day it became known where the text gives none, as PLOVER asks for one.
func ploverDate(it *item) (date, end, basis string) {
	if t := it.ev.When; t != nil {
		first, last := day(deref(t.Start)), day(deref(t.End))
		if first == "" {
			first = last
		}
		if first != "" {
			return first, last, "event"
		}
	}
	if d := day(it.in.published); d != "" {
		return d, "", "published"
	}
	return it.Known.UTC().Format(time.DateOnly), "", "known"
}

// day is the day of an ISO 8601 date or instant; empty for what is none.
func day(iso string) string {
	if len(iso) < len(time.DateOnly) {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, iso[:len(time.DateOnly)]); err != nil {
		return ""
	}
	return iso[:len(time.DateOnly)]
}

func (art *article) ploverActors(ids []record.ID) []ploverActor {
	out := []ploverActor{}
	for _, id := range ids {
		p := ploverActor{ActorText: art.name(id), ID: string(id), Identity: string(art.identities[id])}
		if a := art.actors[id]; a != nil {
			p.Code, p.Sector, p.Office = a.Country, a.Sector, a.Role
			if p.Code == "" && a.Sector == "IGO" {
				p.Code = "IGO"
			}
			p.IdentifierID = linked(a.SameAs, "wikidata:")
		}
		out = append(out, p)
	}
	return out
}

// ploverPlace is the first place with coordinates, or else the first.
func (art *article) ploverPlace(ids []record.ID) *ploverPlace {
	var first *record.Place
	for _, id := range ids {
		p := art.places[id]
		if p != nil && (first == nil || first.Lat == nil && p.Lat != nil) {
			first = p
		}
	}
	if first == nil {
		return nil
	}
	geoname, err := strconv.ParseInt(linked(first.SameAs, "geonames:"), 10, 64)
	if err != nil {
		geoname = 0 // no GeoNames id
	}
	return &ploverPlace{geoname, first.Name, first.Lat, first.Lon, first.Country}
}

// linked is the id behind a prefix among links, empty where there is none.
func linked(links []string, prefix string) string {
	for _, l := range links {
		if id, ok := strings.CutPrefix(l, prefix); ok {
			return id
		}
	}
	return ""
}

// quad is the quad class of an event type: verbal and material cooperation, verbal and material conflict; 0 for no type.
func quad(eventType string) int {
	switch eventType {
	case "AGREE", "CONSULT", "SUPPORT", "CONCEDE":
		return 1
	case "COOPERATE", "AID", "RETREAT":
		return 2
	case "REQUEST", "ACCUSE", "REJECT", "THREATEN":
		return 3
	case "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT":
		return 4
	}
	return 0
}
