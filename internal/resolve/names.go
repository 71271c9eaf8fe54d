package resolve

import (
	"sort"
	"strings"

	"parley/internal/document"
	"parley/internal/resolve/gazetteer"
)

// personName is one place in the text where a person is named.
type personName struct {
	first, end int      // tokens of the name, without titles
	parts      []string // folded words
	text       string   // as shown
	who        *actor
	role       holding
	hasRole    bool
}

// personNames finds the names of persons, in the order of the text, without the titles in front.
func (w *work) personNames() []*personName {
	var out []*personName
	taken := make([]bool, len(w.doc.Tokens))
	for _, n := range w.joined() {
		if n.Kind != "PER" || n.First < 0 || n.End > len(w.doc.Tokens) || n.First >= n.End {
			continue
		}
		if pn := w.personName(n.First, n.End); pn != nil {
			out = append(out, pn)
		}
	}
	out = append(out, w.unmarkedNames()...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].first < out[j].first })
	kept := out[:0]
	for _, pn := range out {
		if !taken[pn.first] {
			kept = append(kept, pn)
		}
		for i := pn.first; i < pn.end; i++ {
			taken[i] = true
		}
	}
	return kept
}

// joined are the names of the document, with two names of persons that a hyphen without blanks joins as one
// ("Jean", "-", "Yves Le Drian").
func (w *work) joined() []document.Name {
	names := make([]document.Name, 0, len(w.doc.Names))
	for _, n := range w.doc.Names {
		if k := len(names) - 1; k >= 0 && n.Kind == "PER" && names[k].Kind == "PER" && names[k].End+1 == n.First && n.End <= len(w.doc.Tokens) {
			dash := &w.doc.Tokens[names[k].End]
			if dash.Form == "-" && dash.Span.Start == w.doc.Tokens[names[k].End-1].Span.End && dash.Span.End == w.doc.Tokens[n.First].Span.Start {
				names[k].End = n.End
				continue
			}
		}
		names = append(names, n)
	}
	return names
}

// town says whether what the model takes for a person is a town: it stands behind a preposition of place and the
// gazetteer or another mention knows it for one.
func (w *work) town(first, end int) bool {
	name := w.text(first, end)
	if first == 0 {
		return false
	}
	if top := w.top(first, end); w.doc.Tokens[top].Is("conj") && w.doc.Tokens[top].Head >= 0 {
		if n := w.nameAt(w.doc.Tokens[top].Head); n != nil && n.Kind == "LOC" {
			return true // "in Khartoum and El Fasher"
		}
	}
	switch w.lower(first - 1) {
	case "in", "at", "near", "into":
	default:
		return end-first == 1 && w.doc.Tokens[first-1].UPOS == "ADP" && w.wellKnownPlace(name)
	}
	for _, n := range w.doc.Names {
		if n.Kind == "LOC" && n.First >= 0 && n.End <= len(w.doc.Tokens) && fold(w.text(n.First, n.End)) == fold(name) {
			return true
		}
	}
	return len(gazetteer.Find(name)) > 0
}

// wellKnownPlace says whether a name alone is a large city's or a region's, and no person of that family name
// stands in the text.
func (w *work) wellKnownPlace(name string) bool {
	for _, n := range w.doc.Names {
		if n.Kind == "PER" && n.End-n.First > 1 && n.First >= 0 && n.End <= len(w.doc.Tokens) && strings.EqualFold(w.doc.Tokens[n.End-1].Form, name) {
			return false
		}
	}
	for _, g := range gazetteer.Find(name) {
		if gazetteer.Key(g.Name) == gazetteer.Key(name) && (g.Kind != gazetteer.Town || g.People >= 1000000) {
			return true
		}
	}
	return false
}

