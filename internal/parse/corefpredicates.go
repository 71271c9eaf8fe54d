package parse

import "parley/internal/document"

// predicate joins a noun with what it is said of: "X is the chairman", "X, who was a lawyer", "X became mayor". What is
// denied, asked, supposed or only possible is not joined.
func (r *resolver) predicate(i int) {
	ref := &r.refs[i]
	said := r.saidBy(ref.m.Head)
	if said < 0 || ref.class&moment != 0 || r.unreal(said) {
		return
	}
	subject := r.subjectOver(said)
	k, ok := r.atHead[subject]
	if subject < 0 || !ok || r.refs[k].class&moment != 0 || r.refs[k].sex&ref.sex == 0 || r.refs[k].number&ref.number == 0 {
		return
	}
	if len(ref.name) > 0 && (len(r.refs[k].name) > 0 || r.refs[k].m.Kind == document.Pronoun) {
		return // two names are two, or one of them is read wrongly
	}
	if r.sameSort(k, i) {
		r.join(k, i)
	}
}

// saidBy is the word a noun is said of something by: itself with a form of be, or the verb of "became a lawyer", "served
// as mayor"; the noun it is coordinated with; -1 when it is said of nothing.
func (r *resolver) saidBy(head int) int {
	tok := &r.doc.Tokens[head]
	if r.isPredicate(head) {
		return head
	}
	if tok.Head < 0 {
		return -1
	}
	verb := &r.doc.Tokens[tok.Head]
	if tok.Is("conj") && verb.UPOS == "NOUN" && r.isPredicate(tok.Head) && verb.Feat("Number") == tok.Feat("Number") && r.doc.Child(head, "nsubj", "case") < 0 {
		return tok.Head
	}
	if verb.UPOS != "VERB" {
		return -1
	}
	preposition := r.doc.Child(head, "case")
	switch {
	case preposition < 0 && tok.Is("xcomp") && (verb.Lemma == "become" || verb.Lemma == "remain"):
		return tok.Head
	case preposition >= 0 && tok.Is("obl", "xcomp", "advcl") && r.doc.Tokens[preposition].Lemma == "as" && r.doc.Child(tok.Head, "obj") < 0:
		return tok.Head
	}
	return -1
}

// isPredicate says whether a noun is said of something by a form of be, and not what that is in or of.
func (r *resolver) isPredicate(head int) bool {
	return r.doc.Child(head, "cop") >= 0 && r.doc.Child(head, "case") < 0
}

// subjectOver is the subject of a predicate, its own or that of the clause it is coordinated with; -1 for none.
func (r *resolver) subjectOver(at int) int {
	for steps := 0; steps < 4; steps++ {
		if s := r.doc.Child(at, "nsubj"); s >= 0 {
			return s
		}
		if !r.doc.Tokens[at].Is("conj") {
			return -1
		}
		at = r.doc.Tokens[at].Head
	}
	return -1
}

// sameSort says whether a predicate can be what its subject is: a person a person, a body or place one of these. One
// person may be called anything ("Stone is a legend").
func (r *resolver) sameSort(subject, predicate int) bool {
	a, b := &r.refs[subject], &r.refs[predicate]
	if b.number == plural && a.number != plural {
		return false
	}
	switch {
	case b.class == human:
		return a.class&human != 0
	case a.class == human:
		return a.number == singular && b.number == singular && r.doc.Child(b.m.Head, "det") >= 0 && r.isPredicate(b.m.Head)
	case b.place && a.m.Kind == document.Pronoun:
		return a.class&(group|thing) != 0
	}
	return b.class&thing == 0 && a.class&thing == 0 && a.class&b.class != 0
}

// unreal says whether a clause is denied, asked, supposed or only possible, by its own words.
func (r *resolver) unreal(head int) bool {
	for _, c := range r.doc.Children(head) {
		tok := &r.doc.Tokens[c]
		switch {
		case tok.Lemma == "not" || tok.Lemma == "never" || tok.Lemma == "no" || tok.Feat("Polarity") == "Neg" || tok.XPOS == "MD":
			return true
		case tok.Form == "?" || tok.Is("mark") && (tok.Lemma == "if" || tok.Lemma == "whether" || tok.Lemma == "unless"):
			return true
		}
	}
	return false
}
