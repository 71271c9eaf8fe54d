package resolve

import "strings"

// nameActors resolves the phrases that name organisations and people, so that later phrases can fall back
// on them.
func (w *work) nameActors() {
	for i := range w.doc.Tokens {
		if w.tokens[i] != nil || !w.readable(i) || w.doc.Tokens[i].UPOS != "PROPN" || inCore(&w.doc.Tokens[i]) && !w.doc.Tokens[i].Is("nmod") {
			continue
		}
		p := w.phraseAt(i)
		if _, found, ok := w.longestEnding(w.skipDet(p.first), p.end); ok {
			if _, ok := pick(found, senseOrg); ok {
				w.refer(i)
			}
		}
	}
}

// mentionAll goes through the whole text once more: it notes every mention of an actor, takes in persons and
// organisations that are named without speaking or acting, and the places.
func (w *work) mentionAll() {
	for i := range w.doc.Tokens {
		if !w.readable(i) {
			continue
		}
		tok := &w.doc.Tokens[i]
		switch tok.UPOS {
		case "PROPN":
			w.mentionName(i)
		case "NOUN":
			w.mentionNoun(i)
		case "PRON":
			if !w.firstOrDemonstrative(i) {
				for _, a := range w.refer(i) {
					a.mention(tok.Span, false)
				}
			}
		}
	}
	w.datelinePlace()
}

func (w *work) firstOrDemonstrative(i int) bool {
	switch w.lower(i) {
	case "that", "which", "this", "these", "those", "it", "who", "whom", "what", "there":
		return true
	}
	return false
}

// mentionName handles a proper noun that heads its phrase.
func (w *work) mentionName(i int) {
	tok := &w.doc.Tokens[i]
	if w.tokens[i] != nil {
		return
	}
	n := w.nameAt(i)
	if n != nil && w.top(n.First, n.End) != i && n.Kind != "LOC" {
		return
	}
	if inCore(tok) && tok.Rel != "nmod:poss" {
		if n != nil && n.Kind == "LOC" && w.top(n.First, n.End) == i && w.locativeName(i) {
			w.places.whole(w.skipDet(n.First), n.End)
		}
		return
	}
	if w.locative(i) || w.stricken(i) {
		if pl := w.places.at(i, false); pl != nil {
			return
		}
	}
	p := w.phraseAt(i)
	first := w.skipDet(p.first)
	found := w.senses(first, p.end)
	if s, ok := pick(found, senseOrg); ok {
		a := w.orgActor(s.org)
		w.note(a, p)
		a.used = a.used || !w.medium(i, a)
		return
	}
	if s, ok := pick(found, senseCountry, senseCapital); ok {
		if a := w.byKey["state:"+s.iso3]; a != nil && (s.kind == senseCountry || w.acting(i)) {
			w.note(a, p)
		}
		return
	}
	if n != nil && n.Kind == "ORG" && (n.Score == 0 || n.Score >= 0.6) {
		for _, a := range w.refer(i) {
			if a.kind != "state" {
				a.used = true
			}
		}
	}
}

// stricken says whether a name that is neither a country's nor a capital's stands where a place is that something is done to:
// "shelled Mphande", "Mphande was retaken".
func (w *work) stricken(i int) bool {
	n := w.nameAt(i)
	if n == nil || n.Kind != "LOC" || n.Score < 0.8 || !w.doc.Tokens[i].Is("obj", "nsubj:pass") {
		return false
	}
	_, ok := pick(w.senses(n.First, n.End), senseCountry, senseCapital, senseOrg)
	return !ok
}

// medium says whether an organisation is only where something was said or shown: "on Twitter", "via Telegram".
func (w *work) medium(i int, a *actor) bool {
	if a.kind != "company" && a.kind != "media" {
		return false
	}
	c := w.doc.Child(i, "case")
	return c >= 0 && (w.lower(c) == "on" || w.lower(c) == "via" || w.lower(c) == "through" || w.lower(c) == "over")
}

