package eval

import (
	"math"
	"strconv"
	"strings"

	"parley/internal/document"
	"parley/internal/number"
)

// numberKinds are the kinds of result in the number and unit specifications that are scored. Relative ordinals
// ("next", "last") are no numbers to us.
func numberKinds() []string {
	return []string{"number", "numberrange", "ordinal", "percentage", "currency", "dimension", "age"}
}

// Numbers scores package number on the number or the unit specifications of Recognizers-Text: exact spans for
// each kind, and the values of those whose span was found. The specifications test one kind in each sentence,
// so what else the sentence holds is not counted against us.
func Numbers(path string) ([]Row, error) {
	spans, values := map[string]*PRF{}, map[string]*PRF{}
	for _, k := range numberKinds() {
		spans[k], values[k] = &PRF{}, &PRF{}
	}
	if err := eachRecognized(path, func(r recognized) { scoreNumbers(r, spans, values, nil) }); err != nil {
		return nil, err
	}
	const task = "numbers, Recognizers dev"
	var rows []Row
	var allSpans, allValues PRF
	for _, k := range numberKinds() {
		if spans[k].Gold == 0 {
			continue
		}
		rows = append(rows, Row{task, k + " span F1", spans[k].F1(), spans[k].Gold}, Row{task, k + " value accuracy", values[k].Recall(), values[k].Gold})
		allSpans.Add(*spans[k])
		allValues.Add(*values[k])
	}
	head := []Row{
		{task, "span precision", allSpans.Precision(), allSpans.Given},
		{task, "span recall", allSpans.Recall(), allSpans.Gold},
		{task, "span F1", allSpans.F1(), allSpans.Gold},
		{task, "value accuracy", allValues.Recall(), allValues.Gold},
	}
	return append(head, rows...), nil
}

// kindUnderTest is the kind a specification tests, by the name of its model.
func kindUnderTest(id string) string {
	model, _, _ := strings.Cut(id, "-")
	return map[string]string{
		"NumberModel": "number", "NumberRangeModel": "numberrange", "OrdinalModel": "ordinal", "PercentModel": "percentage",
		"CurrencyModel": "currency", "DimensionModel": "dimension", "AgeModel": "age",
	}[model]
}

// numberAs is the span a number has in the eyes of one kind; ok is false when it is not of that kind.
func numberAs(n number.Number, kind string) (span document.Span, ok bool) {
	money := len(n.Unit) == 3 && strings.ToUpper(n.Unit) == n.Unit || coin(n.Unit)
	switch kind {
	case "number":
		return n.Amount, !n.Ordinal && n.High == nil
	case "numberrange":
		if n.High == nil {
			return document.Span{Start: n.Span.Start, End: max(n.Amount.End, boundEnd(n))}, n.Span != n.Core && !n.Ordinal && n.Bound != number.About
		}
		return document.Span{Start: n.Span.Start, End: n.Amount.End}, true
	case "ordinal":
		return n.Amount, n.Ordinal
	case "percentage":
		return n.Core, n.Unit == "percent"
	case "currency":
		return n.Core, money
	case "age":
		return n.Core, strings.HasSuffix(n.Unit, " old")
	}
	time := map[string]bool{"seconds": true, "minutes": true, "hours": true, "days": true, "weeks": true, "months": true, "years": true, "decades": true, "nights": true, "centuries": true, "fortnights": true}
	return n.Core, n.Unit != "" && !money && !time[n.Unit] && n.Unit != "percent" && n.Unit != "percentage points" && !strings.HasSuffix(n.Unit, " old")
}

// boundEnd is where a bound behind the number ends, 0 when there is none.
func boundEnd(n number.Number) int {
	if n.Span.End > n.Core.End {
		return n.Span.End
	}
	return 0
}

// coin says whether a unit is money whose country is not known.
func coin(unit string) bool {
	switch unit {
	case "cents", "pence", "kopecks", "francs", "dinars", "shillings", "pesos", "kronor", "kroner", "guilders", "satoshis":
		return true
	}
	return false
}

