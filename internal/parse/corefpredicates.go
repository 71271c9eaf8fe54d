package parse

import "parley/internal/document"

// predicate joins a noun with what it is said of: "X is the chairman", "X, who was a lawyer". What is denied, asked,
// supposed or only possible is not joined.
func (r *resolver) predicate(i int) {
	ref := &r.refs[i]
	head := ref.m.Head
	if !r.isPredicate(head) || ref.class&moment != 0 || r.unreal(head) {
		return
	}
	subject := r.doc.Child(head, "nsubj")
	k, ok := r.atHead[subject]
	if subject < 0 || !ok || r.refs[k].class&moment != 0 || !r.agree(k, i) {
		return
	}
	if len(ref.name) > 0 && (len(r.refs[k].name) > 0 || r.refs[k].m.Kind == document.Pronoun) {
		return // two names are two, or one of them is read wrongly
	}
	if !r.sameSort(k, i) {
		return
	}
	r.join(k, i)
}

// isPredicate says whether a noun is said of something by a form of be, and not what that is in or of.
func (r *resolver) isPredicate(head int) bool {
	return r.doc.Child(head, "cop") >= 0 && r.doc.Child(head, "case") < 0
}

// sameSort says whether a predicate can be what its subject is: a person a person, a body or place one of these.
func (r *resolver) sameSort(subject, predicate int) bool {
	a, b := r.refs[subject].class, r.refs[predicate].class
	if r.refs[predicate].number == plural && r.refs[subject].number != plural {
		return false
	}
	return b == human && a&human != 0 || b&thing == 0 && a&thing == 0 && a&b != 0
}

// unreal says whether a clause is denied, asked, supposed or only possible, by its words or the clause it hangs on.
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
