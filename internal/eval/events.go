package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"parley/internal/document"
	"parley/internal/read"
)

// GoldEvent is one sentence with a marked pair and the event type between them.
type GoldEvent struct {
	ID, Text       string
	Source, Target []document.Span
	Type           string
}

// olderTypes maps the 18 types of PLOVER 0.5b1 (2016), which the gold records of the PLOVER repository still use, to the 16 of the
// 2021 manual: a demand is a REQUEST, disapproval and investigation are modes of ACCUSE, and FIGHT is folded into ASSAULT.
var olderTypes = map[string]string{"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}

// yielding are the types that PLV (Zero-Shot-PLOVER, ACL 2024) has as one root, YIELD.
var yielding = map[string]string{"RETREAT": "YIELD", "CONCEDE": "YIELD"}

// EventTypes measures the choice of an event type for a sentence and a marked pair, on a file of PLOVER's gold records or of PLV
// (jsonl, told apart by their fields): accuracy and macro-F1 over the types that occur in the file, in per cent.
func EventTypes(name, path string, analyse Analyse) ([]Row, error) {
	gold, plv, err := ReadEvents(path)
	if err != nil {
		return nil, err
	}
	counts := map[string]*PRF{}
	count := func(kind string) *PRF {
		if counts[kind] == nil {
			counts[kind] = &PRF{}
		}
		return counts[kind]
	}
	right := 0
	for i := range gold {
		doc, reading, err := analyse(gold[i].Text)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", gold[i].ID, err)
		}
		got := EventType(doc, &reading, &gold[i])
		if plv && yielding[got] != "" {
			got = yielding[got]
		}
		count(gold[i].Type).Gold++
		count(got).Given++
		if got == gold[i].Type {
			right++
			count(got).Right++
		}
	}
	return []Row{
		{Task: name, Measure: "accuracy", Value: percent(right, len(gold)), N: len(gold)},
		{Task: name, Measure: "macro F1", Value: macroF1(counts), N: len(gold)},
	}, nil
}

// macroF1 is the mean F1 of the kinds that the gold answers have, summed in a fixed order so that it is the same on every run.
func macroF1(counts map[string]*PRF) float64 {
	sum, kinds := 0.0, 0
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		if c := counts[kind]; c.Gold > 0 {
			sum += c.F1()
			kinds++
		}
	}
	return sum / float64(max(kinds, 1))
}

// ReadEvents reads either file; plv says which it was.
func ReadEvents(path string) (gold []GoldEvent, plv bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, false, fmt.Errorf("reading event types: %w", err)
	}
	defer f.Close()
	type named struct{ ActorText string }
	scan := bufio.NewScanner(f)
	scan.Buffer(make([]byte, 1<<16), 1<<22)
	for scan.Scan() {
		var line struct {
			ID, Text, Event, Root string
			Source, Target        json.RawMessage
		}
		if err := json.Unmarshal(scan.Bytes(), &line); err != nil {
			return nil, false, fmt.Errorf("reading event types: line %d: %w", len(gold)+1, err)
		}
		g := GoldEvent{ID: line.ID, Text: line.Text, Type: line.Root}
		if line.Root == "" {
			g.Type = line.Event
			if m := olderTypes[g.Type]; m != "" {
				g.Type = m
			}
		} else {
			plv = true
		}
		for _, side := range []struct {
			raw json.RawMessage
			to  *[]document.Span
		}{{line.Source, &g.Source}, {line.Target, &g.Target}} {
			var one string
			var many []named
			if json.Unmarshal(side.raw, &one) != nil {
				if err := json.Unmarshal(side.raw, &many); err != nil {
					return nil, false, fmt.Errorf("reading event types: %s: %w", line.ID, err)
				}
			}
			many = append(many, named{one})
			for _, n := range many {
				if at := strings.Index(line.Text, strings.TrimSpace(n.ActorText)); at >= 0 && strings.TrimSpace(n.ActorText) != "" {
					*side.to = append(*side.to, document.Span{Start: at, End: at + len(strings.TrimSpace(n.ActorText))})
				}
			}
		}
		gold = append(gold, g)
	}
	return gold, plv, scan.Err()
}

// purpose is what an event that has not happened counts less than one that has: "opened fire to disperse the crowd".
const purpose = 0.5

// EventType chooses the type of what links the pair: the event that best fits source and target, turned by its status (what is refused
// is a REJECT, what is promised an AGREE, what is threatened a THREATEN, what is asked for a REQUEST); failing that, the word nearest
// to both that can be an event; empty when there is none.
func EventType(doc *document.Document, reading *read.Reading, gold *GoldEvent) string {
	best, score := "", -1e9
	for i := range reading.Events {
		ev := &reading.Events[i]
		s := 3.0 + 4*float64(fits(doc, ev.Actors, gold.Source)) + 3*float64(fits(doc, ev.Recipients, gold.Target)) +
			float64(fits(doc, ev.Recipients, gold.Source)) + float64(fits(doc, ev.Actors, gold.Target))
		s -= distance(doc, ev.TriggerTok, gold)
		if ev.Status != "actual" && ev.Status != "ongoing" {
			s -= purpose
		}
		if s > score {
			best, score = turned(ev.Type, ev.Status), s
		}
	}
	for _, tr := range read.Triggers(doc, reading) {
		if s := -distance(doc, tr.Token, gold); s > score {
			best, score = turned(tr.Type, tr.Status), s
		}
	}
	return best
}

// turned is the type of an event that has not taken place.
func turned(kind, status string) string {
	hostile := slices.Contains([]string{"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "THREATEN"}, kind)
	speech := slices.Contains([]string{"AGREE", "REQUEST", "REJECT", "ACCUSE", "THREATEN"}, kind)
	switch status {
	case "denied":
		if !hostile || speech {
			return "REJECT"
		}
	case "planned", "pledged", "threatened":
		if hostile {
			return "THREATEN"
		}
		if !speech {
			return "AGREE"
		}
	case "requested":
		if !speech {
			return "REQUEST"
		}
	}
	return kind
}

func fits(doc *document.Document, phrases []read.Phrase, marked []document.Span) int {
	for _, p := range phrases {
		span := doc.TokenSpan(p.First, p.End)
		for _, m := range marked {
			if m.Overlaps(span) {
				return 1
			}
		}
	}
	return 0
}

// distance is how far a word stands from the heads of the two marked phrases, up and down the tree, with steps below the lowest clause
// that holds both counting double.
func distance(doc *document.Document, tok int, gold *GoldEvent) float64 {
	d := 0.0
	for _, spans := range [][]document.Span{gold.Source, gold.Target} {
		near := 12.0
		for _, s := range spans {
			first, end := doc.TokensIn(s)
			for i := first; i < end; i++ {
				near = min(near, float64(steps(doc, tok, i)))
			}
		}
		if len(spans) > 0 {
			d += near
		}
	}
	return d/2 + float64(depth(doc, tok))/4
}

// steps is the length of the way between two tokens in a tree.
func steps(doc *document.Document, a, b int) int {
	up := map[int]int{}
	for i, n := a, 0; i >= 0 && n < 40; i, n = doc.Tokens[i].Head, n+1 {
		up[i] = n
	}
	for i, n := b, 0; i >= 0 && n < 40; i, n = doc.Tokens[i].Head, n+1 {
		if k, ok := up[i]; ok {
			return k + n
		}
	}
	return 12
}

func depth(doc *document.Document, i int) int {
	n := 0
	for ; i >= 0 && n < 40; i = doc.Tokens[i].Head {
		n++
	}
	return n
}
