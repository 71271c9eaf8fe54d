package parse

import (
	"math"
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
