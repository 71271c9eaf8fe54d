package mcp

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"parley/internal/desk"
	"parley/internal/record"
)

// nearInput says what sentences should mean.
type nearInput struct {
	inArchive
	Meaning    string   `json:"meaning,omitempty" jsonschema:"what the sentences should mean, in a sentence: guns are to be withdrawn from the border"`
	Like       string   `json:"like,omitempty" jsonschema:"or the id of an entry: sentences that mean nearly the same as the one it stands in"`
	Publishers []string `json:"publishers,omitempty" jsonschema:"only of these publishers"`
	From       string   `json:"from,omitempty" jsonschema:"only of articles known from then on: 2022-02-20 or 2022-02-20T18:00:00Z"`
	To         string   `json:"to,omitempty" jsonschema:"only of articles known up to then; a day counts whole"`
	AsOf       string   `json:"as_of,omitempty" jsonschema:"what was known then: later articles do not count"`
	Limit      int      `json:"limit,omitempty" jsonschema:"how many sentences, 1 to 50; 20 where it is not given"`
}

// near are sentences.
type near struct {
	Sentences []nearSentence `json:"sentences" jsonschema:"grouped by article, the closest first"`
	Compared  int            `json:"compared" jsonschema:"how many sentences were compared"`
	Others    int            `json:"others" jsonschema:"articles that could not be searched by meaning, for an earlier model read them"`
	Dropped   int            `json:"dropped,omitempty" jsonschema:"the oldest articles, which were not searched because there are too many"`
	Note      string         `json:"note,omitempty" jsonschema:"what to make of an answer without sentences"`
}

// nearSentence is a sentence with its exact words.
type nearSentence struct {
	Words     string   `json:"words" jsonschema:"exactly what the article says, quoted"`
	Clipped   bool     `json:"clipped,omitempty" jsonschema:"the words go on: get_article shows all"`
	Closeness float64  `json:"closeness" jsonschema:"how close its meaning is to what was asked: 1 is the same; it may still say the opposite"`
	Source    source   `json:"source"`
	Entries   []quote  `json:"entries" jsonschema:"what the record has of this sentence"`
	Also      []nearby `json:"also,omitempty" jsonschema:"other articles with the same sentence"`
}

// nearby is an article in which a sentence stands too.
type nearby struct {
	Article   record.ID `json:"article"`
	Publisher string    `json:"publisher"`
	Known     string    `json:"known"`
}

// mostAsked is how many characters what is looked for may have: the model reads all of them.
const mostAsked = 1000

// nothingClose goes with an answer without sentences, which must not be taken for silence.
const nothingClose = "nothing was found that is close enough; this does not mean that nobody said so: search by words too"

// near searches by meaning.
func (t *tools) near(ctx context.Context, a *Archive, in nearInput) (near, error) {
	out := near{Sentences: []nearSentence{}}
	if (strings.TrimSpace(in.Meaning) == "") == (in.Like == "") {
		return out, wrong("give meaning or like, one of them")
	}
	if utf8.RuneCountInString(in.Meaning) > mostAsked {
		return out, wrong("say what you look for in a sentence: 1,000 characters at most")
	}
	q := desk.NearQuery{Text: in.Meaning, Like: record.ID(in.Like), Publishers: in.Publishers, Limit: paged{Limit: in.Limit}.size()}
	var err error
	if q.From, q.To, q.AsOf, err = span(in.From, in.To, in.AsOf); err != nil {
		return out, err
	}
	found, err := a.Desk.Near(ctx, q)
	for _, told := range []error{desk.ErrUnderstand, desk.ErrMeaning} {
		if errors.Is(err, told) {
			return out, wrong(told.Error())
		}
	}
	if err != nil {
		return out, err
	}
	out.Compared, out.Others, out.Dropped = found.Compared, found.Others, found.Dropped
	for i := range found.Articles {
		for k := range found.Articles[i].Sentences {
			one, err := nearOf(&found.Articles[i].Article, &found.Articles[i].Sentences[k])
			if err != nil {
				return out, err
			}
			out.Sentences = append(out.Sentences, one)
		}
	}
	if len(out.Sentences) == 0 {
		out.Note = nothingClose
	}
	return out, nil
}

func nearOf(art *record.Article, s *desk.NearSentence) (nearSentence, error) {
	out := nearSentence{
		Words: clip(s.Text, mostWords), Closeness: s.Closeness, Entries: []quote{},
		Source: source{record.ID(art.ID), line(art.Title), line(art.Publisher), line(art.URL), s.Span, art.Known.Format(time.RFC3339)},
	}
	out.Clipped = len(out.Words) < len(s.Text)
	for i := range s.Entries[:min(len(s.Entries), usualItems)] {
		q, err := quoteOf(&s.Entries[i])
		if err != nil {
			return out, err
		}
		out.Entries = append(out.Entries, q)
	}
	for _, c := range s.Also {
		out.Also = append(out.Also, nearby{c.Article, line(c.Publisher), c.Known.Format(time.RFC3339)})
	}
	return out, nil
}
