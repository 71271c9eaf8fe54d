package ceasefire

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestSparkline(t *testing.T) {
	nan := math.NaN()
	for _, tt := range []struct {
		values []float64
		want   string
	}{
		{nil, ""},
		{[]float64{0, 0}, "▁▁"},
		{[]float64{0, nan, 1, 50, 100}, "▁·▂▅█"},
		{[]float64{nan, nan}, "··"},
		{[]float64{1000, 0.001}, "█▂"},
	} {
		if got := Sparkline(tt.values); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.values, got, tt.want)
		}
	}
}

const page1 = `Test Line, 4 March 2031: strained, since 2 March 2031. [test.csv:22340,
  test.csv:22342]

Violations recorded by Joint Mission, Karst: strained since 2 March 2031, very
  high on 2 March 2031 with up to 40 a day (very high from 30 a day; no usual
  level is known yet); last 0 on 4 March 2031, 1 of the 3 low reported days in a
  row that it takes to ease. [test.csv:22340, test.csv:22342]

Joint Mission recorded no violations, Karst. [test.csv:22342]

No report at all from Other Mission. [agreement test-line]
No report at all about Dorn. [agreement test-line]

Counts a day from 2031-03-01 to 2031-03-04; · is no report. Each line has its
  own scale.
  violations recorded by Joint Mission, Karst: no usual level is known yet
    ▁█·▁

DAY         STATE                  A DAY  LEVEL      COUNT
2031-03-01  holding                    0  low        Karst, violations recorded…
2031-03-02  strained                  40  very high  Karst, violations recorded…
2031-03-03  strained                                 no report
2031-03-04  strained                   0  low        Karst, violations recorded…
`

func TestWriteText(t *testing.T) {
	a := agreement(t, fmt.Sprintf(testLine, "", 1))
	rep := Assess(a, days(t, "0 40 . 0"), 0)
	var out strings.Builder
	if err := WriteText(&out, rep, 80); err != nil {
		t.Fatal(err)
	}
	got, rest, _ := strings.Cut(out.String(), "\nA count is what")
	if diff := cmp.Diff(page1, got); diff != "" {
		t.Error(diff)
	}
	for line := range strings.Lines("A count is what" + rest) {
		if utf8.RuneCountInString(line) > 81 {
			t.Errorf("too wide: %s", line)
		}
	}
}

// TestJSON holds that a report comes back from its JSON, and that no list in it is null.
func TestJSON(t *testing.T) {
	a := agreement(t, fmt.Sprintf(testLine, "", 1))
	rep := Assess(a, days(t, "0 40 . 0"), 0)
	data, err := json.Marshal(rep)
	if err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rep.Days, back.Days); diff != "" {
		t.Error(diff)
	}
	empty, err := json.Marshal(Assess(a, nil, 0))
	if err != nil || strings.Contains(string(empty), "null") {
		t.Errorf("%s, %v", empty, err)
	}
}
