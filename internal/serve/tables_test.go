package serve_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"parley/internal/ceasefire"
	"parley/internal/record"
	"parley/internal/serve"
	"parley/internal/store/storetest"
)

// pagesOfAnArchive are the pages that the program in the browser knows, from its own list, with ids in place of :id.
func pagesOfAnArchive(t *testing.T, ids map[string]string) []string {
	t.Helper()
	routes, err := os.ReadFile("../../web/src/lib/routes.ts")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range regexp.MustCompile(`path: "/:archive/([a-z]+)(/:id)?"`).FindAllStringSubmatch(string(routes), -1) {
		page := m[1]
		if m[2] != "" {
			if ids[page] == "" {
				t.Fatalf("the test has no id for the page %s", page)
			}
			page += "/" + ids[page]
		}
		out = append(out, page)
	}
	return out
}

// follow asks for a page's data and goes where it leads.
func (d *testDesk) follow(path string) answer {
	d.t.Helper()
	res := d.get(path)
	if res.status != http.StatusTemporaryRedirect {
		d.t.Errorf("%s: %d, not a way to the API", path, res.status)
		return res
	}
	return d.get(res.header.Get("Location"))
}

// TestPagesAsData holds that every page of an archive has its data as JSON and as a table, and that both take what stands in
// the addresses of pages.
func TestPagesAsData(t *testing.T) {
	truce, err := ceasefire.Load(strings.NewReader("id: kelm\nname: Kelm truce\nparties: [Östmark, Nord]\nstart: 2021-03-01\nobservers: [{name: Ana Ruiz}]\ncounts: [{what: violations}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, func(cfg *serve.Config) { cfg.Ceasefires = []*ceasefire.Agreement{truce} })
	first := storetest.Story(0)
	identity := string(list[struct{ Actors []record.Identity }](d, "actors").Actors[0].ID)
	paths := pagesOfAnArchive(t, map[string]string{"article": first.Article.ID, "entry": string(first.Record.Statements[0].ID), "ceasefire": "kelm", "actors": identity})
	if len(paths) < 17 {
		t.Errorf("only %d pages: %v", len(paths), paths)
	}
	paths = append(paths,
		"statements?view=time&actor="+identity+"&role=source&q=soldiers", "statements?publisher=Paper+1&origin=NNA&origin=o-nna", "contacts?view=list&actor="+identity+"&actor="+identity,
		"contacts?view=graph&actor="+identity, "figures?of=displaced+%28people%29&scale=own&axis=all", "contradictions?view=inside&type=denial", "commitments?view=table&due=soon&state=kept&by="+identity,
		"article/"+first.Article.ID+"?hide=figure", "actors/"+identity+"?q=soldiers&view=time", "agreements", "places", "facets?kind=statement", "entries", "search?q=soldiers", "today?since=2021-03-01",
	)
	for _, page := range paths {
		path, query, _ := strings.Cut(page, "?")
		asJSON := d.follow("/test/" + path + ".json?" + query)
		if asJSON.status != http.StatusOK || !json.Valid([]byte(asJSON.body)) || asJSON.header.Get("Content-Type") != "application/json" {
			t.Errorf("%s as JSON: %d %.300s", page, asJSON.status, asJSON.body)
		}
		asTable := d.follow("/test/" + path + ".csv?" + query)
		rows, err := csv.NewReader(strings.NewReader(asTable.body)).ReadAll()
		if asTable.status != http.StatusOK || err != nil || len(rows) == 0 || len(rows[0]) < 4 || !strings.HasPrefix(asTable.header.Get("Content-Type"), "text/csv") {
			t.Errorf("%s as a table: %d %v %.300s", page, asTable.status, err, asTable.body)
		}
	}
}

// TestTables looks into the tables of pages that are worked out from many entries.
func TestTables(t *testing.T) {
	docs, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, nil)
	first := storetest.Story(0)
	d.ask(http.MethodPost, "decisions", `{"verb":"state","subject":"`+string(first.Record.Commitments[0].ID)+`","value":"broken","why":"=SUM(1;2)"}`)
	for path, want := range map[string]struct {
		rows   int
		header string
		cells  []string
	}{
		"facets?kind=statement":                        {13, "facet,id,name,count", []string{"speaker,", "publisher,Paper 1,Paper 1,2", "origin,NNA,NNA,1", "day,2021-03-01,2021-03-01,12"}},
		"commitments/board":                            {12, "id,state,due_start,due_end,due_text,by,by_ids", []string{",broken,", "Ana Ruiz,", ",'=SUM(1;2)"}},
		"commitments/board?limit=5":                    {5, "id,state", nil},
		"commitments/board?state=broken":               {1, "id,state", []string{",broken,"}},
		"commitments/board?due=overdue":                {0, "id,state", nil},
		"review?kind=commitment":                       {12, "id,kind,label,status,confidence", []string{"commitment,,not_assessed", "a commitment"}},
		"search?q=soldiers":                            {24, "section,id,kind", []string{"article,d-", "entry,s-"}},
		"today?since=2021-03-01":                       {37, "section,id,kind", []string{"statement,s-", "figure,f-", "contact,k-", "contradiction,f-", "number: 1000 and 1001"}},
		"entries?kind=place&kind=figure":               {24, "id,kind,label", []string{"place,", "figure,"}},
		"entries?format=csv&limit=7":                   {7, "id,kind,label", nil},
		"articles/" + first.Article.ID:                 {storetest.Entries, "id,kind,label", []string{"statement,", "Paper 0"}},
		"figures/series":                               {12, "series,of,unit", []string{"displaced,people"}},
		"figures/series?of=displaced+%28people%29":     {12, "series,of,unit", []string{"displaced,people"}},
		"figures/series?of=tanks":                      {0, "series,of,unit", nil},
		"contacts/matrix?publisher=Paper+1&origin=NNA": {0, "a_id,a,b_id,b", nil},
		"commitments/board?publisher=Paper+1":          {2, "id,state", nil},
		"commitments/board?origin=NNA":                 {0, "id,state", nil},
		"figures/series?publisher=Paper+1":             {2, "series,of,unit", nil},
		"contacts/matrix":                              {0, "a_id,a,b_id,b,contacts,reports,kinds,last", nil},
	} {
		join := map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")]
		res := d.get(strings.ReplaceAll(path, "format=csv&", "") + join + "format=csv")
		rows, err := csv.NewReader(strings.NewReader(res.body)).ReadAll()
		if err != nil || len(rows) != want.rows+1 || !strings.HasPrefix(res.body, want.header) {
			t.Errorf("%s: %d rows, not %d, or other columns: %v\n%.600s", path, len(rows)-1, want.rows, err, res.body)
		}
		if documented := "`" + strings.Join(rows[0], " ") + "`"; !strings.Contains(string(docs), documented) {
			t.Errorf("%s: docs/api.md does not tell of the columns %s", path, documented)
		}
		for _, cell := range want.cells {
			if !strings.Contains(res.body, cell) {
				t.Errorf("%s: no %s in\n%.1500s", path, cell, res.body)
			}
		}
	}
}
