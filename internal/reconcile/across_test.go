package reconcile

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
)

// paper builds the record of one article. Actors and places are named by their words in the text; the same name is the
// same identity in every paper.
type paper struct {
	rec *record.Record
	art record.Article
	n   int
}

func newPaper(day, publisher string) *paper {
	known, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	p := &paper{rec: &record.Record{}}
	p.art = record.Article{Known: known}
	p.art.Published = known.Format(time.DateOnly)
	p.art.ID, p.art.Publisher = "d-"+day+publisher, publisher
	return p
}

func (p *paper) id(letter string) record.ID {
	p.n++
	return record.ID(fmt.Sprintf("%s-%s-%d", letter, p.art.ID, p.n))
}

// who gives the actor of a name; "PER:Peru" speaks for a state.
func (p *paper) who(name string) record.ID {
	country, bare, official := strings.Cut(name, ":")
	if !official {
		country, bare = "", name
	}
	for i := range p.rec.Actors {
		if p.rec.Actors[i].Name == bare {
			return p.rec.Actors[i].ID
		}
	}
	a := record.Actor{ID: p.id("a"), Name: bare, Country: country}
	if official {
		a.Sector = "GOV"
	}
	p.rec.Actors = append(p.rec.Actors, a)
	return a.ID
}

func (p *paper) all(names string) []record.ID {
	var out []record.ID
	for _, n := range strings.Split(names, ",") {
		if n != "" {
			out = append(out, p.who(n))
		}
	}
	return out
}

// write adds a sentence to the text and gives its span.
func (p *paper) write(text string) record.Span {
	at := len([]rune(p.rec.Document.Text))
	p.rec.Document.Text += text + ".\n"
	return record.Span{at, at + len([]rune(text))}
}

func (p *paper) says(who, act, text string) *record.Statement {
	span := p.write(text)
	cue := act
	if act == "deny" {
		cue = "denied"
	}
	p.rec.Statements = append(p.rec.Statements, record.Statement{ID: p.id("s"), Source: p.all(who), Act: act, Cue: &record.Words{Text: cue},
		Content: []record.Words{{Text: text, Span: span}}, Span: span, Text: text, Confidence: 0.9})
	return &p.rec.Statements[len(p.rec.Statements)-1]
}

// does adds an event, told by a speaker or, where that is empty, by the paper.
func (p *paper) does(by, who, kind, verb, status, text string) *record.Event {
	ev := record.Event{ID: p.id("e"), Type: kind, Status: status, Trigger: record.Words{Text: verb}, Text: text, Actors: p.all(who), Confidence: 0.8}
	if by != "" {
		ev.AssertedBy, ev.Span = &p.says(by, "say", text).ID, p.rec.Statements[len(p.rec.Statements)-1].Span
	} else {
		ev.Span = p.write(text)
	}
	p.rec.Events = append(p.rec.Events, ev)
	return &p.rec.Events[len(p.rec.Events)-1]
}

func (p *paper) promises(who, action, due string, conditions ...string) *record.Commitment {
	c := record.Commitment{ID: p.id("c"), By: p.all(who), Action: action, Text: action, Span: p.write(action), State: "open", Due: on(due)}
	for _, text := range conditions {
		c.Conditions = append(c.Conditions, record.Condition{Kind: "if", Text: text})
	}
	p.rec.Commitments = append(p.rec.Commitments, c)
	return &p.rec.Commitments[len(p.rec.Commitments)-1]
}

func (p *paper) meets(by, kind, status, day, who, text string, spots ...string) *record.Contact {
	k := record.Contact{ID: p.id("k"), Kind: kind, Status: status, When: on(day), Participants: p.all(who), Text: text, Span: p.write(text)}
	if by != "" {
		k.AssertedBy = &p.says(by, "say", text).ID
	}
	k.Where = p.spots(spots)
	p.rec.Contacts = append(p.rec.Contacts, k)
	return &p.rec.Contacts[len(p.rec.Contacts)-1]
}

