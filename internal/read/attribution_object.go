package read

import "strings"

// askedOf says whether an infinitive behind a verb of asking tells what somebody named between them is asked for
// ("appealed to both sides to refrain").
func (a *attributor) askedOf(v, c int, s *sense) bool {
	if s.act != "request" && s.act != "demand" {
		return false
	}
	for _, o := range a.doc.Children(v) {
		if o := int(o); o > v && o < c && a.doc.Tokens[o].Is("obl", "obj", "iobj") && a.timeAt[o] < 0 && a.person(o) {
			return true
		}
	}
	return false
}

// callOn reads "called on Y to …": Y hears it, wherever the parser has hung it, and stands in the content.
func (a *attributor) callOn(d *draft, v, c int) {
	if !a.lexTakes(v, "@on") {
		return
	}
	for i := v + 1; i < c && i < v+12; i++ {
		if a.lower(i) != "on" || !a.doc.Tokens[i].Is("case") {
			continue
		}
		y := a.doc.Tokens[i].Head
		if y <= i || y >= c || a.timeAt[y] >= 0 || a.nameKind(y) == "TIME" {
			continue
		}
		d.addressee = []int{y}
		to := c
		for _, k := range a.doc.Children(c) {
			if a.doc.Tokens[k].Is("mark", "aux") && a.lower(int(k)) == "to" {
				to = int(k)
			}
		}
		d.content = a.tokens(i+1, d.content[len(d.content)-1]+1)
		if a.doc.Tokens[to].Head != c || i+1 > to {
			return
		}
		if i == d.cueEnd {
			d.cueEnd++
		}
		return
	}
}

func (a *attributor) lexTakes(v int, frame string) bool {
	for _, s := range a.senses(v) {
		if s.takes(frame) {
			return true
		}
	}
	return false
}

// phrase takes a noun phrase as content.
func (a *attributor) phrase(d *draft, v int, s *sense) bool {
	for _, f := range s.frames {
		switch {
		case strings.HasPrefix(f, "np-"):
			if a.objectAs(d, v, s, strings.TrimPrefix(f, "np-")) {
				return true
			}
		case strings.HasPrefix(f, "@"):
			o := a.oblique(v, f[1:])
			if o < 0 || o < v || a.timeAt[o] >= 0 || a.passive(v) || f == "@on" && s.act == "request" {
				continue
			}
			d.content = union(a.phraseContent(o), a.gerundAfter(v, o))
			d.rule, d.act, d.contentHead = "says, phrase", s.act, o
			a.parted(d)
			if d.content[0]-1 == d.cueEnd { // "called for": the preposition belongs to the cue
				d.cueEnd++
			}
			return true
		}
	}
	return s.takes("np") && a.object(d, v, s)
}

// gerundAfter is the clause in -ing that follows an oblique closely and has it for its subject, where a tree hangs it on
// the verb: "spoke of Norland taking over the camps".
func (a *attributor) gerundAfter(v, o int) []int {
	for _, c := range a.doc.Children(v) {
		if c := int(c); c == o+1 && a.doc.Tokens[c].XPOS == "VBG" && a.doc.Tokens[c].Is("advcl", "xcomp", "acl", "ccomp") {
			return a.under(c)
		}
	}
	return nil
}

// phraseContent are the tokens of an oblique without its preposition.
func (a *attributor) phraseContent(o int) []int {
	for _, c := range a.doc.Children(o) {
		if a.doc.Tokens[c].Is("case") && int(c) < o {
			return a.under(o, int(c))
		}
	}
	return a.under(o)
}

// people says whether a noun stands for people: who admits refugees owns up to nothing.
func (a *attributor) people(o int) bool {
	return a.nameKind(o) == "PER" || a.nameKind(o) == "NORP" || eventLexicon().agents["person"][a.lemma(o)]
}

// byForce says whether an attack is one with arms, not with words: on a place, or by fighters on people, forces or weapons.
func (a *attributor) byForce(v, o int) bool {
	nouns := eventLexicon().agents
	if nouns["place"][a.lemma(o)] {
		return true
	}
	s := a.doc.Child(v, "nsubj")
	if s < 0 {
		return false
	}
	armed := nouns["force"][a.lemma(s)]
	for _, c := range a.doc.Children(s) {
		armed = armed || a.lower(int(c)) == "armed"
	}
	return armed && (nouns["force"][a.lemma(o)] || nouns["weapon"][a.lemma(o)] || nouns["person"][a.lemma(o)])
}

