package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"parley/internal/document"
	"parley/internal/times"
)

// recognized is one line of the Recognizers-Text specifications: a sentence with what should be found in it.
type recognized struct {
	ID        string `json:"id"`
	Text      string `json:"text"`
	Reference string `json:"reference"`
	Results   []struct {
		Text       string         `json:"text"`
		Type       string         `json:"type"`
		Span       [2]int         `json:"span"` // code points
		Resolution recognizedItem `json:"resolution"`
	} `json:"results"`
}

// recognizedItem is a value: times have a list of readings, numbers and units one.
type recognizedItem struct {
	Value       any    `json:"value"`
	Unit        string `json:"unit"`
	ISOCurrency string `json:"isoCurrency"`
	Values      []recognizedTime
}

// recognizedTime is one reading of a time.
type recognizedTime struct {
	Timex string `json:"timex"`
	Type  string `json:"type"`
	Mod   string `json:"Mod"`
	Value string `json:"value"`
	Start string `json:"start"`
	End   string `json:"end"`
}

// eachRecognized reads a file of specifications line by line.
func eachRecognized(path string, each func(r recognized)) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("reading specifications: %w", err)
	}
	defer f.Close()
	scan := bufio.NewScanner(f)
	scan.Buffer(make([]byte, 1<<16), 1<<20)
	for line := 1; scan.Scan(); line++ {
		var r recognized
		if err := json.Unmarshal(scan.Bytes(), &r); err != nil {
			return fmt.Errorf("reading %s, line %d: %w", path, line, err)
		}
		each(r)
	}
	return scan.Err()
}

// runeSpan gives a span in code points.
func runeSpan(o *document.Offsets, s document.Span) [2]int {
	return [2]int{o.Rune(s.Start), o.Rune(s.End)}
}

// Times scores package times on the date-time specifications of Recognizers-Text: exact spans, and the values
// of those whose span was found. A reading counts as right when it is one of those the specification lists.
// What the two represent differently is not held against either: parts of a day are compared as days, the
// end of a range may or may not count itself, sets have no value.
func Times(path string) ([]Row, error) {
	var spans PRF
	values := map[string]*PRF{}
	kinds := []string{"date", "daterange", "datetime", "datetimerange", "time", "timerange", "duration"}
	for _, k := range kinds {
		values[k] = &PRF{}
	}
	err := eachRecognized(path, func(r recognized) { scoreTimes(r, &spans, values, nil) })
	if err != nil {
		return nil, err
	}
	const task = "times, Recognizers dev"
	rows := []Row{
		{task, "span precision", spans.Precision(), spans.Given},
		{task, "span recall", spans.Recall(), spans.Gold},
		{task, "span F1", spans.F1(), spans.Gold},
	}
	var all PRF
	for _, k := range kinds {
		all.Add(*values[k])
	}
	rows = append(rows, Row{task, "value accuracy", all.Recall(), all.Gold})
	for _, k := range kinds {
		rows = append(rows, Row{task, "value accuracy, " + k, values[k].Recall(), values[k].Gold})
	}
	return rows, nil
}

// scoreTimes compares one sentence; report, when set, hears of every miss.
func scoreTimes(r recognized, spans *PRF, values map[string]*PRF, report func(what string)) {
	ref, err := time.Parse("2006-01-02T15:04:05", r.Reference)
	if err != nil {
		ref = time.Date(2019, 6, 1, 0, 0, 0, 0, time.UTC)
	}
	say := func(format string, args ...any) {
		if report != nil {
			report(fmt.Sprintf(format, args...))
		}
	}
	offsets := document.NewOffsets(r.Text)
	found := map[[2]int]times.Expression{}
	given := times.Find(r.Text)
	for _, e := range given {
		found[runeSpan(offsets, e.Span)] = e
	}
	spans.Given += len(given)
	for _, g := range r.Results {
		spans.Gold++
		e, ok := found[g.Span]
		if !ok {
			say("missed %q", g.Text)
			continue
		}
		spans.Right++
		delete(found, g.Span)
		if len(g.Resolution.Values) == 0 {
			continue
		}
		count, comparable := values[g.Resolution.Values[0].Type]
		if !comparable || g.Resolution.Values[0].Value == "not resolved" || !expressible(g.Resolution.Values[0]) {
			continue
		}
		count.Gold++
		if right(e, ref, g.Resolution.Values) {
			count.Right++
		} else {
			i, _ := e.Resolve(ref, times.Nearest)
			start, end := i.ISO()
			say("wrong %q: %s..%s %s, want %+v", g.Text, deref(start), deref(end), e.Length(), g.Resolution.Values)
		}
	}
	for _, e := range given {
		if _, left := found[runeSpan(offsets, e.Span)]; left {
			say("too much %q", r.Text[e.Span.Start:e.Span.End])
		}
	}
}

