package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"parley/internal/document"
	"parley/internal/read"
	"parley/internal/record"
	"parley/internal/source"
	"parley/internal/store"
)

// wire is a pipeline that makes one statement of every text, at once. Texts that begin with a word of trouble make it.
func wire() *Pipeline {
	return &Pipeline{
		Parse: func(doc *document.Document) error {
			switch first, _, _ := strings.Cut(doc.Text, " "); first {
			case "bad":
				return errors.New("no words")
			case "panic":
				panic("broken invariant")
			}
			return nil
		},
		Read: func(*document.Document) read.Reading { return read.Reading{} },
		Resolve: func(doc *document.Document, _ read.Reading) *record.Record {
			rec := record.Empty(record.DocumentOf(doc))
			span := record.Span{0, utf8.RuneCountInString(doc.Text)}
			if strings.HasPrefix(doc.Text, "unsound ") {
				span[1]++
			}
			rec.Statements = append(rec.Statements, record.Statement{ID: "s1", Source: []record.ID{}, Addressee: []record.ID{}, Via: []record.ID{},
				Content: []record.Words{{Text: doc.Text, Span: span}}, Act: "say", Quotation: "indirect", Span: span, Text: doc.Text, Confidence: 0.5})
			return rec
		},
		Infer: func(*record.Record) []record.Contradiction { return nil },
		Model: "m", Rules: "r",
	}
}

// noon is when everything without a date counts as fetched.
func noon() time.Time { return time.Date(2031, 5, 9, 12, 0, 0, 0, time.UTC) }

// piece is an article of the courier: the hour it was published (-1: it does not say), its address, GUID and text.
func piece(hour int, page, guid, text string) source.Item {
	doc := &document.Document{Text: text, Publisher: "The Courier", Title: "News"}
	if hour >= 0 {
		doc.Published = time.Date(2031, 5, 9, hour, 0, 0, 0, time.UTC)
	}
	if page != "" {
		doc.URL = "https://courier.example/" + page
	}
	return source.Item{Doc: doc, Raw: []byte(text), MediaType: "text/plain", Location: text, GUID: guid}
}

func kill(it source.Item) source.Item {
	it.Status = source.Canceled
	return it
}

func opened(t testing.TB) *store.Store {
	t.Helper()
	return openedAt(t, filepath.Join(t.TempDir(), "test.parley"))
}

func openedAt(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), path, store.Options{Create: true, Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// press makes new archives faster than opened does: by copying an empty one.
func press(t testing.TB) func() *store.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "empty.parley")
	if err := openedAt(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	empty, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return func() *store.Store {
		copied := filepath.Join(t.TempDir(), "test.parley")
		if err := os.WriteFile(copied, empty, 0o644); err != nil {
			t.Fatal(err)
		}
		return openedAt(t, copied)
	}
}

func each(items ...source.Item) iter.Seq2[source.Item, error] {
	return func(yield func(source.Item, error) bool) {
		for _, it := range items {
			var err error
			if it.Doc == nil && it.Status == "" {
				err = errors.New("reading " + it.Location + ": torn page")
			}
			if !yield(it, err) {
				return
			}
		}
	}
}

// take ingests the items and gives the outcomes, one word each.
func take(t testing.TB, into Archive, batch int, items ...source.Item) string {
	t.Helper()
	var got []string
	err := wire().Ingest(context.Background(), each(items...), into, Options{Workers: 3, Batch: batch, Now: noon, Done: func(o Outcome) {
		if (o.Err != nil) != (o.What == Failed) {
			t.Errorf("%s comes with error %v", o.What, o.Err)
		}
		got = append(got, string(o.What))
	}})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(got, " ")
}

