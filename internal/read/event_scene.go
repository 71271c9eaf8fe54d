package read

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/document"
)

// maxClimb bounds every walk up a tree, so that no hostile tree can hold the reader.
const maxClimb = 64

// scene is one document as the readers of events, contacts, commitments, figures and conflicts see it.
type scene struct {
	doc      *document.Document
	r        *Reading
	tab      *eventTables
	names    []int16 // by token: index in doc.Names plus 1, 0 for none
	status   map[int]string
	lemmas   []string    // filled when first asked for
	entities map[int]int // chain of the mention a token heads, filled when first asked for
	index    *timeIndex  // filled when first asked for
}

func newScene(doc *document.Document, r *Reading) *scene {
	sc := &scene{doc: doc, r: r, tab: eventLexicon(), names: make([]int16, len(doc.Tokens)), lemmas: make([]string, len(doc.Tokens)), status: map[int]string{}}
	for n, name := range doc.Names {
		if n >= 1<<15-1 {
			break
		}
		for i := max(name.First, 0); i < min(name.End, len(sc.names)); i++ {
			sc.names[i] = int16(n + 1)
		}
	}
	return sc
}

func (sc *scene) tok(i int) *document.Token { return &sc.doc.Tokens[i] }

// nameKind is the kind of the name that covers a token, empty for none.
func (sc *scene) nameKind(i int) string {
	if n := sc.names[i]; n > 0 {
		return sc.doc.Names[n-1].Kind
	}
	return ""
}

func (sc *scene) has(i int, rels ...string) bool { return sc.doc.Child(i, rels...) >= 0 }

// word says whether a token's lemma or lower-cased form is in a class of event_words.tsv, or its lemma with the particle right
// behind it ("run_out").
func (sc *scene) word(i int, class string) bool {
	set := sc.tab.words[class]
	if set[sc.lemma(i)] || set[strings.ToLower(sc.tok(i).Form)] {
		return true
	}
	return i+1 < len(sc.doc.Tokens) && sc.tok(i).UPOS == "VERB" && set[sc.lemma(i)+"_"+strings.ToLower(sc.tok(i+1).Form)]
}

// key is the look-up key of a token in the tables: lemma and v, n or a; empty for other words.
func (sc *scene) key(i int) string {
	switch sc.tok(i).UPOS {
	case "VERB":
		return sc.lemma(i) + " v"
	case "NOUN":
		return sc.lemma(i) + " n"
	case "ADJ":
		return sc.lemma(i) + " a"
	}
	return ""
}

// prep is the preposition a noun phrase hangs by, in lower case; fixed expressions by their first word.
func (sc *scene) prep(i int) string {
	for _, c := range sc.doc.Children(i) {
		if sc.tok(int(c)).Is("case") && sc.tok(int(c)).UPOS != "PART" {
			return sc.lemma(int(c))
		}
	}
	return ""
}

// isPerson says whether a token is a pronoun that stands for somebody.
func (sc *scene) isPersonal(i int) bool {
	switch sc.lemma(i) {
	case "i", "he", "she", "they", "we", "it", "him", "her", "them", "us", "who", "whom", "his", "their", "our", "its", "my", "me":
		return sc.tok(i).UPOS == "PRON"
	case "both":
		return sc.tok(i).Is("nsubj", "obj", "obl", "nmod", "conj")
	}
	return false
}

// agentive says whether the phrase headed by a token can be an actor: a name of somebody or of a state, a pronoun for
// one, a noun for people, groups, forces or their weapons, or a capitalised adjective of belonging ("Russian").
func (sc *scene) agentive(i int) bool {
	tok := sc.tok(i)
	switch tok.UPOS {
	case "PRON":
		return sc.isPersonal(i)
	case "NOUN", "NUM":
		if sc.doc.Tokens[i].UPOS == "NUM" {
			return sc.countOfPeople(i)
		}
		return sc.agentNoun(i)
	case "PROPN":
		return sc.agentName(i)
	case "ADJ":
		return sc.demonym(i) || sc.word(i, "people") && sc.has(i, "det")
	case "DET":
		return sc.lemma(i) == "both" && tok.Is("nsubj")
	}
	return false
}

func (sc *scene) agentNoun(i int) bool {
	l := sc.lemma(i)
	a := sc.tab.agents
	if a["person"][l] || a["group"][l] || a["weapon"][l] || a["force"][l] {
		return true
	}
	switch sc.nameKind(i) {
	case "PER", "ORG", "NORP":
		return true
	}
	if sc.word(i, "people") && sc.has(i, "det", "nummod") { // "the wounded", read as a noun
		return true
	}
	if sc.measure(i) { // "thousands of teachers"
		for _, c := range sc.doc.Children(i) {
			if t := sc.tok(int(c)); t.Is("nmod") && sc.prep(int(c)) == "of" && (t.UPOS == "NOUN" && int(c) > i && sc.agentNoun(int(c)) || t.UPOS == "PROPN" && sc.agentName(int(c))) {
				return true
			}
		}
	}
	return false
}

func (sc *scene) agentName(i int) bool {
	switch sc.nameKind(i) {
	case "PER", "ORG", "LOC", "NORP":
		return true
	case "EVENT", "TIME", "MISC":
		return false
	}
	l := sc.lemma(i)
	if sc.tab.words["weekday"][l] || !startsUpper(sc.tok(i).Form) {
		return false
	}
	return sc.tab.agreements[l] == "" && l != "mr." && len(l) > 1
}

