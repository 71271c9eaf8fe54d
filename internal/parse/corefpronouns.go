package parse

import (
	"parley/internal/document"
)

// How far back a pronoun looks, and what speaks for a candidate. The weights were set by hand on the
// training part of GUM: the subject of the sentence before, or of a clause before in the same sentence, is
// the usual antecedent; nearer is better (Lappin and Leass 1994 in a small form).
const (
	pronounReach    = 3
	maxCandidates   = 80
	weightSubject   = 2.5
	weightPassive   = 2.0
	weightObject    = 0.8
	weightOblique   = 0.2
	weightPossessor = 0.5
	weightSame      = 2.0 // in the same sentence
	weightSentence  = 1.5 // per sentence back
	weightNamed     = 1.0
	weightKnownSex  = 1.0
	weightParallel  = 0.7
	weightChain     = 0.25 // per mention in the chain, up to four
	weightQuote     = 3.0  // candidate and pronoun are not in the same quotation
	weightSpeaker   = 1.5  // both are subjects of verbs of saying
	weightParagraph = 2.0
	weightCompound  = 1.5  // before a noun, as in "Syria policy"
	weightPlace     = 1.5  // a place for a plural
	weightMute      = 3.0  // what is neither person nor body, for the subject of a verb of saying
	weightBeside    = 3.0  // "the president and his aides"
	weightCommand   = 1.5  // subject of a clause that the pronoun's clause hangs on
	weightNear      = 0.02 // per mention in between
	weightGroup     = 1.0  // a coordination as a whole, for a plural
	weightActs      = 1.0  // a person or body for a plural
	enough          = 0.5
	enoughThing     = 3.5
	enoughThem      = 3.5 // a plural that is neither subject nor possessor
	clearly         = 0.3
)

// byPronoun joins a pronoun with its best antecedent, if there is one that is good enough and clearly
// better than the next.
func (r *resolver) byPronoun(i int) {
	ref := &r.refs[i]
	tok := &r.doc.Tokens[ref.m.Head]
	if r.refs[r.find(i)].earliest < i || tok.Feat("PronType") == "Rel" { // grammar has said
		return
	}
	if p := tok.Feat("Person"); p == "1" || p == "2" || p != "3" && tok.Feat("PronType") != "Prs" {
		return // byVoice joins the first and second person
	}
	best, second, at := -1e9, -1e9, -1
	whole := -1 // the first conjunct, when the best candidate is a coordination as a whole
	seen := map[int]bool{}
	for k := i - 1; k >= max(0, i-maxCandidates) && r.refs[k].sent >= ref.sent-pronounReach; k-- {
		top := r.find(k)
		if ref.number == plural && r.mayStandFor(i, k) {
			if score := r.weigh(i, k) + weightGroup; score > best {
				best, second, at, whole = score, max(second, best), k, k
			}
		}
		if !r.candidate(i, k) {
			continue
		}
		score := r.weigh(i, k)
		switch {
		case at >= 0 && whole < 0 && r.find(at) == top:
			best = max(best, score)
		case score > best:
			if at >= 0 {
				second = max(second, best)
			}
			best, at, whole = score, k, -1
		case !seen[top] || score > second:
			second = max(second, score)
		}
		seen[top] = true
	}
	switch {
	case at < 0 || best < r.enough(i, at) || best-second < clearly:
	case whole < 0:
		r.join(at, i)
	default:
		r.joinGroup(whole, i)
	}
}

// enough is what a candidate must weigh. "it" takes up so many things that are no phrase at all that it
// asks for more, most of all where it is not in the same sentence or stands for a thing.
func (r *resolver) enough(i, k int) float64 {
	pro := &r.refs[i]
	if pro.class&human != 0 {
		if pro.number == plural && !pro.subject && !r.doc.Tokens[pro.m.Head].Is("nmod:poss") {
			return enoughThem
		}
		return enough
	}
	need := enoughThing
	if r.refs[r.find(k)].class&group == 0 {
		need++
	}
	if pro.sent != r.refs[k].sent {
		need++
	}
	if r.doc.Tokens[pro.m.Head].Is("nmod:poss") {
		need--
	}
	return need
}

// candidate says whether grammar lets pronoun i take up mention k.
func (r *resolver) candidate(i, k int) bool {
	pro, other := &r.refs[i], &r.refs[k]
	if !r.may(i, k) {
		return false
	}
	tok := &r.doc.Tokens[other.m.Head]
	if other.m.Kind == document.Pronoun && (tok.Feat("Person") == "1" || tok.Feat("Person") == "2") {
		return false
	}
	if tok.Feat("PronType") == "Rel" && len(r.members[r.find(k)]) == 1 {
		return false
	}
	if pro.sent == other.sent && r.boundTogether(pro.m.Head, other.m.Head) {
		return false
	}
	return !r.clashes(i, k)
}