// counts adds a figure in the last sentence.
func (p *paper) counts(who, act string, value float64, bound, of, text string, spots ...string) *record.Figure {
	s := p.says(who, act, text)
	at := s.Span[0] + max(0, strings.Index(text, fmt.Sprint(value)))
	f := record.Figure{ID: p.id("f"), Value: value, Bound: bound, Of: of, AssertedBy: []record.ID{s.ID}, Span: record.Span{at, at + len(fmt.Sprint(value))}}
	f.Where = p.spots(spots)
	p.rec.Figures = append(p.rec.Figures, f)
	return &p.rec.Figures[len(p.rec.Figures)-1]
}

func (p *paper) spots(names []string) []record.ID {
	var out []record.ID
	for _, name := range names {
		p.rec.Places = append(p.rec.Places, record.Place{ID: p.id("p"), Name: name, Kind: "city"})
		out = append(out, p.rec.Places[len(p.rec.Places)-1].ID)
	}
	return out
}

func on(day string) *record.Time {
	if day == "" {
		return nil
	}
	return &record.Time{Start: &day, End: &day}
}

// finish finds the names of actors in the text.
func (p *paper) finish() (*record.Article, *record.Record) {
	for i := range p.rec.Actors {
		a := &p.rec.Actors[i]
		name := []rune(a.Name)
		text := []rune(p.rec.Document.Text)
		for at := 0; at+len(name) <= len(text); at++ {
			if string(text[at:at+len(name)]) == a.Name {
				a.Mentions = append(a.Mentions, record.Span{at, at + len(name)})
			}
		}
	}
	p.art.Document.Text = p.rec.Document.Text
	return &p.art, p.rec
}

// linked adds papers in order and gives the links found, as "kind type" or "kind".
func linked(papers ...*paper) (*Across, []record.Link) {
	names := map[record.ID]record.ID{}
	x := NewAcross(AcrossOptions{Identity: func(a record.ID) record.ID { return names[a] }})
	var out []record.Link
	for _, p := range papers {
		art, rec := p.finish()
		for i := range rec.Actors {
			names[rec.Actors[i].ID] = record.ID("i-" + rec.Actors[i].Name)
		}
		out = append(out, x.Add(art, rec)...)
	}
	return x, out
}

func kindsOf(links []record.Link, kind string) string {
	var out []string
	for _, l := range links {
		if l.Kind == kind && !strings.Contains(strings.Join(out, " "), l.Type) {
			out = append(out, l.Type)
		}
	}
	return strings.Join(out, " ")
}

// said is a claim in a paper of a day.
type said struct{ day, paper, who, act, text string }

