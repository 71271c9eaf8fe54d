package export

import (
	"testing"

	"parley/internal/record"
)

func TestAmount(t *testing.T) {
	high := 60.5
	tests := []struct {
		fig  record.Figure
		want string
	}{
		{record.Figure{Value: 1200, Bound: "at_least", Of: "soldiers"}, "at least 1,200 soldiers"},
		{record.Figure{Value: 40, High: &high, Bound: "exactly", Unit: "percent", Of: "the vote"}, "40 to 60.5 percent (the vote)"},
		{record.Figure{Value: -1234567, Unit: "euros"}, "-1,234,567 euros"},
		{record.Figure{Value: -123}, "-123"},
		{record.Figure{Value: 1e15, Unit: "t", Of: "t"}, "1,000,000,000,000,000 t"},
	}
	for _, tt := range tests {
		if got := amount(&tt.fig); got != tt.want {
			t.Errorf("%+v: got %q, want %q", tt.fig, got, tt.want)
		}
	}
}

func TestClipped(t *testing.T) {
	for in, want := range map[string]string{
		"a\n\tb":                            "a b",
		"\u202eevil\x00":                    "�evil�",
		"one two three four five six seven": "one two three four …",
		"ééééééééééééééééééééééééééé": "éééééééééééééééééééé …",
		"\xff": "�",
	} {
		if got := clipped(in, 20); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestWeb(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/x?y=1#z": "https://a.example/x?y=1#z", "http://a.example": "http://a.example",
		"javascript:alert(1)": "", "data:text/html,x": "", "//a.example": "", "https:///x": "", "/etc/passwd": "", "": "", "https://a.example/\r\nX: y": "",
		"https://a.example/<script>": "https://a.example/%3Cscript%3E",
	} {
		if got := web(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestFragment(t *testing.T) {
	tests := []struct{ address, words, want string }{
		{"https://a.example", "we leave, so-called", "#:~:text=we%20leave%2C%20so%2Dcalled"},
		{"https://a.example#top", "we & you", ":~:text=we%20%26%20you"},
		{"https://a.example", "a b c d e f g h i j k", "#:~:text=a%20b%20c%20d,h%20i%20j%20k"},
		{"https://a.example", "first line\nsecond line", "#:~:text=first%20line,second%20line"},
		{"https://a.example", " \n", ""},
	}
	for _, tt := range tests {
		if got := fragment(tt.address, tt.words); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.words, got, tt.want)
		}
	}
}

func TestQuadClassOfEveryType(t *testing.T) {
	for _, kind := range record.Kinds()["event.type"] {
		if quad(kind.Name) == 0 {
			t.Errorf("%s has no quad class", kind.Name)
		}
	}
}

func TestEscapeFormulaGoesBack(t *testing.T) {
	for in, want := range map[string]string{"=1": "'=1", "'=1": "''=1", "'quoted'": "'quoted'", "1=1": "1=1", "-": "'-", "": "", "'": "'", "＝1": "'＝1"} {
		if got := escapeFormula(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