// personName trims a range that the model takes for a person's name.
func (w *work) personName(first, end int) *personName {
	for end > first && (w.lower(end-1) == "'s" || w.lower(end-1) == "’s" || w.doc.Tokens[end-1].UPOS == "PUNCT" && w.lower(end-1) != ")") {
		end--
	}
	for first < end-1 {
		word := strings.TrimSuffix(w.lower(first), ".")
		if w.t.titles[word] || w.lower(first) == "the" || w.doc.Tokens[first].UPOS == "PUNCT" && w.lower(first) != "(" {
			first++
			continue
		}
		if h, ok := w.roleSpan(first, end); ok {
			first = h
			continue
		}
		break
	}
	first = w.placeInFront(first, end)
	first, end = w.glued(first, end)
	first = w.bracketBefore(first)
	text := w.text(first, end)
	if end-first == 1 && w.doc.Tokens[first].UPOS == "ADJ" {
		return nil // "Tigrayan leaders"
	}
	if text == "" || !hasLetter(text) || w.tableName(first, end) || w.tableRegion(first, end) || w.town(first, end) {
		return nil
	}
	shown := strings.TrimSpace(strings.NewReplacer("(", "", ")", "").Replace(text))
	parts := nameParts(shown)
	if len(parts) == 0 || len(parts) == 1 && (w.t.titles[parts[0]] || len([]rune(parts[0])) < 2) {
		return nil
	}
	return &personName{first: first, end: end, parts: parts, text: shown}
}

// tableName says whether what the model takes for a person is an organisation, seat, country or capital.
func (w *work) tableName(first, end int) bool {
	found := w.senses(w.skipDet(first), end)
	if len(found) == 0 {
		return false
	}
	_, ok := pick(found, senseOrg, senseCountry, senseCapital, senseAdjective)
	return ok
}

// tableRegion says whether a name, with up to two words in front, is a region's or feature's: "Second Thomas Shoal".
func (w *work) tableRegion(first, end int) bool {
	for at := first; at >= max(0, first-2); at-- {
		if w.t.regions[fold(w.doc.Slice(w.doc.TokenSpan(at, end)))] != nil {
			return true
		}
	}
	return false
}

// placeInFront cuts a town off a name that the model has run together: "mayor of Koszalin Jan Kowalski".
func (w *work) placeInFront(first, end int) int {
	if end-first < 3 || first < 2 || w.lower(first-1) != "of" {
		return first
	}
	var h holding
	if w.roleWords(max(0, first-1-longestRole), first-1, &h) && len(gazetteer.Find(w.doc.Tokens[first].Form)) > 0 {
		return first + 1
	}
	return first
}

// glued takes in what a hyphen without blanks joins to a name: "Moon Jae" + "-" + "in".
func (w *work) glued(first, end int) (int, int) {
	tight := func(i int) bool {
		return i > 0 && i+1 < len(w.doc.Tokens) && w.doc.Tokens[i].Form == "-" && w.doc.Tokens[i-1].Span.End == w.doc.Tokens[i].Span.Start &&
			w.doc.Tokens[i].Span.End == w.doc.Tokens[i+1].Span.Start && hasLetter(w.doc.Tokens[i+1].Form) && hasLetter(w.doc.Tokens[i-1].Form)
	}
	for range 3 {
		switch {
		case end < len(w.doc.Tokens) && tight(end):
			end += 2
		case first >= 2 && tight(first-1) && w.doc.Tokens[first-2].UPOS == "PROPN":
			first -= 2
		}
	}
	return first, end
}

// roleSpan finds a role at the head of a name ("Foreign Minister Sergei Lavrov" taken whole for a name).
func (w *work) roleSpan(first, end int) (stop int, ok bool) {
	for stop = min(end-1, first+longestRole); stop > first; stop-- {
		if w.t.roles[fold(w.doc.Slice(w.doc.TokenSpan(first, stop)))] != nil {
			return stop, true
		}
	}
	return 0, false
}

// bracketBefore takes in a given name that an editor added in brackets: "(Sergey) Lavrov".
func (w *work) bracketBefore(first int) int {
	i := first - 1
	if i < 2 || w.doc.Tokens[i].Form != ")" {
		return first
	}
	for j := i - 1; j >= max(0, i-3); j-- {
		tok := &w.doc.Tokens[j]
		if tok.Form == "(" && j < i-1 {
			return j
		}
		if tok.UPOS != "PROPN" {
			break
		}
	}
	return first
}

