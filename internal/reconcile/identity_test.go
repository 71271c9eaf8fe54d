package reconcile

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/internal/record"
)

// who is an actor written short: "name|kind|country|role|link|aliases", the end left out.
func who(short string) record.Actor {
	f := append(strings.Split(short, "|"), "", "", "", "", "")
	a := record.Actor{Name: f[0], Kind: f[1], Country: f[2], Role: f[3]}
	if f[4] != "" {
		a.SameAs = []string{f[4]}
	}
	if f[5] != "" {
		a.Aliases = strings.Split(f[5], ";")
	}
	return a
}

// recordOf is a record of an article of a day of March 2031 with actors.
func recordOf(number, day int, actors ...string) *record.Record {
	rec := &record.Record{Document: record.Document{ID: fmt.Sprintf("d-%d", number), Published: fmt.Sprintf("2031-03-%02d", day)}}
	for i, short := range actors {
		a := who(short)
		a.ID = record.ID(fmt.Sprintf("a-%d-%d", number, i))
		rec.Actors = append(rec.Actors, a)
	}
	return rec
}

func TestIdentityPairs(t *testing.T) {
	tests := []struct {
		name, a, b string
		same       bool
	}{
		{"a shared link", "Ana Ruiz|person|NRL||wikidata:Q1", "A. M. Ruiz|person|||wikidata:Q1", true},
		{"different links", "Ana Ruiz|person|NRL||wikidata:Q1", "Ana Ruiz|person|NRL||wikidata:Q2", false},
		{"a state", "Norland|state|NRL", "Norland|state|NRL", true},
		{"a state and another", "Norland|state|NRL", "Southmark|state|STM", false},
		{"a ministry", "Norlandic Foreign Ministry|government|NRL", "Norlandic Foreign Ministry|government|NRL", true},
		{"two ministries", "Norlandic Foreign Ministry|government|NRL", "Norlandic Defence Ministry|government|NRL", false},
		{"British and American spelling", "Ministry of Defence of Norland|government|NRL", "Ministry of Defense of Norland|government|NRL", true},
		{"armed forces", "Norlandic armed forces|armed_force|NRL", "Norlandic armed forces|armed_force|NRL", true},
		{"forces and state", "Norland|armed_force|NRL", "Norland|state|NRL", false},
		{"an organisation", "The Ase Valley Trust|body", "Ase Valley Trust|body|NRL", true},
		{"an organisation of another country", "Ase Valley Trust|body|STM", "Ase Valley Trust|body|NRL", false},
		{"kinds that readers mix up", "Ase Shipping Ltd.|company|NRL", "Ase Shipping|body|NRL", true},
		{"an acronym", "Ase Monitoring Mission|body||||AMM", "AMM|body", true},
		{"an acronym nobody explained", "Ase Monitoring Mission|body", "AMM|body", false},
		{"one of the same country", "Ase Monitoring Mission|body|NRL", "AMM|body|NRL", true},
		{"the name after the acronym", "AMM|body|NRL", "Ase Monitoring Mission|body|NRL", true},
		{"two names with one acronym", "Election Aid Council|body||||EAC", "Elbe Angling Club|body||||EAC", false},
		{"another acronym", "Ase Monitoring Mission|body", "AMC|body", false},
		{"a name that every country has", "Supreme Court|body", "Supreme Court|body", false},
		{"the same of one country", "Supreme Court|body|NRL", "Supreme Court|body|NRL", true},
		{"a group without a name", "officials|other|NRL", "officials|other|NRL", false},
		{"residents", "People of Norland|population|NRL", "People of Norland|population|NRL", false},
		{"a full name", "Ana Ruiz|person|NRL", "Ana Ruiz|person", true},
		{"accents", "Ana Ruíz|person", "Ana Ruiz|person", true},
		{"another country", "Ana Ruiz|person|NRL", "Ana Ruiz|person|STM", false},
		{"another first name", "Ana Ruiz|person|NRL|Foreign Minister of Norland", "Eva Ruiz|person|NRL|Foreign Minister of Norland", false},
		{"another role later", "Ana Ruiz|person|NRL|Foreign Minister of Norland", "Ana Ruiz|person|NRL|Prime Minister of Norland", true},
		{"transliterations, one country", "Serhiy Zelenskyi|person|UKR", "Serhii Zelensky|person|UKR", true},
		{"an initial and the same role", "A. Ruiz|person|NRL|Foreign Minister of Norland", "Ana Ruiz|person|NRL|Foreign Minister of Norland", true},
		{"a title and two names", "President Ana Ruiz|person", "Ana Ruiz|person", true},
		{"a family name and the role", "Ana Ruiz|person|NRL|Foreign Minister of Norland", "Ruiz|person|NRL|Foreign Minister of Norland", true},
		{"a family name and the country", "Ana Ruiz|person|NRL", "Ruiz|person|NRL", true},
		{"a family name alone", "Ana Ruiz|person|NRL", "Ruiz|person", false},
		{"the full name after the family name", "Ruiz|person|NRL|Foreign Minister of Norland", "Ana Ruiz|person|NRL|Foreign Minister of Norland", true},
		{"a role without a name", "foreign minister|person|NRL|Foreign Minister of Norland", "foreign minister|person|NRL|Foreign Minister of Norland", false},
		{"a role and a name", "foreign minister|person|NRL|Foreign Minister of Norland", "Ana Ruiz|person|NRL|Foreign Minister of Norland", false},
		{"a pope", "Pope Clement|person|VAT|Pope", "Pope Clement|person|VAT|Pope", true},
		{"kings of two countries", "King Abdon|person|NRL", "King Abdon|person", false},
		{"a number", "Abdon II|person|NRL", "Abdon II|person", true},
		{"person and body", "Ana Ruiz|person", "Ana Ruiz|body", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			x := NewIdentities(nil, nil, nil)
			_, first := x.Add(recordOf(1, 1, test.a))
			_, second := x.Add(recordOf(2, 2, test.b))
			same := len(first) == 1 && len(second) == 1 && first[0].Identity == second[0].Identity
			if same != test.same {
				t.Errorf("one identity: %v, want %v\n%+v\n%+v", same, test.same, first, second)
			}
			for _, m := range slices.Concat(first, second) {
				if m.Reason == "" || m.Score <= 0 || m.Score > 1 {
					t.Errorf("membership without reason or score: %+v", m)
				}
			}
		})
	}
}

