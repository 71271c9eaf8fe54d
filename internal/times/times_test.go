package times

import (
	_ "embed"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

//go:embed testdata/cases.tsv
var casesTSV string

// reference is the Sunday the cases are seen from.
func reference() time.Time { return time.Date(2022, 2, 20, 0, 0, 0, 0, time.UTC) }

// describe writes an expression as the cases do.
func describe(text string, e Expression, ref time.Time, dir Direction) string {
	s := text[e.Span.Start:e.Span.End] + " = " + string(e.Kind)
	if l := e.Length(); l != "" {
		s += " " + l
	}
	i, ok := e.Resolve(ref, dir)
	if !ok {
		return s
	}
	show := func(p *string) string {
		if p == nil {
			return ""
		}
		return *p
	}
	start, end := i.ISO()
	if start != nil && end != nil && *start == *end {
		return s + " " + *start
	}
	return s + " " + show(start) + ".." + show(end)
}

func describeAll(text string, ref time.Time, dir Direction) string {
	var all []string
	for _, e := range Find(text) {
		all = append(all, describe(text, e, ref, dir))
	}
	if len(all) == 0 {
		return "-"
	}
	return strings.Join(all, "; ")
}

func TestCases(t *testing.T) {
	directions := map[string]Direction{"n": Nearest, "p": Past, "f": Future}
	cases := 0
	for _, line := range strings.Split(strings.TrimSpace(casesTSV), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		dir, ok := directions[f[1]]
		if len(f) != 3 || !ok {
			t.Fatalf("bad case %q", line)
		}
		cases++
		if diff := cmp.Diff(f[2], describeAll(f[0], reference(), dir)); diff != "" {
			t.Errorf("%s (%s)\n%s", f[0], f[1], diff)
		}
	}
	if cases < 150 {
		t.Errorf("%d cases, want 150 or more", cases)
	}
}

func TestOtherReferences(t *testing.T) {
	kyiv := time.FixedZone("", 2*3600)
	cases := []struct {
		text string
		ref  time.Time
		dir  Direction
		want string
	}{
		{"on Monday", time.Date(2021, 3, 1, 9, 0, 0, 0, time.UTC), Future, "Monday = point 2021-03-01"},
		{"last Monday", time.Date(2021, 3, 1, 9, 0, 0, 0, time.UTC), Past, "last Monday = point 2021-02-22"},
		{"next Monday", time.Date(2021, 3, 1, 9, 0, 0, 0, time.UTC), Future, "next Monday = point 2021-03-08"},
		{"next Friday", time.Date(2021, 3, 2, 0, 0, 0, 0, time.UTC), Future, "next Friday = point 2021-03-12"},
		{"this Friday", time.Date(2021, 3, 2, 0, 0, 0, 0, time.UTC), Nearest, "this Friday = point 2021-03-05"},
		{"over the weekend", time.Date(2021, 3, 1, 0, 0, 0, 0, time.UTC), Past, "the weekend = point 2021-02-27..2021-02-28"},
		{"at the weekend", time.Date(2021, 3, 3, 0, 0, 0, 0, time.UTC), Future, "the weekend = point 2021-03-06..2021-03-07"},
		{"next month", time.Date(2020, 12, 31, 0, 0, 0, 0, time.UTC), Future, "next month = point 2021-01-01..2021-01-31"},
		{"a month ago", time.Date(2021, 3, 31, 0, 0, 0, 0, time.UTC), Past, "a month ago = point 2021-02-01..2021-02-28"},
		{"two hours ago", time.Date(2021, 3, 1, 9, 30, 0, 0, kyiv), Past, "two hours ago = point 2021-03-01T07:30:00+02:00"},
		{"within 48 hours", time.Date(2021, 3, 1, 9, 30, 0, 0, kyiv), Future, "within 48 hours = range 2021-03-01T09:30:00+02:00..2021-03-03T09:30:00+02:00"},
		{"at 6 p.m. on Sunday", time.Date(2021, 3, 1, 9, 30, 0, 0, kyiv), Past, "6 p.m. on Sunday = point 2021-02-28T18:00:00+02:00"},
		{"at 1600 GMT", time.Date(2021, 3, 1, 9, 30, 0, 0, kyiv), Past, "1600 GMT = point 2021-03-01T16:00:00Z"},
		{"in December", time.Date(2021, 1, 4, 0, 0, 0, 0, time.UTC), Past, "December = point 2020-12-01..2020-12-31"},
		{"in December", time.Date(2021, 1, 4, 0, 0, 0, 0, time.UTC), Nearest, "December = point 2020-12-01..2020-12-31"},
		{"this week", time.Date(2021, 1, 3, 0, 0, 0, 0, time.UTC), Nearest, "this week = point 2020-12-28..2021-01-03"},
		{"the last quarter of 2020", time.Date(2021, 1, 3, 0, 0, 0, 0, time.UTC), Past, "the last quarter of 2020 = point 2020-10-01..2020-12-31"},
		{"on February 29", time.Date(2021, 3, 1, 0, 0, 0, 0, time.UTC), Future, "February 29 = point 2024-02-29"},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, describeAll(c.text, c.ref, c.dir)); diff != "" {
			t.Errorf("%s from %s\n%s", c.text, c.ref, diff)
		}
	}
}

