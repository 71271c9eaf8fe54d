package read

import (
	"slices"
	"strings"

	"parley/internal/document"
	"parley/internal/times"
)

// readAgreements finds accords, treaties, ceasefires and resolutions that are named in the text, with their date, parties and terms,
// once each.
func readAgreements(doc *document.Document, r *Reading) {
	sc := newScene(doc, r)
	for i := range doc.Tokens {
		strength := sc.agreementWord(i)
		if strength == "" || !sc.inCopy(i) {
			continue
		}
		if sc.again(i) {
			continue
		}
		name, ok := sc.agreementName(i, strength)
		if !ok {
			continue
		}
		span := doc.TokenSpan(name.First, name.End)
		if n := len(r.Agreements); n > 0 && r.Agreements[n-1].Name.End > name.First && r.Agreements[n-1].Name.First <= name.First {
			continue // "Article 5 of the … treaty": one name
		}
		if n := sc.sameAgreement(doc.Slice(span)); n >= 0 {
			r.Agreements[n].Mentions = append(r.Agreements[n].Mentions, span)
			sc.enrich(&r.Agreements[n], i)
			continue
		}
		g := Agreement{Name: name, Mentions: []document.Span{span}, Date: -1, Why: "named " + sc.lemma(i)}
		sc.enrich(&g, i)
		r.Agreements = append(r.Agreements, g)
	}
}

func (sc *scene) agreementWord(i int) string {
	t := sc.tok(i)
	if t.UPOS != "NOUN" && t.UPOS != "PROPN" {
		return ""
	}
	if k := sc.nameKind(i); k == "PER" || k == "LOC" || t.Is("compound", "nmod:poss") || i+1 < len(sc.doc.Tokens) && sc.tok(i+1).UPOS == "PROPN" && sc.tok(i+1).Head == t.Head && t.Is("flat") {
		return ""
	}
	if s := sc.tab.agreements[sc.lemma(i)]; s != "" {
		return s
	}
	return sc.tab.agreements[sc.lowerForm(i)]
}

// agreementName is the name around a head word: capitalised words before it, a number or year with it, "of" a name behind it.
func (sc *scene) agreementName(i int, strength string) (Phrase, bool) {
	first, end := i, i+1
	named := false
	if i > 0 && sc.word(i-1, "notaccord") && startsUpper(sc.tok(i).Form) {
		return Phrase{}, false // "the New Deal", a party's "National Convention"
	}
	for first > 0 && sc.nameWord(first-1, i) {
		first--
		if t := sc.tok(first); startsUpper(t.Form) && t.UPOS != "ADJ" && !sc.sentenceStart(first) || t.UPOS == "NUM" {
			named = true
		}
	}
	for first < i && (sc.tok(first).UPOS == "DET" || sc.tok(first).UPOS == "PUNCT" || sc.tok(first).UPOS == "ADP" || sc.tok(first).UPOS == "PART" || sc.tok(first).UPOS == "CCONJ") {
		first++
	}
	if end < len(sc.doc.Tokens) && sc.sameSentence(i, end) && sc.tok(end).UPOS == "NUM" && startsDigit(sc.tok(end).Form) {
		end++
		named = named || strength == "strong" || sc.lemma(i) == "resolution" || sc.lemma(i) == "article"
	}
	of := sc.under(i, "of")
	if strength == "weak" || startsUpper(sc.tok(i).Form) {
		if of >= 0 && of < i+8 && sc.tok(of).UPOS != "NUM" && (sc.capitalInside(of) || sc.agreementWord(of) != "") && end > i+1 {
			p := sc.phrase(of)
			end = max(end, p.End)
			named = true
		}
	}
	if strength == "weak" && (end == i+1 || sc.lemma(i) == "article" && end == i+2) {
		return Phrase{}, false
	}
	if !named && sc.datedDeal(i, first) {
		named = true
	}
	if !named || first == i && end == i+1 {
		return Phrase{}, false
	}
	return Phrase{Head: i, First: first, End: end}, true
}

// nameWord: a token before the head that can belong to its name: a capitalised word, a year, or a small word that describes it.
func (sc *scene) nameWord(k, head int) bool {
	t := sc.tok(k)
	if !sc.sameSentence(k, head) || head-k > 7 {
		return false
	}
	if k+1 < head && sc.names[k] > 0 && sc.names[k] == sc.names[k+1] && sc.nameKind(k) == "ORG" {
		return true // the name of a body is taken whole, whatever its words are tagged
	}
	switch t.UPOS {
	case "PROPN":
		return sc.nameKind(k) != "PER" || sc.nameKind(head) != "" && sc.names[k] == sc.names[head]
	case "NUM":
		return len(t.Form) == 4 && startsDigit(t.Form)
	case "NOUN", "ADJ":
		return t.Is("compound", "amod") && (t.Head == head || sc.doc.Under(k, head)) && !sc.word(k, "loose")
	case "PUNCT":
		return t.Form == "-" || t.Form == "–"
	case "ADP", "DET":
		return sc.names[k] > 0 && sc.names[k] == sc.names[head]
	}
	return false
}

