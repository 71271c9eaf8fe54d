package eval

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"sort"

	"parley/internal/document"
	"parley/internal/read"
)

// Analyse takes a text through parsing and reading; the document it returns has the given text.
type Analyse func(text string) (*document.Document, read.Reading, error)

// AttributionTask names the rows of Attribution.
const AttributionTask = "attribution, PolNeAR"

// GoldAttribution is one attribution as an annotator marked it, in bytes of the text.
type GoldAttribution struct{ Source, Cue, Content []document.Span }

// GoldArticle is one annotated article.
type GoldArticle struct {
	ID, Text     string
	Attributions []GoldAttribution
}

// AttributionScore counts spans, tokens and overlaps of source, cue and content, and whole attributions.
type AttributionScore struct {
	Exact, Token, Overlap [3]PRF
	// Linked counts attributions whose source, cue and content all overlap those of one gold attribution;
	// those without a source or a cue need the other roles.
	Linked PRF
	Record PRF             // the same of those alone that are for the record
	Rules  map[string]*PRF // linked, by the rule that made the attribution; Gold stays 0
}

// Attribution measures attributions on a PolNeAR file (jsonl.gz): exact-span, token and overlap F1 for
// source, cue and content, and the linked triple. limit bounds the number of articles; 0 takes all.
func Attribution(path string, limit int, analyse Analyse) ([]Row, error) {
	score := &AttributionScore{}
	err := eachArticle(path, limit, analyse, func(doc *document.Document, reading read.Reading, gold []GoldAttribution) {
		score.Add(doc, reading, gold)
	})
	if err != nil {
		return nil, err
	}
	return score.Rows(), nil
}

// AttributionsJudged are the attributions for the record that are read in a PolNeAR file, each right when source, cue and
// content overlap those of a gold attribution that no other has taken. What annotators missed counts as wrong.
func AttributionsJudged(path string, analyse Analyse) ([]Judged, error) {
	var out []Judged
	err := eachArticle(path, 0, analyse, func(_ *document.Document, reading read.Reading, gold []GoldAttribution) {
		out = append(out, judge(reading, gold)...)
	})
	return out, err
}

// judge holds the attributions for the record against the gold ones of their text.
func judge(reading read.Reading, gold []GoldAttribution) []Judged {
	var out []Judged
	used := make([]bool, len(gold))
	for _, a := range outermost(reading.Attributions) {
		j := Judged{Evidence: a.Evidence, Confidence: a.Confidence}
		for k := range gold {
			if !used[k] && Matches(gold[k], &a) {
				used[k], j.Right = true, true
				break
			}
		}
		out = append(out, j)
	}
	return out
}

// eachArticle reads the articles of a PolNeAR file; limit bounds their number, 0 takes all.
func eachArticle(path string, limit int, analyse Analyse, use func(*document.Document, read.Reading, []GoldAttribution)) error {
	articles, err := ReadPolNeAR(path, limit)
	if err != nil {
		return err
	}
	for i := range articles {
		doc, reading, err := analyse(articles[i].Text)
		if err != nil {
			return fmt.Errorf("reading %s: %w", articles[i].ID, err)
		}
		if err := articles[i].refit(doc.Text); err != nil {
			return err
		}
		use(doc, reading, articles[i].Attributions)
	}
	return nil
}

// roles are the parts of an attribution, in the order of the counters.
var roles = [3]string{"source", "cue", "content"}

// Rows are the figures of a score.
func (s *AttributionScore) Rows() []Row {
	var rows []Row
	for i, role := range roles {
		for _, m := range []struct {
			name string
			prf  PRF
		}{{"exact", s.Exact[i]}, {"token", s.Token[i]}, {"overlap", s.Overlap[i]}} {
			rows = append(rows,
				Row{AttributionTask, role + " " + m.name + " F1", m.prf.F1(), m.prf.Gold},
				Row{AttributionTask, role + " " + m.name + " precision", m.prf.Precision(), m.prf.Given})
		}
	}
	return append(rows, Row{AttributionTask, "linked triple F1", s.Linked.F1(), s.Linked.Gold},
		Row{AttributionTask, "linked triple precision", s.Linked.Precision(), s.Linked.Given},
		Row{AttributionTask, "linked triple precision, for the record", s.Record.Precision(), s.Record.Given})
}

