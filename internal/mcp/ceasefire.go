package mcp

import (
	"context"

	"parley/internal/record"
)

type ceasefireInput struct {
	inArchive
	ID   string `json:"id,omitempty" jsonschema:"of a ceasefire, as the list without it gives them"`
	AsOf string `json:"as_of,omitempty" jsonschema:"with id: what articles told up to then: 2022-02-20 or 2022-02-20T18:00:00Z"`
}

// truces are all ceasefires, or one with its brief.
type truces struct {
	Ceasefires []truce    `json:"ceasefires"`
	Rule       []string   `json:"rule,omitempty" jsonschema:"how the state is worked out"`
	Reasons    []string   `json:"reasons,omitempty" jsonschema:"what the state of the last day rests on"`
	Brief      []sentence `json:"brief,omitempty" jsonschema:"of the last day"`
	Offers     []sentence `json:"offers,omitempty" jsonschema:"statements of parties that read like its end or renewal, for a person to judge"`
	Problems   []string   `json:"problems,omitempty"`
}

// truce is where a ceasefire stands.
type truce struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Parties []string `json:"parties"`
	State   string   `json:"state" jsonschema:"holding, strained, broken, not enough reports; draft: articles name it, and nobody has said how it is counted"`
	Since   string   `json:"since"`
	Day     string   `json:"day" jsonschema:"the last day that can be told"`
}

// sentence is a sentence with what it rests on.
type sentence struct {
	Text string `json:"text"`
	Refs []ref  `json:"refs"`
}

// ref is what a sentence rests on, with the exact words where they are of an article.
type ref struct {
	Entry   record.ID `json:"entry,omitempty"`
	Article record.ID `json:"article,omitempty"`
	URL     string    `json:"url,omitempty"`
	Words   string    `json:"words,omitempty"`
}

func (t *tools) ceasefire(ctx context.Context, a *Archive, in ceasefireInput) (truces, error) {
	out := truces{Ceasefires: []truce{}}
	list, err := a.Desk.Ceasefires(ctx)
	if err != nil {
		return out, err
	}
	for _, c := range list {
		if in.ID != "" && c.ID != in.ID {
			continue
		}
		one := truce{ID: line(c.ID), Name: line(c.Name), State: c.State, Since: c.Since.String(), Day: c.Day.String(), Parties: []string{}}
		for _, p := range c.Parties[:min(len(c.Parties), mostNames)] {
			one.Parties = append(one.Parties, line(p))
		}
		out.Ceasefires = append(out.Ceasefires, one)
	}
	if in.ID == "" {
		return out, nil
	}
	return out, t.brief(ctx, a, &in, &out)
}

// brief fills in the report on one ceasefire, as of a time.
func (t *tools) brief(ctx context.Context, a *Archive, in *ceasefireInput, out *truces) error {
	asOf, err := moment(in.AsOf, true)
	if err != nil {
		return err
	}
	report, err := a.Desk.Ceasefire(ctx, in.ID, 0, asOf)
	if err != nil {
		return err
	}
	out.Rule = report.Rule
	if n := len(report.Days); n > 0 {
		last := report.Days[n-1]
		if len(out.Ceasefires) == 1 {
			out.Ceasefires[0].State, out.Ceasefires[0].Since, out.Ceasefires[0].Day = string(last.State), last.Since.String(), last.Day.String()
		}
		for _, r := range last.Reasons[:min(len(last.Reasons), mostItems)] {
			out.Reasons = append(out.Reasons, line(r.Text))
		}
	}
	for _, s := range report.Today[:min(len(report.Today), mostItems)] {
		one := sentence{Text: clip(s.Text, mostWords), Refs: []ref{}}
		for _, r := range s.Refs[:min(len(s.Refs), mostNames)] {
			one.Refs = append(one.Refs, ref{r.Entry, r.Article, line(r.URL), clip(r.Text, mostWords)})
		}
		out.Brief = append(out.Brief, one)
	}
	for _, o := range report.Offers[max(0, len(report.Offers)-mostNames):] {
		text := line(o.Party) + ", " + o.Day.String() + ": " + o.Kind
		out.Offers = append(out.Offers, sentence{text, []ref{{o.Ref.Entry, o.Ref.Article, line(o.Ref.URL), clip(o.Ref.Text, mostWords)}}})
	}
	for _, p := range report.Problems[:min(len(report.Problems), mostNames)] {
		out.Problems = append(out.Problems, line(p.Text))
	}
	return nil
}
