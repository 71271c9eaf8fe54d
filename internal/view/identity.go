package view

import (
	"fmt"
	"io"
	"strings"

	"parley/internal/record"
)

// Member is an actor of one article that an identity stands for.
type Member struct {
	Entry      record.Entry
	Membership record.Membership
}

// Identity writes an identity and its members, with the reason for each.
func Identity(w io.Writer, who record.Identity, members []Member, opt TextOptions) error {
	p := newPage(nil, opt)
	p.identity(who)
	for _, m := range members {
		p.line(2, string(m.Entry.ID)+"  "+p.style.speaker(Clean(m.Entry.Text)))
		p.meta(4, start1(m.Entry.Known), Clean(m.Entry.Publisher), Clean(m.Membership.Reason), fmt.Sprintf("%.2f", m.Membership.Score))
	}
	return p.writeTo(w, "the identity")
}

// Identities writes a list of identities.
func Identities(w io.Writer, list []record.Identity, opt TextOptions) error {
	p := newPage(nil, opt)
	for _, who := range list {
		p.identity(who)
	}
	return p.writeTo(w, "identities")
}

// country is a country by name.
func (p *page) country(code string) string {
	if name := p.opt.Countries[code]; name != "" {
		return name
	}
	return Clean(code)
}

// sector is a PLOVER sector in plain words; one that is not known stays as it is.
func sector(code string) string {
	names := map[string]string{
		"GOV": "government", "MIL": "armed forces", "REB": "armed group", "OPP": "opposition", "PTY": "party", "JUD": "courts", "SPY": "intelligence",
		"IGO": "international organisation", "NGO": "non-governmental organisation", "MED": "media", "EDU": "education", "BUS": "business",
		"CVL": "civilians", "LEG": "parliament", "COP": "police", "REL": "religion", "HLT": "health",
	}
	if name := names[code]; name != "" {
		return name
	}
	return Clean(code)
}

func (p *page) identity(who record.Identity) {
	p.line(0, string(who.ID)+"  "+p.style.speaker(Clean(who.Name)))
	var others []string
	for _, a := range who.Aliases {
		if a != who.Name {
			others = append(others, Clean(a))
		}
	}
	p.meta(4, strings.ReplaceAll(who.Kind, "_", " "), p.country(who.Country), sector(who.Sector), plural(who.Members, "article"), strings.Join(others, ", "), strings.Join(who.SameAs, " "))
}
