package alert

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"parley/internal/record"
)

// Limits of a message.
const (
	maxTold   = 20   // alerts in full
	maxQuotes = 6    // of one alert
	maxWords  = 2000 // characters of one quotation
	maxNames  = 5    // of speakers
)

// Message is what is sent: some alerts of one rule.
type Message struct {
	ID      string    `json:"id"` // the same when it is sent again
	At      time.Time `json:"at"`
	Archive string    `json:"archive"`
	Rule    Named     `json:"rule"`
	Note    string    `json:"note"`           // what a finding is, and is not
	Test    bool      `json:"test,omitempty"` // somebody tries whether messages arrive; nothing was found
	Firing  []Told    `json:"firing"`
	Ended   []Told    `json:"ended"` // told before, and no longer so
	More    int       `json:"more,omitempty"`
	Link    string    `json:"link,omitempty"` // to the page of alerts
}

// Named is the rule that a message is about.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// Told is an alert with the words it rests on.
type Told struct {
	ID      string    `json:"id"`
	State   string    `json:"state"`
	Found   time.Time `json:"found"`
	Why     string    `json:"why"`
	Decider string    `json:"decided_by,omitempty"`
	Reason  string    `json:"reason,omitempty"` // why it ended
	Quotes  []Quote   `json:"quotes"`
	More    int       `json:"more,omitempty"` // entries that rest beside these
}

// Quote is an entry's exact words with their source.
type Quote struct {
	Entry     record.ID `json:"entry"`
	Kind      string    `json:"kind,omitempty"`
	Label     string    `json:"label,omitempty"`
	Words     string    `json:"words,omitempty"`
	Cut       bool      `json:"cut,omitempty"`      // the words go on
	Sentence  string    `json:"sentence,omitempty"` // that a figure stands in, whose own words are few
	By        []string  `json:"by,omitempty"`       // who says it
	To        []string  `json:"to,omitempty"`
	Via       []string  `json:"via,omitempty"` // through whom
	Article   record.ID `json:"article,omitempty"`
	Title     string    `json:"title,omitempty"`
	Publisher string    `json:"publisher,omitempty"`
	URL       string    `json:"url,omitempty"`
	Known     time.Time `json:"known,omitzero"`
	Link      string    `json:"link,omitempty"` // to the entry in the desk
	// Checked says whether a person has judged it.
	Checked string `json:"checked"`
}

// note stands in every message.
const note = "Found by a machine that reads articles, in the words quoted. Whether they are true nobody has checked unless it says so."

// Composer makes messages of alerts.
type Composer struct {
	Store *Store
	Access
	Base string // address of the desk without a slash at the end, such as https://desk.example; empty: no links
}

// message takes a message's words from the archive, as it is now.
func (c *Composer) message(ctx context.Context, id string) (Message, error) {
	m := Message{ID: id, Note: note, Firing: []Told{}, Ended: []Told{}}
	var at int64
	var told, ended []byte
	if err := c.Store.db.QueryRowContext(ctx, "SELECT rule, at, told, ended FROM alert_messages WHERE id = ?", id).Scan(&m.Rule.ID, &at, &told, &ended); err != nil {
		return m, fmt.Errorf("message %s: %w", id, err)
	}
	m.At = moment(at)
	rules, err := c.Store.keptRules(ctx, "id = ?", m.Rule.ID)
	if err != nil || len(rules) == 0 {
		return m, fmt.Errorf("message %s: its rule: %w", id, orNotFound(err))
	}
	m.Archive, m.Rule.Name, m.Rule.Kind = rules[0].Archive, rules[0].Name, rules[0].Kind
	in, err := c.open(ctx, &rules[0].Rule)
	if err != nil {
		return m, err
	}
	if c.Base != "" {
		m.Link = c.Base + "/alerts"
	}
	for _, list := range []struct {
		ids  []byte
		into *[]Told
	}{{told, &m.Firing}, {ended, &m.Ended}} {
		more, err := c.list(ctx, in, list.ids, list.into)
		if err != nil {
			return m, fmt.Errorf("message %s: %w", id, err)
		}
		m.More += more
	}
	return m, nil
}

// list adds the alerts of a list of ids, JSON; more is how many there are beside those.
func (c *Composer) list(ctx context.Context, in record.Reader, list []byte, into *[]Told) (more int, err error) {
	var ids []string
	if err := json.Unmarshal(list, &ids); err != nil {
		return 0, err
	}
	for _, id := range ids[:min(len(ids), maxTold)] {
		alerts, err := c.Store.alerts(ctx, "a.id = ?", id)
		if err != nil {
			return 0, err
		}
		for i := range alerts { // one, or none if it was deleted
			t, err := c.told(ctx, in, &alerts[i])
			if err != nil {
				return 0, err
			}
			*into = append(*into, t)
		}
	}
	return max(0, len(ids)-maxTold), nil
}

