package main

import (
	"fmt"
	"os"
	"runtime"

	"parley/internal/ingest"
	"parley/internal/model"
	"parley/internal/parse"
	"parley/internal/read"
	"parley/internal/reconcile"
	"parley/internal/resolve"
)

// rules is the version of the reading rules and tables; raise it when a change alters records.
const rules = "6"

// readingFlags say with what articles are read.
type readingFlags struct {
	Workers int    `default:"0" help:"Articles read at the same time; 0 means one for each processor."`
	Model   string `type:"existingfile" placeholder:"FILE" help:"Use this model file instead of the one built in."`
}

// pipeline is what the flags ask for, and how many articles it reads at the same time.
func (f *readingFlags) pipeline() (pipe *ingest.Pipeline, workers int, err error) {
	if workers = f.Workers; workers < 0 {
		return nil, 0, usage("--workers wants 0 or more; 0 means one for each processor")
	}
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	pipe, err = newPipeline(f.Model)
	return pipe, workers, err
}

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