// What more than two articles decide: the last actor joins the identity of the article named, or none (-1), or a new
// one (its own number).
func TestIdentityOthers(t *testing.T) {
	ruiz, eva := "Ana Ruiz|person|NRL|Foreign Minister of Norland", "Eva Ruiz|person|NRL|Mayor"
	tests := []struct {
		name   string
		days   []int
		actors []string
		want   int
	}{
		{"two of the family name in one country", []int{1, 1, 2}, []string{ruiz, eva, "Ruiz|person|NRL"}, -1},
		{"two of the family name, the role tells", []int{1, 1, 2}, []string{ruiz, eva, "Ruiz|person|NRL|Foreign Minister of Norland"}, 0},
		{"a short form, nobody else of that name", []int{1, 1, 2}, []string{"Leonard Berg|person", "Ana Ruiz|person", "Len Berg|person"}, 0},
		{"a short form, somebody else of that name", []int{1, 1, 2}, []string{"Leonard Berg|person", "Ida Berg|person", "Len Berg|person"}, 2},
		{"namesakes of two countries", []int{1, 1, 2}, []string{ruiz, "Ana Ruiz|person|STM", "Ana Ruiz|person"}, -1},
		{"namesakes, the country tells", []int{1, 1, 2}, []string{ruiz, "Ana Ruiz|person|STM", "Ana Ruiz|person|STM"}, 1},
		{"namesakes, one far better known", []int{1, 2, 3, 4, 5, 6, 7}, []string{ruiz, ruiz, ruiz, ruiz, ruiz, "Ana Ruiz|person|STM", "Ana Ruiz|person"}, 0},
		{"bodies of two countries", []int{1, 1, 2}, []string{"Ase Trust|body|NRL", "Ase Trust|body|STM", "Ase Trust|body"}, -1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			x := NewIdentities(nil, nil, nil)
			var of []record.ID
			for i, short := range test.actors {
				id := record.ID("")
				if _, m := x.Add(recordOf(i, test.days[i], short)); len(m) > 0 {
					id = m[0].Identity
				}
				of = append(of, id)
			}
			last := of[len(of)-1]
			got := slices.Index(of, last)
			if last == "" {
				got = -1
			}
			if got != test.want {
				t.Errorf("the last is with %d, want %d: %v", got, test.want, of)
			}
		})
	}
}

