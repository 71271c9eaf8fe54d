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

// plvRoot is the root that PLV (Zero-Shot-PLOVER, ACL 2024) has for what Parley found: RETREAT and CONCEDE are one, YIELD, and imposed
// embargoes and sanctions (CAMEO 163) are COERCE, as PLOVER's own CAMEO2PLOVER-2021.txt has them. Parley's records keep calling
// those SANCTION, the word readers look for, and give the CAMEO code with it.
func plvRoot(kind, cameo string) string {
	switch {
	case kind == "RETREAT" || kind == "CONCEDE":
		return "YIELD"
	case kind == "SANCTION" && cameo == "163":
		return "COERCE"
	}
	return kind
}

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
		got, cameo := EventType(doc, &reading, &gold[i])
		if plv {
			got = plvRoot(got, cameo)
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

// EventsJudged are the choices of an event in a file of EventTypes, each right when its type is.
func EventsJudged(path string, analyse Analyse) ([]Judged, error) {
	gold, plv, err := ReadEvents(path)
	if err != nil {
		return nil, err
	}
	var out []Judged
	for i := range gold {
		doc, reading, err := analyse(gold[i].Text)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", gold[i].ID, err)
		}
		got, cameo := EventType(doc, &reading, &gold[i])
		at := eventAt(&reading, choose(doc, &reading, &gold[i]).Token)
		if at < 0 {
			continue // a word that could be an event, and none of the record
		}
		if plv {
			got = plvRoot(got, cameo)
		}
		ev := &reading.Events[at]
		out = append(out, Judged{Evidence: ev.Evidence, Confidence: ev.Confidence, Right: got == gold[i].Type})
	}
	return out, nil
}

// eventAt is the index of the event that a token triggers, -1 for none.
func eventAt(reading *read.Reading, token int) int {
	return slices.IndexFunc(reading.Events, func(ev read.Event) bool { return ev.TriggerTok == token })
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
