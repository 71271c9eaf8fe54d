package eval

import (
	"strings"

	"parley/internal/record"
)

// listKeys are the keys that an expectation of each kind may use.
var listKeys = map[string][]string{
	"statement":     {"source", "to", "via", "act", "says", "quote", "channel", "at", "cue", "mention"},
	"event":         {"type", "status", "actors", "recipients", "text", "trigger", "when", "where", "by"},
	"commitment":    {"by", "to", "action", "state", "due", "if", "after", "until", "unless"},
	"contact":       {"kind", "status", "participants", "when", "where", "duration", "about", "text"},
	"figure":        {"value", "high", "bound", "unit", "of", "where", "when", "by"},
	"contradiction": {"basis", "by", "a", "b", "reason"},
	"actor":         {"name", "kind", "country", "sector", "role", "alias"},
	"place":         {"name", "kind", "country"},
	"agreement":     {"name", "date", "parties", "terms"},
}

// lists turn the items of each kind into what expectations can ask of them.
var lists = map[string]func(*record.Record, lookup) []item{
	"statement": func(rec *record.Record, x lookup) (out []item) {
		for _, s := range rec.Statements {
			it := item{
				"source": x.of(s.Source), "to": x.of(s.Addressee), "via": x.of(s.Via), "act": words(s.Act), "says": words(text(s.Content)),
				"quote": words(s.Quotation), "channel": words(s.Channel), "at": {time: s.SaidAt},
			}
			if s.Cue != nil {
				it["cue"] = words(s.Cue.Text)
			}
			if s.SourceMention != nil {
				it["mention"] = words(s.SourceMention.Text)
			}
			out = append(out, it)
		}
		return out
	},
	"event": func(rec *record.Record, x lookup) (out []item) {
		for _, e := range rec.Events {
			it := item{
				"type": words(e.Type), "status": words(e.Status), "actors": x.of(e.Actors), "recipients": x.of(e.Recipients),
				"text": words(e.Text), "trigger": words(e.Trigger.Text), "when": {time: e.When}, "where": x.of(e.Where), "by": {names: [][]string{}},
			}
			for _, s := range rec.Statements {
				if e.AssertedBy != nil && s.ID == *e.AssertedBy {
					it["by"] = x.of(s.Source)
				}
			}
			out = append(out, it)
		}
		return out
	},
	"commitment": func(rec *record.Record, x lookup) (out []item) {
		for _, c := range rec.Commitments {
			it := item{"by": x.of(c.By), "to": x.of(c.To), "action": words(c.Action), "state": words(c.State), "due": {time: c.Due}}
			for _, cond := range c.Conditions {
				it[cond.Kind] = words(strings.TrimSpace(it[cond.Kind].text + " " + cond.Text))
			}
			out = append(out, it)
		}
		return out
	},
	"contact": func(rec *record.Record, x lookup) (out []item) {
		for _, c := range rec.Contacts {
			out = append(out, item{
				"kind": words(c.Kind), "status": words(c.Status), "participants": x.of(c.Participants), "when": {time: c.When},
				"where": x.of(c.Where), "duration": words(c.Duration), "about": words(c.About), "text": words(c.Text),
			})
		}
		return out
	},
	"figure": func(rec *record.Record, x lookup) (out []item) {
		for _, f := range rec.Figures {
			it := item{
				"value": amount(f.Value), "bound": words(f.Bound), "unit": words(f.Unit), "of": words(f.Of),
				"where": x.of(f.Where), "when": {time: f.When}, "by": speakers(rec, x, f.AssertedBy),
			}
			if f.High != nil {
				it["high"] = amount(*f.High)
			}
			out = append(out, it)
		}
		return out
	},
	"contradiction": func(rec *record.Record, x lookup) (out []item) {
		side := func(id record.ID) value { return words(strings.Join(x[id], " ")) }
		for _, c := range rec.Contradictions {
			out = append(out, item{
				"basis": words(c.Basis), "by": x.of(c.By), "a": side(c.A), "b": side(c.B), "reason": words(c.Reason),
			}, item{ // the two sides may stand either way round
				"basis": words(c.Basis), "by": x.of(c.By), "a": side(c.B), "b": side(c.A), "reason": words(c.Reason),
			})
		}
		return out
	},
	"actor": func(rec *record.Record, _ lookup) (out []item) {
		for _, a := range rec.Actors {
			out = append(out, item{
				"name": words(a.Name), "kind": words(a.Kind), "country": words(a.Country), "sector": words(a.Sector),
				"role": words(a.Role), "alias": words(strings.Join(a.Aliases, " | ")),
			})
		}
		return out
	},
	"place": func(rec *record.Record, _ lookup) (out []item) {
		for _, p := range rec.Places {
			out = append(out, item{"name": words(p.Name), "kind": words(p.Kind), "country": words(p.Country)})
		}
		return out
	},
	"agreement": func(rec *record.Record, x lookup) (out []item) {
		for _, a := range rec.Agreements {
			out = append(out, item{"name": words(a.Name), "date": {time: a.Date}, "parties": x.of(a.Parties), "terms": words(text(a.Terms))})
		}
		return out
	},
}

// speakers names who stands behind ids that are actors, or statements (then their sources).
func speakers(rec *record.Record, x lookup, ids []record.ID) value {
	out := value{names: [][]string{}}
	for _, id := range ids {
		found := false
		for _, s := range rec.Statements {
			if s.ID == id {
				out.names, found = append(out.names, x.of(s.Source).names...), true
			}
		}
		if !found {
			out.names = append(out.names, x[id])
		}
	}
	return out
}