// scoreNumbers compares one sentence; report, when set, hears of every miss.
func scoreNumbers(r recognized, spans, values map[string]*PRF, report func(what string)) {
	offsets := document.NewOffsets(r.Text)
	kind := kindUnderTest(r.ID)
	count := spans[kind]
	if count == nil {
		return
	}
	say := func(what string) {
		if report != nil {
			report(what)
		}
	}
	found := map[[2]int]number.Number{}
	for _, n := range number.Find(r.Text) {
		if span, ok := numberAs(n, kind); ok {
			found[runeSpan(offsets, span)] = n
			count.Given++
		}
	}
	for _, g := range r.Results {
		if g.Type != kind || g.Resolution.Value == nil {
			continue
		}
		count.Gold++
		n, ok := found[g.Span]
		if !ok {
			say("missed " + g.Text)
			continue
		}
		count.Right++
		delete(found, g.Span)
		values[kind].Gold++
		if sameNumber(n, kind, g.Resolution) {
			values[kind].Right++
		} else {
			say("wrong " + g.Text + ": " + strconv.FormatFloat(n.Value, 'g', -1, 64) + " " + n.Unit + " " + n.Bound)
		}
	}
	for _, n := range found {
		say("too much " + r.Text[n.Span.Start:n.Span.End])
	}
}

// sameNumber compares value, bounds and unit with a resolution.
func sameNumber(n number.Number, kind string, want recognizedItem) bool {
	s, ok := want.Value.(string)
	if !ok {
		return false
	}
	switch kind {
	case "numberrange":
		return sameRange(n, s)
	case "percentage":
		s = strings.TrimSuffix(s, "%")
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !near(v, n.Value) {
		return false
	}
	switch kind {
	case "currency":
		return want.ISOCurrency == "" || want.ISOCurrency == n.Unit
	case "age", "dimension":
		return sameUnit(n.Unit, want.Unit)
	}
	return true
}

func near(a, b float64) bool {
	return math.Abs(a-b) <= 1e-9*math.Max(1, math.Max(math.Abs(a), math.Abs(b)))
}

// sameUnit compares our canonical name with theirs: "km" with "Kilometer" by the table below, others by stem.
func sameUnit(ours, theirs string) bool {
	short := map[string]string{"Kilometer": "km", "Meter": "m", "Centimeter": "cm", "Millimeter": "mm", "Decimeter": "dm",
		"Pound": "lb", "Kilogram": "kg", "Gram": "g", "Microgram": "µg", "Milliliter": "ml", "Ton": "tonnes", "Metric ton": "tonnes",
		"Foot": "feet", "Mile per hour": "mph", "Kilometer per hour": "km/h", "Liter": "litres", "Milligram": "mg",
		"Square kilometer": "sq km", "Square foot": "sq ft", "Square mile": "sq miles", "Square meter": "sq m"}
	if short[theirs] == ours {
		return true
	}
	stem := func(s string) string { return strings.ToLower(strings.TrimRight(strings.Fields(s + " x")[0], "s")) }
	a, b := stem(ours), stem(theirs)
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) && a != ""
}

// sameRange compares with an interval such as "[20,30)", "(100,)".
func sameRange(n number.Number, want string) bool {
	low, high, ok := strings.Cut(strings.Trim(want, "[]()"), ",")
	if !ok {
		return false
	}
	is := func(s string, v float64) bool {
		f, err := strconv.ParseFloat(s, 64)
		return err == nil && near(f, v)
	}
	switch {
	case n.High != nil:
		return is(low, n.Value) && is(high, *n.High)
	case n.Bound == number.AtLeast:
		return high == "" && is(low, n.Value)
	case n.Bound == number.AtMost:
		return low == "" && is(high, n.Value)
	}
	return is(low, n.Value) && is(high, n.Value)
}
