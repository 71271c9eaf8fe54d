package source

import (
	"sort"
	"strings"
	"testing"

	"parley/internal/document"
)

func TestAgencyTable(t *testing.T) {
	seen := map[string]string{}
	shorts := 0
	for _, row := range rows("agencies.tsv", 3) {
		shorts++
		short := strings.TrimSuffix(row[0], "*")
		if len(row[1]) != 3 || row[1] != strings.ToUpper(row[1]) {
			t.Errorf("%s: the country is %q", short, row[1])
		}
		for _, name := range append([]string{row[0]}, strings.Split(row[2], "|")...) {
			name = strings.TrimSuffix(name, "*")
			if other, taken := seen[name]; taken && name != "" {
				t.Errorf("%q is a name of %s and of %s", name, other, short)
			}
			seen[name] = short
			if len(strings.Fields(name)) > longestAgency {
				t.Errorf("%q has more words than are looked at", name)
			}
		}
	}
	if shorts < 60 {
		t.Errorf("%d agencies", shorts)
	}
	for _, want := range []string{"AFP", "AP", "Reuters", "PTI", "TASS", "Interfax", "Xinhua", "Anadolu", "dpa", "ANSA", "EFE", "Kyodo", "Yonhap", "SANA", "IRNA", "Ukrinform"} {
		if seen[want] != want {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestLineTable(t *testing.T) {
	for _, row := range rows("lines.tsv", 4) {
		switch document.ParagraphKind(row[0]) {
		case document.Credit, document.Correction, document.Caption, document.Furniture:
		default:
			t.Errorf("kind %q", row[0])
		}
		switch row[1] {
		case "start", "end", "whole", "any":
		default:
			t.Errorf("%q stands %q", row[3], row[1])
		}
		if row[3] != strings.TrimSpace(row[3]) || row[3] == "" || typewriter.Replace(row[3]) != row[3] {
			t.Errorf("the phrase %q", row[3])
		}
	}
	if len(linePatterns()) == 0 {
		t.Error("no patterns")
	}
}

func TestWordTable(t *testing.T) {
	var missing []string
	for _, kind := range []string{"month", "weekday", "label", "honorific", "particle", "report", "agencyword", "person", "desk", "past", "english", "where"} {
		if len(wordKinds()[kind]) == 0 {
			missing = append(missing, kind)
		}
	}
	if len(missing) > 0 {
		sort.Strings(missing)
		t.Errorf("no words for %v", missing)
	}
	for word, month := range map[string]int{"January": 1, "Feb.": 2, "may": 5, "Sept.": 9, "DEC": 12, "ma": 0, "decade": 0, "": 0, "jun": 6, "jul": 7} {
		if got := monthOf(word); got != month {
			t.Errorf("monthOf(%q) = %d, want %d", word, got, month)
		}
	}
}

func TestCityTable(t *testing.T) {
	for _, name := range []string{"new delhi", "washington", "kyiv", "port-au-prince", "the hague"} {
		if !cities()[name] {
			t.Errorf("%q is missing", name)
		}
	}
}
