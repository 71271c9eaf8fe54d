package parse

import "strings"

const (
	// maxAntecedents is how many nouns and pronouns back the model looks for what a word goes back to.
	maxAntecedents = 250
	// keptAntecedents is how many of them are kept, the best ones.
	keptAntecedents = 6
	// antecedentFloor is how far below "goes back to nothing" a kept one may score.
	antecedentFloor = -4
)

// antecedent is a word that another may go back to.
type antecedent struct {
	token int32
	score float32 // above 0: likelier than that the word goes back to nothing
}

// nominals are the nouns and pronouns read so far, the last maxAntecedents of them, in a ring.
type nominals struct {
	count  int // of all so far
	tokens [maxAntecedents]int
	forms  [maxAntecedents]string
	to     []float32 // a vector each
}

// evidence is what the model says of the words that may head mentions: what they stand for and what they go back to.
type evidence struct {
	kinds       []string // labels of the entity head
	kind        []uint8  // per token, the best label
	antecedents map[int][]antecedent
}

// typeOf is the kind of entity of the mention that a token heads, after GUM (person, organization, place, …); empty for
// none, or when the model has no such head.
func (e *evidence) typeOf(head int) string {
	if e == nil || head >= len(e.kind) || int(e.kind[head]) >= len(e.kinds) || e.kinds[e.kind[head]] == "O" {
		return ""
	}
	return e.kinds[e.kind[head]]
}

// goesBack is how much likelier it is that the mention headed by token i goes back to that headed by token j than that
// it goes back to nothing (a difference of scores); ok is false when the model does not think of it.
func (e *evidence) goesBack(i, j int) (score float32, ok bool) {
	if e == nil {
		return 0, false
	}
	for _, a := range e.antecedents[i] {
		if int(a.token) == j {
			return a.score, true
		}
	}
	return 0, false
}

// lookBack takes what the model says of the nouns and pronouns among tokens [at, next) of a window that begins at at.
func (w *work) lookBack(out reading, at, next int) {
	e := &w.evidence
	scores, kinds := out.Scores("entity")
	if len(kinds) == 0 {
		return
	}
	e.kinds = kinds
	for i := at; i < next; i++ {
		e.kind = append(e.kind, uint8(best(scores, i-at, len(kinds))))
	}
	from, to := out.Pairs("coref")
	size := w.net.PairSize()
	if len(from) == 0 {
		return
	}
	if e.antecedents == nil {
		e.antecedents = map[int][]antecedent{}
	}
	for i := at; i < next; i++ {
		switch w.doc.Tokens[i].UPOS {
		case "NOUN", "PROPN", "PRON":
			k := (i - at) * size
			form := strings.ToLower(w.doc.Tokens[i].Form)
			if found := w.antecedentsOf(i, form, from[k:k+size]); len(found) > 0 {
				e.antecedents[i] = found
			}
			w.nominals.add(i, form, to[k:k+size])
		}
	}
}

// antecedentsOf are the best words that a word may go back to, the best first.
func (w *work) antecedentsOf(i int, form string, from []float32) []antecedent {
	nothing := w.net.Dot(from, w.net.Nothing("coref"))
	n, size := &w.nominals, len(from)
	var found []antecedent
	for back := 1; back <= min(n.count, maxAntecedents); back++ {
		k := (n.count - back) % maxAntecedents
		s := w.net.Dot(from, n.to[k*size:(k+1)*size]) + w.net.Distance(i-n.tokens[k], form == n.forms[k]) - nothing
		if s < antecedentFloor || len(found) == keptAntecedents && s <= found[len(found)-1].score {
			continue
		}
		at := len(found)
		for at > 0 && found[at-1].score < s {
			at--
		}
		if len(found) < keptAntecedents {
			found = append(found, antecedent{})
		}
		copy(found[at+1:], found[at:])
		found[at] = antecedent{int32(n.tokens[k]), s}
	}
	return found
}

func (n *nominals) add(token int, form string, to []float32) {
	k := n.count % maxAntecedents
	if n.count < maxAntecedents {
		n.to = append(n.to, to...)
	}
	n.tokens[k], n.forms[k] = token, form
	copy(n.to[k*len(to):], to)
	n.count++
}