func TestClaimsAcross(t *testing.T) {
	for _, c := range []struct {
		name, want string
		a, b       said
	}{
		{"a denial in so many words", "denial",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru shelled a school in the harbour"}, said{"2027-03-02", "Wire", "PER:Peru", "deny", "that Peru shelled a school in the harbour"}},
		{"the denial first", "denial",
			said{"2027-03-01", "Post", "PER:Peru", "deny", "that Peru shelled a school in the harbour"}, said{"2027-03-02", "Wire", "ECU:Hald", "say", "Peru shelled a school in the harbour"}},
		{"a plain not", "denial",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru printed forged passports last winter"}, said{"2027-03-02", "Wire", "PER:Roth", "say", "Peru did not print forged passports"}},
		{"in the first person, of a place", "denial",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru shelled Huaquillas on the river"}, said{"2027-03-02", "Wire", "PER:Roth", "say", "We did not shell Huaquillas"}},
		{"in the first person, of another place", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru shelled Huaquillas on the river"}, said{"2027-03-02", "Wire", "PER:Roth", "say", "We did not shell Macara"}},
		{"in the first person, of somebody else's deed", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Bolivia shelled Huaquillas on the river"}, said{"2027-03-02", "Wire", "PER:Roth", "say", "We did not shell Huaquillas"}},
		{"another matter", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru bought grain from a harbour"}, said{"2027-03-02", "Wire", "PER:Peru", "deny", "that Peru shelled a school in the harbour"}},
		{"a contrast", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru printed forged passports last winter"}, said{"2027-03-02", "Wire", "PER:Roth", "say", "Peru prints stamps, not printed forged passports of winter"}},
		{"only talked about", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru talked about printing forged passports"}, said{"2027-03-02", "Wire", "PER:Roth", "say", "Peru is not printing forged passports"}},
		{"an aim, not a fact", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru printed forged passports"}, said{"2027-03-02", "Wire", "PER:Roth", "say", "the importance of a Peru that does not print forged passports"}},
		{"somebody else did it", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Bolivia printed forged passports"}, said{"2027-03-02", "Wire", "PER:Roth", "say", "Peru did not print forged passports"}},
		{"only supposed", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru may have shelled a school in the harbour"}, said{"2027-03-02", "Wire", "PER:Peru", "deny", "that Peru shelled a school in the harbour"}},
		{"what is to come, and what was", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru will print forged passports"}, said{"2027-03-02", "Wire", "PER:Roth", "say", "Peru did not print forged passports"}},
		{"a demand and a refusal", "",
			said{"2027-03-01", "Post", "ECU:Hald", "demand", "Peru return the stolen archives"}, said{"2027-03-02", "Wire", "PER:Roth", "say", "Peru will not return the stolen archives"}},
		{"asked of them, not done", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "a rule obliges Peru to publish harbour accounts"}, said{"2027-03-02", "Wire", "PER:Roth", "say", "Peru is not publishing harbour accounts"}},
		{"a claim rejected", "denial",
			said{"2027-03-01", "Post", "ECU:Hald", "accuse", "Peru of shelling a school in the harbour"}, said{"2027-03-02", "Wire", "PER:Roth", "reject", "claims that Peru had shelled a school in the harbour"}},
		{"a thing kept from somebody", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru gave medical visits to its captives"}, said{"2027-03-02", "Wire", "PER:Peru", "deny", "medical visits to its captives"}},
		{"of two days", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru printed forged passports in January"}, said{"2027-03-02", "Wire", "PER:Roth", "say", "Peru did not print forged passports in February"}},
		{"the state of a thing", "opposite",
			said{"2027-03-05", "Post", "ECU:Hald", "say", "the Huaquillas crossing was open"}, said{"2027-03-05", "Wire", "PER:Roth", "say", "Bolivia closed the Huaquillas crossing"}},
		{"the state of two things", "",
			said{"2027-03-05", "Post", "ECU:Hald", "say", "the Huaquillas crossing was open"}, said{"2027-03-05", "Wire", "PER:Roth", "say", "Bolivia closed the Macara market"}},
		{"accepted and took note", "strength",
			said{"2027-03-05", "Post", "ECU:Hald", "say", "Roth accepted a prisoner exchange at the border"}, said{"2027-03-05", "Wire", "PER:Peru", "say", "Roth took note of a prisoner exchange at the border"}},
		{"out of the window", "",
			said{"2027-01-01", "Post", "ECU:Hald", "say", "Peru shelled a school in the harbour"}, said{"2027-03-02", "Wire", "PER:Peru", "deny", "that Peru shelled a school in the harbour"}},
		{"its own side", "",
			said{"2027-03-01", "Post", "PER:Roth", "say", "Peru shelled a school in the harbour"}, said{"2027-03-02", "Wire", "PER:Peru", "deny", "that Peru shelled a school in the harbour"}},
		{"a wish is no denial", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru bought a third submarine from Chile"}, said{"2027-03-02", "Wire", "PER:Roth", "say", "Peru does not want a third submarine"}},
		{"opposite acts", "opposite",
			said{"2027-03-05", "Post", "ECU:Hald", "say", "Peru is reinforcing its troops in the valley"}, said{"2027-03-06", "Wire", "PER:Roth", "say", "Peru is withdrawing its troops from the valley"}},
		{"opposite, weeks apart", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "Peru is reinforcing its troops in the valley"}, said{"2027-03-11", "Wire", "PER:Roth", "say", "Peru is withdrawing its troops from the valley"}},
		{"opposite, of two actors", "",
			said{"2027-03-05", "Post", "ECU:Hald", "say", "Peru is reinforcing its troops in the valley"}, said{"2027-03-06", "Wire", "PER:Roth", "say", "Chile is withdrawing its troops from the valley"}},
		{"agreed and discussed", "strength",
			said{"2027-03-05", "Post", "ECU:Hald", "say", "Roth agreed to a prisoner exchange at the border"}, said{"2027-03-05", "Wire", "PER:Peru", "say", "Roth discussed a prisoner exchange at the border"}},
		{"agreed and welcomed", "",
			said{"2027-03-05", "Post", "ECU:Hald", "say", "Roth agreed to a prisoner exchange at the border"}, said{"2027-03-05", "Wire", "PER:Peru", "say", "Roth welcomed a prisoner exchange at the border"}},
		{"will and may", "strength",
			said{"2027-03-05", "Post", "PER:Roth", "say", "the dam commission will publish its flood survey"}, said{"2027-03-06", "Wire", "PER:Roth", "say", "the dam commission may publish its flood survey"}},
		{"will and may, of one paper", "",
			said{"2027-03-05", "Post", "PER:Roth", "say", "the dam commission will publish its flood survey"}, said{"2027-03-06", "Post", "PER:Roth", "say", "the dam commission may publish its flood survey"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := newPaper(c.a.day, c.a.paper), newPaper(c.b.day, c.b.paper)
			for _, p := range []*paper{a, b} {
				for _, name := range []string{"PER:Peru", "ECU:Hald", "PER:Roth", "Bolivia", "Chile"} {
					p.who(name)
				}
			}
			a.says(c.a.who, c.a.act, c.a.text)
			b.says(c.b.who, c.b.act, c.b.text)
			_, links := linked(a, b)
			if got := kindsOf(links, record.Conflict); got != c.want {
				t.Errorf("contradiction %q, want %q: %v", got, c.want, links)
			}
			for _, l := range links {
				if l.Kind == record.Conflict && (l.A != a.rec.Statements[0].ID || l.B != b.rec.Statements[0].ID || l.Reason == "" || l.Confidence <= 0 || l.Confidence > 1) {
					t.Errorf("sides or reason are wrong: %+v", l)
				}
			}
		})
	}
}

func TestSameAndCorroboration(t *testing.T) {
	for _, c := range []struct {
		name, kind string
		a, b       said
	}{
		{"the same speaker again", record.SameClaim,
			said{"2027-03-01", "Post", "ECU:Hald", "say", "the bridge at Macara was mined last night"}, said{"2027-03-02", "Wire", "ECU:Hald", "say", "the Macara bridge was mined last night"}},
		{"somebody else", record.Corroboration,
			said{"2027-03-01", "Post", "ECU:Hald", "say", "the bridge at Macara was mined last night"}, said{"2027-03-02", "Wire", "Red Cross", "say", "the Macara bridge was mined last night"}},
		{"somebody else who only fears it", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "the bridge at Macara was mined last night"}, said{"2027-03-02", "Wire", "Red Cross", "fear", "the Macara bridge was mined last night"}},
		{"another place", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "the bridge at Macara was mined last night"}, said{"2027-03-02", "Wire", "Red Cross", "say", "the bridge at Zapote was mined last night"}},
		{"another number", "",
			said{"2027-03-01", "Post", "ECU:Hald", "say", "divers found 12 mines under the bridge"}, said{"2027-03-02", "Wire", "Red Cross", "say", "divers found 40 mines under the bridge"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := newPaper(c.a.day, c.a.paper), newPaper(c.b.day, c.b.paper)
			a.says(c.a.who, c.a.act, c.a.text)
			b.says(c.b.who, c.b.act, c.b.text)
			_, links := linked(a, b)
			got := ""
			if len(links) > 0 {
				got = links[0].Kind
			}
			if got != c.kind {
				t.Errorf("%q, want %q: %v", got, c.kind, links)
			}
		})
	}
}

// TestOneOrigin shows that copies of one report do not corroborate each other.
func TestOneOrigin(t *testing.T) {
	a, b := newPaper("2027-03-01", "Post"), newPaper("2027-03-02", "Wire")
	a.says("ECU:Hald", "say", "the bridge at Macara was mined last night")
	b.says("Red Cross", "say", "the Macara bridge was mined last night")
	names := map[record.ID]record.ID{a.rec.Actors[0].ID: "i-hald", b.rec.Actors[0].ID: "i-cross"}
	x := NewAcross(AcrossOptions{Identity: func(id record.ID) record.ID { return names[id] }, Origin: func(record.ID, record.Span) string { return "Coast Wire" }})
	x.Add(a.finish())
	if links := x.Add(b.finish()); len(links) != 0 {
		t.Errorf("one origin: %v", links)
	}
}

func TestFiguresAcross(t *testing.T) {
	text := "%s people were killed in the market blast in Tumbes"
	for _, c := range []struct {
		name, want   string
		a, b         float64
		aBound, aAct string
		of, who, day string
		aText, bText string
	}{
		{name: "rivals", want: "number", a: 30, b: 18, day: "2027-03-13"},
		{name: "within about", a: 30, b: 28, aBound: "about", day: "2027-03-13"},
		{name: "at least", a: 12, b: 18, aBound: "at_least", day: "2027-03-13"},
		{name: "a toll that grew", a: 18, b: 30, day: "2027-03-14"},
		{name: "a toll that shrank", want: "number", a: 30, b: 18, day: "2027-03-14"},
		{name: "the wounded", a: 30, b: 18, of: "people wounded", day: "2027-03-13", bText: "%s people were wounded in the market blast in Tumbes"},
		{name: "another case", a: 30, b: 18, day: "2027-03-13", bText: "%s people were killed when a bus left the road near Quito"},
		{name: "another case in the town", a: 30, b: 18, day: "2027-03-13", bText: "%s people died in a house fire beside a tannery in Tumbes"},
		{name: "one giver", a: 30, b: 18, who: "Police", day: "2027-03-13"},
		{name: "a total and a part", a: 30, b: 18, day: "2027-03-13", bText: "a total of %s people were killed in the market blast in Tumbes"},
		{name: "of two days", a: 30, b: 18, day: "2027-03-13", bText: "%s people were killed in the market blast in Tumbes by Saturday", aText: "%s people were killed in the market blast in Tumbes by Friday"},
		{name: "a plan", a: 30, b: 18, aAct: "expect", day: "2027-03-13"},
	} {
		t.Run(c.name, func(t *testing.T) {
			or := func(s, other string) string {
				if s == "" {
					return other
				}
				return s
			}
			a, b := newPaper("2027-03-13", "Post"), newPaper(c.day, "Wire")
			a.counts("Police", or(c.aAct, "say"), c.a, or(c.aBound, "exactly"), "people killed", fmt.Sprintf(or(c.aText, text), fmt.Sprint(c.a)))
			b.counts(or(c.who, "Ministry"), "say", c.b, "exactly", or(c.of, "people killed"), fmt.Sprintf(or(c.bText, text), fmt.Sprint(c.b)))
			_, links := linked(a, b)
			if got := kindsOf(links, record.Conflict); got != c.want {
				t.Errorf("%q, want %q: %v", got, c.want, links)
			}
		})
	}
}

// TestTolls compares counts of what befell people in one town, given in other words.
func TestTolls(t *testing.T) {
	for _, c := range []struct {
		name, want string
		bound, day string // of the first figure; of the second article
		text       string // of the second figure
		spot       string
	}{
		{name: "other words", want: "number", day: "2027-03-13", text: "one shell fell and 18 people died in Tumbes, all of them soldiers"},
		{name: "fewer a day later", want: "number", day: "2027-03-14", text: "18 people died in Tumbes"},
		{name: "more a day later", day: "2027-03-14", text: "40 people died in Tumbes"},
		{name: "more than a most", want: "number", bound: "at_most", day: "2027-03-14", text: "40 people died in Tumbes"},
		{name: "within the bound", bound: "at_least", day: "2027-03-13", text: "40 people died in Tumbes"},
		{name: "a week later", day: "2027-03-20", text: "18 people died in Tumbes"},
		{name: "the wounded", day: "2027-03-13", text: "people were killed and 18 people were wounded in Tumbes"},
		{name: "dead and wounded in one count", day: "2027-03-13", text: "18 people were killed or wounded in Tumbes"},
		{name: "some of them", day: "2027-03-13", text: "many people died in Tumbes, including 18 people killed by a falling wall"},
		{name: "of them", day: "2027-03-13", text: "18 of them died at home in Tumbes"},
		{name: "another town", day: "2027-03-13", text: "18 people died in Piura", spot: "Piura"},
		{name: "of the year", day: "2027-03-13", text: "18 people died in Tumbes this year of fever"},
		{name: "of the war", day: "2027-03-13", text: "18 people have been killed in Tumbes since the war began"},
		{name: "killers who join", day: "2027-03-13", text: "rebels who killed the mayor said 18 people joined them in Tumbes"},
		{name: "nobody hurt", day: "2027-03-13", text: "18 people marched in Tumbes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := newPaper("2027-03-13", "Post"), newPaper(c.day, "Wire")
			bound, spot := "exactly", "Tumbes"
			if c.bound != "" {
				bound = c.bound
			}
			if c.spot != "" {
				spot = c.spot
			}
			a.counts("Police", "say", 30, bound, "people", "30 people were killed in Tumbes", "Tumbes")
			value := 18.0
			if strings.HasPrefix(c.text, "40") {
				value = 40
			}
			b.counts("Ministry", "say", value, "exactly", "people", c.text, spot)
			_, links := linked(a, b)
			if got := kindsOf(links, record.Conflict); got != c.want {
				t.Errorf("%q, want %q: %v", got, c.want, links)
			}
		})
	}
	t.Run("children are not people", func(t *testing.T) {
		a, b := newPaper("2027-03-13", "Post"), newPaper("2027-03-13", "Wire")
		a.counts("Police", "say", 30, "exactly", "people", "30 people were killed in Tumbes", "Tumbes")
		b.counts("Ministry", "say", 18, "exactly", "children", "18 children were killed in Tumbes", "Tumbes")
		if _, links := linked(a, b); kindsOf(links, record.Conflict) != "" {
			t.Errorf("%v", links)
		}
	})
}

// TestUndatedAcross: of an article that does not say when it was published nothing contradicts another.
func TestUndatedAcross(t *testing.T) {
	a, b := newPaper("2027-03-13", "Post"), newPaper("2027-03-13", "Wire")
	a.counts("Police", "say", 12, "exactly", "people killed", "Police said 12 people were killed in the ferry fire at Callao")
	b.counts("Ministry", "say", 30, "exactly", "people killed", "The ministry said 30 people were killed in the ferry fire at Callao")
	if _, links := linked(a, b); kindsOf(links, record.Conflict) != "number" {
		t.Fatalf("dated: %v", links)
	}
	b.art.Published = ""
	if _, links := linked(a, b); kindsOf(links, record.Conflict) != "" {
		t.Errorf("undated: %v", links)
	}
}

func TestContactsAcross(t *testing.T) {
	for _, c := range []struct {
		name, kind, typ  string
		contact, status  string
		dayA, dayB       string
		spotA, spotB     string
		partyB, otherDay string
	}{
		{name: "two places", kind: record.Conflict, typ: "place", contact: "meeting", status: "planned", dayA: "2027-03-18", dayB: "2027-03-18", spotA: "Quito", spotB: "Lima"},
		{name: "a call has no place", contact: "call", status: "held", dayA: "2027-03-12", dayB: "2027-03-12", spotA: "Quito", spotB: "Lima"},
		{name: "two days", kind: record.Conflict, typ: "time", contact: "meeting", status: "planned", dayA: "2027-03-18", dayB: "2027-03-19"},
		{name: "one day", kind: record.SameClaim, contact: "meeting", status: "held", dayA: "2027-03-12", dayB: "2027-03-12"},
		{name: "others", contact: "meeting", status: "planned", dayA: "2027-03-18", dayB: "2027-03-19", partyB: "Lund,Roth"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := newPaper("2027-03-13", "Post"), newPaper("2027-03-13", "Wire")
			var spotsA, spotsB []string
			if c.spotA != "" {
				spotsA, spotsB = []string{c.spotA}, []string{c.spotB}
			}
			party := "Hald,Roth"
			a.meets("ECU:Ecuador", c.contact, c.status, c.dayA, party, "both ministers confer about stranded harbour pilots", spotsA...)
			if c.partyB != "" {
				party = c.partyB
			}
			b.meets("PER:Peru", c.contact, c.status, c.dayB, party, "both ministers confer about stranded harbour pilots", spotsB...)
			_, links := linked(a, b)
			got := record.Link{}
			for _, l := range links {
				if strings.HasPrefix(string(l.A), "k-") {
					got = l
				}
			}
			if got.Kind != c.kind || got.Type != c.typ {
				t.Errorf("%s %s, want %s %s: %v", got.Kind, got.Type, c.kind, c.typ, links)
			}
		})
	}
}

func TestOmission(t *testing.T) {
	readout := func(day, publisher, by, extra, act string) *paper {
		p := newPaper(day, publisher)
		p.who("ECU:Hald")
		p.who("PER:Roth")
		p.meets(by, "call", "held", "2027-03-03", "ECU:Hald,PER:Roth", "Hald spoke by phone with Roth")
		if extra != "" {
			p.says(by, act, extra)
		}
		return p
	}
	demand := "compensation for bereaved families of pilots"
	for _, c := range []struct{ name, want, by, theirs, act string }{
		{"left out", "omission", "PER:Peru", "fishing quotas in northern waters", "agree"},
		{"mentioned", "", "PER:Peru", "no compensation for bereaved families of pilots was raised", "say"},
		{"not weighty", "", "PER:Peru", "fishing quotas in northern waters", "say"},
		{"the same side", "", "ECU:Quito", "fishing quotas in northern waters", "agree"},
		{"no participant", "", "Lund", "fishing quotas in northern waters", "agree"},
	} {
		act := "demand"
		if c.name == "not weighty" {
			act = "say"
		}
		_, links := linked(readout("2027-03-03", "Post", "ECU:Ecuador", demand, act), readout("2027-03-03", "Wire", c.by, c.theirs, c.act))
		if got := kindsOf(links, record.Conflict); got != c.want {
			t.Errorf("%s: %q, want %q: %v", c.name, got, c.want, links)
		}
	}
}

func TestEventsAcross(t *testing.T) {
	for _, c := range []struct {
		name, kind, typ string
		b               func(*paper)
	}{
		{"told again", record.SameClaim, "", func(p *paper) {
			p.does("", "PER:Peru", "ASSAULT", "shelled", "actual", "Peru shelled a bakery in the harbour")
		}},
		{"told by another side", record.Corroboration, "", func(p *paper) {
			p.does("Red Cross", "PER:Peru", "ASSAULT", "shelled", "actual", "Peru shelled a bakery in the harbour")
		}},
		{"said not to be done", record.Conflict, "denial", func(p *paper) {
			p.does("PER:Peru", "PER:Peru", "ASSAULT", "shelled", "denied", "Peru has not shelled a bakery in the harbour")
		}},
		{"another act", "", "", func(p *paper) {
			p.does("Red Cross", "PER:Peru", "AID", "sent", "actual", "Peru sent flour mills upriver")
		}},
	} {
		a, b := newPaper("2027-03-01", "Post"), newPaper("2027-03-02", "Wire")
		a.does("ECU:Hald", "PER:Peru", "ASSAULT", "shelled", "actual", "Peru shelled a bakery in the harbour")
		c.b(b)
		_, links := linked(a, b)
		got := record.Link{}
		if len(links) > 0 {
			got = links[0]
		}
		if got.Kind != c.kind || got.Type != c.typ {
			t.Errorf("%s: %s %s, want %s %s: %v", c.name, got.Kind, got.Type, c.kind, c.typ, links)
		}
	}
}

func TestAcrossIsDeterministic(t *testing.T) {
	run := func() []record.Link {
		var papers []*paper
		for i := range 12 {
			p := newPaper(fmt.Sprintf("2027-03-%02d", i+1), fmt.Sprint("Post", i%3))
			p.says("ECU:Hald", "say", "Peru shelled a school in the harbour")
			p.says("PER:Peru", "deny", "that Peru shelled a school in the harbour")
			p.does("Red Cross", "PER:Peru", "ASSAULT", "shelled", "actual", "Peru shelled a school in the harbour")
			papers = append(papers, p)
		}
		_, links := linked(papers...)
		return links
	}
	first := run()
	if len(first) == 0 {
		t.Fatal("nothing found")
	}
	if diff := cmp.Diff(first, run()); diff != "" {
		t.Errorf("another run differs:\n%s", diff)
	}
}

func TestCalledFalse(t *testing.T) {
	for _, c := range []struct {
		name, behind string
		want         int
	}{
		{"called untrue", " is simply not true", 1},
		{"called false", " was false", 1},
		{"called right", " is true", 0},
		{"not called false", " is not false", 0},
		{"something else behind", " cost him votes in a false spring", 0},
	} {
		p := newPaper("2027-03-01", "Post")
		outer := "Hald claims the bridge was mined" + c.behind
		d := p.says("PER:Roth", "say", outer)
		span := record.Span{d.Span[0] + 12, d.Span[0] + 32}
		id := d.ID
		p.rec.Statements = append(p.rec.Statements, record.Statement{ID: p.id("s"), Source: p.all("ECU:Hald"), Act: "claim", ReportedIn: &id, Span: span,
			Content: []record.Words{{Text: "the bridge was mined", Span: span}}})
		_, rec := p.finish()
		if found := Infer(rec); len(found) != c.want {
			t.Errorf("%s: %v", c.name, found)
		}
	}
}

// TestHostileSpans shows that records whose spans lie outside their text are survived.
func TestHostileSpans(t *testing.T) {
	for _, span := range []record.Span{{-5, 3}, {4, 2}, {3, 900}, {900, 990}} {
		p := newPaper("2027-03-01", "Post")
		p.says("PER:Roth", "say", "we did not mine the bridge")
		p.counts("PER:Roth", "say", 3, "exactly", "mines", "3 mines lay under the bridge")
		p.does("", "PER:Roth", "ASSAULT", "mined", "actual", "Roth mined the bridge")
		art, rec := p.finish()
		rec.Statements[0].Span, rec.Statements[0].Content[0].Span = span, span
		rec.Events[0].Span, rec.Figures[0].Span = span, span
		rec.Actors[0].Mentions = []record.Span{span}
		x := NewAcross(AcrossOptions{})
		x.Add(art, rec)
		Infer(rec)
	}
}

// TestOnePairOnce: a denial that is found between two statements is not found again between the events that they tell.
func TestOnePairOnce(t *testing.T) {
	p := newPaper("2027-03-13", "Post")
	said := p.says("PER:Peru", "say", "Chilean soldiers crossed the Tambo river at night").ID
	denied := p.says("CHL:Chile", "deny", "that its soldiers had crossed the Tambo river at night").ID
	alone := func() int {
		_, rec := p.finish()
		return len(Infer(rec))
	}
	if n := alone(); n != 1 {
		t.Fatalf("between the statements: %d contradictions, want 1", n)
	}
	for _, ev := range []struct {
		by     record.ID
		status string
	}{{said, "actual"}, {denied, "denied"}} {
		s := p.rec.Statements[slices.IndexFunc(p.rec.Statements, func(s record.Statement) bool { return s.ID == ev.by })]
		p.rec.Events = append(p.rec.Events, record.Event{ID: p.id("e"), Type: "ASSAULT", Status: ev.status, Trigger: record.Words{Text: "crossed"}, Text: s.Text,
			Actors: p.all("CHL:Chile"), Span: s.Span, AssertedBy: &ev.by, Confidence: 0.8})
	}
	if n := alone(); n != 1 {
		t.Errorf("with the events: %d contradictions, want 1", n)
	}
}
