package resolve

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/resolve/gazetteer"
)

// fold is the form under which names are compared.
func fold(s string) string { return gazetteer.Key(s) }

// headWord is the first run of letters and digits of a folded name, tailWord the last: what a token must begin or
// end with for the name to begin or end there.
func headWord(key string) string {
	if i := strings.IndexFunc(key, notWord); i >= 0 {
		return key[:i]
	}
	return key
}

func tailWord(key string) string {
	key = strings.TrimRightFunc(key, notWord)
	if i := strings.LastIndexFunc(key, notWord); i >= 0 {
		_, n := utf8.DecodeRuneInString(key[i:])
		return key[i+n:]
	}
	return key
}

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// gazettedPlace is a place of the gazetteer as the place book wants it.
type gazettedPlace struct {
	name, kind, country string
	lat, lon            float64
	id                  int
}

// gazetted picks the place a name means here: by the country or region that follows it ("Aleppo, Syria"), by the
// countries the text speaks of, and by how many live there. A small place in a country that the text does
// not speak of is no match: there is a town called almost everything.
func (b *placeBook) gazetted(first, end int, key string) (gazettedPlace, bool) {
	if b.w.t.words["direction"][key] || key == "centre" || key == "center" {
		return gazettedPlace{}, false
	}
	found := gazetteer.Find(key)
	if len(found) == 0 {
		return gazettedPlace{}, false
	}
	named := b.follows(end)
	best, score := -1, 0.0
	largest, exact := 0, false
	for _, g := range found {
		if g.Kind != gazetteer.Region {
			largest = max(largest, g.People)
			exact = exact || gazetteer.Key(g.Name) == key
		}
	}
	for i, g := range found {
		iso3 := b.byISO2[g.Country]
		s := math.Log10(float64(g.People)+10) - 3
		about := b.mentions[iso3]
		if iso3 != "" && about > 0 {
			s += 0.8 + math.Min(0.9, float64(about)*0.15)
		}
		if named != "" && named == iso3 {
			s += 5
		}
		if g.Kind == gazetteer.Capital {
			s++
		}
		if g.Kind == gazetteer.Town && largest >= 100000 && g.People*5 < largest {
			s -= 2 // next to a city of the name, a small town needs its country beside it
		}
		if gazetteer.Key(g.Name) != key && g.Kind != gazetteer.Region {
			s -= 0.4 // another spelling
			if exact {
				s -= 1.1 // and another town has the name for its own
			}
		}
		if g.Kind == gazetteer.Region {
			s -= 1.2
			if b.regionWord(first, end) {
				s += 3
			}
		}
		if s > score {
			best, score = i, s
		}
	}
	if best < 0 || score < 1.7 {
		return gazettedPlace{}, false
	}
	g := found[best]
	out := gazettedPlace{name: g.Name, country: g.Country, lat: g.Lat, lon: g.Lon, id: g.ID, kind: "city"}
	if g.Kind == gazetteer.Region {
		out.kind = "region"
	}
	return out, true
}

// follows is the country named right after a place: "Aleppo, Syria", "Aleppo in Syria", "Aleppo (Syria)".
func (b *placeBook) follows(end int) string {
	w := b.w
	sent := w.doc.SentenceOf(end - 1)
	if sent < 0 || end+1 >= w.doc.Sentences[sent].End {
		return ""
	}
	switch w.lower(end) {
	case ",", "(", "in":
	default:
		return ""
	}
	_, found, ok := w.longestStarting(w.skipDet(end+1), w.doc.Sentences[sent].End)
	if !ok {
		return ""
	}
	if s, ok := pick(found, senseCountry); ok {
		return s.iso3
	}
	return ""
}

// regionWord says whether a word beside a name says that it is a region's.
func (b *placeBook) regionWord(first, end int) bool {
	w := b.w
	is := func(i int) bool {
		if i < 0 || i >= len(w.doc.Tokens) {
			return false
		}
		switch w.lemma(i) {
		case "province", "region", "oblast", "governorate", "state", "district", "prefecture", "territory", "county":
			return true
		}
		return false
	}
	return is(end) || is(end-1) || w.lower(max(first-1, 0)) == "of" && is(first-2)
}
