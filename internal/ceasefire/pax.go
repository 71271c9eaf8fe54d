package ceasefire

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// FromPAX makes drafts of the agreements of a PA-X export (an object a line) that hold a ceasefire. PA-X gives parties as
// the words of the signatures; they are kept whole, as one, for a person to take apart. Lines that cannot be used are problems.
func FromPAX(r io.Reader) ([]*Agreement, []Problem, error) {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 1<<16), maxLine)
	var out []*Agreement
	var problems []Problem
	for line := 1; sc.Scan(); line++ {
		text := bytes.TrimSpace(sc.Bytes())
		if len(text) == 0 {
			continue
		}
		var row struct {
			ID        string `json:"agreement_id"`
			Title     string `json:"title"`
			Date      Day    `json:"date"`
			Country   string `json:"country"`
			Parties   string `json:"parties"`
			Ceasefire int    `json:"ceasefire_provision"`
		}
		if err := json.Unmarshal(text, &row); err != nil {
			if len(problems) < maxProblems {
				problems = append(problems, Problem{Table: "pax", Line: line, Text: "it cannot be read (" + short(err.Error()) + "): correct the line"})
			}
			continue
		}
		if row.Ceasefire == 0 {
			continue
		}
		a := &Agreement{ID: slug("pax "+row.ID, row.Date), Name: clean(row.Title), Start: row.Date, Area: Area{Places: []string{clean(row.Country)}}}
		if p := clean(row.Parties); p != "" {
			a.Parties = []string{p}
		}
		a.defaults()
		out = append(out, a)
	}
	if err := sc.Err(); err != nil {
		return nil, nil, fmt.Errorf("reading the PA-X export: %w", err)
	}
	return out, problems, nil
}
