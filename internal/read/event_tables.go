package read

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed tables/frames.tsv
var framesTSV string

//go:embed tables/frame_classes.tsv
var frameClassesTSV string

//go:embed tables/agents.tsv
var agentsTSV string

//go:embed tables/status.tsv
var statusTSV string

//go:embed tables/contacts.tsv
var contactsTSV string

//go:embed tables/conditions.tsv
var conditionsTSV string

//go:embed tables/conflicts.tsv
var conflictsTSV string

//go:embed tables/agreements.tsv
var agreementsTSV string

//go:embed tables/contexts.tsv
var contextsTSV string

//go:embed tables/event_forms.tsv
var eventFormsTSV string

//go:embed tables/event_words.tsv
var eventWordsTSV string

// slotTest is one condition of a frame: what must, or must not, stand with the word.
type slotTest struct {
	slot    string
	not     bool
	values  map[string]bool // nil: anything
	agent   bool            // the value AGENT: an actor-like phrase
	speaker bool            // the value SPEAKER: a person who attacks with words rather than arms
}

// frame is one line of frames.tsv or contacts.tsv.
type frame struct {
	kind          string // PLOVER type, or the kind of a contact
	mode, context string
	cameo         string
	roles         string
	tests         []slotTest
	line          int
}

// asks is how many conditions ask for something; those that only exclude do not make a line more telling.
func (f *frame) asks() int {
	n := 0
	for i := range f.tests {
		if !f.tests[i].not {
			n++
		}
	}
	return n
}

// takesObject says whether the frame names the object it wants: the object is then part of the event.
func (f *frame) takesObject() bool {
	for i := range f.tests {
		if t := &f.tests[i]; t.slot == "obj" && !t.not && len(t.values) > 0 {
			return true
		}
	}
	return false
}

// statusRule is one line of status.tsv: what a predicate does to what stands under it.
type statusRule struct {
	clause, noun, modifier bool
	prep                   string
	status                 string
}

// opener is a word sequence that opens a condition.
type opener struct {
	words          []string
	kind           string
	finite, future bool
}

// conflictWord is one line of conflicts.tsv.
type conflictWord struct{ kind, prep string }

// eventTables is what events, commitments, contacts, conflicts and agreements know of language.
type eventTables struct {
	frames     map[string][]frame // by lemma and part of speech: "attack v"
	contacts   map[string][]frame
	classes    map[string]map[string]bool
	agents     map[string]map[string]bool // kind to nouns
	status     map[string][]statusRule
	openers    []opener
	conflicts  map[string][]conflictWord
	agreements map[string]string
	contexts   map[string][]string        // lemma to PLOVER contexts
	words      map[string]map[string]bool // class to lemmas, event_words.tsv
	vocabulary map[string]bool            // every word of these tables
	irregular  map[string]string          // form to lemma
}

// events parses the tables once; a fault in them is a fault of the build.
var eventLexicon = sync.OnceValue(func() *eventTables {
	t, err := readEventTables()
	if err != nil {
		panic(fmt.Sprintf("internal error: %v", err))
	}
	return t
})

func readEventTables() (*eventTables, error) {
	t := &eventTables{
		classes: classTable(frameClassesTSV), agents: classTable(agentsTSV), words: classTable(eventWordsTSV),
		conflicts: map[string][]conflictWord{}, agreements: map[string]string{},
		contexts: map[string][]string{},
	}
	var err error
	if t.frames, err = t.readFrames("frames", framesTSV, 8); err != nil {
		return nil, err
	}
	if t.contacts, err = t.readFrames("contacts", contactsTSV, 5); err != nil {
		return nil, err
	}
	if t.status, err = readStatusRules(); err != nil {
		return nil, err
	}
	for _, row := range eventRows(conditionsTSV, 3) {
		t.openers = append(t.openers, opener{
			words: strings.Fields(row[0]), kind: row[1],
			finite: strings.Contains(row[2], "finite"), future: strings.Contains(row[2], "future"),
		})
	}
	// The longest opener wins: "only if" before "if".
	slices.SortStableFunc(t.openers, func(a, b opener) int { return len(b.words) - len(a.words) })
	for _, row := range eventRows(conflictsTSV, 3) {
		t.conflicts[row[0]] = append(t.conflicts[row[0]], conflictWord{row[1], row[2]})
	}
	for _, row := range eventRows(agreementsTSV, 2) {
		t.agreements[row[0]] = row[1]
	}
	for _, row := range eventRows(contextsTSV, 2) {
		for _, w := range strings.Fields(row[1]) {
			t.contexts[w] = append(t.contexts[w], row[0])
		}
	}
	t.fillVocabulary()
	t.irregular = map[string]string{}
	for _, row := range eventRows(eventFormsTSV, 2) {
		for _, form := range strings.Fields(row[1]) {
			t.irregular[form] = row[0]
		}
	}
	return t, nil
}

