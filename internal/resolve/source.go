package resolve

import (
	"strings"

	"parley/internal/read"
)

// sourceBehind finds who speaks where the source's head names nobody: whoever a report is by or from, the one
// person named in the phrase, or a proper name that no table knows.
func (w *work) sourceBehind(head int, p read.Phrase) []*actor {
	if w.t.words["document"][w.lemma(head)] {
		return w.author(head)
	}
	var found *actor
	for i := max(0, p.First); i < min(p.End, len(w.doc.Tokens)); i++ {
		if a := w.tokens[i]; a != nil && a.kind == "person" && !w.possessive(i) && w.besideHead(i, head) {
			if found != nil && found != a {
				return nil
			}
			found = a
		}
	}
	if found == nil {
		found = w.speakerByName(head)
	}
	if found == nil {
		if w.t.words["quantity"][w.lemma(head)] {
			if q := w.phraseAt(head); q.of >= 0 && q.ofCase == "of" {
				return w.refer(q.of) // "dozens of residents"
			}
			return nil
		}
		found = w.speakerByNoun(head)
	}
	if found == nil {
		return nil
	}
	return []*actor{found}
}

// speakerByNoun makes an actor of a common noun that speaks and that no rule knows ("the regional government", "the hotel
// chain"), unless it is one of those that carry words or thoughts and do not speak them.
func (w *work) speakerByNoun(head int) *actor {
	lemma := w.lemma(head)
	if w.doc.Tokens[head].UPOS != "NOUN" || w.weekday(head) || !w.voiced(lemma) {
		return nil
	}
	p := w.phraseAt(head)
	name := w.bare(p)
	if !letters(name) || fold(name) == "" {
		return nil
	}
	prefix := "speaker:" + lemma + ":"
	var a *actor
	if w.lower(p.first) == "the" && p.end-p.first == 2 {
		a = w.onlyWith(prefix, head)
	}
	if a == nil {
		key := prefix + fold(name)
		if w.indefinite(p) {
			key += "@" + itoa(head)
		}
		a = w.newActor(key, "other", name)
	}
	a.why, a.plural = "noun", w.plural(head)
	if h, ok := w.t.orgHints[lemma]; ok && h.kind != "armed_force" && h.kind != "armed_group" && h.kind != "company" && h.kind != "media" {
		a.kind, a.sector = "body", h.sector
	}
	if b, _ := w.bodyEnding(p.first, head+1); b != nil {
		a.kind, a.sector = "body", b.sector
	}
	if a.country == "" {
		a.country, _ = w.owner(p, head)
	}
	w.note(a, p)
	w.refs[head].actors = []*actor{a}
	return a
}

// voiced says whether what a common noun names can speak: no document, no time and nothing abstract.
func (w *work) voiced(lemma string) bool {
	if w.t.words["document"][lemma] || w.t.words["voiceless"][lemma] {
		return false
	}
	if w.t.bodies[lemma] != nil || w.t.orgHints[lemma].kind != "" || w.t.words["voice"][lemma] {
		return true
	}
	for _, end := range []string{"tion", "sion", "ment", "ness", "ity", "ism", "ance", "ence", "ing", "ure", "age", "al", "th", "cy"} {
		if strings.HasSuffix(lemma, end) {
			return false
		}
	}
	return true
}

// onlyWith is the one actor mentioned before a token whose key has a prefix; nil when there are several.
func (w *work) onlyWith(prefix string, head int) *actor {
	var found *actor
	for _, a := range w.actors {
		if !strings.HasPrefix(a.key, prefix) || a.order >= w.doc.Tokens[head].Span.Start {
			continue
		}
		if found != nil {
			return nil
		}
		found = a
	}
	return found
}

// besideHead says whether a name hangs on a head within one noun phrase, not in a clause or complement of it.
func (w *work) besideHead(i, head int) bool {
	for range maxDepth {
		if i == head {
			return true
		}
		tok := &w.doc.Tokens[i]
		if tok.Head < 0 || !(tok.Is("appos", "flat", "compound", "conj") || tok.Rel == "nmod:desc") {
			return false
		}
		i = tok.Head
	}
	return false
}

// author is whose a report is: "a report by X", "data from X", "a statement released by X", "X's figures", "the US
// statement".
func (w *work) author(head int) []*actor {
	if p := w.phraseAt(head); p.poss < 0 {
		var a *actor
		if iso3, org := w.owner(p, head); org != nil {
			a = w.orgActor(org)
		} else if iso3 != "" {
			a = w.stateActor(iso3)
		}
		if a != nil {
			a.mention(w.ownerSpan(p), true)
			return []*actor{a}
		}
	}
	for _, c := range w.doc.Children(head) {
		i := int(c)
		tok := &w.doc.Tokens[i]
		switch {
		case tok.Rel == "nmod:poss":
			return w.refer(i)
		case tok.Is("nmod"):
			if k := w.doc.Child(i, "case"); k >= 0 && (w.lower(k) == "by" || w.lower(k) == "from") {
				return w.refer(i)
			}
		case tok.Is("acl") && tok.Rel != "acl:relcl":
			for _, o := range w.doc.Children(i) {
				if k := w.doc.Child(int(o), "case"); k >= 0 && w.lower(k) == "by" && w.doc.Tokens[o].Is("obl") {
					return w.refer(int(o))
				}
			}
		}
	}
	return nil
}

// speakerByName makes an actor of a proper name that speaks and that no table and no rule knows.
func (w *work) speakerByName(head int) *actor {
	tok := &w.doc.Tokens[head]
	if tok.UPOS != "PROPN" || w.weekday(head) {
		return nil
	}
	p := w.phraseAt(head)
	name := w.bare(p)
	if pl := w.places.byName(name); pl {
		return nil
	}
	a := w.newActor("name:"+fold(name), "other", name)
	a.why = "name"
	w.note(a, p)
	w.refs[head].actors = []*actor{a}
	return a
}

func (b *placeBook) byName(name string) bool { return b.byKey["name:"+fold(name)] != nil }

func (w *work) weekday(i int) bool {
	switch w.lower(i) {
	case "may", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june",
		"july", "august", "september", "october", "november", "december":
		return true
	}
	return false
}