func hasLetter(s string) bool {
	for _, r := range s {
		if r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r > 0x7f {
			return true
		}
	}
	return false
}

func nameParts(name string) []string {
	var parts []string
	for _, p := range strings.Fields(fold(name)) {
		if p = strings.Trim(p, ",;:()[]'-"); p != "" && p != "jr" && p != "sr" {
			parts = append(parts, p)
		}
	}
	return parts
}

// cluster gives every name its person: full names first, then the short ones that fit exactly one of them,
// or the nearest before where several fit.
func (w *work) cluster(names []*personName) {
	var full []*personName
	for _, n := range names {
		if len(n.parts) < 2 {
			continue
		}
		if m := w.fits(n, full); m != nil {
			n.who = m.who
		} else {
			n.who = w.newPerson(n)
		}
		full = append(full, n)
	}
	for i, n := range names {
		if n.who != nil {
			continue
		}
		if n.who = w.fullFor(n, names[:i], names[i+1:]); n.who == nil {
			n.who = w.newPerson(n)
		}
	}
	for _, n := range names {
		w.addName(n)
	}
}

// fits finds an earlier full name that can be the same person: the same words, or one spelled a little
// differently, or the shorter of the two left out a name in the middle or an initial.
func (w *work) fits(n *personName, full []*personName) *personName {
	for _, m := range full {
		if sameFullName(n.parts, m.parts) {
			return m
		}
	}
	return nil
}

func sameFullName(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	lastA, lastB := a[len(a)-1], b[len(b)-1]
	if !sameWord(lastA, lastB) {
		// "Le Drian" beside "Jean-Yves Le Drian", "Kim Jong" never beside "Kim Yong"
		return false
	}
	if len(a) == len(b) {
		for i := range a[:len(a)-1] {
			if !sameWord(a[i], b[i]) && !initial(a[i], b[i]) && !initial(b[i], a[i]) {
				return false
			}
		}
		return true
	}
	if suffix(a, b) {
		return true
	}
	return sameWord(a[0], b[0]) || initial(a[0], b[0]) // a name in the middle left out
}

func initial(a, b string) bool { return len(a) == 1 && strings.HasPrefix(b, a) }

func suffix(short, long []string) bool {
	off := len(long) - len(short)
	if off < 0 {
		return false
	}
	for i := range short {
		if !sameWord(short[i], long[off+i]) {
			return false
		}
	}
	return true
}

// sameWord compares two words of names, allowing for the spellings that transliteration gives one name
// (Sergei, Sergey; Zelensky, Zelenskyy): long enough, the same beginning, and at most one letter apart or
// two at the end.
func sameWord(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) < 4 || len(b) < 4 || a[0] != b[0] {
		return false
	}
	return skeleton(a) == skeleton(b)
}

