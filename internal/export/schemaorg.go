package export

import (
	"bufio"
	"context"
	"fmt"
	"net/url"
	"time"

	"parley/internal/record"
)

// object is a node of JSON-LD.
type object map[string]any

// writeSchemaOrg writes statements as schema.org Quotation, each said by whoever the article says, and a ClaimReview
// for each that somebody has verified. A claim that nobody has judged gets none, and no review gets a number: what was
// decided is that it was seen, checked, or stands attributed only.
func writeSchemaOrg(ctx context.Context, x *exporter, w *bufio.Writer) error {
	reviews, err := x.reviews(ctx)
	if err != nil {
		return err
	}
	return writeList(w, `{"@context":"https://schema.org","@graph":[`, func(l *jsonList) error {
		return x.each(ctx, x.opt.Kinds, func(it *item) error {
			if !it.accepted() {
				return nil
			}
			if err := l.add(x.quotation(it)); err != nil {
				return err
			}
			for _, verb := range verifications() {
				j, ok := reviews[it.ID][verb]
				if !ok || j.Value != "yes" {
					continue
				}
				if err := l.add(x.claimReview(it, j)); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// verifications are the verbs that say how far a claim itself was verified.
func verifications() []string { return []string{"seen", "checked", "attributed"} }

// reviews are the latest verification of each kind, by statement. People make them, so they are few.
func (x *exporter) reviews(ctx context.Context) (map[record.ID]map[string]record.Judgement, error) {
	out := map[record.ID]map[string]record.Judgement{}
	for j, err := range x.src.Judgements(ctx, record.JudgementQuery{Verbs: verifications(), AsOf: x.opt.Query.AsOf}) {
		if err != nil {
			return nil, fmt.Errorf("reading decisions: %w", err)
		}
		if out[j.Subject] == nil {
			out[j.Subject] = map[string]record.Judgement{}
		}
		out[j.Subject][j.Verb] = j
	}
	return out, nil
}

func (x *exporter) quotation(it *item) object {
	q := object{
		"@type": "Quotation", "@id": x.page(it.ID), "text": content(it.stmt), "citation": x.sourceOf(it), "isPartOf": x.newsArticle(it),
		"dateCreated": it.Known.UTC().Format(time.RFC3339), "disambiguatingDescription": quotationNote(it.stmt.Quotation),
		"identifier": []object{
			property("entry", string(it.ID)), property("article", string(it.Article)), property("act", it.stmt.Act),
			property("span", fmt.Sprintf("%d-%d", it.Span[0], it.Span[1])), property("words", it.Text),
		},
	}
	if speakers := it.speakers(); len(speakers) > 0 {
		q["spokenByCharacter"] = speakers
	} else if it.stmt.SourceMention != nil {
		q["creditText"] = it.stmt.SourceMention.Text
	}
	if it.in.language != "" {
		q["inLanguage"] = it.in.language
	}
	return q
}

// quotationNote says whose words the text is in.
func quotationNote(kind string) string {
	switch kind {
	case "direct":
		return "direct quotation: the speaker's own words, as the article gives them"
	case "mixed":
		return "partly the speaker's own words, as the article gives them"
	}
	return "indirect quotation: the article's words, not the speaker's"
}

func property(name, value string) object {
	return object{"@type": "PropertyValue", "propertyID": name, "value": value}
}

func (x *exporter) newsArticle(it *item) object {
	a := object{"@type": "NewsArticle", "@id": x.sourceOf(it), "headline": it.Title, "publisher": object{"@type": "Organization", "name": it.Publisher}}
	if address := web(it.URL); address != "" {
		a["url"] = address
	}
	if it.in.published != "" {
		a["datePublished"] = it.in.published
	}
	return a
}

// speakers are who the article says said it.
func (it *item) speakers() []object {
	var out []object
	for _, id := range it.stmt.Source {
		a := it.in.actors[id]
		if a == nil {
			continue
		}
		s := object{"@type": schemaType(a.Kind), "name": a.Name}
		if q := linked(a.SameAs, "wikidata:"); q != "" {
			s["sameAs"] = "https://www.wikidata.org/entity/" + url.PathEscape(q)
		}
		out = append(out, s)
	}
	return out
}

func schemaType(kind string) string {
	switch kind {
	case "person":
		return "Person"
	case "state", "government", "office":
		return "GovernmentOrganization"
	}
	return "Organization"
}

func (x *exporter) claimReview(it *item, j record.Judgement) object {
	claim := object{"@type": "Claim", "text": content(it.stmt), "appearance": x.newsArticle(it)}
	if speakers := it.speakers(); len(speakers) > 0 {
		claim["author"] = speakers
	}
	r := object{
		"@type": "ClaimReview", "@id": x.tag(record.ID(fmt.Sprintf("%s/%d", it.ID, j.Seq))), "claimReviewed": content(it.stmt),
		"itemReviewed": claim, "author": object{"@type": "Person", "name": j.Who}, "datePublished": j.At.UTC().Format(time.RFC3339),
		"reviewBody": j.Why, "reviewRating": object{"@type": "Rating", "alternateName": reviewName(j.Verb)},
		"about": x.page(it.ID),
	}
	if len(j.Evidence) > 0 {
		var evidence []string
		for _, id := range j.Evidence {
			evidence = append(evidence, x.page(id))
		}
		r["citation"] = evidence
	}
	return r
}

// reviewName says what was decided, in words.
func reviewName(verb string) string {
	switch verb {
	case "seen":
		return "seen: the reviewer has seen the thing itself"
	case "checked":
		return "checked: the reviewer has checked the claim"
	}
	return "attributed only: nobody but the speaker stands for it"
}