// TestAnyReference resolves every case from the ends of the calendar and from odd days: nothing may panic, and
// every interval runs forward.
func TestAnyReference(t *testing.T) {
	var refs []time.Time
	for _, y := range []int{1, 2, 3, 4, 1582, 1900, 2000, 2024, 9990, 9998, 9999} {
		for _, md := range [][2]int{{1, 1}, {2, 28}, {2, 29}, {12, 31}, {7, 4}} {
			refs = append(refs, time.Date(y, time.Month(md[0]), md[1], 13, 5, 0, 0, time.UTC), time.Date(y, time.Month(md[0]), md[1], 0, 0, 0, 0, time.UTC))
		}
	}
	refs = append(refs, time.Time{})
	for _, line := range strings.Split(casesTSV, "\n") {
		for _, e := range Find(line) {
			for _, ref := range refs {
				check(t, e, ref)
			}
		}
	}
}

func check(t *testing.T, e Expression, ref time.Time) {
	t.Helper()
	for _, dir := range []Direction{Nearest, Past, Future} {
		i, ok := e.Resolve(ref, dir)
		if !ok {
			continue
		}
		if i.Start.IsZero() && i.End.IsZero() {
			t.Errorf("%v from %s: open at both ends", e.Span, ref)
		}
		if !i.Start.IsZero() && !i.End.IsZero() && i.End.Before(i.Start) {
			t.Errorf("%v from %s: ends before it starts", e.Span, ref)
		}
		start, end := i.ISO()
		for _, s := range []*string{start, end} {
			if s != nil && len(*s) != 10 && len(*s) != 20 && len(*s) != 25 {
				t.Errorf("%v from %s: %q is no date", e.Span, ref, *s)
			}
		}
	}
}

func TestTables(t *testing.T) {
	lex, err := parseTables()
	if err != nil {
		t.Fatal(err)
	}
	for word, e := range lex.entries {
		if word != strings.ToLower(word) {
			t.Errorf("%q is not in small letters", word)
		}
		if e.class == monthName && (e.value < 1 || e.value > 12) || e.class == weekdayName && (e.value < 1 || e.value > 7) {
			t.Errorf("%q has value %d", word, e.value)
		}
	}
	for name, minutes := range lex.zones {
		if minutes%30 != 0 || minutes < -720 || minutes > 840 {
			t.Errorf("zone %s: %d minutes", name, minutes)
		}
	}
	v := newView(reference(), Nearest)
	for _, h := range lex.holidays {
		for y := 1900; y < 2100; y++ {
			if d := h.in(v, y); d.Year() != y || h.rule != "easter" && int(d.Month()) != h.month {
				t.Errorf("%s falls on %s in %d", strings.Join(h.words, " "), d, y)
			}
		}
	}
}

// TestEaster checks known dates (Meeus, Astronomical Algorithms, table 8.A, and the extremes of the cycle).
func TestEaster(t *testing.T) {
	for y, want := range map[int][2]int{1818: {3, 22}, 1943: {4, 25}, 1991: {3, 31}, 2000: {4, 23}, 2022: {4, 17}, 2038: {4, 25}} {
		if m, d := easter(y); [2]int{m, d} != want {
			t.Errorf("%d: %d-%d, want %v", y, m, d, want)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, line := range strings.Split(casesTSV, "\n") {
		f.Add(line)
	}
	f.Add("from 1 to from 1 to 99999999999999999999 of of the the next last 2 to 3 to 4")
	f.Add("every every early early late the week of the 5th of the of May of 20")
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, e := range Find(text) {
			if e.Span.Start < at || e.Span.Empty() || e.Span.End > len(text) {
				t.Fatalf("span %v after %d in %d bytes", e.Span, at, len(text))
			}
			at = e.Span.End
			check(t, e, reference())
		}
	})
}

// TestHostile reads texts made to be slow: time must stay linear. Where it did not, four times the text would take
// sixteen times as long, and never less than nine.
func TestHostile(t *testing.T) {
	for _, unit := range []string{"from ", "the early ", "next ", "2 to ", "Monday and ", "in the ", "1-", "week of ", "before after ", "two days after ", "noon of ", "5 pm of ", "two days after the early ", "first week of ", "evening of ", "eve of ", "this this ", "12 noon, "} {
		short, long := fastest(strings.Repeat(unit, 4000)), fastest(strings.Repeat(unit, 16000))
		if long > 9*short && long > time.Second {
			t.Errorf("%q takes %s for 4,000 and %s for 16,000", unit, short, long)
		}
	}
}

// fastest is the least time of three readings: others use the machine too.
func fastest(text string) time.Duration {
	best := time.Duration(math.MaxInt64)
	for range 3 {
		start := time.Now()
		Find(text)
		best = min(best, time.Since(start))
	}
	return best
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat(strings.ReplaceAll(casesTSV, "\t", " "), 1)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Find(text)
	}
}

func BenchmarkFindNothing(b *testing.B) {
	text := strings.Repeat("The envoys of both countries spoke with the council about grain, gas and a corridor. ", 70)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Find(text)
	}
}
