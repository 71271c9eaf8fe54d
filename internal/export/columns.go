package export

import (
	"strings"
	"time"

	"parley/internal/record"
)

// sort is what a column holds.
type sort string

// Text is never null; a number or instant is null where nothing is known.
const (
	text    sort = "text"
	count   sort = "whole number"
	number  sort = "number"
	instant sort = "instant"
)

// value is a cell: one of the fields by the column's sort.
type value struct {
	text    string
	count   int64
	number  float64
	instant time.Time
	null    bool
}

// column is one column of a table, the same in CSV and Parquet, with where its value comes from. docs/exports.md has what it means.
type column struct {
	Name    string
	Sort    sort
	Meaning string
	of      func(*item) value
}

func textColumn(name, meaning string, of func(*item) string) column {
	return column{name, text, meaning, func(it *item) value { return value{text: of(it)} }}
}

func countColumn(name, meaning string, of func(*item) int) column {
	return column{name, count, meaning, func(it *item) value { return value{count: int64(of(it))} }}
}

func numberColumn(name, meaning string, of func(*item) *float64) column {
	return column{name, number, meaning, func(it *item) value {
		f := of(it)
		if f == nil {
			return value{null: true}
		}
		return value{number: *f}
	}}
}

// idColumns are a column of ids, one blank between two, and a column of the names behind them, "; " between two.
func idColumns(name, meaning string, of func(*item) []record.ID) []column {
	return []column{
		textColumn(name, meaning+": names", func(it *item) string { return it.in.list(of(it)) }),
		textColumn(name+"_ids", meaning+": ids", func(it *item) string { return joinIDs(of(it)) }),
	}
}

// timeColumns are the three columns of a time in the text.
func timeColumns(name, meaning string, of func(*item) *record.Time) []column {
	part := func(pick func(*record.Time) string) func(*item) string {
		return func(it *item) string {
			t := of(it)
			if t == nil {
				return ""
			}
			return pick(t)
		}
	}
	return []column{
		textColumn(name+"_text", meaning+": the words", part(func(t *record.Time) string { return t.Text })),
		textColumn(name+"_start", meaning+": first day or instant, ISO 8601", part(func(t *record.Time) string { return deref(t.Start) })),
		textColumn(name+"_end", meaning+": last day or instant, ISO 8601", part(func(t *record.Time) string { return deref(t.End) })),
	}
}

func joinIDs(ids []record.ID) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = string(id)
	}
	return strings.Join(parts, " ")
}

func deref[T ~string](s *T) string {
	if s == nil {
		return ""
	}
	return string(*s)
}

// commonColumns are those that every table begins with.
func commonColumns() []column {
	return []column{
		textColumn("id", "the entry", func(it *item) string { return string(it.ID) }),
		textColumn("article", "the article it stands in", func(it *item) string { return string(it.Article) }),
		textColumn("url", "address of the article", func(it *item) string { return it.URL }),
		textColumn("publisher", "who published it", func(it *item) string { return it.Publisher }),
		textColumn("title", "title of the article", func(it *item) string { return it.Title }),
		textColumn("published", "when, as the article says: ISO 8601 day or instant", func(it *item) string { return it.in.published }),
		{"known", instant, "when it was known: published, or else fetched", func(it *item) value {
			return value{instant: it.Known, null: it.Known.IsZero()}
		}},
		countColumn("start", "first code point of the words in the article's text", func(it *item) int { return it.Span[0] }),
		countColumn("end", "code point after the last", func(it *item) int { return it.Span[1] }),
		textColumn("text", "the exact words", func(it *item) string { return it.Text }),
		numberColumn("confidence", "0 to 1: how sure the reader is, calibrated for statements and events, an estimate for the rest; none for figures, actors, agreements and places", confidence),
		textColumn("verdict", "what a person decided of the entry: confirm, reject, doubt; empty: nothing", func(it *item) string { return it.Verdict }),
	}
}

// confidence is none for kinds whose items have none.
func confidence(it *item) *float64 {
	if it.fig != nil || it.actor != nil || it.agr != nil || it.spot != nil {
		return nil
	}
	return &it.Confidence
}

