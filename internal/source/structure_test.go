package source

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"parley/internal/document"
)

// kinds are the kinds of a document's paragraphs, one letter each, in order.
func kinds(d *document.Document) string {
	var out strings.Builder
	for _, p := range d.Paragraphs {
		letter := map[document.ParagraphKind]string{document.Correction: "R", document.Caption: "P"}[p.Kind]
		if letter == "" {
			letter = strings.ToUpper(string(p.Kind[:1]))
		}
		out.WriteString(letter)
	}
	return out.String()
}

// T title, H heading, B body and byline (told apart below), C credit, R correction, P caption (picture), F furniture.
func TestKinds(t *testing.T) {
	body := "The two delegations met for three hours and parted without a word to the reporters who had waited outside."
	for _, c := range []struct{ name, text, want string }{
		{"a title before the story", "Envoys part in silence\n\n" + body + "\n\n" + body, "TBB"},
		{"no title: the first line is a sentence", "The envoys parted in silence.\n\n" + body, "BB"},
		{"a single line is the story", "Envoys part in silence", "B"},
		{"headings between paragraphs", body + "\n\nA long night\n\n" + body + "\n\nWill they be back?\n\n" + body, "BHBHB"},
		{"a heading with quotation marks", body + "\n\nGuns 'silent'\n\n" + body, "BHB"},
		{"a short line at the end heads nothing", body + "\n\nA long night", "BB"},
		{"speech is no heading", body + "\n\nShe said:\n\n" + body, "BBB"},
		{"a question in an interview is no heading", body + "\n\nQ: Will they be back?\n\n" + body, "BBB"},
		{"furniture", body + "\n\nWATCH: The delegations arrive\n\n" + body + "\n\nRead more: Who is who at the talks\n\n###", "BFBFF"},
		{"to watch is no furniture", "Watch groups on both banks of the river counted eleven shells on Monday.\n\n" + body, "BB"},
		{"pictures", body + "\n\nIn this photo released by the state agency, envoys shake hands before talks in Osh, March 3, 2021.\n\n" +
			"Mothers of detainees wait outside the ministry in Osh, Kyrgyzstan, March 3, 2021.\n\nFILE - The bridge at Osh in 2019.\n\n" + body, "BPPPB"},
		{"a sentence with a date is no picture", body + "\n\nThe bridge that links both parts of the town was rebuilt, with money from abroad, on March 3, 2021.\n\n" +
			"The ceasefire was signed by both commanders in Osh, in the south of Kyrgyzstan, March 3, 2021.", "BBB"},
		{"corrections", body + "\n\nCorrection: An earlier version of this story gave the wrong day.\n\n" + "This story has been updated to add a comment by the ministry.", "BRR"},
		{"a correction's label on its own line", body + "\n\nCORRECTION:\n\nThe bridge is in Osh, not in Uzgen.", "BRR"},
		{"credits", body + "\n\n(With inputs from PTI and Associated Press)\n\nAP contributed to this report.\n\nSource: Xinhua\n\n— AFP", "BCCCC"},
		{"a credit behind the last sentence", body + " (With inputs from agencies)", "BC"},
		{"an agency behind the last sentence", body + " — AFP", "BC"},
		{"a bracket behind the last sentence is no credit", body + " (They had come by bus.)", "B"},
		{"signs alone", body + "\n\n* * *\n\n" + body, "BFB"},
	} {
		d := mustText(t, c.text)
		if got := kinds(d); got != c.want {
			t.Errorf("%s: kinds %s, want %s", c.name, got, c.want)
		}
	}
}

func TestBylines(t *testing.T) {
	body := "The two delegations met for three hours and parted without a word to the reporters outside."
	for _, c := range []struct {
		line             string
		authors, credits []string
	}{
		{"By Jane Doe", []string{"Jane Doe"}, nil},
		{"BY JANE DOE AND JOHN ROE", []string{"Jane Doe", "John Roe"}, nil},
		{"By Jane van der Doe, Juan de la Roe and Ann O'Neil", []string{"Jane van der Doe", "Juan de la Roe", "Ann O'Neil"}, nil},
		{"JANE DOE, Associated Press", []string{"Jane Doe"}, []string{"AP"}},
		{"By Jane Doe and John Roe, Associated Press", []string{"Jane Doe", "John Roe"}, []string{"AP"}},
		{"Jane Doe | AFP", []string{"Jane Doe"}, []string{"AFP"}},
		{"By Reuters Staff", nil, []string{"Reuters"}},
		{"By Our Correspondent", nil, nil},
		{"By AGENCIES", nil, nil},
		{"Jane Doe, Diplomatic Correspondent", []string{"Jane Doe"}, nil},
	} {
		d := mustText(t, "Envoys part in silence\n"+c.line+"\n\n"+body+"\n\n"+body)
		if d.Paragraphs[1].Kind != document.Byline {
			t.Errorf("%q is a %s", c.line, d.Paragraphs[1].Kind)
		}
		if diff := cmp.Diff(c.authors, d.Authors); diff != "" {
			t.Errorf("%q: authors (-want +got):\n%s", c.line, diff)
		}
		if diff := cmp.Diff(c.credits, d.Credits); diff != "" {
			t.Errorf("%q: credits (-want +got):\n%s", c.line, diff)
		}
	}
	for _, line := range []string{"By Tuesday", "By the numbers", "Jane Doe is a reporter in Osh.", "By now everybody had gone home", "Geneva, Switzerland"} {
		if _, _, ok := parseByline(line); ok {
			t.Errorf("%q is taken for a byline", line)
		}
	}
}

