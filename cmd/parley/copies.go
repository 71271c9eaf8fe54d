package main

import (
	"context"
	"strings"
	"unicode"

	"parley/internal/reconcile"
	"parley/internal/record"
	"parley/internal/view"
)

// copies finds links that say the same once more, because an article copies another's report.
type copies struct {
	in       record.Reader
	passages map[record.ID][]record.Passage
}

func newCopies(in record.Reader) *copies {
	return &copies{in, map[record.ID][]record.Passage{}}
}

// fold puts links between copies of the same reports under the first of them. Nothing is dropped: their ids are kept.
func (c *copies) fold(ctx context.Context, list []view.Linked) ([]view.Linked, error) {
	var out []view.Linked
	for _, l := range list {
		at, err := firstOf(len(out), func(i int) (bool, error) { return c.same(ctx, &out[i], &l) })
		if err != nil {
			return nil, err
		}
		if at < 0 {
			out = append(out, l)
			continue
		}
		out[at].Copies = append(out[at].Copies, l.Link.ID)
	}
	return out, nil
}

// foldInside puts contradictions inside copies of one report under the first of them.
func (c *copies) foldInside(ctx context.Context, list []view.Shown) ([]view.Shown, error) {
	var out []view.Shown
	var sides [][2]*view.Shown
	for _, s := range list {
		own, err := c.sides(ctx, s)
		if err != nil {
			return nil, err
		}
		at, err := firstOf(len(out), func(i int) (bool, error) { return c.pair(ctx, sides[i], own) })
		if err != nil {
			return nil, err
		}
		if at < 0 {
			out, sides = append(out, s), append(sides, own)
			continue
		}
		out[at].Copies = append(out[at].Copies, s.Entry.ID)
	}
	return out, nil
}

// firstOf is the first of n for which is holds, -1 for none.
func firstOf(n int, is func(i int) (bool, error)) (int, error) {
	for i := range n {
		if ok, err := is(i); ok || err != nil {
			return i, err
		}
	}
	return -1, nil
}

// sides are the two entries of a contradiction inside an article.
func (c *copies) sides(ctx context.Context, s view.Shown) (out [2]*view.Shown, err error) {
	for i := range s.Record.Contradictions {
		x := &s.Record.Contradictions[i]
		if x.ID != s.Entry.ID {
			continue
		}
		for k, id := range []record.ID{x.A, x.B} {
			if id == "" {
				continue
			}
			e, err := c.in.Entry(ctx, id)
			if err != nil {
				return out, err
			}
			out[k] = &view.Shown{Entry: e, Record: s.Record}
		}
	}
	return out, nil
}

func (c *copies) same(ctx context.Context, a, b *view.Linked) (bool, error) {
	if a.Link.Kind != b.Link.Kind || a.Link.Type != b.Link.Type {
		return false, nil
	}
	return c.pair(ctx, [2]*view.Shown{a.A, a.B}, [2]*view.Shown{b.A, b.B})
}

// pair says whether both sides of two pairs are copies of each other.
func (c *copies) pair(ctx context.Context, a, b [2]*view.Shown) (bool, error) {
	for i := range a {
		if same, err := c.copied(ctx, a[i], b[i]); err != nil || !same {
			return false, err
		}
	}
	return a != [2]*view.Shown{}, nil
}

// copied says whether two entries are one, or stand in copies of one report and mostly use the same words.
func (c *copies) copied(ctx context.Context, a, b *view.Shown) (bool, error) {
	if a == nil || b == nil {
		return a == b, nil
	}
	if a.Entry.ID == b.Entry.ID {
		return true, nil
	}
	if a.Entry.Kind != b.Entry.Kind || a.Entry.Label != b.Entry.Label || !alike(a.Entry.Text, b.Entry.Text) {
		return false, nil
	}
	first, err := c.origin(ctx, a.Entry)
	if err != nil || first == "" {
		return false, err
	}
	second, err := c.origin(ctx, b.Entry)
	return first == second, err
}

// origin is the report that an entry's passage belongs to.
func (c *copies) origin(ctx context.Context, e record.Entry) (record.ID, error) {
	list, ok := c.passages[e.Article]
	if !ok {
		var err error
		if list, err = c.in.Passages(ctx, e.Article); err != nil {
			return "", err
		}
		c.passages[e.Article] = list
	}
	p, _ := reconcile.OriginAt(list, e.Span)
	return p.Origin, nil
}

// alike says whether two texts share at least half of all their words.
func alike(a, b string) bool {
	words := map[string]int{}
	for i, text := range []string{a, b} {
		for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			words[w] |= 1 << i
		}
	}
	both := 0
	for _, in := range words {
		if in == 3 {
			both++
		}
	}
	return 2*both >= len(words)
}
