package main

import (
	"fmt"
	"os"

	"parley/internal/ingest"
	"parley/internal/model"
	"parley/internal/parse"
	"parley/internal/read"
	"parley/internal/reconcile"
	"parley/internal/resolve"
)

// rules is the version of the reading rules and tables; raise it when a change alters records.
const rules = "3"

// newPipeline joins the stages, with the model in a file or, for "", the one built in.
func newPipeline(modelFile string) (*ingest.Pipeline, error) {
	m, err := loadModel(modelFile)
	if err != nil {
		return nil, err
	}
	return join(m, parse.New(m))
}

// join joins the stages around a parser and the model it reads with.
func join(m *model.Model, parser *parse.Parser) (*ingest.Pipeline, error) {
	resolver, err := resolve.New()
	if err != nil {
		return nil, err
	}
	return &ingest.Pipeline{
		Parse: parser.Parse, Read: read.Read, Resolve: resolver.Resolve, Infer: reconcile.Infer,
		Model: m.Version(), Rules: rules,
	}, nil
}

func loadModel(file string) (*model.Model, error) {
	if file == "" {
		return model.Default()
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the model: %w", err)
	}
	m, err := model.LoadBytes(data)
	if err != nil {
		return nil, fmt.Errorf("reading the model %s: %w", file, err)
	}
	return m, nil
}
