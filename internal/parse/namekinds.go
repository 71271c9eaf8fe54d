package parse

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/internal/document"
)

// sure is the score from which a name keeps its kind whatever the rest of the document says.
const sure = 0.9

// amendKinds puts right what the words around a name rule out: no person is called "the Stone", and what is
// abbreviated in brackets by letters the model takes for a body is that body.
func (w *work) amendKinds(names []document.Name) {
	for i := range names {
		n := &names[i]
		if n.Kind != "PER" {
			continue
		}
		if n.First > 0 && strings.EqualFold(w.doc.Tokens[n.First-1].Form, "the") && n.Score < sure {
			n.Kind = w.likeliest(n.First, n.End, "ORG", "LOC")
		}
		if i+1 < len(names) && names[i+1].Kind == "ORG" && w.abbreviated(n, &names[i+1]) {
			n.Kind = "ORG"
		}
	}
}

// abbreviated says whether the second name stands in brackets behind the first and is its initials.
func (w *work) abbreviated(n, letters *document.Name) bool {
	if letters.First != n.End+1 || letters.End != letters.First+1 || w.doc.Tokens[n.End].Form != "(" {
		return false
	}
	initials := ""
	for t := n.First; t < n.End; t++ {
		if r, _ := utf8.DecodeRuneInString(w.doc.Tokens[t].Form); unicode.IsUpper(r) {
			initials += string(r)
		}
	}
	return len(initials) > 1 && initials == w.doc.Tokens[letters.First].Form
}

// likeliest is the kind, of those given, that the model gives most weight over tokens [first, end).
func (w *work) likeliest(first, end int, kinds ...string) string {
	best, top := kinds[0], -1.0
	for _, kind := range kinds {
		sum := 0.0
		for t := first; t < end; t++ {
			for l, label := range w.labels.bio {
				if label.kind == kind {
					sum += math.Exp(float64(w.nameScores[t*len(w.labels.bio)+l]))
				}
			}
		}
		if sum > top {
			best, top = kind, sum
		}
	}
	return best
}

// agreeOnKinds gives a name the model is unsure of the kind that the same words, or the person whose last
// name they are, have in the rest of the document.
func (w *work) agreeOnKinds(names []document.Name) []document.Name {
	votes := map[string]map[string]float32{}
	vote := func(text, kind string, score float32) {
		if votes[text] == nil {
			votes[text] = map[string]float32{}
		}
		votes[text][kind] += score
	}
	for _, n := range names {
		vote(w.doc.Slice(w.doc.TokenSpan(n.First, n.End)), n.Kind, n.Score)
		if n.Kind == "PER" && n.End > n.First+1 {
			vote(w.doc.Tokens[n.End-1].Form, n.Kind, n.Score)
		}
	}
	for i := range names {
		n := &names[i]
		if n.Score >= sure || n.Kind == "TIME" {
			continue
		}
		kinds := votes[w.doc.Slice(w.doc.TokenSpan(n.First, n.End))]
		for _, kind := range [...]string{"PER", "ORG", "LOC", "NORP", "EVENT", "MISC"} {
			if kinds[kind] > kinds[n.Kind] {
				n.Kind = kind
			}
		}
	}
	return names
}

// again finds words the model has missed that are names elsewhere in the document: a word written with a
// capital that stands alone among words without, and that is a name, or the family name of a person, wherever
// else it stands. names must be in order; so is what is returned.
func (w *work) again(names []document.Name) []document.Name {
	kinds, lower := map[string]string{}, map[string]bool{}
	in := make([]bool, len(w.doc.Tokens))
	for _, n := range names {
		for t := n.First; t < n.End; t++ {
			in[t] = true
		}
		form := w.doc.Tokens[n.End-1].Form
		if n.Kind != "TIME" && (n.End == n.First+1 || n.Kind == "PER") && kinds[form] == "" {
			kinds[form] = n.Kind
		}
	}
	for i := range w.doc.Tokens {
		if form := w.doc.Tokens[i].Form; strings.ToLower(form) == form {
			lower[form] = true
		}
	}
	var found []document.Name
	for i := range w.doc.Tokens {
		form := w.doc.Tokens[i].Form
		kind := kinds[form]
		if kind == "" || in[i] || lower[strings.ToLower(form)] || !w.startsUpper(i) || w.beside(i, in) {
			continue
		}
		found = append(found, document.Name{First: i, End: i + 1, Kind: kind, Score: float32(repeated)})
	}
	if found == nil {
		return names
	}
	all := append(names, found...)
	slices.SortFunc(all, func(a, b document.Name) int { return a.First - b.First })
	return all
}

// repeated is the score of a name that is one only because it is elsewhere.
const repeated = 0.5

func (w *work) startsUpper(i int) bool {
	r, _ := utf8.DecodeRuneInString(w.doc.Tokens[i].Form)
	return unicode.IsUpper(r)
}

// beside says whether a neighbour of token i in its sentence is written with a capital too, so that the token
// may be part of a longer name, or is part of a name.
func (w *work) beside(i int, in []bool) bool {
	begins := func(i int) bool { _, ok := slices.BinarySearch(w.starts, i); return ok }
	if i > 0 && !begins(i) && (in[i-1] || w.startsUpper(i-1) && !begins(i-1)) {
		return true
	}
	return i+1 < len(w.doc.Tokens) && !begins(i+1) && (in[i+1] || w.startsUpper(i+1))
}
