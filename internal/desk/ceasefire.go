package desk

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"parley/internal/ceasefire"
	"parley/internal/record"
)

// Ceasefire is where a ceasefire stands on its last day that can be told.
type Ceasefire struct {
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	Parties []string      `json:"parties"`
	State   string        `json:"state"` // holding, strained, broken, not enough reports; draft: nobody has said yet how it is counted
	Since   ceasefire.Day `json:"since"`
	Day     ceasefire.Day `json:"day"`
}

// Draft is the state of a ceasefire that articles name and that no file defines.
const Draft = "draft"

// How much of an archive a ceasefire is worked out from, and how long what was worked out serves.
const (
	truceEntries = 5000 // the last of each kind up to the day
	truceOffers  = 1000 // statements with each word for a ceasefire, the last
	truceDrafts  = 1000 // agreements named, the newest
	truceKept    = time.Minute
	trucesKept   = 50
)

// truces are ceasefires that have been worked out. They serve until the archive changes, and a minute in any case, since
// many articles may come in at once.
type truces struct {
	mu   sync.Mutex
	kept map[string]*truce
}

// truce is one of them. Its lock is held by who works it out; the others get what is there already.
type truce struct {
	mu   sync.Mutex
	last atomic.Pointer[worked]
}

// worked is what was worked out, of the archive as it was at a mark. It is never changed.
type worked struct {
	mark   int64
	at     time.Time
	report *ceasefire.Report
	drafts []*ceasefire.Agreement
}

// of is what is kept under a key.
func (t *truces) of(key string) *truce {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept[key] == nil {
		if len(t.kept) >= trucesKept || t.kept == nil {
			t.kept = map[string]*truce{}
		}
		t.kept[key] = &truce{}
	}
	return t.kept[key]
}

// fresh gives what is kept, worked out anew where the archive has changed since.
func (d *Desk) fresh(ctx context.Context, t *truce, work func(*worked) error) (*worked, error) {
	last := t.last.Load()
	switch {
	case last != nil && time.Since(last.at) < truceKept:
		return last, nil
	case last == nil:
		t.mu.Lock()
		if last = t.last.Load(); last != nil { // somebody else has worked it out meanwhile
			t.mu.Unlock()
			return last, nil
		}
	case !t.mu.TryLock():
		return last, nil
	}
	defer t.mu.Unlock()
	_, mark, err := d.in.Mark(ctx)
	if err != nil {
		return nil, fmt.Errorf("looking for changes: %w", err)
	}
	if last != nil && mark == last.mark {
		return last, nil
	}
	next := &worked{mark: mark}
	if err := work(next); err != nil {
		return nil, err
	}
	next.at = time.Now()
	t.last.Store(next)
	return next, nil
}

// Counting is the desk with the rows of tables beside what articles report; call it before the desk is asked anything.
func (d *Desk) Counting(tables ceasefire.Imported) *Desk {
	d.tables = tables
	return d
}

// Ceasefires lists those the desk was given, with their states, and then drafts of those articles name.
func (d *Desk) Ceasefires(ctx context.Context) ([]Ceasefire, error) {
	out := []Ceasefire{}
	for _, a := range d.agreements {
		report, err := d.report(ctx, a, 0, time.Time{})
		if err != nil {
			return nil, err
		}
		one := Ceasefire{ID: a.ID, Name: a.Name, Parties: a.Parties, State: string(ceasefire.NotEnough)}
		if n := len(report.Days); n > 0 {
			one.State, one.Since, one.Day = string(report.Days[n-1].State), report.Days[n-1].Since, report.Days[n-1].Day
		}
		out = append(out, one)
	}
	drafts, err := d.drafts(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range drafts {
		if d.agreement(a.ID, nil) == nil {
			out = append(out, Ceasefire{ID: a.ID, Name: a.Name, Parties: a.Parties, State: Draft, Since: a.Start})
		}
	}
	return out, nil
}

// Ceasefire is the report on one up to a day, zero for the last that was reported on, as the articles known at a time tell
// it; zero is all. Reports are shared: do not change one. Of a draft there is only the agreement.
func (d *Desk) Ceasefire(ctx context.Context, id string, through ceasefire.Day, asOf time.Time) (*ceasefire.Report, error) {
	if a := d.agreement(id, nil); a != nil {
		return d.report(ctx, a, through, asOf)
	}
	drafts, err := d.drafts(ctx)
	if err != nil {
		return nil, err
	}
	a := d.agreement(id, drafts)
	if a == nil {
		return nil, fmt.Errorf("ceasefire %s: %w", id, record.ErrNotFound)
	}
	return &ceasefire.Report{
		Agreement: a, Rule: []string{}, Days: []ceasefire.DayState{}, Today: []ceasefire.Sentence{}, Series: []ceasefire.Series{}, Claims: []ceasefire.Claim{},
		LeftOut: []ceasefire.LeftOut{}, Observations: []ceasefire.Observation{}, Offers: []ceasefire.Offer{},
		Problems: []ceasefire.Problem{{Text: "articles name it, and nobody has said yet whose reports count: write its parties, days and observers into a file (parley ceasefire ARCHIVE writes a draft), and give it with --ceasefire"}},
	}, nil
}

func (d *Desk) agreement(id string, among []*ceasefire.Agreement) *ceasefire.Agreement {
	if among == nil {
		among = d.agreements
	}
	i := slices.IndexFunc(among, func(a *ceasefire.Agreement) bool { return a.ID == id })
	if i < 0 {
		return nil
	}
	return among[i]
}

// drafts are the ceasefires that the newest agreements named in articles are.
func (d *Desk) drafts(ctx context.Context) ([]*ceasefire.Agreement, error) {
	last, err := d.fresh(ctx, d.truces.of("drafts"), func(w *worked) error {
		list, err := d.in.Entries(ctx, record.Query{Kinds: []string{"agreement"}, Limit: truceDrafts})
		if err != nil {
			return fmt.Errorf("looking for ceasefires: %w", err)
		}
		rec, err := d.Excerpt(ctx, list.Entries)
		if err == nil {
			w.drafts = ceasefire.Drafts(rec)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return last.drafts, nil
}

func (d *Desk) report(ctx context.Context, a *ceasefire.Agreement, through ceasefire.Day, asOf time.Time) (*ceasefire.Report, error) {
	last, err := d.fresh(ctx, d.truces.of(fmt.Sprintf("%s %s %d", a.ID, through, asOf.UnixMicro())), func(w *worked) (err error) {
		w.report, err = d.assess(ctx, a, through, asOf)
		return err
	})
	if err != nil {
		return nil, err
	}
	return last.report, nil
}

// assess works a report out. Of more than 5,000 entries of a kind only the last count, and the report says so.
func (d *Desk) assess(ctx context.Context, a *ceasefire.Agreement, through ceasefire.Day, asOf time.Time) (*ceasefire.Report, error) {
	observations, cut, err := d.Observations(ctx, a, through, asOf, truceEntries)
	if err != nil {
		return nil, err
	}
	report := ceasefire.Assess(a, append(observations, d.tables.Observations...), through)
	if report.Problems = append([]ceasefire.Problem{}, d.tables.Problems...); cut {
		report.Problems = append(report.Problems, ceasefire.Problem{Text: fmt.Sprintf("only the last %d figures and events of its time were looked at", truceEntries)})
	}
	report.Offers, err = d.Offers(ctx, a, through, asOf, truceOffers)
	return report, err
}
