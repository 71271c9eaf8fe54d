package read

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"parley/internal/document"
)

// TestEvents reads the examples of testdata/events.txt: events with their status.
func TestEvents(t *testing.T) { readExamples(t, "testdata/events.txt", "E") }

// TestDeeds reads those of testdata/deeds.txt: commitments, contacts, figures, conflicts and agreements, no events.
func TestDeeds(t *testing.T) { readExamples(t, "testdata/deeds.txt", "CKFXG") }

func readExamples(t *testing.T, path, kinds string) {
	for _, ex := range examples(t, path) {
		t.Run(ex.text, func(t *testing.T) {
			doc := compact(t, ex.trees)
			r := Read(doc)
			var got []string
			for _, line := range describeAll(doc, &r) {
				if strings.Contains(kinds, line[:1]) {
					got = append(got, line)
				}
			}
			if os.Getenv("PARLEY_UPDATE") != "" {
				fmt.Printf("UPDATE = %s\nUPDATE %s\n", ex.text, strings.Join(ex.trees, "\nUPDATE "))
				for _, l := range got {
					fmt.Println("UPDATE >", l)
				}
				return
			}
			if diff := cmp.Diff(ex.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// describeAll writes all but the attributions, a line each; parts that are empty are left out.
func describeAll(doc *document.Document, r *Reading) []string {
	var out []string
	for _, e := range r.Events {
		out = append(out, line("E "+strings.TrimSuffix(e.Type+"/"+e.Mode, "/"), doc.Slice(e.Trigger), e.Status, "by", names(doc, e.Actors),
			"to", names(doc, e.Recipients), "when", timeText(doc, r, e.When), "where", names(doc, e.Where)))
	}
	for _, c := range r.Contacts {
		same := ""
		if c.SameAs >= 0 {
			same = fmt.Sprint(c.SameAs)
		}
		out = append(out, line("K "+c.Kind, doc.Tokens[c.Trigger].Form, c.Status, "with", names(doc, c.Participants), "when", timeText(doc, r, c.When),
			"where", names(doc, c.Where), "for", timeText(doc, r, c.Duration), "about", doc.Slice(c.About), "same", same))
	}
	for _, c := range r.Commitments {
		var conds []string
		for _, k := range c.Conditions {
			conds = append(conds, k.Kind+": "+doc.Slice(k.Span))
		}
		out = append(out, line("C", names(doc, c.By), doc.Slice(c.Action), "to", names(doc, c.To), "when", strings.Join(conds, "; "), "due", timeText(doc, r, c.Due)))
	}
	for _, f := range r.Figures {
		high := ""
		if f.High != nil {
			high = fmt.Sprint(*f.High)
		}
		out = append(out, line("F", strings.TrimSpace(fmt.Sprint(f.Value, " ", f.Unit)), f.Bound, "high", high, "of", doc.Slice(f.Of), "where", names(doc, f.Where)))
	}
	for _, c := range r.Conflicts {
		out = append(out, line("X", sideText(doc, r, c.A), sideText(doc, r, c.B), "by", names(doc, c.By)))
	}
	for _, g := range r.Agreements {
		var terms []string
		for _, s := range g.Terms {
			terms = append(terms, doc.Slice(s))
		}
		out = append(out, line("G", names(doc, []Phrase{g.Name}), fmt.Sprint(len(g.Mentions)), "date", timeText(doc, r, g.Date), "parties", names(doc, g.Parties), "terms", strings.Join(terms, "; ")))
	}
	return out
}

func line(kind, a, b string, rest ...string) string {
	out := []string{kind, a, b}
	for i := 0; i+1 < len(rest); i += 2 {
		if rest[i+1] != "" {
			out = append(out, rest[i]+"="+rest[i+1])
		}
	}
	return strings.Join(out, " | ")
}

func names(doc *document.Document, list []Phrase) string {
	var out []string
	for _, p := range list {
		out = append(out, doc.Slice(doc.TokenSpan(p.First, p.End)))
	}
	return strings.Join(out, "; ")
}

func timeText(doc *document.Document, r *Reading, i int) string {
	if i < 0 {
		return ""
	}
	return doc.Slice(r.Times[i].Span)
}

func sideText(doc *document.Document, r *Reading, s Side) string {
	if s.Attribution >= 0 {
		return doc.Slice(r.Attributions[s.Attribution].Content[0])
	}
	return names(doc, []Phrase{s.Phrase})
}

// TestEventFrames reads those of testdata/frames.txt: what a frame asks for, found in trees as the parser makes them.
func TestEventFrames(t *testing.T) { readExamples(t, "testdata/frames.txt", "E") }
