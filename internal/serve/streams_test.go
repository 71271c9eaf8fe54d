package serve

import (
	"errors"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

func TestStreamsAreCounted(t *testing.T) {
	s := newStreams(Limits{Streams: 3, Each: 2})
	var ends []func()
	for i, step := range []struct {
		client string
		status int // 0: it is open
	}{{"mara", 0}, {"mara", 0}, {"mara", 429}, {"ines", 0}, {"eve", 503}, {"mara", 429}} {
		end, err := s.open(step.client)
		status := 0
		if problem := huma.StatusError(nil); errors.As(err, &problem) {
			status = problem.GetStatus()
		} else {
			ends = append(ends, end)
		}
		if status != step.status {
			t.Errorf("step %d: %d, %v", i, status, err)
		}
	}
	for _, end := range ends {
		end()
	}
	if s.count() != 0 || len(s.of) != 0 {
		t.Errorf("%d are left, %v", s.count(), s.of)
	}
	if _, err := s.open("mara"); err != nil {
		t.Error(err)
	}
}
