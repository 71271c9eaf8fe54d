package source

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"parley/internal/document"
)

// all collects what a reading yields.
func all(t *testing.T, text, name string, opt Options) (docs []*document.Document, errs []error) {
	t.Helper()
	for doc, err := range Read(strings.NewReader(text), name, opt) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if f := faults(doc); f != "" {
			t.Errorf("%s: %s", name, f)
		}
		docs = append(docs, doc)
	}
	return docs, errs
}

func one(t *testing.T, text, name string, opt Options) *document.Document {
	t.Helper()
	docs, errs := all(t, text, name, opt)
	if len(docs) != 1 || len(errs) > 0 {
		t.Fatalf("%s: %d documents, errors %v", name, len(docs), errs)
	}
	return docs[0]
}

func notices(d *document.Document) (out []string) {
	for _, n := range d.Notices {
		if n.Kind != "no_date" {
			out = append(out, n.Kind)
		}
	}
	return out
}

const truce = "Generals from both armies met on the bridge at noon and agreed that the guns would fall silent by the evening of the same day."

func TestJSON(t *testing.T) {
	want := time.Date(2021, 3, 4, 0, 0, 0, 0, time.UTC)
	for _, text := range []string{
		`{"id":"x","title":"A truce","date":"2021-03-04","publisher":"The Post","url":"https://post.example/a","text":"` + truce + `"}`,
		`{"headline":"A truce","published_at":"March 4, 2021","source":{"name":"The Post"},"link":"https://post.example/a","body":["` + truce + `"]}`,
		`{"Headline":"A truce","datePublished":"1614816000","site_name":"The Post","url":"https://post.example/a","content":"<p>` + truce + `</p>"}`,
		`{"articles":[{"title":"A truce","pubDate":"Thu, 04 Mar 2021 00:00:00 +0000","publisher":"The Post","url":"https://post.example/a","articleBody":"` + truce + `"}]}`,
	} {
		d := one(t, text, "a.json", Options{})
		if d.Title != "A truce" || d.Publisher != "The Post" || d.URL != "https://post.example/a" || !d.Published.Equal(want) || d.Text != truce || d.Language != "en" {
			t.Errorf("%s:\ngot %q %q %q %v %q %q", text, d.Title, d.Publisher, d.URL, d.Published, d.Language, d.Text)
		}
	}
}

func TestJSONMany(t *testing.T) {
	docs, errs := all(t, `[{"text":"`+truce+`"}, {"title":"no text"}, {"text":"Both sides kept it."}]`, "a.json", Options{})
	if len(docs) != 2 || len(errs) != 1 || !errors.Is(errs[0], ErrEmpty) || !strings.Contains(errs[0].Error(), "article 2") {
		t.Errorf("array: %d documents, errors %v", len(docs), errs)
	}
	docs, errs = all(t, "{\"text\":\"One came.\"}\n\n{broken\n{\"text\":\"Two came.\"}\n", "a.jsonl", Options{})
	if len(docs) != 2 || len(errs) != 1 || !errors.Is(errs[0], ErrSyntax) || !strings.Contains(errs[0].Error(), "line 3") {
		t.Errorf("lines: %d documents, errors %v", len(docs), errs)
	}
	// What calls itself nothing is sniffed.
	if docs, _ = all(t, "{\"text\":\"One came.\"}\n{\"text\":\"Two came.\"}\n", "standard input", Options{}); len(docs) != 2 {
		t.Errorf("lines on standard input: %d documents", len(docs))
	}
	if docs, _ = all(t, "[\n {\"text\":\"One came.\"}]", "-", Options{}); len(docs) != 1 {
		t.Errorf("array on standard input: %d documents", len(docs))
	}
	if docs, _ = all(t, "[The] envoys came on Monday.", "-", Options{}); len(docs) != 1 || docs[0].Text[0] != '[' {
		t.Error("a text that begins with a bracket is not read as text")
	}
}

