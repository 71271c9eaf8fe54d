package main

import (
	"context"
	"sync"

	"parley/internal/desk"
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
		if err := load(); err != nil {
			return nil, "", err
		}
		vector, err := meaning(parser, text)
		return vector, version, err
	}
}

// meaning is that of a text, or nothing where the model gives none.
func meaning(parser *parse.Parser, text string) ([]int8, error) {
	if p, ok := any(parser).(interface {
		Meaning(text string) ([]int8, error)
	}); ok {
		return p.Meaning(text)
	}
	return nil, nil
}
