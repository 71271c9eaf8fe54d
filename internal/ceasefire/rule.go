package ceasefire

import (
	"fmt"
	"strings"
)

// State is what can be said of a ceasefire on a day.
type State string

// The states. NotEnough is no middle ground: it says nothing of the ceasefire, only of the reports.
const (
	Holding   State = "holding"
	Strained  State = "strained"
	Broken    State = "broken"
	NotEnough State = "not_enough_reports"
)

// severity orders the states that say something of the ceasefire.
func (s State) severity() int {
	switch s {
	case Strained:
		return 1
	case Broken:
		return 2
	}
	return 0
}

// Words is the state as a sentence has it.
func (s State) Words() string { return strings.ReplaceAll(string(s), "_", " ") }

// Rule is how counts become states. All rates are counts a day. Zero fields take the defaults of Defaults.
type Rule struct {
	Baseline    Baseline  `yaml:"baseline,omitempty" json:"baseline"`
	Strained    Threshold `yaml:"strained,omitempty" json:"strained"`
	Broken      Threshold `yaml:"broken,omitempty" json:"broken"`
	QuietDays   int       `yaml:"quiet_days,omitempty" json:"quiet_days"`     // reported days below the threshold that it takes to step down
	SilenceDays int       `yaml:"silence_days,omitempty" json:"silence_days"` // days without a report that are still bridged
}

// Baseline is the stretch that a series is measured against: its own, never another's.
type Baseline struct {
	From    Day `yaml:"from,omitempty" json:"from"`         // first day; unknown: the start, then each recommitment
	Days    int `yaml:"days,omitempty" json:"days"`         // its length
	MinDays int `yaml:"min_days,omitempty" json:"min_days"` // days with violations that it takes to have one
}

// Threshold is a rate at which a day counts as strained or severe: the floor, or the baseline times the ratio where that
// is more, but never more than the ceiling.
type Threshold struct {
	Floor   float64 `yaml:"floor,omitempty" json:"floor"`
	Ratio   float64 `yaml:"ratio,omitempty" json:"ratio"`
	Ceiling float64 `yaml:"ceiling,omitempty" json:"ceiling,omitempty"` // zero: none
	Days    int     `yaml:"days,omitempty" json:"days"`                 // reports of such days that it takes
	Within  int     `yaml:"within,omitempty" json:"within"`             // so many days
}

// Defaults are the parameters where an agreement gives none. They are chosen to be slow to call a ceasefire broken and
// slow to call it mended; they are not fitted to anything, and each agreement should set its floors to what its
// observers count.
func Defaults() Rule {
	return Rule{
		Baseline:    Baseline{Days: 28, MinDays: 5},
		Strained:    Threshold{Floor: 1, Ratio: 2, Days: 1, Within: 7},
		Broken:      Threshold{Floor: 10, Ratio: 5, Days: 3, Within: 7},
		QuietDays:   7,
		SilenceDays: 3,
	}
}

// at is the rate at which a day reaches the threshold, given the baseline (zero: none).
func (t Threshold) at(baseline float64) float64 {
	rate := max(t.Floor, t.Ratio*baseline)
	if t.Ceiling > 0 {
		rate = min(rate, t.Ceiling)
	}
	return rate
}

// or fills what is not given from d.
func (t Threshold) or(d Threshold) Threshold {
	fill(&t.Floor, d.Floor)
	fill(&t.Ratio, d.Ratio)
	fill(&t.Ceiling, d.Ceiling)
	fill(&t.Days, d.Days)
	fill(&t.Within, d.Within)
	return t
}

func fill[T int | float64](v *T, d T) {
	if *v == 0 {
		*v = d
	}
}

// defaults fills in the rule, and the thresholds of each counted thing from the rule's.
func (a *Agreement) defaults() {
	d := Defaults()
	r := &a.Rule
	fill(&r.Baseline.Days, d.Baseline.Days)
	fill(&r.Baseline.MinDays, d.Baseline.MinDays)
	fill(&r.QuietDays, d.QuietDays)
	fill(&r.SilenceDays, d.SilenceDays)
	r.Strained, r.Broken = r.Strained.or(d.Strained), r.Broken.or(d.Broken)
	for i := range a.Area.Points {
		fill(&a.Area.Points[i].Km, 5)
	}
}

