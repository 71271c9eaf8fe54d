package parse

import "sync"

// mend makes the tree of the sentence [first, end) obey rules of the UD guidelines that a parser breaks now and then, each
// of which leaves one way open.
func (w *work) mend(first, end int) {
	w.headName(first, end)
	w.bareAuxiliary(first, end)
	w.leadCase(first, end)
	w.bareClause(first, end)
	w.appose(first, end)
	w.coordinate(first, end)
}

// headName hangs what a tree hung on a later word of a name on its first word, which heads it: words in flat have no
// dependents of their own (UD guidelines, "Headless relations"), save for marks and other words of the name.
func (w *work) headName(first, end int) {
	tokens := w.doc.Tokens
	for d := first; d < end; d++ {
		if tokens[d].Is("punct", "flat", "goeswith", "fixed") {
			continue
		}
		h := tokens[d].Head
		for h >= 0 && tokens[h].Is("flat") && tokens[h].Head >= 0 && tokens[h].Head != d {
			h = tokens[h].Head
		}
		tokens[d].Head = h
	}
}

// bareAuxiliary hangs the arguments that a tree hung on an auxiliary or a copula on the predicate that it serves: function words
// have none of their own (UD guidelines, "Function words").
func (w *work) bareAuxiliary(first, end int) {
	tokens := w.doc.Tokens
	for d := first; d < end; d++ {
		h := tokens[d].Head
		if h >= 0 && tokens[h].Is("aux", "cop") && tokens[h].Head >= 0 && tokens[d].Is("nsubj", "csubj", "obj", "iobj", "ccomp", "xcomp", "obl", "advcl") {
			tokens[d].Head = tokens[h].Head
		}
	}
}

// leadCase hangs a preposition that a tree hung on the word before it on the noun phrase behind it that depends on the same
// word: in English a case marker stands before its noun, and "killing of Ruiz" has its "of" with Ruiz.
func (w *work) leadCase(first, end int) {
	tokens := w.doc.Tokens
	for d := first; d < end; d++ {
		h := tokens[d].Head
		if !tokens[d].Is("case") || tokens[d].UPOS != "ADP" || h < first || h >= d {
			continue
		}
		for k := d + 1; k < end && (tokens[k].Head > d || tokens[k].Head == h); k++ {
			if tokens[k].Head == h {
				if tokens[k].Is("nmod", "obl") {
					tokens[d].Head = k
				}
				break
			}
		}
	}
}

// bareVerbs are the verbs that take an object and a bare infinitive ("let them go").
var bareVerbs = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, row := range readTable("bare_verbs.tsv", 1) {
		set[row[0]] = true
	}
	return set
})

// bareClause makes a clause of the object and the bare infinitive of a verb that does not take the two: what somebody
// recommends in "recommended the troops withdraw" is a clause, and the troops are its subject.
func (w *work) bareClause(first, end int) {
	tokens := w.doc.Tokens
	marked := map[int]bool{}
	object := map[int]int{}
	for d := first; d < end; d++ {
		switch {
		case tokens[d].Is("mark", "aux", "cop", "nsubj"):
			marked[tokens[d].Head] = true
		case tokens[d].Is("obj"):
			object[tokens[d].Head] = d
		}
	}
	for x := first; x < end; x++ {
		v := tokens[x].Head
		if !tokens[x].Is("xcomp") || tokens[x].XPOS != "VB" || marked[x] || v < first || tokens[v].UPOS != "VERB" || bareVerbs()[tokens[v].Lemma] {
			continue
		}
		if o, ok := object[v]; ok && v < o && o < x {
			tokens[o].Head, tokens[o].Rel = x, "nsubj"
			tokens[x].Rel = "ccomp"
		}
	}
}

// appose hangs a second subject that stands behind a comma on the first, as its apposition: "Norland, one of the
// guarantors, said" has one subject. The first may be taken for dislocated, which a pronoun would have to take up again.
func (w *work) appose(first, end int) {
	tokens := w.doc.Tokens
	subjects := map[int]int{} // verb → its first subject
	for d := first; d < end; d++ {
		h := tokens[d].Head
		if h <= d || !tokens[d].Is("nsubj", "dislocated") {
			continue
		}
		s, ok := subjects[h]
		if !ok {
			subjects[h] = d
			continue
		}
		if tokens[d].Is("dislocated") {
			continue
		}
		edge := d // the left edge of the second subject, without the comma
		for edge > s+1 && tokens[edge-1].Form != "," {
			edge--
		}
		if edge > s+1 && w.endsBefore(s, edge-1) && tokens[d].UPOS != "PRON" {
			if tokens[s].Is("dislocated") {
				tokens[s].Rel = tokens[d].Rel
			}
			tokens[d].Head, tokens[d].Rel = s, "appos"
		}
	}
}

// coordinate makes the first conjunct of a noun that a tree hung, with the conjunction behind it, on the second as its compound:
// in "Ruiz and his counterparts" the determiner opens the phrase of the counterparts, and no compound stands before that.
func (w *work) coordinate(first, end int) {
	tokens := w.doc.Tokens
	for c := first + 1; c+1 < end; c++ {
		h := tokens[c].Head
		if tokens[c].Rel != "cc" || h <= c+1 || !tokens[c+1].Is("det", "nmod:poss") || tokens[c+1].Head != h {
			continue
		}
		one := c - 1
		for one >= first && tokens[one].Head != h {
			one--
		}
		if one < first || tokens[one].Rel != "compound" || !w.endsBefore(one, c) {
			continue
		}
		for d := first; d < c; d++ {
			if tokens[d].Head == h {
				tokens[d].Head = one
			}
		}
		tokens[one].Head, tokens[one].Rel = tokens[h].Head, tokens[h].Rel
		tokens[h].Head, tokens[h].Rel = one, "conj"
	}
}

// endsBefore says whether the phrase of token s ends right before token at.
func (w *work) endsBefore(s, at int) bool {
	for i := s + 1; i < at; i++ {
		h := i
		for n := 0; h > s && n < at-s; n++ {
			h = w.doc.Tokens[h].Head
		}
		if h != s {
			return false
		}
	}
	return true
}
