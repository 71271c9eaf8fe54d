package reconcile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/internal/record"
)

// originStory is a report in five paragraphs, all invented.
var originStory = []string{
	"Soldiers of Norland withdrew from two villages on the northern bank of the river Ase on Monday, a day after the monitors reported shelling near the bridge at Ostrava Ford.",
	"The withdrawal began before dawn and was finished by noon, residents of both villages said. Trucks carried away tents and field kitchens, and engineers took down a pontoon.",
	"“We keep to every word that we signed in the spring, and we expect our neighbours to keep to every word as well, without delay and without excuses,” Foreign Minister Ana Ruiz said.",
	"Her ministry added that observers had been invited to both villages and that the road between them would be open to trade from Wednesday, for the first time since the winter.",
	"Southmark, which claims the bank as its own, did not comment at once. Its parliament meets on Thursday to debate the agreement, and three of its five parties oppose it.",
}

// otherReport is another report of the same day.
var otherReport = []string{
	"Norland has pulled its troops out of a contested strip along the Ase, raising hopes that a truce brokered last spring may hold through the harvest.",
	"Witnesses told this newspaper that columns of lorries moved north through the night while a handful of officers stayed behind to hand over maps of the minefields.",
	"“We keep to every word that we signed in the spring, and we expect our neighbours to keep to every word as well, without delay and without excuses,” the foreign minister told deputies in the capital.",
	"Diplomats cautioned that earlier withdrawals had been reversed within days, most recently in the autumn when artillery returned to the same ridge under cover of fog.",
}

type printed struct {
	publisher string
	day       int // of March 2031
	credits   []string
	text      []string
}

func (p printed) article() *record.Article {
	known := time.Date(2031, 3, p.day, 8, 0, 0, 0, time.UTC)
	a := &record.Article{Known: known, Fetched: known, Document: record.Document{Publisher: p.publisher, Credits: p.credits,
		Published: known.Format(time.RFC3339), Text: strings.Join(p.text, "\n\n")}}
	a.Document.ID = string(record.ArticleID(&a.Document))
	return a
}

// addAll adds articles and gives the passages of each.
func addAll(o *Origins, all ...printed) [][]record.Passage {
	var out [][]record.Passage
	for _, p := range all {
		out = append(out, o.Add(p.article()))
	}
	return out
}

// lightly changes one word in n.
func lightly(text []string, n int) []string {
	var out []string
	for _, p := range text {
		words := strings.Fields(p)
		for i := n - 1; i < len(words); i += n {
			words[i] = "changed"
		}
		out = append(out, strings.Join(words, " "))
	}
	return out
}

func TestOriginCopies(t *testing.T) {
	unrelated := []string{"The weather in the capital stays dry until Friday, the office said, with a light wind from the sea and temperatures a little above those of last year."}
	tests := []struct {
		name string
		copy printed
		want string // label basis of each passage
	}{
		{"verbatim", printed{"Herald", 2, nil, originStory}, "AFP copy"},
		{"credited", printed{"Herald", 2, []string{"Agence France-Presse"}, originStory}, "AFP credit"},
		{"light edits", printed{"Herald", 2, nil, lightly(originStory, 14)}, "AFP copy"},
		{"tail cut", printed{"Herald", 2, nil, originStory[:2]}, "AFP copy"},
		{"one paragraph", printed{"Herald", 2, nil, []string{strings.Join(originStory, " ")}}, "AFP copy"},
		{"hard line ends", printed{"Herald", 2, nil, []string{strings.ReplaceAll(originStory[0], " on ", "\non "), originStory[1]}}, "AFP copy"},
		{"upper case and other quotes", printed{"Herald", 2, nil, []string{strings.ToUpper(originStory[0]), originStory[1], strings.NewReplacer("“", `"`, "”", `"`).Replace(originStory[2])}}, "AFP copy"},
		{"own paragraph added", printed{"Herald", 2, nil, slices.Concat(originStory, unrelated)}, "AFP copy, Herald own"},
		{"own paragraph between", printed{"Herald", 2, nil, slices.Concat(originStory[:2], unrelated, originStory[3:])}, "AFP copy, Herald own, AFP copy"},
		{"another report with the same quotation", printed{"Herald", 2, nil, otherReport}, "Herald own, Herald own, Herald own"},
		{"nothing shared", printed{"Herald", 2, nil, unrelated}, "Herald own"},
		{"after the window", printed{"Herald", 40, nil, originStory}, "Herald own"},
		{"another agency credited", printed{"Herald", 2, []string{"Reuters"}, originStory}, "AFP copy"},
		{"agency's other report", printed{"Herald", 2, []string{"AFP"}, otherReport[:2]}, "AFP credit"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := addAll(NewOrigins(OriginOptions{}), printed{"Courier", 1, []string{"AFP"}, originStory}, test.copy)
			var shown []string
			for _, p := range got[1] {
				shown = append(shown, p.Label+" "+p.Basis)
				if same := p.Origin == got[0][0].Origin; same != (p.With != "") {
					t.Errorf("passage %v: same origin %v, but with %q", p.Span, same, p.With)
				}
				if p.Reason == "" {
					t.Errorf("passage %v has no reason", p.Span)
				}
			}
			if d := cmp.Diff(test.want, strings.Join(shown, ", ")); d != "" {
				t.Errorf("passages (-want +got):\n%s\n%+v", d, got[1])
			}
		})
	}
}

