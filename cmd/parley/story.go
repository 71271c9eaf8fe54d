package main

import (
	"fmt"
	"strings"
	"time"

	"parley/internal/eval"
	"parley/internal/ingest"
	"parley/internal/record"
	"parley/internal/source"
)

// readStory makes the record of a marked story, as parley read would.
func readStory(story *eval.Story, pipe *ingest.Pipeline) (*record.Record, error) {
	published, err := time.Parse(time.DateOnly, story.Published)
	if err != nil {
		return nil, fmt.Errorf("story %s: the part published: %w", story.Name, err)
	}
	docs := source.Read(strings.NewReader(story.Text), story.Name+".txt", source.Options{Published: published})
	for doc, err := range docs {
		if err != nil {
			return nil, fmt.Errorf("story %s: %w", story.Name, err)
		}
		return pipe.Record(doc)
	}
	return nil, fmt.Errorf("story %s: no document in it", story.Name)
}
