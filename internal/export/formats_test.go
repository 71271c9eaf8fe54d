package export_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/mmcdole/gofeed"
	"github.com/parquet-go/parquet-go"
	"golang.org/x/net/html"

	"parley/internal/export"
	"parley/internal/record"
)

func TestParquetReadsBack(t *testing.T) {
	rows := readParquet[struct {
		ID     string   `parquet:"id"`
		Text   string   `parquet:"text"`
		Start  int64    `parquet:"start"`
		Value  float64  `parquet:"value,optional"`
		High   *float64 `parquet:"high,optional"`
		Lat    *float64 `parquet:"lat,optional"`
		Known  int64    `parquet:"known,optional,timestamp(millisecond)"`
		Bound  string   `parquet:"bound"`
		Giver  string   `parquet:"asserted_by"`
		Unsure *float64 `parquet:"confidence,optional"`
	}](t, written(t, crisis(), options("parquet", "figure")))
	if len(rows) != 1 {
		t.Fatalf("%d rows, want 1", len(rows))
	}
	r := rows[0]
	if r.Text != "At least 1,200 soldiers" || r.Value != 1200 || r.High != nil || r.Lat == nil || *r.Lat != -12.5 || r.Bound != "at_least" || r.Giver != "the harbour master" || r.Unsure != nil {
		t.Errorf("got %+v", r)
	}
	if want := time.Date(2031, 5, 2, 9, 0, 0, 0, time.UTC).UnixMilli(); r.Known != want {
		t.Errorf("known: got %d, want %d", r.Known, want)
	}
}

