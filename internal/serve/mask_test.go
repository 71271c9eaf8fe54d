package serve

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"parley/internal/record"
)

// maskArchive is an archive of one article.
type maskArchive struct {
	Archive
	rec   *record.Record
	asked int
}

func (m *maskArchive) Mark(context.Context) (record.Judgement, int64, error) {
	return record.Judgement{}, 1, nil
}

func (m *maskArchive) Record(_ context.Context, id record.ID) (*record.Record, error) {
	if id != "d-000000000001" {
		return nil, record.ErrNotFound
	}
	m.asked++
	return m.rec, nil
}

func (m *maskArchive) Identity(_ context.Context, id record.ID) (record.Identity, error) {
	if id != "i-000000000001" {
		return record.Identity{}, record.ErrNotFound
	}
	return record.Identity{ID: id, Name: "Tamsin Ockley", Kind: "person", Sector: "CVL"}, nil
}

func (m *maskArchive) Entry(context.Context, record.ID) (record.Entry, error) {
	return record.Entry{}, record.ErrNotFound
}

func newMaskArchive() *maskArchive {
	return &maskArchive{rec: &record.Record{
		Actors: []record.Actor{
			{Name: "Olive Marsh", Kind: "person", Sector: "CVL", Aliases: []string{"Olive Marsh", "Marsh", "Mrs Marsh", "teacher"}},
			{Name: "local resident", Kind: "person", Sector: "CVL", Aliases: []string{"local resident"}},
			{Name: "Doran Vey", Kind: "person", Sector: "GOV", Role: "President"},
			{Name: "Lena Vey", Kind: "person", Sector: "HLT"},
			{Name: "Ada Quill", Kind: "person", Sector: "CVL", SameAs: []string{"wikidata:Q1"}},
		},
		Places: []record.Place{{Name: "Port Olive"}},
	}}
}

func newMasker(t *testing.T, in Archive) *masker {
	t.Helper()
	p, err := newPseudonyms([]byte("a secret of this test"), "crisis")
	if err != nil {
		t.Fatal(err)
	}
	return &masker{in: in, pseudonyms: p}
}