func deref(s *string) string {
	if s == nil {
		return "open"
	}
	return *s
}

// expressible says whether our intervals can say what a reading says: not the bare part of an unnamed day.
func expressible(v recognizedTime) bool {
	return v.Type != "timerange" || !dayPart(v)
}

// dayPart says whether a reading is a part of the day, "TMO" (morning) to "TNI" (night).
func dayPart(v recognizedTime) bool {
	for _, p := range []string{"TMO", "TAF", "TEV", "TNI", "TDT", "TME"} {
		if strings.Contains(v.Timex, p) {
			return true
		}
	}
	return v.Type == "datetimerange" && v.Mod != "" && !strings.Contains(v.Timex, "T")
}

// right says whether an expression, seen from the reference, is one of the readings.
func right(e times.Expression, ref time.Time, readings []recognizedTime) bool {
	for _, dir := range []times.Direction{times.Nearest, times.Past, times.Future} {
		i, ok := e.Resolve(ref, dir)
		for _, v := range readings {
			if v.Type == "duration" {
				if e.Length() == v.Timex {
					return true
				}
			} else if ok && sameTime(i, v) {
				return true
			}
		}
	}
	return false
}

func sameTime(i times.Interval, v recognizedTime) bool {
	start, end := v.Start, v.End
	if v.Value != "" {
		start, end = v.Value, v.Value
	}
	switch v.Type {
	case "time", "timerange":
		return i.Clock && sameClock(i.Start, start) && sameClock(i.End, end)
	case "datetime", "datetimerange":
		if !dayPart(v) {
			return i.Clock && sameInstant(i.Start, start) && sameInstant(i.End, end)
		}
		start, end = firstTen(start), firstTen(end)
		return sameDay(i.Start, start, 0, 0) && (sameDay(i.End, end, 0, 0))
	case "date":
		return sameDay(i.Start, start, 0, 0) && sameDay(i.End, end, 0, 0) || contains(i, start)
	}
	early, late := 0, 0
	if strings.HasPrefix(v.Timex, "(") {
		early = -1 // "the next three days" with or without today
	}
	if v.Mod == "after" {
		late = 1
	}
	return sameDay(i.Start, start, early, late) && sameDay(i.End, end, -1, 0)
}

// contains says whether an interval of at most a year holds the day: "in two years" is a year to us, a day to them.
func contains(i times.Interval, day string) bool {
	t, err := time.Parse(time.DateOnly, day)
	long := i.End.Sub(i.Start)
	return err == nil && long > 27*24*time.Hour && long < 366*24*time.Hour && !t.Before(i.Start) && !t.After(i.End)
}

func firstTen(s string) string { return s[:min(10, len(s))] }

// sameDay says whether a time is the day written in s, or one from low to high days off; empty is open.
func sameDay(t time.Time, s string, low, high int) bool {
	if s == "" || t.IsZero() {
		return s == "" && t.IsZero()
	}
	want, err := time.Parse(time.DateOnly, firstTen(s))
	if err != nil {
		return false
	}
	y, m, d := t.Date()
	off := int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Sub(want).Hours() / 24)
	return off >= low && off <= high
}

func sameClock(t time.Time, s string) bool {
	if s == "" || t.IsZero() {
		return s == "" || t.IsZero()
	}
	return t.Format(time.TimeOnly) == s
}

func sameInstant(t time.Time, s string) bool {
	if s == "" || t.IsZero() {
		return s == "" && t.IsZero()
	}
	return t.Format(time.DateTime) == s
}
