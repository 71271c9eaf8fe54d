package alert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/internal/record"
)

// ErrInvalid says that a search or rule cannot be kept as it is; the error around it says why.
var ErrInvalid = errors.New("not acceptable")

// Limits on what people may keep, in characters and in numbers.
const (
	maxName   = 200
	maxText   = 500
	maxValues = 30  // actors, labels, …
	maxActors = 200 // identities that the names of a search may stand for
)

// Terms are what is searched for: the parameters of a list in the API, under the names they have there. Zero fields ask for
// nothing in particular.
type Terms struct {
	Kinds         []string `json:"kind,omitempty" doc:"statement, event, commitment, contact, figure, contradiction or agreement"`
	Text          string   `json:"q,omitempty" doc:"words that must all stand in the entry; a phrase in quotation marks"`
	Actors        []string `json:"actor,omitempty" doc:"names, or ids (i-… or a-…)"`
	Role          string   `json:"role,omitempty" doc:"the actors' role; about: they are named in the words, and do not speak"`
	Labels        []string `json:"label,omitempty"`
	Status        []string `json:"status,omitempty"`
	Publishers    []string `json:"publisher,omitempty" doc:"of articles of one of these"`
	Article       string   `json:"article,omitempty"`
	Origin        string   `json:"origin,omitempty"`
	From          string   `json:"from,omitempty" doc:"2022-02-20, or RFC 3339"`
	To            string   `json:"to,omitempty"`
	MinConfidence float64  `json:"min_confidence,omitempty"`
	Verdict       string   `json:"verdict,omitempty" doc:"confirm, reject, doubt or none"`
	All           bool     `json:"all,omitempty" doc:"also of superseded and withdrawn articles"`
}

// about is the role of actors who are spoken of.
const about = "about"

// check holds terms against the limits.
func (t *Terms) check() error {
	switch {
	case len(t.Kinds)+len(t.Actors)+len(t.Labels)+len(t.Status)+len(t.Publishers) > maxValues:
		return fmt.Errorf("more than %d kinds, actors, labels, states and publishers: %w", maxValues, ErrInvalid)
	case !(t.MinConfidence >= 0 && t.MinConfidence <= 1):
		return fmt.Errorf("min_confidence is not between 0 and 1: %w", ErrInvalid)
	case !slices.Contains([]string{"", about, "source", "addressee", "via", "actor", "recipient", "by", "to", "participant", "asserted_by"}, t.Role):
		return fmt.Errorf("%q is no role: %w", t.Role, ErrInvalid)
	case !slices.Contains([]string{"", "confirm", "reject", "doubt", "none"}, t.Verdict):
		return fmt.Errorf("%q is no verdict: %w", t.Verdict, ErrInvalid)
	}
	for _, kind := range t.Kinds {
		if !slices.Contains([]string{"statement", "event", "commitment", "contact", "figure", "contradiction", "agreement", "actor", "place"}, kind) {
			return fmt.Errorf("%q is no kind of entry: %w", kind, ErrInvalid)
		}
	}
	for _, at := range []string{t.From, t.To} {
		if _, err := instant(at); err != nil {
			return err
		}
	}
	for _, text := range slices.Concat([]string{t.Text, t.Article, t.Origin}, t.Actors, t.Labels, t.Status, t.Publishers) {
		if err := checkText(text, maxText); err != nil {
			return err
		}
	}
	q := record.Query{Kinds: t.Kinds, Labels: t.Labels, Status: t.Status}
	if len(t.Kinds) == 0 || slices.Contains(t.Kinds, "contradiction") {
		q.Labels = nil // types of contradictions between articles, too
	}
	if err := q.Check(); err != nil {
		return fmt.Errorf("%w: %w", err, ErrInvalid) // it would wait for ever
	}
	return nil
}

// empty says whether they ask for nothing in particular.
func (t *Terms) empty() bool {
	return t.Text == "" && len(t.Actors)+len(t.Labels)+len(t.Status)+len(t.Kinds)+len(t.Publishers) == 0 && t.MinConfidence == 0
}

// checkText refuses what is too long, or holds what no name or search has: such as line breaks, which could become headers
// of a message, and marks that turn the direction of writing.
func checkText(text string, most int) error {
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > most {
		return fmt.Errorf("longer than %d characters, or not UTF-8: %w", most, ErrInvalid)
	}
	if strings.ContainsFunc(text, hidden) {
		return fmt.Errorf("%q holds characters that cannot be seen: %w", text, ErrInvalid)
	}
	return nil
}

