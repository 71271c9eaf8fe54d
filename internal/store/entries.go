package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"parley/internal/record"
)

// defaultPage is how many entries a page holds where nothing else is asked for; maxPage how many it holds at most.
const (
	defaultPage = 100
	maxPage     = 10000
)

// listing is a query whose rows come in the order of their numbers, which is that of time.
type listing struct {
	where
	from   string
	number string // the column
	oldest bool
}

// times asks for what was known in a range, both ends included, and not after asOf. The exact bounds are on the article;
// those on the number, which follows the second, let the database start and stop at the right place.
func (l *listing) times(from, to, asOf time.Time) {
	if !from.IsZero() {
		l.and("a.known >= ?", micros(from))
		l.and(l.number+" >= ?", secondNumber(from))
	}
	for _, end := range []time.Time{to, asOf} {
		if !end.IsZero() {
			l.and("a.known <= ?", micros(end))
			l.and(l.number+" < ?", secondNumber(end.Add(spill)))
		}
	}
}

// after goes on behind a row; 0 is the beginning.
func (l *listing) after(n int64) {
	switch {
	case n == 0:
	case l.oldest:
		l.and(l.number+" > ?", n)
	default:
		l.and(l.number+" < ?", n)
	}
}

func (l *listing) order(size int) string {
	way := " DESC"
	if l.oldest {
		way = ""
	}
	return " ORDER BY " + l.number + way + " LIMIT " + strconv.Itoa(size)
}

const entrySelect = `e.n, e.id, e.kind, a.id, a.title, a.publisher, a.url, a.known, e.start, e.finish, e.label, e.status, e.confidence,
	e.item, e.reading, a.reading, a.state`

// scanEntry reads the columns of entrySelect and the verdict.
func (s *Store) scanEntry(scan func(...any) error) (e record.Entry, n int64, err error) {
	var kind, state string
	var known int64
	var packed []byte
	var last, newest int
	if err := scan(&n, &e.ID, &kind, &e.Article, &e.Title, &e.Publisher, &e.URL, &known, &e.Span[0], &e.Span[1], &e.Label, &e.Status, &e.Confidence,
		&packed, &last, &newest, &state, &e.Verdict); err != nil {
		return e, 0, err
	}
	if state == record.Erased {
		return e, n, record.ErrErased
	}
	e.Kind, e.Known = kinds()[kind], instant(known)
	if last < newest {
		e.Retired = last + 1
	}
	if e.Text, e.Item, err = s.pack.unpackEntry(packed); err != nil {
		return e, n, fmt.Errorf("entry %s: %w", e.ID, err)
	}
	return e, n, nil
}

// Entry is one entry, also of an article that is superseded or withdrawn, and also when it is retired.
func (s *Store) Entry(ctx context.Context, id record.ID) (record.Entry, error) {
	latest, _ := verdict("e.id", time.Time{})
	e, _, err := s.scanEntry(s.read().row(ctx, "SELECT "+entrySelect+", "+latest+" FROM entries e JOIN articles a ON a.n = e.article WHERE e.id = ?",
		string(id)).Scan)
	if err != nil {
		return record.Entry{}, fmt.Errorf("entry %s: %w", id, s.explain(ctx, "reading", notFound(err)))
	}
	return e, nil
}

// Entries is a page of the entries asked for, ordered by when their article was known (to the second), then by article,
// then by place in the text. Pages joined by their cursors hold every entry once, whatever is added between them that
// sorts elsewhere.
func (s *Store) Entries(ctx context.Context, q record.Query) (record.Page, error) {
	page, err := s.entries(ctx, q)
	if err != nil {
		return record.Page{}, fmt.Errorf("listing entries: %w", s.explain(ctx, "reading", err))
	}
	return page, nil
}

func (s *Store) entries(ctx context.Context, q record.Query) (page record.Page, err error) {
	page.Entries = []record.Entry{}
	h := s.read()
	l, possible, err := h.entryList(ctx, q)
	if err != nil || !possible {
		return page, err
	}
	size := pageSize(q.Limit)
	latest, latestArgs := verdict("e.id", q.AsOf)
	var last int64
	err = h.each(ctx, func(rows *sql.Rows) error {
		if len(page.Entries) == size {
			page.Next = cursorOf(last, "")
			return nil
		}
		e, n, err := s.scanEntry(rows.Scan)
		page.Entries, last = append(page.Entries, e), n
		return err
	}, "SELECT "+entrySelect+", "+latest+" FROM "+l.from+l.sql()+l.order(size+1), append(latestArgs, l.args...)...)
	return page, err
}

func pageSize(limit int) int {
	if limit <= 0 {
		return defaultPage
	}
	return min(limit, maxPage)
}

