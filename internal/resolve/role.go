package resolve

import "strings"

// holding is a role somebody holds, as the text gives it.
type holding struct {
	role    *role
	words   string        // the role in the words of the text, lower case: "secretary of state"
	country string        // ISO alpha-3; empty when the text does not say
	org     *organization // the body it is held in, of the tables
	body    *body         // the body it is held in, by a common noun ("foreign ministry spokesman")
	within  int           // head of another possessor or complement ("head of the mission"), -1 for none
	former  bool
	table   bool   // from leaders.tsv, not from the text
	first   int    // first token of the words that give it
	besides *actor // who it is not: a counterpart is somebody else
}

// longestRole is how many words the longest role noun phrase of the table has.
const longestRole = 7

// roleBack reads a role that ends right before token end, going left no further than from: "former French
// Foreign Minister", "Kremlin spokesman", "US special envoy for Iran". The country or body may stand
// before the role, inside it ("top US diplomat") or behind it with a preposition.
func (w *work) roleBack(from, end int) (h holding, ok bool) {
	h.within = -1
	at := w.complementBack(from, end, &h)
	if !w.roleWords(from, at, &h) && !w.roleAround(from, at, &h) {
		return h, false
	}
	w.longerBody(from, at, &h)
	w.modifiersBack(from, &h)
	if h.country == "" && h.org == nil && h.body == nil {
		w.farOwner(from, &h)
	}
	return h, true
}

// farOwner looks for the country or body in front of words that say what a role is for: "UN human rights chief", "US
// climate envoy".
func (w *work) farOwner(from int, h *holding) {
	if h.first > from && h.first > 0 && w.doc.Tokens[h.first].UPOS == "PART" && w.doc.Tokens[h.first-1].UPOS == "NOUN" {
		return
	}
	for at := h.first; at > max(from, h.first-4); at-- {
		switch w.doc.Tokens[at-1].UPOS {
		case "NOUN", "ADJ", "PROPN":
		case "PART":
			if at >= 2 && w.doc.Tokens[at-2].UPOS == "NOUN" {
				return // "the Norland chancellor's spokesman" is the chancellor's
			}
		default:
			return
		}
		if first, found, ok := w.longestEnding(from, at); ok {
			if _, ok := pick(found, senseCountry, senseAdjective, senseOrg); ok {
				w.hold(h, found)
				h.first = first
				return
			}
		}
	}
}

// longerBody gives words to the name of a body that a longer role name has taken: "European Council" + "president", not
// "European" + "council president".
func (w *work) longerBody(from, end int, h *holding) {
	for k := h.first + 1; k < end; k++ {
		at, found, ok := w.longestEnding(from, k)
		if !ok || at >= h.first {
			continue
		}
		s, ok := pick(found, senseOrg)
		words := fold(w.doc.Slice(w.doc.TokenSpan(k, end)))
		if r := w.t.roles[words]; ok && r != nil {
			h.role, h.words, h.first, h.org = r, words, at, s.org
			return
		}
	}
}

// roleWords finds the longest role name that ends right before end.
func (w *work) roleWords(from, end int, h *holding) bool {
	if end <= from || w.tails[end-1] != "" && !w.t.roleTails[w.tails[end-1]] {
		return false
	}
	for first := max(from, end-longestRole); first < end && !w.dot(end-1); first++ {
		words := fold(w.doc.Slice(w.doc.TokenSpan(first, end)))
		if r := w.t.roles[words]; r != nil {
			h.role, h.words, h.first = r, words, first
			return true
		}
	}
	return false
}

// roleAround finds a role with the country inside: "top US diplomat".
func (w *work) roleAround(from, end int, h *holding) bool {
	for first := max(from, end-longestRole); first < end-2; first++ {
		for at := first + 1; at < end-1; at++ {
			stop, found, ok := w.longestStarting(at, end-1)
			if !ok {
				continue
			}
			words := fold(w.doc.Slice(w.doc.TokenSpan(first, at))) + " " + fold(w.doc.Slice(w.doc.TokenSpan(stop, end)))
			if r := w.t.roles[words]; r != nil && strings.Contains(words, " ") {
				h.role, h.words, h.first = r, words, first
				w.hold(h, found)
				return true
			}
		}
	}
	return false
}

// complementBack takes a country or body after of, for or to off the end: "ambassador to the UN".
func (w *work) complementBack(from, end int, h *holding) int {
	first, found, ok := w.longestEnding(from, end)
	if !ok {
		return end
	}
	at := first
	if at-1 >= from && w.doc.Tokens[at-1].UPOS == "DET" {
		at--
	}
	if at-1 < from {
		return end
	}
	switch w.lower(at - 1) {
	case "of", "for", "to", "in":
	default:
		return end
	}
	var probe holding
	if !w.roleWords(from, at-1, &probe) {
		return end
	}
	if w.lower(at-1) == "to" || w.lower(at-1) == "for" {
		// an ambassador to a country is not one of that country
		if s, ok := pick(found, senseOrg); ok {
			h.org = s.org
		}
		return at - 1
	}
	w.hold(h, found)
	return at - 1
}

