package parse

import (
	"slices"
	"strings"
	"sync"

	"parley/internal/document"
)

// class is what a phrase can stand for, as bits.
type class uint8

const (
	human class = 1 << iota
	group       // an organisation, a state, a place that acts
	thing
	moment // a time; takes no pronoun
)

// sex and number are bits too; all bits set means unknown.
type sex uint8

const (
	male sex = 1 << iota
	female
)

type number uint8

const (
	singular number = 1 << iota
	plural
)

// people is what the resolver knows of nouns and names.
type people struct {
	sexOf   map[string]sex      // nouns for people
	over    map[string][]string // their more general nouns
	groups  map[string]bool
	places  map[string]bool
	light   map[string]bool
	given   map[string]sex
	titles  map[string]sex
	setting map[string]bool // modifiers that make another role of a role
	empty   map[string]bool // modifiers that tell nobody apart
	part    map[string]bool // modifiers that make a part of a place
}

func parseSex(s string) sex {
	switch s {
	case "m":
		return male
	case "f":
		return female
	}
	return male | female
}

var peopleTables = sync.OnceValue(func() *people {
	p := &people{sexOf: map[string]sex{}, over: map[string][]string{}, groups: map[string]bool{}, places: map[string]bool{}, light: map[string]bool{},
		given: map[string]sex{}, titles: map[string]sex{}, setting: map[string]bool{}, empty: map[string]bool{}, part: map[string]bool{}}
	for _, row := range readTable("people.tsv", 3) {
		p.sexOf[row[0]] = parseSex(row[1])
		if row[2] != "-" {
			p.over[row[0]] = strings.Split(row[2], ",")
		}
	}
	for _, row := range readTable("groups.tsv", 1) {
		p.groups[row[0]] = true
	}
	for _, row := range readTable("places.tsv", 1) {
		p.places[row[0]] = true
	}
	for _, row := range readTable("light.tsv", 1) {
		p.light[row[0]] = true
	}
	for _, row := range readTable("given_names.tsv", 2) {
		p.given[row[0]] = parseSex(row[1])
	}
	for _, row := range readTable("titles.tsv", 2) {
		p.titles[row[0]] = parseSex(row[1])
	}
	for _, row := range readTable("modifiers.tsv", 2) {
		switch row[1] {
		case "setting":
			p.setting[row[0]] = true
		case "empty":
			p.empty[row[0]] = true
		case "part":
			p.part[row[0]] = true
		default:
			panic("internal error: modifiers.tsv: unknown kind " + row[1])
		}
	}
	return p
})

// role is an office or part somebody has: the noun and its modifiers, in lower case.
type role struct {
	noun string
	mods []string
}

// referent is a mention with what is known of whom it stands for.
type referent struct {
	m        *document.Mention
	sent     int
	quote    int // innermost quotation, -1 outside
	class    class
	sex      sex
	number   number
	name     []string // words of the name, lower case; nil for what is not a name
	nameKind string   // PER, ORG, …; empty when unknown
	place    bool     // its noun is one for places; kept at the representative for the chain
	family   string   // last word of the whole name of a person; kept at the representative for the chain
	body     []string // words of the longest name of a body; kept at the representative for the chain
	roles    []role
	definite bool
	subject  bool
	longest  int // words of the longest name in the chain; kept at its representative, as is the next
	earliest int // first mention of the chain
	chain    int // index of the referent that stands for the chain (union-find)
}

// resolver joins the mentions of a document into chains.
type resolver struct {
	doc     *document.Document
	says    *evidence // of the model, nil for none
	know    *people
	refs    []referent
	atHead  map[int]int   // head token → index in refs
	nameAt  []int         // per token, 1 + index of the name it is in
	members map[int][]int // by representative
	groups  []together
	spoken  []spoken         // by quotation
	phrases map[string][]int // nominals gone by, by their words
}

// describe fills the referents.
func (r *resolver) describe(found []document.Mention) {
	r.nameAt = nameIndex(r.doc)
	quoteAt := make([]int, len(r.doc.Tokens))
	for i, q := range r.doc.Quotes { // inner quotations come later and overwrite
		for t := q.First; t < q.End; t++ {
			quoteAt[t] = i + 1
		}
	}
	sent := 0
	r.refs = make([]referent, len(found))
	r.atHead = make(map[int]int, len(found))
	for i := range found {
		m := &found[i]
		for sent+1 < len(r.doc.Sentences) && r.doc.Sentences[sent].End <= m.First {
			sent++
		}
		ref := &r.refs[i]
		*ref = referent{m: m, sent: sent, quote: quoteAt[m.Head] - 1, chain: i}
		r.atHead[m.Head] = i
		tok := &r.doc.Tokens[m.Head]
		ref.subject = tok.Is("nsubj")
		if m.Kind == document.Pronoun {
			describePronoun(ref, tok)
			continue
		}
		r.describeNoun(ref, tok)
	}
}

func describePronoun(ref *referent, tok *document.Token) {
	ref.class, ref.sex, ref.number = human|group|thing, male|female, singular|plural
	switch strings.ToLower(tok.Lemma) {
	case "he", "his", "him", "himself":
		ref.class, ref.sex, ref.number = human, male, singular
	case "she", "her", "hers", "herself":
		ref.class, ref.sex, ref.number = human, female, singular
	case "it", "its", "itself":
		ref.class, ref.number = group|thing, singular
	case "they", "their", "theirs", "them", "themselves":
		ref.number = plural
	case "who", "whom":
		ref.class = human | group
	case "i", "my", "mine", "me", "myself":
		ref.class, ref.number = human, singular
	case "we", "our", "ours", "us", "ourselves":
		ref.class, ref.number = human|group, plural
	case "you", "your", "yours", "yourself", "yourselves":
		ref.class = human
	case "both":
		ref.class, ref.number = human|group, plural
	}
	switch strings.ToLower(tok.Form) {
	case "he", "his", "him", "himself":
		ref.class, ref.sex, ref.number = human, male, singular
	case "she", "her", "hers", "herself":
		ref.class, ref.sex, ref.number = human, female, singular
	}
}