func TestMask(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"a name alone":         {`{"article":"d-000000000001","names":{"a-1":"Olive Marsh"}}`, `{"article":"d-000000000001","names":{"a-1":"a person (masked)"}}`},
		"an alias alone":       {`{"article":"d-000000000001","chain":["Mrs Marsh","AFP"]}`, `{"article":"d-000000000001","chain":["a person (masked)","AFP"]}`},
		"in a quotation":       {`{"article":"d-000000000001","text":"“Ask Marsh’s son,” said MARSH."}`, `{"article":"d-000000000001","text":"“Ask █████’s son,” said █████."}`},
		"text keeps its width": {`{"article":"d-000000000001","text":"Olive Marsh","span":[0,11]}`, `{"article":"d-000000000001","span":[0,11],"text":"Olive █████"}`},
		"a word of no name":    {`{"article":"d-000000000001","text":"the marsh, the local resident, a Marshall"}`, `{"article":"d-000000000001","text":"the marsh, the local resident, a Marshall"}`},
		"officials":            {`{"article":"d-000000000001","chain":["Doran Vey"],"text":"Vey and Quill said"}`, `{"article":"d-000000000001","chain":["Doran Vey"],"text":"Vey and Quill said"}`},
		"of an official's kin": {`{"article":"d-000000000001","chain":["Lena Vey"],"text":"Lena Vey said"}`, `{"article":"d-000000000001","chain":["a person (masked)"],"text":"████ Vey said"}`},
		"an address":           {`{"article":"d-000000000001","url":"https://n.example/olive-m%61rsh-speaks"}`, `{"article":"d-000000000001","url":""}`},
		"another address":      {`{"article":"d-000000000001","url":"https://n.example/talks"}`, `{"article":"d-000000000001","url":"https://n.example/talks"}`},
		"a file for a title":   {`{"article":"d-000000000001","title":"olive_marsh-2.txt","text":"the marsh"}`, `{"article":"d-000000000001","text":"the marsh","title":"olive_█████-2.txt"}`},
		"a merge":              {`{"reason":"one name; merged by kim: he asked us"}`, `{"reason":"one name; merged by a person"}`},
		"a merge alone":        {`{"reason":"merged by kim: he asked us"}`, `{"reason":"merged by a person"}`},
		"a report's decision":  {`{"reason":"decided by kim: he asked us"}`, `{"reason":"decided by a person"}`},
		"no decision":          {`{"article":"d-000000000001","reason":"told twice: it was decided by Marsh"}`, `{"article":"d-000000000001","reason":"told twice: it was decided by █████"}`},
		"why it was erased":    {`{"state":"erased","state_reason":"Olive Marsh asked us"}`, `{"state":"erased","state_reason":""}`},
		"paths and headers":    {`{"headers":{"Via":"x"},"location":"/home/mara/a.html"}`, `{"location":""}`},
		"hashes of the words":  {`{"text_hash":"9f2c","raw_hash":"77ab"}`, `{"raw_hash":"","text_hash":""}`},
		"an identity":          {`{"speakers":[{"id":"i-000000000001","name":"Tamsin Ockley","count":1}]}`, `{"speakers":[{"count":1,"id":"i-000000000001","name":"a person (masked)"}]}`},
		"as a key":             {`{"who":{"i-000000000001":"Tamsin Ockley"}}`, `{"who":{"i-000000000001":"a person (masked)"}}`},
		"described inside":     {`[{"kind":"person","name":"Una Brisk","sector":"EDU","aliases":["Brisk"]},{"title":"Brisk words"}]`, `[{"aliases":["a person (masked)"],"kind":"person","name":"a person (masked)","sector":"EDU"},{"title":"█████ words"}]`},
		"numbers as they are":  {`{"n":12345678901234567890,"x":0.10}`, `{"n":12345678901234567890,"x":0.10}`},
		"sentences by meaning": {`{"near":{"articles":[{"article":{"id":"d-000000000001"},"sentences":[{"also":[{"title":"Marsh speaks"}],"text":"Olive Marsh fled"}]}]}}`,
			`{"near":{"articles":[{"article":{"id":"d-000000000001"},"sentences":[{"also":[{"title":"█████ speaks"}],"text":"Olive █████ fled"}]}]}}`},
		"unknown ids": {`{"article":"d-zzzzzzzzzzzz","who":"a-zzzzzzzzzzzz"}`, `{"article":"d-zzzzzzzzzzzz","who":"a-zzzzzzzzzzzz"}`},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMasker(t, newMaskArchive())
			got, err := m.JSON(t.Context(), []byte(c.in), false)
			if err != nil {
				t.Fatal(err)
			}
			want := idForm.ReplaceAllStringFunc(c.want, m.pseudonyms.hide)
			if diff := cmp.Diff(want, strings.TrimSpace(string(got))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMaskRemembers(t *testing.T) {
	in := newMaskArchive()
	m := newMasker(t, in)
	for range 3 {
		if _, err := m.JSON(t.Context(), []byte(`{"article":"d-000000000001"}`), false); err != nil {
			t.Fatal(err)
		}
	}
	if in.asked != 1 {
		t.Errorf("the record was asked for %d times", in.asked)
	}
	if _, err := m.JSON(t.Context(), []byte(`{"article":`), false); err == nil {
		t.Error("half an answer was let through")
	}
}

// FuzzMask holds that text keeps its length in code points, and that no hidden name is left in it.
func FuzzMask(f *testing.F) {
	f.Add("Olive Marsh said", "Olive Marsh")
	f.Add("İSTANBUL’s Ǆ", "Ǆ İstanbul")
	f.Add("\xff Marsh\u0301", "Marsh")
	f.Fuzz(func(t *testing.T, text, name string) {
		n := newNames()
		n.add(name)
		text = strings.ToValidUTF8(text, "")
		masked := n.inText(text)
		if utf8.RuneCountInString(masked) != utf8.RuneCountInString(text) {
			t.Errorf("%q became %q", text, masked)
		}
		eachWord(masked, func(word string) {
			if capital(word) && n.words[strings.ToLower(word)] {
				t.Errorf("%q is left in %q", word, masked)
			}
		})
		if _, err := json.Marshal(n.value(map[string]any{"a": text}, "")); err != nil {
			t.Error(err)
		}
	})
}