// parts are the three roles of what was read.
func parts(a *read.Attribution) [3][]document.Span {
	var out [3][]document.Span
	if !a.SourceSpan.Empty() {
		out[0] = []document.Span{a.SourceSpan}
	}
	if !a.Cue.Empty() {
		out[1] = []document.Span{a.Cue}
	}
	out[2] = a.Content
	return out
}

// Add compares one reading with the gold attributions of its text. PolNeAR marks no attribution inside the
// content of another, so only the outermost are compared.
func (s *AttributionScore) Add(doc *document.Document, reading read.Reading, gold []GoldAttribution) {
	want := make([][3][]document.Span, len(gold))
	for i, g := range gold {
		want[i] = [3][]document.Span{g.Source, g.Cue, g.Content}
	}
	outer := append(outermost(reading.Attributions), reading.LeftOut...)
	got := make([][3][]document.Span, len(outer))
	for i := range outer {
		got[i] = parts(&outer[i])
	}
	for role := range roles {
		s.spans(role, want, got)
		s.tokens(role, doc, want, got)
	}
	s.linked(want, got, outer)
	for _, j := range judge(reading, gold) {
		s.Record.Given++
		if j.Right {
			s.Record.Right++
		}
	}
	s.Record.Gold += len(gold)
}

// outermost are the attributions as PolNeAR marks them: none inside another unless the model marks it, and a quotation that goes on
// without a cue is part of the attribution it goes on from.
func outermost(all []read.Attribution) []read.Attribution {
	var out []read.Attribution
	at := map[int]int{}
	for i := range all {
		a := all[i]
		if a.Within >= 0 && !a.Marked {
			continue
		}
		if k, ok := at[a.SameSource]; ok && a.Cue.Empty() {
			out[k].Content = append(append([]document.Span(nil), out[k].Content...), a.Content...)
			at[i] = k
			continue
		}
		at[i] = len(out)
		out = append(out, a)
	}
	return out
}

// spans counts a role's whole spans: exactly the same, and overlapping.
func (s *AttributionScore) spans(role int, want, got [][3][]document.Span) {
	w, exact := unlike(role, want)
	g, _ := unlike(role, got)
	right, touched := 0, 0
	for _, x := range g {
		if exact[outline(x)] {
			right++
		}
	}
	for _, x := range g {
		for _, y := range w {
			if touch(x, y) {
				touched++
				break
			}
		}
	}
	s.Exact[role].Add(PRF{right, len(g), len(w)})
	s.Overlap[role].Add(PRF{min(touched, len(w)), len(g), len(w)})
}

// unlike are a role's spans in all attributions; the same words in two of them count once.
func unlike(role int, all [][3][]document.Span) ([][]document.Span, map[document.Span]bool) {
	var out [][]document.Span
	seen := map[document.Span]bool{}
	for _, a := range all {
		if len(a[role]) > 0 && !seen[outline(a[role])] {
			seen[outline(a[role])] = true
			out = append(out, a[role])
		}
	}
	return out, seen
}

// outline is the span from the first to the last word.
func outline(spans []document.Span) document.Span {
	return document.Span{Start: spans[0].Start, End: spans[len(spans)-1].End}
}

func touch(a, b []document.Span) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Overlaps(y) {
				return true
			}
		}
	}
	return false
}

// tokens counts the words that bear a role.
func (s *AttributionScore) tokens(role int, doc *document.Document, want, got [][3][]document.Span) {
	in := func(all [][3][]document.Span) []bool {
		marks := make([]bool, len(doc.Tokens))
		for _, a := range all {
			for _, span := range a[role] {
				i := sort.Search(len(doc.Tokens), func(i int) bool { return doc.Tokens[i].Span.End > span.Start })
				for ; i < len(doc.Tokens) && doc.Tokens[i].Span.Start < span.End; i++ {
					marks[i] = true
				}
			}
		}
		return marks
	}
	w, g := in(want), in(got)
	for i := range w {
		switch {
		case w[i] && g[i]:
			s.Token[role].Add(PRF{1, 1, 1})
		case w[i]:
			s.Token[role].Add(PRF{0, 0, 1})
		case g[i]:
			s.Token[role].Add(PRF{0, 1, 0})
		}
	}
}

