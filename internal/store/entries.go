package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
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

// entrySelect are the columns of an entry as it was judged up to a time.
func entrySelect(asOf time.Time) (sql string, args []any) {
	state, stateArgs := assessed("e.id", asOf)
	latest, args := verdict("e.id", asOf)
	return `e.n, e.id, e.kind, a.id, a.title, a.publisher, a.url, a.known, e.start, e.finish, e.label,
	CASE e.kind WHEN 'c' THEN ` + state + ` ELSE e.status END, e.confidence, e.item, e.reading, a.reading, a.state, a.undated,
	CASE a.title WHEN '' THEN a.body ELSE '' END, ` + latest, append(stateArgs, args...)
}

// scanEntry reads the columns of entrySelect.
func (s *Store) scanEntry(scan func(...any) error) (e record.Entry, n int64, err error) {
	var kind, state, untitled string
	var known int64
	var packed []byte
	var last, newest int
	if err := scan(&n, &e.ID, &kind, &e.Article, &e.Title, &e.Publisher, &e.URL, &known, &e.Span[0], &e.Span[1], &e.Label, &e.Status, &e.Confidence,
		&packed, &last, &newest, &state, &e.Undated, &untitled, &e.Verdict); err != nil {
		return e, 0, err
	}
	if state == record.Erased {
		return e, n, record.ErrErased
	}
	e.Kind, e.Known = kinds()[kind], instant(known)
	if untitled != "" {
		art, err := articleOf(untitled)
		if err != nil {
			return e, n, fmt.Errorf("entry %s: %w", e.ID, err)
		}
		e.Title = art.FileName()
	}
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
	columns, _ := entrySelect(time.Time{})
	e, _, err := s.scanEntry(s.read().row(ctx, "SELECT "+columns+" FROM entries e JOIN articles a ON a.n = e.article WHERE e.id = ?",
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
	lists, err := h.entryLists(ctx, q)
	if err != nil || len(lists) == 0 {
		return page, err
	}
	size := pageSize(q.Limit)
	columns, args := entrySelect(q.AsOf)
	found, listArgs := union(lists, size+1)
	args = append(args, listArgs...)
	outer := listing{number: "e.n", oldest: q.Oldest}
	var last int64
	err = h.each(ctx, func(rows *sql.Rows) error {
		if len(page.Entries) == size {
			page.Next = cursorOf(last, "")
			return nil
		}
		e, n, err := s.scanEntry(rows.Scan)
		page.Entries, last = append(page.Entries, e), n
		return err
	}, "SELECT "+columns+" FROM ("+found+") found JOIN entries e ON e.n = found.n JOIN articles a ON a.n = e.article"+outer.order(size+1), args...)
	return page, err
}

func pageSize(limit int) int {
	if limit <= 0 {
		return defaultPage
	}
	return min(limit, maxPage)
}

// entryLists turns a query into lists that together hold what it asks for; none is nothing. Each is one walk along an
// index in the order of numbers, so that it ends after a page: an index has that order only for one kind, label or status.
func (h handle) entryLists(ctx context.Context, q record.Query) ([]listing, error) {
	letters, err := lettersOf(q.Kinds)
	if err != nil {
		return nil, err
	}
	l := listing{from: "entries e CROSS JOIN articles a", number: "e.n", oldest: q.Oldest}
	if q.Text != "" {
		search := terms(q.Text)
		if len(search) == 0 {
			return nil, nil
		}
		cond, arg := h.d.search("entries_words", search, letters)
		l.from, l.number = "entries_words w CROSS JOIN entries e CROSS JOIN articles a", h.d.number()
		l.and("e.n = " + l.number)
		l.and(cond, arg)
	}
	l.and("a.n = e.article")
	if possible, err := h.actorsOf(ctx, q, &l); err != nil || !possible {
		return nil, err
	}
	if possible, err := h.judged(ctx, q.Verdict, &l); err != nil || !possible {
		return nil, err
	}
	if possible, err := h.published(ctx, q.Publishers, &l); err != nil || !possible {
		return nil, err
	}
	if possible, err := h.reported(ctx, q.Origins, &l); err != nil || !possible {
		return nil, err
	}
	if err := l.conditions(q); err != nil {
		return nil, err
	}
	few, err := h.since(ctx, q.Since, "entries", "e", &l)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(q.Status, func(s string) bool { return slices.Contains(record.States(), s) }) {
		l.states(q.Status, q.AsOf)
		q.Status = nil
	}
	if len(q.IDs) > 0 || q.Text != "" || q.Article != "" || few { // few enough, or in order already
		l.among("e.kind", letters)
		l.among("e.label", q.Labels)
		l.among("e.status", q.Status)
		return []listing{l}, nil
	}
	return l.facets(letters, q), nil
}

func lettersOf(names []string) ([]string, error) {
	var letters []string
	for _, name := range names {
		letter := letterOf(name)
		if letter == "" {
			return nil, fmt.Errorf("%q is no kind of entry: %w", name, ErrInvalid)
		}
		if !slices.Contains(letters, letter) {
			letters = append(letters, letter)
		}
	}
	return letters, nil
}

// maxLists is how many lists a query may become.
const maxLists = 60

// facets makes a list for every kind with every label and status that is asked for.
func (l *listing) facets(letters []string, q record.Query) []listing {
	labels, status := distinct(q.Labels), distinct(q.Status)
	if len(letters) == 0 && (len(labels)+len(status) > 0 || q.MinConfidence > 0 || !q.Since.IsZero()) {
		letters = slices.Sorted(maps.Keys(kinds()))
	}
	lists := []listing{*l}
	for _, f := range []struct {
		column string
		values []string
	}{{"e.kind", letters}, {"e.label", labels}, {"e.status", status}} {
		if len(lists)*len(f.values) <= maxLists {
			lists = times(lists, f.column, f.values)
			continue
		}
		for i := range lists {
			lists[i].among(f.column, f.values)
		}
	}
	if len(status) > 0 {
		for i := range lists {
			lists[i].and("e.status <> ''") // lets the index of those that have one serve
		}
	}
	return lists
}

func distinct(values []string) []string { return slices.Compact(slices.Sorted(slices.Values(values))) }

// times makes every list once for every value of a column.
func times(lists []listing, column string, values []string) []listing {
	if len(values) == 0 {
		return lists
	}
	var out []listing
	for _, l := range lists {
		for _, value := range values {
			one := l
			one.conds, one.args = slices.Clone(l.conds), slices.Clone(l.args)
			one.and(column+" = ?", value)
			out = append(out, one)
		}
	}
	return out
}

// conditions are what every list of a query has in common.
func (l *listing) conditions(q record.Query) error {
	if len(q.IDs) > chunk {
		return fmt.Errorf("%d ids are too many for one question: %w", len(q.IDs), ErrInvalid)
	}
	if len(q.IDs) > 0 {
		l.and("e.id IN ("+marks(len(q.IDs))+")", anys(q.IDs)...)
	}
	if q.Article != "" {
		l.and("e.article = (SELECT n FROM articles WHERE id = ?)", string(q.Article))
	}
	if q.MinConfidence > 0 {
		l.and("e.confidence >= ?", q.MinConfidence)
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
	if q.Cursor != "" {
		n, _, err := parseCursor(q.Cursor)
		if err != nil {
			return err
		}
		l.after(n)
	}
	return l.verdict("e.id", q.Verdict, q.AsOf)
}

// states asks for commitments in some of the states, and for whatever else has one of the other values as its status.
func (l *listing) states(want []string, asOf time.Time) {
	state, args := assessed("e.id", asOf)
	cond := "e.kind = 'c' AND " + state + " IN (" + marks(len(want)) + ")"
	if !slices.Contains(want, unassessed) { // few: those that were judged
		cond += " AND e.id IN (SELECT subject FROM judgements WHERE verb = 'state')"
	}
	l.and("("+cond+" OR e.kind <> 'c' AND e.status IN ("+marks(len(want))+"))", append(append(args, anys(want)...), anys(want)...)...)
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

// manyJudged is from how many decisions on it is faster to go along the list and look whether an entry was judged so.
const manyJudged = 8000

// judged asks for entries that somebody once judged so, where few were; possible is false where none was.
func (h handle) judged(ctx context.Context, verdict string, l *listing) (possible bool, err error) {
	if verdict == "" || verdict == "none" {
		return true, nil
	}
	var n int
	if err := h.row(ctx, "SELECT count(*) FROM (SELECT 1 FROM judgements WHERE verb = ? LIMIT ?) few", verdict, manyJudged+1).Scan(&n); err != nil {
		return false, err
	}
	if n <= manyJudged {
		l.and("e.n IN (SELECT x.n FROM judgements v JOIN entries x ON x.id = v.subject WHERE v.verb = ?)", verdict)
	}
	return n > 0 || !slices.Contains([]string{"confirm", "reject", "doubt"}, verdict), nil
}

// manyActors is from how many on it is faster to go along the list and look whether an entry has one of them. Measured with
// 100,000 articles.
const manyActors = 8000

// actorsOf asks for entries in which some actors have a part; possible is false if none of them is here. Identities stand
// for their members.
func (h handle) actorsOf(ctx context.Context, q record.Query, l *listing) (possible bool, err error) {
	role := roles()[q.Role]
	switch {
	case q.Role != "" && role == 0:
		return false, fmt.Errorf("%q is no role of an actor: %w", q.Role, ErrInvalid)
	case len(q.Actors) == 0:
		return true, nil
	case len(q.Actors) > chunk:
		return false, fmt.Errorf("%d actors are too many for one question: %w", len(q.Actors), ErrInvalid)
	}
	actors, err := h.numbers(ctx, "entries", q.Actors)
	if err != nil {
		return false, err
	}
	identities, err := h.numbers(ctx, "identities", q.Actors)
	if err != nil {
		return false, err
	}
	one, many := numberList(actors), numberList(identities)
	members := 0
	if err := h.row(ctx, "SELECT COALESCE(sum(members), 0) FROM identities WHERE n IN ("+many+")").Scan(&members); err != nil {
		return false, err
	}
	if len(actors)+members == 0 {
		return false, nil
	}
	of := ""
	if role != 0 {
		of = " AND ea.role = " + strconv.Itoa(role)
	}
	if len(actors)+members < manyActors {
		l.and("e.n IN (SELECT ea.entry FROM entry_actors ea WHERE ea.actor IN (SELECT m.actor FROM memberships m WHERE m.identity IN (" + many +
			") UNION ALL SELECT x.n FROM entries x WHERE x.n IN (" + one + "))" + of + ")")
		return true, nil
	}
	l.and("EXISTS (SELECT 1 FROM entry_actors ea LEFT JOIN memberships m ON m.actor = ea.actor WHERE ea.entry = e.n" + of +
		" AND (m.identity IN (" + many + ") OR ea.actor IN (" + one + ")))")
	return true, nil
}

// numberList writes numbers for a list in SQL; an empty list is NULL, which nothing equals.
func numberList(of map[record.ID]int64) string {
	if len(of) == 0 {
		return "NULL"
	}
	var list []string
	for _, n := range slices.Sorted(maps.Values(of)) {
		list = append(list, strconv.FormatInt(n, 10))
	}
	return strings.Join(list, ",")
}
