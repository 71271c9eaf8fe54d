package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
	"unicode/utf8"

	"parley/internal/record"
)

// Varied is the nth of endless fictional articles of one long crisis, the same at every call: some 900 people and bodies, those
// named most far more often than others, in 30 places, over years: 50 articles a day, every tenth two years older than those
// around it, every fortieth without a date. An archive of many of them is as an archive of news is, but for its words.
func Varied(n int) record.Arrival {
	t := &teller{pick: rand.New(rand.NewPCG(uint64(n), 7)), named: map[string]record.ID{}}
	known := Begin().Add(time.Duration(n) * 1728 * time.Second)
	if n%10 == 0 {
		known = known.AddDate(-2, 0, 0)
	}
	paper := fmt.Sprintf("%s %s", t.one(places()), t.one([]string{"Courier", "Post", "Gazette", "Herald", "Wire"}))
	doc := record.Document{URL: fmt.Sprintf("https://varied.example/%d", n), Publisher: paper, Authors: []string{}, Published: known.Format(time.RFC3339), Language: "en", Credits: []string{}}
	if n%40 == 0 {
		doc.Published = ""
	}
	t.rec = record.Empty(doc)
	t.rec.Model, t.rec.Rules = "test-model", "test-rules"
	for _, tell := range []func(time.Time){t.statement, t.event, t.figure, t.statement, t.sometimes, t.event} {
		tell(known)
	}
	t.rec.Document.Title = strings.TrimSuffix(strings.SplitN(t.text.String(), ". ", 2)[0], ".")
	t.rec.Document.Text = strings.TrimSpace(t.text.String())
	id := record.ArticleID(&t.rec.Document)
	t.rec.Document.ID = string(id)
	record.Adopt(t.rec, id, nil)
	return record.Arrival{Raw: []byte(t.rec.Document.Text), Record: t.rec, Article: record.Article{Document: t.rec.Document, MediaType: "text/plain",
		Location: fmt.Sprintf("wire/%d.txt", n), Known: known, Fetched: known, State: record.Current}}
}

// VariedFindings are what reconcile might find in some of the articles: everybody of one name is one, every text is its
// paper's own, and every fiftieth article is at odds with the one before it. Known are the names that were given already.
func VariedFindings(arrivals []record.Arrival, known map[string]bool) record.Found {
	var out record.Found
	for i := range arrivals {
		a := &arrivals[i]
		out.Articles = append(out.Articles, id(*a))
		for _, actor := range a.Record.Actors {
			who := record.NewID("i", actor.Name)
			if !known[actor.Name] {
				known[actor.Name] = true
				out.Identities = append(out.Identities, record.Identity{ID: who, Name: actor.Name, Kind: actor.Kind, SameAs: []string{}, Aliases: []string{}})
			}
			out.Memberships = append(out.Memberships, record.Membership{Actor: actor.ID, Identity: who, Reason: "same name", Score: 1})
		}
		out.Passages = append(out.Passages, record.Passage{Article: id(*a), Span: record.Span{0, utf8.RuneCountInString(a.Article.Text)},
			Origin: record.NewID("o", a.Article.ID), Label: a.Article.Publisher, Basis: "own"})
		if i > 0 && i%50 == 0 {
			one, other := arrivals[i-1].Record.Statements[0].ID, a.Record.Statements[0].ID
			out.Links = append(out.Links, record.Link{ID: record.NewID("l", string(one), string(other)), Kind: record.Conflict, Type: "denial", A: one, B: other,
				Reason: "one denies what the other says", Confidence: 0.7, Known: a.Article.Known})
		}
	}
	return out
}

// teller writes a text, and the record of it while it goes.
type teller struct {
	pick  *rand.Rand
	text  strings.Builder
	runes int
	rec   *record.Record
	named map[string]record.ID
}

func places() []string {
	return strings.Fields("Kelm Ostrow Varna Sele Dormund Ilva Pask Tarn Brack Holm Yarrow Cassel Norr Lund Mirrow Ravel Stene Ulm Vost Weir Zell Arden Bex Cork Dunn Elst Fife Gort Hesk Inver")
}

func (t *teller) one(list []string) string { return list[t.pick.IntN(len(list))] }

// person is a name; the first ones are picked most.
func (t *teller) person() string {
	first := strings.Fields("Ana Bo Cy Dee Eli Fay Gil Hal Ida Jon Kai Lea Max Nia Oto Pia Quin Rex Sue Tom Una Vic Wim Xia Yan Zoe Abe Bea Cal Dot")
	last := strings.Fields("Ruiz Lind Marsh Novak Okoro Hart Berg Stone Weld Cross Faber Grant Hale Irons Juric Klein Lorne Moss Nash Olden Pratt Quill Rask Sand Thorn Usher Vale Wolfe Yates Zorn")
	at := int(t.pick.Float64() * t.pick.Float64() * t.pick.Float64() * float64(len(first)*len(last)))
	return first[at%len(first)] + " " + last[at/len(first)]
}

// write adds words to the text and says where they stand.
func (t *teller) write(words string) record.Words {
	start := t.runes
	t.text.WriteString(words)
	t.runes += utf8.RuneCountInString(words)
	return record.Words{Text: words, Span: record.Span{start, t.runes}}
}

// from are the words written since the text was so long.
func (t *teller) from(start int) record.Words {
	return record.Words{Text: string([]rune(t.text.String())[start:]), Span: record.Span{start, t.runes}}
}

