package read

// contrast ends a content before a clause behind a comma that sets the words of somebody else, or the text's own, against it: "…, while
// Ruud put the number at 600", "…, but it gave no details". The clause must have a subject of its own, and either the tree hangs it on
// the cue or it is itself the words of a named speaker; in quotation marks all is the speaker's.
func (a *attributor) contrast(d *draft) {
	if d.cue < 0 || d.contentHead < d.cue || d.rule != "says" {
		return
	}
	for n, t := range d.content {
		if n == 0 || t <= d.contentHead || a.quote[t] >= 0 || !a.opposes(t) || a.doc.Tokens[t-1].Form != "," {
			continue
		}
		x := a.doc.Tokens[t].Head
		if x < t || !contains(d.content, x) || a.quote[x] >= 0 {
			continue
		}
		if subject := a.doc.Child(x, "nsubj", "nsubj:pass", "expl"); subject < t || subject > x {
			continue
		}
		if a.doc.Tokens[x].Head == d.cue || a.speaksItself(x) {
			d.content = d.content[:n-1]
			return
		}
	}
}

// opposes: a conjunction that sets one clause against another.
func (a *attributor) opposes(t int) bool {
	switch a.lower(t) {
	case "while", "whereas", "but":
		return a.doc.Tokens[t].Is("mark", "cc")
	}
	return false
}

// speaksItself says whether a clause is an attribution to somebody named.
func (a *attributor) speaksItself(x int) bool {
	e := a.byCue[x]
	return e != nil && !e.dropped && len(e.sources) > 0 && a.doc.Tokens[e.sources[0]].UPOS == "PROPN"
}
