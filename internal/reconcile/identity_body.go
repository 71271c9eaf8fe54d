package reconcile

import (
	_ "embed" // for the tables
	"slices"
	"strings"
	"sync"
	"unicode"

	"parley/internal/record"
)

//go:embed tables/identity_words.tsv
var identityWordFile string

// identityWords is the table of words that say something about names: class → words.
type identityWords map[string]map[string]bool

var loadIdentityWords = sync.OnceValue(func() identityWords {
	out := identityWords{}
	for line := range strings.Lines(identityWordFile) {
		class, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(class, "#") {
			continue
		}
		if out[class] == nil {
			out[class] = map[string]bool{}
		}
		for _, w := range strings.Split(words, ";") {
			out[class][w] = true
		}
	}
	return out
})

// identityNamed says whether an actor has a name of its own, so that it can be known again in another article.
func identityNamed(c *identityCandidate) bool {
	a := c.actor
	switch a.Kind {
	case "population":
		return false
	case "state":
		return a.Country != ""
	case "person":
		return namedPerson(c)
	}
	if stateBody(a) {
		return true
	}
	if a.Country == "" && (bodyFamily(a.Kind) == "government" || a.Kind == "armed_force") {
		return false // every country has a Department of Energy
	}
	words := strings.Fields(a.Name)
	if !properName(words) || strings.Contains(a.Name, " and ") && a.Kind == "other" {
		return false
	}
	if a.Kind == "other" && len(words) < 2 {
		return false
	}
	return a.Country != "" && len(words) > 1 || !onlyGeneric(words) || loadIdentityWords()["known"][strings.ToLower(a.Name)]
}

// properName says whether all words begin with a capital or a digit, but for small words.
func properName(words []string) bool {
	small := loadIdentityWords()["small"]
	capitals := 0
	for _, w := range words {
		upper := strings.IndexFunc(w, unicode.IsUpper) >= 0
		if upper {
			capitals++
		}
		if !upper && !small[strings.ToLower(w)] && !startsWithDigit(w) {
			return false
		}
	}
	return capitals > 0 && !startsWithDigit(words[0])
}

func startsWithDigit(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// onlyGeneric says whether a name is made of words that any country or town has a bearer of: "Supreme Court".
func onlyGeneric(words []string) bool {
	t := loadIdentityWords()
	for _, w := range words {
		w = strings.Trim(strings.ToLower(w), ".,'’\"")
		if !t["generic"][w] && !t["small"][w] {
			return false
		}
	}
	return true
}

// stateBody says whether an actor is a body of a state named by its country and a noun: "Russian armed forces".
func stateBody(a *record.Actor) bool {
	if a.Country == "" {
		return false
	}
	lower := strings.ToLower(a.Name)
	for noun := range loadIdentityWords()["statebody"] {
		if head, ok := strings.CutSuffix(lower, " "+noun); ok && strings.Count(head, " ") < 3 && startsUpper(a.Name) && properName(strings.Fields(a.Name[:len(head)])) {
			return true
		}
	}
	return false
}

func startsUpper(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r)
	}
	return false
}

// foldBody is the form by which names of bodies are compared: no case, accents, punctuation, article or legal form,
// and one spelling of words that British and American English spell differently.
func foldBody(name string) string {
	t := loadIdentityWords()
	var out []string
	for _, w := range foldWords(name) {
		if to, ok := bodySpellings()[w]; ok {
			w = to
		}
		if w != "the" && !t["legal"][w] {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// bodySpellings brings two spellings of a word together.
var bodySpellings = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for pair := range loadIdentityWords()["spelling"] {
		from, to, _ := strings.Cut(pair, "=")
		out[from] = to
	}
	return out
})

// plainName is a name without invisible signs and with single spaces.
func plainName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name)
	return strings.Join(strings.Fields(name), " ")
}

// foldWords are the words of a name in lower case without accents and punctuation.
func foldWords(name string) []string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune("'’.", r) {
			return -1
		}
		return r
	}, strings.ReplaceAll(plainName(name), "&", " and "))
	name = foldLetters(strings.ToLower(name))
	return strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// placeBody finds or makes the identity of anybody but a person.
