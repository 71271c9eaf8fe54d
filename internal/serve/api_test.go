package serve_test

import (
	"net/http"
	"strings"
	"testing"

	"parley/internal/record"
	"parley/internal/serve"
	"parley/internal/store/storetest"
)

// TestOperations calls every operation of an archive and looks at what makes its answer.
func TestOperations(t *testing.T) {
	d := newDesk(t, nil)
	first := storetest.Story(0)
	article, stmt := first.Article.ID, string(first.Record.Statements[0].ID)
	link := list[struct{ Links []struct{ Link record.Link } }](d, "contradictions").Links[0].Link.ID
	identity := list[struct{ Actors []record.Identity }](d, "actors").Actors[0].ID
	origin := list[struct{ Passages []record.Passage }](d, "articles/"+article).Passages[0].Origin
	for path, wants := range map[string][]string{
		"/api/v1/archives":                      {`"name":"test"`, `"articles":12`, `"from":"2021-03-01T06:00:00Z"`},
		"":                                      {`"model":"test-model"`, `"statement":12`, `"hash":"`},
		"articles":                              {`"title":"Östmark: day 11"`, `"text":""`},
		"articles/" + article:                   {`"record":{`, `“for good”`, `"passages":[{`, `"verdicts":{}`, `"links":[{`},
		"articles/" + article + "/raw":          {"<p>Minister"},
		"articles/" + article + "/receipt":      {`"verified":true`, `"headers":{"Etag":"0"}`, `"verb":"ingest"`},
		"statements":                            {`"names":{`, `"Ana Ruiz"`, `"chain":["Ana Ruiz","northern command","Paper`},
		"events":                                {`"ASSAULT"`, `"Kelm"`},
		"commitments":                           {`"open road 0"`},
		"contacts":                              {`"kind":"contact"`},
		"figures":                               {`"kind":"figure"`},
		"agreements":                            {`"Kelm accord"`},
		"places":                                {`"kind":"place"`},
		"entries?kind=contradiction&kind=place": {`"kind":"contradiction"`, `"kind":"place"`},
		"entries/" + stmt:                       {`"id":"` + stmt, `"origins":{`},
		"entries/" + stmt + "/trace":            {`"words":"`, `"decisions":[{`},
		"entries/" + stmt + "/links":            {`"links":[`},
		"contradictions":                        {`"kind":"contradiction"`, `"a":{"entry"`, `"b":{"entry"`},
		"links/" + string(link):                 {`"id":"` + string(link)},
		"origins/" + string(origin):             {`"passages":[{`, `"text":"`},
		"actors":                                {`"members":`},
		"actors/" + string(identity):            {`"members":[{"membership"`, `"counts":{`},
		"facets?kind=statement":                 {`"of":12`, `"complete":true`, `"publishers":[{`, `"origins":[{"id":"NNA","name":"NNA","count":1}]`},
		"contacts/matrix":                       {`"cells":`},
		"figures/series":                        {`"series":[{`, `"unit":"people"`},
		"commitments/board":                     {`"promises":[{`, `"state":"`},
		"review":                                {`"why":"`, `"left":`},
		"search?q=soldiers":                     {`"articles":[{`, `"entries":[{`},
		"today":                                 {`"counts":{`},
		"ceasefires":                            {`"ceasefires":[`},
		"decisions?all=true&oldest=true":        {`"verb":"ingest"`, `"seq":1`},
		"changes":                               {`"seq":1`, `"next":12`},
		"export?as=jsonl&kind=figure":           {`"kind":"figure"`},
	} {
		res := d.get(path)
		if res.status != http.StatusOK {
			t.Errorf("%s: %d %s", path, res.status, res.body)
			continue
		}
		for _, want := range wants {
			if !strings.Contains(res.body, want) {
				t.Errorf("%s: no %s in\n%.2000s", path, want, res.body)
			}
		}
	}
}