func (sc *scene) sameSentence(a, b int) bool {
	return a >= 0 && b < len(sc.doc.Tokens) && sc.doc.SentenceOf(a) == sc.doc.SentenceOf(b)
}

func (sc *scene) sentenceStart(i int) bool {
	s := sc.doc.SentenceOf(i)
	return s >= 0 && sc.doc.Sentences[s].First == i && sc.names[i] == 0
}

func (sc *scene) capitalInside(i int) bool {
	p := sc.phrase(i)
	for k := p.First; k < p.End; k++ {
		if startsUpper(sc.tok(k).Form) {
			return true
		}
	}
	return false
}

// datedDeal: "the 2015 nuclear deal with …".
func (sc *scene) datedDeal(i, first int) bool {
	for k := first; k < i; k++ {
		if t := sc.tok(k); t.UPOS == "NUM" && len(t.Form) == 4 && (strings.HasPrefix(t.Form, "19") || strings.HasPrefix(t.Form, "20")) {
			return true
		}
	}
	return false
}

// again: "the accord", "the protocol" after it has been named.
func (sc *scene) again(i int) bool {
	if !sc.known(i) || sc.has(i, "amod", "compound", "nmod", "acl", "nummod", "flat") || startsUpper(sc.tok(i).Form) {
		return false
	}
	for n := len(sc.r.Agreements) - 1; n >= 0; n-- {
		if g := &sc.r.Agreements[n]; sc.lemma(g.Name.Head) == sc.lemma(i) {
			g.Mentions = append(g.Mentions, sc.doc.TokenSpan(i, i+1))
			sc.enrich(g, i)
			return true
		}
	}
	return true
}

func (sc *scene) sameAgreement(name string) int {
	for n := range sc.r.Agreements {
		p := sc.r.Agreements[n].Name
		if strings.EqualFold(sc.doc.Slice(sc.doc.TokenSpan(p.First, p.End)), name) {
			return n
		}
	}
	return -1
}

// enrich adds date, parties and terms that stand at one mention.
func (sc *scene) enrich(g *Agreement, i int) {
	if g.Date < 0 {
		g.Date = sc.agreementDate(g, i)
	}
	if len(g.Parties) == 0 {
		for _, p := range []string{"between", "with", "among"} {
			if c := sc.under(i, p); c >= 0 && sc.agentive(c) {
				g.Parties = append(g.Parties, sc.phrase(c))
			}
		}
	}
	for _, c := range sc.doc.Children(i) {
		if sc.tok(int(c)).Is("acl") {
			g.Terms = append(g.Terms, sc.terms(int(c))...)
			if len(g.Parties) == 0 && sc.tok(int(c)).UPOS == "VERB" && sc.word(int(c), "signs") {
				if a := sc.agent(int(c)); a >= 0 && sc.agentive(a) {
					g.Parties = append(g.Parties, sc.phrase(a))
				}
			}
		}
	}
	if v := sc.tok(i).Head; v >= 0 && sc.tok(i).Is("nsubj") {
		g.Terms = append(g.Terms, sc.terms(v)...)
	}
	slices.SortFunc(g.Terms, func(a, b document.Span) int { return a.Start - b.Start })
	g.Terms = slices.Compact(g.Terms)
}

// agreementDate is a year inside the name, or a time that hangs on it or on the verb of its relative clause.
func (sc *scene) agreementDate(g *Agreement, i int) int {
	for n := range sc.r.Times {
		t := &sc.r.Times[n]
		if t.Expr.Kind != times.Point && t.Expr.Kind != times.Range {
			continue
		}
		if g.Name.First <= t.First && t.End <= g.Name.End {
			return n
		}
		a := sc.timeAnchor(n)
		for k := max(t.First, 0); k < t.End && k < len(sc.doc.Tokens); k++ {
			if sc.tok(k).Head == i {
				return n
			}
		}
		if a == i || a >= 0 && sc.tok(a).Is("acl") && sc.tok(a).Head == i {
			return n
		}
	}
	return -1
}

// terms are what a clause says an agreement asks for: "called for a ceasefire", "bans heavy weapons", "requires both to withdraw".
func (sc *scene) terms(v int) []document.Span {
	if !sc.word(v, "provides") || sc.passive(v) {
		return nil
	}
	for _, c := range sc.doc.Children(v) {
		t := sc.tok(int(c))
		take := t.Is("ccomp") || t.Is("obj") && !sc.has(v, "xcomp") || t.Is("obl") && (sc.prep(int(c)) == "for") || t.Is("xcomp")
		if !take || int(c) < v {
			continue
		}
		first, _ := sc.doc.Subtree(int(c))
		if o := sc.doc.Child(v, "obj"); t.Is("xcomp") && o > v {
			first, _ = sc.doc.Subtree(o)
		}
		for first < int(c) && (sc.tok(first).Is("case", "mark") && sc.tok(first).Head == int(c)) {
			first++
		}
		_, end := sc.doc.Subtree(v)
		return []document.Span{sc.trimmed(first, end)}
	}
	return nil
}