func TestOriginReasons(t *testing.T) {
	first := printed{"Courier", 1, []string{"AFP"}, originStory}
	got := addAll(NewOrigins(OriginOptions{}), first, printed{"Herald", 2, nil, originStory[:2]}, printed{"Post", 2, nil, otherReport})
	id := first.article().Document.ID
	want := []string{
		"credited to AFP",
		"100 % of its wording stands in " + id + " (Courier, 2031-03-01), which is earlier",
		"no agency is credited and it is no copy of another article; " + id + " (Courier, 2031-03-01) carries the same quotation, but its words around it are not the same",
	}
	if d := cmp.Diff(want, []string{got[0][0].Reason, got[1][0].Reason, got[2][1].Reason}); d != "" {
		t.Errorf("reasons (-want +got):\n%s", d)
	}
}

// Two reprints come before anybody credits the agency.
func TestOriginLateCredit(t *testing.T) {
	o := NewOrigins(OriginOptions{})
	got := addAll(o, printed{"Courier", 1, nil, originStory}, printed{"Herald", 1, nil, originStory},
		printed{"Post", 2, []string{"AFP"}, originStory}, printed{"Mail", 3, nil, originStory}, printed{"Courier", 3, nil, otherReport})
	all := slices.Concat(got...)
	for _, ps := range got[:4] {
		if len(ps) != 1 || ps[0].Origin != got[0][0].Origin {
			t.Fatalf("not one origin: %+v", ps)
		}
	}
	if p := got[3][0]; p.Label != "AFP" || p.Basis != "copy" {
		t.Errorf("after the credit a copy is %s by %s, want AFP by copy", p.Label, p.Basis)
	}
	if got := o.Label(got[0][0].Origin); got != "AFP" {
		t.Errorf("the origin is called %q by now, want AFP", got)
	}
	var reporters []string
	for _, p := range Independent(all) {
		reporters = append(reporters, p.Label)
	}
	if d := cmp.Diff([]string{"AFP", "Courier"}, reporters); d != "" {
		t.Errorf("reporters (-want +got):\n%s", d)
	}
}

func TestOriginTwoAgencies(t *testing.T) {
	got := addAll(NewOrigins(OriginOptions{}), printed{"Courier", 1, []string{"AFP"}, originStory}, printed{"Post", 1, []string{"Reuters"}, otherReport},
		printed{"Herald", 2, []string{"Reuters", "AFP"}, slices.Concat(originStory[:2], otherReport[:2], []string{"The ford lies forty kilometres from the capital and was crossed by trade caravans for centuries until the war closed it, historians of the valley say."})})
	var shown []string
	for _, p := range got[2] {
		shown = append(shown, p.Label+" "+p.Basis)
	}
	if d := cmp.Diff("AFP credit, Reuters credit, AFP / Reuters credit", strings.Join(shown, ", ")); d != "" {
		t.Errorf("passages (-want +got):\n%s", d)
	}
	if n := len(Independent(slices.Concat(got...))); n != 2 {
		t.Errorf("%d reporters, want 2", n)
	}
}

// ownWords is a text that no other number has.
func ownWords(number, words int) string {
	var out strings.Builder
	for i := range words {
		fmt.Fprintf(&out, "word%dof%d ", i, number)
	}
	return out.String()
}

