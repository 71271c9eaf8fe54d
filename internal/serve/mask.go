package serve

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"parley/internal/record"
)

// A visitor of a public archive sees answers with the names of private persons masked: docs/security.md gives the rule and
// its limits. It works on answers, not on what is asked, so that no endpoint can forget it: every answer that names an
// article, an actor or an identity by its id gets the names of the private persons of these hidden in all of its text.

// maskedName stands where a name alone stood.
const maskedName = "a person (masked)"

// block stands for each letter of a name inside text, so that spans still hold.
const block = "█"

// rememberedNames is how many articles, actors and identities a masker remembers.
const rememberedNames = 5000

// private says whether an actor is a person whose name is hidden from visitors: one whom nothing in the record shows to
// speak or act for a state, its forces, its courts, a party, an armed group or an international organisation, and whom
// no table of public persons knows.
func private(kind, sector string, sameAs []string) bool {
	if kind != "person" || len(sameAs) > 0 {
		return false
	}
	public := []string{"GOV", "MIL", "LEG", "JUD", "OPP", "PTY", "REB", "SPY", "IGO"}
	return !slices.Contains(public, sector)
}

// names are what is hidden: whole names, and the words of them; in lower case.
type names struct{ whole, words map[string]bool }

func newNames() names { return names{map[string]bool{}, map[string]bool{}} }

// add hides a name, and its words where they stand alone. What has no capital is a description, such as "local resident".
func (n names) add(name string) {
	if !named(name) {
		return
	}
	n.whole[strings.ToLower(name)] = true
	eachWord(name, func(word string) {
		if capital(word) && utf8.RuneCountInString(word) > 1 && !honorific(word) {
			n.words[strings.ToLower(word)] = true
		}
	})
}

// spare leaves the words of a name that is shown as they are, though somebody whose name is hidden shares them.
func (n names) spare(name string) {
	eachWord(name, func(word string) { delete(n.words, strings.ToLower(word)) })
}

func (n names) merge(other names) {
	for name := range other.whole {
		n.whole[name] = true
	}
	for word := range other.words {
		n.words[word] = true
	}
}

// masker hides the names of private persons, and ids, in answers about an archive. It is safe for concurrent use.
type masker struct {
	in         Archive
	pseudonyms pseudonyms

	mu      sync.Mutex
	changes int64
	known   map[record.ID]names
}

// JSON is an answer, or a problem, with the names hidden. An error means that it must not be sent.
func (m *masker) JSON(ctx context.Context, body []byte, problem bool) ([]byte, error) {
	var answer any
	dec := json.NewDecoder(strings.NewReader(string(body)))
	dec.UseNumber()
	if err := dec.Decode(&answer); err != nil {
		return nil, err
	}
	_, changes, err := m.in.Mark(ctx)
	if err != nil {
		return nil, err
	}
	hide := newNames()
	for _, id := range idsIn(answer) {
		more, err := m.of(ctx, id, changes)
		if err != nil {
			return nil, err
		}
		hide.merge(more)
	}
	inlinePersons(answer, hide)
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err = enc.Encode(m.pseudonyms.answer(hide.value(answer, ""), "", problem))
	return []byte(out.String()), err
}

