package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/internal/nearest"
	"parley/internal/record"
)

// The closeness below which a sentence is not shown. A few words are seldom as close to a sentence as sentences about the same thing
// are to one another. leastClose keeps nine in ten of the answers to testdata/crisis/questions.tsv that are among the first twenty;
// other sentences are as close, so it is the order that says what fits. Most sentences below leastLike are about something else.
const (
	leastClose = 0.24 // to words that are looked for
	leastLike  = 0.45 // to the sentence of an entry
)

// Understand gives the meaning of words that somebody looks for, none where they have none or the model knows of none, and the version of
// the model that gave it. It must be safe for concurrent use.
type Understand func(ctx context.Context, text string) (vector []int8, model string, err error)

// Understanding gives the desk what Near needs to look for words; without it Near only finds what is like an entry.
func (d *Desk) Understanding(by Understand) *Desk {
	d.understand = by
	return d
}

// Beside shares the memory for meanings with another desk: all that stand beside one another keep as many sentences as one alone
// would (nearest.MostSentences). A nil desk is none.
func (d *Desk) Beside(other *Desk) *Desk {
	if other != nil {
		d.meanings = other.meanings.Beside(d.in)
	}
	return d
}

// Why a search by meaning cannot be made.
var (
	ErrUnderstand = errors.New("these words have no meaning to search by, or the model of this program gives none: search by words")
	ErrMeaning    = errors.New("its sentence has no meaning to search by: the article was read by an earlier model, and parley reread reads it again")
)

// NearQuery says what is looked for by its meaning, and in which articles.
type NearQuery struct {
	Text string    // what the sentences should mean
	Like record.ID // or an entry: what the sentence means in which its words begin

	Publishers     []string // none: all
	From, To, AsOf time.Time
	All            bool // also of articles that are superseded or withdrawn
	Limit          int  // sentences; 0: 20, 100 at most
}

// Near is what a search by meaning found.
type Near struct {
	// Like is the sentence that was searched by, where an entry was given.
	Like     *NearSentence `json:"like,omitempty"`
	Articles []NearArticle `json:"articles"` // the one with the closest sentence first
	Compared int           `json:"compared"` // sentences
	// Others are articles that were not searched: another model read them. parley reread reads them again.
	Others int `json:"others"`
	// Dropped are articles that were not searched because memory has no room for more sentences: the oldest.
	Dropped int `json:"dropped,omitempty"`
}

// NearArticle is an article with its sentences that were found, the closest first.
type NearArticle struct {
	Article   record.Article `json:"article"` // without its text
	Sentences []NearSentence `json:"sentences"`
}

// NearSentence is a sentence that was found.
type NearSentence struct {
	Span      record.Span `json:"span"` // code points of the article's text
	Text      string      `json:"text"` // the exact words
	Closeness float64     `json:"closeness"`
	Entries   []Shown     `json:"entries"`        // those whose words begin in it, in order of the text
	Also      []NearCopy  `json:"also,omitempty"` // other articles with the same sentence; no more are shown than 20
}

// NearCopy is an article in which a sentence stands too.
type NearCopy struct {
	Article   record.ID   `json:"article"`
	Title     string      `json:"title"`
	Publisher string      `json:"publisher"`
	Known     time.Time   `json:"known"`
	Span      record.Span `json:"span"`
}

// How much a search by meaning shows.
const (
	usualNear  = 20
	mostNear   = 100
	mostCopies = 20
	nearCopies = 3 // hits looked at for each sentence that is shown, since most reports are printed more than once
)

// Near finds the sentences whose meaning is closest to what is looked for, and the entries that lie in them. What is not
// close enough is not shown. A search for nothing finds nothing. Errors are ErrUnderstand, ErrMeaning, or the archive's.
func (d *Desk) Near(ctx context.Context, q NearQuery) (Near, error) {
	out := Near{Articles: []NearArticle{}}
	if q.Limit = min(q.Limit, mostNear); q.Limit <= 0 {
		q.Limit = usualNear
	}
	ask := nearest.Query{Least: leastClose, Limit: q.Limit * nearCopies, Publishers: q.Publishers, From: q.From, To: q.To, AsOf: q.AsOf, All: q.All}
	var err error
	var own nearest.Hit
	switch {
	case q.Like != "":
		ask.Least = leastLike
		if own, out.Like, err = d.like(ctx, q.Like, &ask); err != nil {
			return out, err
		}
	case strings.TrimSpace(q.Text) == "":
		return out, nil
	case d.understand == nil:
		return out, ErrUnderstand
	default:
		if ask.Vector, ask.Model, err = d.understand(ctx, q.Text); err != nil {
			return out, fmt.Errorf("understanding what is looked for: %w", err)
		}
		if len(ask.Vector) != nearest.Dimensions {
			return out, ErrUnderstand
		}
	}
	if ask.Past, err = d.past(ctx, &q); err != nil {
		return out, err
	}
	found, err := d.meanings.Search(ctx, ask)
	if err != nil {
		return out, err
	}
	out.Compared, out.Others, out.Dropped = found.Sentences, found.Others, found.Dropped
	g := &gathering{d: d, q: &q, out: &out, texts: map[record.ID]*record.Article{}, at: map[record.ID]int{}, seen: map[string][2]int{}}
	for _, h := range found.Hits {
		if h.Article == own.Article && h.Span == own.Span {
			continue
		}
		if err := g.add(ctx, h); err != nil {
			return out, err
		}
	}
	return out, g.entries(ctx)
}