// columns are those of the table of a kind; nil for a kind that has no table.
func columns(kind string) []column {
	more := map[string]func() []column{
		"statement": statementColumns, "event": eventColumns, "commitment": commitmentColumns, "contact": contactColumns,
		"figure": figureColumns, "contradiction": contradictionColumns, "actor": actorColumns,
		"agreement": agreementColumns, "place": onePlaceColumns,
	}[kind]
	if more == nil {
		return nil
	}
	return append(commonColumns(), more()...)
}

// tableKinds are the kinds that have a table.
func tableKinds() []string {
	return []string{"statement", "event", "commitment", "contact", "figure", "contradiction", "actor", "agreement", "place"}
}

func statementColumns() []column {
	cols := []column{textColumn("act", "say, deny, pledge, …", func(it *item) string { return it.stmt.Act })}
	cols = append(cols, idColumns("source", "who says it", func(it *item) []record.ID { return it.stmt.Source })...)
	cols = append(cols, textColumn("source_words", "the words that name who says it", func(it *item) string {
		if it.stmt.SourceMention == nil {
			return ""
		}
		return it.stmt.SourceMention.Text
	}))
	cols = append(cols, idColumns("addressee", "to whom", func(it *item) []record.ID { return it.stmt.Addressee })...)
	cols = append(cols, idColumns("via", "who relays it, nearest the speaker first", func(it *item) []record.ID { return it.stmt.Via })...)
	cols = append(cols,
		textColumn("content", "what is said; pieces that stand apart are joined by ' … '", func(it *item) string { return content(it.stmt) }),
		textColumn("quotation", "direct, indirect, mixed", func(it *item) string { return it.stmt.Quotation }),
		textColumn("channel", "phone, interview, speech, …", func(it *item) string { return it.stmt.Channel }),
		textColumn("reported_in", "the statement whose content holds this one", func(it *item) string { return deref(it.stmt.ReportedIn) }),
	)
	return append(cols, timeColumns("said_at", "when it was said", func(it *item) *record.Time { return it.stmt.SaidAt })...)
}

// content joins the pieces of what is said.
func content(stmt *record.Statement) string {
	parts := make([]string, len(stmt.Content))
	for i, p := range stmt.Content {
		parts[i] = p.Text
	}
	return strings.Join(parts, " … ")
}

func eventColumns() []column {
	cols := []column{
		textColumn("type", "PLOVER event type", func(it *item) string { return it.ev.Type }),
		textColumn("mode", "PLOVER mode", func(it *item) string { return it.ev.Mode }),
		textColumn("context", "PLOVER contexts, '; ' between two", func(it *item) string { return strings.Join(it.ev.Context, "; ") }),
		textColumn("cameo", "CAMEO code", func(it *item) string { return it.ev.CAMEO }),
		textColumn("status", "actual, ongoing, planned, pledged, threatened, requested, possible, denied", func(it *item) string { return it.ev.Status }),
	}
	cols = append(cols, idColumns("actor", "who does it", func(it *item) []record.ID { return it.ev.Actors })...)
	cols = append(cols, idColumns("recipient", "to whom", func(it *item) []record.ID { return it.ev.Recipients })...)
	cols = append(cols, textColumn("trigger", "the words that name the act", func(it *item) string { return it.ev.Trigger.Text }))
	cols = append(cols, timeColumns("when", "when", func(it *item) *record.Time { return it.ev.When })...)
	cols = append(cols, placeColumns(func(it *item) []record.ID { return it.ev.Where })...)
	return append(cols, idColumns("asserted_by", "who says so; empty: the article itself", func(it *item) []record.ID { return some(it.ev.AssertedBy) })...)
}

func commitmentColumns() []column {
	cols := idColumns("by", "who commits itself", func(it *item) []record.ID { return it.com.By })
	cols = append(cols, idColumns("to", "to whom", func(it *item) []record.ID { return it.com.To })...)
	cols = append(cols,
		textColumn("action", "what is to be done", func(it *item) string { return it.com.Action }),
		textColumn("conditions", "kind and words of each condition, '; ' between two", func(it *item) string { return conditions(it.com) }),
		textColumn("state", "what a person decided: kept, broken, …; not_assessed before that", func(it *item) string { return it.state }),
		textColumn("state_in_text", "what the article itself says of it: open, kept, broken, …", func(it *item) string { return it.com.State }),
		textColumn("made_in", "the statement or event it is made in", func(it *item) string { return deref(it.com.MadeIn) }),
	)
	return append(cols, timeColumns("due", "when it is due", func(it *item) *record.Time { return it.com.Due })...)
}

