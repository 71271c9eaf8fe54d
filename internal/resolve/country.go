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
