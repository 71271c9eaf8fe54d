package reconcile

import (
	_ "embed" // for the table
	"slices"
	"strings"
	"sync"
	"unicode"
)

//go:embed tables/identity_names.tsv
var identityNameFile string

// identityNames is the table of how names are written.
type identityNames struct {
	letters  *strings.Replacer // letters of Latin scripts that have no accent to take off
	sounds   [][2]string       // spellings of one sound, in order
	nickname map[string]string // short form → group
}

var loadIdentityNames = sync.OnceValue(func() identityNames {
	t := identityNames{nickname: map[string]string{}}
	var letters []string
	for line := range strings.Lines(identityNameFile) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) < 3 || strings.HasPrefix(line, "#") {
			continue
		}
		switch f[0] {
		case "letter":
			letters = append(letters, f[1], f[2])
		case "sound":
			t.sounds = append(t.sounds, [2]string{f[1], strings.TrimSpace(f[2])})
		case "nickname":
			for _, n := range strings.Split(f[2], ";") {
				t.nickname[n] = f[1]
			}
			t.nickname[f[1]] = f[1]
		}
	}
	t.letters = strings.NewReplacer(letters...)
	return t
})

// foldLetters takes accents off and writes letters that English has not with those it has.
func foldLetters(s string) string { return foldMarks(loadIdentityNames().letters.Replace(s)) }

// nameWord is a word of a name: folded, as it sounds, and the consonants of that.
type nameWord struct{ text, sound, bones string }

func newNameWord(text string) nameWord {
	w := nameWord{text: text, sound: sounded(text)}
	w.bones = skeleton(w.sound)
	return w
}

// personName is a person's name in parts, without case, accents, titles, particles (al, bin, van) or Jr.
type personName struct {
	given  []nameWord // first and middle names, initials among them
	last   nameWord
	clan   string // what follows the father's name: Al Sabah
	order  string // its words in alphabetical order
	joined string // its words, particles too, without gaps
}

func parseName(name string) personName {
	t := loadIdentityWords()
	all := nameProper(name, t)
	var clan string
	if i := slices.IndexFunc(all, func(w string) bool { return w == "bin" || w == "ibn" }); i > 0 && i+2 < len(all) {
		clan = strings.Join(slices.DeleteFunc(slices.Clone(all[i+2:]), func(w string) bool { return t["particle"][w] }), " ")
		all = all[:i+2] // Omar bin Yusuf Al Sabah is also called Omar bin Yusuf
	}
	var words, dropped, written []string
	for i, w := range all {
		first := i == 0 && len(all) > 1 && startsUpper(name) // Al Gore, Abu Bakr
		if t["title"][w] || t["suffix"][w] {
			dropped = append(dropped, w)
			continue
		}
		if written = append(written, w); !t["particle"][w] || first {
			words = append(words, w)
		}
	}
	words = words[:min(len(words), 8)]
	if len(words) == 1 { // Pope Clement, Clement II: the title or number is what makes it a full name
		for _, w := range dropped {
			if t["regnal"][w] {
				words = []string{w, words[0]}
				break
			}
		}
	}
	n := personName{clan: clan, joined: strings.Join(written, ""), order: strings.Join(slices.Sorted(slices.Values(words)), " ")}
	for i, w := range words {
		if i < len(words)-1 {
			n.given = append(n.given, newNameWord(w))
		} else {
			n.last = newNameWord(w)
		}
	}
	return n
}

// nameProper are the folded words of a name without the office and the short names of bodies before it: US President Ana
// Ruiz, FAO Ana Ruiz. Two words or more are left after a body.
func nameProper(name string, t identityWords) []string {
	fields := strings.Fields(name)
	for len(fields) > 2 && len(fields[0]) > 2 && isAcronym(fields[0]) && !isAcronym(fields[1]) {
		fields = fields[1:]
	}
	all := foldWords(strings.Join(fields, " "))
	return all[lastWord(all, t["office"])+1:]
}

// lastWord is the place of the last word of a class, or -1.
func lastWord(words []string, class map[string]bool) int {
	for i := len(words) - 1; i >= 0; i-- {
		if class[words[i]] {
			return i
		}
	}
	return -1
}

