package export

import (
	"bufio"
	"context"
	"encoding/json"
	"strings"
	"time"
)

// annotation is one entry after the W3C Web Annotation Data Model. The structured item goes as a body of JSON text, so
// that the vocabulary needs no extension.
type annotation struct {
	ID         string           `json:"id"`
	Type       string           `json:"type"`
	Motivation string           `json:"motivation"`
	Created    string           `json:"created"`
	Body       []annotationBody `json:"body"`
	Target     annotationTarget `json:"target"`
}

type annotationBody struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Format  string `json:"format"`
	Value   string `json:"value"`
}

type annotationTarget struct {
	Source   string `json:"source"`
	Selector []any  `json:"selector"`
}

// positionSelector counts code points of the article's text as Parley keeps it; quoteSelector finds the words in the
// page they come from.
type positionSelector struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

type quoteSelector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// quoteContext is how many code points before and after the words a quote selector gives.
const quoteContext = 32

// writeAnnotations writes one AnnotationPage.
func writeAnnotations(ctx context.Context, x *exporter, w *bufio.Writer) error {
	id, err := json.Marshal(x.tag("annotations"))
	if err != nil {
		return err
	}
	head := `{"@context":"http://www.w3.org/ns/anno.jsonld","id":` + string(id) + `,"type":"AnnotationPage","items":[`
	return writeList(w, head, func(l *jsonList) error {
		return x.each(ctx, x.opt.Kinds, func(it *item) error {
			a, err := x.annotation(it)
			if err != nil {
				return err
			}
			return l.add(a)
		})
	})
}

func (x *exporter) annotation(it *item) (annotation, error) {
	raw, err := json.Marshal(newLine(it))
	if err != nil {
		return annotation{}, err
	}
	before, after := it.in.around(it.Span, it.Text, quoteContext)
	return annotation{
		ID: x.page(it.ID), Type: "Annotation", Motivation: "describing", Created: it.Known.UTC().Format(time.RFC3339),
		Body: []annotationBody{
			{"TextualBody", "tagging", "text/plain", strings.TrimSpace(it.Kind + " " + it.Label)},
			{"TextualBody", "describing", "application/json", string(raw)},
		},
		Target: annotationTarget{x.sourceOf(it), []any{
			positionSelector{"TextPositionSelector", it.Span[0], it.Span[1]},
			quoteSelector{"TextQuoteSelector", it.Text, before, after},
		}},
	}, nil
}
