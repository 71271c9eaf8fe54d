package read

// verb tries a verb as the cue of an attribution.
func (a *attributor) verb(v int) {
	senses := a.senses(v)
	if len(senses) == 0 || a.doc.Tokens[v].Is("csubj") || !a.happened(v) {
		return
	}
	d := &draft{cue: v, same: -1, negated: a.negated(v)}
	d.cueFirst, d.cueEnd = a.cueRange(v)
	if !a.fill(d, v, senses) {
		return
	}
	a.mend(d)
	a.refine(d)
	if d.dropped || len(d.sources) == 0 && !a.speaker(d, v) {
		return
	}
	a.hearers(d, v, senses)
	if h := a.doc.Tokens[v].Head; h >= 0 && h < v && a.lex.is(a.lemma(h), "relay") && a.passive(h) { // "was quoted by AFP as saying"
		if g := a.agent(h); g >= 0 {
			d.via = append(d.via, g)
		}
	}
	a.add(d)
}

// senses are the lines of the table for a verb with its particle.
func (a *attributor) senses(v int) []sense {
	lemma := a.lemma(v)
	for _, c := range a.doc.Children(v) {
		if a.doc.Tokens[c].Is("compound:prt") || a.doc.Tokens[c].Is("advmod") && a.doc.Tokens[c].XPOS == "RP" {
			if s := a.lex.verbs[lemma+" "+a.lower(int(c))]; s != nil {
				return s
			}
		}
	}
	return a.lex.verbs[lemma]
}

// cueRange are the tokens of a verbal cue: the verb with its auxiliaries, what stands between, and its particle.
func (a *attributor) cueRange(v int) (first, end int) {
	first, end = v, v+1
	for first > 0 {
		tok := &a.doc.Tokens[first-1]
		if tok.Head != v || !tok.Is("aux", "advmod", "cop", "neg") || tok.UPOS == "PUNCT" {
			break
		}
		first--
	}
	if h := a.doc.Tokens[v].Head; a.carried(v) || h >= 0 && h < v && a.lower(v-1) == "as" && a.passive(h) && a.lex.is(a.lemma(h), "relay") {
		first, _ = a.cueRange(a.doc.Tokens[v].Head)
	}
	for end < len(a.doc.Tokens) && a.doc.Tokens[end].Head == v && a.doc.Tokens[end].Is("compound:prt") {
		end++
	}
	return first, end
}

// fill finds the content a verb takes in one of its senses, clauses before phrases.
func (a *attributor) fill(d *draft, v int, senses []sense) bool {
	if c, toks := a.opened(v, "to"); c >= 0 && !a.passive(v) {
		for i := range senses {
			if s := &senses[i]; s.takes("to") && (s.act != "reject" || !a.lex.is(a.lemma(c), "empty")) {
				d.rule, d.act, d.content, d.contentHead = "says, infinitive", s.act, toks, c
				return true
			}
		}
	}
	for i := range senses {
		if s := &senses[i]; (s.takes("that") || s.takes("that:hear") || s.takes("q")) && a.clause(d, v, s) {
			return true
		}
	}
	for _, frame := range []string{"to", "ing"} {
		for i := range senses {
			if s := &senses[i]; s.takes(frame) && a.controlled(d, v, s, frame) {
				return true
			}
		}
	}
	for i := range senses {
		if a.phrase(d, v, &senses[i]) {
			return true
		}
	}
	return false
}