// skeleton spells a name in the way in which transliterations of it agree.
func skeleton(s string) string {
	s = strings.NewReplacer("yy", "i", "iy", "i", "ij", "i", "ii", "i", "ei", "e", "ey", "e", "ai", "a", "ay", "a", "y", "i", "ou", "u", "oo", "u",
		"kh", "h", "ck", "k", "c", "k", "q", "k", "w", "v", "ph", "f", "dzh", "j", "dj", "j", "zh", "j", "'", "", "-", "").Replace(s)
	var b strings.Builder
	var last rune
	for _, r := range s {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	out := b.String()
	return strings.TrimRight(out, "i")
}

// fullFor finds the person a short name means: the last words of a full name, or its first word where the
// family name comes first or a given name is used alone; the nearest before it wins, unless another fits
// its title better.
func (w *work) fullFor(n *personName, before, after []*personName) *actor {
	var found *actor
	score := 0
	look := func(m *personName, bonus int) {
		if m.who == nil {
			return
		}
		s := 0
		switch {
		case len(m.parts) == 1 && sameWord(m.parts[0], n.parts[0]):
			s = 30
		case len(m.parts) > 1 && suffix(n.parts, m.parts):
			s = 30
		case len(m.parts) > 1 && m.parts[0] == n.parts[0] && len(n.parts[0]) > 1:
			s = 10
		default:
			return
		}
		if n.hasRole && m.hasRole && n.role.role != nil && m.role.role != nil && n.role.role.key == m.role.role.key {
			s += 5
		}
		if r := m.role.role; m.hasRole && r != nil && (r.heads == "state" || r.heads == "government" || m.role.words == "leader") {
			s += 3 // of several of one family name, the short form is the leader's
		}
		if chain := w.chainOf(n); chain >= 0 && chain == w.chainOf(m) {
			s += 8 // so the parser reads it, which sees whom the text is about
		}
		if s += bonus; s > score {
			found, score = m.who, s
		}
	}
	for i := len(before) - 1; i >= 0; i-- {
		look(before[i], 2)
	}
	for _, m := range after {
		look(m, 0)
	}
	return found
}

// chainOf is the parser's chain that a name stands in, -1 for none.
func (w *work) chainOf(n *personName) int {
	for i := n.end - 1; i >= n.first; i-- {
		if m, ok := w.atHead[i]; ok {
			return w.doc.Mentions[m].Entity
		}
	}
	return -1
}

func (w *work) newPerson(n *personName) *actor {
	return w.newActor("person:"+strings.Join(n.parts, " ")+"#"+itoa(n.first), "person", n.text)
}

// addName notes a name on its person and points its tokens there.
func (w *work) addName(n *personName) {
	a := n.who
	a.alias(n.text)
	for i := n.first; i < n.end; i++ {
		w.tokens[i] = a
	}
	if len(n.parts) > len(nameParts(a.name)) {
		a.name = n.text
	}
	if n.hasRole {
		a.roles = append(a.roles, n.role)
		if k := w.roleHead(n); k >= 0 {
			w.tokens[k] = a
		}
		// a body in the title that the tree takes for the head: "Kremlin spokesman X said"
		if k := w.top(n.role.first, n.end); n.role.role != nil && k < n.first && !w.possessive(k) {
			w.tokens[k] = a
		}
		w.noteBody(n)
		a.mention(w.doc.TokenSpan(n.role.first, n.end), false)
		a.alias(w.text(n.role.first, n.end))
	} else {
		a.mention(document.Span{Start: w.doc.Tokens[n.first].Span.Start, End: w.doc.Tokens[n.end-1].Span.End}, false)
	}
}

// noteBody notes the organisation that a title names: "Kremlin spokesman X".
func (w *work) noteBody(n *personName) {
	if n.role.org == nil {
		return
	}
	for at := n.role.first; at < n.first; at++ {
		stop, found, ok := w.longestStarting(at, n.first)
		if !ok {
			continue
		}
		if s, ok := pick(found, senseOrg); ok && s.org == n.role.org {
			org := w.orgActor(s.org)
			org.mention(w.doc.TokenSpan(at, stop), true)
			org.alias(w.text(at, stop))
			return
		}
	}
}

// possessive says whether a token owns what follows.
func (w *work) possessive(i int) bool {
	if i+1 >= len(w.doc.Tokens) {
		return false
	}
	next := w.lower(i + 1)
	return next == "'s" || next == "’s" || next == "'" || next == "’" || w.doc.Tokens[i].Is("nmod:poss")
}

// roleHead is the token that heads the title in front of a name.
func (w *work) roleHead(n *personName) int {
	for i := n.first - 1; i >= n.role.first; i-- {
		if h := w.doc.Tokens[i].Head; h < n.role.first || h >= n.first {
			if w.nominal(i) && w.doc.Tokens[i].UPOS != "ADJ" && !w.doc.Tokens[i].Is("nmod:poss") {
				return i
			}
		}
	}
	return -1
}
