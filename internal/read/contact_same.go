package read

import "strings"

// sameContact is the earlier contact that a definite noun speaks of again; -1 for none. The kinds must agree, the status too, and
// named participants must not differ.
func (sc *scene) sameContact(i int, kind string, heads []int, status string) int {
	if sc.tok(i).UPOS != "NOUN" || !sc.known(i) {
		return -1
	}
	for n := len(sc.r.Contacts) - 1; n >= 0; n-- {
		c := &sc.r.Contacts[n]
		if c.Kind != kind || (c.Status == "held") != (status == "held") {
			continue
		}
		if !sc.compatible(heads, c) {
			continue
		}
		if c.SameAs >= 0 {
			return c.SameAs
		}
		return n
	}
	return -1
}

// compatible says whether those named again can be those of the earlier contact.
func (sc *scene) compatible(heads []int, c *Contact) bool {
	var had []int
	for _, p := range c.Participants {
		had = append(had, sc.conjuncts(p.Head)...)
	}
	for _, h := range heads {
		if sc.pairWord(h) {
			continue
		}
		for _, k := range sc.conjuncts(h) {
			found := false
			for _, x := range had {
				found = found || sc.sameEntity(k, x)
			}
			if !found && len(had) > 0 {
				return false
			}
		}
	}
	return true
}

// sameEntity: the parser's coreference, the same name, or a shared last name.
func (sc *scene) sameEntity(a, b int) bool {
	if p, q := sc.part(a), sc.part(b); a != b && p != "" && q != "" && p != q {
		return false // "South Korea", "North Korea"
	}
	if a == b || sc.lemma(a) == sc.lemma(b) && sc.tok(a).UPOS == "PROPN" {
		return true
	}
	ea, eb := sc.entity(a), sc.entity(b)
	if ea >= 0 && ea == eb {
		return true
	}
	return sc.tok(a).UPOS == "PROPN" && strings.EqualFold(sc.lastWord(a), sc.lastWord(b))
}

func (sc *scene) lastWord(a int) string { p := sc.phraseOne(a); return sc.tok(p.End - 1).Form }

// phraseOne is the flat name a token heads, without conjuncts.
func (sc *scene) phraseOne(a int) Phrase {
	end := a + 1
	for _, c := range sc.doc.Children(a) {
		if sc.tok(int(c)).Is("flat") && int(c) >= end {
			end = int(c) + 1
		}
	}
	return Phrase{Head: a, First: a, End: end}
}

// entity is the number of the coreference chain of the mention headed by a token, -1 for none.
func (sc *scene) entity(a int) int {
	if sc.entities == nil {
		sc.entities = map[int]int{}
		for _, m := range sc.doc.Mentions {
			sc.entities[m.Head] = m.Entity
		}
	}
	if e, ok := sc.entities[a]; ok {
		return e
	}
	return -1
}