// clause takes a finite clause as content: below the verb, or around a verb that is an aside in it.
func (a *attributor) clause(d *draft, v int, s *sense) bool {
	if c, toks := a.opened(v, "that"); c >= 0 && !s.takes("q") {
		d.rule, d.act, d.content, d.contentHead = "says", s.act, toks, c
		return true
	}
	if s.takes("that:hear") {
		if c, hearer, toks := a.heardThat(v); c >= 0 {
			d.rule, d.act, d.content, d.contentHead = "says", s.act, toks, c
			if hearer >= 0 && a.timeAt[hearer] < 0 && a.person(hearer) {
				d.addressee = []int{hearer}
			}
			return true
		}
	}
	for _, c := range a.doc.Children(v) { // "reported, quoting X, that …"
		if k := a.doc.Child(int(c), "ccomp"); k >= 0 && int(c) > v && a.quotes(int(c)) {
			d.rule, d.act, d.content, d.contentHead = "says", s.act, a.under(k), k
			return true
		}
	}
	if c := a.said(v, s); c >= 0 {
		d.rule, d.act, d.content, d.contentHead = "says", s.act, a.under(c), c
		if q := a.quote[c]; q >= 0 && q != a.quote[v] && a.quote[a.firstWord(d.content)] == q {
			d.content = a.quotedOnly(d.content) // “…”, while he spoke to the press
		}
		if o := a.stranded(v, c); o >= 0 && !s.takes("that:hear") {
			d.content = union(a.under(o), d.content)
		}
		return true
	}
	if a.host(d, v, s) || a.inversion(d, v, s) {
		return true
	}
	if a.closing(d, v, s) {
		return true
	}
	if c, toks := a.clauseBehind(v); c >= 0 && !s.takes("q") && a.doc.Tokens[v].XPOS == "VBG" {
		d.rule, d.act, d.content, d.contentHead = "says", s.act, toks, c
		return true
	}
	return false
}

// firstWord is the first token that is not punctuation, the first of all for want of one.
func (a *attributor) firstWord(toks []int) int {
	for _, t := range toks {
		if a.doc.Tokens[t].UPOS != "PUNCT" {
			return t
		}
	}
	return toks[0]
}

// said is the clause among the dependents of a verb that is its content, -1 for none: a quotation first, then what
// follows the verb, then what stands before it.
func (a *attributor) said(v int, s *sense) int {
	best, rank := -1, 0
	for _, c := range a.doc.Children(v) {
		c := int(c)
		tok := &a.doc.Tokens[c]
		quoted := a.quote[c] >= 0 && a.quote[c] != a.quote[v]
		switch {
		case tok.Is("ccomp"), tok.Is("csubj") && c > v && a.passive(v), tok.Is("advcl") && c > v && a.marker(c) == "that",
			tok.Is("parataxis", "dep") && quoted, tok.Is("parataxis") && c > v && a.after(v, c, ":"):
		case tok.Is("xcomp") && (quoted || a.clauseKind(c) == "that"):
		default:
			continue
		}
		if bare := a.nominal(c) && a.doc.Child(c, "cop", "nsubj", "aux") < 0; bare && !quoted {
			continue // a noun hung as a clause: a subject, more likely
		}
		if a.lower(c) == "according" {
			continue // a source, whatever the tree calls it
		}
		if s.takes("q") && !quoted || (!quoted || s.act == "ask") && a.clauseKind(c) == "to" {
			continue
		}
		if !quoted && c > v && a.besides(c) { // "…, she said, as both sides blamed each other"
			continue
		}
		r := 2
		if first, _ := a.doc.Subtree(c); quoted {
			r = 4
		} else if c > v && a.cueWithin(v+1, first) {
			r = 1 // behind another verb of saying, whose it is
		} else if c > v {
			r = 3
		}
		if r > rank {
			best, rank = c, r
		}
	}
	return best
}

// besides says whether a clause opens as one of circumstance behind a comma, whatever the tree calls it.
func (a *attributor) besides(c int) bool {
	switch a.marker(c) {
	case "as", "while", "whereas", "although", "though":
		return a.behindComma(c)
	}
	return false
}

// cueWithin says whether a verb of the tables stands among the tokens [first, end).
func (a *attributor) cueWithin(first, end int) bool {
	for i := first; i < end; i++ {
		if a.doc.Tokens[i].UPOS == "VERB" && len(a.senses(i)) > 0 {
			return true
		}
	}
	return false
}

// inversion takes what stands before a verb of saying with its subject behind it.
func (a *attributor) inversion(d *draft, v int, s *sense) bool {
	if a.doc.Child(v, "nsubj") >= 0 || a.quote[v] >= 0 {
		return false
	}
	h := a.inverted(v)
	if h < 0 || !a.canSpeak(h, &draft{rule: "says", cue: v}) {
		return false
	}
	toks := a.before(v)
	if len(toks) < 2 || s.takes("q") && a.quote[toks[0]] < 0 || a.doc.Child(v, "aux", "aux:pass") >= 0 || !a.person(h) || !a.predicates(toks) {
		return false
	}
	d.rule, d.act, d.content, d.sources = "says, inverted", s.act, toks, []int{h}
	d.contentHead = a.top(toks)
	return true
}

