package alert

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"parley/internal/record"
)

// figuresBack is how many earlier figures with the same words are looked through for the one before.
const figuresBack = 200

// jumps finds the figures that are far from the one that the same giver gave for the same thing before.
func (t *turn) jumps(ctx context.Context, entries []record.Entry) error {
	for i := range entries {
		e := &entries[i]
		f, giver, err := t.figure(ctx, e)
		if err != nil {
			return err
		}
		if f.Of == "" || giver == "" {
			continue
		}
		before, earlier, err := t.before(ctx, e, f, giver)
		if err != nil {
			return err
		}
		if before == nil || !far(middle(earlier), middle(f), t.rule.Factor, t.rule.Amount) {
			continue
		}
		t.add(finding{id: string(e.ID), key: wordsKey(e) + "\x00" + number(middle(f)), parts: []part{partOf(e), partOf(before)},
			why: "a figure jumped: " + number(middle(earlier)) + " before, " + number(middle(f)) + " now, given by the same for the same thing"})
	}
	return nil
}

// figure is an entry's figure and who gives it: the identity or name of its first source, or else the publisher.
func (t *turn) figure(ctx context.Context, e *record.Entry) (f record.Figure, giver string, err error) {
	if err := json.Unmarshal(e.Item, &f); err != nil {
		return f, "", fmt.Errorf("reading %s: %w", e.ID, err)
	}
	giver = "publisher " + e.Publisher
	for _, id := range f.AssertedBy {
		if record.KindOf(id) == "statement" {
			if id, err = t.source(ctx, id); err != nil {
				return f, "", err
			}
		}
		if id == "" {
			continue
		}
		giver, err = t.identity(ctx, id)
		return f, giver, err
	}
	return f, giver, nil
}

// source is the first source of a statement; empty where it is not said.
func (t *turn) source(ctx context.Context, statement record.ID) (record.ID, error) {
	e, err := t.in.Entry(ctx, statement)
	if absent(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("looking at %s: %w", statement, err)
	}
	var s record.Statement
	if err := json.Unmarshal(e.Item, &s); err != nil {
		return "", fmt.Errorf("reading %s: %w", e.ID, err)
	}
	if len(s.Source) == 0 {
		return "", nil
	}
	return s.Source[0], nil
}

// identity is who an actor of an article is across articles, or the actor where that is not known.
func (t *turn) identity(ctx context.Context, actor record.ID) (string, error) {
	of, err := t.in.IdentityOf(ctx, []record.ID{actor})
	if err != nil {
		return "", fmt.Errorf("looking up %s: %w", actor, err)
	}
	if who, ok := of[actor]; ok {
		return string(who), nil
	}
	return string(actor), nil
}

// before is the last figure known before e that the giver gave for the same thing in the same unit; of several in one article
// the one about the latest time. nil: there is none.
func (t *turn) before(ctx context.Context, e *record.Entry, f record.Figure, giver string) (last *record.Entry, of record.Figure, err error) {
	page, err := t.in.Entries(ctx, record.Query{Kinds: []string{"figure"}, Text: `"` + strings.ReplaceAll(f.Of, `"`, " ") + `"`, To: e.Known, Limit: figuresBack})
	if err != nil {
		return nil, of, fmt.Errorf("looking for earlier figures: %w", err)
	}
	for i := range page.Entries {
		o := &page.Entries[i]
		if last != nil && last.Article != o.Article {
			break
		}
		if o.Article == e.Article || !o.Known.Before(e.Known) || o.Verdict == "reject" {
			continue
		}
		var earlier record.Figure
		if json.Unmarshal(o.Item, &earlier) != nil || earlier.Unit != f.Unit || !strings.EqualFold(earlier.Of, f.Of) {
			continue
		}
		_, by, err := t.figure(ctx, o)
		if err != nil {
			return nil, of, err
		}
		if by == giver && (last == nil || begin(earlier.When) > begin(of.When)) {
			last, of = o, earlier
		}
	}
	return last, of, nil
}

// begin is when a time of the record begins, as text that sorts; empty where that is not known.
func begin(when *record.Time) string {
	if when == nil || when.Start == nil {
		return ""
	}
	return *when.Start
}

// middle is the value of a figure, or the middle of its range.
func middle(f record.Figure) float64 {
	if f.High != nil {
		return (f.Value + *f.High) / 2
	}
	return f.Value
}

// far says whether a figure is away from the one before by a factor, up or down, or by an amount; 0 asks for neither.
func far(before, now, factor, amount float64) bool {
	small, big := min(math.Abs(before), math.Abs(now)), max(math.Abs(before), math.Abs(now))
	return amount > 0 && math.Abs(now-before) >= amount || factor > 0 && small > 0 && big/small >= factor
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
