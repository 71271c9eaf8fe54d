package source

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/document"
)

// story is copy that follows a dateline in these tests; it says where Jalgaon is, as copy does.
const story = "Envoys from both sides met for a second day on Monday, officials in Jalgaon said, and agreed to go on.\n\n" +
	"The talks are to end on Friday."

func TestDateline(t *testing.T) {
	for _, c := range []struct {
		head, place string
		credits     []string
	}{
		{"WASHINGTON—", "Washington", nil},
		{"WASHINGTON — ", "Washington", nil},
		{"WASHINGTON —\u00a0", "Washington", nil},
		{"JACKSON, Miss. - ", "Jackson, Miss.", nil},
		{"NEW YORK - ", "New York", nil},
		{"New Delhi: ", "New Delhi", nil},
		{"Jalgaon: ", "Jalgaon", nil},
		{"GENEVA (Reuters) - ", "Geneva", []string{"Reuters"}},
		{"Geneva (AFP) – ", "Geneva", []string{"AFP"}},
		{"KYIV, Ukraine (AP) — ", "Kyiv, Ukraine", []string{"AP"}},
		{"PARIS, March 3 (AFP) – ", "Paris", []string{"AFP"}},
		{"UNITED NATIONS, Feb. 20 (Xinhua) -- ", "United Nations", []string{"Xinhua"}},
		{"SEOUL, Feb. 20 (Yonhap) -- ", "Seoul", []string{"Yonhap"}},
		{"MOSCOW, February 20. /TASS/. ", "Moscow", []string{"TASS"}},
		{"BEIRUT/AMMAN (Reuters) - ", "Beirut/Amman", []string{"Reuters"}},
		{"BEDFORD, N.H. (AP) — ", "Bedford, N.H.", []string{"AP"}},
		{"ST. LOUIS — ", "St. Louis", nil},
		{"ABOARD THE MERIDIAN (AP) — ", "Aboard the Meridian", []string{"AP"}},
		{"Brussels, 20 February 2022 – ", "Brussels", nil},
		{"RIO DE JANEIRO (dpa) - ", "Rio de Janeiro", []string{"dpa"}},
		{"The Hague (ANP/AFP) - ", "The Hague", []string{"ANP", "AFP"}},
		{"Damascus, SANA- ", "Damascus", []string{"SANA"}},
		{"Feb 20 (Reuters) - ", "", []string{"Reuters"}},
		{"(Reuters) - ", "", []string{"Reuters"}},
		{"PARIS (AFP) ", "Paris", []string{"AFP"}},
	} {
		d := mustText(t, c.head+story)
		if got := d.Slice(d.DatelineSpan); strings.TrimSpace(got) != strings.TrimSpace(c.head) || d.Dateline != c.place {
			t.Errorf("%q: dateline %q of %q, want %q", c.head, got, d.Dateline, c.place)
		}
		if diff := cmp.Diff(c.credits, d.Credits); diff != "" {
			t.Errorf("%q: credits (-want +got):\n%s", c.head, diff)
		}
		if d.Paragraphs[0].Kind != document.Body || d.Title != "" {
			t.Errorf("%q: the first paragraph is a %s, the title %q", c.head, d.Paragraphs[0].Kind, d.Title)
		}
	}
}

func TestDatelineOnItsOwnLine(t *testing.T) {
	for _, head := range []string{"WASHINGTON—", "GENEVA, March 3 (AFP) –", "New York —"} {
		d := mustText(t, head+"\n\n"+story)
		if d.Slice(d.DatelineSpan) != head || d.Paragraphs[0].Kind != document.Furniture || d.Paragraphs[1].Kind != document.Body {
			t.Errorf("%q: dateline %q, paragraphs %v", head, d.Slice(d.DatelineSpan), d.Paragraphs[:2])
		}
	}
}

func TestDatelineBehindASummary(t *testing.T) {
	summary := "The two sides are to talk again on Friday, and their generals too, it was said after nine hours of talks.\n\n"
	for head, want := range map[string]string{"OSH, Kyrgyzstan - ": "Osh, Kyrgyzstan", "GENEVA (AFP) - ": "Geneva", "GENEVA — ": "Geneva", "Geneva: ": "", "JANE DOE ROE — ": ""} {
		if d := mustText(t, summary+head+story); d.Dateline != want {
			t.Errorf("%q: dateline %q, want %q", head, d.Dateline, want)
		}
	}
}

func TestNoDateline(t *testing.T) {
	for _, text := range []string{
		"Envoys — two from each side — met in Geneva on Monday to talk about the prisoners.",
		"Petrova: We will not sign anything this week, and our partners know the reasons well enough.",
		"MS. ROE: Good afternoon, and thank you all for coming to this briefing today.\n\nMR. DOE: Thank you.",
		"EXCLUSIVE — The ministers have agreed to meet again next week, an official says.",
		"Analysis: The two armies have never been as close to each other as they are this week.",
		"PROTECTING THE RIVER: The council today adopted a plan for the valley and its people.",
		"NATO (North Atlantic Treaty Organisation) - the alliance said it would wait.",
		"The talks in Geneva (AFP counted nine) - or what is left of them - go on.",
		"President Ilves: The border stays shut until the last of the detainees has been let go.",
		"ENVOYS HAVE NOT GIVEN UP, BUT THEY ARE TIRED - Jane Doe: The talks will go on for a week at least.",
		"Monday: The envoys met, and agreed that they would not meet again before the summer.",
	} {
		if d := mustText(t, text); !d.DatelineSpan.Empty() || d.Dateline != "" {
			t.Errorf("%q: dateline %q", text, d.Slice(d.DatelineSpan))
		}
	}
}

func TestPlaceName(t *testing.T) {
	for in, want := range map[string]string{
		"NEW DELHI": "New Delhi", "KYIV, Ukraine": "Kyiv, Ukraine", "WASHINGTON, D.C.": "Washington, D.C.", "PORT-AU-PRINCE": "Port-Au-Prince",
		"DUBAI, UAE": "Dubai, UAE", "DAR ES SALAAM": "Dar Es Salaam", "CÚCUTA": "Cúcuta", "U.N.": "U.N.",
	} {
		if got := placeName(in); got != want {
			t.Errorf("placeName(%q) = %q, want %q", in, got, want)
		}
	}
}

func mustText(t *testing.T, text string) *document.Document {
	t.Helper()
	d, err := Text(text, Options{})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if f := faults(d); f != "" {
		t.Fatalf("%q: %s", text, f)
	}
	return d
}