// titled says whether a name is a title and one name. Several countries have a King Abdullah.
func (n personName) titled() bool {
	return len(n.given) == 1 && loadIdentityWords()["title"][n.given[0].text]
}

func (n personName) equal(o personName) bool {
	return n.last == o.last && n.clan == o.clan && slices.Equal(n.given, o.given)
}

func (n personName) words() []string {
	var out []string
	for _, w := range n.given {
		out = append(out, w.text)
	}
	return append(out, n.last.text)
}

func (n personName) folded() string { return strings.Join(n.words(), " ") }

// keys are those under which a name is looked up: its family name, the whole name written in any order, and the whole
// name written without gaps.
func (n personName) keys() []string {
	return []string{n.familyKey(), "order|" + n.order, "joined|" + n.joined}
}

func (n personName) familyKey() string { return "family|" + n.last.bones }

// nameLikeness is how two full names agree.
type nameLikeness int

const (
	differentName nameLikeness = iota
	initialName                // "A. Ruiz": an initial in place of a first name
	shortName                  // "Tayyip" for "Recep Tayyip", "Bill" for "William"
	spelledName                // another transliteration
	partName                   // a middle name left out
	sameName
)

func (l nameLikeness) String() string {
	return [...]string{"another name", "an initial of the same name", "a short form of the name", "another spelling of the name", "the name without a middle name", "the same name"}[l]
}

func (l nameLikeness) score() float64 { return [...]float64{0, 0.7, 0.75, 0.8, 0.9, 0.95}[l] }

// needsMore says whether a likeness of names is too little without role or country.
func (l nameLikeness) needsMore() bool { return l < partName }

// compareNames compares two full names. The family names must be equal or two spellings of one, and each first or
// middle name of the shorter name must have its match in the longer one, in order. Names written family name first,
// or joined where the other has a gap or a hyphen, are recognised when they are otherwise equal.
func compareNames(a, b personName) nameLikeness {
	if len(a.given) == 0 || len(b.given) == 0 {
		return differentName
	}
	if a.clan != b.clan && a.clan != "" && b.clan != "" {
		return differentName
	}
	if a.order == b.order || a.joined == b.joined {
		return sameName
	}
	family := sameToken(a.last, b.last)
	if family != equalToken && family != spelledToken {
		return differentName
	}
	if len(a.given) > len(b.given) {
		a, b = b, a
	}
	given := matchGiven(a.given, b.given)
	if family == spelledToken && given < spelledName {
		return differentName
	}
	return min(family.nameLikeness(), given)
}

// matchGiven compares first and middle names, short against long.
func matchGiven(short, long []nameWord) nameLikeness {
	worst, at := sameName, 0
	for i, s := range short {
		found := -1
		for k := at; k < len(long) && found < 0; k++ {
			if sameToken(s, long[k]) != otherToken {
				found = k
			}
		}
		if found < 0 {
			return differentName
		}
		worst = min(worst, sameToken(s, long[found]).nameLikeness())
		if i == 0 && found > 0 { // called by a middle name, written in full
			if sameToken(s, long[found]) == initialToken {
				return differentName
			}
			worst = min(worst, shortName)
		}
		at = found + 1
	}
	if countInitials(short) > 0 && countInitials(short) != countInitials(long) && len(short) > 1 {
		return differentName // George W. is not George H. W.
	}
	if len(short) < len(long) {
		worst = min(worst, partName)
	}
	return worst
}

func countInitials(names []nameWord) int {
	n := 0
	for _, s := range names {
		if s.initial() {
			n++
		}
	}
	return n
}

// tokenMatch is how two words of names agree.
type tokenMatch int

const (
	otherToken tokenMatch = iota
	initialToken
	nickToken
	spelledToken
	equalToken
)

func (t tokenMatch) nameLikeness() nameLikeness {
	return [...]nameLikeness{differentName, initialName, shortName, spelledName, sameName}[t]
}

// alike is the Jaro-Winkler similarity at which two words with one skeleton are spellings of one name.
const spelledAlike = 0.8

