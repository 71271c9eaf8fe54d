package mcp

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/internal/desk"
	"parley/internal/record"
)

type byID struct {
	inArchive
	ID string `json:"id" jsonschema:"id of the entry: s-… statement, e-… event, c-… commitment, k-… contact, f-… figure, x-… contradiction, g-… agreement, a-… actor, p-… place"`
}

// single is one entry with what is behind it.
type single struct {
	Entry   quote        `json:"entry"`
	Origins desk.Origins `json:"origins" jsonschema:"articles that say the same, and independent reporters behind them"`
}

func (t *tools) entry(ctx context.Context, a *Archive, in byID) (single, error) {
	e, err := a.Entry(ctx, record.ID(in.ID))
	if err != nil {
		return single{}, err
	}
	list, err := shown(ctx, a, []record.Entry{e})
	if err != nil {
		return single{}, err
	}
	out := single{Entry: list[0]}
	if out.Origins, err = a.Desk.Origins(ctx, e); err != nil {
		return single{}, err
	}
	for i, label := range out.Origins.Labels {
		out.Origins.Labels[i] = line(label)
	}
	return out, nil
}

// traced is the way of an entry back to its bytes.
type traced struct {
	Entry     quote      `json:"entry"`
	Before    string     `json:"before" jsonschema:"what stands before the words in the text"`
	After     string     `json:"after"`
	Origins   []origin   `json:"origins" jsonschema:"of its passage and of those that say the same"`
	Reporters []string   `json:"reporters" jsonschema:"the independent ones"`
	Articles  int        `json:"articles" jsonschema:"that have it or say the same"`
	Links     []link     `json:"links"`
	Why       string     `json:"why,omitempty" jsonschema:"why the reader made it"`
	Model     string     `json:"model"`
	Rules     string     `json:"rules"`
	State     string     `json:"state" jsonschema:"of the article: current, superseded, withdrawn"`
	Fetched   string     `json:"fetched"`
	RawHash   string     `json:"raw_hash" jsonschema:"SHA-256 of the bytes the article came in"`
	TextHash  string     `json:"text_hash"`
	Decisions []decision `json:"decisions"`
}

type origin struct {
	Article record.ID `json:"article"`
	Label   string    `json:"label"`
	Basis   string    `json:"basis" jsonschema:"credit, copy or own"`
	Reason  string    `json:"reason"`
}

type link struct {
	ID      record.ID `json:"id"`
	Kind    string    `json:"kind"`
	Type    string    `json:"type,omitempty"`
	Other   record.ID `json:"other,omitempty"`
	Reason  string    `json:"reason"`
	Verdict string    `json:"verdict,omitempty"`
}

func (t *tools) trace(ctx context.Context, a *Archive, in byID) (traced, error) {
	tr, err := a.Desk.Trace(ctx, record.ID(in.ID))
	if err != nil {
		return traced{}, err
	}
	list, err := shown(ctx, a, []record.Entry{tr.Entry})
	if err != nil {
		return traced{}, err
	}
	out := traced{
		Entry: list[0], Before: tr.Before, After: tr.After, Origins: []origin{}, Reporters: []string{}, Articles: tr.Articles, Links: []link{}, Why: line(tr.Why),
		Model: tr.Model, Rules: tr.Rules, State: tr.Article.State, Fetched: tr.Article.Fetched.Format(time.RFC3339),
		RawHash: tr.Article.RawHash, TextHash: tr.Article.TextHash, Decisions: []decision{},
	}
	for _, p := range tr.Origins[:min(len(tr.Origins), mostItems)] {
		out.Origins = append(out.Origins, origin{p.Article, line(p.Label), p.Basis, line(p.Reason)})
	}
	for _, label := range tr.Reporters[:min(len(tr.Reporters), mostItems)] {
		out.Reporters = append(out.Reporters, line(label))
	}
	for _, l := range tr.Links[:min(len(tr.Links), mostItems)] {
		other := l.A
		if other == tr.Entry.ID {
			other = l.B
		}
		out.Links = append(out.Links, link{l.ID, l.Kind, l.Type, other, line(l.Reason), l.Verdict})
	}
	for i := range tr.Decisions[max(0, len(tr.Decisions)-mostItems):] {
		out.Decisions = append(out.Decisions, decisionOf(&tr.Decisions[max(0, len(tr.Decisions)-mostItems)+i]))
	}
	return out, nil
}

type articleInput struct {
	inArchive
	ID   string `json:"id" jsonschema:"id of the article: d-…"`
	From int    `json:"from,omitempty" jsonschema:"first character wanted; 0 is the beginning"`
}

