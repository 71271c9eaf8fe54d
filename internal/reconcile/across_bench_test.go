package reconcile

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/record"
)

// crisis is what n articles of a crisis tell: a thousand actors and places, a few hundred matters, twenty articles an hour.
func crisis(n int) []*paper {
	verbs := []string{"shelled", "opened", "closed", "withdrew", "reinforced", "promised", "visited", "seized", "released", "repaired"}
	things := []string{"bridge", "harbour", "convoy", "depot", "pipeline", "clinic", "airfield", "railway", "dam", "archive", "market", "tunnel"}
	out := make([]*paper, n)
	start := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range out {
		p := &paper{rec: &record.Record{}}
		p.art = record.Article{Known: start.Add(time.Duration(i) * 3 * time.Minute)}
		p.art.Published = p.art.Known.Format(time.DateOnly)
		p.art.ID, p.art.Publisher = fmt.Sprint("d-", i), fmt.Sprint("Paper ", i%40)
		for k := range 8 {
			x := i*31 + k*17
			who, other := fmt.Sprint("Actor", x%997), fmt.Sprint("Actor", x*7%997)
			verb, thing := verbs[x%len(verbs)], things[x*3%len(things)]
			text := fmt.Sprintf("%s %s the %s %d near Town%d before the night patrol came", who, verb, thing, x%50, x%211)
			switch k {
			case 5:
				p.says(other, "deny", text)
			case 6:
				p.does("", who, "ASSAULT", verb, "actual", text)
			case 7:
				p.promises(who, "release the "+thing+" of the northern district", "")
			default:
				p.says(other, "say", text)
			}
		}
		out[i] = p
	}
	return out
}

// BenchmarkAdd takes in 20,000 articles, all in one window but the first; ns/op are of all.
func BenchmarkAdd(b *testing.B) {
	for _, n := range []int{2_000, 20_000} {
		papers, identities := crisis(n), map[record.ID]record.ID{}
		for _, p := range papers {
			p.finish()
			for _, a := range p.rec.Actors {
				identities[a.ID] = record.ID("i-" + a.Name)
			}
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				names := func(id record.ID) record.ID { return identities[id] }
				x := NewAcross(AcrossOptions{Identity: names, Window: 40})
				links := 0
				for _, p := range papers {
					links += len(x.Add(&p.art, p.rec))
				}
				b.ReportMetric(float64(links)/float64(n), "links/article")
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/article")
		})
	}
}
