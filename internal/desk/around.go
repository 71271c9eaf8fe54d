package desk

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"parley/internal/record"
)

// Around is what stands before and after an entry's words, to the ends of their sentence, 300 characters on either side at most.
type Around struct {
	Before string `json:"before"`
	After  string `json:"after"`
}

// longestSide is how many characters of a sentence are shown on either side of the words.
const longestSide = 300

// sentences gives figures the sentences they stand in: a number alone tells little. Those of articles that are erased stay alone.
func (d *Desk) sentences(ctx context.Context, list []*Shown) error {
	texts := map[record.ID][]rune{}
	for _, s := range list {
		if s == nil || s.Entry.Kind != "figure" {
			continue
		}
		text, there := texts[s.Entry.Article]
		if !there {
			art, err := d.in.Article(ctx, s.Entry.Article)
			if err != nil && !gone(err) {
				return fmt.Errorf("looking up the sentence of %s: %w", s.Entry.ID, err)
			}
			text = []rune(art.Text)
			texts[s.Entry.Article] = text
		}
		s.Around = around(text, s.Entry.Span)
	}
	return nil
}

// around cuts the sentence of a span out of a text; a span that is not of the text has none.
func around(text []rune, span record.Span) *Around {
	whole, ok := record.SentenceOf(text, span, longestSide)
	if !ok {
		return nil
	}
	before, after := string(text[whole[0]:span[0]]), string(text[span[1]:whole[1]])
	if whole[0] > 0 && whole[0] == span[0]-longestSide {
		before = "…" + before[max(0, strings.IndexFunc(before, unicode.IsSpace)):]
	}
	after = strings.TrimRightFunc(after, unicode.IsSpace)
	if whole[1] < len(text) && whole[1] == span[1]+longestSide {
		after = after[:max(0, strings.LastIndexFunc(after, unicode.IsSpace))] + "…"
	}
	return &Around{strings.TrimLeftFunc(before, unicode.IsSpace), after}
}