// hold notes whose the role is.
func (w *work) hold(h *holding, found []sense) {
	if s, ok := pick(found, senseCountry, senseAdjective); ok {
		if h.country == "" {
			h.country = s.iso3
		}
		return
	}
	if s, ok := pick(found, senseOrg); ok && h.org == nil && !w.foreignSeat(s.org) {
		h.org = s.org
	}
}

// modifiersBack reads what stands before a role: countries, bodies, "former", "'s".
func (w *work) modifiersBack(from int, h *holding) {
	for at := h.first; at > from; {
		if first, found, ok := w.longestEnding(from, at); ok {
			if s, ok := pick(found, senseCountry, senseAdjective, senseOrg); ok {
				_ = s
				w.hold(h, found)
				at, h.first = first, first
				continue
			}
		}
		if b, first := w.bodyBack(from, at); b != nil && h.body == nil && h.org == nil {
			h.body, at, h.first = b, first, first
			continue
		}
		switch word := w.lower(at - 1); word {
		case "former", "ex", "late", "then", "outgoing", "ousted", "deposed", "one-time":
			h.former = word != "then" && word != "outgoing"
		case "'s", "’s", "'", "’", "-", "the", "new", "acting", "interim", "visiting", "current", "senior", "top", "chief", "deputy",
			"special", "a", "an", "another", "long-time", "longtime", "newly", "elected", "incoming", "leading", "veteran", "prominent", "state":
		default:
			return
		}
		at--
		h.first = at
	}
}

// bodyBack is the body of state whose common noun ends right before end: "foreign ministry".
func (w *work) bodyBack(from, end int) (*body, int) {
	for first := max(from, end-4); first < end; first++ {
		if b := w.t.bodies[fold(w.doc.Slice(w.doc.TokenSpan(first, end)))]; b != nil && b.key != "state" && b.key != "people" {
			return b, first
		}
	}
	return nil, end
}

// roleOf reads the role that a noun phrase names: "the French foreign minister", "Ukraine's president",
// "president of the Republic of X", "the head of the IAEA".
func (w *work) roleOf(p phrase) (h holding, ok bool) {
	stop := p.head + 1
	// roles with a complement of their own: "secretary of state", "minister of foreign affairs"
	sent := w.doc.SentenceOf(p.head)
	if sent < 0 {
		return h, false
	}
	limit := min(w.doc.Sentences[sent].End, p.head+longestRole)
	for end := limit; end > p.head+1; end-- {
		if w.roleWords(p.first, end, &h) && h.first <= p.head {
			stop = end
			break
		}
	}
	h = holding{}
	if h, ok = w.roleBack(p.first, stop); !ok || h.first > p.head {
		return holding{}, false
	}
	h.within = -1
	if p.poss >= 0 && h.country == "" && h.org == nil {
		h.within = p.poss
	}
	of := p.of
	if stop > p.head+1 { // the complement belongs to the name of the role; look for one behind it
		of = -1
		if p.of >= 0 && p.of < stop {
			q := w.phraseAt(p.of)
			if q.of >= stop {
				of, p.ofCase = q.of, q.ofCase
			}
		}
	}
	if of >= 0 && (h.country == "" || h.org == nil) {
		w.complement(of, p.ofCase, &h)
	}
	return h, true
}

// complement reads whose role it is from the noun phrase after "of".
func (w *work) complement(of int, prep string, h *holding) {
	q := w.phraseAt(of)
	if stop, found, ok := w.longestStarting(w.skipDet(q.first), q.end); ok && stop == q.end {
		if prep == "of" || prep == "in" {
			w.hold(h, found)
		} else if s, ok := pick(found, senseOrg); ok && h.org == nil {
			h.org = s.org
		}
		return
	}
	if h.within < 0 {
		h.within = of
	}
}

// owning says whether a token is "both" or a pronoun that owns.
func (w *work) owning(i int) bool {
	switch w.lower(i) {
	case "both", "whose", "its", "his", "her", "their", "my", "our", "your":
		return true
	}
	return false
}

// skipDet is the first token of a phrase behind articles, pronouns that own, and marks.
func (w *work) skipDet(i int) int {
	for i < len(w.doc.Tokens)-1 && (w.doc.Tokens[i].UPOS == "DET" || w.owning(i) || w.doc.Tokens[i].UPOS == "PUNCT") {
		i++
	}
	return i
}