// standing says what the archive holds, oldest first: each article's text, with its state where it is not current.
func standing(t testing.TB, s *store.Store) string {
	t.Helper()
	var out []string
	for art, err := range s.Articles(context.Background(), record.ArticleQuery{States: []string{record.Current, record.Superseded, record.Withdrawn}, Oldest: true}) {
		if err != nil {
			t.Fatal(err)
		}
		if art, err = s.Article(context.Background(), record.ID(art.ID)); err != nil {
			t.Fatal(err)
		}
		what := art.Text
		if what == "" {
			what = "(kill)"
		}
		if art.State != record.Current {
			what += ":" + art.State
		}
		out = append(out, what)
	}
	return strings.Join(out, " ")
}

// dump is all that an archive holds but times and the order of things.
func dump(t testing.TB, s *store.Store) []string {
	t.Helper()
	ctx := context.Background()
	var out []string
	for art, err := range s.Articles(ctx, record.ArticleQuery{States: []string{record.Current, record.Superseded, record.Withdrawn, record.Erased}}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprint("article ", art.ID, art.State, art.StateReason, art.SupersededBy, art.GUID, art.URL, art.Known, art.TextHash, art.RawHash))
	}
	page, err := s.Entries(ctx, record.Query{Superseded: true, Retired: true, Limit: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page.Entries {
		out = append(out, fmt.Sprint("entry ", e.ID, e.Kind, e.Article, e.Span, e.Text, string(e.Item)))
	}
	for j, err := range s.Judgements(ctx, record.JudgementQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprint("log ", j.Who, j.Verb, j.Subject, j.Object, j.Value, j.Why))
	}
	slices.Sort(out)
	return out
}

func sound(t testing.TB, s *store.Store) {
	t.Helper()
	report, err := s.Verify(context.Background(), "", nil)
	if err != nil || report.Fault != "" {
		t.Fatalf("the archive is not sound: %s, error %v", report.Fault, err)
	}
}

