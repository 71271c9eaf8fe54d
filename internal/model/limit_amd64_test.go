//go:build amd64 && !purego

package model

import (
	"testing"
	"time"
)

// limits are the loops of the instructions of each route over registers alone, with the operations of one round.
var limits = map[string]struct {
	run func(n int)
	ops float64
}{"avx512-vnni": {limitVNNI, 16 * 64 * 2}, "avx2": {limitAVX2, 16 * 32 * 2}}

// BenchmarkUtilisation runs whole windows and the loop at the limit in turns and reports what share of it the reading
// reaches: multiplications and additions of all products, the quadratic ones of attention included, over all the time.
func BenchmarkUtilisation(b *testing.B) {
	for _, r := range routes() {
		limit, ok := limits[r.name]
		if !ok {
			continue
		}
		b.Run(r.name, func(b *testing.B) {
			m, err := loadRoute(weightsBytes(b), r)
			if err != nil {
				b.Fatal(err)
			}
			words, ws := benchmarkWords(b, 150), new(Workspace)
			var reading, looping time.Duration
			var done, loops float64
			for b.Loop() {
				began := time.Now()
				out, err := m.Read(words, ws)
				if err != nil {
					b.Fatal(err)
				}
				for _, head := range linearHeads {
					out.Scores(head)
				}
				reading += time.Since(began)
				done += m.operations(len(ws.ids), len(words))
				began = time.Now()
				const rounds = 200_000
				limit.run(rounds)
				looping += time.Since(began)
				loops += rounds * limit.ops
			}
			got, most := done/reading.Seconds(), loops/looping.Seconds()
			b.ReportMetric(got/1e9, "GOP/s")
			b.ReportMetric(most/1e9, "GOP/s-limit")
			b.ReportMetric(100*got/most, "%")
		})
	}
}

// operations counts the multiplications and additions of one window with the linear heads.
func (m *Model) operations(pieces, words int) float64 {
	hidden, sum := m.header.Config.Hidden, 0
	for i, l := range m.layers {
		n := pieces
		if i >= m.header.Config.Merge {
			n = words + 2
		}
		for _, w := range []*matrix{l.attention, l.merge, l.expand, l.reduce} {
			sum += n * w.in * w.out
		}
		sum += 2 * n * n * hidden
	}
	for _, name := range linearHeads {
		sum += words * m.heads[name].in * m.heads[name].out
	}
	return 2 * float64(sum)
}
