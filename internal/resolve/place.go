package resolve

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode"

	"parley/internal/document"
	"parley/internal/read"
	"parley/internal/record"
)

// region is one line of regions.tsv.
type region struct {
	name, kind, country string
	lat, lon            float64
}

func (t *tables) loadRegions() error {
	lines, err := rows("regions.tsv", 6)
	if err != nil {
		return err
	}
	for _, f := range lines {
		r := &region{name: f[0], kind: f[1], country: f[2]}
		if r.lat, err = strconv.ParseFloat(f[3], 64); err != nil {
			return fmt.Errorf("reading table regions.tsv, %s: latitude: %w", r.name, err)
		}
		if r.lon, err = strconv.ParseFloat(f[4], 64); err != nil {
			return fmt.Errorf("reading table regions.tsv, %s: longitude: %w", r.name, err)
		}
		for _, name := range append([]string{f[0]}, list(f[5])...) {
			if key := fold(name); t.regions[key] == nil {
				t.regions[key] = r
			}
		}
	}
	return nil
}

// place is a place in the making.
type place struct {
	key, name, kind, country, sameAs string
	lat, lon                         float64
	located                          bool
	spans                            []document.Span
	id                               record.ID
	why                              string
}

// placeBook collects the places of one document.
type placeBook struct {
	w        *work
	byKey    map[string]*place
	all      []*place
	mentions map[string]int // how often the text names each country, by any of its names
	byISO2   map[string]string
}

func (w *work) newPlaceBook() *placeBook {
	b := &placeBook{w: w, byKey: map[string]*place{}, mentions: w.mentioned, byISO2: map[string]string{}}
	for iso3, c := range w.t.countries {
		b.byISO2[c.iso2] = iso3
	}
	return b
}

// placesOf resolves phrases that say where something is.
func (w *work) placesOf(ps []read.Phrase) []*place {
	var out []*place
	for _, p := range ps {
		for _, h := range w.conjuncts(p.Head, p.First, p.End) {
			if pl := w.places.at(h, true); pl != nil {
				dup := false
				for _, have := range out {
					dup = dup || have == pl
				}
				if !dup {
					out = append(out, pl)
				}
			}
		}
	}
	return out
}

// at is the place that the noun phrase headed by a token means. asked says that the phrase is known to stand
// for a place.
func (b *placeBook) at(head int, asked bool) *place {
	w := b.w
	if head < 0 || head >= len(w.doc.Tokens) || w.tokens[head] != nil {
		return nil
	}
	p := w.phraseAt(head)
	first, end := w.skipDet(p.first), p.end
	if pl := b.whole(first, end); pl != nil {
		return pl
	}
	if n := w.nameAt(head); n != nil && (n.First != first || n.End != end) {
		if pl := b.whole(w.skipDet(n.First), n.End); pl != nil {
			return pl
		}
	}
	if asked && p.of >= 0 && p.ofCase == "of" {
		if pl := b.at(p.of, true); pl != nil {
			return pl
		}
	}
	if asked && p.poss < 0 {
		for i := first; i < head; i++ { // "the Kherson region", "Kyiv airport"
			if n := w.nameAt(i); n != nil && n.Kind == "LOC" && n.End <= head+1 {
				if pl := b.whole(n.First, n.End); pl != nil {
					return pl
				}
			}
		}
	}
	if asked && p.of >= 0 {
		if pl := b.at(p.of, true); pl != nil {
			return pl
		}
	}
	if n := w.nameAt(head); n != nil && n.Kind == "LOC" {
		return b.unknown(n)
	}
	return nil
}

