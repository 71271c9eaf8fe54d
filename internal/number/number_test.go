package number

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

//go:embed testdata/cases.tsv
var casesTSV string

// describe writes the numbers of a text as the cases do.
func describe(text string) string {
	var all []string
	for _, n := range Find(text) {
		s := text[n.Span.Start:n.Span.End] + " = " + strconv.FormatFloat(n.Value, 'f', -1, 64)
		if n.High != nil {
			s += ".." + strconv.FormatFloat(*n.High, 'f', -1, 64)
		}
		if n.Unit != "" {
			s += " " + n.Unit
		}
		if n.Bound != Exactly {
			s += " " + n.Bound
		}
		if n.Ordinal {
			s += " ordinal"
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return "-"
	}
	return strings.Join(all, "; ")
}

func TestCases(t *testing.T) {
	for _, line := range strings.Split(strings.TrimSpace(casesTSV), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		text, want, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("bad case %q", line)
		}
		if diff := cmp.Diff(want, describe(text)); diff != "" {
			t.Errorf("%s\n%s", text, diff)
		}
	}
}

// TestParts checks the three spans of a number.
func TestParts(t *testing.T) {
	for _, c := range [][4]string{
		{"They owe at least $5 million now.", "at least $5 million", "$5 million", "5 million"},
		{"Some 40 to 60 km remain.", "Some 40 to 60 km", "40 to 60 km", "40 to 60"},
		{"Between 3 and 5 percent.", "Between 3 and 5 percent", "3 and 5 percent", "3 and 5"},
		{"A 48-hour truce.", "48-hour", "48-hour", "48"},
		{"The 200-odd envoys.", "200-odd", "200", "200"},
	} {
		found := Find(c[0])
		if len(found) != 1 {
			t.Errorf("%s: %d numbers", c[0], len(found))
			continue
		}
		n := found[0]
		got := [4]string{c[0], c[0][n.Span.Start:n.Span.End], c[0][n.Core.Start:n.Core.End], c[0][n.Amount.Start:n.Amount.End]}
		if diff := cmp.Diff(c, got); diff != "" {
			t.Errorf("%s\n%s", c[0], diff)
		}
	}
}

func TestTables(t *testing.T) {
	lex, err := parseTables()
	if err != nil {
		t.Fatal(err)
	}
	bounds := map[string]bool{About: true, Exactly: true, AtLeast: true, AtMost: true}
	for _, book := range []map[string][]phrase{lex.before, lex.after} {
		for _, list := range book {
			for _, ph := range list {
				if !bounds[ph.to] {
					t.Errorf("%v has bound %q", ph.pieces, ph.to)
				}
			}
		}
	}
	kinds := map[string]bool{"share": true, "time": true, "age": true, "dimension": true}
	for _, list := range lex.units {
		for _, ph := range list {
			if !kinds[ph.kind] {
				t.Errorf("%v is of kind %q", ph.pieces, ph.kind)
			}
		}
	}
	for code, iso := range lex.codes {
		if code != iso || len(code) != 3 {
			t.Errorf("code %s stands for %s", code, iso)
		}
	}
}

func TestWord(t *testing.T) {
	for word, want := range map[string]int{"seven": 7, "Forty": 40, "twelfth": 12, "thirtieth": 30} {
		if v, _, ok := Word(word); !ok || v != want {
			t.Errorf("%s is %d, want %d", word, v, want)
		}
	}
	if _, _, ok := Word("hundred"); ok {
		t.Error("hundred is no single number")
	}
}

func checkSpans(t *testing.T, text string) {
	t.Helper()
	at := 0
	for _, n := range Find(text) {
		if n.Span.Start < at || n.Span.Empty() || n.Span.End > len(text) {
			t.Fatalf("span %v after %d in %d bytes", n.Span, at, len(text))
		}
		if !n.Span.Contains(n.Core) || !n.Span.Contains(n.Amount) || n.Core.Empty() || n.Amount.Empty() {
			t.Fatalf("spans %v, %v and %v do not nest", n.Span, n.Core, n.Amount)
		}
		if n.High != nil && *n.High < n.Value {
			t.Fatalf("range %v..%v runs back", n.Value, *n.High)
		}
		at = n.Span.End
	}
}

func FuzzFind(f *testing.F) {
	for _, line := range strings.Split(casesTSV, "\n") {
		f.Add(line)
	}
	f.Add("1,2,3.4.5-6-7 million and a half and a half billion and three quarters of a million")
	f.Add("more than more than 1 and fewer than 2 in 3 out of 4 - 5")
	f.Fuzz(checkSpans)
}

// TestHostile reads texts made to be slow: time must stay linear. Where it did not, four times the text would take
// sixteen times as long, and never less than nine.
func TestHostile(t *testing.T) {
	for _, unit := range []string{"1 ", "1,000", "1-", "one and ", "two hundred and ", "more than ", "$ ", "hundreds of ", "1/", "a half ", "one in ", "3 thousand "} {
		short, long := fastest(t, strings.Repeat(unit, 4000)), fastest(t, strings.Repeat(unit, 16000))
		if long > 9*short && long > time.Second {
			t.Errorf("%q takes %s for 4,000 and %s for 16,000", unit, short, long)
		}
	}
}

// fastest is the least time of three readings: others use the machine too.
func fastest(t *testing.T, text string) time.Duration {
	best := time.Duration(math.MaxInt64)
	for range 3 {
		start := time.Now()
		checkSpans(t, text)
		best = min(best, time.Since(start))
	}
	return best
}

func BenchmarkFind(b *testing.B) {
	text := strings.ReplaceAll(casesTSV, "\t", " ")
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
