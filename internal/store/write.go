package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"parley/internal/record"
)

// chunk is how many values one list in a query holds at most.
const chunk = 500

// Has says which of the articles are in the archive, in whatever state.
func (s *Store) Has(ctx context.Context, ids []record.ID) (map[record.ID]bool, error) {
	there, err := s.read().numbers(ctx, "articles", ids)
	if err != nil {
		return nil, s.explain(ctx, "reading", err)
	}
	out := map[record.ID]bool{}
	for id := range there {
		out[id] = true
	}
	return out, nil
}

// numbers are those of the rows of a table with these ids.
func (h handle) numbers(ctx context.Context, table string, ids []record.ID) (map[record.ID]int64, error) {
	out := map[record.ID]int64{}
	for part := range slices.Chunk(ids, chunk) {
		err := h.each(ctx, func(rows *sql.Rows) error {
			var id record.ID
			var n int64
			err := rows.Scan(&id, &n)
			out[id] = n
			return err
		}, "SELECT id, n FROM "+table+" WHERE id IN ("+marks(len(part))+")", anys(part)...)
		if err != nil {
			return nil, fmt.Errorf("looking up %d of the %s: %w", len(part), table, err)
		}
	}
	return out, nil
}

// intake are the rows of a batch, in the order of their tables.
type intake struct {
	t      *tx
	pack   *packer
	blobs  map[string][]byte // by hash, unpacked
	tables map[string][][]any
	words  map[string][]indexed
	log    []record.Judgement
	taken  map[int64]bool
}

const (
	articleColumns  = "n, id, known, title, publisher, url, guid, text_hash, raw_hash, body, state, state_reason, state_at, superseded_by, reading, arrived, undated"
	readingColumns  = "article, number, model, rules, hash, record"
	entryColumns    = "n, id, kind, article, start, finish, label, status, confidence, reading, item, arrived"
	entryPartColumn = "actor, entry, role"
)

// Put keeps articles with their bytes and records, all of them or none. An article that is there is left as it is, in
// whatever state. Each new one is logged with the hashes of all that was kept of it (ingestValue), and so is each that it
// takes the place of. An article may arrive as withdrawn, or as superseded by another; else the versions of it that are
// there decide (version), and its State, SupersededBy and Supersedes in arrivals say in the end what became of it. The document of an article's
// record is the article's own; the two texts must be the same.
func (s *Store) Put(ctx context.Context, arrivals []record.Arrival) error {
	if len(arrivals) == 0 {
		return nil
	}
	ready := make([]prepared, len(arrivals))
	for i := range arrivals {
		var err error
		if ready[i], err = s.prepare(&arrivals[i]); err != nil {
			return fmt.Errorf("keeping %s: %w", arrivals[i].Article.ID, err)
		}
	}
	err := s.write(ctx, false, func(t *tx) error {
		in := &intake{t: t, pack: s.pack, blobs: map[string][]byte{}, tables: map[string][][]any{}, words: map[string][]indexed{}, taken: map[int64]bool{}}
		return in.all(ctx, ready)
	})
	for i := range ready {
		if arrivals[i].Supersedes = ready[i].Supersedes; ready[i].art.State != "" {
			arrivals[i].Article.State, arrivals[i].Article.StateReason, arrivals[i].Article.SupersededBy = ready[i].art.State, ready[i].art.StateReason, ready[i].art.SupersededBy
		}
	}
	return err
}

// prepared is an arrival, with all that can be made of it before the archive is locked.
type prepared struct {
	*record.Arrival
	art     record.Article // as it is kept
	body    string
	reading reading
	items   []item
	packed  [][]byte // of the items
	meant   []byte   // what its sentences mean, packed; nil: nobody knows
}

// reading is a record as it is kept.
type reading struct {
	model, rules, hash string
	data               []byte // packed
}

func (s *Store) prepare(a *record.Arrival) (p prepared, err error) {
	if a.Record == nil || !lettered(record.ID(a.Article.ID), "d") {
		return p, fmt.Errorf("it has no record or no id of an archive: %w", ErrInvalid)
	}
	p.Arrival, p.art = a, a.Article
	if p.art.Text == "" {
		p.art.Text = a.Record.Document.Text
	}
	if p.art.Text != a.Record.Document.Text {
		return p, fmt.Errorf("its record is of another text: %w", ErrInvalid)
	}
	p.art.TextHash, p.art.RawHash = record.TextHash(p.art.Text), record.TextHash(a.Raw)
	if p.body, err = bodyOf(&p.art); err != nil {
		return p, err
	}
	if p.items, p.packed, p.reading, err = s.prepareRecord(a.Record); err != nil {
		return p, err
	}
	p.meant, err = s.pack.packMeanings(a.Meanings, utf8.RuneCountInString(p.art.Text))
	return p, err
}

