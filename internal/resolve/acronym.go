package resolve

import "strings"

// findAcronyms notes which name an acronym in brackets stands for: "the Free Harbour Movement (FHM)". The letters
// must be initials of the words in front, in their order, small words left out or not.
func (w *work) findAcronyms() {
	for i := 2; i+2 < len(w.doc.Tokens); i++ {
		if w.doc.Tokens[i].Form != "(" || w.doc.Tokens[i+2].Form != ")" {
			continue
		}
		short := w.doc.Tokens[i+1].Form
		if len(short) < 2 || len(short) > 8 || short != strings.ToUpper(short) || short[0] < 'A' || short[0] > 'Z' {
			continue
		}
		if first, ok := w.initialsBefore(i, short); ok {
			if _, have := w.acronyms[short]; !have {
				w.acronyms[short] = w.top(first, i)
			}
		}
	}
}

// initialsBefore finds the words right before token end whose initials spell an acronym.
func (w *work) initialsBefore(end int, short string) (first int, ok bool) {
	sent := w.doc.SentenceOf(end)
	if sent < 0 {
		return 0, false
	}
	for first = end - 1; first >= max(w.doc.Sentences[sent].First, end-12); first-- {
		form := w.doc.Tokens[first].Form
		if !strings.EqualFold(form[:1], short[:1]) || form[:1] == strings.ToLower(form[:1]) {
			continue
		}
		all, big := "", ""
		for i := first; i < end; i++ {
			f := w.doc.Tokens[i].Form
			if f[0] >= 'A' && f[0] <= 'Z' {
				big += f[:1]
				all += f[:1]
			} else if f[0] >= 'a' && f[0] <= 'z' {
				all += strings.ToUpper(f[:1])
			}
		}
		if big == short || all == short {
			return first, true
		}
	}
	return 0, false
}