// linked counts attributions found as a whole, and how often each rule is right.
func (s *AttributionScore) linked(want, got [][3][]document.Span, made []read.Attribution) {
	if s.Rules == nil {
		s.Rules = map[string]*PRF{}
	}
	used := make([]bool, len(want))
	right := 0
	for i := range got {
		rule := RuleOf(made[i].Why)
		if s.Rules[rule] == nil {
			s.Rules[rule] = &PRF{}
		}
		s.Rules[rule].Given++
		for j := range want {
			if !used[j] && matches(want[j], got[i]) {
				used[j] = true
				right++
				s.Rules[rule].Right++
				break
			}
		}
	}
	s.Linked.Add(PRF{right, len(got), len(want)})
}

// Matches says whether an attribution that was read overlaps a gold one in every role that both have.
func Matches(gold GoldAttribution, a *read.Attribution) bool {
	return matches([3][]document.Span{gold.Source, gold.Cue, gold.Content}, parts(a))
}

func matches(want, got [3][]document.Span) bool {
	for role := range roles {
		if len(want[role]) == 0 && len(got[role]) == 0 {
			continue
		}
		if len(got[role]) == 0 && role < 2 && len(got[1]) == 0 { // a quotation that goes on: its words tell
			continue
		}
		if len(got[role]) == 0 && role == 0 { // "adding that": the speaker is named by the attribution before
			continue
		}
		if !touch(want[role], got[role]) {
			return false
		}
	}
	return true
}

// RuleOf is the rule in an attribution's Why, without the words of the cue.
func RuleOf(why string) string {
	for i := range why {
		if why[i] == ':' {
			return why[:i]
		}
	}
	return why
}

// ReadPolNeAR reads annotated articles from a jsonl.gz file; limit bounds their number, 0 takes all.
func ReadPolNeAR(path string, limit int) ([]GoldArticle, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading PolNeAR: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("reading PolNeAR: %s: %w", path, err)
	}
	scan := bufio.NewScanner(z)
	scan.Buffer(make([]byte, 1<<20), 1<<26)
	var out []GoldArticle
	for scan.Scan() && (limit == 0 || len(out) < limit) {
		var line struct {
			ID, Text     string
			Attributions []struct{ Source, Cue, Content [][2]int }
		}
		if err := json.Unmarshal(scan.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("reading PolNeAR: article %d: %w", len(out)+1, err)
		}
		art, at := GoldArticle{ID: line.ID, Text: line.Text}, byteOffsets(line.Text)
		for _, a := range line.Attributions {
			art.Attributions = append(art.Attributions, GoldAttribution{spansIn(a.Source, at), spansIn(a.Cue, at), spansIn(a.Content, at)})
		}
		out = append(out, art)
	}
	return out, scan.Err()
}

// refit moves the spans to a text that differs from the article's in its bytes only, code point by code point (source
// puts one character in the place of a control character).
func (art *GoldArticle) refit(text string) error {
	if text == art.Text {
		return nil
	}
	from, to := document.NewOffsets(art.Text), byteOffsets(text)
	if len(byteOffsets(art.Text)) != len(to) {
		return fmt.Errorf("reading %s: its text was changed in length, the annotations do not fit", art.ID)
	}
	for _, a := range art.Attributions {
		for _, spans := range [][]document.Span{a.Source, a.Cue, a.Content} {
			for k, s := range spans {
				spans[k] = document.Span{Start: to[from.Rune(s.Start)], End: to[from.Rune(s.End)]}
			}
		}
	}
	art.Text = text
	return nil
}

// byteOffsets gives the byte offset of every code point, and of the end.
func byteOffsets(text string) []int {
	at := make([]int, 0, len(text)+1)
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

func spansIn(pairs [][2]int, at []int) []document.Span {
	var out []document.Span
	for _, p := range pairs {
		if p[0] >= 0 && p[0] < p[1] && p[1] < len(at) {
			out = append(out, document.Span{Start: at[p[0]], End: at[p[1]]})
		}
	}
	return out
}