func TestOverrides(t *testing.T) {
	text := `{"title":"A truce","date":"2021-03-04","publisher":"The Post","language":"fr","text":"` + truce + `"}`
	day := time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC)
	d := one(t, text, "a.json", Options{Published: day, Publisher: "The Herald", Title: "No truce", URL: "https://h.example", Language: "en-GB"})
	got := []string{d.Published.Format(time.DateOnly), d.Publisher, d.Title, d.URL, d.Language}
	if diff := cmp.Diff([]string{"2020-01-02", "The Herald", "No truce", "https://h.example", "en"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if e := one(t, text, "a.json", Options{}); e.ID != d.ID || e.Language != "en" {
		t.Error("the id follows from the text alone, the language from the copy")
	}
}

func TestTrouble(t *testing.T) {
	small := Options{MaxBytes: 100}
	deep := strings.Repeat(`{"a":`, 100) + `1` + strings.Repeat("}", 100)
	for _, c := range []struct {
		name, text string
		opt        Options
		want       error
		says       string
	}{
		{"a.txt", "", Options{}, ErrEmpty, "give an article"},
		{"a.txt", " \n\t\u200b\n", Options{}, ErrEmpty, "give an article"},
		{"a.txt", "%PDF-1.7\n...", Options{}, ErrBinary, "pdftotext"},
		{"a.txt", "PK\x03\x04....", Options{}, ErrBinary, "unpack"},
		{"a.txt", strings.Repeat("\x00\x01\x02\x03abc", 50), Options{}, ErrBinary, "binary"},
		{"a.txt", strings.Repeat("The envoys came. ", 10), small, ErrTooLarge, "--max-mb"},
		{"a.json", `{"text":"` + strings.Repeat("The envoys came. ", 9000) + `"}`, small, ErrTooLarge, "--max-mb"},
		{"a.jsonl", `{"text":"` + strings.Repeat("The envoys came. ", 9000) + `"}`, small, ErrTooLarge, "line 1"},
		{"a.json", "", Options{}, ErrEmpty, ""},
		{"a.json", `{"text":`, Options{}, ErrSyntax, "JSON"},
		{"a.json", `[{"text":"x"`, Options{}, ErrSyntax, "JSON"},
		{"a.json", `{"title":"x"}`, Options{}, ErrEmpty, "text, body or content"},
		{"a.json", `{"text":"x","b":` + deep + `}`, Options{}, ErrTooDeep, "one object"},
		{"a.json", strings.Repeat("[", 20000), Options{}, nil, ""},
		{"a.html", strings.Repeat("<div>", 2000) + "x", Options{}, ErrTooDeep, "save the article's text"},
		{"a.html", strings.Repeat("<b><i><p>x", 20000), Options{}, ErrTooDeep, "save the article's text"},
		{"a.html", strings.Repeat("<p>x</p>", 100000), Options{}, ErrTooDeep, "too many"},
		{"a.html", "<html><head><title>x</title></head><body></body></html>", Options{}, ErrEmpty, ""},
	} {
		_, errs := all(t, c.text, c.name, c.opt)
		if len(errs) == 0 || c.want != nil && !errors.Is(errs[0], c.want) || !strings.Contains(errs[0].Error(), c.says) || !strings.Contains(errs[0].Error(), c.name) {
			t.Errorf("%s %.20q: errors %v, want %v with %q", c.name, c.text, errs, c.want, c.says)
		}
	}
}

func TestCharsets(t *testing.T) {
	text := "The envoys’ café in Orléans — closed.\n"
	utf16le := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(text)) {
		utf16le = binary.LittleEndian.AppendUint16(utf16le, u)
	}
	utf16be := []byte{}
	for _, u := range utf16.Encode([]rune(text)) {
		utf16be = binary.BigEndian.AppendUint16(utf16be, u)
	}
	cp1252 := "The envoys\x92 caf\xe9 in Orl\xe9ans \x97 closed.\n"
	for _, c := range []struct{ what, name, in, want, notes string }{
		{"UTF-8", "a.txt", text, text, ""},
		{"UTF-8 with a mark", "a.txt", "\xEF\xBB\xBF" + text, text, ""},
		{"UTF-16 with a mark", "a.txt", string(utf16le), text, ""},
		{"UTF-16 without one", "a.txt", string(utf16be), text, ""},
		{"windows-1252", "a.txt", cp1252, text, "encoding_guessed"},
		{"windows-1252, declared", "a.html", `<meta charset="windows-1252"><p>` + cp1252, strings.TrimSpace(text), ""},
		{"windows-1251, declared", "a.html", "<meta http-equiv=content-type content='text/html; charset=windows-1251'><p>\xcc\xe8\xf0.", "Мир.", ""},
		{"windows-1252 taken for Latin-1", "a.txt", "The envoys\u0092 caf\u00e9.", "The envoys’ café.", "control_characters"},
		{"a broken byte in UTF-8", "a.txt", "Die Gespräche in Zürich über Köln führten zu n\xe9chts.", "Die Gespräche in Zürich über Köln führten zu n\uFFFDchts.", "bad_encoding"},
		{"half a surrogate in JSON", "a.json", `{"text":"The \ud83d envoys came."}`, "The \uFFFD envoys came.", "bad_encoding"},
		{"NUL and others", "a.txt", "The\x00envoys\x1bcame.", "The envoys came.", "control_characters"},
		{"zero width", "a.txt", "The en\u200bvoys came.", "The en\u200bvoys came.", "hidden_characters"},
		{"bidi", "a.txt", "The \u202eenvoys\u202c came.", "The \u202eenvoys\u202c came.", "hidden_characters"},
		{"not composed", "a.txt", "The cafe\u0301 closed.", "The cafe\u0301 closed.", ""},
	} {
		d := one(t, c.in, c.name, Options{})
		if d.Text != c.want || strings.Join(notices(d), " ") != c.notes {
			t.Errorf("%s: %q with notices %v, want %q with %q", c.what, d.Text, d.Notices, c.want, c.notes)
		}
	}
}

