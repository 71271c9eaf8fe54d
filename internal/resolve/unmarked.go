package resolve

// unmarkedNames finds names of persons that the model has not marked, where the words around them leave no doubt:
// two to four proper nouns right behind a role ("Foreign Minister X Y"), or between commas behind one ("the
// foreign minister, X Y, said").
func (w *work) unmarkedNames() []*personName {
	marked := make([]bool, len(w.doc.Tokens))
	for _, n := range w.doc.Names {
		if n.Kind != "PER" && n.Score > 0 && n.Score < 0.6 {
			continue // the model itself is not sure
		}
		for i := max(0, n.First); i < min(n.End, len(marked)); i++ {
			marked[i] = true
		}
	}
	out := w.leadersByCountry()
	for i := 1; i < len(w.doc.Tokens); i++ {
		end := i
		for end < len(w.doc.Tokens) && end < i+5 && !marked[end] && w.doc.Tokens[end].UPOS == "PROPN" && w.capital1(end) {
			end++
		}
		if n := end - i; n < 2 || n > 4 || w.doc.Tokens[i-1].UPOS == "PROPN" && !w.roleEndsAt(i) {
			i = max(i, end-1)
			continue
		}
		if !w.roleEndsAt(i) && !w.roleComma(i, end) {
			i = end - 1
			continue
		}
		if pn := w.personName(i, end); pn != nil {
			out = append(out, pn)
		}
		i = end - 1
	}
	return out
}

// capital1 says whether a token begins with a capital and is not all capitals.
func (w *work) capital1(i int) bool {
	f := w.doc.Tokens[i].Form
	return len(f) > 1 && f[0] >= 'A' && f[0] <= 'Z' && !(f[1] >= 'A' && f[1] <= 'Z')
}

// roleEndsAt says whether a role of a person ends right before a token.
func (w *work) roleEndsAt(i int) bool {
	var h holding
	if !w.roleWords(w.titleStart(i), i, &h) {
		return false
	}
	return h.role.key != "chief" && h.role.key != "resident" || w.doc.Tokens[i-1].UPOS == "PROPN"
}

// roleComma says whether tokens [first, end) stand between commas right behind a role.
func (w *work) roleComma(first, end int) bool {
	if first < 2 || end >= len(w.doc.Tokens) || w.doc.Tokens[first-1].Form != "," || w.doc.Tokens[end].Form != "," {
		return false
	}
	var h holding
	return w.doc.Tokens[first-2].UPOS == "NOUN" && w.roleWords(max(0, first-1-longestRole), first-1, &h)
}

// leadersByCountry finds family names behind a country in the genitive that leaders.tsv has for that country
// ("France's Macron"), where the model has marked no person.
func (w *work) leadersByCountry() []*personName {
	var out []*personName
	for i := 2; i < len(w.doc.Tokens); i++ {
		if w.doc.Tokens[i].UPOS != "PROPN" || !w.possessive(i-2) || w.lower(i-1) != "'s" && w.lower(i-1) != "’s" {
			continue
		}
		_, found, ok := w.longestEnding(max(0, i-5), i-1)
		if !ok {
			continue
		}
		s, ok := pick(found, senseCountry)
		if !ok {
			continue
		}
		for _, l := range w.t.leaders[skeleton(fold(w.doc.Tokens[i].Form))] {
			if l.country == s.iso3 && w.inOffice(l) && l.goesBy([]string{fold(w.doc.Tokens[i].Form)}) {
				if pn := w.personName(i, i+1); pn != nil {
					out = append(out, pn)
				}
				break
			}
		}
	}
	return out
}