// prepareRecord checks a record and packs it and its items.
func (s *Store) prepareRecord(rec *record.Record) ([]item, [][]byte, reading, error) {
	items := itemsOf(rec)
	if err := sound(rec, items); err != nil {
		return nil, nil, reading{}, err
	}
	data, err := recordJSON(rec)
	if err != nil {
		return nil, nil, reading{}, err
	}
	packed := make([][]byte, len(items))
	for i, it := range items {
		value, err := json.Marshal(it.value)
		if err != nil {
			return nil, nil, reading{}, fmt.Errorf("encoding %s: %w", it.id, err)
		}
		packed[i] = s.pack.packEntry(it.text, value)
	}
	return items, packed, reading{clean(rec.Model), clean(rec.Rules), record.TextHash(data), s.pack.pack(data)}, nil
}

// bodyOf is what an article arrived as, in JSON: everything but its text, which is a blob, its state, which
// changes, and when it arrived.
func bodyOf(art *record.Article) (string, error) {
	kept := *art
	kept.Text, kept.State, kept.StateReason, kept.StateAt, kept.SupersededBy, kept.Reading = "", "", "", nil, "", 0
	kept.Arrived = time.Time{}
	kept.Fetched, kept.Known = instant(micros(kept.Fetched)), instant(micros(kept.Known))
	if kept.Authors == nil {
		kept.Authors = []string{}
	}
	if kept.Credits == nil {
		kept.Credits = []string{}
	}
	data, err := json.Marshal(&kept)
	if err != nil {
		return "", fmt.Errorf("encoding article %s: %w", art.ID, err)
	}
	return string(data), nil
}

// ingestValue is what the log says of an article that was taken in: the SHA-256 of its bytes, its text, the JSON of its
// first record, and the JSON of what it said of itself.
func ingestValue(raw, text, rec, body string) string {
	return "raw=" + raw + " text=" + text + " record=" + rec + " article=" + body
}

func readValue(number int, hash string) string {
	return fmt.Sprintf("reading=%d record=%s", number, hash)
}

// all takes in a batch: articles first, so that they may take each other's place.
func (in *intake) all(ctx context.Context, ready []prepared) error {
	ids := make([]record.ID, len(ready))
	for i := range ready {
		ids[i] = record.ID(ready[i].art.ID)
	}
	there, err := in.t.numbers(ctx, "articles", ids)
	if err != nil {
		return err
	}
	var fresh []*prepared
	for i := range ready {
		id := record.ID(ready[i].art.ID)
		if _, known := there[id]; known {
			continue
		}
		there[id] = -1 // twice in one batch is once
		fresh = append(fresh, &ready[i])
		if err := in.article(ctx, &ready[i]); err != nil {
			return fmt.Errorf("keeping %s: %w", id, err)
		}
	}
	if err := in.flush(ctx); err != nil {
		return err
	}
	for _, p := range fresh {
		if err := in.version(ctx, p); err != nil {
			return fmt.Errorf("looking up other versions of %s: %w", p.art.ID, err)
		}
		if err := in.replace(ctx, p); err != nil {
			return fmt.Errorf("keeping %s: %w", p.art.ID, err)
		}
	}
	_, err = in.t.log(ctx, in.log)
	return err
}

func (in *intake) article(ctx context.Context, p *prepared) error {
	id := record.ID(p.art.ID)
	count := &numberer{t: in.t, id: id, known: p.art.Known, taken: in.taken}
	if err := count.open(ctx); err != nil {
		return err
	}
	n := count.base
	a := &p.art
	in.add("articles", n, string(id), micros(a.Known), clean(a.Title), clean(a.Publisher), clean(a.URL), clean(a.GUID), a.TextHash, a.RawHash,
		p.body, record.Current, "", nil, nil, 1, micros(in.t.at), undated(a))
	for _, guid := range a.Replaces {
		in.add("replaced", n, clean(guid))
	}
	in.blobs[a.TextHash], in.blobs[a.RawHash] = []byte(a.Text), p.Raw
	in.add("readings", n, 1, p.reading.model, p.reading.rules, p.reading.hash, p.reading.data)
	if err := in.addMeanings(n, 1, p.reading.model, p.meant); err != nil {
		return err
	}
	in.words["articles_words"] = append(in.words["articles_words"], indexed{n, apart(a.Title, a.Text), ""})
	in.log = append(in.log, record.Judgement{Who: machine, Verb: "ingest", Subject: id, Why: "read from " + clean(a.Location),
		Value: ingestValue(a.RawHash, a.TextHash, p.reading.hash, record.TextHash(p.body))})
	numbers, err := in.entries(ctx, count, n, p.items, p.packed)
	if err != nil {
		return err
	}
	return in.parts(p.items, numbers)
}

func (in *intake) add(table string, row ...any) { in.tables[table] = append(in.tables[table], row) }

// entries adds the first entries of an article, and gives their numbers.
func (in *intake) entries(ctx context.Context, count *numberer, article int64, items []item, packed [][]byte) (map[record.ID]int64, error) {
	numbers := map[record.ID]int64{}
	for i := range items {
		n, err := count.number(ctx)
		if err != nil {
			return nil, err
		}
		numbers[items[i].id] = n
		in.entry(n, article, 1, &items[i], packed[i])
	}
	return numbers, nil
}

