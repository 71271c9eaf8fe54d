package parse

import (
	"slices"
	"strings"

	"parley/internal/document"
)

const (
	roleReach    = 12 // sentences back in which a role may be taken up
	nominalReach = 5  // sentences back in which a noun may be repeated
	maxLook      = 200
)

// byRole joins a definite nominal with whom or what it takes up: the person before it who has that role
// ("the president", "the French leader"), or else the last phrase with the same noun whose modifiers cover
// its own. A nominal that could mean two persons stays alone.
func (r *resolver) byRole(i int) {
	ref := &r.refs[i]
	if len(ref.name) > 0 || !ref.definite || r.refs[r.find(i)].earliest < i {
		return
	}
	own := r.roleOf(ref.m.Head)
	if r.know.light[own.noun] || r.newlySaid(ref.m.Head) {
		return
	}
	if ref.class == human && ref.number == singular && len(ref.roles) > 0 && !r.possessed(ref.m.Head) {
		if k := r.roleHolder(i, own); k >= 0 {
			r.join(k, i)
			return
		}
	}
	for k := i - 1; k >= max(0, i-maxLook) && r.refs[k].sent >= ref.sent-nominalReach; k-- {
		other := &r.refs[k]
		if other.m.Kind != document.Nominal || len(other.name) > 0 || !r.may(i, k) ||
			r.doc.Tokens[other.m.Head].Feat("Number") != r.doc.Tokens[ref.m.Head].Feat("Number") {
			continue
		}
		before := r.roleOf(other.m.Head)
		if before.noun == own.noun && covered(own.mods, before.mods) && r.possessorOf(i) == r.possessorOf(k) {
			r.join(r.latestNamed(i, k), i)
			return
		}
	}
}

// latestNamed is the mention that a bare noun goes back to when mention k has the same noun: k, or a body named since
// whose name ends in that noun. After "the Harbour Court ruled", "the court" is no longer the one of before.
func (r *resolver) latestNamed(i, k int) int {
	noun := strings.ToLower(r.doc.Tokens[r.refs[i].m.Head].Form)
	if r.refs[i].class&group == 0 || r.wordsOf(i) != noun {
		return k
	}
	for n := i - 1; n > k; n-- {
		name := r.refs[n].name
		if len(name) > 1 && name[len(name)-1] == noun && r.refs[n].class&group != 0 && r.may(i, n) {
			return n
		}
	}
	return k
}

// newlySaid says whether a noun is told apart by a clause or a preposition, so that it names something new
// ("the troops that left", "the deal with Oslo").
func (r *resolver) newlySaid(head int) bool {
	for _, c := range r.doc.Children(head) {
		tok := &r.doc.Tokens[c]
		if tok.Is("acl") || tok.Rel == "nmod" && int(c) > head && tok.Is("nmod") || tok.Is("nummod") || tok.Feat("NumType") == "Ord" || tok.Feat("Degree") == "Sup" {
			return true
		}
	}
	return false
}

func (r *resolver) possessed(head int) bool { return r.doc.Child(head, "nmod:poss") >= 0 }

// possessorOf is the chain of a phrase's possessor, -1 for none.
func (r *resolver) possessorOf(i int) int {
	if p := r.doc.Child(r.refs[i].m.Head, "nmod:poss"); p >= 0 {
		if k, ok := r.atHead[p]; ok {
			return r.find(k)
		}
		return -2
	}
	return -1
}

// within says whether one of two phrases lies in the other.
func (r *resolver) within(a, b int) bool {
	x, y := r.refs[a].m, r.refs[b].m
	return x.First <= y.First && y.End <= x.End || y.First <= x.First && x.End <= y.End
}

// roleHolder is the last mention before i of the one person in reach who has a role; -1 for none or several.
func (r *resolver) roleHolder(i int, own role) int {
	found := -1
	for k := i - 1; k >= max(0, i-maxLook) && r.refs[k].sent >= r.refs[i].sent-roleReach; k-- {
		top := r.find(k)
		if found >= 0 && r.find(found) == top || !r.holds(top, own) || !r.may(i, k) {
			continue
		}
		if found >= 0 {
			if r.refs[k].sent < r.refs[i].sent-2 {
				break // the other one was named long before
			}
			return -1
		}
		found = k
	}
	return found
}

