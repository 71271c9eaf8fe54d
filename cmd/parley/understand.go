package main

import (
	"context"
	"errors"
	"sync"

	"parley/internal/desk"
	"parley/internal/model"
	"parley/internal/parse"
)

// meaningFlags say with what words are understood that are searched by meaning.
type meaningFlags struct {
	Model string `type:"existingfile" placeholder:"FILE" help:"Search by meaning with this model file instead of the one built in: the one that the articles were read with."`
}

// understanding gives words their meaning. The model is loaded at the first of them, once for all.
func (f *meaningFlags) understanding() desk.Understand {
	var parser *parse.Parser
	var version string
	load := sync.OnceValue(func() error {
		m, err := loadModel(f.Model)
		if err == nil {
			parser, version = parse.New(m), m.Version()
		}
		return err
	})
	return func(_ context.Context, text string) ([]int8, string, error) {
		switch err := load(); {
		case errors.Is(err, model.ErrNoWeights):
			return nil, "", nil // a program without a model gives words no meaning
		case err != nil:
			return nil, "", err
		}
		return parser.Meaning(text), version, nil
	}
}