// entryList turns a query into SQL; possible is false where it can hold nothing.
func (h handle) entryList(ctx context.Context, q record.Query) (l listing, possible bool, err error) {
	l = listing{from: "entries e CROSS JOIN articles a", number: "e.n", oldest: q.Oldest}
	if q.Text != "" {
		search := terms(q.Text)
		if len(search) == 0 {
			return l, false, nil
		}
		number, cond, arg := h.d.search("entries_words", search)
		l.from, l.number = "entries_words w CROSS JOIN entries e CROSS JOIN articles a", number
		l.and("e.n = " + number)
		l.and(cond, arg)
	}
	l.and("a.n = e.article")
	if possible, err = h.actorsOf(ctx, q, &l); err != nil || !possible {
		return l, false, err
	}
	if err := l.contents(q); err != nil {
		return l, false, err
	}
	state, args := stateAt(q.AsOf)
	if q.Superseded {
		l.and("a.state <> 'erased'")
	} else {
		l.and(state+" = 'current'", args...)
	}
	if !q.Retired {
		l.and("e.reading = a.reading")
	}
	l.times(q.From, q.To, q.AsOf)
	n, _, err := int64(0), record.ID(""), error(nil)
	if q.Cursor != "" {
		n, _, err = parseCursor(q.Cursor)
	}
	l.after(n)
	return l, true, err
}

// contents asks for what entries say.
func (l *listing) contents(q record.Query) error {
	var letters []string
	for _, kind := range q.Kinds {
		letter := letterOf(kind)
		if letter == "" {
			return fmt.Errorf("%q is no kind of entry: %w", kind, ErrInvalid)
		}
		letters = append(letters, letter)
	}
	l.in("e.kind", anys(letters))
	l.in("e.label", anys(q.Labels))
	l.in("e.status", anys(q.Status))
	if q.Article != "" {
		l.and("e.article = (SELECT n FROM articles WHERE id = ?)", string(q.Article))
	}
	if q.MinConfidence > 0 {
		l.and("e.confidence >= ?", q.MinConfidence)
	}
	return l.verdict("e.id", q.Verdict, q.AsOf)
}

// verdict asks for what was judged, or was not.
func (l *listing) verdict(id, want string, asOf time.Time) error {
	switch want {
	case "":
		return nil
	case "none":
		want = ""
	case "confirm", "reject", "doubt":
		l.and(id+" IN (SELECT subject FROM judgements WHERE verb = ?)", want)
	default:
		return fmt.Errorf("%q is no verdict: confirm, reject, doubt or none: %w", want, ErrInvalid)
	}
	latest, args := verdict(id, asOf)
	l.and(latest+" = ?", append(args, want)...)
	return nil
}

// manyActors is from how many on it is faster to go along the list and look whether an entry has one of them.
const manyActors = 2000

// actorsOf asks for entries in which some actors have a part. Identities stand for their members.
func (h handle) actorsOf(ctx context.Context, q record.Query, l *listing) (possible bool, err error) {
	role := roles()[q.Role]
	if q.Role != "" && role == 0 {
		return false, fmt.Errorf("%q is no role of an actor: %w", q.Role, ErrInvalid)
	}
	if len(q.Actors) == 0 {
		return true, nil
	}
	var one, many []record.ID
	for _, id := range q.Actors {
		if lettered(id, "i") {
			many = append(many, id)
		} else {
			one = append(one, id)
		}
	}
	if len(one)+len(many) > chunk {
		return false, fmt.Errorf("%d actors are too many for one question: %w", len(q.Actors), ErrInvalid)
	}
	members, args, count, err := h.membersOf(ctx, one, many)
	if err != nil || count == 0 {
		return false, err
	}
	cond := "ea.actor IN (" + members + ")"
	if role != 0 {
		cond += " AND ea.role = " + strconv.Itoa(role)
	}
	if count < manyActors {
		l.and("e.n IN (SELECT ea.entry FROM entry_actors ea WHERE "+cond+")", args...)
		return true, nil
	}
	l.and("EXISTS (SELECT 1 FROM entry_actors ea WHERE ea.entry = e.n AND "+cond+")", args...)
	return true, nil
}

// membersOf is the SQL for the numbers of actors and of members of identities, and how many they are.
func (h handle) membersOf(ctx context.Context, actors, identities []record.ID) (query string, args []any, count int, err error) {
	of := "SELECT n FROM entries WHERE id IN (" + marks(max(len(actors), 1)) + ") UNION ALL SELECT m.actor FROM memberships m JOIN identities i ON i.n = m.identity WHERE i.id IN (" +
		marks(max(len(identities), 1)) + ")"
	for _, list := range [][]record.ID{actors, identities} {
		if len(list) == 0 {
			list = []record.ID{""} // an empty list is no SQL
		}
		args = append(args, anys(list)...)
	}
	err = h.row(ctx, "SELECT count(*) FROM ("+of+") found", args...).Scan(&count)
	return of, args, count, err
}