func conditions(com *record.Commitment) string {
	parts := make([]string, len(com.Conditions))
	for i, c := range com.Conditions {
		parts[i] = c.Kind + ": " + listed(c.Text)
	}
	return strings.Join(parts, "; ")
}

func contactColumns() []column {
	cols := []column{
		textColumn("contact", "call, meeting, talks, visit, summit, session, address", func(it *item) string { return it.con.Kind }),
		textColumn("status", "held, planned, proposed, refused, unanswered", func(it *item) string { return it.con.Status }),
	}
	cols = append(cols, idColumns("participant", "who takes part", func(it *item) []record.ID { return it.con.Participants })...)
	cols = append(cols, timeColumns("when", "when", func(it *item) *record.Time { return it.con.When })...)
	cols = append(cols, placeColumns(func(it *item) []record.ID { return it.con.Where })...)
	cols = append(cols,
		textColumn("duration", "ISO 8601", func(it *item) string { return it.con.Duration }),
		textColumn("about", "what about", func(it *item) string { return it.con.About }))
	return append(cols, idColumns("asserted_by", "who says so; empty: the article itself", func(it *item) []record.ID { return some(it.con.AssertedBy) })...)
}

func figureColumns() []column {
	cols := []column{
		numberColumn("value", "the number, or the lower end of a range", func(it *item) *float64 { return &it.fig.Value }),
		numberColumn("high", "the upper end of a range", func(it *item) *float64 { return it.fig.High }),
		textColumn("bound", "about, exactly, at_least, at_most", func(it *item) string { return it.fig.Bound }),
		textColumn("unit", "of the number", func(it *item) string { return it.fig.Unit }),
		textColumn("of", "what is counted", func(it *item) string { return it.fig.Of }),
	}
	cols = append(cols, timeColumns("when", "for when", func(it *item) *record.Time { return it.fig.When })...)
	cols = append(cols, placeColumns(func(it *item) []record.ID { return it.fig.Where })...)
	return append(cols, idColumns("asserted_by", "who gives it; empty: the article itself", func(it *item) []record.ID { return it.fig.AssertedBy })...)
}

func contradictionColumns() []column {
	cols := []column{
		textColumn("basis", "stated: somebody in the article says so; inferred: the reader found it in one article; archive: found across articles", func(it *item) string { return it.basis }),
		textColumn("type", "of one across articles: denial, opposite, number, time, place, strength, omission", func(it *item) string { return contradictionType(it) }),
		textColumn("reason", "why they conflict", func(it *item) string { return it.dis.Reason }),
	}
	cols = append(cols, idColumns("by", "who says that they conflict", func(it *item) []record.ID { return it.dis.By })...)
	cols = append(cols, sideColumns("a", func(it *item) *item { return it.a })...)
	return append(cols, sideColumns("b", func(it *item) *item { return it.b })...)
}

// contradictionType is that of a link; within an article contradictions have none.
func contradictionType(it *item) string {
	if it.basis != "archive" {
		return ""
	}
	return it.Label
}

// sideColumns are those of one side of a contradiction.
func sideColumns(name string, side func(*item) *item) []column {
	col := func(part, meaning string, of func(*item) string) column {
		return textColumn(name+"_"+part, meaning, func(it *item) string { return of(side(it)) })
	}
	return []column{
		col("id", "the entry on side "+name, func(s *item) string { return string(s.ID) }),
		col("kind", "its kind", func(s *item) string { return s.Kind }),
		col("voice", "who says or does it: names", func(s *item) string { return s.voice() }),
		col("text", "its exact words", func(s *item) string { return s.Text }),
		col("article", "its article", func(s *item) string { return string(s.Article) }),
		col("url", "address of its article", func(s *item) string { return s.URL }),
		col("publisher", "publisher of its article", func(s *item) string { return s.Publisher }),
		col("published", "when its article was published", func(s *item) string { return s.in.published }),
		countColumn(name+"_start", "first code point of its words", func(it *item) int { return side(it).Span[0] }),
		countColumn(name+"_end", "code point after the last", func(it *item) int { return side(it).Span[1] }),
	}
}