func (in *intake) entry(n, article int64, number int, it *item, packed []byte) {
	in.add("entries", n, string(it.id), it.kind, article, it.span[0], it.span[1], it.label, it.status, it.confidence, number, packed, micros(in.t.at))
	in.words["entries_words"] = append(in.words["entries_words"], indexed{n, it.words, it.kind})
}

func (in *intake) parts(items []item, numbers map[record.ID]int64) error {
	for i := range items {
		for _, p := range items[i].parts {
			actor, ok := numbers[p.actor]
			if !ok {
				return fmt.Errorf("%s names %s, which is no entry: %w", items[i].id, p.actor, ErrInvalid)
			}
			in.add("entry_actors", actor, numbers[items[i].id], p.role)
		}
	}
	return nil
}

// flush writes the rows, in an order that references allow.
func (in *intake) flush(ctx context.Context) error {
	if err := in.flushBlobs(ctx); err != nil {
		return fmt.Errorf("keeping texts and bytes: %w", err)
	}
	for _, table := range []struct{ name, columns string }{
		{"blobs", "hash, size, data"}, {"articles", articleColumns}, {"replaced", "article, guid"}, {"readings", readingColumns}, {"meanings", meaningColumns}, {"entries", entryColumns}, {"entry_actors", entryPartColumn},
	} {
		rows := in.tables[table.name]
		if table.name != "blobs" { // rows in the order of their keys are written fastest
			slices.SortFunc(rows, func(a, b []any) int { return cmp.Compare(a[0].(int64), b[0].(int64)) })
		}
		if err := in.t.d.insert(ctx, in.t, table.name, columns(table.columns), rows); err != nil {
			return fmt.Errorf("writing %s: %w", table.name, err)
		}
	}
	for _, name := range []string{"articles_words", "entries_words"} {
		found := in.words[name]
		slices.SortFunc(found, func(a, b indexed) int { return cmp.Compare(a.n, b.n) })
		if err := in.t.d.index(ctx, in.t, name, found); err != nil {
			return fmt.Errorf("writing %s: %w", name, err)
		}
	}
	in.tables, in.words = map[string][][]any{}, map[string][]indexed{}
	return nil
}

// flushBlobs makes rows of the blobs that are not there yet.
func (in *intake) flushBlobs(ctx context.Context) error {
	hashes := make([]string, 0, len(in.blobs))
	for hash := range in.blobs {
		hashes = append(hashes, hash)
	}
	slices.Sort(hashes)
	for part := range slices.Chunk(hashes, chunk) {
		err := in.t.each(ctx, func(rows *sql.Rows) error {
			var hash string
			err := rows.Scan(&hash)
			delete(in.blobs, hash)
			return err
		}, "SELECT hash FROM blobs WHERE hash IN ("+marks(len(part))+")", anys(part)...)
		if err != nil {
			return err
		}
	}
	for _, hash := range hashes {
		if data, missing := in.blobs[hash]; missing {
			in.add("blobs", hash, len(data), in.pack.pack(data))
		}
	}
	return nil
}

// replace carries out what an arrival says about other versions of it, and the state that it came in.
func (in *intake) replace(ctx context.Context, p *prepared) error {
	id := record.ID(p.art.ID)
	for _, old := range p.Supersedes {
		if err := in.supersede(ctx, old, id, "a later version came"); err != nil {
			return err
		}
	}
	if p.art.SupersededBy != "" {
		if err := in.supersede(ctx, id, p.art.SupersededBy, cmp.Or(clean(p.art.StateReason), "a later version was there already")); err != nil {
			return err
		}
	}
	if p.art.State != record.Withdrawn {
		return nil
	}
	j := record.Judgement{Who: machine, Verb: "withdraw", Subject: id, Why: cmp.Or(clean(p.art.StateReason), "it came as withdrawn")}
	if err := in.t.carryOut(ctx, &j); err != nil {
		return err
	}
	in.log = append(in.log, j)
	return nil
}

// supersede puts a later article in the place of an older one. A withdrawn or erased one stays so, but knows its later
// version; of several later versions the last that came counts.
func (in *intake) supersede(ctx context.Context, old, by record.ID, why string) error {
	var state string
	err := in.t.row(ctx, "SELECT state FROM articles WHERE id = ?", string(old)).Scan(&state)
	if errors.Is(err, sql.ErrNoRows) || old == by {
		return fmt.Errorf("it takes the place of %s: %w", old, record.ErrNotFound)
	}
	if err != nil {
		return err
	}
	if err := in.t.known(ctx, []record.ID{by}); err != nil {
		return err
	}
	if state == record.Current || state == record.Superseded {
		err = in.t.exec(ctx, "UPDATE articles SET state = ?, state_reason = ?, state_at = ?, superseded_by = ? WHERE id = ?",
			record.Superseded, why, micros(in.t.at), string(by), string(old))
	} else {
		err = in.t.exec(ctx, "UPDATE articles SET superseded_by = ? WHERE id = ?", string(by), string(old))
	}
	in.log = append(in.log, record.Judgement{Who: machine, Verb: "supersede", Subject: old, Object: by, Why: why})
	return err
}