func TestIdentityFamilyNameOutsideWindow(t *testing.T) {
	x := NewIdentities(nil, nil, nil)
	x.Add(recordOf(1, 1, "Ana Ruiz|person|NRL"))
	late := recordOf(2, 1, "Ruiz|person|NRL")
	late.Document.Published = "2031-06-01"
	if _, m := x.Add(late); len(m) != 0 {
		t.Errorf("three months later a family name is enough: %+v", m)
	}
}

func TestIdentityDecisions(t *testing.T) {
	people := []string{"Ana Ruiz|person|NRL", "Anna Ruis|person|NRL|Mayor", "Ana Ruiz|person|NRL"}
	x := NewIdentities(nil, nil, nil)
	var members []record.Membership
	known := map[record.ID]record.Identity{}
	for i, p := range people {
		ids, m := x.Add(recordOf(i, 1, strings.Replace(p, "Anna Ruis", "Eva Ruis", 1)))
		members = append(members, m...)
		for _, id := range ids {
			known[id.ID] = id
		}
	}
	var rows []record.Identity
	for _, id := range known {
		rows = append(rows, id)
	}
	slices.SortFunc(rows, func(a, b record.Identity) int { return strings.Compare(string(a.ID), string(b.ID)) })
	ana, eva := members[0].Identity, members[1].Identity
	if ana == eva || members[2].Identity != ana {
		t.Fatalf("before any decision: %+v", members)
	}
	merge := record.Judgement{Verb: "merge", Subject: ana, Object: eva, Who: "kim", Why: "a slip of the pen"}
	split := record.Judgement{Verb: "split", Subject: ana, Object: eva, Who: "kim", Why: "sisters"}
	leave := record.Judgement{Verb: "split", Subject: "a-2-0", Object: ana, Who: "kim", Why: "a namesake"}

	merged := NewIdentities(rows, members, []record.Judgement{split, merge})
	changed, moved := merged.Judged()
	want := []record.Membership{{Actor: "a-1-0", Identity: ana, Reason: "merged by kim: a slip of the pen", Score: 1}}
	if d := cmp.Diff(want, moved); d != "" {
		t.Errorf("moved (-want +got):\n%s", d)
	}
	counts := map[record.ID]int{}
	for _, id := range changed {
		counts[id.ID] = id.Members
	}
	if d := cmp.Diff(map[record.ID]int{ana: 3, eva: 0}, counts); d != "" {
		t.Errorf("members (-want +got):\n%s", d)
	}
	if _, m := merged.Add(recordOf(9, 2, "Eva Ruis|person|NRL")); len(m) != 1 || m[0].Identity != ana {
		t.Errorf("after the merge another article's actor goes to %+v", m)
	}
	apart := NewIdentities(rows, append(members[:1:1], want...), []record.Judgement{split, merge, split})
	if _, m := apart.Add(recordOf(1, 1, "Eva Ruis|person|NRL|Mayor")); len(m) != 1 || m[0].Identity != eva {
		t.Errorf("after the merge is taken back the actor goes to %+v, want %s", m, eva)
	}
	left := NewIdentities(rows, members, []record.Judgement{leave})
	if _, m := left.Add(recordOf(2, 1, people[2])); len(m) != 1 || m[0].Identity == ana {
		t.Errorf("after the split the actor goes to %+v", m)
	}
}

// Adding an article again keeps its memberships and counts nobody twice.
func TestIdentityAgain(t *testing.T) {
	x := NewIdentities(nil, nil, nil)
	rec := recordOf(1, 1, "Ana Ruiz|person|NRL", "Norland|state|NRL", "Ase Valley Trust|body")
	ids, first := x.Add(rec)
	idsAgain, again := x.Add(rec)
	if d := cmp.Diff(first, again); d != "" {
		t.Errorf("memberships (-first +again):\n%s", d)
	}
	if d := cmp.Diff(ids, idsAgain); d != "" {
		t.Errorf("identities (-first +again):\n%s", d)
	}
}

