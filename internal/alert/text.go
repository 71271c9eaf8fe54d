package alert

import (
	"cmp"
	"fmt"
	"strings"
)

// Subject is a message in one line.
func (m *Message) Subject() string {
	n := len(m.Firing) + len(m.Ended) + m.More
	what := fmt.Sprintf("%d alerts", n)
	switch {
	case m.Test:
		what = "a test"
	case n == 1 && len(m.Ended) == 1:
		what = "no longer so: " + m.Ended[0].Why
	case n == 1 && len(m.Firing) == 1:
		what = m.Firing[0].Why
	}
	return clip(plain("["+m.Archive+"] "+m.Rule.Name+": "+what), maxName)
}

// Text is a message in plain text, for mail.
func (m *Message) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Rule: %s\nArchive: %s\n", plain(m.Rule.Name), plain(m.Archive))
	for _, list := range []struct {
		head   string
		alerts []Told
	}{{"", m.Firing}, {"NO LONGER SO", m.Ended}} {
		if list.head != "" && len(list.alerts) > 0 {
			fmt.Fprintf(&b, "\n%s\n", list.head)
		}
		for i := range list.alerts {
			list.alerts[i].text(&b)
		}
	}
	if m.More > 0 {
		fmt.Fprintf(&b, "\nAnd %d more.\n", m.More)
	}
	if m.Link != "" {
		fmt.Fprintf(&b, "\nAll alerts: %s\n", m.Link)
	}
	fmt.Fprintf(&b, "\n%s\n", m.Note)
	return b.String()
}

// text writes one alert.
func (t *Told) text(b *strings.Builder) {
	fmt.Fprintf(b, "\n%s", upper(plain(t.Why)))
	if t.Decider != "" {
		fmt.Fprintf(b, " by %s (a person)", plain(t.Decider))
	}
	if t.Reason != "" {
		fmt.Fprintf(b, ": %s", plain(t.Reason))
	}
	b.WriteString("\n")
	for i := range t.Quotes {
		if q := &t.Quotes[i]; len(t.Quotes) > 1 && q.Kind != "" {
			fmt.Fprintf(b, "  %s:\n", q.Kind)
		}
		t.Quotes[i].text(b)
	}
	if t.More > 0 {
		fmt.Fprintf(b, "  (and %d more entries)\n", t.More)
	}
}

// text writes one quotation: the words, who says them through whom, where they stand.
func (q *Quote) text(b *strings.Builder) {
	if words := cmp.Or(q.Sentence, q.Words); words != "" {
		more := ""
		if q.Cut {
			more = " […]"
		}
		fmt.Fprintf(b, "  “%s”%s\n", plain(words), more)
	}
	var chain []string
	for _, part := range []struct {
		word  string
		names []string
	}{{"by ", q.By}, {"to ", q.To}, {"via ", q.Via}} {
		if len(part.names) > 0 {
			chain = append(chain, part.word+plain(strings.Join(part.names, ", ")))
		}
	}
	if len(chain) > 0 {
		fmt.Fprintf(b, "  %s\n", strings.Join(chain, "; "))
	}
	where := []string{}
	for _, s := range []string{q.Publisher, q.Title} {
		if s = plain(s); s != "" {
			where = append(where, s)
		}
	}
	if !q.Known.IsZero() {
		where = append(where, q.Known.Format("2006-01-02 15:04 UTC"))
	}
	if len(where) > 0 {
		fmt.Fprintf(b, "  %s\n", strings.Join(where, ", "))
	}
	for _, line := range []string{q.URL, q.Link, "(" + q.Checked + "; " + string(q.Entry) + ")"} {
		if line = plain(line); line != "" {
			fmt.Fprintf(b, "  %s\n", line)
		}
	}
}

// upper begins a sentence.
func upper(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[0])) + string(r[1:])
}
