package parse

import (
	"slices"
	"strings"

	"parley/internal/document"
)

// resolve numbers the chains of mentions, after the multi-pass way of Lee et al. 2013 (Deterministic
// Coreference Resolution Based on Entity-Centric, Precision-Ranked Rules): grammar first, then names, then
// roles taken up again, pronouns last. It favours precision: a mention that nothing speaks for clearly
// stays alone. The first person of a quotation goes with its speaker where the clause says who that is.
func resolve(doc *document.Document, found []document.Mention, says *evidence) {
	r := &resolver{doc: doc, says: says, know: peopleTables(), members: map[int][]int{}, phrases: map[string][]int{}}
	r.describe(found)
	for i := range r.refs {
		r.members[i] = []int{i}
		r.refs[i].longest, r.refs[i].earliest = len(r.refs[i].name), i
	}
	r.byGrammar()
	r.byName()
	r.listen()
	for i := range r.refs {
		r.byAcronym(i)
	}
	r.byVoice()
	for _, i := range r.byHead() {
		switch {
		case r.refs[i].m.Kind != document.Pronoun:
			if !r.byPair(i) {
				r.byRole(i)
				r.bySameWords(i)
				r.byModel(i)
			}
		default:
			r.byPronoun(i)
		}
	}
	r.byVoice() // again, now that more is known of who speaks
	numbers := map[int]int{}
	for i := range r.refs {
		top := r.find(i)
		if _, ok := numbers[top]; !ok {
			numbers[top] = len(numbers)
		}
		r.refs[i].m.Entity = numbers[top]
		r.refs[i].m.Class = r.kindOf(i)
	}
	for _, g := range r.groups {
		chains := r.conjuncts(g.first)
		for k, c := range chains {
			chains[k] = numbers[r.find(c)]
		}
		for _, k := range r.members[r.find(g.mention)] {
			r.refs[k].m.Members = chains
		}
	}
}

// byHead is the mentions in the order of their heads, so that a possessor comes before what it has.
func (r *resolver) byHead() []int {
	order := make([]int, len(r.refs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return r.refs[a].m.Head - r.refs[b].m.Head })
	return order
}

// find is the representative of a chain.
func (r *resolver) find(i int) int {
	for r.refs[i].chain != i {
		r.refs[i].chain = r.refs[r.refs[i].chain].chain
		i = r.refs[i].chain
	}
	return i
}

// join makes one chain of two. What is known of either is then known of both.
func (r *resolver) join(a, b int) {
	a, b = r.find(a), r.find(b)
	if a == b {
		return
	}
	if len(r.members[a]) < len(r.members[b]) {
		a, b = b, a
	}
	x, y := &r.refs[a], &r.refs[b]
	y.chain = a
	x.place = x.place || y.place
	x.longest, x.earliest = max(x.longest, y.longest), min(x.earliest, y.earliest)
	if c := x.class & y.class; c != 0 {
		x.class = c
	}
	if s := x.sex & y.sex; s != 0 {
		x.sex = s
	}
	if n := x.number & y.number; n != 0 {
		x.number = n
	}
	for _, other := range y.roles {
		if !slices.ContainsFunc(x.roles, func(o role) bool { return o.noun == other.noun && slices.Equal(o.mods, other.mods) }) {
			x.roles = append(x.roles, other)
		}
	}
	if x.family == "" {
		x.family = y.family
	}
	if len(y.body) > len(x.body) {
		x.body = y.body
	}
	if x.nameKind == "" {
		x.nameKind = y.nameKind
	}
	r.members[a] = append(r.members[a], r.members[b]...)
	delete(r.members, b)
}

// may says whether mention i may go back to mention k, by what is known of both and of their chains. Every pass that
// looks for an antecedent among several asks it, so this is where a model's score for the pair belongs.
func (r *resolver) may(i, k int) bool {
	a, b := &r.refs[r.find(i)], &r.refs[r.find(k)]
	if r.refs[k].class&moment != 0 || !r.agree(i, k) || r.within(i, k) || r.speaksOf(i, k) {
		return false
	}
	return (a.family == "" || b.family == "" || a.family == b.family) && // two persons named in full are two
		!twoBodies(a.body, b.body) && !r.otherSort(i, k)
}