// The order of articles does not matter where every actor is told by its name, country and kind.
func TestIdentityOrder(t *testing.T) {
	actors := []string{"Norland|state|NRL", "Southmark|state|STM", "Ana Ruiz|person|NRL", "Tom Berg|person|STM|Envoy of Southmark", "Ase Valley Trust|body|NRL",
		"Norlandic armed forces|armed_force|NRL", "Eva Lind|person|NRL", "Norlandic Foreign Ministry|government|NRL", "officials|other"}
	rapid.Check(t, func(t *rapid.T) {
		var recs []*record.Record
		for i := range rapid.IntRange(1, 8).Draw(t, "articles") {
			recs = append(recs, recordOf(i, 1+i, rapid.SliceOfNDistinct(rapid.SampledFrom(actors), 1, 4, rapid.ID).Draw(t, "actors")...))
		}
		got := func(recs []*record.Record) map[record.ID]record.ID {
			x, out := NewIdentities(nil, nil, nil), map[record.ID]record.ID{}
			for _, rec := range recs {
				_, ms := x.Add(rec)
				for _, m := range ms {
					out[m.Actor] = m.Identity
				}
			}
			return out
		}
		if d := cmp.Diff(got(recs), got(rapid.Permutation(recs).Draw(t, "order"))); d != "" {
			t.Fatalf("in another order:\n%s", d)
		}
	})
}

func TestIdentityHostile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := NewIdentities(nil, nil, nil)
		for i := range rapid.IntRange(1, 4).Draw(t, "articles") {
			rec := recordOf(i, 1, "|person", "|body", " |other", "Ⅷ|person", "\u200d|company|NRL", "Xi|person|CHN|Leader of China")
			for k := range rec.Actors {
				rec.Actors[k].Name += rapid.String().Draw(t, "name")
			}
			ids, ms := x.Add(rec)
			if len(ids) > len(ms) || len(ms) > len(rec.Actors) {
				t.Fatalf("%d identities, %d memberships of %d actors", len(ids), len(ms), len(rec.Actors))
			}
		}
	})
}

func TestCompareNames(t *testing.T) {
	tests := []struct {
		a, b string
		want nameLikeness
	}{
		{"Ana Ruiz", "ANA RUÍZ", sameName},
		{"Mr. Tom Berg Jr.", "Tom Berg", sameName},
		{"Tom O’Hara", "Tom O'Hara", sameName},
		{"Jean-Luc Moreau", "Jean Luc Moreau", sameName},
		{"Karim al-Hadi", "Karim el Hadi", sameName},
		{"Karim Abdul-Hadi", "Karim Abdulhadi", sameName},
		{"Chen Wei-lin", "Wei Lin Chen", sameName},
		{"US President Ana Ruiz", "Ana Ruiz", sameName},
		{"FAO Ana Ruiz", "Ana Ruiz", sameName},
		{"Omar bin Yusuf Al Sabah", "Omar bin Yusuf", sameName},
		{"Omar bin Yusuf Al Sabah", "Omar bin Yusuf Al Harbi", differentName},
		{"Shia’a Hadi", "Shia Hadi", spelledName},
		{"Ana Maria Ruiz", "Ana Ruiz", partName},
		{"Volodymyr Zelensky", "Volodymyr Zelenskyy", spelledName},
		{"Volodymyr Zelenskiy", "Volodymyr Zelenskyj", spelledName},
		{"Alexander Lukashenko", "Alexander Lukashenka", spelledName},
		{"Karim Gaddafi", "Karim Qadhafi", spelledName},
		{"Karim Gadhafi", "Karim Kadafi", spelledName},
		{"Yevgeny Orlov", "Evgeny Orloff", spelledName},
		{"Mohammed Hadi", "Mohamed Hadi", spelledName},
		{"Oleksii Shevchenko", "Oleksiy Shevchenko", spelledName},
		{"Dzhokhar Hadzic", "Džohar Hadžić", spelledName},
		{"Abdel Kader Ben Youssef", "Abdelkader Benyoussef", sameName},
		{"William Berg", "Bill Berg", shortName},
		{"Mitchell Berg", "Mitch Berg", shortName},
		{"Recai Tarik Ersoy", "Tarik Ersoy", shortName},
		{"T. Berg", "Tom Berg", initialName},
		{"Ana Ruiz", "Eva Ruiz", differentName},
		{"Paul Berg", "Paula Berg", differentName},
		{"Daniel Berg", "Danielle Berg", differentName},
		{"Tom W. Berg", "Tom H. W. Berg", differentName},
		{"Jessie K. Liu", "Kerry Lee", differentName},
		{"Chen Wei-lin", "Chen Wei-min", differentName},
		{"Erik Hansen", "Erik Jansen", differentName},
		{"Olga Petrov", "Olga Petrova", differentName},
		{"Ruiz", "Ana Ruiz", differentName}, // a family name alone is another rule's matter
	}
	for _, test := range tests {
		for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
			if got := compareNames(parseName(pair[0]), parseName(pair[1])); got != test.want {
				t.Errorf("%s, %s: %v, want %v", pair[0], pair[1], got, test.want)
			}
		}
	}
}