// demonym says whether an adjective tells whose something is: "Russian", "pro-Iranian" does not count.
func (sc *scene) demonym(i int) bool {
	switch sc.nameKind(i) {
	case "NORP", "LOC", "ORG", "PER":
		return true
	case "EVENT", "TIME", "MISC":
		return false
	}
	if !startsUpper(sc.tok(i).Form) || isUpper(sc.tok(i).Form) && len(sc.tok(i).Form) > 4 {
		return false
	}
	// At the head of a sentence the capital tells nothing.
	s := sc.doc.SentenceOf(i)
	return s >= 0 && sc.doc.Sentences[s].First != i || hasDemonymEnding(sc.tok(i).Form)
}

func hasDemonymEnding(form string) bool {
	for _, end := range []string{"ian", "ean", "ese", "ish", "can", "ani", "aqi", "eli", "mani", "nch", "utch", "reek", "man", "yrian", "orean"} {
		if strings.HasSuffix(form, end) {
			return true
		}
	}
	return false
}

// countOfPeople: "46 were killed", "two of the soldiers", "thousands of protesters".
func (sc *scene) countOfPeople(i int) bool {
	tok := sc.tok(i)
	if !tok.Is("nsubj", "obj") {
		return false
	}
	for _, c := range sc.doc.Children(i) {
		if sc.tok(int(c)).Is("nmod") && sc.prep(int(c)) == "of" {
			return sc.tok(int(c)).UPOS != "NUM" && sc.agentive(int(c))
		}
	}
	return tok.Is("nsubj:pass")
}

func (sc *scene) placeLike(i int) bool {
	tok := sc.tok(i)
	if tok.UPOS == "PROPN" {
		k := sc.nameKind(i)
		return k == "LOC" || k == "" && sc.agentName(i) || k == "ORG"
	}
	return tok.UPOS == "NOUN" && sc.tab.agents["place"][sc.lemma(i)]
}

// recipientLike says whether a phrase can be whom something is done to: an actor or a place or thing that can be hit.
func (sc *scene) recipientLike(i int) bool { return sc.agentive(i) || sc.placeLike(i) }

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func isUpper(s string) bool { return s == strings.ToUpper(s) && s != strings.ToLower(s) }

// phrase is the noun phrase headed by a token, with its conjuncts and without the preposition, relative clauses, appositions,
// remarks and the punctuation at its ends.
func (sc *scene) phrase(head int) Phrase {
	in := map[int]bool{}
	sc.gather(head, head, in, 0)
	p := Phrase{Head: head, First: head, End: head + 1}
	for p.First > 0 && in[p.First-1] {
		p.First--
	}
	for in[p.End] {
		p.End++
	}
	for p.First < head && (sc.tok(p.First).UPOS == "PUNCT" || sc.tok(p.First).UPOS == "CCONJ") {
		p.First++
	}
	for p.End > head+1 && (sc.tok(p.End-1).UPOS == "PUNCT" || sc.tok(p.End-1).UPOS == "CCONJ") {
		p.End--
	}
	if l := sc.lowerForm(p.First); p.First > 0 && p.First < head && (l == "least" || l == "most") && sc.lowerForm(p.First-1) == "at" {
		p.First--
	}
	if p.End > head+1 && sc.tok(p.End-1).XPOS == "POS" {
		p.End--
	}
	return p
}

func (sc *scene) gather(i, head int, in map[int]bool, depth int) {
	in[i] = true
	if depth > maxClimb {
		return
	}
	for _, c := range sc.doc.Children(i) {
		t := sc.tok(int(c))
		switch {
		case t.Is("acl:relcl", "appos", "parataxis", "acl", "advcl", "orphan", "cop", "aux", "nsubj", "discourse", "dep", "vocative", "list"):
			continue
		case i == head && t.Is("case", "mark", "cc:preconj", "advmod:emph") && int(c) < head && t.UPOS != "PART":
			continue
		case i == head && t.Is("cc") && int(c) < head:
			continue
		case i == head && t.Is("advmod") && int(c) < head && t.UPOS == "ADV" && !sc.beforeNumber(int(c)):
			continue
		case t.Is("conj") && t.UPOS == "VERB", t.Is("nmod") && sc.aside(int(c)):
			continue
		}
		sc.gather(int(c), head, in, depth+1)
	}
}

func (sc *scene) beforeNumber(i int) bool {
	return i+1 < len(sc.doc.Tokens) && sc.tok(i+1).UPOS == "NUM"
}

// conjuncts are a token and what is coordinated with it, from left to right.
func (sc *scene) conjuncts(i int) []int {
	out := []int{i}
	for _, c := range sc.doc.Children(i) {
		if t := sc.tok(int(c)); t.Is("conj") || t.Is("flat") && sc.joined(i, int(c)) {
			out = append(out, int(c))
		}
	}
	return out
}

// aside: a prepositional phrase that is no part of who somebody is: "including …", "about …".
func (sc *scene) aside(i int) bool {
	switch sc.prep(i) {
	case "include", "including", "about", "over", "regarding", "despite", "during", "after", "before":
		return true
	}
	return false
}

// joined says whether "and" stands between a name and what the parser took for its rest ("Ann Lee and President Bo Park").
func (sc *scene) joined(i, c int) bool {
	for k := i + 1; k < c; k++ {
		if sc.tok(k).UPOS == "CCONJ" && sc.tok(k).Head > i && k+1 < c { // a title follows; "Bosnia and Herzegovina" is one name
			return true
		}
	}
	return false
}

func (sc *scene) plural(i int) bool {
	t := sc.tok(i)
	return t.Feat("Number") == "Plur" || t.XPOS == "NNS" || t.XPOS == "NNPS"
}