// TestFilters asks lists for less.
func TestFilters(t *testing.T) {
	d := newDesk(t, nil)
	for path, want := range map[string]int{
		"statements": 12, "statements?limit=5": 5, "statements?q=107": 1, "statements?q=%22for+good%22": 12, "statements?actor=Ruiz&role=source": 2,
		"statements?from=2021-03-01T10:00:00Z": 8, "statements?to=2021-02-28": 0, "statements?to=2021-03-01": 12, "statements?min_confidence=0.95": 0,
		"statements?verdict=confirm": 0, "statements?verdict=none": 12, "events?label=ASSAULT&label=RETREAT": 12, "events?label=PROTEST": 0,
		"events?status=actual": 12, "statements?publisher=Paper+1": 2, "statements?publisher=Paper+1&publisher=Paper+2": 4, "events?publisher=Nobody": 0,
		"statements?origin=NNA": 2, "statements?origin=o-nna": 2, "statements?origin=NNA&publisher=Paper+1": 1, "statements?origin=Nobody": 0, "statements?origin=NNA&limit=1": 1, "events?article=" + storetest.Story(3).Article.ID: 1, "statements?oldest=true&as_of=2021-03-01T07:00:00Z": 2,
	} {
		page := list[struct{ Entries []any }](d, path)
		if len(page.Entries) != want {
			t.Errorf("%s: %d entries, not %d", path, len(page.Entries), want)
		}
	}
}

// TestCursors joins the pages of each list by their cursors and finds everything once.
func TestCursors(t *testing.T) {
	d := newDesk(t, nil)
	type page struct {
		Entries  []struct{ Entry struct{ ID string } }
		Articles []struct{ ID string }
		Next     string
	}
	for _, path := range []string{"statements", "articles", "entries", "review"} {
		seen, cursor := map[string]bool{}, ""
		for range 100 {
			p := list[page](d, path+"?limit=5&cursor="+cursor)
			for _, e := range p.Entries {
				p.Articles = append(p.Articles, struct{ ID string }{e.Entry.ID})
			}
			for _, a := range p.Articles {
				if seen[a.ID] {
					t.Errorf("%s: %s comes twice", path, a.ID)
				}
				seen[a.ID] = true
			}
			if cursor = p.Next; cursor == "" {
				break
			}
		}
		if len(seen) < stories {
			t.Errorf("%s: %d of all", path, len(seen))
		}
	}
}

func TestProblems(t *testing.T) {
	d := newDesk(t, func(cfg *serve.Config) { cfg.Pages = nil })
	for path, want := range map[string]struct {
		status int
		words  string
	}{
		"/api/v1/archives/other/statements": {404, "no archive other"},
		"/api/v1/nothing":                   {404, "/docs"},
		"entries/s-000000000000":            {404, "not in this archive"},
		"articles/d-000000000000":           {404, "not in this archive"},
		"statements?from=yesterday":         {422, "write it as 2022-02-20"},
		"statements?limit=501":              {422, "query.limit"},
		"statements?min_confidence=2":       {422, "query.min_confidence"},
		"statements?verdict=maybe":          {422, "query.verdict"},
		"statements?actor=Nobody+At+All":    {422, "nobody in this archive is called that"},
		"statements?cursor=nonsense":        {422, "cursor"},
		"statements?colour=red":             {422, "colour"},
		"statements?label=denies":           {422, "choose of say, claim"},
		"statements?label=deny&status=held": {422, "have no status"},
		"events?status=happened":            {422, "choose of actual"},
		"entries?kind=speech":               {422, "no kind of entry"},
		"entries?kind=event&label=deny":     {422, "query.label"},
		"facets?kind=contact&label=phone":   {422, "choose of call"},
		"review?kind=contact&status=kept":   {422, "query.status"},
		"figures/series?status=held":        {422, "have no status"},
		"contradictions?type=lie":           {422, "choose of denial"},
		"contradictions?format=csv&type=x":  {422, "query.type"},
		"articles?state=killed":             {422, "choose of current"},
		"articles?format=csv&state=killed":  {422, "query.state"},
		"commitments/board?state=open":      {422, "not_assessed"},
		"decisions?verb=praise":             {422, "choose of confirm"},
		"decisions?format=csv&verb=praise":  {422, "query.verb"},
		"export?as=plover&label=assault":    {422, "choose of AGREE"},
		"export?as=csv":                     {422, "one kind"},
		"export?as=word":                    {422, "docs/exports.md"},
		"export?as=plover&kind=figure":      {422, "does not hold it"},
	} {
		d.get(path).problem(t, want.status, want.words)
	}
	d.ask(http.MethodPost, "statements", "").problem(t, http.StatusMethodNotAllowed, "")
}

