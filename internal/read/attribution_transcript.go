package read

import (
	"strings"
	"unicode"

	"parley/internal/document"
)

// transcript reads an interview set as a transcript: paragraphs that begin with the name of who speaks and a
// colon ("KOVAC: We have no plans to …"). Fewer than three such paragraphs are no
// transcript, nor are captions and credits, where nobody comes up again or speaks in sentences.
func (a *attributor) transcript() {
	var turns []*draft
	for i := range a.doc.Paragraphs {
		if a.doc.Paragraphs[i].Kind != document.Body {
			continue
		}
		if d := a.turn(a.doc.Paragraphs[i].Span); d != nil {
			turns = append(turns, d)
		}
	}
	long, again := 0, 0
	seen := map[string]bool{}
	for _, d := range turns {
		if name := a.lower(d.sources[0]); seen[name] {
			again++
		} else {
			seen[name] = true
		}
		if len(d.content) >= 2*speechLength && a.predicates(d.content) {
			long++
		}
	}
	if len(turns) < 3 || again == 0 || 2*long < len(turns) {
		return
	}
	for _, d := range turns {
		if a.lower(d.sources[0]) != "q" && a.byCue[d.cue] == nil {
			a.add(d)
		}
	}
}

// turn reads one paragraph of a transcript; nil for none.
func (a *attributor) turn(para document.Span) *draft {
	first, end := a.doc.TokensIn(para)
	colon := first
	for colon < end && colon < first+5 && a.doc.Tokens[colon].Form != ":" {
		if !nameLike(&a.doc.Tokens[colon]) {
			return nil
		}
		colon++
	}
	if colon == first || colon+2 >= end || colon >= first+5 || a.quote[colon+1] >= 0 {
		return nil
	}
	h := colon - 1 // the surname: a title may stand in a sentence of its own ("MS. KOVAC:")
	d := &draft{cue: colon, cueFirst: colon, cueEnd: colon + 1, same: -1, rule: "transcript", act: "say", sources: []int{h},
		content: a.tokens(colon+1, end), contentHead: a.top(a.tokens(colon+1, end))}
	if a.timeAt[h] >= 0 {
		return nil
	}
	return d
}

// nameLike says whether a word can be part of a speaker's name at the head of a turn: upper case throughout, or a
// proper noun, or a full stop after a title.
func nameLike(tok *document.Token) bool {
	if tok.Form == "." || tok.Form == "-" {
		return true
	}
	return strings.IndexFunc(tok.Form, unicode.IsLower) < 0 && strings.IndexFunc(tok.Form, unicode.IsUpper) >= 0 ||
		tok.UPOS == "PROPN" && unicode.IsUpper([]rune(tok.Form)[0])
}