func TestLanguage(t *testing.T) {
	french := strings.Repeat("Les deux présidents se sont entretenus dimanche pendant une heure et ont décidé de poursuivre leurs discussions. ", 3)
	if d := mustText(t, french); d.Language != "fr" || strings.Join(notices(d), "") != "not_english" {
		t.Errorf("French: %q, notices %v", d.Language, d.Notices)
	}
	if d := mustText(t, truce); d.Language != "en" || len(notices(d)) != 0 {
		t.Errorf("English: %q, notices %v", d.Language, d.Notices)
	}
	if d := mustText(t, "Non."); d.Language != "" || len(notices(d)) != 0 {
		t.Errorf("too short to tell: %q, notices %v", d.Language, d.Notices)
	}
}

func TestWalk(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"b.txt": "Second came.", "a.txt": "First came.", "sub/c.md": "# Third\n\nIt came too.", "sub/.hidden.txt": "no", ".git/x.txt": "no", "notes.bin": "\x00\x01",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	opt := Options{Stdin: strings.NewReader("From a pipe.")}
	for doc, err := range Walk([]string{dir, "-", filepath.Join(dir, "none.txt")}, opt) {
		if err != nil {
			got = append(got, "error")
			continue
		}
		got = append(got, doc.Text)
	}
	if diff := cmp.Diff([]string{"First came.", "Second came.", "Third\n\nIt came too.", "From a pipe.", "error"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, err := range Walk([]string{t.TempDir()}, Options{}) {
		if !errors.Is(err, ErrEmpty) {
			t.Errorf("an empty folder: %v", err)
		}
	}
}

func TestWalkStops(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "b.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("It came."), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for range Walk([]string{dir, dir}, Options{}) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d documents after the first", n)
	}
}

func TestParseTime(t *testing.T) {
	for in, want := range map[string]string{
		"2022-02-20": "2022-02-20T00:00:00Z", "2022-02-20T13:05:00+02:00": "2022-02-20T13:05:00+02:00", "2022-02-20 13:05:00": "2022-02-20T13:05:00Z",
		"20 Feb. 2022": "2022-02-20T00:00:00Z", "Sunday, February 20th, 2022": "2022-02-20T00:00:00Z", "Sept. 3, 2021": "2021-09-03T00:00:00Z",
		"2022-02-20T13:05:00+0200": "2022-02-20T13:05:00+02:00", "1645315200": "2022-02-20T00:00:00Z", "1645315200000": "2022-02-20T00:00:00Z",
		"Sun, 20 Feb 2022 13:05:00 GMT": "2022-02-20T13:05:00Z", "2022-02-20T25:99": "2022-02-20T00:00:00Z", "20220220T130500Z": "2022-02-20T13:05:00Z",
		"02/03/2022": "", "yesterday": "", "": "", "February 30, 2022": "", "0001-01-01": "", "999999": "",
	} {
		got := ""
		if at, ok := parseTime(in); ok {
			got = at.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("parseTime(%q) = %q, want %q", in, got, want)
		}
	}
}