func TestDecide(t *testing.T) {
	d := newDesk(t, nil)
	story := storetest.Story(0)
	stmt, com := string(story.Record.Statements[0].ID), string(story.Record.Commitments[0].ID)
	res := d.ask(http.MethodPost, "decisions", `{"verb":"state","subject":"`+com+`","value":"broken","why":"the road is shut","evidence":["`+stmt+`"]}`)
	if res.status != http.StatusCreated || !strings.Contains(res.body, `"who":"Ida"`) || !strings.Contains(res.body, `"hash":"`) {
		t.Fatalf("%d %s", res.status, res.body)
	}
	d.ask(http.MethodPost, "decisions", `{"verb":"confirm","subject":"`+stmt+`","why":"checked"}`)
	if got := d.get("entries/" + stmt); !strings.Contains(got.body, `"verdict":"confirm"`) {
		t.Errorf("not confirmed: %s", got.body)
	}
	d.ask(http.MethodPost, "decisions", `{"verb":"clear","subject":"`+stmt+`","why":"undone"}`)
	if got := d.get("entries/" + stmt); strings.Contains(got.body, `"verdict":"confirm"`) {
		t.Errorf("still confirmed: %s", got.body)
	}
	if got := d.get("commitments/board?state=broken"); !strings.Contains(got.body, "the road is shut") {
		t.Errorf("board: %s", got.body)
	}
	newest := d.get("decisions?limit=1")
	if !strings.Contains(newest.body, `"verb":"clear"`) || !strings.Contains(newest.body, story.Record.Statements[0].Content[0].Text) || strings.Contains(newest.body, `"ingest"`) {
		t.Errorf("the latest decision with the words it is about: %s", newest.body)
	}
	for body, want := range map[string]string{
		`{"verb":"confirm","subject":"` + stmt + `"}`:                            "why",
		`{"verb":"confirm","subject":"` + stmt + `","why":""}`:                   "body.why",
		`{"verb":"praise","subject":"` + stmt + `","why":"x"}`:                   "body.verb",
		`{"verb":"ingest","subject":"` + stmt + `","why":"x"}`:                   "body.verb",
		`{"verb":"state","subject":"` + stmt + `","value":"kept","why":"x"}`:     "cannot be said of it",
		`{"verb":"state","subject":"` + com + `","value":"forgotten","why":"x"}`: "no state",
		`{"verb":"confirm","subject":"s-000000000000","why":"x"}`:                "s-000000000000",
		`{"verb":"confirm","subject":"` + stmt + `","why":"x","who":"Eve"}`:      "who",
	} {
		res := d.ask(http.MethodPost, "decisions", body)
		if res.status != http.StatusUnprocessableEntity && res.status != http.StatusNotFound || !strings.Contains(res.body, want) {
			t.Errorf("%s: %d %s", body, res.status, res.body)
		}
	}
	d.ask(http.MethodPost, "decisions", `{"verb":`).problem(t, http.StatusBadRequest, "")
	d.ask(http.MethodPost, "decisions", `{"why":"`+strings.Repeat("x", 2<<20)+`"}`).problem(t, http.StatusRequestEntityTooLarge, "")
}
