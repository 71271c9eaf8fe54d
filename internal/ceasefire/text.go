package ceasefire

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// How much of a report a page of text shows.
const (
	textDays   = 14 // of the table
	textSeries = 12 // lines of sparklines, and rows of the table for a day
	sparkDays  = 60
	textRefs   = 6 // of a sentence
)

// WriteText writes a report as a page of plain text of at most width columns (0: 100; at least 60): the brief of its last
// day, a sparkline for each series, the table of the last two weeks, and the rule. The JSON of the report has everything.
func WriteText(w io.Writer, rep *Report, width int) error {
	if width == 0 {
		width = 100
	}
	p := &page{rep: rep, width: max(width, 60)}
	p.brief()
	p.sparks()
	p.table()
	p.offers()
	p.aside()
	p.rule()
	if _, err := io.WriteString(w, p.out.String()); err != nil {
		return fmt.Errorf("writing the ceasefire report: %w", err)
	}
	return nil
}

type page struct {
	rep   *Report
	width int
	out   strings.Builder
}

// line writes text wrapped at spaces: the first line after indent, the others two further in.
func (p *page) line(indent int, text string) {
	pad := strings.Repeat(" ", indent)
	used := 0
	for _, word := range strings.Fields(safe(text)) {
		n := utf8.RuneCountInString(word)
		switch {
		case used == 0:
			p.out.WriteString(pad + word)
			used = indent + n
		case used+1+n > p.width:
			p.out.WriteString("\n" + pad + "  " + word)
			used = indent + 2 + n
		default:
			p.out.WriteString(" " + word)
			used += 1 + n
		}
	}
	p.out.WriteString("\n")
}

// safe is text without what a terminal would act on; most is clean already, names in an agreement's file may not be.
func safe(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = clean(w)
	}
	return strings.Join(words, " ")
}

func (p *page) brief() {
	for i, s := range p.rep.Today {
		if i > 0 && s.Kind != p.rep.Today[i-1].Kind {
			p.out.WriteString("\n")
		}
		var refs []string
		for _, r := range s.Refs {
			if name := r.String(); !slices.Contains(refs, name) {
				refs = append(refs, name)
			}
		}
		if n := len(refs); n > textRefs {
			refs = append(refs[:textRefs], fmt.Sprintf("and %d more", n-textRefs))
		}
		p.line(0, s.Text+" ["+strings.Join(refs, ", ")+"]")
	}
}

// String names what a reference leads to: an entry's id, a table and its line, or the agreement.
func (r Ref) String() string {
	switch r.Kind {
	case "entry":
		return string(r.Entry)
	case "row":
		if r.Line == 0 {
			return r.Table + " " + r.Key
		}
		return fmt.Sprintf("%s:%d", r.Table, r.Line)
	}
	return "agreement " + r.Key
}

func (p *page) sparks() {
	if len(p.rep.Series) == 0 {
		return
	}
	first := max(p.rep.From, p.rep.To-sparkDays+1)
	p.out.WriteString("\n")
	p.line(0, fmt.Sprintf("Counts a day from %s to %s; %c is no report. Each line has its own scale.", first, p.rep.To, gap))
	for i := range p.rep.Series {
		if i == textSeries {
			p.line(2, fmt.Sprintf("and %d more counts", len(p.rep.Series)-i))
			break
		}
		s := &p.rep.Series[i]
		note := "no usual level is known yet"
		if n := len(s.Bases); n > 0 && s.Bases[n-1].Rate > 0 {
			note = "usual level " + number(s.Bases[n-1].Rate)
		}
		p.line(2, fmt.Sprintf("%s: %s", s.title(), note))
		line := []rune(Sparkline(s.Values(first, p.rep.To)))
		for len(line) > 0 {
			n := min(len(line), p.width-4)
			p.out.WriteString("    " + string(line[:n]) + "\n")
			line = line[n:]
		}
	}
}

func (p *page) table() {
	if len(p.rep.Days) == 0 {
		return
	}
	p.out.WriteString("\n")
	p.row("DAY", "STATE", "A DAY", "LEVEL", "COUNT")
	for _, d := range p.rep.Days[max(0, len(p.rep.Days)-textDays):] {
		rows := 0
		for i := range p.rep.Series {
			s := &p.rep.Series[i]
			for _, r := range s.Points {
				if r.Day != d.Day {
					continue
				}
				if rows++; rows <= textSeries {
					p.row(d.Day.String(), d.State.Words(), mark(r.Bound)+number(r.Rate), called(r.Level), s.Place+", "+s.What+" "+done(s.Means)+", "+s.Observer)
				}
			}
		}
		if rows == 0 {
			p.row(d.Day.String(), d.State.Words(), "", "", "no report")
		} else if rows > textSeries {
			p.row(d.Day.String(), d.State.Words(), "", "", fmt.Sprintf("and %d more counts", rows-textSeries))
		}
	}
}

// mark is the sign of a bound.
func mark(bound string) string {
	return map[string]string{"at_least": "≥", "at_most": "≤", "about": "~"}[bound]
}

func (p *page) row(day, state, rate, level, series string) {
	text := []rune(fmt.Sprintf("%-10s  %-18s  %8s  %-9s  %s", day, state, rate, level, safe(series)))
	if len(text) > p.width {
		text = append(text[:p.width-1], '…')
	}
	p.out.WriteString(strings.TrimRight(string(text), " ") + "\n")
}

// offers tells what a person may want to enter in the agreement.
func (p *page) offers() {
	for i, o := range p.rep.Offers {
		if i == 0 {
			p.out.WriteString("\n")
		}
		if i == textSeries {
			p.line(0, fmt.Sprintf("There are %d more statements to judge.", len(p.rep.Offers)-i))
			break
		}
		p.line(0, fmt.Sprintf("To judge, %s by %s on %s: “%s” [%s]", o.Kind, o.Party, o.Day, o.Ref.Text, o.Ref))
	}
}

// aside says what was not used.
func (p *page) aside() {
	if len(p.rep.LeftOut)+len(p.rep.Problems) == 0 {
		return
	}
	p.out.WriteString("\n")
	counts := map[string]int{}
	for _, l := range p.rep.LeftOut {
		counts[l.Reason]++
	}
	for i, why := range sortedKeys(counts) {
		if i == textSeries {
			p.line(0, fmt.Sprintf("Left out for %d more reasons.", len(counts)-i))
			break
		}
		p.line(0, fmt.Sprintf("Left out, %d: %s.", counts[why], why))
	}
	for i, pr := range p.rep.Problems {
		if i == textSeries {
			p.line(0, fmt.Sprintf("There are %d more problems.", len(p.rep.Problems)-i))
			break
		}
		p.line(0, fmt.Sprintf("Not read: %s:%d %s: %s.", pr.Table, pr.Line, pr.Column, pr.Text))
	}
}

func (p *page) rule() {
	p.out.WriteString("\n")
	for _, s := range p.rep.Rule {
		p.line(0, s)
	}
}