// article is a part of an article.
type article struct {
	ID           record.ID   `json:"id"`
	Title        string      `json:"title"`
	Publisher    string      `json:"publisher"`
	Authors      []string    `json:"authors"`
	URL          string      `json:"url"`
	Published    string      `json:"published"`
	Known        string      `json:"known"`
	State        string      `json:"state" jsonschema:"current, superseded, withdrawn or erased"`
	SupersededBy record.ID   `json:"superseded_by,omitempty"`
	Text         string      `json:"text" jsonschema:"quoted, exactly as it came"`
	Span         record.Span `json:"span" jsonschema:"the characters of the text that stand here"`
	Length       int         `json:"length" jsonschema:"characters of the whole text; ask again with from for the rest"`
}

// mostText is how many characters of an article one answer holds.
const mostText = 12000

func (t *tools) article(ctx context.Context, a *Archive, in articleInput) (article, error) {
	art, err := a.Article(ctx, record.ID(in.ID))
	if err != nil {
		return article{}, err
	}
	text := []rune(art.Text)
	from := min(max(in.From, 0), len(text))
	to := min(from+mostText, len(text))
	out := article{
		ID: record.ID(art.ID), Title: line(art.Title), Publisher: line(art.Publisher), Authors: []string{}, URL: line(art.URL), Published: line(art.Published),
		Known: art.Known.Format(time.RFC3339), State: art.State, SupersededBy: art.SupersededBy, Text: string(text[from:to]), Span: record.Span{from, to}, Length: len(text),
	}
	for _, name := range art.Authors[:min(len(art.Authors), mostNames)] {
		out.Authors = append(out.Authors, line(name))
	}
	return out, nil
}

type searchInput struct {
	inArchive
	Words string `json:"words" jsonschema:"all of them must be there; a phrase stands between quotation marks"`
}

// found is what a search found.
type found struct {
	Articles []heading `json:"articles"`
	Entries  []quote   `json:"entries"`
	Actors   []actor   `json:"actors"`
}

// heading is an article in a list.
type heading struct {
	ID        record.ID `json:"id"`
	Title     string    `json:"title"`
	Publisher string    `json:"publisher"`
	URL       string    `json:"url"`
	Known     string    `json:"known"`
}

func (t *tools) search(ctx context.Context, a *Archive, in searchInput) (found, error) {
	out := found{Articles: []heading{}, Entries: []quote{}, Actors: []actor{}}
	if strings.TrimSpace(in.Words) == "" {
		return out, wrong("give words to search for")
	}
	got, err := a.Desk.Search(ctx, in.Words, 0)
	if err != nil {
		return out, err
	}
	for _, art := range got.Articles {
		out.Articles = append(out.Articles, heading{record.ID(art.ID), line(art.Title), line(art.Publisher), line(art.URL), art.Known.Format(time.RFC3339)})
	}
	for i := range got.Entries[:min(len(got.Entries), usualItems)] {
		q, err := quoteOf(&got.Entries[i])
		if err != nil {
			return out, err
		}
		out.Entries = append(out.Entries, q)
	}
	for i := range got.Actors {
		out.Actors = append(out.Actors, actorOf(&got.Actors[i]))
	}
	return out, nil
}

type actorInput struct {
	inArchive
	Name  string `json:"name,omitempty" jsonschema:"only whose names hold these words"`
	Limit int    `json:"limit,omitempty" jsonschema:"how many, 1 to 50; 20 where it is not given"`
}

// actor is an identity across articles.
type actor struct {
	ID       record.ID `json:"id"`
	Name     string    `json:"name"`
	Kind     string    `json:"kind"`
	Country  string    `json:"country,omitempty" jsonschema:"ISO 3166 alpha-3"`
	Sector   string    `json:"sector,omitempty"`
	Aliases  []string  `json:"aliases"`
	Articles int       `json:"articles" jsonschema:"in how many articles it stands"`
}

func actorOf(who *record.Identity) actor {
	out := actor{ID: who.ID, Name: line(who.Name), Kind: who.Kind, Country: who.Country, Sector: who.Sector, Aliases: []string{}, Articles: who.Members}
	for _, name := range who.Aliases[:min(len(who.Aliases), mostNames)] {
		out.Aliases = append(out.Aliases, line(name))
	}
	return out
}

type actorList struct {
	Actors []actor `json:"actors"`
}

func (t *tools) actors(ctx context.Context, a *Archive, in actorInput) (actorList, error) {
	out := actorList{Actors: []actor{}}
	list, err := a.Identities(ctx, in.Name, paged{Limit: in.Limit}.size())
	if err != nil {
		return out, fmt.Errorf("listing actors: %w", err)
	}
	for i := range list {
		out.Actors = append(out.Actors, actorOf(&list[i]))
	}
	return out, nil
}
