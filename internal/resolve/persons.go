package resolve

// title reads the role in front of a name: "French President Emmanuel Macron", "Russia's Vladimir Putin".
func (w *work) title(n *personName) {
	from := w.titleStart(n.first)
	if from == n.first {
		return
	}
	h, ok := w.roleBack(from, n.first)
	if k := n.first - 1; !ok && w.t.words["rank"][w.lower(k)] {
		h, ok = w.roleBack(from, k) // "spokesman Dr. X"
	}
	if ok {
		h = w.beforeRank(from, n.first, h)
		if h.first+1 < n.first && (w.lower(h.first) == "'s" || w.lower(h.first) == "’s") {
			if h.country == "" && h.org == nil && h.first > 0 {
				h.within = h.first - 1 // "the chancellor's spokesman X"
			}
			h.first++
		}
		if k := h.first - 1; h.country == "" && h.org == nil && k >= 0 {
			switch w.lower(k) {
			case "his", "her", "its", "their":
				h.within, h.first = k, k
			}
		}
		w.behindName(n, &h)
		n.role, n.hasRole = h, true
		return
	}
	// a country alone: "Russia's Vladimir Putin"
	at := n.first
	if at-1 > from && (w.lower(at-1) == "'s" || w.lower(at-1) == "’s") {
		at--
		if first, found, ok := w.longestEnding(from, at); ok {
			if s, ok := pick(found, senseCountry); ok {
				n.role, n.hasRole = holding{country: s.iso3, within: -1, first: first}, true
			}
		}
	}
}

// beforeRank takes the office in front of a rank: "army spokesman Major X" speaks for the army, and is a major besides.
func (w *work) beforeRank(from, end int, h holding) holding {
	var rank holding
	if !w.roleWords(from, end, &rank) || !w.t.words["rank"][rank.words] || rank.first <= from {
		return h
	}
	if office, ok := w.roleBack(from, rank.first); ok {
		return office
	}
	return h
}

// behindName reads whose role it is from behind the name: "President X of Mali".
func (w *work) behindName(n *personName, h *holding) {
	s := w.doc.SentenceOf(n.first)
	if h.country != "" || h.org != nil || h.within >= 0 || s < 0 || n.end+1 >= w.doc.Sentences[s].End || w.lower(n.end) != "of" {
		return
	}
	if _, found, ok := w.longestStarting(w.skipDet(n.end+1), w.doc.Sentences[s].End); ok {
		if _, ok := pick(found, senseCountry, senseOrg); ok {
			w.hold(h, found)
		}
	}
}

// titleStart is how far left of a name its title can reach.
func (w *work) titleStart(first int) int {
	s := w.doc.SentenceOf(first)
	if s < 0 {
		return first
	}
	low := max(w.doc.Sentences[s].First, first-12)
	i := first
	for i > low {
		tok := &w.doc.Tokens[i-1]
		switch tok.UPOS {
		case "PROPN", "NOUN", "ADJ", "DET", "PART":
		case "ADP":
			if word := w.lower(i - 1); word != "of" && word != "for" && word != "to" {
				return i
			}
		case "CCONJ":
			if !w.insideRole(i - 1) {
				return i
			}
		case "PUNCT":
			if tok.Form != "-" && tok.Form != "." && tok.Form != "–" {
				return i
			}
		case "PRON":
			if tok.Feat("Poss") == "Yes" {
				return i - 1
			}
			return i
		default:
			return i
		}
		i--
	}
	return i
}

// insideRole says whether an "and" can stand inside the name of a ministry ("foreign and defence policy chief").
func (w *work) insideRole(i int) bool {
	return i > 0 && w.doc.Tokens[i-1].UPOS == "ADJ"
}

// apposition reads roles beside a name: "X, the French foreign minister," and "The French foreign minister,
// X,", "X, who heads the mission".
func (w *work) apposition(n *personName) {
	top := w.top(n.first, n.end)
	if n.hasRole {
		if k := w.roleHead(n); k >= 0 {
			top = k
			if h := w.doc.Tokens[top].Head; h >= n.first && h < n.end {
				top = w.top(n.first, n.end)
			}
		}
	}
	for _, c := range w.doc.Children(top) {
		if w.doc.Tokens[c].Is("appos") {
			w.appositive(n.who, int(c))
		}
		if w.doc.Tokens[c].Is("acl") {
			w.headOf(n.who, int(c))
		}
	}
	if g := w.lastConjunct(w.doc.Tokens[top].Head, n.first); g >= 0 && w.doc.Tokens[top].Is("appos") {
		if !w.appositive(n.who, g) && w.doc.Tokens[g].Is("nmod") { // "a spokesman for the movement, X"
			w.appositive(n.who, w.doc.Tokens[g].Head)
		}
	}
	if g := w.doc.Tokens[top].Head; g >= 0 && g < n.first && w.doc.Tokens[top].Is("nmod", "flat", "compound", "dep") &&
		w.doc.Tokens[n.first-1].Form == "," && w.doc.Child(top, "case") < 0 && w.doc.Tokens[g].UPOS == "NOUN" {
		w.appositive(n.who, g)
	}
	w.besideComma(n, top)
}