// of are the names to hide because of an article, an actor or an identity, of an archive that has changed so often.
func (m *masker) of(ctx context.Context, id record.ID, changes int64) (names, error) {
	m.mu.Lock()
	if m.known == nil || m.changes != changes || len(m.known) > rememberedNames {
		m.known, m.changes = map[record.ID]names{}, changes
	}
	found, known := m.known[id]
	m.mu.Unlock()
	if known {
		return found, nil
	}
	found, err := m.lookUp(ctx, id)
	if errors.Is(err, record.ErrNotFound) || errors.Is(err, record.ErrErased) {
		err = nil // an id that only looks like one, or of an article without text
	}
	if err != nil {
		return names{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.changes == changes {
		m.known[id] = found
	}
	return found, nil
}

func (m *masker) lookUp(ctx context.Context, id record.ID) (names, error) {
	hide := newNames()
	switch id[0] {
	case 'd':
		rec, err := m.in.Record(ctx, id)
		if err != nil {
			return hide, err
		}
		hide.ofRecord(rec)
	case 'i':
		who, err := m.in.Identity(ctx, id)
		if err != nil {
			return hide, err
		}
		hide.person(who.Kind, who.Sector, who.SameAs, who.Name, who.Aliases)
	case 'a':
		entry, err := m.in.Entry(ctx, id)
		if err != nil {
			return hide, err
		}
		var actor record.Actor
		if err := json.Unmarshal(entry.Item, &actor); err != nil {
			return hide, err
		}
		hide.person(actor.Kind, actor.Sector, actor.SameAs, actor.Name, actor.Aliases)
	}
	return hide, nil
}

// ofRecord hides the private persons of an article.
func (n names) ofRecord(rec *record.Record) {
	for _, a := range rec.Actors {
		n.person(a.Kind, a.Sector, a.SameAs, a.Name, a.Aliases)
	}
	for _, a := range rec.Actors {
		if !private(a.Kind, a.Sector, a.SameAs) {
			n.spare(a.Name)
		}
	}
	for _, p := range rec.Places {
		n.spare(p.Name)
	}
}

// person hides a person, if private.
func (n names) person(kind, sector string, sameAs []string, name string, aliases []string) {
	if !private(kind, sector, sameAs) {
		return
	}
	for _, each := range append([]string{name}, aliases...) {
		n.add(each)
	}
}

// idsIn are the ids of articles, actors and identities in an answer, as values and as keys; sorted.
func idsIn(answer any) []record.ID {
	ids := map[record.ID]bool{}
	var walk func(any)
	walk = func(value any) {
		switch v := value.(type) {
		case string:
			if idLike(v) {
				ids[record.ID(v)] = true
			}
		case []any:
			for _, each := range v {
				walk(each)
			}
		case map[string]any:
			for key, each := range v {
				walk(key)
				walk(each)
			}
		}
	}
	walk(answer)
	return slices.Sorted(maps.Keys(ids))
}

// idLike says whether a text looks like the id of an article, an actor or an identity.
func idLike(s string) bool {
	return len(s) == 14 && s[1] == '-' && strings.ContainsRune("dai", rune(s[0])) && !strings.ContainsFunc(s[2:], func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
}

// inlinePersons hides persons that an answer describes itself.
func inlinePersons(value any, hide names) {
	switch v := value.(type) {
	case []any:
		for _, each := range v {
			inlinePersons(each, hide)
		}
	case map[string]any:
		text := func(key string) string { s, _ := v[key].(string); return s }
		if text("kind") == "person" {
			hide.person("person", text("sector"), texts(v["same_as"]), text("name"), texts(v["aliases"]))
		}
		for _, each := range v {
			inlinePersons(each, hide)
		}
	}
}

// texts are the strings of a list.
func texts(value any) (out []string) {
	list, _ := value.([]any)
	for _, each := range list {
		if s, ok := each.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// value is a part of an answer with the names hidden; key is what it is called in the part around it.
func (n names) value(value any, key string) any {
	switch v := value.(type) {
	case string:
		switch key {
		case "location", "guid": // where it lies on the disk of whoever keeps the archive
			return ""
		case "text_hash", "raw_hash": // of the words as they are: names put in for the blocks could be tried against it
			return ""
		case "state_reason": // what somebody wrote when they withdrew or erased it
			return ""
		case "reason":
			return n.alone(undecided(v))
		case "url", "parent_url":
			return n.address(v)
		case "text", "before", "after", "words":
			return n.inText(v)
		case "title": // may be the name of a file, in which names of persons have no capitals
			return n.blocked(v, func(string) bool { return true })
		}
		return n.alone(v)
	case []any:
		for i, each := range v {
			v[i] = n.value(each, key)
		}
	case map[string]any:
		delete(v, "headers")                                   // of servers
		for _, key := range []string{"history", "decisions"} { // who decided what here
			if _, there := v[key]; there {
				v[key] = []any{}
			}
		}
		for name, each := range v {
			v[name] = n.value(each, name)
		}
	}
	return value
}

// undecided is a reason without who decided so, and what they wrote.
func undecided(reason string) string {
	for _, begins := range []string{record.MergedBy, record.DecidedBy} {
		before, _, found := strings.Cut("; "+reason, "; "+begins)
		if found {
			return strings.TrimPrefix(before+"; "+begins+"a person", "; ")
		}
	}
	return reason
}

// alone hides a name that stands alone, and those inside of longer text.
func (n names) alone(s string) string {
	if n.whole[strings.ToLower(s)] {
		return maskedName
	}
	return n.inText(s)
}

// inText hides the words of names in text, letter by letter, where they stand with a capital.
func (n names) inText(s string) string { return n.blocked(s, capital) }

// blocked hides those words of names that may be one, letter by letter.
func (n names) blocked(s string, may func(word string) bool) string {
	var out strings.Builder
	at := 0
	eachWordAt(s, func(from, to int) {
		word := s[from:to]
		if may(word) && n.words[strings.ToLower(word)] {
			out.WriteString(s[at:from] + strings.Repeat(block, utf8.RuneCountInString(word)))
			at = to
		}
	})
	return out.String() + s[at:]
}

// address is a link, unless a name stands in it.
func (n names) address(link string) string {
	plain, err := url.PathUnescape(link)
	if err != nil {
		return ""
	}
	hit := false
	eachWord(plain, func(word string) { hit = hit || n.words[strings.ToLower(word)] })
	if hit {
		return ""
	}
	return link
}

// eachWord calls with each run of letters.
func eachWord(s string, word func(string)) {
	eachWordAt(s, func(from, to int) { word(s[from:to]) })
}

func eachWordAt(s string, word func(from, to int)) {
	from := -1
	for i, r := range s {
		switch letter := unicode.IsLetter(r) || unicode.IsMark(r); {
		case letter && from < 0:
			from = i
		case !letter && from >= 0:
			word(from, i)
			from = -1
		}
	}
	if from >= 0 {
		word(from, len(s))
	}
}

// named says whether there is a capital in a name, or a letter of a script that has none.
func named(name string) (yes bool) {
	eachWord(name, func(word string) { yes = yes || capital(word) })
	return yes
}

func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return !unicode.IsLower(r)
}

// honorific says whether a word goes before names and is none.
func honorific(word string) bool {
	switch word {
	case "Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor", "Sir", "Dame", "Lady", "Lord", "Father", "Sister", "Brother", "Imam", "Sheikh", "The":
		return true
	}
	return false
}
