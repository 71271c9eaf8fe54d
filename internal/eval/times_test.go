package eval

import (
	"os"
	"path/filepath"
	"testing"
)

// specification writes lines in the format of the Recognizers specifications to a file.
func specification(t *testing.T, lines string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "spec.jsonl")
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func rowValue(t *testing.T, rows []Row, measure string) Row {
	t.Helper()
	for _, r := range rows {
		if r.Measure == measure {
			return r
		}
	}
	t.Fatalf("no row %q", measure)
	return Row{}
}

func TestTimes(t *testing.T) {
	path := specification(t, `{"id":"DateTimeModel-1","text":"Élan met on Sunday.","reference":"2022-02-20T00:00:00","results":[{"text":"sunday","type":"datetimeV2.date","span":[12,18],"resolution":{"values":[{"timex":"XXXX-WXX-7","type":"date","value":"2022-02-13"},{"timex":"XXXX-WXX-7","type":"date","value":"2022-02-20"}]}}]}
{"id":"DateTimeModel-2","text":"It ran since 2019 for 3 days.","reference":"2022-02-20T00:00:00","results":[{"text":"since 2019","type":"datetimeV2.daterange","span":[7,17],"resolution":{"values":[{"timex":"2019","Mod":"since","type":"daterange","start":"2019-01-01"}]}},{"text":"3 days","type":"datetimeV2.duration","span":[22,28],"resolution":{"values":[{"timex":"P4D","type":"duration","value":"345600"}]}}]}
{"id":"DateTimeModel-3","text":"No time here but today.","reference":"2022-02-20T00:00:00","results":[]}
`)
	rows, err := Times(path)
	if err != nil {
		t.Fatal(err)
	}
	if r := rowValue(t, rows, "span recall"); r.Value != 100 || r.N != 3 {
		t.Errorf("span recall %v", r)
	}
	if r := rowValue(t, rows, "span precision"); r.Value != 75 || r.N != 4 {
		t.Errorf("span precision %v", r)
	}
	if r := rowValue(t, rows, "value accuracy, date"); r.Value != 100 || r.N != 1 {
		t.Errorf("dates %v", r)
	}
	if r := rowValue(t, rows, "value accuracy, duration"); r.Value != 0 || r.N != 1 {
		t.Errorf("durations %v", r)
	}
	if r := rowValue(t, rows, "value accuracy, daterange"); r.Value != 100 {
		t.Errorf("ranges %v", r)
	}
}

func TestNumbers(t *testing.T) {
	path := specification(t, `{"id":"NumberModel-1","text":"They sent 12 ships.","results":[{"text":"12","type":"number","span":[10,12],"resolution":{"subtype":"integer","value":"12"}}]}
{"id":"NumberRangeModel-1","text":"It took more than 40 ships.","results":[{"text":"more than 40","type":"numberrange","span":[8,20],"resolution":{"value":"(40,)"}}]}
{"id":"CurrencyModel-1","text":"It cost €5 million.","results":[{"text":"€5 million","type":"currency","span":[8,18],"resolution":{"value":"5000000","unit":"Euro","isoCurrency":"EUR"}}]}
{"id":"DimensionModel-1","text":"It is 7 km off.","results":[{"text":"7 km","type":"dimension","span":[6,10],"resolution":{"value":"8","unit":"Kilometer"}}]}
`)
	rows, err := Numbers(path)
	if err != nil {
		t.Fatal(err)
	}
	if r := rowValue(t, rows, "span F1"); r.Value != 100 || r.N != 4 {
		t.Errorf("span F1 %v", r)
	}
	if r := rowValue(t, rows, "value accuracy"); r.Value != 75 {
		t.Errorf("value accuracy %v", r)
	}
}

func TestBadSpecification(t *testing.T) {
	if _, err := Times(specification(t, "{")); err == nil {
		t.Error("half a line of JSON is read without an error")
	}
	if _, err := Numbers(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a missing file is read without an error")
	}
}
