package read

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed tables/calibration.tsv
var calibrationTSV string

// Point is a step of a calibration curve: items with this evidence are right this often.
type Point struct{ Evidence, Share float64 }

// Curve turns evidence into the share of right items, linear between its points, which rise in both.
type Curve []Point

// At is the share of right items at some evidence; an empty curve takes the evidence at its word.
func (c Curve) At(evidence float64) float64 {
	if len(c) == 0 {
		return evidence
	}
	i := slices.IndexFunc(c, func(p Point) bool { return p.Evidence >= evidence })
	switch i {
	case 0:
		return c[0].Share
	case -1:
		return c[len(c)-1].Share
	}
	a, b := c[i-1], c[i]
	return a.Share + float64((b.Share-a.Share)*(evidence-a.Evidence)/(b.Evidence-a.Evidence))
}

// calibration holds the curve of each kind of item; a fault in the embedded table is a fault of the build.
var calibration = sync.OnceValue(func() map[string]Curve {
	curves, err := readCurves(calibrationTSV)
	if err != nil {
		panic(fmt.Sprintf("internal error: %v", err))
	}
	return curves
})

func readCurves(tsv string) (map[string]Curve, error) {
	curves := map[string]Curve{}
	for n, line := range strings.Split(tsv, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("calibration.tsv, line %d: %d columns, want 3", n+1, len(f))
		}
		evidence, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			return nil, fmt.Errorf("calibration.tsv, line %d: %w", n+1, err)
		}
		share, err := strconv.ParseFloat(f[2], 64)
		if err != nil {
			return nil, fmt.Errorf("calibration.tsv, line %d: %w", n+1, err)
		}
		c := curves[f[0]]
		if share < 0 || share > 1 || len(c) > 0 && (evidence <= c[len(c)-1].Evidence || share < c[len(c)-1].Share) {
			return nil, fmt.Errorf("calibration.tsv, line %d: a curve must rise, from 0 to 1 at most", n+1)
		}
		curves[f[0]] = append(c, Point{evidence, share})
	}
	return curves, nil
}
