package serve_test

import (
	"slices"
	"strings"
	"testing"

	"parley/internal/account"
	"parley/internal/ceasefire"
	"parley/internal/record"
	"parley/internal/serve"
	"parley/internal/store/storetest"
)

// TestCeasefireStates: what alerts are told of a ceasefire names why it stands as it does and the entries that say so, the
// last first, and the line of a table.
func TestCeasefireStates(t *testing.T) {
	truce, err := ceasefire.Load(strings.NewReader("id: kelm\nname: Kelm truce\nparties: [Östmark, Nord]\nstart: 2021-03-01\nobservers: [{name: Ana Ruiz}]\ncounts: [{what: violations}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	in := newArchive(t)
	var figures []record.ID
	for i, count := range []float64{900, 950, 990} {
		story := storetest.Told(100+24*i, "Ruiz counted violations.", 1)
		day := story.Article.Known.Format("2006-01-02")
		f := &story.Record.Figures[0]
		f.Of, f.Unit, f.Value, f.When = "ceasefire violations", "", count, &record.Time{Text: f.Text, Span: f.Span, Start: &day, End: &day}
		if err := in.Put(t.Context(), []record.Arrival{story}); err != nil {
			t.Fatal(err)
		}
		figures = append(figures, f.ID)
	}
	slices.Reverse(figures)
	s, err := serve.New(serve.Config{Archives: []serve.Named{{Name: "test", Archive: in}}, Guard: account.Local{Name: "Ida"}, Ceasefires: []*ceasefire.Agreement{truce}})
	if err != nil {
		t.Fatal(err)
	}
	states, err := s.CeasefireStates(t.Context(), "test")
	if err != nil || len(states) != 1 {
		t.Fatalf("%+v, %v", states, err)
	}
	if one := states[0]; one.State != "broken" || !strings.Contains(one.Why, "Ana Ruiz") || !slices.Equal(one.Entries, figures) {
		t.Errorf("%+v, want entries %v", one, figures)
	}
	if none, err := s.CeasefireStates(t.Context(), "other"); err != nil || none != nil {
		t.Errorf("%+v, %v", none, err)
	}
}