func readParquet[T any](t *testing.T, file string) []T {
	t.Helper()
	rows, err := parquet.Read[T](strings.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestParquetAllKinds holds every table to the rows and exact words of CSV's source, hostile or not, over row groups.
func TestParquetAllKinds(t *testing.T) {
	type words struct {
		Text string `parquet:"text"`
	}
	for _, kind := range []string{"statement", "event", "commitment", "contact", "figure", "contradiction", "actor", "agreement", "place"} {
		for _, h := range hostile() {
			got := readParquet[words](t, written(t, hostileArchive(h), options("parquet", kind)))
			if len(got) != 1 || got[0].Text != strings.ToValidUTF8(h, "\uFFFD") {
				t.Errorf("%s: %q comes back as %q", kind, h, got)
			}
		}
	}
	if a, b := written(t, crisis(), options("parquet", "event")), written(t, crisis(), options("parquet", "event")); a != b {
		t.Error("a second run gives something else")
	}
}

func TestAtomReadsBack(t *testing.T) {
	feed, err := gofeed.NewParser().ParseString(written(t, crisis(), options("atom")))
	if err != nil {
		t.Fatal(err)
	}
	if len(feed.Items) != 10 {
		t.Fatalf("%d entries, want 10", len(feed.Items))
	}
	ids := map[string]bool{}
	for _, it := range feed.Items {
		if !strings.HasPrefix(it.GUID, "tag:parley.example,2022:") || ids[it.GUID] {
			t.Errorf("id %q is no tag, or not its own", it.GUID)
		}
		ids[it.GUID] = true
		if it.UpdatedParsed == nil || it.UpdatedParsed.After(*feed.UpdatedParsed) {
			t.Errorf("%s is updated %s, after the feed", it.GUID, it.Updated)
		}
	}
}

func TestAtomLimit(t *testing.T) {
	opt := options("atom")
	opt.Query.Limit = 2
	feed, err := gofeed.NewParser().ParseString(written(t, crisis(), opt))
	if err != nil || len(feed.Items) != 2 {
		t.Fatalf("got %v, error %v; want the 2 newest", feed, err)
	}
	if feed.Items[0].GUID != "tag:parley.example,2022:l-0000000000aa" {
		t.Errorf("the newest is %s, want the contradiction across articles", feed.Items[0].GUID)
	}
}

func TestAtomHostile(t *testing.T) {
	for _, words := range append(hostile(), strings.Repeat("<b>&", 1<<16)) {
		out := written(t, hostileArchive(words), options("atom"))
		dec := xml.NewDecoder(strings.NewReader(out))
		for {
			tok, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%q: %v", clip(words), err)
			}
			if el, ok := tok.(xml.StartElement); ok {
				checkElement(t, el)
			}
		}
		if strings.ContainsRune(out, '\u202e') {
			t.Errorf("%q: a character that reorders text comes through", words)
		}
	}
}

func checkElement(t *testing.T, el xml.StartElement) {
	t.Helper()
	switch el.Name.Local {
	case "feed", "id", "title", "updated", "author", "name", "link", "entry", "category", "summary", "content":
	default:
		t.Errorf("element %s comes from a text", el.Name.Local)
	}
	for _, a := range el.Attr {
		if a.Name.Local == "href" && !strings.HasPrefix(a.Value, "https://") && !strings.HasPrefix(a.Value, "http://") {
			t.Errorf("link to %q", a.Value)
		}
	}
}

func TestICSReadsBack(t *testing.T) {
	a := crisis()
	a.judgements = nil
	cal, err := ics.ParseCalendar(strings.NewReader(written(t, a, options("ics"))))
	if err != nil {
		t.Fatal(err)
	}
	events := cal.Events()
	if len(events) != 1 {
		t.Fatalf("%d events, want 1", len(events))
	}
	start, err := events[0].GetAllDayStartAt()
	if err != nil || start.Format(time.DateOnly) != "2031-05-07" {
		t.Errorf("due %v, error %v", start, err)
	}
	got := ics.FromText(events[0].GetProperty(ics.ComponentPropertyDescription).Value)
	for _, want := range []string{"State: not assessed", "Words: “the Karvian brigade will leave Port Sel by 7 May if the road is open”", "Condition: if: the road is open", "Vell Gazette"} {
		if !strings.Contains(got, want) {
			t.Errorf("description %q lacks %q", got, want)
		}
	}
}

// TestICSOnlyDue holds that commitments without a day, and rejected ones, stay out.
func TestICSOnlyDue(t *testing.T) {
	for name, change := range map[string]func(*record.Entry){
		"rejected": func(e *record.Entry) { e.Verdict = "reject" },
		"no day":   func(e *record.Entry) { e.Item = bytes.ReplaceAll(e.Item, []byte("2031-05-07"), []byte("some day")) },
	} {
		a := crisis()
		for i := range a.entries {
			if a.entries[i].Kind == "commitment" {
				change(&a.entries[i])
			}
		}
		if out := written(t, a, options("ics")); strings.Contains(out, "VEVENT") {
			t.Errorf("%s: %s", name, out)
		}
	}
}

// checkICS holds RFC 5545, 3.1: lines of at most 75 octets ending in CRLF, whole characters, and nothing of a text
// that becomes a property of its own.
func checkICS(t *testing.T, words string) {
	t.Helper()
	out := written(t, hostileArchive(words), options("ics"))
	if !strings.HasSuffix(out, "END:VCALENDAR\r\n") {
		t.Fatalf("%q: no end", clip(words))
	}
	for _, l := range strings.Split(strings.TrimSuffix(out, "\r\n"), "\r\n") {
		if len(l) > 75 || strings.ContainsAny(l, "\r\n") || !utf8.ValidString(l) {
			t.Fatalf("%q: bad line %q", clip(words), l)
		}
	}
	for l := range strings.SplitSeq(strings.ReplaceAll(out, "\r\n ", ""), "\r\n") {
		name, _, _ := strings.Cut(l, ":")
		switch name, _, _ = strings.Cut(name, ";"); name {
		case "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART", "DTEND", "TRANSP", "SUMMARY", "DESCRIPTION", "CATEGORIES", "URL", "":
		default:
			t.Fatalf("%q: line %q comes from a text", clip(words), l)
		}
	}
	cal, err := ics.ParseCalendar(strings.NewReader(out))
	if err != nil || len(cal.Events()) != 1 {
		t.Fatalf("%q: reading the calendar back: %v", clip(words), err)
	}
}

func TestICSHostile(t *testing.T) {
	for _, words := range append(hostile(), strings.Repeat("🇺🇦;,\\n ", 1<<14), strings.Repeat("é", 1<<16)) {
		checkICS(t, words)
	}
}

func FuzzICS(f *testing.F) {
	for _, words := range hostile() {
		f.Add(words)
	}
	f.Fuzz(checkICS)
}

// jsonLists reads the list of a JSON format.
func jsonLists(t *testing.T, out, list string) []map[string]any {
	t.Helper()
	var whole map[string]json.RawMessage
	if err := json.Unmarshal([]byte(out), &whole); err != nil {
		t.Fatal(err)
	}
	var items []map[string]any
	if err := json.Unmarshal(whole[list], &items); err != nil {
		t.Fatal(err)
	}
	return items
}

func TestGeoJSON(t *testing.T) {
	features := jsonLists(t, written(t, crisis(), options("geojson")), "features")
	if len(features) != 2 {
		t.Fatalf("%d features, want the event and the figure", len(features))
	}
	point := features[0]["geometry"].(map[string]any)["coordinates"].([]any)
	if point[0] != 44.25 || point[1] != -12.5 {
		t.Errorf("coordinates %v, want longitude before latitude", point)
	}
}

func TestAnnotationSelectors(t *testing.T) {
	a := crisis()
	for _, item := range jsonLists(t, written(t, a, options("annotation")), "items") {
		id := item["id"].(string)
		entry, err := a.Entry(t.Context(), record.ID(id[strings.LastIndexByte(id, '/')+1:]))
		if err != nil {
			t.Fatal(err)
		}
		text := a.records[entry.Article].Document.Text
		selectors := item["target"].(map[string]any)["selector"].([]any)
		position, quote := selectors[0].(map[string]any), selectors[1].(map[string]any)
		start, end := int(position["start"].(float64)), int(position["end"].(float64))
		if got := string([]rune(text)[start:end]); got != quote["exact"] {
			t.Errorf("%s: position gives %q, quote %q", id, got, quote["exact"])
		}
		prefix, _ := quote["prefix"].(string)
		suffix, _ := quote["suffix"].(string)
		if !strings.Contains(text, prefix+quote["exact"].(string)+suffix) || prefix+suffix == "" {
			t.Errorf("%s: prefix %q and suffix %q are not around the words", id, prefix, suffix)
		}
	}
}

// TestClaimReviewOnlyWhenJudged holds that a claim nobody verified, or whose verification was taken back, has no review.
func TestClaimReviewOnlyWhenJudged(t *testing.T) {
	count := func(a *archive) int {
		n := 0
		for _, node := range jsonLists(t, written(t, a, options("schemaorg")), "@graph") {
			if node["@type"] == "ClaimReview" {
				n++
			}
		}
		return n
	}
	a := crisis()
	if got := count(a); got != 1 {
		t.Errorf("%d reviews, want 1", got)
	}
	back := a.judgements[0]
	back.Seq, back.Value = 3, "no"
	a.judgements = append(a.judgements, back)
	if got := count(a); got != 0 {
		t.Errorf("%d reviews after it was taken back, want none", got)
	}
	a.judgements = []record.Judgement{{Seq: 1, Verb: "confirm", Subject: back.Subject}}
	if got := count(a); got != 0 {
		t.Errorf("%d reviews for a confirmed reading, want none: the claim is not verified by that", got)
	}
}

func TestJSONHostile(t *testing.T) {
	for _, words := range append(hostile(), strings.Repeat("\u2028</script>", 1<<12)) {
		for format, list := range map[string]string{"geojson": "features", "annotation": "items", "schemaorg": "@graph"} {
			out := written(t, hostileArchive(words), options(format))
			if len(jsonLists(t, out, list)) == 0 {
				t.Errorf("%s: %q: nothing comes out", format, clip(words))
			}
			if strings.Contains(out, "</") {
				t.Errorf("%s: %q could end a script element", format, clip(words))
			}
		}
	}
}

func TestPLOVERHostile(t *testing.T) {
	for _, words := range hostile() {
		var got struct{ Date, Text string }
		if err := json.Unmarshal([]byte(written(t, hostileArchive(words), options("plover"))), &got); err != nil {
			t.Errorf("%q: %v", words, err)
		}
		if _, err := time.Parse(time.DateOnly, got.Date); err != nil {
			t.Errorf("%q: date %q", words, got.Date)
		}
	}
}

// TestBriefHostile holds that no text becomes an element, attribute or address of the page.
func TestBriefHostile(t *testing.T) {
	for _, words := range append(hostile(), strings.Repeat("<i>x", 1<<16)) {
		out := written(t, hostileArchive(words), options("brief"))
		if len(out) > 64<<10 {
			t.Errorf("%q: a page of %d bytes", clip(words), len(out))
		}
		page := html.NewTokenizer(strings.NewReader(out))
		for page.Next() != html.ErrorToken {
			tok := page.Token()
			if tok.Type == html.StartTagToken || tok.Type == html.SelfClosingTagToken {
				checkTag(t, words, tok)
			}
		}
		if !errors.Is(page.Err(), io.EOF) || strings.ContainsRune(out, '\u202e') {
			t.Errorf("%q: error %v, or reordered text", clip(words), page.Err())
		}
	}
}

func checkTag(t *testing.T, words string, tok html.Token) {
	t.Helper()
	switch tok.Data {
	case "html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "h3", "nav", "ul", "li", "b", "main", "section", "bdi", "span", "div", "code", "footer":
	default:
		t.Errorf("%q: element %s", clip(words), tok.Data)
	}
	for _, a := range tok.Attr {
		if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" {
			t.Errorf("%q: attribute %s", clip(words), a.Key)
		}
		if a.Key == "href" && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "https://") && !strings.HasPrefix(a.Val, "http://") {
			t.Errorf("%q: link to %q", clip(words), a.Val)
		}
	}
}

// TestBriefLinksToWords holds that a line links to its words in the article and carries its id and span.
func TestBriefLinksToWords(t *testing.T) {
	out := written(t, crisis(), options("brief"))
	for _, want := range []string{
		"https://courier.example/ives#:~:text=%22We%20will%20not%20leave,%E2%80%9Cnobody%20has%20asked%20us%E2%80%9D", "[133–195]", "due 7 May 2031, broken",
		"denial</span>one says that they leave, the other that they do not", "style-src &#39;sha256-",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the brief lacks %q", want)
		}
	}
	empty := written(t, &archive{}, options("brief"))
	if !strings.Contains(empty, "not the same as calm") {
		t.Error("an empty brief does not say that silence is not calm")
	}
}

// TestFormatsAreWhole holds that every format has what a help text and a server need.
func TestFormatsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range export.Formats() {
		if f.Name == "" || f.MediaType == "" || f.Extension == "" || f.Holds == "" || len(f.Kinds) == 0 || seen[f.Name] {
			t.Errorf("format %+v lacks something, or is there twice", f)
		}
		seen[f.Name] = true
	}
}
