package export

import (
	"bufio"
	"context"
	"math"

	"parley/internal/record"
)

// feature is a GeoJSON feature. (paulmach/orb/geojson would bring MongoDB's driver into the binary.)
type feature struct {
	Type       string         `json:"type"`
	ID         record.ID      `json:"id"`
	Geometry   geometry       `json:"geometry"`
	Properties map[string]any `json:"properties"`
}

// geometry is a Point with one position, or a MultiPoint with several: longitude, latitude, WGS 84.
type geometry struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// writeGeoJSON writes one feature for each entry that happens somewhere with coordinates (RFC 7946): a point, or points
// where there are several places.
func writeGeoJSON(ctx context.Context, x *exporter, w *bufio.Writer) error {
	return writeList(w, `{"type":"FeatureCollection","features":[`, func(l *jsonList) error {
		return x.each(ctx, x.opt.Kinds, func(it *item) error {
			places := it.places()
			if len(places) == 0 {
				return nil
			}
			return l.add(feature{"Feature", it.ID, newGeometry(places), it.properties(places)})
		})
	})
}

// places are those of the item that have coordinates on earth.
func (it *item) places() []*record.Place {
	var ids []record.ID
	switch {
	case it.ev != nil:
		ids = it.ev.Where
	case it.con != nil:
		ids = it.con.Where
	case it.fig != nil:
		ids = it.fig.Where
	}
	var out []*record.Place
	for _, id := range ids {
		if p := it.in.places[id]; p != nil && p.Lat != nil && p.Lon != nil && math.Abs(*p.Lat) <= 90 && math.Abs(*p.Lon) <= 180 {
			out = append(out, p)
		}
	}
	return out
}

func newGeometry(places []*record.Place) geometry {
	points := make([][2]float64, len(places))
	for i, p := range places {
		points[i] = [2]float64{*p.Lon, *p.Lat}
	}
	if len(points) == 1 {
		return geometry{"Point", points[0]}
	}
	return geometry{"MultiPoint", points}
}

// properties are what a map shows of the item. place_kind says how much a point stands for: a country's is its middle.
func (it *item) properties(places []*record.Place) map[string]any {
	names, kinds := make([]string, len(places)), make([]string, len(places))
	for i, p := range places {
		names[i], kinds[i] = listed(p.Name), listed(p.Kind)
	}
	props := map[string]any{
		"kind": it.Kind, "label": it.Label, "status": it.Status, "voice": it.voice(), "place": names, "place_kind": kinds,
		"article": it.Article, "url": it.URL, "publisher": it.Publisher, "title": it.Title, "published": it.in.published, "known": it.Known,
		"span": it.Span, "text": it.Text, "verdict": it.Verdict,
	}
	if it.fig == nil {
		props["confidence"] = it.Confidence
	}
	switch {
	case it.ev != nil:
		props["recipients"], props["when"] = it.in.list(it.ev.Recipients), it.ev.When
	case it.con != nil:
		props["when"] = it.con.When
	case it.fig != nil:
		props["value"], props["high"], props["bound"], props["unit"], props["of"] = it.fig.Value, it.fig.High, it.fig.Bound, it.fig.Unit, it.fig.Of
	}
	return props
}
