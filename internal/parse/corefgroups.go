package parse

import "parley/internal/document"

// A plural may stand for several who are named one by one: "Stone and Roe … they". No mention covers a
// coordination, so such plurals have a chain of their own whose mentions list the chains of the members.

// together is a coordination that something stands for: its first conjunct and the first such mention.
type together struct{ first, mention int }

// conjuncts are the referents of a coordination, the first given; nil when it is none, or when one conjunct
// is no phrase.
func (r *resolver) conjuncts(first int) []int {
	head := r.refs[first].m.Head
	out := []int{first}
	for _, c := range r.doc.Children(head) {
		if r.doc.Tokens[c].Rel != "conj" {
			continue
		}
		k, ok := r.atHead[int(c)]
		if !ok {
			return nil
		}
		out = append(out, k)
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// mayStandFor says whether plural i may stand for the coordination that begins with mention k: of persons
// or bodies, each of them named or a phrase of one, before i and in no clause that forbids it.
func (r *resolver) mayStandFor(i, k int) bool {
	chains := r.conjuncts(k)
	for _, c := range chains {
		top := &r.refs[r.find(c)]
		if top.class&(human|group) == 0 || top.class&thing != 0 || r.refs[c].m.Kind == document.Pronoun || c >= i || r.within(c, i) {
			return false
		}
	}
	pro, other := &r.refs[i], &r.refs[k]
	return chains != nil && (pro.sent != other.sent || !r.boundTogether(pro.m.Head, other.m.Head))
}

// joinGroup makes mention i stand for the coordination that begins with mention k.
func (r *resolver) joinGroup(k, i int) {
	// the same members elsewhere are the same group
	for n := len(r.groups) - 1; n >= max(0, len(r.groups)-20); n-- {
		if g := r.groups[n]; g.first == k || r.sameMembers(g.first, k) {
			r.join(g.mention, i)
			return
		}
	}
	r.groups = append(r.groups, together{k, i})
}

func (r *resolver) sameMembers(a, b int) bool {
	x, y := r.conjuncts(a), r.conjuncts(b)
	if len(x) != len(y) {
		return false
	}
	for _, c := range x {
		found := false
		for _, d := range y {
			found = found || r.find(c) == r.find(d)
		}
		if !found {
			return false
		}
	}
	return true
}

const pairReach = 6 // sentences back in which "both leaders" may find them

// byPair joins "both leaders", "the two countries" with the last two persons or bodies that are named
// together before it. It says whether the mention is of that form.
func (r *resolver) byPair(i int) bool {
	ref := &r.refs[i]
	if ref.number&plural == 0 || len(ref.name) > 0 || !r.ofTwo(ref.m.Head) {
		return false
	}
	for k := i - 1; k >= max(0, i-maxLook) && r.refs[k].sent >= ref.sent-pairReach; k-- {
		chains := r.conjuncts(k)
		if len(chains) != 2 || !r.mayStandFor(i, k) {
			continue
		}
		named := true
		for _, c := range chains {
			top := &r.refs[r.find(c)]
			named = named && r.named(c) && (top.class&ref.class != 0 || r.anySide(ref.m.Head))
		}
		if named {
			r.joinGroup(k, i)
			return true
		}
	}
	return true
}

// anySide says whether a noun fits persons and bodies alike.
func (r *resolver) anySide(head int) bool {
	switch r.doc.Tokens[head].Lemma {
	case "side", "party", "pair", "duo", "one":
		return true
	}
	return false
}

// ofTwo says whether a noun is said of two: "both sides", "the two leaders", "the pair".
func (r *resolver) ofTwo(head int) bool {
	both, two, definite := false, false, false
	for _, c := range r.doc.Children(head) {
		tok := &r.doc.Tokens[c]
		both = both || tok.Lemma == "both" && tok.Is("det")
		two = two || tok.Lemma == "two" && tok.Is("nummod")
		definite = definite || tok.Feat("Definite") == "Def" || tok.Feat("PronType") == "Dem"
		if tok.Is("nmod", "acl") && int(c) > head {
			return false
		}
	}
	return both || two && definite
}