// sameToken compares two folded words of names. Two spellings share a skeleton and most of their letters, as in
// nomenklatura's and rigour's name matching (OpenSanctions): Zelensky and Zelenskyy, Gaddafi and Qadhafi.
func sameToken(a, b nameWord) tokenMatch {
	switch {
	case a.text == b.text:
		return equalToken
	case a.initial() || b.initial():
		if strings.HasPrefix(a.text, b.text) || strings.HasPrefix(b.text, a.text) {
			return initialToken
		}
		return otherToken
	case a.sound == b.sound:
		return spelledToken
	case otherEnding(a.text, b.text) || otherEnding(b.text, a.text):
		return otherToken
	case len(a.bones) >= 2 && a.bones == b.bones && jaroWinkler(a.sound, b.sound) >= spelledAlike:
		return spelledToken
	}
	nick := loadIdentityNames().nickname
	if nick[a.text] != "" && nick[a.text] == nick[b.text] || cutShort(a.text, b.text) || cutShort(b.text, a.text) {
		return nickToken
	}
	return otherToken
}

func (w nameWord) initial() bool { return len([]rune(w.text)) == 1 }

// cutShort says whether one first name is the beginning of another: Mitch, Mitchell.
func cutShort(short, long string) bool {
	tail, ok := strings.CutPrefix(long, short)
	return ok && len(short) >= 3 && len(tail) >= 3
}

// otherEnding says whether one name is another with an ending that makes it a woman's, or another family's: Paul, Paula;
// Daniel, Danielle; Brown, Browne.
func otherEnding(short, long string) bool {
	tail, ok := strings.CutPrefix(long, short)
	return ok && (strings.HasSuffix(tail, "a") || strings.HasSuffix(tail, "e"))
}

// sounded writes a folded word as it sounds, by the table's replacements in order, without doubled letters. The
// replacements bring together what the romanisation systems in use (ISO 9, BGN/PCGN, ISO 233, national ones) write
// differently.
func sounded(word string) string {
	for _, s := range loadIdentityNames().sounds {
		switch from, to := s[0], s[1]; {
		case strings.HasPrefix(from, "^"):
			if rest, ok := strings.CutPrefix(word, from[1:]); ok {
				word = to + rest
			}
		case strings.HasSuffix(from, "$"):
			if rest, ok := strings.CutSuffix(word, from[:len(from)-1]); ok && rest != "" {
				word = rest + to
			}
		default:
			word = strings.ReplaceAll(word, from, to)
		}
	}
	return strings.Join(strings.FieldsFunc(undouble(word), unicode.IsSpace), "")
}

func undouble(word string) string {
	var out []rune
	for _, r := range word {
		if len(out) == 0 || out[len(out)-1] != r {
			out = append(out, r)
		}
	}
	return string(out)
}

// skeleton is what is left of a sounded word without its vowels. A vowel at the beginning stays, as "a".
func skeleton(sound string) string {
	var out strings.Builder
	for i, r := range sound {
		switch {
		case !strings.ContainsRune("aeiou", r):
			out.WriteRune(r)
		case i == 0:
			out.WriteByte('a')
		}
	}
	return undouble(out.String())
}

// jaroWinkler is the similarity of two words by Winkler, "String comparator metrics and enhanced decision rules in the
// Fellegi-Sunter model of record linkage" (1990): 0 to 1, with a bonus for up to four equal letters at the beginning.
func jaroWinkler(a, b string) float64 {
	s, t := []rune(a), []rune(b)
	if len(s) == 0 || len(t) == 0 {
		return 0
	}
	reach := max(len(s), len(t))/2 - 1
	inS, inT := make([]bool, len(s)), make([]bool, len(t))
	matches := 0
	for i := range s {
		for k := max(0, i-reach); k < min(len(t), i+reach+1); k++ {
			if !inT[k] && s[i] == t[k] {
				inS[i], inT[k] = true, true
				matches++
				break
			}
		}
	}
	if matches == 0 {
		return 0
	}
	swapped, k := 0, 0
	for i := range s {
		if !inS[i] {
			continue
		}
		for !inT[k] {
			k++
		}
		if s[i] != t[k] {
			swapped++
		}
		k++
	}
	m := float64(matches)
	jaro := (m/float64(len(s)) + m/float64(len(t)) + (m-float64(swapped/2))/m) / 3
	prefix := 0
	for prefix < min(4, len(s), len(t)) && s[prefix] == t[prefix] {
		prefix++
	}
	return jaro + 0.1*float64(prefix)*(1-jaro)
}
