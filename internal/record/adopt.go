package record

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// NewID makes an archive id: the letter of what it names, a hyphen, and twelve characters (60 bits) of the SHA-256 of
// the parts. The alphabet is Crockford's, which has no letter that looks like another or like a digit.
func NewID(letter string, parts ...string) ID {
	crockford := base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return ID(letter + "-" + crockford.EncodeToString(sum[:])[:12])
}

// TextHash is the SHA-256 of a text or of raw bytes, in hex.
func TextHash[T string | []byte](text T) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// ArticleID is the archive's id of a document: a hash of its text and of what it says of itself, so that the same
// article is the same wherever the file lies, and one text in two papers is two articles.
func ArticleID(doc *Document) ID {
	return NewID("d", TextHash(doc.Text), doc.URL, doc.Publisher, doc.Published, doc.Title)
}

// Adopt gives a record archive ids in place of its own: Document.ID becomes article, and every item and reference
// follows. Where an earlier reading of the same article is given, an item that stands where one of its items stood, or
// shares at least half of its words' place with one, takes over its id. The ids depend on nothing but the record, the
// article and the earlier reading.
func Adopt(rec *Record, article ID, earlier *Record) {
	a := adopter{article: article, ids: map[ID]ID{}, taken: map[ID]bool{}}
	rec.Document.ID = string(article)
	old := map[string][]anchor{}
	if earlier != nil {
		for _, o := range anchors(earlier) {
			old[o.letter] = append(old[o.letter], o)
		}
	}
	fresh := map[string][]anchor{}
	var order []string
	for _, n := range anchors(rec) {
		if fresh[n.letter] == nil {
			order = append(order, n.letter)
		}
		fresh[n.letter] = append(fresh[n.letter], n)
	}
	for _, letter := range order {
		a.inherit(fresh[letter], old[letter])
		a.name(fresh[letter])
	}
	rec.eachID(func(id *ID) {
		if to, ok := a.ids[*id]; ok {
			*id = to
		}
	})
	a.contradictions(rec)
}

// anchor is where an item stands: what it is known by across readings.
type anchor struct {
	letter string
	id     ID
	span   Span
}

// anchors are those of all items but contradictions, which are known by their sides.
func anchors(rec *Record) []anchor {
	var out []anchor
	first := func(letter string, id ID, spans []Span) {
		if len(spans) > 0 {
			out = append(out, anchor{letter, id, spans[0]})
			return
		}
		out = append(out, anchor{letter: letter, id: id}) // inferred
	}
	for i := range rec.Actors {
		first("a", rec.Actors[i].ID, rec.Actors[i].Mentions)
	}
	for i := range rec.Places {
		first("p", rec.Places[i].ID, rec.Places[i].Mentions)
	}
	for i := range rec.Statements {
		out = append(out, anchor{"s", rec.Statements[i].ID, rec.Statements[i].Span})
	}
	for i := range rec.Events {
		out = append(out, anchor{"e", rec.Events[i].ID, rec.Events[i].Trigger.Span})
	}
	for i := range rec.Commitments {
		out = append(out, anchor{"c", rec.Commitments[i].ID, rec.Commitments[i].Span})
	}
	for i := range rec.Contacts {
		out = append(out, anchor{"k", rec.Contacts[i].ID, rec.Contacts[i].Span})
	}
	for i := range rec.Figures {
		out = append(out, anchor{"f", rec.Figures[i].ID, rec.Figures[i].Span})
	}
	for i := range rec.Agreements {
		first("g", rec.Agreements[i].ID, rec.Agreements[i].Mentions)
	}
	return out
}

type adopter struct {
	article ID
	ids     map[ID]ID   // from the record's ids to the archive's
	taken   map[ID]bool // archive ids given out
}

// inherit gives new items the ids of old ones in the same place, the best agreement first.
func (a *adopter) inherit(fresh, old []anchor) {
	type pair struct {
		shared   float64
		new, old int
	}
	var pairs []pair
	for i, n := range fresh {
		for j, o := range old {
			if s := overlap(n.span, o.span); s >= 0.5 {
				pairs = append(pairs, pair{s, i, j})
			}
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int { return cmp.Compare(y.shared, x.shared) })
	for _, p := range pairs {
		n, o := fresh[p.new], old[p.old]
		if _, done := a.ids[n.id]; !done && !a.taken[o.id] {
			a.ids[n.id] = o.id
			a.taken[o.id] = true
		}
	}
}

// name makes ids for the items that inherited none; several in one place are counted.
func (a *adopter) name(fresh []anchor) {
	for _, n := range fresh {
		if _, done := a.ids[n.id]; done {
			continue
		}
		for count := 0; ; count++ {
			id := NewID(n.letter, string(a.article), fmt.Sprint(n.span[0], n.span[1], count))
			if !a.taken[id] {
				a.ids[n.id], a.taken[id] = id, true
				break
			}
		}
	}
}

func (a *adopter) contradictions(rec *Record) {
	for i := range rec.Contradictions {
		x := &rec.Contradictions[i]
		for count := 0; ; count++ {
			id := NewID("x", string(x.A), string(x.B), fmt.Sprint(count))
			if !a.taken[id] {
				x.ID, a.taken[id] = id, true
				break
			}
		}
	}
}

// overlap is the share of two spans that both cover, of what either covers.
func overlap(a, b Span) float64 {
	both := min(a[1], b[1]) - max(a[0], b[0])
	if both <= 0 {
		return 0
	}
	return float64(both) / float64(max(a[1], b[1])-min(a[0], b[0]))
}

// eachID visits every id in the record: those of items, and those that refer to one.
func (rec *Record) eachID(visit func(*ID)) {
	all := func(lists ...[]ID) {
		for _, ids := range lists {
			for i := range ids {
				visit(&ids[i])
			}
		}
	}
	maybe := func(id *ID) {
		if id != nil {
			visit(id)
		}
	}
	for i := range rec.Actors {
		visit(&rec.Actors[i].ID)
		maybe(rec.Actors[i].PartOf)
	}
	for i := range rec.Places {
		visit(&rec.Places[i].ID)
	}
	for i := range rec.Statements {
		s := &rec.Statements[i]
		visit(&s.ID)
		all(s.Source, s.Addressee, s.Via)
		maybe(s.ReportedIn)
	}
	for i := range rec.Events {
		e := &rec.Events[i]
		visit(&e.ID)
		all(e.Actors, e.Recipients, e.Where)
		maybe(e.AssertedBy)
	}
	for i := range rec.Commitments {
		c := &rec.Commitments[i]
		visit(&c.ID)
		all(c.By, c.To)
		maybe(c.MadeIn)
	}
	for i := range rec.Contacts {
		k := &rec.Contacts[i]
		visit(&k.ID)
		all(k.Participants, k.Where)
		maybe(k.AssertedBy)
	}
	for i := range rec.Figures {
		visit(&rec.Figures[i].ID)
		all(rec.Figures[i].Where, rec.Figures[i].AssertedBy)
	}
	for i := range rec.Contradictions {
		x := &rec.Contradictions[i]
		visit(&x.A)
		visit(&x.B)
		all(x.By)
	}
	for i := range rec.Agreements {
		visit(&rec.Agreements[i].ID)
		all(rec.Agreements[i].Parties)
	}
}