// predicates says whether tokens hold a full verb, a copula with its predicate, or quoted words.
func (a *attributor) predicates(toks []int) bool {
	for _, t := range toks {
		if a.doc.Tokens[t].UPOS == "VERB" || a.quote[t] >= 0 || a.doc.Tokens[t].Is("cop") && contains(toks, a.doc.Tokens[t].Head) {
			return true
		}
	}
	return false
}

// closing takes what stands before a comma, a subject and a verb of saying that end the sentence ("…, the ministry said
// in a note."), where a tree has hung it elsewhere.
func (a *attributor) closing(d *draft, v int, s *sense) bool {
	sent := a.doc.SentenceOf(v)
	subject := a.doc.Child(v, "nsubj")
	if sent < 0 || subject < 0 || subject > v || !finite(a.doc.Tokens[v].XPOS) || s.takes("q") || a.quote[v] >= 0 || a.doc.Child(v, "obj", "ccomp", "xcomp") >= 0 && !s.takes("that:hear") {
		return false
	}
	first, _ := a.doc.Subtree(subject)
	start := a.doc.Sentences[sent].First
	if first < start+speechLength || a.doc.Tokens[first-1].Form != "," || !a.light(subject+len(a.tail(subject, v)), v) {
		return false
	}
	for i := v + 1; i < a.doc.Sentences[sent].End; i++ {
		if a.doc.Tokens[i].UPOS == "VERB" {
			return false
		}
	}
	toks := a.tokens(start, first-1)
	if !a.predicates(toks) || a.doc.Tokens[a.top(toks)].Is("advcl") {
		return false
	}
	d.rule, d.act, d.content, d.contentHead = "says, host", s.act, toks, a.top(toks)
	return true
}

// tail are the tokens of a phrase from its head on, as far as they stand before v.
func (a *attributor) tail(h, v int) []int {
	var out []int
	for _, t := range a.under(h) {
		if t >= h && t < v {
			out = append(out, t)
		}
	}
	return out
}

// top is the token of a range that hangs on something outside it, the last for want of one.
func (a *attributor) top(toks []int) int {
	for _, t := range toks {
		if h := a.doc.Tokens[t].Head; !contains(toks, h) && a.doc.Tokens[t].UPOS != "PUNCT" {
			return t
		}
	}
	return toks[len(toks)-1]
}

// after says whether a punctuation mark stands between two tokens.
func (a *attributor) after(v, c int, mark string) bool {
	for i := v + 1; i < c; i++ {
		if a.doc.Tokens[i].Form == mark {
			return true
		}
	}
	return false
}

// host takes the clause that a verb is an aside of ("The talks, she said, have failed").
func (a *attributor) host(d *draft, v int, s *sense) bool {
	h := a.doc.Tokens[v].Head
	if h < 0 {
		return false
	}
	as := false
	switch {
	case a.doc.Tokens[v].Is("parataxis") && a.doc.Tokens[v].XPOS != "VBG":
	case a.doc.Tokens[v].Is("advcl") && h < v && a.marker(v) == "" && a.doc.Child(v, "nsubj") >= 0 && finite(a.doc.Tokens[v].XPOS) && a.behindComma(v):
	case a.doc.Tokens[v].Is("advcl") && a.marker(v) == "as" && a.doc.Tokens[v].XPOS != "VBG" && a.doc.Child(v, "obj", "ccomp") < 0 && a.lower(min(v+1, len(a.doc.Tokens)-1)) != "that":
		as = true
	default:
		return false
	}
	if a.doc.Child(v, "ccomp") >= 0 || a.doc.Child(v, "obj") >= 0 && !s.takes("that:hear") || a.severed(v) {
		return false
	}
	content := a.under(h, v)
	if first, _ := a.doc.Subtree(h); first > v && !as || len(content) == 0 {
		return false
	}
	if q := a.quote[h]; q >= 0 && a.quote[v] != q { // what is said in quotation marks ends with them
		content = union(a.spokenBefore(content, v), a.quotedOnly(content))
	} else if s.takes("q") {
		return false
	}
	d.rule, d.act, d.content, d.contentHead = "says, host", s.act, content, h
	if as {
		d.rule = "says, as"
	}
	return true
}

