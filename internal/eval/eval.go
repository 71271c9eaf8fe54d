// Package eval measures how well Parley reads: it runs stages over corpora with known answers and counts.
// In: the folder of a corpus and the stage to be measured, as a function. Out: rows of figures. It knows
// corpora and counting, nothing of how reading is done, and never changes what it measures.
package eval

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
)

// unzip gives what a gzipped corpus holds to use.
func unzip(path string, use func(io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("opening a corpus: %w", err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	if err := use(unzipped); err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	return nil
}

// Row is one measured figure.
type Row struct {
	Task    string  `json:"task"`    // "attribution, PolNeAR dev"
	Measure string  `json:"measure"` // "source token F1"
	Value   float64 `json:"value"`   // per cent, unless the measure names a unit
	N       int     `json:"n"`       // how many gold items stand behind it
}

// PRF counts right, wrong and missed answers, and adds up over documents.
type PRF struct{ Right, Given, Gold int }

// Add adds another count.
func (c *PRF) Add(o PRF) {
	c.Right += o.Right
	c.Given += o.Given
	c.Gold += o.Gold
}

// Precision is the share of the given answers that are right, in per cent; 0 when none was given.
func (c PRF) Precision() float64 { return percent(c.Right, c.Given) }

// Recall is the share of the gold answers that were given, in per cent; 0 when there are none.
func (c PRF) Recall() float64 { return percent(c.Right, c.Gold) }

// F1 is the harmonic mean of precision and recall, in per cent.
func (c PRF) F1() float64 { return percent(2*c.Right, c.Given+c.Gold) }

func percent(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return 100 * float64(part) / float64(whole)
}