func TestOriginStockText(t *testing.T) {
	stock := "The river Ase has been disputed since the treaty of 1904 gave its northern bank to Southmark and its southern bank to Norland, leaving a dozen villages without schools, roads or a court of their own for generations."
	o := NewOrigins(OriginOptions{})
	for i := range 5 {
		text := []string{ownWords(i, 40), ownWords(i+10, 60), stock, "Sign up for our newsletter to get the best of the valley in your inbox every morning."}
		for _, p := range o.Add(printed{fmt.Sprintf("Paper %d", i), 1 + i, nil, text}.article()) {
			if i >= 3 && p.Basis != "own" {
				t.Errorf("article %d: %+v", i, p)
			}
			if p.With != "" && p.Span[1]-p.Span[0] > len([]rune(stock))+4 {
				t.Errorf("article %d: more than the stock paragraph is a copy: %+v", i, p)
			}
		}
	}
}

func TestOriginDecisions(t *testing.T) {
	first, second, other := printed{"Courier", 1, nil, originStory}, printed{"Herald", 2, nil, originStory}, printed{"Post", 3, nil, otherReport}
	id := func(p printed) record.ID { return record.ID(p.article().Document.ID) }
	own := record.Judgement{Verb: "own_origin", Subject: id(first), Object: id(second), Who: "kim", Why: "both had the handout"}
	same := record.Judgement{Verb: "same_origin", Subject: id(other), Object: id(first), Who: "kim", Why: "the desk said so"}
	undone := record.Judgement{Verb: "same_origin", Subject: id(second), Object: id(first), Who: "kim", Why: "no"}
	tests := []struct {
		name      string
		decisions []record.Judgement
		want      []int // which article's origin each has
	}{
		{"none", nil, []int{0, 0, 2}},
		{"own", []record.Judgement{own}, []int{0, 1, 2}},
		{"own, then taken back", []record.Judgement{own, undone}, []int{0, 0, 2}},
		{"same", []record.Judgement{same}, []int{0, 0, 0}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := NewOrigins(OriginOptions{})
			o.Decide(test.decisions)
			got := addAll(o, first, second, other)
			first := map[record.ID]int{} // origin → the first article that has it
			for i, want := range test.want {
				if _, ok := first[got[i][0].Origin]; !ok {
					first[got[i][0].Origin] = i
				}
				if from := first[got[i][0].Origin]; from != want {
					t.Errorf("article %d has the origin of article %d, want that of %d: %s", i, from, want, got[i][0].Reason)
				}
			}
		})
	}
}

// A memory filled again gives what the first one would have given.
func TestOriginRemember(t *testing.T) {
	all := []printed{{"Courier", 1, []string{"AFP"}, originStory}, {"Herald", 2, nil, originStory[1:]}, {"Post", 2, nil, otherReport}}
	last := printed{"Mail", 3, nil, slices.Concat(originStory[2:], otherReport[:2])}
	o, again := NewOrigins(OriginOptions{}), NewOrigins(OriginOptions{})
	for _, p := range all {
		again.Remember(p.article(), o.Add(p.article()))
	}
	if d := cmp.Diff(o.Add(last.article()), again.Add(last.article())); d != "" {
		t.Errorf("after Remember (-first +again):\n%s", d)
	}
}

// An article that is added again is as it was, but for what is learnt of whose report it is.
func TestOriginAgain(t *testing.T) {
	first, copied := printed{"Courier", 1, nil, originStory}, printed{"Herald", 2, nil, originStory}
	o := NewOrigins(OriginOptions{})
	before := addAll(o, first, copied)
	if d := cmp.Diff(before, addAll(o, first, copied)); d != "" {
		t.Errorf("added again (-first +again):\n%s", d)
	}
	o.Add(printed{"Post", 3, []string{"AFP"}, originStory}.article())
	got := o.Add(first.article())
	want := []record.Passage{{Article: before[0][0].Article, Span: before[0][0].Span, Origin: before[0][0].Origin, Label: "AFP", Basis: "credit", Reason: "a copy of it credits AFP"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("after a copy credited AFP (-want +got):\n%s", d)
	}
}

// Whatever the text, passages cover it without gaps.
func TestOriginsCover(t *testing.T) {
	pieces := slices.Concat(originStory, otherReport, []string{"", "\n", "“open", "''", "１２ 世界 नमस्ते", "\xff", strings.Repeat("word ", 70) + ". Next"})
	rapid.Check(t, func(t *rapid.T) {
		o := NewOrigins(OriginOptions{WindowDays: rapid.IntRange(0, 3).Draw(t, "window")})
		for range rapid.IntRange(1, 6).Draw(t, "articles") {
			p := printed{rapid.SampledFrom([]string{"A", "B", ""}).Draw(t, "publisher"), rapid.IntRange(1, 9).Draw(t, "day"),
				rapid.SampledFrom([][]string{nil, {"AFP"}, {"AFP", "AP"}}).Draw(t, "credits"),
				rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.String()), 0, 5).Draw(t, "text")}
			got := o.Add(p.article())
			at := 0
			for _, q := range got {
				if q.Span[0] != at || q.Span[1] < at || q.Origin == "" || q.Label == "" || q.Reason == "" || q.Share < 0 || q.Share > 1 {
					t.Fatalf("bad passage %+v after %d", q, at)
				}
				at = q.Span[1]
			}
			if n := len([]rune(p.article().Text)); at != n {
				t.Fatalf("passages end at %d, the text at %d", at, n)
			}
		}
	})
}

