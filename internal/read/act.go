package read

// sayings are the acts in which something is put to others: what is told inside them is passed on.
func saying(act string) bool {
	switch act {
	case "say", "announce", "report", "confirm", "acknowledge", "claim", "warn", "estimate":
		return true
	}
	return false
}

// puts says whether an act puts forth what its object names, so that with "no" before the object it did not take place; to report or to
// want nothing is still to report and to want.
func puts(act string) bool {
	switch act {
	case "say", "announce", "claim", "offer", "pledge", "propose", "threaten", "request", "demand", "accuse", "criticise":
		return true
	}
	return false
}

// noSuch says whether a noun is denied by its determiner ("no promise").
func (a *attributor) noSuch(n int) bool {
	det := a.doc.Child(n, "det")
	return det >= 0 && (a.lower(det) == "no" || a.lower(det) == "neither")
}

// attitude says whether an act is one of thinking, wanting or feeling, which a text can tell without anybody
// having spoken.
func attitude(act string) bool {
	switch act {
	case "believe", "hope", "fear", "doubt", "expect", "intend", "agree", "reject", "praise", "criticise":
		return true
	}
	return false
}

// negations gives what an act becomes when it is denied ("does not believe" is doubt); an act that is not
// here did not take place at all.
func negations(act, rule string) string {
	switch act {
	case "believe", "expect":
		return "doubt"
	case "agree":
		return "reject"
	case "intend":
		if rule == "says, object" {
			return "reject"
		}
		return "deny" // "does not plan to"
	case "reject":
		return "say" // "did not rule out"
	}
	return ""
}

// refine settles the act of a draft from how its cue stands in the clause.
func (a *attributor) refine(d *draft) {
	if d.negated {
		if d.act = negations(d.act, d.rule); d.act == "" {
			d.dropped = true
			return
		}
	}
	if d.rule == "says, object" && puts(d.act) && a.noSuch(d.contentHead) { // "offered no evidence"
		d.dropped = true
		return
	}
	lemma := a.lemma(d.cue)
	switch {
	case d.act == "doubt" && d.rule == "says, object" && a.person(d.contentHead): // "questioned the witness"
		d.act = "ask"
	case d.act == "ask" && d.rule == "says" && a.marker(d.contentHead) == "that":
		d.act = "request"
	case d.act == "intend" && d.rule == "says, infinitive" && a.doc.Child(d.cue, "obj") >= 0 && lemma == "want":
		d.act = "request"
	case d.act == "request" && a.quote[d.contentHead] >= 0 && d.rule == "says" && lemma == "ask":
		d.act = "ask"
	}
}
