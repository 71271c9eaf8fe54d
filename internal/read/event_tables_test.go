package read

import (
	"slices"
	"strings"
	"testing"
)

func TestFramesTable(t *testing.T) {
	types := strings.Fields("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT")
	roles := []string{"", "sym", "of", "weak"}
	seen := map[string]bool{}
	for _, row := range eventRows(framesTSV, 8) {
		if len(row) > 8 {
			t.Errorf("%q: more than 8 columns", row)
		}
		if !slices.Contains(types, row[3]) {
			t.Errorf("%q: no PLOVER type %q", row, row[3])
		}
		if !slices.Contains([]string{"v", "n", "a"}, row[1]) || !slices.Contains(roles, row[7]) {
			t.Errorf("%q: unknown part of speech or role", row)
		}
		if len(row[6]) != 3 {
			t.Errorf("%q: CAMEO codes have three digits here", row)
		}
		for _, w := range strings.Fields(row[0]) {
			key := w + " " + row[1] + " " + row[2]
			if seen[key] {
				t.Errorf("%q: %q stands twice", row, key)
			}
			seen[key] = true
		}
	}
	if len(seen) < 500 {
		t.Errorf("only %d words and conditions", len(seen))
	}
}

func TestStatusTable(t *testing.T) {
	statuses := []string{statusActual, statusOngoing, statusPlanned, statusPledged, statusThreatened, statusRequested, statusPossible, statusDenied, statusKeep}
	seen := map[string]bool{}
	for _, row := range eventRows(statusTSV, 4) {
		if len(row) != 4 || !slices.Contains(statuses, row[3]) || !slices.Contains([]string{"v", "n", "a"}, row[1]) {
			t.Errorf("%q: not a line of this table", row)
		}
		for _, w := range strings.Fields(row[0]) {
			if key := w + " " + row[1] + " " + row[2]; seen[key] {
				t.Errorf("%q stands twice", key)
			} else {
				seen[key] = true
			}
		}
	}
}

func TestContactsTable(t *testing.T) {
	kinds := []string{"call", "meeting", "talks", "visit", "summit", "session", "address"}
	seen := map[string]bool{}
	for _, row := range eventRows(contactsTSV, 5) {
		if len(row) != 5 || !slices.Contains(kinds, row[3]) {
			t.Errorf("%q: not a line of this table", row)
		}
		for _, w := range strings.Fields(row[0]) {
			if key := w + " " + row[1] + " " + row[2]; seen[key] {
				t.Errorf("%q stands twice", key)
			} else {
				seen[key] = true
			}
		}
	}
}

func TestSmallEventTables(t *testing.T) {
	tab := eventLexicon()
	for _, op := range tab.openers {
		if !slices.Contains([]string{"if", "unless", "after", "until"}, op.kind) || len(op.words) == 0 {
			t.Errorf("condition %+v", op)
		}
	}
	for w, cs := range tab.conflicts {
		for _, c := range cs {
			if !slices.Contains([]string{"v", "d", "p"}, c.kind) || c.kind == "p" && c.prep == "" {
				t.Errorf("conflict %s %+v", w, c)
			}
		}
	}
	for w, s := range tab.agreements {
		if s != "strong" && s != "weak" {
			t.Errorf("agreement %s %q", w, s)
		}
	}
	for _, class := range []string{"light", "suffer", "aspect", "occur", "factive", "will", "may", "must", "negation", "objcontrol", "bindverb", "bindadj", "bindnoun", "claimnoun", "casualty"} {
		if len(tab.words[class]) == 0 {
			t.Errorf("class %s is empty", class)
		}
	}
}

func TestCompose(t *testing.T) {
	for _, c := range []struct{ outer, own, want string }{
		{statusActual, statusPlanned, statusPlanned}, {statusDenied, statusPlanned, statusDenied}, {statusDenied, statusDenied, statusPossible},
		{statusPossible, statusActual, statusPossible}, {statusRequested, statusDenied, statusPossible}, {statusPledged, statusDenied, statusDenied},
		{statusPlanned, statusPossible, statusPossible}, {statusOngoing, statusActual, statusActual}, {statusThreatened, statusActual, statusThreatened},
	} {
		if got := compose(c.outer, c.own); got != c.want {
			t.Errorf("%s under %s is %s, want %s", c.own, c.outer, got, c.want)
		}
	}
}

func TestUnwound(t *testing.T) {
	for form, want := range map[string]string{"denied": "deny", "poised": "poise", "shelling": "shell", "planned": "plan", "allies": "ally", "alleges": "allege", "attacks": "attack"} {
		if !slices.Contains(unwound(form), want) {
			t.Errorf("%s: %v, want %s among them", form, unwound(form), want)
		}
	}
}
