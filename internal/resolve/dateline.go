package resolve

import (
	"strings"

	"parley/internal/document"
	"parley/internal/resolve/gazetteer"
)

// indexIn finds a dateline in the words at the head of the text, whatever their case; -1 when it is not there.
func indexIn(text, name string) int {
	low, want := strings.ToLower(text), strings.ToLower(name)
	if len(low) != len(text) {
		return -1
	}
	return strings.Index(low, want)
}

// dateline adds the place a report was sent from; the largest town of that name.
func (b *placeBook) dateline(s document.Span) {
	name, _, _ := strings.Cut(b.w.doc.Slice(s), ",")
	s.End = s.Start + len(name)
	found := gazetteer.Find(name)
	if len(found) == 0 || s.Empty() {
		return
	}
	best := found[0]
	for _, g := range found {
		if g.Kind == gazetteer.Capital {
			best = g
			break
		}
		if g.Kind == gazetteer.Town && best.Kind == gazetteer.Region {
			best = g
		}
	}
	pl := place{name: best.Name, kind: "city", country: b.byISO2[best.Country], lat: best.Lat, lon: best.Lon, located: true, why: "dateline"}
	if best.Kind == gazetteer.Region {
		pl.kind = "region"
	}
	if best.ID != 0 {
		pl.sameAs = "geonames:" + itoa(best.ID)
	}
	b.add("gaz:"+best.Country+":"+pl.kind+":"+best.Name, s, pl)
}
