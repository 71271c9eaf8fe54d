package resolve

// officeOf reads "Macron's office", "the office of the president", "the Biden administration".
func (w *work) officeOf(p phrase) *actor {
	var holder *actor
	for i := p.first; i < p.head; i++ {
		if a := w.tokens[i]; a != nil && a.kind == "person" {
			holder = a
		}
	}
	switch w.lemma(p.head) {
	case "administration", "government", "cabinet", "regime":
		if holder == nil {
			return nil
		}
		w.settle(holder)
		if holder.country != "" {
			return w.stateActor(holder.country)
		}
		return nil
	case "office", "camp", "team", "entourage", "aide":
	default:
		return nil
	}
	if k := p.head - 2; holder == nil && k >= 0 && w.possessive(k) && w.tokens[k] != nil {
		holder = w.tokens[k] // where the tree parts the possessor from its noun
	}
	if holder == nil && p.poss >= 0 {
		holder = only(w.refer(p.poss))
	}
	if holder == nil && p.of >= 0 && p.ofCase == "of" {
		holder = only(w.refer(p.of))
	}
	if holder == nil || holder.kind != "person" || w.lemma(p.head) != "office" {
		return nil
	}
	w.settle(holder)
	if h := bestHolding(holder.roles); h != nil && h.country != "" && h.role != nil && !h.former {
		if b := w.t.bodyKeys[officeBody(h.role)]; b != nil {
			a := w.bodyActor(h.country, b)
			return a
		}
	}
	a := w.newActor("office:"+holder.key, "office", holder.name+"'s office")
	a.country, a.sector, a.why = holder.country, "GOV", "office of a person"
	if holder.sector != "" {
		a.sector = holder.sector
	}
	return a
}

// officeBody is the body in which somebody with a role works.
func officeBody(r *role) string {
	switch {
	case r.key == "president":
		return "presidency"
	case r.heads == "state" || r.heads == "-":
		return ""
	}
	return r.heads
}
