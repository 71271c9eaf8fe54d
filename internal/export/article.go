package export

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"parley/internal/record"
)

// article is what an export asks about the article of an entry.
type article struct {
	published  string
	language   string
	text       string
	runes      []rune // of text, made when first asked for
	actors     map[record.ID]*record.Actor
	places     map[record.ID]*record.Place
	statements map[record.ID]*record.Statement
	identities map[record.ID]record.ID // of its actors
}

// keptArticles is how many articles are kept at once. Entries come article by article, but for contradictions.
const keptArticles = 64

// articles keeps the articles asked for last.
type articles struct {
	src   Source
	found map[record.ID]*article
	order []record.ID // oldest first
}

// get is an article by its id; an erased or unknown one is empty, for its entries stand on their own.
func (a *articles) get(ctx context.Context, id record.ID) (*article, error) {
	if art := a.found[id]; art != nil {
		return art, nil
	}
	art, err := a.load(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(a.order) == keptArticles {
		delete(a.found, a.order[0])
		a.order = a.order[1:]
	}
	a.found[id] = art
	a.order = append(a.order, id)
	return art, nil
}

func (a *articles) load(ctx context.Context, id record.ID) (*article, error) {
	rec, err := a.src.Record(ctx, id)
	if errors.Is(err, record.ErrErased) || errors.Is(err, record.ErrNotFound) {
		return &article{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the record of %s: %w", id, err)
	}
	art := newArticle(rec)
	actors := make([]record.ID, len(rec.Actors))
	for i := range rec.Actors {
		actors[i] = rec.Actors[i].ID
	}
	if art.identities, err = a.src.IdentityOf(ctx, actors); err != nil {
		return nil, fmt.Errorf("finding the identities of actors of %s: %w", id, err)
	}
	return art, nil
}

func newArticle(rec *record.Record) *article {
	art := &article{
		published: rec.Document.Published, language: rec.Document.Language, text: rec.Document.Text,
		actors: map[record.ID]*record.Actor{}, places: map[record.ID]*record.Place{}, statements: map[record.ID]*record.Statement{},
	}
	for i := range rec.Actors {
		art.actors[rec.Actors[i].ID] = &rec.Actors[i]
	}
	for i := range rec.Places {
		art.places[rec.Places[i].ID] = &rec.Places[i]
	}
	for i := range rec.Statements {
		art.statements[rec.Statements[i].ID] = &rec.Statements[i]
	}
	return art
}

// name is that of an actor or place; a statement is named by who makes it. Empty where it is not known.
func (art *article) name(id record.ID) string {
	if a := art.actors[id]; a != nil {
		return a.Name
	}
	if p := art.places[id]; p != nil {
		return p.Name
	}
	if stmt := art.statements[id]; stmt != nil {
		return art.speaker(stmt)
	}
	return ""
}

// speaker names who makes a statement: its actors, or the words of the text where nobody is known behind them.
func (art *article) speaker(stmt *record.Statement) string {
	if s := art.list(stmt.Source); s != "" || stmt.SourceMention == nil {
		return s
	}
	return listed(stmt.SourceMention.Text)
}

// list joins the names behind ids with semicolons; one that is not known stands as its id, so that lists of ids and of
// names stay side by side.
func (art *article) list(ids []record.ID) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = listed(art.name(id))
		if parts[i] == "" {
			parts[i] = string(id)
		}
	}
	return strings.Join(parts, "; ")
}

// listed makes a name fit to stand in a list.
func listed(name string) string { return strings.ReplaceAll(name, ";", ",") }

// around gives the words before and after a span, at most n code points each; none where the text is not at hand or
// does not hold the words there.
func (art *article) around(span record.Span, words string, n int) (before, after string) {
	if art.runes == nil {
		art.runes = []rune(art.text)
	}
	if span[0] < 0 || span[1] < span[0] || span[1] > len(art.runes) || string(art.runes[span[0]:span[1]]) != words {
		return "", ""
	}
	return string(art.runes[max(0, span[0]-n):span[0]]), string(art.runes[span[1]:min(len(art.runes), span[1]+n)])
}
