package reconcile

import (
	"strings"
	"testing"

	"parley/internal/record"
)

// story builds a record from lines "Source: act: content"; a source is an actor of the same name, whose country
// stands behind a slash, and every later mention of that name in a content is a mention of it.
func story(lines ...string) *record.Record {
	r := &record.Record{}
	ids := map[string]record.ID{}
	for _, line := range lines {
		who, _, _ := strings.Cut(line, ": ")
		name, country, _ := strings.Cut(who, "/")
		if _, ok := ids[name]; !ok {
			ids[name] = record.ID("a" + string(rune('1'+len(ids))))
			r.Actors = append(r.Actors, record.Actor{ID: ids[name], Name: name, Kind: "state", Country: country, Sector: "GOV"})
		}
	}
	for i, line := range lines {
		f := strings.SplitN(line, ": ", 3)
		name, _, _ := strings.Cut(f[0], "/")
		at := len([]rune(r.Document.Text))
		r.Document.Text += f[2] + "\n"
		for k := range r.Actors {
			if b := strings.Index(f[2], r.Actors[k].Name); b >= 0 {
				from := at + len([]rune(f[2][:b]))
				r.Actors[k].Mentions = append(r.Actors[k].Mentions, record.Span{from, from + len([]rune(r.Actors[k].Name))})
			}
		}
		r.Statements = append(r.Statements, record.Statement{ID: record.ID("s" + string(rune('1'+i))), Source: []record.ID{ids[name]}, Act: f[1], Span: record.Span{at, at + len([]rune(f[2]))},
			Content: []record.Words{{Text: f[2], Span: record.Span{at, at + len([]rune(f[2]))}}}})
	}
	return r
}

func pairs(found []record.Contradiction) string {
	var out []string
	for _, c := range found {
		out = append(out, string(c.A)+"-"+string(c.B))
	}
	return strings.Join(out, " ")
}