// lastConjunct is the last of the nouns coordinated with a token that stands before another: an apposition behind
// "the minister and the director" belongs to the director.
func (w *work) lastConjunct(head, before int) int {
	if head < 0 {
		return head
	}
	last := head
	for _, c := range w.doc.Children(head) {
		if w.doc.Tokens[c].Is("conj") && int(c) < before && int(c) > last {
			last = int(c)
		}
	}
	return last
}

// besideComma reads an apposition that the tree has missed: a role and a name with a comma between, both hanging on
// the same word ("the Kenyan envoy, X, said").
func (w *work) besideComma(n *personName, top int) {
	governor := w.doc.Tokens[top].Head
	before, after := n.first-1, n.end
	if n.hasRole {
		before = n.role.first - 1
	}
	if before >= 1 && w.doc.Tokens[before].Form == "," && after < len(w.doc.Tokens) && w.doc.Tokens[after].UPOS == "PUNCT" {
		if k := before - 1; w.tokens[k] == nil && w.doc.Tokens[k].UPOS == "NOUN" && w.doc.Tokens[k].Head == governor && governor >= 0 {
			w.appositive(n.who, k)
		}
	}
	if after+2 < len(w.doc.Tokens) && w.doc.Tokens[after].Form == "," && governor >= 0 {
		for k := after + 1; k < min(after+8, len(w.doc.Tokens)); k++ {
			tok := &w.doc.Tokens[k]
			if tok.UPOS == "NOUN" && tok.Head == governor && tok.Rel == w.doc.Tokens[top].Rel && w.tokens[k] == nil && w.phraseAt(k).first == after+1 {
				w.appositive(n.who, k)
				return
			}
			if tok.UPOS == "PUNCT" || tok.UPOS == "VERB" {
				return
			}
		}
	}
}

// appositive gives a person the role that a noun phrase beside its name tells, if it tells one.
func (w *work) appositive(a *actor, head int) bool {
	if head < 0 || w.tokens[head] != nil || w.plural(head) || w.lemma(head) == "counterpart" {
		return false
	}
	p := w.phraseAt(head)
	for i := p.first; i < p.end; i++ {
		if w.tokens[i] == a { // "Roe's spokesman": about the same person is about another
			return false
		}
	}
	if h, ok := w.roleOf(p); ok {
		a.roles = append(a.roles, h)
	} else if !w.personNoun(head) { // "his sister, X"
		return false
	}
	w.tokens[head] = a
	a.alias(w.bare(p))
	a.mention(w.doc.TokenSpan(p.first, p.end), false)
	return true
}

// personNoun says whether a noun stands for one person: by the table, or, where that does not have it, as the model reads it.
func (w *work) personNoun(head int) bool {
	if who, ok := w.t.people[w.lemma(head)]; ok {
		return who.kind == "person"
	}
	m, ok := w.atHead[head]
	return ok && w.doc.Tokens[head].UPOS == "NOUN" && w.doc.Mentions[m].Class == "PER"
}

// headOf reads "who heads the mission", "who leads X".
func (w *work) headOf(a *actor, verb int) {
	switch w.lemma(verb) {
	case "head", "lead", "chair", "command", "run":
	default:
		return
	}
	subj, obj := w.doc.Child(verb, "nsubj"), w.doc.Child(verb, "obj")
	if subj < 0 || obj < 0 || w.lower(subj) != "who" {
		return
	}
	h := holding{role: w.t.roleKeys["chief"], words: "head", within: obj, first: obj}
	q := w.phraseAt(obj)
	if stop, found, ok := w.longestStarting(w.skipDet(q.first), q.end); ok && stop == q.end {
		w.hold(&h, found)
		h.within = -1
	}
	a.roles = append(a.roles, h)
}

// top is the token of a range that hangs on a token outside it.
func (w *work) top(first, end int) int {
	for i := first; i < end; i++ {
		if h := w.doc.Tokens[i].Head; h < first || h >= end {
			return i
		}
	}
	return first
}