// The values are those of Winkler's paper.
func TestJaroWinkler(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want float64
	}{{"martha", "marhta", 0.961}, {"dixon", "dicksonx", 0.813}, {"dwayne", "duane", 0.84}, {"a", "", 0}, {"same", "same", 1}} {
		if got := jaroWinkler(test.a, test.b); math.Abs(got-test.want) > 0.001 {
			t.Errorf("%s, %s: %.3f, want %.3f", test.a, test.b, got, test.want)
		}
	}
}

func TestIdentityTables(t *testing.T) {
	words := loadIdentityWords()
	for _, class := range []string{"small", "title", "suffix", "particle", "role", "generic", "statebody", "legal", "spelling", "regnal", "known", "office"} {
		if len(words[class]) == 0 {
			t.Errorf("class %s has no words", class)
		}
		for w := range words[class] {
			if w == "" || w != strings.ToLower(w) || w != strings.TrimSpace(w) {
				t.Errorf("class %s: %q is not a word in lower case", class, w)
			}
		}
	}
	if len(words) != 12 {
		t.Errorf("%d classes, want 12", len(words))
	}
	for from, to := range bodySpellings() {
		if from == to || to == "" || bodySpellings()[to] != "" {
			t.Errorf("spelling %s=%s leads nowhere", from, to)
		}
	}
	names := loadIdentityNames()
	if len(names.sounds) < 30 || len(names.nickname) < 80 {
		t.Errorf("%d sounds and %d nicknames: was the table read?", len(names.sounds), len(names.nickname))
	}
	seen := map[string]string{}
	for line := range strings.Lines(identityNameFile) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(f) != 3 || f[1] == "" || !slices.Contains([]string{"letter", "sound", "nickname"}, f[0]) {
			t.Errorf("bad line %q", line)
			continue
		}
		if f[0] == "nickname" {
			for _, n := range append(strings.Split(f[2], ";"), f[1]) {
				if old, ok := seen[n]; ok && old != f[1] {
					t.Errorf("%s is a form of %s and of %s", n, old, f[1])
				}
				seen[n] = f[1]
			}
		}
	}
}

func TestOriginTables(t *testing.T) {
	if len(loadFurniture()) < 10 || len(loadReporters()) < 40 {
		t.Errorf("%d furniture phrases, %d names of reporters: were the tables read?", len(loadFurniture()), len(loadReporters()))
	}
	for _, phrase := range loadFurniture() {
		if phrase != strings.ToLower(phrase) {
			t.Errorf("%q is not lower case", phrase)
		}
	}
	for name, known := range loadReporters() {
		if name != strings.ToLower(name) || loadReporters()[strings.ToLower(known)] != known {
			t.Errorf("%q leads to %q, which leads elsewhere", name, known)
		}
	}
}

// Each article has twenty actors of some ten thousand.
func BenchmarkIdentitiesAdd(b *testing.B) {
	x := NewIdentities(nil, nil, nil)
	next := func(i int) *record.Record {
		var actors []string
		for k := range 20 {
			n := (i*7919 + k*104729) % 10000
			actors = append(actors, fmt.Sprintf("Ana%c Ru%cz%c%c|person|N%c", 'a'+n%26, 'a'+n/26%26, 'a'+n/676%26, 'b'+n%20, 'A'+n%17))
		}
		return recordOf(i, 1+i%28, actors...)
	}
	for i := range 5000 {
		x.Add(next(i))
	}
	for i := 5000; b.Loop(); i++ {
		b.StopTimer()
		rec := next(i)
		b.StartTimer()
		x.Add(rec)
	}
}