// object takes the object as content: "denied the report", "announced a truce"; the subject in the passive.
func (a *attributor) object(d *draft, v int, s *sense) bool {
	o := a.doc.Child(v, "obj")
	if a.passive(v) {
		if o = a.doc.Child(v, "nsubj:pass"); a.agent(v) < 0 {
			return false
		}
	}
	if o < 0 && a.doc.Tokens[v].Is("acl:relcl") && a.doc.Child(v, "ccomp", "xcomp") < 0 { // "a charge the army rejects"
		if n, h := a.doc.Child(v, "nsubj"), a.doc.Tokens[v].Head; n >= 0 && n < v && h >= 0 && a.nominal(h) && !a.relative(v) {
			d.rule, d.act, d.content, d.contentHead = "says, object", s.act, a.core(h, v), h
			return true
		}
	}
	if o < 0 || a.timeAt[o] >= 0 || !a.nominal(o) || a.doc.Tokens[o].Feat("Reflex") == "Yes" {
		return false
	}
	d.rule, d.act, d.content, d.contentHead = "says, object", s.act, a.trailing(v, o, a.under(o)), o
	if s.act == "criticise" && a.byForce(v, o) || s.act == "acknowledge" && a.lemma(v) == "admit" && a.people(o) {
		return false
	}
	if s.act == "accuse" && a.person(o) && len(d.content) == len(a.core(o, -1)) {
		return false // of what, the words do not tell
	}
	a.parted(d)
	if s.act == "threaten" && !a.lex.is(a.lemma(o), "measure") {
		return false // "threatens security" is no threat that somebody utters
	}
	if s.act == "request" || s.act == "demand" {
		for _, c := range a.doc.Children(o) { // "urged the militia to leave", the infinitive hung on the noun
			if a.doc.Tokens[c].Is("acl") && a.clauseKind(int(c)) == "to" && a.person(o) && s.takes("to") {
				d.rule, d.addressee = "says, infinitive", []int{o}
			}
		}
		if d.rule == "says, object" && a.person(o) {
			return false // somebody is asked or ordered: to do what is not said
		}
	}
	return true
}

// parted takes a last phrase that tells how something was said off a noun it cannot belong to ("a truce | on
// Twitter").
func (a *attributor) parted(d *draft) {
	for _, c := range a.doc.Children(d.contentHead) {
		c := int(c)
		if !a.doc.Tokens[c].Is("nmod") || c < d.contentHead {
			continue
		}
		switch a.lex.channels[a.lemma(c)] {
		case "social_media", "television", "interview", "statement":
		default:
			continue
		}
		if prep := a.caseOf(c); prep != "on" && prep != "in" {
			continue
		}
		if off := a.under(c); off[len(off)-1] == d.content[len(d.content)-1] && len(off) < len(d.content) {
			d.content, d.aside = minus(d.content, off), off
			return
		}
	}
}

// relative says whether a relative pronoun stands in a clause before its verb.
func (a *attributor) relative(v int) bool {
	first, _ := a.doc.Subtree(v)
	for i := first; i < v; i++ {
		if x := a.doc.Tokens[i].XPOS; x == "WDT" || x == "WP" || x == "WRB" || x == "WP$" {
			return true
		}
	}
	return false
}

// trailing adds to an object the phrases right behind it that a parser may as well have hung on it
// ("criticised the ban | on imports"), but no time, channel or place of saying.
func (a *attributor) trailing(v, o int, toks []int) []int {
	if o < v {
		return toks
	}
	for _, c := range a.doc.Children(v) {
		c := int(c)
		if c < o || !a.doc.Tokens[c].Is("obl") || a.timeAt[c] >= 0 || a.lex.channels[a.lemma(c)] != "" {
			continue
		}
		switch a.caseOf(c) {
		case "of", "for", "to", "against", "as", "with", "about", "between", "from":
			if more := a.under(c); more[0] == toks[len(toks)-1]+1 {
				toks = union(toks, more)
			}
		}
	}
	return toks
}

// objectAs takes the object together with what it is called, taken or blamed for.
func (a *attributor) objectAs(d *draft, v int, s *sense, prep string) bool {
	o := a.doc.Child(v, "obj")
	if n := a.doc.Child(v, "nsubj"); o < 0 && n > v && a.doc.Tokens[v].XPOS == "VBG" {
		o = n // "…, accusing them of", the object taken for a subject
	}
	if x := a.doc.Child(v, "xcomp"); o < 0 && prep == "as" && x > v && a.nominal(x) && !a.passive(v) && len(a.under(x)) > 2 && a.caseOf(x) == "" && a.lemma(v) == "call" {
		d.rule, d.act, d.content, d.contentHead = "says, object as", s.act, a.under(x), x // the two taken for one phrase
		return true
	}
	if o < 0 || a.passive(v) {
		return false
	}
	rest := -1
	for _, c := range a.doc.Children(v) {
		c := int(c)
		if c <= o {
			continue
		}
		tok := &a.doc.Tokens[c]
		if tok.Is("xcomp") && prep == "as" || tok.Is("obl", "xcomp", "advcl", "ccomp") && (a.caseOf(c) == prep || a.marker(c) == prep) {
			rest = c
			break
		}
	}
	if rest < 0 {
		if nested := a.oblique(o, prep); nested < 0 {
			return false
		}
		d.content = a.under(o)
	} else {
		d.content = union(a.under(o), a.under(rest))
	}
	if ante := a.antecedent(o, v); len(ante) == 1 && ante[0] != o && rest >= 0 { // "a threat that the army dismissed as empty"
		o = ante[0]
		d.content = union(a.core(o, v), a.under(rest))
	}
	d.rule, d.act, d.contentHead = "says, object as", s.act, o
	return true
}