// whole looks the words of tokens [first, end) up as the name of a place.
func (b *placeBook) whole(first, end int) *place {
	w := b.w
	if first >= end {
		return nil
	}
	key := fold(w.doc.Slice(w.doc.TokenSpan(first, end)))
	span := w.doc.TokenSpan(first, end)
	if r := w.t.regions[key]; r != nil && w.capitalised(first, end) {
		return b.add("region:"+r.name, span, place{name: r.name, kind: r.kind, country: r.country, lat: r.lat, lon: r.lon, located: true, why: "table"})
	}
	found := w.senses(first, end)
	if s, ok := pick(found, senseCountry); ok {
		return b.country(s.iso3, span)
	}
	if _, ok := pick(found, senseOrg); ok || end-first == 1 && w.weekday(first) {
		return nil
	}
	if pl := b.part(first, end); pl != nil {
		return pl
	}
	if !w.capitalised(first, end) {
		return nil
	}
	if g, ok := b.gazetted(first, end, key); ok {
		iso3 := b.byISO2[g.country]
		name := g.name
		if !ascii(name) {
			name = w.text(first, end) // "Geneva" where the gazetteer has the local name
		}
		pl := place{name: name, kind: g.kind, country: iso3, lat: g.lat, lon: g.lon, located: true, why: "gazetteer"}
		if g.id != 0 {
			pl.sameAs = "geonames:" + itoa(g.id)
		}
		return b.add("gaz:"+g.country+":"+g.kind+":"+g.name, span, pl)
	}
	return nil
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func (w *work) capitalised(first, end int) bool {
	for i := first; i < end; i++ {
		f := w.doc.Tokens[i].Form
		if f != "" && strings.ToLower(f[:1]) != f[:1] || f[0] >= 0x80 {
			return true
		}
	}
	return false
}

func (b *placeBook) country(iso3 string, span document.Span) *place {
	c := b.w.t.countries[iso3]
	pl := place{name: c.name, kind: "country", country: iso3, lat: c.lat, lon: c.lon, located: true, why: "country"}
	if c.wikidata != "" {
		pl.sameAs = "wikidata:" + c.wikidata
	}
	return b.add("country:"+iso3, span, pl)
}

// part reads a part of a country: "eastern Ukraine", "the northern Gaza Strip".
func (b *placeBook) part(first, end int) *place {
	w := b.w
	for first > 1 && w.doc.Tokens[first-1].Form == "-" && w.t.words["direction"][w.lower(first-2)] { // "north-eastern Syria" in three tokens
		first -= 2
	}
	span := w.doc.TokenSpan(first, end)
	at := first
	for at < end-1 && (w.t.words["direction"][w.lower(at)] || w.doc.Tokens[at].Form == "-") {
		at++
	}
	if at == first {
		return nil
	}
	inner := fold(w.doc.Slice(w.doc.TokenSpan(at, end)))
	var country string
	if s, ok := pick(w.senses(at, end), senseCountry); ok {
		country = s.iso3
	} else if r := w.t.regions[inner]; r != nil {
		country = r.country
	} else {
		return nil
	}
	name := w.text(first, end)
	return b.add("part:"+fold(name), span, place{name: name, kind: "region", country: country, why: "part of a country"})
}

// unknown is a place that the model takes for one and no table knows.
func (b *placeBook) unknown(n *document.Name) *place {
	w := b.w
	name := w.text(w.skipDet(n.First), n.End)
	if _, ok := pick(w.senses(w.skipDet(n.First), n.End), senseOrg, senseAdjective, sensePeople); ok {
		return nil
	}
	if name == "" || n.Score > 0 && n.Score < 0.5 || !letters(name) || w.t.words["direction"][fold(name)] || len(fold(name)) < 3 {
		return nil
	}
	kind := "site"
	words := strings.Fields(fold(name))
	switch words[len(words)-1] {
	case "river", "sea", "lake", "strait", "mountains", "mountain", "island", "islands", "valley", "desert", "border", "bay", "gulf", "forest", "canal":
		kind = "feature"
	case "province", "region", "oblast", "district", "state", "governorate", "county", "territory", "republic":
		kind = "region"
	}
	return b.add("name:"+fold(name), w.doc.TokenSpan(n.First, n.End), place{name: name, kind: kind, why: "name"})
}

// letters says whether a name is of letters, blanks and the marks that names have.
func letters(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) && !strings.ContainsRune(" -'’.&", r) {
			return false
		}
	}
	return true
}

// add files a mention of a place.
func (b *placeBook) add(key string, span document.Span, pl place) *place {
	have := b.byKey[key]
	if have == nil {
		have = &place{}
		*have = pl
		have.key = key
		b.byKey[key] = have
		b.all = append(b.all, have)
		have.id = record.ID("p" + itoa(len(b.all)))
	}
	for _, s := range have.spans {
		if s == span {
			return have
		}
	}
	have.spans = append(have.spans, span)
	return have
}

func (b *placeBook) list() []record.Place {
	out := make([]record.Place, 0, len(b.all))
	for _, pl := range b.all {
		r := record.Place{ID: pl.id, Name: pl.name, Kind: pl.kind, Country: pl.country, SameAs: []string{}, Mentions: []record.Span{}, Why: pl.why}
		if pl.located {
			lat, lon := pl.lat, pl.lon
			r.Lat, r.Lon = &lat, &lon
		}
		if pl.sameAs != "" {
			r.SameAs = append(r.SameAs, pl.sameAs)
		}
		sort.Slice(pl.spans, func(i, j int) bool { return pl.spans[i].Start < pl.spans[j].Start })
		for _, s := range pl.spans {
			r.Mentions = append(r.Mentions, b.w.span(s))
		}
		out = append(out, r)
	}
	return out
}

func placeIDs(ps []*place) []record.ID {
	out := make([]record.ID, 0, len(ps))
	for _, p := range ps {
		out = append(out, p.id)
	}
	return out
}