func (t *eventTables) fillVocabulary() {
	t.vocabulary = map[string]bool{}
	for _, m := range []map[string]map[string]bool{t.classes, t.agents, t.words} {
		for _, set := range m {
			for w := range set {
				t.vocabulary[w] = true
			}
		}
	}
	for key := range t.frames {
		t.vocabulary[key[:len(key)-2]] = true
	}
	for key := range t.contacts {
		t.vocabulary[key[:len(key)-2]] = true
	}
	for key := range t.status {
		t.vocabulary[key[:len(key)-2]] = true
	}
	for w := range t.conflicts {
		t.vocabulary[w] = true
	}
	for w := range t.agreements {
		t.vocabulary[w] = true
	}
}

// eventRows are the lines of a table, without comments, padded to n columns.
func eventRows(text string, n int) [][]string {
	var rows [][]string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		row := strings.Split(line, "\t")
		for len(row) < n {
			row = append(row, "")
		}
		rows = append(rows, row)
	}
	return rows
}

func classTable(text string) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, row := range eventRows(text, 2) {
		if out[row[0]] == nil {
			out[row[0]] = map[string]bool{}
		}
		for _, w := range strings.Fields(row[1]) {
			out[row[0]][w] = true
		}
	}
	return out
}

// readFrames reads lines of words, pos, with, kind and, in a table of 8 columns, mode, context, cameo; last roles.
func (t *eventTables) readFrames(name, text string, n int) (map[string][]frame, error) {
	out := map[string][]frame{}
	for i, row := range eventRows(text, n) {
		f := frame{kind: row[3], roles: row[n-1], line: i}
		if n == 8 {
			f.mode, f.context, f.cameo = row[4], row[5], row[6]
		}
		tests, err := t.readTests(row[2])
		if err != nil {
			return nil, fmt.Errorf("table %s: %q: %w", name, row, err)
		}
		f.tests = tests
		for _, w := range strings.Fields(row[0]) {
			out[w+" "+row[1]] = append(out[w+" "+row[1]], f)
		}
	}
	for _, fs := range out {
		slices.SortStableFunc(fs, func(a, b frame) int {
			if a.asks() != b.asks() {
				return b.asks() - a.asks()
			}
			return a.line - b.line
		})
	}
	return out, nil
}

var slotNames = map[string]bool{
	"obj": true, "subj": true, "prt": true, "prep": true, "obl": true, "of": true, "mod": true, "xcomp": true,
	"that": true, "number": true, "must": true, "self": true, "within": true, "several": true, "case": true,
}

func (t *eventTables) readTests(text string) ([]slotTest, error) {
	var tests []slotTest
	for _, part := range strings.Fields(text) {
		not := strings.HasPrefix(part, "!")
		slot, values, ok := strings.Cut(strings.TrimPrefix(part, "!"), "=")
		if !ok || !slotNames[slot] {
			return nil, fmt.Errorf("condition %q: unknown slot", part)
		}
		test := slotTest{slot: slot, not: not, values: map[string]bool{}}
		for _, v := range strings.Split(values, "|") {
			switch {
			case v == "*":
				test.values = nil
			case v == "AGENT":
				test.agent = true
			case v == "SPEAKER":
				test.speaker = true
			case strings.HasPrefix(v, "@"):
				class := t.classes[v[1:]]
				if class == nil {
					return nil, fmt.Errorf("condition %q: no class %s", part, v)
				}
				for w := range class {
					test.values[w] = true
				}
			case test.values != nil:
				test.values[v] = true
			}
		}
		tests = append(tests, test)
	}
	return tests, nil
}

func readStatusRules() (map[string][]statusRule, error) {
	out := map[string][]statusRule{}
	for _, row := range eventRows(statusTSV, 4) {
		under, prep, _ := strings.Cut(row[2], ":")
		r := statusRule{
			clause: under == "s" || under == "*", noun: under == "n" || under == "*", modifier: under == "m",
			prep: prep, status: row[3],
		}
		if !r.clause && !r.noun && !r.modifier {
			return nil, fmt.Errorf("table status: %q: under what?", row)
		}
		for _, w := range strings.Fields(row[0]) {
			key := w + " " + row[1]
			out[key] = append(out[key], r)
		}
	}
	for _, rs := range out {
		slices.SortStableFunc(rs, func(a, b statusRule) int { return len(b.prep) - len(a.prep) })
	}
	return out, nil
}
