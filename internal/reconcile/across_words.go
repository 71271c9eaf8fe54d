package reconcile

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"parley/internal/record"
)

// mood is how a sentence puts its matter.
type mood struct {
	denied   bool // said not to be so
	supposed bool // conditional, possible, asked
	future   bool // to come
	wished   bool // demanded, advised
}

// plain says whether the matter is put as a fact of the past or present, or as a plain denial of one.
func (m mood) plain() bool { return !m.supposed && !m.future && !m.wished }

func moodOf(text string) mood {
	m := mood{supposed: conditional(text) || says("supposed", text), future: says("future", text), wished: says("wished", text)}
	denials := 0
	for _, w := range bareWords(text) {
		denials += boolInt(isWord("turn", w) || strings.HasSuffix(w, "n't"))
		m.future = m.future || strings.HasSuffix(w, "'ll")
	}
	m.denied = denials%2 == 1
	return m
}

// namesIn are the capitalised words of a stretch that do not open a sentence, lower case.
func (f *framer) namesIn(in record.Span) map[string]bool {
	out := map[string]bool{}
	in = f.within(in)
	text := f.runes[in[0]:in[1]]
	opening := true
	for i := 0; i < len(text); {
		if !unicode.IsLetter(text[i]) && !unicode.IsDigit(text[i]) {
			opening = opening || text[i] == '.' || text[i] == '“' || text[i] == '"' || text[i] == '\n'
			i++
			continue
		}
		start := i
		for i < len(text) && (unicode.IsLetter(text[i]) || unicode.IsDigit(text[i]) || text[i] == '-') {
			i++
		}
		if word := text[start:i]; unicode.IsUpper(word[0]) && len(word) > 1 && !opening {
			out[strings.ToLower(string(word))] = true
		}
		opening = false
	}
	return out
}

// othersIn are the names of a stretch that no actor's mention holds.
func (f *framer) othersIn(in record.Span, names map[string]bool) map[string]bool {
	out := maps.Clone(names)
	for _, m := range f.marksIn(in) {
		if m.actor != "" && f.isName(m.span) {
			for _, w := range words(f.slice(m.span)) {
				delete(out, strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s"))
			}
		}
	}
	for _, w := range loadWords()["day"].phrases {
		delete(out, w)
	}
	return out
}

// otherDay says whether two texts that name days or months name none in common: they tell of two times.
func otherDay(a, b map[string]bool) bool { return len(a) > 0 && len(b) > 0 && shared(a, b) == 0 }

// datesIn are the days of the week and the months that a text names.
func datesIn(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words(text) {
		if isWord("day", w) && w != "may" && w != "march" {
			out[w] = true
		}
	}
	for _, w := range strings.Fields(text) { // may and march are words, too
		if w = strings.Trim(w, ".,;:()"); w == "May" || w == "March" {
			out[strings.ToLower(w)] = true
		}
	}
	return out
}

// valuesIn are the numbers that figures give in a stretch.
func (f *framer) valuesIn(in record.Span) map[string]bool {
	out := map[string]bool{}
	for i := range f.rec.Figures {
		if g := &f.rec.Figures[i]; in[0] <= g.Span[0] && g.Span[1] <= in[1] {
			out[number(g)] = true
		}
	}
	return out
}

// marksIn are the mentions that begin and end in a stretch.
func (f *framer) marksIn(in record.Span) []mark {
	at, _ := slices.BinarySearchFunc(f.marks, in[0], func(m mark, from int) int { return cmp.Compare(m.span[0], from) })
	var out []mark
	for _, m := range f.marks[at:] {
		if m.span[0] >= in[1] {
			break
		}
		if m.span[1] <= in[1] {
			out = append(out, m)
		}
	}
	return out
}

// within is the part of a span that lies in the text.
func (f *framer) within(in record.Span) record.Span {
	from := max(0, min(in[0], len(f.runes)))
	return record.Span{from, max(from, min(in[1], len(f.runes)))}
}

// isName says whether a mention is a name: short, without numbers, its words with capitals. Others ("the troops that
// entered", "three Norland officers") are matter.
func (f *framer) isName(span record.Span) bool {
	list := strings.Fields(f.slice(span))
	capital := false
	for _, w := range list {
		first := []rune(w)[0]
		if unicode.IsUpper(first) {
			capital = true
		} else if unicode.IsDigit(first) || !strings.Contains(stop, " "+strings.ToLower(w)+" ") {
			return false
		}
	}
	return capital && len(list) <= 6
}

// termList are the terms of a stretch in the order of the text, the words of names left out.
func (f *framer) termList(in record.Span, named []record.Span) []string {
	in = f.within(in)
	from, to := in[0], in[1]
	text := slices.Clone(f.runes[from:to])
	for _, span := range named {
		for i := max(span[0], from); i < min(span[1], to); i++ {
			text[i-from] = ' '
		}
	}
	return f.orderedTerms(string(text))
}

// orderedTerms are the terms of a text, each once, in the order of the text.
func (m *matter) orderedTerms(text string) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range words(text) {
		if t := m.term(w); t != "" && !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}

// likeness is how many terms two frames share, and the share of them in the smaller and in both.
func likeness(a, b *frame) (n int, ofLess, ofBoth float64) {
	n = shared(a.set, b.set)
	if n == 0 {
		return 0, 0, 0
	}
	return n, float64(n) / float64(min(len(a.set), len(b.set))), float64(n) / float64(len(a.set)+len(b.set)-n)
}

// oneWording says whether two texts have a run of words in common that is too long for chance: two speakers do not
// put a thing in the same seven words, or nearly all of a shorter text.
func oneWording(a, b string) bool {
	p, q := bareWords(a), bareWords(b)
	const chance = 7
	enough, run := min(chance, max(3, min(len(p), len(q))*4/5)), make([]int, len(q)+1)
	for i := range p {
		for k := len(q); k > 0; k-- { // from behind, so that run still has the row before
			if run[k] = 0; p[i] == q[k-1] {
				run[k] = run[k-1] + 1
			}
			if run[k] >= enough {
				return true
			}
		}
	}
	return false
}

// telling counts shared terms that say something by themselves.
func telling(a, b map[string]bool) int {
	n := 0
	for t := range a {
		if b[t] && !common(t) {
			n++
		}
	}
	return n
}

// sentenceAround is the sentence around a span, found by its ends: good enough to look for words beside it.
func sentenceAround(text []rune, span record.Span) record.Span {
	const most = 400
	from, to := max(0, min(span[0], len(text))), max(0, min(span[1], len(text)))
	for from > 0 && span[0]-from < most && !sentenceEnd(text, from-1) {
		from--
	}
	for to < len(text) && to-span[1] < most && !sentenceEnd(text, to) {
		to++
	}
	return record.Span{from, to}
}

// sentenceEnd says whether a sentence ends with the rune at i: a stop before a space, or the end of a line.
func sentenceEnd(text []rune, i int) bool {
	if text[i] == '\n' {
		return true
	}
	if text[i] != '.' && text[i] != '!' && text[i] != '?' || i+1 < len(text) && !unicode.IsSpace(text[i+1]) {
		return false
	}
	return i < 2 || text[i] != '.' || !(unicode.IsUpper(text[i-1]) && !unicode.IsLetter(text[i-2])) // not after an initial
}