func orNotFound(err error) error {
	if err == nil {
		return ErrNotFound
	}
	return err
}

// told is an alert with its words.
func (c *Composer) told(ctx context.Context, in record.Reader, a *Alert) (Told, error) {
	t := Told{ID: a.ID, State: a.State, Found: a.Found, Why: a.Why, Decider: a.Decider, Reason: a.Reason, Quotes: []Quote{}}
	for _, id := range a.Entries {
		if record.KindOf(id) == "link" {
			continue
		}
		if len(t.Quotes) == maxQuotes {
			t.More++
			continue
		}
		q, err := c.quote(ctx, in, a.Archive, id)
		if err != nil {
			return t, err
		}
		if q.Kind == "contradiction" && q.Words == "" {
			continue // one that nobody states: its sides are quoted
		}
		t.Quotes = append(t.Quotes, q)
	}
	return t, nil
}

// quote is an entry's words; of one that is gone only its id.
func (c *Composer) quote(ctx context.Context, in record.Reader, archive string, id record.ID) (Quote, error) {
	e, err := in.Entry(ctx, id)
	if absent(err) {
		return Quote{Entry: id, Checked: "no longer in the archive"}, nil
	}
	if err != nil {
		return Quote{}, fmt.Errorf("quoting %s: %w", id, err)
	}
	q := Quote{Entry: id, Kind: e.Kind, Label: e.Label, Words: clip(e.Text, maxWords), Article: e.Article, Title: clip(e.Title, maxText),
		Publisher: clip(e.Publisher, maxName), URL: clip(e.URL, maxWords), Known: e.Known, Checked: checked(e.Verdict)}
	if !strings.HasPrefix(q.URL, "https://") && !strings.HasPrefix(q.URL, "http://") {
		q.URL = ""
	}
	q.Cut = q.Words != e.Text
	if c.Base != "" {
		q.Link = c.Base + "/" + url.PathEscape(archive) + "/entry/" + url.PathEscape(string(id))
	}
	by, to, via := parties(&e)
	for _, names := range []struct {
		ids  []record.ID
		into *[]string
	}{{by, &q.By}, {to, &q.To}, {via, &q.Via}} {
		if *names.into, err = namesOf(ctx, in, names.ids); err != nil {
			return q, err
		}
	}
	if e.Kind == "figure" {
		article, err := in.Article(ctx, e.Article)
		if err != nil && !absent(err) {
			return q, fmt.Errorf("quoting %s: %w", id, err)
		}
		q.Sentence = clip(sentence(article.Text, e.Span), maxWords)
	}
	return q, nil
}

// parties are who says, does or promises what an entry tells, to whom, and through whom. Ids that are not of actors may be
// among them; an item that cannot be read has none.
func parties(e *record.Entry) (by, to, via []record.ID) {
	switch e.Kind {
	case "statement":
		var s record.Statement
		if json.Unmarshal(e.Item, &s) == nil {
			return s.Source, s.Addressee, s.Via
		}
	case "event":
		var v record.Event
		if json.Unmarshal(e.Item, &v) == nil {
			return v.Actors, v.Recipients, nil
		}
	case "commitment":
		var c record.Commitment
		if json.Unmarshal(e.Item, &c) == nil {
			return c.By, c.To, nil
		}
	case "figure":
		var f record.Figure
		if json.Unmarshal(e.Item, &f) == nil {
			return f.AssertedBy, nil, nil
		}
	}
	return nil, nil, nil
}

// sentence is the one that a span of a text stands in, from its beginning to its end, at most 300 characters to each side.
func sentence(text string, span record.Span) string {
	all := []rune(text)
	whole, ok := record.SentenceOf(all, span, 300)
	if !ok {
		return ""
	}
	return strings.TrimSpace(string(all[whole[0]:whole[1]]))
}

// namesOf are the names of actors.
func namesOf(ctx context.Context, in record.Reader, ids []record.ID) ([]string, error) {
	var out []string
	for _, id := range ids[:min(len(ids), maxNames)] {
		e, err := in.Entry(ctx, id)
		if absent(err) {
			continue
		}
		var a record.Actor
		if err != nil {
			return nil, fmt.Errorf("naming %s: %w", id, err)
		}
		if json.Unmarshal(e.Item, &a) == nil && a.Name != "" {
			out = append(out, clip(a.Name, maxName))
		}
	}
	return out, nil
}

// checked says in words what a person has judged.
func checked(verdict string) string {
	switch verdict {
	case "confirm":
		return "a person has confirmed that it is what the article says"
	case "reject":
		return "a person has rejected it"
	case "doubt":
		return "a person doubts it"
	}
	return "found by a machine; nobody has judged it"
}

// clip keeps the first characters of a text.
func clip(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most])
}

// plain makes one line of a text, without what cannot be seen or turns the direction of writing.
func plain(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case hidden(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))), " ")
}
