package resolve

import "strings"

// person says what an unnamed person or group is, by its noun.
type person struct{ kind, many, sector string }

// hint says what an organisation is, by a word of its name.
type hint struct{ kind, sector string }

func (t *tables) loadPeople() error {
	lines, err := rows("people.tsv", 4)
	if err != nil {
		return err
	}
	for _, f := range lines {
		for _, lemma := range list(f[3]) {
			if _, ok := t.people[lemma]; !ok {
				t.people[lemma] = person{f[0], f[1], f[2]}
			}
		}
	}
	if lines, err = rows("hints.tsv", 3); err != nil {
		return err
	}
	for _, f := range lines {
		for _, word := range list(f[2]) {
			if _, ok := t.orgHints[word]; !ok {
				t.orgHints[word] = hint{f[0], f[1]}
			}
		}
	}
	for _, w := range strings.Fields("mr mrs ms miss mister dr sir dame lord lady madam mme sheikh shaikh prince princess king queen " +
		"president premier chancellor senator general gen col colonel maj major lt lieutenant capt captain sgt adm admiral brig brigadier " +
		"minister secretary ambassador pope sen rep gov prof professor judge justice governor mayor chairman spokesman spokeswoman comrade rev reverend imam ayatollah") {
		t.titles[w] = true
	}
	return nil
}

func (t *tables) loadWords() error {
	lines, err := rows("words.tsv", 2)
	if err != nil {
		return err
	}
	for _, f := range lines {
		t.words[f[0]] = map[string]bool{}
		for _, word := range list(f[1]) {
			t.words[f[0]][word] = true
		}
	}
	return nil
}