// otherSort says whether two nouns for bodies, the same noun, are told apart by modifiers that neither has of the other:
// "the federal government", "the Norland government".
func (r *resolver) otherSort(i, k int) bool {
	a, b := &r.refs[i], &r.refs[k]
	if a.class&b.class != group || a.m.Kind != document.Nominal || b.m.Kind != document.Nominal ||
		!strings.EqualFold(r.doc.Tokens[a.m.Head].Lemma, r.doc.Tokens[b.m.Head].Lemma) {
		return false
	}
	x, y := r.roleOf(a.m.Head).mods, r.roleOf(b.m.Head).mods
	return !covered(x, y) && !covered(y, x)
}

// twoBodies says whether two names are those of different bodies of one sort: the same noun last, and before it words
// that neither has of the other ("the High Court", "the Supreme Court").
func twoBodies(a, b []string) bool {
	if len(a) < 2 || len(b) < 2 || a[len(a)-1] != b[len(b)-1] {
		return false
	}
	return !covered(a, b) && !covered(b, a)
}

// agree says whether two chains can stand for the same by class, sex and number.
func (r *resolver) agree(a, b int) bool {
	x, y := &r.refs[r.find(a)], &r.refs[r.find(b)]
	return x.class&y.class != 0 && x.sex&y.sex != 0 && x.number&y.number != 0
}

// named says whether a chain has a name.
func (r *resolver) named(i int) bool { return r.refs[r.find(i)].longest > 0 }

// byGrammar joins what the tree says is the same: relative pronouns and their antecedents, reflexives and
// their subjects, appositions, and definite predicates.
func (r *resolver) byGrammar() {
	for i := range r.refs {
		head := r.refs[i].m.Head
		tok := &r.doc.Tokens[head]
		switch {
		case r.refs[i].m.Kind == document.Pronoun && tok.Feat("PronType") == "Rel":
			r.relative(i)
		case tok.Feat("Reflex") == "Yes":
			r.reflexive(i)
		case tok.Is("appos"):
			r.apposition(i)
		case r.refs[i].m.Kind != document.Pronoun:
			r.predicate(i)
		}
	}
}

func (r *resolver) relative(i int) {
	at := r.refs[i].m.Head
	for steps := 0; at >= 0 && steps < 20; steps++ {
		tok := &r.doc.Tokens[at]
		if tok.Rel == "acl:relcl" {
			if k, ok := r.atHead[tok.Head]; ok && tok.Head < r.refs[i].m.Head {
				r.join(k, i)
			}
			return
		}
		at = tok.Head
	}
}

func (r *resolver) reflexive(i int) {
	at := r.doc.Tokens[r.refs[i].m.Head].Head
	for steps := 0; at >= 0 && steps < 4; steps++ {
		if s := r.doc.Child(at, "nsubj"); s >= 0 && s < r.refs[i].m.Head {
			if k, ok := r.atHead[s]; ok && r.agree(k, i) {
				r.join(k, i)
			}
			return
		}
		at = r.doc.Tokens[at].Head
	}
}

// apposition joins a noun with the phrase it stands beside, unless two different persons are named (a list
// read wrongly) or one is no phrase of the same class.
func (r *resolver) apposition(i int) {
	head := r.doc.Tokens[r.refs[i].m.Head].Head
	k, ok := r.atHead[head]
	if !ok || r.refs[i].m.Kind == document.Pronoun {
		return
	}
	a, b := &r.refs[k], &r.refs[i]
	if a.class&moment != 0 || b.class&moment != 0 || a.m.Kind == document.Pronoun {
		return
	}
	if len(a.name) > 0 && len(b.name) > 0 && !r.abbreviates(a.name, b.name) && !r.abbreviates(b.name, a.name) {
		return
	}
	if a.class&b.class == 0 && (a.class == human || b.class == human) || a.number&b.number == 0 || a.sex&b.sex == 0 {
		return
	}
	if r.doc.Child(r.refs[i].m.Head, "nsubj", "cop") >= 0 || r.bracketed(b) {
		return
	}
	r.join(k, i)
}
