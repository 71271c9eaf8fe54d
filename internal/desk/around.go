package desk

import (
	"context"
	"fmt"
	"slices"
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
	if span[0] < 0 || span[1] <= span[0] || span[1] > len(text) {
		return nil
	}
	first, last := max(0, span[0]-longestSide), min(len(text), span[1]+longestSide)
	from, to := span[0], span[1]
	for from > first && !endsSentence(text, from-1) {
		from--
	}
	for to < last && !endsSentence(text, to-1) {
		to++
	}
	before, after := string(text[from:span[0]]), string(text[span[1]:to])
	if from == first && from > 0 {
		before = "…" + before[max(0, strings.IndexFunc(before, unicode.IsSpace)):]
	}
	after = strings.TrimRightFunc(after, unicode.IsSpace)
	if to == last && to < len(text) {
		after = after[:max(0, strings.LastIndexFunc(after, unicode.IsSpace))] + "…"
	}
	return &Around{strings.TrimLeftFunc(before, unicode.IsSpace), after}
}

// endsSentence says whether a sentence ends with the character at a place: a line break, or the space after a full stop and what
// closes with it, before anything but a small letter. After a short word with a capital, such as Gen, a full stop ends nothing.
func endsSentence(text []rune, at int) bool {
	if text[at] == '\n' {
		return true
	}
	if !unicode.IsSpace(text[at]) || at+1 < len(text) && unicode.IsLower(text[at+1]) {
		return false
	}
	end := at - 1
	for end >= 0 && strings.ContainsRune(`"'”’)]`, text[end]) {
		end--
	}
	if end < 0 || !strings.ContainsRune(".!?", text[end]) {
		return false
	}
	begin := end
	for begin > 0 && end-begin < 4 && unicode.IsLetter(text[begin-1]) {
		begin--
	}
	word := text[begin:end]
	return text[end] != '.' || len(word) == 0 || len(word) > 3 || !slices.ContainsFunc(word[:1], unicode.IsUpper)
}