func (r *resolver) describeNoun(ref *referent, tok *document.Token) {
	m := ref.m
	ref.sex, ref.number = male|female, singular|plural
	switch tok.Feat("Number") {
	case "Sing":
		ref.number = singular
	case "Plur", "Ptan":
		ref.number = plural
	}
	lemma := strings.ToLower(tok.Lemma)
	sexOf, person := r.know.sexOf[lemma]
	switch {
	case person:
		ref.class, ref.sex = human, sexOf
		ref.roles = append(ref.roles, r.roleOf(m.Head))
	case r.know.groups[lemma]:
		ref.class = group
		ref.number |= plural
	default:
		ref.class = thing
	}
	ref.place = r.know.places[lemma]
	ref.definite = r.isDefinite(m.Head)
	if n := r.nameAt[m.Head]; n > 0 && nameHead(r.doc, r.doc.Names[n-1]) == m.Head {
		r.describeName(ref, r.doc.Names[n-1])
	} else if tok.UPOS == "PROPN" && !person {
		r.guessName(ref)
	}
	r.titlesOf(ref)
}

// describeName takes the kind of a name the model has found.
func (r *resolver) describeName(ref *referent, n document.Name) {
	ref.nameKind = n.Kind
	switch n.Kind {
	case "PER":
		ref.class, ref.number = human, singular
	case "ORG":
		ref.class = group
		ref.number |= plural
	case "LOC":
		ref.class = group
	case "NORP":
		ref.class = human | group
	case "TIME":
		ref.class = moment
		return
	default:
		ref.class = thing
	}
	for t := n.First; t < n.End; t++ {
		ref.name = r.appendWord(ref.name, t)
	}
	if n.Kind == "ORG" {
		ref.body = ref.name
		if of := slices.Index(ref.name, "of"); of > 0 {
			ref.body = ref.name[:of] // its complement says which, after the noun
		}
	}
	if n.Kind == "PER" && len(ref.name) > 0 {
		r.sexByName(ref, r.doc.Tokens[n.First].Form)
		if len(ref.name) > 1 {
			ref.family = ref.name[len(ref.name)-1]
		}
	}
}

// guessName describes a proper noun that the model has not marked as a name.
func (r *resolver) guessName(ref *referent) {
	m := ref.m
	first, end := m.Head, m.Head+1
	for _, c := range r.doc.Children(m.Head) {
		tok := &r.doc.Tokens[c]
		if tok.Is("flat", "compound") && tok.UPOS == "PROPN" {
			first, end = min(first, int(c)), max(end, int(c)+1)
			if tok.Is("flat") {
				ref.class = human
			}
		}
	}
	if ref.class != human && ref.class != group {
		ref.class = human | group | thing
	}
	for t := first; t < end; t++ {
		ref.name = r.appendWord(ref.name, t)
	}
	r.sexByName(ref, r.doc.Tokens[first].Form)
}

func (r *resolver) appendWord(words []string, t int) []string {
	form := r.doc.Tokens[t].Form
	switch {
	case form == "'s" || form == "’s" || strings.EqualFold(form, "the") && len(words) == 0:
		return words
	case !isAlnum(rune(form[0])) && form[0] < 0x80:
		return words
	}
	return append(words, strings.ToLower(strings.ReplaceAll(form, ".", "")))
}

func (r *resolver) sexByName(ref *referent, first string) {
	if s, ok := r.know.given[first]; ok && ref.class&human != 0 && len(ref.name) > 1 {
		ref.sex = s
	}
}

// titlesOf reads the titles and roles written before a name ("French President Ada Stone").
func (r *resolver) titlesOf(ref *referent) {
	for _, c := range r.doc.Children(ref.m.Head) {
		tok := &r.doc.Tokens[c]
		if tok.Rel != "nmod:desc" {
			continue
		}
		noun := strings.TrimSuffix(strings.ToLower(tok.Form), ".")
		if s, ok := r.know.titles[noun]; ok {
			ref.sex = s
		}
		if s, ok := r.know.sexOf[strings.ToLower(tok.Lemma)]; ok && s != male|female {
			ref.sex = s
		}
		if ref.nameKind == "" || ref.nameKind == "PER" {
			ref.class, ref.number = human, singular
		}
		ref.roles = append(ref.roles, r.roleOf(int(c)))
	}
}

// roleOf is the role a noun names, with its modifiers.
func (r *resolver) roleOf(head int) role {
	out := role{noun: strings.ToLower(r.doc.Tokens[head].Lemma)}
	for _, c := range r.doc.Children(head) {
		tok := &r.doc.Tokens[c]
		if lemma := strings.ToLower(tok.Lemma); tok.Is("amod", "compound", "nmod") && tok.UPOS != "NUM" && !r.know.empty[lemma] {
			out.mods = append(out.mods, lemma)
		}
	}
	return out
}

// isDefinite says whether a noun has the, this, that, or a possessor.
func (r *resolver) isDefinite(head int) bool {
	for _, c := range r.doc.Children(head) {
		tok := &r.doc.Tokens[c]
		if tok.Is("det") && (tok.Feat("Definite") == "Def" || tok.Feat("PronType") == "Dem") || tok.Is("nmod:poss") {
			return true
		}
	}
	return false
}
