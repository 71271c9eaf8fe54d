package main

import (
	"path/filepath"
	"testing"
)

// TestStories reads every marked story and holds its record against what the story expects.
func TestStories(t *testing.T) {
	pipe, err := newPipeline("")
	if err != nil {
		t.Fatal(err)
	}
	stories, err := loadStories(filepath.Join("..", "..", "testdata", "stories"))
	if err != nil || len(stories) == 0 {
		t.Fatalf("%d stories, error %v", len(stories), err)
	}
	later := 0
	for _, story := range stories {
		t.Run(story.Name, func(t *testing.T) {
			rec, err := readStory(story, pipe)
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range checkRecord(rec) {
				t.Error(fault)
			}
			for _, e := range story.Expect {
				met := e.Met(rec)
				switch {
				case e.Later && met:
					t.Errorf("met now, take its ? away: %s", e.Line)
				case e.Later:
					later++
				case !met:
					t.Errorf("not met: %s", e.Line)
				}
			}
		})
	}
	t.Logf("%d expectations are known not to be met yet", later)
}