// holds says whether a chain of a named person has a role: the same noun or one it falls under, all its
// modifiers, and none that makes another role of it.
func (r *resolver) holds(chain int, own role) bool {
	ref := &r.refs[chain]
	if ref.class != human || ref.longest == 0 {
		return false
	}
	for _, has := range ref.roles {
		general := has.noun != own.noun && r.fallsUnder(has, own.noun)
		if has.noun != own.noun && !general || general && len(own.mods) == 0 {
			continue // "the official" may be anybody; "the French official" less so
		}
		var all []string
		for _, any := range ref.roles {
			all = append(all, any.mods...)
		}
		if covered(own.mods, all) && (general || slices.Equal(r.settings(own.mods), r.settings(has.mods))) {
			return true
		}
	}
	return false
}

// fallsUnder says whether a role is one of those a more general noun names. In the table a general noun may ask
// for a modifier: "diplomat/foreign".
func (r *resolver) fallsUnder(has role, noun string) bool {
	for _, over := range r.know.over[has.noun] {
		name, asks, conditional := strings.Cut(over, "/")
		if name == noun && (!conditional || slices.Contains(has.mods, asks)) {
			return true
		}
	}
	return false
}

// settings are the modifiers that make another role of a role.
func (r *resolver) settings(mods []string) []string {
	var out []string
	for _, m := range mods {
		if r.know.setting[m] {
			out = append(out, m)
		}
	}
	slices.Sort(out)
	return out
}

// covered says whether every modifier is among the others, or grown from one of them ("Danish", "Denmark"
// are not; "Ukrainian", "Ukraine" are).
func covered(mods, by []string) bool {
	for _, m := range mods {
		if !slices.ContainsFunc(by, func(other string) bool { return m == other || akin(m, other) }) {
			return false
		}
	}
	return true
}

const stem = 5 // letters that two forms of a country's name share

func akin(a, b string) bool {
	return len(a) >= stem && len(b) >= stem && strings.EqualFold(a[:stem], b[:stem])
}

// bySameWords joins a definite nominal with the last one before it of the very same words.
func (r *resolver) bySameWords(i int) {
	ref := &r.refs[i]
	if ref.m.Kind != document.Nominal || len(ref.name) > 0 || ref.class&moment != 0 {
		return
	}
	words := r.wordsOf(i)
	before := r.phrases[words]
	r.phrases[words] = append(before, i)
	if !ref.definite || r.pointedAt(ref.m.Head) || r.know.light[r.roleOf(ref.m.Head).noun] {
		return
	}
	for n := len(before) - 1; n >= max(0, len(before)-maxLook); n-- {
		k := before[n]
		if r.find(k) == r.find(i) {
			return
		}
		if r.refs[k].definite && r.may(i, k) && r.possessorOf(i) == r.possessorOf(k) {
			r.join(r.latestNamed(i, k), i)
			return
		}
	}
}

// pointedAt says whether a noun has this, that, these or those, which take up only what has just been said.
func (r *resolver) pointedAt(head int) bool {
	for _, c := range r.doc.Children(head) {
		if tok := &r.doc.Tokens[c]; tok.Is("det") && tok.Feat("PronType") == "Dem" {
			return true
		}
	}
	return false
}

// wordsOf is the words of a phrase in lower case, without its articles and possessor.
func (r *resolver) wordsOf(i int) string {
	var out []string
	m := r.refs[i].m
	for t := m.First; t < m.End; t++ {
		if tok := &r.doc.Tokens[t]; !tok.Is("det", "punct") && !(tok.Rel == "nmod:poss" && tok.Head == m.Head) {
			out = append(out, strings.ToLower(tok.Form))
		}
	}
	return strings.Join(out, " ")
}