func TestVersions(t *testing.T) {
	plain := func(hour int, text string) source.Item { return piece(hour, "a", "", text) }
	guid := func(hour int, text string) source.Item { return piece(hour, "", "urn:c:1", text) }
	noText := kill(piece(9, "", "urn:c:1", ""))
	replacing := piece(9, "", "urn:c:2", "new")
	replacing.Replaces = []string{"urn:c:1"}
	fresh := press(t)
	for _, c := range []struct {
		name       string
		items      []source.Item
		told, want string // told: where the batch does not matter
	}{
		{"one article", []source.Item{plain(8, "one")}, "added", "one"},
		{"the same twice", []source.Item{plain(8, "one"), plain(8, "one")}, "added known", "one"},
		{"a later version at the same address", []source.Item{plain(8, "one"), plain(9, "two")}, "added replaced", "one:superseded two"},
		{"an earlier version", []source.Item{plain(9, "two"), plain(8, "one")}, "added older", "one:superseded two"},
		{"the last of three in the middle", []source.Item{plain(9, "two"), plain(8, "one"), plain(10, "three")}, "added older replaced", "one:superseded two:superseded three"},
		{"the same GUID", []source.Item{guid(8, "one"), guid(9, "two")}, "added replaced", "one:superseded two"},
		{"a front page", []source.Item{piece(8, "", "", "one"), piece(9, "/", "", "two"), piece(10, "/", "", "three")}, "added added added", "one two three"},
		{"a page told apart by its query", []source.Item{piece(8, "?id=1", "", "one"), piece(9, "?id=1", "", "two"), piece(9, "?id=2", "", "other")}, "added replaced added", "one:superseded other two"},
		{"replaced by name", []source.Item{guid(8, "one"), replacing}, "added replaced", "one:superseded new"},
		{"replaced by name, and late", []source.Item{replacing, guid(8, "one")}, "added older", "one:superseded new"},
		{"replaced by name, late and without a date", []source.Item{replacing, guid(-1, "one")}, "added older", "one:superseded new"},
		{"replaced by name, and written again", []source.Item{replacing, guid(10, "two")}, "added replaced", "new:superseded two"},
		{"a kill by GUID", []source.Item{guid(8, "one"), noText}, "added killed", "one:withdrawn (kill):withdrawn"},
		{"a kill before its article", []source.Item{noText, guid(8, "one")}, "killed killed", "one:withdrawn (kill):withdrawn"},
		{"a kill of an article without a date", []source.Item{guid(-1, "one"), noText}, "added killed", "(kill):withdrawn one:withdrawn"},
		{"a kill before an article without a date", []source.Item{noText, guid(-1, "one")}, "killed killed", "(kill):withdrawn one:withdrawn"},
		{"written again after a kill", []source.Item{guid(8, "one"), noText, guid(10, "two")}, "added killed replaced", "one:withdrawn (kill):withdrawn two"},
		{"a kill from before the article was written again", []source.Item{guid(10, "two"), noText, guid(8, "one")}, "added killed killed", "one:withdrawn (kill):withdrawn two"},
		{"a kill with the article's own words", []source.Item{guid(8, "one"), kill(guid(8, "one"))}, "added killed", "one:withdrawn"},
		{"such a kill without a name", []source.Item{piece(8, "", "", "one"), kill(piece(8, "", "", "one"))}, "added killed", "one:withdrawn"},
		{"two kills without a text", []source.Item{guid(8, "one"), piece(8, "", "urn:c:2", "two"), noText, kill(piece(9, "", "urn:c:2", ""))},
			"added added killed killed", "one:withdrawn two:withdrawn (kill):withdrawn (kill):withdrawn"},
		{"killed twice", []source.Item{guid(8, "one"), noText, kill(piece(10, "", "urn:c:1", ""))}, "added killed killed", "one:withdrawn (kill):withdrawn (kill):withdrawn"},
		{"a kill of nothing", []source.Item{plain(8, "one"), kill(piece(9, "", "", ""))}, "added failed", "one"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, batch := range []int{1, 2, 32} {
				s := fresh()
				told := take(t, s, batch, c.items...)
				if got := words(standing(t, s)); told != c.told || got != words(c.want) {
					t.Errorf("in batches of %d: %q leaves %q, want %q and %q", batch, told, got, c.told, c.want)
				}
				before := dump(t, s)
				take(t, s, batch, c.items...)
				if diff := cmp.Diff(before, dump(t, s)); diff != "" {
					t.Errorf("in batches of %d: a second run changes\n%s", batch, diff)
				}
				sound(t, s)
			}
		})
	}
}

// words sorts a line of words: what is known at the same time has no order.
func words(line string) string {
	list := strings.Fields(line)
	slices.Sort(list)
	return strings.Join(list, " ")
}