// thresholds are those of a counted thing.
func (a *Agreement) thresholds(what string) (strained, broken Threshold) {
	strained, broken = a.Rule.Strained, a.Rule.Broken
	for _, c := range a.Counts {
		if c.What != what {
			continue
		}
		if c.Strained != nil {
			strained = c.Strained.or(strained)
		}
		if c.Broken != nil {
			broken = c.Broken.or(broken)
		}
	}
	return strained, broken
}

// Explain is the rule in words, with its numbers, one sentence or two to a step.
func (r Rule) Explain() []string {
	return append(r.levels(), r.steps()...)
}

// Explain is the agreement's rule in words, with the thresholds of each thing counted that has its own.
func (a *Agreement) Explain() []string {
	out := a.Rule.levels()
	for _, c := range a.Counts {
		if c.Strained != nil || c.Broken != nil {
			s, b := a.thresholds(c.What)
			out = append(out, fmt.Sprintf("For %s a day is high %s (strained after %s), and very high %s (broken after %s).", c.What, s.words(), s.reports(levelRaised), b.words(), b.reports(levelSevere)))
		}
	}
	return append(out, a.Rule.steps()...)
}

// levels says what makes a day low, high or very high.
func (r Rule) levels() []string {
	return []string{
		"A count is what one observer reports of one thing, observed in one way (heard, seen, recorded), in one place. Each count is judged by itself, as a number a day: the number of a report of several days is divided by its days. Counts are never added up.",
		fmt.Sprintf("The usual level of a count is the median of its days with violations in the %d days from %s. It takes at least %d such days, and there is none where the count was broken when those days ended. Days without violations do not lower it. A renewal of the ceasefire starts a new one. As long as there is none, the fixed limits apply alone.", r.Baseline.Days, r.Baseline.from(), r.Baseline.MinDays),
		fmt.Sprintf("A reported day is high %s. It is very high %s. Below that it is low.", r.Strained.words(), r.Broken.words()),
	}
}

// steps says how days make states.
func (r Rule) steps() []string {
	return []string{
		fmt.Sprintf("A count becomes strained after %s or very high, and after any very high day. It becomes broken after %s. The days of one report are one of these: it gives only their average.", r.Strained.reports(levelRaised), r.Broken.reports(levelSevere)),
		fmt.Sprintf("It eases, from broken to strained and from strained to holding, each time after %s that are low. A day without a report is not one of them, and a high day starts them anew.", reportedDays(r.QuietDays)),
		fmt.Sprintf("After more than %d days without a report a count is silent: nothing is supposed of the gap, and low days before it and after it are not in a row.", r.SilenceDays),
		"The ceasefire is in the state of its worst count. Where only silent counts are that bad, or all are silent, there are not enough reports to say.",
		"Where a party declares the ceasefire over, it is broken from that day until a renewal, whatever is counted. A renewal starts every count afresh.",
		"What anybody but the agreement's observers says or denies is shown and never changes the state.",
	}
}

func (b Baseline) from() string {
	if b.From != 0 {
		return b.From.words()
	}
	return "the start"
}

func (t Threshold) words() string {
	s := fmt.Sprintf("from %s a day, or from %s times the usual level where that is more", number(t.Floor), number(t.Ratio))
	if t.Ceiling > 0 {
		s += fmt.Sprintf(" (but from %s a day in any case)", number(t.Ceiling))
	}
	return s
}

// reports says how many reports it takes.
func (t Threshold) reports(level string) string {
	if t.Days == 1 {
		return "one reported day that is " + called(level)
	}
	return fmt.Sprintf("%d reported days within %d that are %s", t.Days, t.Within, called(level))
}

func reportedDays(n int) string {
	if n == 1 {
		return "one reported day"
	}
	return fmt.Sprintf("%d reported days in a row", n)
}
