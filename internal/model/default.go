package model

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sync"
)

// weights is a directory rather than one file, so that the program builds before weights are released.
//
//go:embed weights
var weights embed.FS

const weightsFile = "weights/parley-4.bin"

// ErrNoWeights means that this program was built without embedded weights.
var ErrNoWeights = errors.New("this program was built without a reading model; give it a weights file")

var loadDefault = sync.OnceValues(func() (*Model, error) {
	b, err := weights.ReadFile(weightsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoWeights
	}
	if err != nil {
		return nil, fmt.Errorf("reading embedded weights: %w", err)
	}
	return LoadBytes(b)
})

// Default returns the model embedded in the program, loaded at the first call.
func Default() (*Model, error) { return loadDefault() }