// like makes a search by the sentence in which an entry begins.
func (d *Desk) like(ctx context.Context, id record.ID, ask *nearest.Query) (own nearest.Hit, shown *NearSentence, err error) {
	e, err := d.in.Entry(ctx, id)
	if err != nil {
		return own, nil, err
	}
	m, model, ok, err := d.meanings.Sentence(ctx, e.Article, e.Span[0])
	if err != nil {
		return own, nil, err
	}
	if !ok {
		return own, nil, fmt.Errorf("%s: %w", id, ErrMeaning)
	}
	art, err := d.in.Article(ctx, e.Article)
	if err != nil {
		return own, nil, err
	}
	_, text, _ := quoted(art.Text, m.Span, 0)
	ask.Vector, ask.Model = m.Vector, model
	return nearest.Hit{Article: e.Article, Span: m.Span}, &NearSentence{Span: m.Span, Text: text, Closeness: 1, Entries: []Shown{}}, nil
}

// past are the articles that were not current at the time that is asked about.
func (d *Desk) past(ctx context.Context, q *NearQuery) (map[record.ID]bool, error) {
	if q.AsOf.IsZero() || q.All {
		return nil, nil
	}
	out := map[record.ID]bool{}
	for art, err := range d.in.Articles(ctx, record.ArticleQuery{AsOf: q.AsOf, States: []string{record.Superseded, record.Withdrawn}}) {
		if err != nil {
			return nil, fmt.Errorf("looking up what was current: %w", err)
		}
		out[record.ID(art.ID)] = true
	}
	return out, nil
}

// gathering makes an answer of hits, which come closest first.
type gathering struct {
	d     *Desk
	q     *NearQuery
	out   *Near
	count int // sentences that are shown
	texts map[record.ID]*record.Article
	at    map[record.ID]int // article → its place in the answer
	seen  map[string][2]int // words → places of article and sentence in the answer
}

// add puts a sentence into the answer: under its article, or, if its words are there already, beside these.
func (g *gathering) add(ctx context.Context, h nearest.Hit) error {
	art, err := g.article(ctx, h.Article)
	if err != nil {
		return err
	}
	_, text, _ := quoted(art.Text, h.Span, 0)
	if text == "" { // erased meanwhile
		return nil
	}
	key := strings.Join(strings.Fields(text), " ")
	if at, twice := g.seen[key]; twice {
		first := &g.out.Articles[at[0]]
		if one := &first.Sentences[at[1]]; first.Article.ID != art.ID && len(one.Also) < mostCopies {
			one.Also = append(one.Also, NearCopy{h.Article, art.Title, art.Publisher, art.Known, h.Span})
		}
		return nil
	}
	if g.count == g.q.Limit {
		return nil
	}
	g.count++
	at, there := g.at[h.Article]
	if !there {
		at = len(g.out.Articles)
		g.at[h.Article] = at
		bare := *art
		bare.Text = ""
		g.out.Articles = append(g.out.Articles, NearArticle{Article: bare})
	}
	into := &g.out.Articles[at]
	g.seen[key] = [2]int{at, len(into.Sentences)}
	into.Sentences = append(into.Sentences, NearSentence{Span: h.Span, Text: text, Closeness: h.Closeness, Entries: []Shown{}})
	return nil
}

// article looks up an article; one that is gone has no text.
func (g *gathering) article(ctx context.Context, id record.ID) (*record.Article, error) {
	if art := g.texts[id]; art != nil {
		return art, nil
	}
	art, err := g.d.in.Article(ctx, id)
	if err != nil && !gone(err) {
		return nil, err
	}
	g.texts[id] = &art
	return &art, nil
}

// entries puts the entries into the sentences in which their words begin.
func (g *gathering) entries(ctx context.Context) error {
	var all []record.Entry
	var into []*NearSentence
	for i := range g.out.Articles {
		art := &g.out.Articles[i]
		q := record.Query{Article: record.ID(art.Article.ID), Kinds: told(), AsOf: g.q.AsOf, Superseded: true, Limit: atOnce}
		var entries []record.Entry
		for page, err := range record.Pages(ctx, g.d.in, q) {
			if err != nil {
				return fmt.Errorf("looking up the entries of %s: %w", art.Article.ID, err)
			}
			entries = append(entries, page...)
		}
		slices.SortFunc(entries, func(a, b record.Entry) int { return cmp.Or(a.Span[0]-b.Span[0], cmp.Compare(a.ID, b.ID)) })
		for _, e := range entries {
			for k := range art.Sentences {
				if s := &art.Sentences[k]; s.Span[0] <= e.Span[0] && e.Span[0] < s.Span[1] {
					all, into = append(all, e), append(into, s)
				}
			}
		}
	}
	list, err := g.d.Shown(ctx, all)
	if err != nil {
		return err
	}
	for i, s := range into {
		s.Entries = append(s.Entries, list[i])
	}
	return nil
}