func TestAuthorFields(t *testing.T) {
	for in, want := range map[string]string{
		"Jane Doe": "Jane Doe", "by Jane Doe": "Jane Doe", "By JANE DOE March 11, 2015 3:46 PM": "Jane Doe", "Jane Doe (Osh)": "Jane Doe", "The Editors": "The Editors",
		"Last updated: March 11": "", "https://x.example/jane": "", "Jane Doe, Reuters": "Jane Doe", "": "", "肖春芳": "肖春芳",
	} {
		p := &page{Document: &document.Document{}}
		p.setAuthors([]string{in})
		if got := strings.Join(p.Authors, "|"); got != want {
			t.Errorf("%q: authors %q, want %q", in, got, want)
		}
	}
}

func TestCredits(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"The sides agreed on a truce, news agency Agence France-Presse (AFP) reported quoting a minister.", []string{"AFP"}},
		{"The sides agreed on a truce, Anadolu reported on Monday, and named a commission to see to it.", []string{"Anadolu"}},
		{"The sides agreed on a truce, according to the Interfax news agency, which named no source.", []string{"Interfax"}},
		{"Iran's Fars news agency said the sides agreed on a truce that would begin on Monday.", []string{"Fars"}},
		{"The sides agreed on a truce, a minister told Reuters on Monday, asking not to be named.", nil},
		{"In Fars the sides agreed on a truce, officials in the province said on Monday.", nil},
		{"The sides agreed on a truce on Monday.\n\nThe guns fell silent at noon, Reuters reported from the front.", nil},
		{"The sides agreed on a truce on Monday.\n\n(With inputs from PTI, ANI and Associated Press)", []string{"PTI", "ANI", "AP"}},
		{"The sides agreed on a truce on Monday.\n\nSome information for this report came from The Associated Press of Pakistan.", []string{"APP"}},
		{"The sides agreed on a truce on Monday. (ANSA/dpa)", []string{"ANSA", "dpa"}},
		{"The sides agreed on a truce on Monday, officials said in Osh.\n\nREUTERS", []string{"Reuters"}},
	} {
		d := mustText(t, c.text)
		if diff := cmp.Diff(c.want, d.Credits); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestOwnAgencyIsNoCredit(t *testing.T) {
	text := "The sides agreed on a truce on Monday.\n\nJane Doe of VOA's Persian Service and AFP contributed to this report."
	d, err := Text(text, Options{Publisher: "Voice of America"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"AFP"}, d.Credits); diff != "" {
		t.Errorf("credits (-want +got):\n%s", diff)
	}
}

func TestDateLine(t *testing.T) {
	for _, line := range []string{"Tuesday, October 15, 2019", "15 October 2019", "Updated: Oct. 15, 2019, 14:05 GMT", "Tue 15 Oct 2019"} {
		d := mustText(t, line+"\n\nThe sides agreed on a truce on Monday, officials said.")
		if want := time.Date(2019, 10, 15, 0, 0, 0, 0, time.UTC); !d.Published.Equal(want) || d.Paragraphs[0].Kind != document.Furniture {
			t.Errorf("%q: published %v, kind %s", line, d.Published, d.Paragraphs[0].Kind)
		}
	}
}

func TestParagraphs(t *testing.T) {
	wrapped := "The two delegations met for three hours on Monday and parted without\n" +
		"a word to the reporters who had been waiting outside since the early\n" +
		"morning, and nobody knew whether they would be back the next day or\nnot.\n\n" +
		"A spokesman who was asked about it in the corridor only shook his head\nand went on.\n"
	if d := mustText(t, wrapped); len(d.Paragraphs) != 2 {
		t.Errorf("wrapped text has %d paragraphs, want 2: %q", len(d.Paragraphs), kinds(d))
	}
	lines := "The sides met on Monday.\nThey parted without a word to the reporters who had waited outside for hours, and went home.\nNobody knew more."
	if d := mustText(t, lines); len(d.Paragraphs) != 3 {
		t.Errorf("text with a paragraph a line has %d paragraphs, want 3", len(d.Paragraphs))
	}
	if d := mustText(t, "\n \n  Envoys met.  \r\n\r\n\t\r\rThey parted.\r"); d.Text != "\n \n  Envoys met.  \n\n\t\n\nThey parted.\n" || len(d.Paragraphs) != 2 {
		t.Errorf("line ends: %q, %d paragraphs", d.Text, len(d.Paragraphs))
	}
}

// TestEndlessTitle reads an article whose title is as long as a book.
func TestEndlessTitle(t *testing.T) {
	d := one(t, `{"title":"`+strings.Repeat("endless ", 2000)+`","publisher":"Kelm Post","text":"Ana Duro said the truce holds."}`, "a.json", Options{})
	if n := utf8.RuneCountInString(d.Title); n != longestTitle || !strings.HasSuffix(d.Title, "…") || d.Publisher != "Kelm Post" {
		t.Errorf("%d characters, %q", n, d.Publisher)
	}
	if !slices.ContainsFunc(d.Notices, func(n document.Notice) bool {
		return n.Kind == "cut" && strings.Contains(n.Text, "15999")
	}) {
		t.Errorf("%+v", d.Notices)
	}
}
