package export

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"parley/internal/record"
)

// Formats for readers show at most mostWords code points of the words of an entry and mostName of a name or title.
const (
	mostWords = 1000
	mostName  = 100
)

// headline says in one line what an item holds, for feeds, calendars and the brief. Text from the source is cleaned.
func (it *item) headline() string {
	switch {
	case it.stmt != nil:
		return led(arrow(it.voice(), it.in.list(it.stmt.Addressee)), ", "+it.stmt.Act, content(it.stmt))
	case it.ev != nil:
		return led(it.ev.Type, ", "+it.ev.Status, it.Text)
	case it.com != nil:
		return led(arrow(it.voice(), it.in.list(it.com.To)), "", it.com.Action)
	case it.con != nil:
		return led(it.con.Kind, ", "+it.con.Status, it.people(it.con.Participants))
	case it.fig != nil:
		return led(it.voice(), "", amount(it.fig))
	case it.dis != nil:
		return led(it.a.voice()+" ≠ "+it.b.voice(), ", "+it.Label, it.dis.Reason)
	}
	return clipped(it.Text, mostWords)
}

// led puts who, how and what on a line; without anybody, what.
func led(who, how, what string) string {
	if who == "" {
		return clipped(what, mostWords)
	}
	return clipped(strings.ReplaceAll(who, "; ", ", "), 2*mostName) + clipped(how, mostName) + ": " + clipped(what, mostWords)
}

// people names actors or places as a sentence does.
func (it *item) people(ids []record.ID) string {
	return strings.ReplaceAll(it.in.list(ids), "; ", ", ")
}

// arrow names who turns to whom.
func arrow(from, to string) string {
	if to == "" {
		return from
	}
	return from + " → " + to
}

// amount shows a figure with its bound, unit and what it counts: "at least 1,200 soldiers", "105 minutes (call)".
func amount(fig *record.Figure) string {
	s := thousands(fig.Value)
	if fig.High != nil {
		s += " to " + thousands(*fig.High)
	}
	if fig.Bound != "" && fig.Bound != "exactly" {
		s = strings.ReplaceAll(fig.Bound, "_", " ") + " " + s
	}
	switch {
	case fig.Unit == "" || fig.Unit == fig.Of:
		return s + after(" ", fig.Of)
	case fig.Of == "":
		return s + " " + fig.Unit
	}
	return s + " " + fig.Unit + " (" + fig.Of + ")"
}

// thousands shows a number with its thousands apart.
func thousands(v float64) string {
	whole, frac, broken := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if broken {
		return whole + "." + frac
	}
	return whole
}

// dates shows a time as a person reads it: "7 May 2031", "2 to 4 May 2031"; the words where it is not resolved.
func dates(t *record.Time) string {
	if t == nil {
		return ""
	}
	first, last := date(day(deref(t.Start))), date(day(deref(t.End)))
	switch {
	case first == "" && last == "":
		return t.Text
	case first == "":
		return "by " + last
	case last == "":
		return "from " + first
	case first == last:
		return first
	}
	return first + " to " + last
}

// date writes out an ISO 8601 day; empty for what is none.
func date(iso string) string {
	d, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return ""
	}
	return d.Format("2 Jan 2006")
}

// dueDay is the last day on which a commitment can be kept; not ok where the text gives none.
func dueDay(com *record.Commitment) (due time.Time, ok bool) {
	if com.Due == nil {
		return time.Time{}, false
	}
	iso := day(deref(com.Due.End))
	if iso == "" {
		iso = day(deref(com.Due.Start))
	}
	due, err := time.Parse(time.DateOnly, iso)
	return due, err == nil
}

// place says where an item stands: publisher, title, day, entry and span.
func (it *item) place() string {
	var out []string
	for _, p := range []string{it.Publisher, it.Title, it.in.published, string(it.ID)} {
		if p = clipped(p, mostName); p != "" {
			out = append(out, p)
		}
	}
	if it.Span[1] > it.Span[0] {
		out = append(out, fmt.Sprintf("code points %d to %d", it.Span[0], it.Span[1]))
	}
	return strings.Join(out, " · ")
}

// clipped makes text from a source safe to show on one line that is not too long.
func clipped(s string, most int) string { return short(clean(s), most) }

// clean makes text from a source safe to show on one line: control and bidirectional formatting characters (UAX #9)
// and what is not UTF-8 become U+FFFD, white space is one blank.
func clean(s string) string {
	visible := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(visible), " ")
}

// short cuts a text after some code points, at a blank where one is near, and says so.
func short(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	cut := string(runes[:most])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)*3/4 {
		cut = cut[:i]
	}
	return cut + " …"
}

// accepted says whether nobody has rejected the entry. Formats for readers leave rejected entries out; tables keep them.
func (it *item) accepted() bool { return it.Verdict != "reject" }