func TestOriginAt(t *testing.T) {
	passages := []record.Passage{{Span: record.Span{0, 10}, Label: "A"}, {Span: record.Span{10, 30}, Label: "B"}}
	for _, test := range []struct {
		span record.Span
		want string
	}{{record.Span{2, 5}, "A"}, {record.Span{8, 13}, "B"}, {record.Span{8, 12}, "A"}, {record.Span{30, 40}, ""}, {record.Span{4, 4}, ""}} {
		if got, ok := OriginAt(passages, test.span); got.Label != test.want || ok != (test.want != "") {
			t.Errorf("%v is in %q, want %q", test.span, got.Label, test.want)
		}
	}
}

func TestIndependent(t *testing.T) {
	pass := func(origin, label, basis string) record.Passage {
		return record.Passage{Origin: record.ID(origin), Label: label, Basis: basis}
	}
	tests := []struct {
		name string
		in   []record.Passage
		want string
	}{
		{"none", nil, ""},
		{"ten reprints", slices.Repeat([]record.Passage{pass("o1", "AFP", "copy")}, 10), "AFP"},
		{"two reports of one agency", []record.Passage{pass("o1", "AFP", "credit"), pass("o2", "AFP", "credit")}, "AFP"},
		{"an agency and own reporting", []record.Passage{pass("o1", "AFP", "credit"), pass("o2", "Courier", "own")}, "AFP Courier"},
		{"a publisher twice", []record.Passage{pass("o1", "Courier", "own"), pass("o2", "Courier", "own")}, "Courier"},
		{"a reprint that came before the credit", []record.Passage{pass("o1", "Courier", "own"), pass("o1", "AFP", "credit"), pass("o2", "Courier", "own")}, "AFP Courier"},
		{"one of two agencies", []record.Passage{pass("o1", "AFP / Reuters", "credit"), pass("o2", "Reuters", "credit")}, "Reuters"},
		{"one of two agencies alone", []record.Passage{pass("o1", "AFP / Reuters", "credit")}, "AFP / Reuters"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, p := range Independent(test.in) {
				got = append(got, p.Label)
			}
			if d := cmp.Diff(test.want, strings.Join(got, " ")); d != "" {
				t.Errorf("reporters (-want +got):\n%s", d)
			}
		})
	}
}

// Each paragraph has its own words; one article in ten prints another one.
func BenchmarkOriginsAdd(b *testing.B) {
	const paragraphs = 25
	rng := rand.New(rand.NewPCG(1, 2))
	text := func() []string {
		var out []string
		for range paragraphs {
			var p strings.Builder
			for range 40 {
				fmt.Fprintf(&p, "w%d ", int(rng.ExpFloat64()*300))
			}
			out = append(out, p.String())
		}
		return out
	}
	o := NewOrigins(OriginOptions{})
	var last []string
	next := func(i int) *record.Article {
		if i%10 != 9 {
			last = text()
		}
		p := printed{fmt.Sprintf("Paper %d", i%50), 1 + i/150%28, nil, last}
		p.text = append([]string{fmt.Sprint("Story ", i)}, p.text...)
		return p.article()
	}
	for i := range 4000 {
		o.Add(next(i)) // 100,000 paragraphs
	}
	for i := 4000; b.Loop(); i++ {
		b.StopTimer()
		a := next(i)
		b.StartTimer()
		o.Add(a)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/paragraphs, "ns/paragraph")
}