// clashes says whether joining would bring a pronoun into a chain that already stands against it in the
// same clause.
func (r *resolver) clashes(i, k int) bool {
	pro := r.refs[i].m.Head
	members := r.members[r.find(k)]
	for n := len(members) - 1; n >= 0 && n >= len(members)-12; n-- {
		m := &r.refs[members[n]]
		if m.sent == r.refs[i].sent && m.m.Head != pro && r.saidBy(m.m.Head) < 0 && r.boundTogether(pro, m.m.Head) {
			return true
		}
	}
	return false
}

// boundTogether says whether two heads are arguments of the same verb, or of a verb and the verb that
// controls it, so that only a reflexive could make them one (principle B). A possessor is free.
func (r *resolver) boundTogether(pro, other int) bool {
	a, b := &r.doc.Tokens[pro], &r.doc.Tokens[other]
	if a.Is("nmod:poss") || b.Is("nmod:poss") || b.Is("conj") && r.doc.Tokens[b.Head].Is("nmod:poss") {
		return false
	}
	verb := a.Head
	for steps := 0; verb >= 0 && steps < 3; steps++ {
		if b.Head == verb && !b.Is("advcl", "ccomp", "parataxis") {
			return true
		}
		if !r.doc.Tokens[verb].Is("xcomp") || a.Is("nsubj") {
			return false
		}
		verb = r.doc.Tokens[verb].Head
	}
	return false
}

// weigh is how much speaks for mention k as the antecedent of pronoun i.
func (r *resolver) weigh(i, k int) float64 {
	pro, other := &r.refs[i], &r.refs[k]
	tok, top := &r.doc.Tokens[other.m.Head], &r.refs[r.find(k)]
	score := r.weighPlace(tok)
	if pro.sent == other.sent {
		score += weightSame
		if r.commands(pro.m.Head, other.m.Head) {
			score += weightCommand
		}
	} else {
		score -= weightSentence * float64(pro.sent-other.sent-1)
	}
	if r.doc.Sentences[pro.sent].Paragraph != r.doc.Sentences[other.sent].Paragraph {
		score -= weightParagraph
	}
	if r.named(k) {
		score += weightNamed
	}
	if pro.sex != male|female && top.sex == pro.sex {
		score += weightKnownSex
	}
	if pro.subject && other.subject {
		score += weightParallel
		if r.ofSaying(r.doc.Tokens[pro.m.Head].Head) && r.ofSaying(tok.Head) && pro.quote < 0 {
			score += weightSpeaker
		}
	}
	if pro.quote != other.quote && (other.quote >= 0 || pro.quote >= 0) {
		score -= weightQuote
	}
	if pro.class&thing != 0 && top.class&(human|group) != 0 && top.class&thing == 0 {
		score += weightActs
	}
	if pro.number == plural && (other.nameKind == "LOC" || other.nameKind == "ORG") {
		score -= weightPlace
	}
	if pro.subject && r.ofSaying(r.doc.Tokens[pro.m.Head].Head) && top.class&(human|group) == 0 {
		score -= weightMute
	}
	if r.possessorBeside(pro.m.Head, other.m.Head) {
		score += weightBeside
	}
	score += r.says.weight(pro.m.Head, other.m.Head)
	score += weightChain * float64(min(4, len(r.members[r.find(k)])))
	score -= weightNear * float64(i-k)
	return score
}

// weighPlace is what the grammatical place of a candidate is worth.
func (r *resolver) weighPlace(tok *document.Token) float64 {
	switch {
	case tok.Rel == "nsubj:pass":
		return weightPassive
	case tok.Is("nsubj"):
		return weightSubject
	case tok.Is("obj", "iobj"):
		return weightObject
	case tok.Is("nmod:poss"):
		return weightPossessor
	case tok.Is("obl"):
		return weightOblique
	case tok.Is("compound"):
		return -weightCompound
	}
	return 0
}

// possessorBeside says whether a possessive pronoun belongs to a conjunct of the other: "Stone and her aides",
// "Stone and her counterpart Roe".
func (r *resolver) possessorBeside(pro, other int) bool {
	tok := &r.doc.Tokens[pro]
	if tok.Rel != "nmod:poss" || tok.Head < 0 {
		return false
	}
	noun := &r.doc.Tokens[tok.Head]
	for steps := 0; noun.Head >= 0 && noun.Is("nmod:desc", "appos", "compound") && steps < 4; steps++ {
		noun = &r.doc.Tokens[noun.Head]
	}
	return noun.Is("conj") && noun.Head == other
}

// commands says whether the other is the subject of the nearest clause that the clause of the pronoun hangs on.
func (r *resolver) commands(pro, other int) bool {
	if !r.doc.Tokens[other].Is("nsubj") {
		return false
	}
	at := r.doc.Tokens[pro].Head
	for steps := 0; at >= 0 && steps < 8; steps++ {
		if r.doc.Tokens[at].Is("advcl", "ccomp", "xcomp", "csubj", "acl") {
			return r.doc.Tokens[at].Head == r.doc.Tokens[other].Head
		}
		at = r.doc.Tokens[at].Head
	}
	return false
}

// ofSaying says whether a token is a verb of saying.
func (r *resolver) ofSaying(i int) bool {
	return i >= 0 && r.doc.Tokens[i].UPOS == "VERB" && speechVerbs()[r.doc.Tokens[i].Lemma]
}