func TestWhatAPersonPutBackStays(t *testing.T) {
	s := opened(t)
	items := []source.Item{piece(8, "", "urn:c:1", "one"), kill(piece(9, "", "urn:c:1", ""))}
	take(t, s, 32, items...)
	for art := range s.Articles(t.Context(), record.ArticleQuery{GUID: "urn:c:1", States: []string{record.Withdrawn}}) {
		if art, _ = s.Article(t.Context(), record.ID(art.ID)); art.Text == "one" {
			if _, err := s.Judge(t.Context(), record.Judgement{Who: "editor", Verb: "restore", Subject: record.ID(art.ID), Why: "killed by mistake"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if told := take(t, s, 32, items...); told != "known known" {
		t.Errorf("told %q", told)
	}
	if got := words(standing(t, s)); got != "(kill):withdrawn one" {
		t.Errorf("the archive holds %q", got)
	}
}

func TestTroubleStaysWithItsArticle(t *testing.T) {
	items := []source.Item{
		piece(8, "a", "", "one"), piece(8, "b", "", "panic now"), piece(8, "b2", "", "panic now"), {Location: "torn.txt"}, piece(8, "c", "", "bad grammar"),
		piece(8, "d", "", "unsound spans"), piece(8, "e", "", ""), piece(9, "f", "", "two"), piece(8, "b", "", "panic now"),
		{Doc: &document.Document{URL: "https://courier.example/1"}, Location: "map.xml", Status: source.Link},
		{Doc: &document.Document{URL: "https://courier.example/2"}, Location: "map.xml", Status: source.Link},
	}
	s := opened(t)
	var errs []string
	err := wire().Ingest(t.Context(), each(items...), s, Options{Workers: 2, Now: noon, Done: func(o Outcome) {
		if o.Err != nil {
			line, _, _ := strings.Cut(o.Err.Error(), "\n")
			errs = append(errs, line)
		} else {
			errs = append(errs, string(o.What))
		}
	}})
	want := []string{"added", "internal error reading : broken invariant", "internal error reading : broken invariant", "reading torn.txt: torn page", "parsing : no words",
		"internal error reading unsound spans: its record is not sound: statement", "no text in it", "added", "internal error reading : broken invariant",
		"reading map.xml: no text in it (it is a list of addresses); give it to parley watch, or fetch the pages it names"}
	if err != nil || len(errs) != len(want) {
		t.Fatalf("error %v, told %q", err, errs)
	}
	for i := range want {
		if !strings.HasPrefix(errs[i], want[i]) {
			t.Errorf("item %d: %q, want %q", i, errs[i], want[i])
		}
	}
	if got := standing(t, s); got != "one two" {
		t.Errorf("the archive holds %q", got)
	}
	sound(t, s)
}

// stream makes items at random: versions and kills of three articles that share names and addresses now and then.
func stream(rng *rand.Rand) []source.Item {
	var out []source.Item
	for i := range 4 + rng.IntN(12) {
		n := rng.IntN(3)
		it := piece(rng.IntN(7)-1, []string{"", "a", "b"}[rng.IntN(3)], []string{"", "urn:c:1", "urn:c:2"}[n], fmt.Sprintf("text %d", rng.IntN(9)))
		if rng.IntN(4) == 0 {
			it = kill(it)
			if rng.IntN(2) == 0 {
				it.Doc.Text, it.Raw = "", []byte(fmt.Sprint("kill ", i))
			}
		}
		out = append(out, it)
	}
	return out
}

// TestBatchesAndWorkersDoNotMatter holds what is kept against one article at a time.
func TestBatchesAndWorkersDoNotMatter(t *testing.T) {
	runs := 60
	if testing.Short() {
		runs = 10
	}
	fresh := press(t)
	for seed := range uint64(runs) {
		items := stream(rand.New(rand.NewPCG(seed, 4)))
		one, many := fresh(), fresh()
		take(t, one, 1, items...)
		take(t, many, 2+int(seed%7), items...)
		if diff := cmp.Diff(dump(t, one), dump(t, many)); diff != "" {
			t.Fatalf("seed %d: in a batch it is not the same:\n%s", seed, diff)
		}
		sound(t, many)
	}
}

// brittle is an archive whose writes fail from the nth on, as when the program is killed before it.
type brittle struct {
	*store.Store
	left int
}

var errCut = errors.New("cut off")

func (b *brittle) Put(ctx context.Context, arrivals []record.Arrival) error {
	if b.left--; b.left < 0 {
		return errCut
	}
	return b.Store.Put(ctx, arrivals)
}

func (b *brittle) Judge(ctx context.Context, j record.Judgement) (record.Judgement, error) {
	if b.left--; b.left < 0 {
		return j, errCut
	}
	return b.Store.Judge(ctx, j)
}

// TestCutOffAtEveryWrite ends a run before each of its writes, and then does it again.
func TestCutOffAtEveryWrite(t *testing.T) {
	runs := 12
	if testing.Short() {
		runs = 4
	}
	fresh := press(t)
	for seed := range uint64(runs) {
		items := stream(rand.New(rand.NewPCG(seed, 9)))
		whole := fresh()
		take(t, whole, 3, items...)
		want := dump(t, whole)
		for n := 0; ; n++ {
			s := fresh()
			b := &brittle{s, n}
			err := wire().Ingest(t.Context(), each(items...), b, Options{Batch: 3, Now: noon})
			if err == nil {
				break
			}
			if !errors.Is(err, errCut) {
				t.Fatal(err)
			}
			sound(t, s)
			take(t, s, 3, items...)
			if diff := cmp.Diff(want, dump(t, s)); diff != "" {
				t.Fatalf("seed %d, cut off before write %d: the same call does not mend it:\n%s", seed, n+1, diff)
			}
			sound(t, s)
		}
	}
}

func TestOutcomesInOrder(t *testing.T) {
	var items []source.Item
	for i := range 50 {
		items = append(items, piece(8, fmt.Sprint(i), "", fmt.Sprintf("%s %d", strings.Repeat("w", 50-i), i)))
	}
	slow := wire()
	slow.Parse = func(doc *document.Document) error {
		time.Sleep(time.Duration(len(doc.Text)) * 20 * time.Microsecond) // the earlier the longer
		return nil
	}
	for _, workers := range []int{0, 1, 5} {
		var got, want []record.ID
		for _, it := range items {
			doc := record.DocumentOf(it.Doc)
			want = append(want, record.ArticleID(&doc))
		}
		err := slow.Ingest(t.Context(), each(items...), opened(t), Options{Workers: workers, Batch: 7, Done: func(o Outcome) { got = append(got, o.Article) }})
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%d workers, error %v:\n%s", workers, err, diff)
		}
	}
}

func TestPendingUntilCompared(t *testing.T) {
	s := opened(t)
	items := []source.Item{piece(8, "a", "", "One by one the ships left the harbour."), piece(7, "b", "", "Two ministers met."), piece(9, "b", "", "Two ministers met again.")}
	pending := func() (n int) {
		t.Helper()
		err := wire().Ingest(t.Context(), each(items...), s, Options{Done: func(o Outcome) {
			if o.Pending {
				n++
				if want := time.Date(2031, 5, 9, 8, 0, 0, 0, time.UTC); o.At.Before(want) {
					t.Errorf("pending from %s", o.At)
				}
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := pending(); n != 0 {
		t.Errorf("%d new articles are pending", n)
	}
	if n := pending(); n != 2 {
		t.Errorf("%d are pending, want the 2 that stand", n)
	}
	if err := Reconcile(t.Context(), s, Comparison{}); err != nil {
		t.Fatal(err)
	}
	if n := pending(); n != 0 {
		t.Errorf("%d are pending after they were compared", n)
	}
}

// TestCancelledWhileReading: an article that takes for ever does not hold up whoever wants to stop.
func TestCancelledWhileReading(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan struct{})
	defer close(release)
	slow := wire()
	slow.Parse = func(*document.Document) error {
		cancel()
		<-release
		return nil
	}
	s := opened(t)
	if err := slow.Ingest(ctx, each(piece(8, "a", "", "one")), s, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if got := standing(t, s); got != "" {
		t.Errorf("the archive holds %q", got)
	}
	sound(t, s)
}

// TestBatchIsBoundedInBytes: a batch ends when it holds much, so that large articles do not fill the memory.
func TestBatchIsBoundedInBytes(t *testing.T) {
	ahead, most := 0, 0
	items := func(yield func(source.Item, error) bool) {
		for i := range 12 {
			it := piece(8, fmt.Sprint(i), "", fmt.Sprint("text ", i))
			it.Raw = make([]byte, 5<<20)
			it.Raw[0] = byte(i)
			if ahead++; !yield(it, nil) {
				return
			}
			most = max(most, ahead)
		}
	}
	err := wire().Ingest(t.Context(), items, opened(t), Options{Batch: 1000, Done: func(Outcome) { ahead-- }})
	if err != nil || most > 4 {
		t.Errorf("%d articles of 5 MB were held at once, error %v", most, err)
	}
}