// hidden are control characters and those that turn the direction of writing or cannot be seen; not the joiners, which
// some scripts are written with.
func hidden(r rune) bool {
	return r != '\u200c' && r != '\u200d' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co)
}

// instant reads a time as the API takes it.
func instant(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no time: write it as 2022-02-20 or 2022-02-20T18:00:00Z: %w", text, ErrInvalid)
}

// wanted are the entries that terms ask for.
type wanted struct {
	q    record.Query // without actors
	some bool         // only entries with one of who
	who  []record.ID  // identities, and actors of one article
	role string
}

// question looks the actors up. Nobody of that name yet: nothing is wanted.
func (t *Terms) question(ctx context.Context, in record.Reader, kinds []string) (wanted, error) {
	w := wanted{
		q:    record.Query{Kinds: t.Kinds, Text: t.Text, Labels: t.Labels, Status: t.Status, Publishers: t.Publishers, MinConfidence: t.MinConfidence},
		some: len(t.Actors) > 0, role: t.Role,
	}
	if len(w.q.Kinds) == 0 {
		w.q.Kinds = kinds
	}
	var err error
	w.who, err = identities(ctx, in, t.Actors)
	return w, err
}

// identities are those that names stand for; an id stands for itself.
func identities(ctx context.Context, in record.Reader, names []string) ([]record.ID, error) {
	var out []record.ID
	for _, name := range names {
		if kind := record.KindOf(record.ID(name)); kind == "identity" || kind == "actor" {
			out = append(out, record.ID(name))
			continue
		}
		found, err := in.Identities(ctx, name, 20)
		if err != nil {
			return nil, fmt.Errorf("looking for %q: %w", name, err)
		}
		for _, one := range found {
			out = append(out, one.ID)
		}
	}
	return out[:min(len(out), maxActors)], nil
}

// in gives the entries of an article that are wanted, in the order of the text.
func (w *wanted) in(ctx context.Context, s *sight, article *record.Article) ([]record.Entry, error) {
	if !w.some {
		return ofArticle(ctx, s.in, w.q, article)
	}
	cast, err := s.castOf(ctx, article)
	if err != nil {
		return nil, err
	}
	cast = slices.DeleteFunc(slices.Clone(cast), func(m member) bool {
		return !slices.Contains(w.who, m.identity) && !slices.Contains(w.who, m.actor.ID)
	})
	if len(cast) == 0 {
		return nil, nil
	}
	q := w.q
	if w.role != about {
		q.Role = w.role
		for _, m := range cast {
			q.Actors = append(q.Actors, m.actor.ID)
		}
		return ofArticle(ctx, s.in, q, article)
	}
	entries, err := ofArticle(ctx, s.in, q, article)
	return slices.DeleteFunc(entries, func(e record.Entry) bool { return !isAbout(&e, cast) }), err
}

// isAbout says whether what a statement says mentions one of the actors, by whatever name or pronoun, and none of them
// says it.
func isAbout(e *record.Entry, cast []member) bool {
	var s record.Statement
	if json.Unmarshal(e.Item, &s) != nil {
		return false
	}
	mentioned := false
	for _, m := range cast {
		if slices.Contains(s.Source, m.actor.ID) {
			return false
		}
		for _, words := range s.Content {
			mentioned = mentioned || slices.ContainsFunc(m.actor.Mentions, func(at record.Span) bool { return words.Span[0] <= at[0] && at[1] <= words.Span[1] })
		}
	}
	return mentioned
}

// has says whether an entry is wanted.
func (w *wanted) has(ctx context.Context, s *sight, e *record.Entry) (bool, error) {
	of := record.Article{Document: record.Document{ID: string(e.Article)}, Known: e.Known}
	found, err := w.in(ctx, s, &of)
	return slices.ContainsFunc(found, func(f record.Entry) bool { return f.ID == e.ID }), err
}

// ofArticle is a query narrowed to an article. When it was known is said too, so that an archive finds its words fast.
func ofArticle(ctx context.Context, in record.Reader, q record.Query, article *record.Article) ([]record.Entry, error) {
	q.Article, q.From, q.To, q.Oldest, q.Limit = record.ID(article.ID), article.Known, article.Known, true, 1000
	var out []record.Entry
	for page, err := range record.Pages(ctx, in, q) {
		if err != nil {
			return nil, fmt.Errorf("looking into %s: %w", article.ID, err)
		}
		out = append(out, page...)
	}
	return out, nil
}