// finite says whether a Penn tag is that of a verb in the present or past.
func finite(xpos string) bool { return xpos == "VBD" || xpos == "VBZ" || xpos == "VBP" }

// behindComma says whether a comma stands in front of a clause.
func (a *attributor) behindComma(v int) bool {
	first, _ := a.doc.Subtree(v)
	return a.doc.Tokens[first].Form == "," || first > 0 && a.doc.Tokens[first-1].Form == ","
}

// severed says whether a semicolon, colon or dash stands right before a clause: it is no aside.
func (a *attributor) severed(v int) bool {
	first, _ := a.doc.Subtree(v)
	for i := first; i < v; i++ {
		if a.doc.Tokens[i].UPOS != "PUNCT" {
			break
		}
		first = i + 1
	}
	if first == 0 {
		return false
	}
	switch a.doc.Tokens[first-1].Form {
	case ";", ":", "—", "–", "--", "-":
		return true
	}
	return false
}

// spokenBefore are the unquoted words before a cue when the quotation stands behind it ("While prices rose, he said,
// “wages did not.”").
func (a *attributor) spokenBefore(toks []int, v int) []int {
	var out []int
	for _, t := range toks {
		if t > v {
			break
		}
		if a.quote[t] >= 0 {
			return nil
		}
		out = append(out, t)
	}
	if len(out) < speechLength || !a.predicates(out) {
		return nil
	}
	return out
}

func (a *attributor) quotedOnly(toks []int) []int {
	var out []int
	for _, t := range toks {
		if a.quote[t] >= 0 {
			out = append(out, t)
		}
	}
	return out
}

// marker is the conjunction of a clause, lower case.
func (a *attributor) marker(v int) string {
	if m := a.doc.Child(v, "mark"); m >= 0 {
		return a.lower(m)
	}
	return ""
}

// gerundAt: "ruled out meeting them", "denied having fired": a gerund right behind the verb, whatever the tree calls it.
func (a *attributor) gerundAt(v, c int) bool {
	for i := v + 1; i < c; i++ {
		if tok := &a.doc.Tokens[i]; !tok.Is("compound:prt") && !(tok.Is("aux", "advmod") && tok.Head == c && tok.UPOS != "PUNCT") {
			return false
		}
	}
	return c > v && a.doc.Child(c, "mark", "nsubj") < 0
}

// perfectGerund: "having met".
func (a *attributor) perfectGerund(c int) bool {
	x := a.doc.Child(c, "aux", "aux:pass", "cop")
	return x >= 0 && a.doc.Tokens[x].XPOS == "VBG" && a.clauseKind(c) == "bare"
}

// controlled takes an infinitive or a gerund as content.
func (a *attributor) controlled(d *draft, v int, s *sense, frame string) bool {
	for _, c := range a.doc.Children(v) {
		c := int(c)
		tok := &a.doc.Tokens[c]
		if c < v || !tok.Is("xcomp", "ccomp") && (!tok.Is("advcl") || !s.takes("@on") && !a.askedOf(v, c, s) && !a.gerundAt(v, c)) || a.clauseKind(c) != frame && !(frame == "ing" && a.perfectGerund(c)) {
			continue
		}
		if a.passive(v) || a.lex.is(a.lemma(c), "empty") && s.act == "reject" {
			return false
		}
		d.rule, d.act, d.content, d.contentHead = "says, infinitive", s.act, a.under(c), c
		a.callOn(d, v, c)
		for _, o := range a.doc.Children(v) { // whoever is to do it: "urged Y to …", "called for Y to …"
			o := int(o)
			if o > v && o < c && a.doc.Tokens[o].Is("obj", "iobj") && frame == "to" {
				d.content = union(d.content, a.under(o))
			} else if o > v && o < c && a.caseOf(o) == "for" && s.takes("@for") {
				d.content = union(d.content, a.phraseContent(o))
			}
		}
		return true
	}
	return false
}
