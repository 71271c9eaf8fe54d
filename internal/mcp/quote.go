package mcp

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"parley/internal/desk"
	"parley/internal/record"
	"parley/internal/view"
)

// The most characters of words, and of a name or title, in an answer.
const (
	mostWords = 2000
	mostName  = 300
	mostNames = 20 // in one list
)

// source is where an item stands.
type source struct {
	Article   record.ID   `json:"article" jsonschema:"id of the article"`
	Title     string      `json:"title"`
	Publisher string      `json:"publisher"`
	URL       string      `json:"url"`
	Span      record.Span `json:"span" jsonschema:"first and past-the-last character of the words in the article's text"`
	Known     string      `json:"known" jsonschema:"when the article was published, or fetched where that is not known"`
}

// quote is an entry as an answer shows it.
type quote struct {
	ID         record.ID `json:"id"`
	Kind       string    `json:"kind"`
	Label      string    `json:"label,omitempty" jsonschema:"act, type, kind or unit"`
	Status     string    `json:"status,omitempty"`
	Words      string    `json:"words" jsonschema:"exactly what the article says, quoted"`
	Clipped    bool      `json:"clipped,omitempty" jsonschema:"the words go on: get_article shows all"`
	Chain      []string  `json:"chain" jsonschema:"speaker or actor, who relays it, publisher"`
	Who        []string  `json:"who,omitempty" jsonschema:"who speaks, acts, promises, takes part or gives the figure"`
	To         []string  `json:"to,omitempty" jsonschema:"to whom"`
	When       string    `json:"when,omitempty" jsonschema:"when it was said, happened, is due or is counted: ISO 8601, from/to"`
	Where      []string  `json:"where,omitempty"`
	Amount     string    `json:"amount,omitempty" jsonschema:"of a figure: number, unit and what is counted"`
	Conditions []string  `json:"conditions,omitempty" jsonschema:"of a commitment"`
	Reason     string    `json:"reason,omitempty" jsonschema:"of a contradiction"`
	Confidence float64   `json:"confidence" jsonschema:"how sure the reader is that the article says so, 0 to 1"`
	Verdict    string    `json:"verdict,omitempty" jsonschema:"what a person decided: confirm, reject or doubt"`
	Source     source    `json:"source"`
}

// parts are what all kinds of items name, under their names in the record.
type parts struct {
	Source       []record.ID        `json:"source"`
	Actors       []record.ID        `json:"actors"`
	By           []record.ID        `json:"by"`
	Participants []record.ID        `json:"participants"`
	Parties      []record.ID        `json:"parties"`
	Addressee    []record.ID        `json:"addressee"`
	Recipients   []record.ID        `json:"recipients"`
	To           []record.ID        `json:"to"`
	Where        []record.ID        `json:"where"`
	SaidAt       *record.Time       `json:"said_at"`
	When         *record.Time       `json:"when"`
	Due          *record.Time       `json:"due"`
	Conditions   []record.Condition `json:"conditions"`
	Reason       string             `json:"reason"`
	Value        *float64           `json:"value"`
	High         *float64           `json:"high"`
	Bound        string             `json:"bound"`
	Unit         string             `json:"unit"`
	Of           string             `json:"of"`
}

// quoteOf is an entry for an answer.
func quoteOf(s *desk.Shown) (quote, error) {
	e := &s.Entry
	var p parts
	if err := json.Unmarshal(e.Item, &p); err != nil {
		return quote{}, fmt.Errorf("reading %s: %w", e.ID, err)
	}
	q := quote{
		ID: e.ID, Kind: e.Kind, Label: line(e.Label), Status: line(e.Status), Confidence: e.Confidence, Verdict: e.Verdict, Reason: clip(view.Clean(p.Reason), mostWords),
		Source: source{e.Article, line(e.Title), line(e.Publisher), line(e.URL), e.Span, e.Known.Format(time.RFC3339)},
	}
	q.Words = clip(e.Text, mostWords)
	q.Clipped = len(q.Words) < len(e.Text)
	for _, link := range s.Chain {
		q.Chain = append(q.Chain, line(link))
	}
	named := func(lists ...[]record.ID) (out []string) {
		for _, ids := range lists {
			for _, id := range ids {
				if name := line(s.Names[id]); name != "" && len(out) < mostNames {
					out = append(out, name)
				}
			}
		}
		return out
	}
	q.Who = named(p.Source, p.Actors, p.By, p.Participants, p.Parties)
	q.To = named(p.Addressee, p.Recipients, p.To)
	q.Where = named(p.Where)
	for _, t := range []*record.Time{p.SaidAt, p.When, p.Due} {
		if q.When == "" {
			q.When = when(t)
		}
	}
	for _, c := range p.Conditions[:min(len(p.Conditions), mostNames)] {
		q.Conditions = append(q.Conditions, line(c.Kind+": "+c.Text))
	}
	q.Amount = p.amount()
	return q, nil
}

// when is a time as ISO 8601: a day, or from/to with nothing at an open end.
func when(t *record.Time) string {
	if t == nil || t.Start == nil && t.End == nil {
		return ""
	}
	var ends [2]string
	for i, s := range []*string{t.Start, t.End} {
		if s != nil {
			ends[i] = *s
		}
	}
	if ends[0] == ends[1] {
		return ends[0]
	}
	return ends[0] + "/" + ends[1]
}

// amount is what a figure says; empty for what is none.
func (p *parts) amount() string {
	if p.Value == nil {
		return ""
	}
	out := number(*p.Value)
	if p.High != nil {
		out += " to " + number(*p.High)
	}
	if p.Bound != "" && p.Bound != "exactly" {
		out = strings.ReplaceAll(p.Bound, "_", " ") + " " + out
	}
	return line(strings.Join(strings.Fields(out+" "+p.Unit+" "+p.Of), " "))
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// line is a name or title on one line, cleaned and cut.
func line(s string) string { return clip(view.Clean(s), mostName) }

// clip cuts a text to at most so many characters.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	at := 0
	for range most {
		_, size := utf8.DecodeRuneInString(s[at:])
		if at += size; at >= len(s) {
			return s
		}
	}
	return s[:at]
}
