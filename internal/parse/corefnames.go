package parse

import (
	"slices"
	"strings"
	"unicode"

	"parley/internal/document"
)

// byName joins mentions of the same name. Whole names first, persons by given and family name; then parts:
// a family name goes to the nearest person before it who bears it, or to the only one after it; a given
// name, or the first word of a name that puts the family first, only to the one person it can mean.
func (r *resolver) byName() {
	whole := map[string]int{}
	var persons, parts []int
	for i := range r.refs {
		ref := &r.refs[i]
		if len(ref.name) == 0 || ref.class&moment != 0 {
			continue
		}
		if ref.class&human != 0 && ref.nameKind != "NORP" {
			if len(ref.name) > 1 {
				persons = append(persons, i)
			} else {
				parts = append(parts, i)
				continue
			}
		}
		key := r.shareOf(ref) + strings.Join(ref.name, " ")
		if ref.class == human { // middle names come and go
			key = ref.name[0] + " " + ref.name[len(ref.name)-1]
		}
		if k, ok := whole[key]; ok && r.refs[r.find(k)].sex&ref.sex != 0 && r.refs[k].class&ref.class != 0 {
			r.join(k, i)
		} else if !ok {
			whole[key] = i
		}
	}
	r.endings(persons)
	r.partNames(persons, parts, whole)
}

// shareOf is the words that make less of a name than the whole: "southern" Spain, "300" Danes, "some" Danes.
func (r *resolver) shareOf(ref *referent) string {
	n := r.nameAt[ref.m.Head]
	people := ref.nameKind == "NORP" || n == 0 && ref.number == plural
	if !people && ref.nameKind != "LOC" {
		return ""
	}
	var out string
	for _, c := range r.doc.Children(ref.m.Head) {
		tok := &r.doc.Tokens[c]
		if n > 0 && r.nameAt[c] == n {
			continue
		}
		lemma := strings.ToLower(tok.Lemma)
		quantity := tok.Is("nummod") || tok.Is("det") && tok.Feat("PronType") != "Art"
		if r.know.part[lemma] || people && (quantity || tok.Is("amod", "compound")) {
			out += lemma + " "
		}
	}
	return out
}

// endings joins a name of several words with a longer one that ends with it ("Le Goff", "Anne Le Goff").
func (r *resolver) endings(persons []int) {
	for _, i := range persons {
		for _, k := range persons[:min(len(persons), 200)] {
			a, b := r.refs[i].name, r.refs[k].name
			if len(a) < len(b) && slices.Equal(a, b[len(b)-len(a):]) && r.agree(i, k) {
				r.join(i, k)
				break
			}
		}
	}
}

// nameAhead is how many sentences may come between a short name, as in a headline, and the whole name after it.
const nameAhead = 8

// dominance is how many times as often a person is mentioned as another of the same family name for the bare name to be
// theirs even right after the other: papers write both out then, and keep the bare name for the subject of the story.
const dominance = 2

// maxBearers bounds the persons compared with a single name.
const maxBearers = 200

func (r *resolver) partNames(persons, parts []int, whole map[string]int) {
	byLast, byFirst := map[string][]int{}, map[string][]int{}
	for _, i := range persons {
		name := r.refs[i].name
		byLast[name[len(name)-1]] = append(byLast[name[len(name)-1]], i)
		byFirst[name[0]] = append(byFirst[name[0]], i)
	}
	single := map[string][]int{} // mentions that began a chain with no more than this word
	for _, i := range parts {
		word := r.refs[i].name[0]
		k := r.bearer(i, byLast[word], false)
		if k < 0 {
			k = r.bearer(i, byFirst[word], true)
		}
		other := r.calledSo(i, single[word])
		switch {
		case k >= 0 && other >= 0 && r.refs[r.find(other)].earliest < r.refs[r.find(k)].earliest:
			k = other // who was called so before the other bearer of the name came up
		case k < 0 && other >= 0:
			k = other
		case k < 0:
			if other, ok := whole[word]; ok && r.agree(other, i) {
				k = other
			}
		}
		if k >= 0 {
			r.join(k, i)
		} else {
			single[word] = append(single[word], i)
		}
	}
}

// calledSo is the largest of the chains of a single name that mention i agrees with, -1 for none.
func (r *resolver) calledSo(i int, chains []int) int {
	found := -1
	for _, k := range chains[:min(len(chains), 20)] {
		if r.agree(k, i) && (found < 0 || len(r.members[r.find(k)]) > len(r.members[r.find(found)])) {
			found = k
		}
	}
	return found
}

