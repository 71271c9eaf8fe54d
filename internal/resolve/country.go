package resolve

// countCountries counts how often the text names each country, by any of its names, demonyms and capitals.
func (w *work) countCountries() {
	for i := 0; i < len(w.doc.Tokens); {
		sent := w.doc.SentenceOf(i)
		if sent < 0 || w.doc.Tokens[i].UPOS != "PROPN" && w.doc.Tokens[i].UPOS != "ADJ" {
			i++
			continue
		}
		stop, found, ok := w.longestStarting(i, w.doc.Sentences[sent].End)
		if !ok {
			i++
			continue
		}
		if s, ok := pick(found, senseCountry, senseAdjective, senseCapital, sensePeople); ok {
			w.mentioned[s.iso3]++
		}
		i = stop
	}
}

// home is the country an article is about where one stands out: at least three mentions, and three in four of all, or at
// least four and three times as many as any other. In a story of two states neither is at home: a minister without a
// country may be either's. The home's government is "the government", its ministers are "the ministers".
func (w *work) home() string {
	all, top, most, second := 0, "", 0, 0
	for iso3, n := range w.mentioned {
		all += n
		if n > most || n == most && iso3 < top {
			top, most, second = iso3, n, most
		} else {
			second = max(second, n)
		}
	}
	if most >= 3 && most*4 >= all*3 || most >= 4 && most >= 3*second {
		return top
	}
	return ""
}

// atHome gives the home country to office-holders of a state for whom neither text nor table names one.
func (w *work) atHome(a *actor) {
	best := bestHolding(a.roles)
	if best == nil || a.country != "" || best.org != nil || best.within >= 0 || w.holdingCountry(best) != "" {
		return
	}
	switch best.role.sector {
	case "GOV", "LEG":
		if home := w.home(); home != "" && best.role.key != "ambassador" && best.role.key != "spokesperson" {
			best.country = home
		}
	}
}