func (x *Identities) placeBody(c *identityCandidate) (*identity, string, float64) {
	a := c.actor
	if a.Kind == "state" {
		key := "state|" + a.Country
		if id := x.all[record.NewID("i", key)]; id != nil && !x.conflict(c, id) {
			return id, "the state " + a.Country, 1
		}
		return x.make(c, key), "the first article that speaks of the state " + a.Country, 1
	}
	folded := foldBody(a.Name)
	if folded == "" {
		return nil, "", 0
	}
	if id, several := x.onlyBody(c, "body|"+folded); id != nil {
		if a.Country != "" && id.Country == a.Country {
			return id, "the same name and country as " + id.describe(), 0.95
		}
		return id, "the same name as " + id.describe(), 0.85
	} else if several {
		return nil, "", 0
	}
	for _, short := range bodyAcronyms(a) {
		if id, _ := x.onlyBody(c, "body|"+foldBody(short)); id != nil && id.fits(c) {
			return id, short + " stands for the name of " + id.describe(), 0.75
		}
	}
	if id := x.initialsOf(c); id != nil {
		return id, "its name and " + id.describe() + ", of the same country, have the same initials", 0.7
	}
	family := bodyFamily(a.Kind)
	return x.make(c, family+"|"+folded, family+"|"+folded+"|"+a.Country), "the first article that names it", 1
}

// initialsOf is the one body of the same country whose name an acronym that nobody explained stands for, or whose
// acronym stands for the actor's name.
func (x *Identities) initialsOf(c *identityCandidate) *identity {
	var key string
	switch short := strings.ReplaceAll(c.actor.Name, ".", ""); {
	case c.actor.Country == "":
		return nil
	case isAcronym(short):
		key = "initials|" + short
	default:
		short = nameInitials(c.actor.Name)
		if short == "" {
			return nil
		}
		key = "body|" + strings.ToLower(short)
	}
	if id, _ := x.onlyBody(c, key); id != nil && id.Country == c.actor.Country {
		return id
	}
	return nil
}

// nameInitials are the first letters of a name of three words or more, small words left out; else empty.
func nameInitials(name string) string {
	small := loadIdentityWords()["small"]
	var out []rune
	for _, w := range strings.Fields(name) {
		if !small[strings.ToLower(w)] {
			out = append(out, unicode.ToUpper([]rune(w)[0]))
		}
	}
	if len(out) < 3 {
		return ""
	}
	return string(out)
}

// onlyBody is the one body under a key that an actor can be; several when there are more.
func (x *Identities) onlyBody(c *identityCandidate, key string) (only *identity, several bool) {
	for _, id := range x.keys[key] {
		if bodyFamily(id.Kind) != bodyFamily(c.actor.Kind) || x.conflict(c, id) {
			continue
		}
		if only != nil && x.rulings.root(only.ID) != x.rulings.root(id.ID) {
			if sameCountry(id, c) == sameCountry(only, c) {
				return nil, true
			}
			if sameCountry(only, c) {
				continue
			}
		}
		only = id
	}
	return only, false
}

func sameCountry(id *identity, c *identityCandidate) bool {
	return c.actor.Country != "" && id.Country == c.actor.Country
}

// bodyFamily puts together kinds that readers of different articles take for each other.
func bodyFamily(kind string) string {
	switch kind {
	case "body", "company", "media", "international_organization", "alliance", "armed_group", "other":
		return "organization"
	case "government", "office":
		return "government"
	}
	return kind
}

// bodyAcronyms are the short forms of an actor's name among its aliases, and its name where that is one.
func bodyAcronyms(a *record.Actor) []string {
	if a.Kind == "person" || a.Kind == "state" {
		return nil
	}
	var out []string
	for _, alias := range append([]string{a.Name}, a.Aliases...) {
		short := strings.ReplaceAll(alias, ".", "")
		if isAcronym(short) && !slices.Contains(out, short) && (alias == a.Name || standsForName(short, a.Name)) {
			out = append(out, short)
		}
	}
	return out
}

func isAcronym(s string) bool {
	return len(s) >= 2 && len(s) <= 8 && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsUpper(r) && !unicode.IsDigit(r) }) < 0
}

// standsForName says whether a short form is made of the first letters of a name's words, small words left out or not.
func standsForName(short, name string) bool {
	small := loadIdentityWords()["small"]
	var all, main strings.Builder
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }) {
		first := strings.ToUpper(string([]rune(w)[:1]))
		all.WriteString(first)
		if !small[strings.ToLower(w)] {
			main.WriteString(first)
		}
	}
	return short == all.String() || short == main.String()
}

// fits says whether an identity that has an acronym can have a long name too: it has none yet, and no link, or it is of
// the same country. East African Community and Election Assistance Commission are not one.
func (id *identity) fits(c *identityCandidate) bool {
	long := func(n string) bool { return !isAcronym(strings.ReplaceAll(n, ".", "")) }
	return len(id.SameAs) == 0 && (sameCountry(id, c) || !long(id.Name) && !slices.ContainsFunc(id.Aliases, long))
}