// bearer picks the person a single name means: the one named last before it, or the first after it, unless another
// bearer is so much more the text's subject that the bare name is theirs; with sole, only when all bearers are
// one person. -1 for none.
func (r *resolver) bearer(i int, bearers []int, sole bool) int {
	found, chains := -1, map[int]bool{}
	if len(bearers) > maxBearers {
		after, _ := slices.BinarySearch(bearers, i)
		after = min(max(after, maxBearers), len(bearers))
		bearers = bearers[after-maxBearers : after]
	}
	for _, k := range bearers {
		if !r.agree(k, i) {
			continue
		}
		chains[r.find(k)] = true
		if found < 0 || k < i {
			found = k
		}
	}
	if found < 0 || len(chains) > 1 && (sole || found > i) || found > i && r.refs[found].sent > r.refs[i].sent+nameAhead {
		return -1
	}
	for _, k := range bearers {
		if k < i && chains[r.find(k)] && len(r.members[r.find(k)]) >= dominance*len(r.members[r.find(found)]) {
			found = k
		}
	}
	return found
}

// byAcronym joins letters in brackets with the name before them ("Free Press Union (FPU)"), and letters
// elsewhere with a name whose initials they are.
func (r *resolver) byAcronym(i int) {
	ref := &r.refs[i]
	if r.bracketed(ref) {
		r.introduced(i)
	}
	if len(ref.name) != 1 || !isAcronym(r.doc.Tokens[ref.m.Head].Form) || r.refs[r.find(i)].longest > 1 {
		return
	}
	for k := i - 1; k >= max(0, i-300); k-- {
		other := &r.refs[k]
		if len(other.name) < 2 || other.class&ref.class == 0 || other.class == human {
			continue
		}
		if r.abbreviates(ref.name, other.name) {
			r.join(k, i)
			return
		}
	}
}

// bracketed says whether a mention is letters alone in brackets.
func (r *resolver) bracketed(ref *referent) bool {
	first, end := ref.m.First, ref.m.End
	return end == first+1 && first > 0 && end < len(r.doc.Tokens) && r.doc.Tokens[first-1].Form == "(" &&
		r.doc.Tokens[end].Form == ")" && isAcronym(r.doc.Tokens[first].Form)
}

// introduced joins letters in brackets with the phrase they stand behind: the name of a body whatever its
// words ("the Workers' Party (PKK)"), another phrase when they are its initials.
func (r *resolver) introduced(i int) {
	ref := &r.refs[i]
	found := -1
	for k := i - 1; k >= max(0, i-12); k-- {
		other := &r.refs[k]
		if other.m.End != ref.m.First-1 || other.m.Kind == document.Pronoun {
			continue
		}
		if r.initialsOf(other, r.doc.Tokens[ref.m.First].Form) {
			r.join(k, i)
			return
		}
		if len(other.name) > 0 && other.nameKind != "LOC" && other.nameKind != "PER" && other.class&group != 0 && found < 0 {
			found = k
		}
	}
	if found >= 0 {
		r.join(found, i)
	}
}

// initialsOf says whether letters are the initials of the last words of a phrase.
func (r *resolver) initialsOf(ref *referent, letters string) bool {
	var words []string
	for t := ref.m.First; t < ref.m.End; t++ {
		words = r.appendWord(words, t)
	}
	short := []string{strings.ToLower(strings.ReplaceAll(letters, ".", ""))}
	for from := range words {
		if r.abbreviates(short, words[from:]) {
			return true
		}
	}
	return false
}

func isAcronym(form string) bool {
	upper := 0
	for _, c := range form {
		switch {
		case unicode.IsUpper(c):
			upper++
		case c != '.' && !unicode.IsDigit(c):
			return false
		}
	}
	return upper >= 2
}

// abbreviates says whether a single word of letters is made of the initials of a name, small words left out
// or not.
func (r *resolver) abbreviates(short, long []string) bool {
	if len(short) != 1 || len(long) < 2 || len(short[0]) < 2 {
		return false
	}
	all, content := "", ""
	for _, word := range long {
		initial := string([]rune(word)[:1])
		all += initial
		switch word {
		case "of", "the", "and", "for", "in", "on", "to", "de", "la", "des", "du":
		default:
			content += initial
		}
	}
	return short[0] == all || short[0] == content
}