func TestDenials(t *testing.T) {
	for _, c := range []struct {
		name, want string
		lines      []string
	}{
		{"denied and asserted", "s1-s2", []string{
			"Norland/NOR: deny: it plans to attack Westmark", "Kenyan envoy/KEN: warn: Norland is preparing an invasion of Westmark"}},
		{"another matter", "", []string{
			"Norland/NOR: deny: it plans to attack Westmark", "Kenyan envoy/KEN: say: Norland exports grain to Westmark"}},
		{"about somebody else", "", []string{
			"Norland/NOR: deny: it plans to attack Westmark", "Kenyan envoy/KEN: warn: Ostia plans to attack Westmark"}},
		{"only supposed", "", []string{
			"Norland/NOR: deny: it plans to attack Westmark", "Kenyan envoy/KEN: say: sanctions follow if Norland attacks Westmark"}},
		{"denied by both", "", []string{
			"Norland/NOR: deny: it plans to attack Westmark", "Kenyan envoy/KEN: say: Norland does not plan to attack Westmark"}},
		{"the claim before", "s2-s1", []string{
			"Kenyan envoy/KEN: say: Norland shelled a market", "Norland/NOR: deny: the claim"}},
		{"a claim about something else", "", []string{
			"Kenyan envoy/KEN: say: Ostia shelled a market", "Norland/NOR: deny: the claim"}},
		{"a claim about what the denier says next", "s2-s1", []string{
			"Kenyan envoy/KEN: say: drones hit a market", "Norland/NOR: deny: the claim", "Norland/NOR: say: there is no drone in the north"}},
		{"a charge of somebody else", "", []string{
			"Kenyan envoy/KEN: accuse: Ostia/OST of shelling a market with Norland shells", "Norland/NOR: deny: the charge", "Ostia/OST: say: the market is open"}},
		{"a charge is not what was announced", "", []string{
			"Kenyan envoy/KEN: announce: the withdrawal from the vote in Norland", "Norland/NOR: deny: the accusations"}},
		{"the claim right before, not the one about it", "s3-s2", []string{
			"Kenyan envoy/KEN: say: Norland needs a firm answer", "Ostia/OST: claim: the launch was a missile", "Norland/NOR: deny: the claim"}},
		{"only supposed, then denied", "", []string{
			"Kenyan envoy/KEN: say: if Norland has a secret camp it may show it", "Norland/NOR: deny: the claim"}},
		{"somebody else's charge", "", []string{
			"Norland/NOR: deny: any role in the bombing", "Kenyan envoy/KEN: say: leaflets are accusing Norland of a role in the bombing"}},
		{"a question", "", []string{
			"Norland/NOR: deny: it shelled the market", "Kenyan envoy/KEN: say: has Norland shelled the market?"}},
		{"told as a mistake", "", []string{
			"Norland/NOR: deny: it shelled the market", "Kenyan envoy/KEN: say: he wrongly wrote that Norland shelled the market"}},
		{"a name is no matter", "", []string{
			"Norland/NOR: deny: plans to attack Ostia", "Kenyan envoy/KEN: say: Norland keeps Ostia prepared for war"}},
		{"a thing kept from somebody", "", []string{
			"Norland/NOR: deny: job interviews to women", "Kenyan envoy/KEN: say: Norland women had job interviews"}},
		{"a wonder is no resolve", "s1-s2", []string{
			"Norland/NOR: say: We did not attack the convoy in Wonderland", "Kenyan envoy/KEN: say: Norland attacked the convoy"}},
		{"it, after its own words", "", []string{
			"Norland/NOR: say: the market is open", "Norland army/NOR: deny: it"}},
		{"of themselves", "s1-s2", []string{
			"Norland/NOR: say: We did not attack the convoy", "Kenyan envoy/KEN: say: Norland attacked the convoy"}},
		{"a resolve is no denial", "", []string{
			"Norland/NOR: say: We will not attack the convoy", "Kenyan envoy/KEN: say: Norland attacked the convoy"}},
		{"involvement", "s1-s2", []string{
			"Norland/NOR: deny: involvement in the war", "Kenyan envoy/KEN: accuse: Norland of sending soldiers into Westmark"}},
		{"its own side", "", []string{
			"Norland/NOR: deny: it plans to attack Westmark", "Norland army/NOR: say: Norland plans to attack Westmark"}},
	} {
		if got := pairs(Infer(story(c.lines...))); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func figure(id, by string, value float64, bound, of string) record.Figure {
	return record.Figure{ID: record.ID(id), Value: value, Bound: bound, Of: of, AssertedBy: []record.ID{record.ID(by)}}
}

func TestRivalFigures(t *testing.T) {
	for _, c := range []struct {
		name, want string
		a, b       record.Figure
	}{
		{"rivals", "f1-f2", figure("f1", "a1", 12, "exactly", "dead soldiers"), figure("f2", "a2", 40, "exactly", "soldiers dead")},
		{"one source", "", figure("f1", "a1", 12, "exactly", "dead"), figure("f2", "a1", 40, "exactly", "dead")},
		{"at least", "", figure("f1", "a1", 12, "at_least", "dead"), figure("f2", "a2", 40, "exactly", "dead")},
		{"about", "", figure("f1", "a1", 100, "about", "dead"), figure("f2", "a2", 105, "exactly", "dead")},
		{"another thing", "", figure("f1", "a1", 12, "exactly", "dead"), figure("f2", "a2", 40, "exactly", "wounded")},
	} {
		rec := story("One: say: x", "Two: say: y")
		rec.Figures = []record.Figure{c.a, c.b}
		if got := pairs(Infer(rec)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNotTwice(t *testing.T) {
	rec := story("Norland/NOR: deny: it plans to attack Westmark", "Kenyan envoy/KEN: warn: Norland is preparing an invasion of Westmark")
	rec.Contradictions = []record.Contradiction{{ID: "x1", A: "s2", B: "s1", Basis: "stated"}}
	if found := Infer(rec); len(found) != 0 {
		t.Errorf("stated already, found again: %s", pairs(found))
	}
	if found := Infer(&record.Record{}); len(found) != 0 {
		t.Errorf("an empty record: %s", pairs(found))
	}
}

func TestStem(t *testing.T) {
	for _, words := range [][]string{{"invade", "invaded", "invading"}, {"plan", "plans", "planned", "planning"}, {"deny", "denied", "denies"}} {
		for _, w := range words[1:] {
			if stem(w) != stem(words[0]) {
				t.Errorf("%s → %s, %s → %s", w, stem(w), words[0], stem(words[0]))
			}
		}
	}
}