// voice names who says, does, promises or counts what the item holds.
func (it *item) voice() string {
	switch {
	case it.stmt != nil:
		return it.in.speaker(it.stmt)
	case it.ev != nil:
		return it.in.list(it.ev.Actors)
	case it.com != nil:
		return it.in.list(it.com.By)
	case it.con != nil:
		return it.in.list(it.con.Participants)
	case it.fig != nil:
		return it.in.list(it.fig.AssertedBy)
	}
	return ""
}

func actorColumns() []column {
	return []column{
		textColumn("name", "canonical name", func(it *item) string { return it.actor.Name }),
		textColumn("kind", "person, state, government, office, …", func(it *item) string { return it.actor.Kind }),
		textColumn("country", "ISO 3166 alpha-3", func(it *item) string { return it.actor.Country }),
		textColumn("sector", "PLOVER sector", func(it *item) string { return it.actor.Sector }),
		textColumn("role", "office or position, as the article gives it", func(it *item) string { return it.actor.Role }),
		textColumn("part_of", "what it is part of: name", func(it *item) string { return it.in.list(some(it.actor.PartOf)) }),
		textColumn("part_of_id", "what it is part of: id", func(it *item) string { return deref(it.actor.PartOf) }),
		textColumn("identity", "the actor across articles", func(it *item) string { return string(it.in.identities[it.ID]) }),
		textColumn("aliases", "names the article uses, '; ' between two", func(it *item) string { return joinListed(it.actor.Aliases) }),
		textColumn("same_as", "links such as a Wikidata id, one blank between two", func(it *item) string { return strings.Join(it.actor.SameAs, " ") }),
		countColumn("mentions", "how often the article mentions it", func(it *item) int { return len(it.actor.Mentions) }),
	}
}

func agreementColumns() []column {
	cols := []column{textColumn("name", "what it is called", func(it *item) string { return it.agr.Name })}
	cols = append(cols, idColumns("party", "who agreed", func(it *item) []record.ID { return it.agr.Parties })...)
	cols = append(cols, timeColumns("date", "when it was agreed", func(it *item) *record.Time { return it.agr.Date })...)
	return append(cols,
		textColumn("terms", "the words of each term that the article gives, '; ' between two", func(it *item) string { return joinListed(textsOf(it.agr.Terms)) }),
		countColumn("mentions", "how often the article mentions it", func(it *item) int { return len(it.agr.Mentions) }))
}

func textsOf(pieces []record.Words) []string {
	out := make([]string, len(pieces))
	for i, p := range pieces {
		out[i] = p.Text
	}
	return out
}

func onePlaceColumns() []column {
	return []column{
		textColumn("name", "canonical name", func(it *item) string { return it.spot.Name }),
		textColumn("kind", "country, region, city, site, …", func(it *item) string { return it.spot.Kind }),
		textColumn("country", "ISO 3166 alpha-3", func(it *item) string { return it.spot.Country }),
		numberColumn("lat", "latitude, WGS 84 degrees", func(it *item) *float64 { return it.spot.Lat }),
		numberColumn("lon", "longitude", func(it *item) *float64 { return it.spot.Lon }),
		textColumn("same_as", "links such as a Wikidata id, one blank between two", func(it *item) string { return strings.Join(it.spot.SameAs, " ") }),
		countColumn("mentions", "how often the article mentions it", func(it *item) int { return len(it.spot.Mentions) }),
	}
}

// placeColumns are a place's names and ids, and the coordinates of the first that has any.
func placeColumns(of func(*item) []record.ID) []column {
	return append(idColumns("where", "where", of),
		numberColumn("lat", "latitude of the first place that has one, WGS 84 degrees", func(it *item) *float64 { lat, _ := it.in.point(of(it)); return lat }),
		numberColumn("lon", "longitude of the same place", func(it *item) *float64 { _, lon := it.in.point(of(it)); return lon }))
}

// point is where the first of the places with coordinates lies.
func (art *article) point(ids []record.ID) (lat, lon *float64) {
	for _, id := range ids {
		if p := art.places[id]; p != nil && p.Lat != nil && p.Lon != nil {
			return p.Lat, p.Lon
		}
	}
	return nil, nil
}

func joinListed(names []string) string {
	parts := make([]string, len(names))
	for i, n := range names {
		parts[i] = listed(n)
	}
	return strings.Join(parts, "; ")
}

// some makes a list of an id that may be missing.
func some(id *record.ID) []record.ID {
	if id == nil {
		return nil
	}
	return []record.ID{*id}
}