func (t *teller) actor(name, kind string) (record.ID, record.Words) {
	words := t.write(name)
	who, ok := t.named[name]
	if !ok {
		who = record.ID(fmt.Sprint("a", len(t.rec.Actors)+1))
		t.named[name] = who
		t.rec.Actors = append(t.rec.Actors, record.Actor{ID: who, Name: name, Kind: kind, Aliases: []string{}, Mentions: []record.Span{}, SameAs: []string{}})
	}
	for i := range t.rec.Actors {
		if t.rec.Actors[i].ID == who {
			t.rec.Actors[i].Mentions = append(t.rec.Actors[i].Mentions, words.Span)
		}
	}
	return who, words
}

func (t *teller) place() record.ID {
	name := t.one(places())
	words := t.write(name)
	where, ok := t.named["place "+name]
	if !ok {
		where = record.ID(fmt.Sprint("p", len(t.rec.Places)+1))
		t.named["place "+name] = where
		t.rec.Places = append(t.rec.Places, record.Place{ID: where, Name: name, Kind: "city", SameAs: []string{}, Mentions: []record.Span{words.Span}})
	}
	return where
}

func (t *teller) statement(time.Time) {
	start := t.runes
	who, name := t.actor(t.person(), "person")
	said := [][2]string{{"say", "said"}, {"say", "added"}, {"deny", "denied"}, {"announce", "announced"}, {"warn", "warned"}, {"threaten", "threatened"}, {"demand", "demanded"}}[t.pick.IntN(7)]
	t.write(" ")
	cue := t.write(said[1])
	t.write(" that ")
	content := t.write(fmt.Sprintf("%s %s %s", t.one([]string{"the soldiers", "the observers", "all heavy guns", "the talks", "aid trucks", "the border posts"}),
		t.one([]string{"had left", "would reach", "must stay out of", "were shelled near", "are welcome in"}), t.one(places())))
	whole := t.from(start)
	t.write(". ")
	t.rec.Statements = append(t.rec.Statements, record.Statement{ID: record.ID(fmt.Sprint("s", len(t.rec.Statements)+1)), Source: []record.ID{who}, SourceMention: &name, Cue: &cue,
		Addressee: []record.ID{}, Via: []record.ID{}, Content: []record.Words{content}, Act: said[0], Quotation: "indirect", Span: whole.Span, Text: whole.Text, Confidence: t.sure()})
}

func (t *teller) sure() float64 { return float64(40+t.pick.IntN(60)) / 100 }

func (t *teller) event(time.Time) {
	start := t.runes
	who, _ := t.actor("the "+t.one(strings.Fields("northern southern eastern western coastal river"))+" "+t.one(strings.Fields("command brigade militia guard")), "armed_force")
	did := [][2]string{{"ASSAULT", "shelled"}, {"ASSAULT", "attacked"}, {"MOBILIZE", "moved guns to"}, {"RETREAT", "pulled out of"}, {"COERCE", "closed the road to"}}[t.pick.IntN(5)]
	t.write(" ")
	trigger := t.write(did[1])
	t.write(" ")
	where := t.place()
	whole := t.from(start)
	t.write(". ")
	t.rec.Events = append(t.rec.Events, record.Event{ID: record.ID(fmt.Sprint("e", len(t.rec.Events)+1)), Type: did[0], Context: []string{}, CAMEO: "190", Actors: []record.ID{who},
		Recipients: []record.ID{}, Trigger: trigger, Span: whole.Span, Text: whole.Text, Status: t.one([]string{"actual", "actual", "planned", "denied"}), Where: []record.ID{where}, Confidence: t.sure()})
}

func (t *teller) figure(time.Time) {
	start := t.runes
	value := 10 * (1 + t.pick.IntN(500))
	of := [][2]string{{"had fled", "displaced"}, {"were killed in", "killed"}, {"were hurt in", "injured"}}[t.pick.IntN(3)]
	t.write(fmt.Sprintf("At least %d people %s ", value, of[0]))
	where := t.place()
	whole := t.from(start)
	t.write(", ")
	who, _ := t.actor(t.person(), "person")
	t.write(" said. ")
	t.rec.Figures = append(t.rec.Figures, record.Figure{ID: "f1", Value: float64(value), Bound: "at_least", Unit: "people", Of: of[1], Where: []record.ID{where},
		Span: whole.Span, Text: whole.Text, AssertedBy: []record.ID{who}})
}

// sometimes tells of a promise or a contact.
func (t *teller) sometimes(known time.Time) {
	start := t.runes
	switch t.pick.IntN(4) {
	case 0:
		day := known.AddDate(0, 0, t.pick.IntN(60)).Format(time.DateOnly)
		who, _ := t.actor(t.person(), "person")
		t.write(" promised to ")
		action := t.write(t.one([]string{"open the road to ", "free the prisoners of ", "send observers to ", "withdraw from "}) + t.one(places()))
		t.write(" by ")
		due := t.write(day)
		whole := t.from(start)
		t.write(". ")
		t.rec.Commitments = append(t.rec.Commitments, record.Commitment{ID: "c1", By: []record.ID{who}, To: []record.ID{}, Action: action.Text, Span: whole.Span, Text: whole.Text,
			Conditions: []record.Condition{}, Due: &record.Time{Text: due.Text, Span: due.Span, End: &day}, State: "open", Confidence: t.sure()})
	case 1:
		a, _ := t.actor(t.person(), "person")
		t.write(" and ")
		b, _ := t.actor(t.person(), "person")
		kind := [][2]string{{"call", " spoke by phone"}, {"meeting", " met"}, {"talks", " held talks"}}[t.pick.IntN(3)]
		t.write(kind[1])
		whole := t.from(start)
		t.write(". ")
		if a != b {
			t.rec.Contacts = append(t.rec.Contacts, record.Contact{ID: "k1", Kind: kind[0], Participants: []record.ID{a, b}, Status: "held", Where: []record.ID{},
				Span: whole.Span, Text: whole.Text, Spans: []record.Span{whole.Span}, Confidence: t.sure()})
		}
	}
}