// acting says whether a capital stands for its government: it does or gets something, or is between or with
// others.
func (w *work) acting(i int) bool {
	tok := &w.doc.Tokens[i]
	if tok.Is("conj") && tok.Head >= 0 {
		return w.acting(tok.Head)
	}
	if tok.Is("nsubj", "obj", "iobj") || tok.Rel == "obl:agent" || tok.Rel == "nmod:poss" {
		return true
	}
	if c := w.doc.Child(i, "case"); c >= 0 {
		switch w.lower(c) {
		case "between", "with", "against", "by":
			return true
		}
	}
	return false
}

// locativeName says whether a name inside another phrase is a place: "the Kherson region".
func (w *work) locativeName(i int) bool {
	h := w.doc.Tokens[i].Head
	if h < 0 {
		return false
	}
	switch w.lemma(h) {
	case "region", "province", "oblast", "district", "airport", "border", "port", "river", "city", "town", "village", "area", "suburb", "coast", "crossing", "governorate":
		return true
	}
	return false
}

// mentionNoun notes common-noun mentions of actors that are known without them.
func (w *work) mentionNoun(i int) {
	if w.tokens[i] != nil || inCore(&w.doc.Tokens[i]) && w.doc.Tokens[i].Rel != "nmod:poss" {
		return
	}
	p := w.phraseAt(i)
	if b, _ := w.bodyEnding(p.first, i+1); b == nil {
		if _, ok := w.t.people[w.lemma(i)]; !ok {
			if _, ok := w.roleOf(p); !ok {
				return
			}
		}
	}
	for _, a := range w.refer(i) {
		// forces, groups and bodies that do something, whether or not that is an event of the table
		if w.doc.Tokens[i].Is("nsubj") && (strings.HasPrefix(a.key, "body:") || strings.HasPrefix(a.key, "org:") || strings.HasPrefix(a.key, "group:")) {
			a.used = true
		}
	}
}

// locative says whether a name stands where a place stands: after a preposition of place, or as the dateline.
// Countries and capitals that stand for governments do not: "talks with Moscow", "between Moscow and Kyiv".
func (w *work) locative(i int) bool {
	tok := &w.doc.Tokens[i]
	if tok.Is("conj") && tok.Head >= 0 {
		return w.locative(tok.Head)
	}
	if tok.Is("appos") && tok.Head >= 0 && w.placeNoun(tok.Head) {
		return true
	}
	if tok.Is("appos", "list", "parataxis") && tok.Head >= 0 && w.doc.Tokens[tok.Head].UPOS == "PROPN" && w.tokens[tok.Head] == nil {
		return w.locative(tok.Head)
	}
	c := w.doc.Child(i, "case")
	if c < 0 || !tok.Is("obl", "nmod") && w.lower(c) != "in" && w.lower(c) != "near" && w.lower(c) != "at" {
		return false
	}
	switch w.lower(c) {
	case "in", "at", "near", "into", "inside", "outside", "across", "throughout", "around", "within", "off", "over", "onto", "beyond", "above", "along", "through", "via":
		return true
	case "from", "to", "toward", "towards":
		h := tok.Head
		return h >= 0 && w.motion(h)
	case "of":
		return w.placeNoun(tok.Head)
	case "on":
		return false
	}
	return false
}

// motion says whether a verb or noun tells a movement, so that "to" and "from" a name tell a place.
func (w *work) motion(i int) bool { return w.t.words["movement"][w.lemma(i)] }

// placeNoun says whether a noun's complement with "of" is a place: "the city of X".
func (w *work) placeNoun(i int) bool { return i >= 0 && w.t.words["area"][w.lemma(i)] }

// datelinePlace adds the place of the dateline.
func (w *work) datelinePlace() {
	d := w.doc.DatelineSpan
	if d.Empty() || w.doc.Dateline == "" {
		return
	}
	at := indexIn(w.doc.Slice(d), w.doc.Dateline)
	if at < 0 {
		return
	}
	s := d
	s.Start += at
	s.End = s.Start + len(w.doc.Dateline)
	w.places.dateline(s)
}
