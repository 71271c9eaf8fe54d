package mcp

import (
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"parley/internal/desk"
	"parley/internal/store/storetest"
)

func TestSearchMeaning(t *testing.T) {
	a := filled(t, 6)
	s := connected(t, a)
	got := call[near](t, s, "search_meaning", args{"meaning": "northern command attacked Kelm", "limit": 2})
	if len(got.Sentences) != 2 || got.Others != 0 || got.Compared < 12 {
		t.Fatalf("%+v", got)
	}
	best := got.Sentences[0]
	if !strings.HasPrefix(best.Words, "The northern command attacked Kelm on day ") || best.Source.Article == "" || best.Source.URL == "" || len(best.Entries) == 0 ||
		best.Entries[0].Kind != "event" || best.Closeness < got.Sentences[1].Closeness {
		t.Errorf("%+v", best)
	}
	like := call[near](t, s, "search_meaning", args{"like": storetest.Story(3).Record.Events[0].ID, "publishers": []string{"Paper 1"}, "as_of": "2021-03-02"})
	if len(like.Sentences) == 0 || like.Sentences[0].Source.Publisher != "Paper 1" {
		t.Errorf("%+v", like)
	}
	none := call[near](t, s, "search_meaning", args{"meaning": "northern command attacked Kelm", "publishers": []string{"Nobody's Paper"}})
	if len(none.Sentences) != 0 || !strings.Contains(none.Note, "does not mean that nobody said so") || got.Note != "" {
		t.Errorf("nothing found: %+v", none)
	}
	for want, in := range map[string]args{
		"one of them": {"meaning": "x", "like": "y"}, "give meaning": {}, "1,000": {"meaning": strings.Repeat("é", 1001)}, "no time": {"meaning": "x", "from": "soon"}, "not in this archive": {"like": "s-000000000000"},
	} {
		res, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: "search_meaning", Arguments: in})
		if err != nil || !res.IsError || !strings.Contains(textOf(res, 0), want) {
			t.Errorf("%v: %v, %q", in, err, textOf(res, 0))
		}
	}
	a.Desk = desk.New(a.Reader)
	res, err := connected(t, a).CallTool(t.Context(), &sdk.CallToolParams{Name: "search_meaning", Arguments: args{"meaning": "x"}})
	if err != nil || !res.IsError || !strings.Contains(textOf(res, 0), "search by words") {
		t.Errorf("%v, %q", err, textOf(res, 0))
	}
}
