package reconcile

import (
	"fmt"
	"strings"

	"parley/internal/record"
)

// calledFalse pairs what somebody says with the claim of somebody else told inside it, where the words call it false:
// "Roth said that Hald's claim that the bridge was mined is not true".
func (m *matter) calledFalse() []record.Contradiction {
	var out []record.Contradiction
	for i := range m.rec.Statements {
		a := &m.rec.Statements[i]
		if a.ReportedIn == nil || !asserting(a.Act) || len(a.Source) == 0 {
			continue
		}
		d := m.statements[*a.ReportedIn]
		if d == nil || len(d.Source) == 0 || overlapIDs(a.Source, d.Source) || m.sameSide(a.Source, d.Source) || !falseBehind(d, a) {
			continue
		}
		out = append(out, record.Contradiction{A: d.ID, B: a.ID, Basis: "inferred", By: []record.ID{},
			Reason:     fmt.Sprintf("%s calls false what %s says: %s", m.names(d.Source), m.names(a.Source), quote(contentText(a))),
			Confidence: 0.75, Why: "called false"})
	}
	return out
}

// falseBehind says whether a statement goes on, right behind a claim told inside it, to call that claim false.
func falseBehind(d, claim *record.Statement) bool {
	const reach = 40 // code points behind the claim
	for _, c := range d.Content {
		from := claim.Span[1] - c.Span[0]
		text := []rune(c.Text)
		if from <= 0 || from >= len(text) {
			continue
		}
		low := strings.ToLower(string(text[from:min(len(text), from+reach)]))
		if !strings.HasPrefix(strings.TrimLeft(low, ` "”'’,`), "is ") && !strings.HasPrefix(strings.TrimLeft(low, ` "”'’,`), "was ") {
			continue
		}
		if says("falsehood", low) && !strings.Contains(low, "not false") {
			return true
		}
	}
	return false
}