// counterparts reads "his Russian counterpart Vladimir Putin": the role is that of whoever "his" means.
func (w *work) counterparts() {
	for _, n := range w.names {
		from := w.titleStart(n.first)
		k := n.first - 1
		for k >= from && w.lower(k) != "counterpart" {
			k--
		}
		if k < from {
			continue
		}
		iso := ""
		if first, found, ok := w.longestEnding(from, k); ok {
			if s, ok := pick(found, senseAdjective, senseCountry); ok {
				iso = s.iso3
				from = first
			}
		}
		var h holding
		if n.hasRole && n.role.role != nil { // "my counterpart, Foreign Minister X": the role is there, the country may be missing
			h = n.role
		} else if other := w.possessor(k, n); other != nil {
			if best := bestHolding(other.roles); best != nil {
				if best.role.key != "chief" { // heads of this and that have no counterpart by country
					h = holding{role: best.role, words: best.words, body: best.body, within: -1}
				}
			}
		}
		if h.role == nil && iso == "" {
			continue
		}
		h.country, h.within, h.first = iso, -1, from
		n.who.roles = append(n.who.roles, h)
		w.tokens[k] = n.who
		n.who.mention(w.doc.TokenSpan(from, n.end), false)
		n.who.alias(w.text(from, n.end))
	}
	w.counterpartApposition()
	w.pluralCounterparts()
}

// counterpartApposition gives the country of "my Russian counterpart, Foreign Minister X" to X.
func (w *work) counterpartApposition() {
	for i := range w.doc.Tokens {
		if w.lemma(i) != "counterpart" || w.tokens[i] != nil || w.plural(i) {
			continue
		}
		c := w.doc.Child(i, "appos")
		if c < 0 {
			continue
		}
		a := w.tokens[c]
		if a == nil {
			continue
		}
		p := w.phraseAt(i)
		w.tokens[i] = a
		for j := p.first; j < i; j++ {
			if _, found, ok := w.longestEnding(p.first, i); ok {
				if s, ok := pick(found, senseAdjective, senseCountry); ok {
					h := holding{country: s.iso3, within: -1, first: p.first}
					if best := bestHolding(a.roles); best != nil {
						h.role, h.words = best.role, best.words
					} else if other := w.possessor(i, nil); other != nil {
						if best := bestHolding(other.roles); best != nil {
							h.role, h.words = best.role, best.words
						}
					}
					a.roles = append(a.roles, h)
				}
			}
			break
		}
		a.alias(w.text(p.first, p.end))
		a.mention(w.doc.TokenSpan(p.first, p.end), false)
	}
}

// possessor is whose counterpart a phrase speaks of: the person before it in coordination, the antecedent of
// its pronoun, or else the nearest person before it that holds a role.
func (w *work) possessor(counterpart int, n *personName) *actor {
	p := w.phraseAt(counterpart)
	if n != nil {
		p = w.phraseAt(w.top(n.first, n.end))
	}
	top := p.head
	if w.doc.Tokens[top].Is("conj") {
		if a := w.tokens[w.doc.Tokens[top].Head]; a != nil {
			return a
		}
	}
	if p.poss >= 0 {
		if a := w.tokens[p.poss]; a != nil {
			return a
		}
		if a := w.chainPerson(p.poss); a != nil {
			return a
		}
	}
	s := w.doc.SentenceOf(counterpart)
	if s < 0 {
		return nil
	}
	var not *actor
	if n != nil {
		not = n.who
	}
	for i := counterpart - 1; i >= max(0, w.doc.Sentences[s].First-80); i-- {
		if a := w.tokens[i]; a != nil && a != not && a.kind == "person" && len(a.roles) > 0 {
			return a
		}
	}
	return nil
}

// chainPerson is the named person in the coreference chain of a mention, if there is exactly one.
func (w *work) chainPerson(head int) *actor {
	m, ok := w.atHead[head]
	if !ok {
		return nil
	}
	var found *actor
	for _, i := range w.chainAround(m) {
		if a := w.tokens[w.doc.Mentions[i].Head]; a != nil && a.kind == "person" {
			if found != nil && found != a {
				return w.nearestInChain(m)
			}
			found = a
		}
	}
	return found
}

// nearestInChain is the person of a chain named nearest before a mention.
func (w *work) nearestInChain(m int) *actor {
	var found *actor
	for _, i := range w.chainAround(m) {
		if w.doc.Mentions[i].Head >= w.doc.Mentions[m].Head {
			break
		}
		if a := w.tokens[w.doc.Mentions[i].Head]; a != nil {
			found = a
		}
	}
	return found
}
