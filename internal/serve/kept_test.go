package serve

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

func TestKept(t *testing.T) {
	k := newKept()
	var worked atomic.Int32
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if a, found, done := k.answer(t.Context(), "tag"); !found {
				worked.Add(1)
				done(&keptAnswer{"tag", jsonType, []byte("answer")})
			} else if string(a.body) != "answer" {
				t.Errorf("%+v", a)
			}
		})
	}
	wait.Wait()
	if worked.Load() != 1 {
		t.Errorf("worked out %d times", worked.Load())
	}
	_, _, fail := k.answer(t.Context(), "other")
	gone, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("the client went"))
	if _, found, done := k.answer(gone, "other"); found || done != nil {
		t.Error("who went away is to work")
	}
	fail(nil)
	if _, found, done := k.answer(t.Context(), "other"); found || done == nil {
		t.Error("a failure was kept")
	} else {
		done(nil)
	}
	for i := range 2 * keptBytes / keptOne {
		tag := string(rune('A' + i))
		_, _, done := k.answer(t.Context(), tag)
		done(&keptAnswer{tag: tag, body: make([]byte, keptOne)})
	}
	if k.bytes > keptBytes || len(k.byTag) != k.recent.Len() || k.byTag["tag"] != nil {
		t.Errorf("%d bytes of %d answers are kept", k.bytes, len(k.byTag))
	}
	for i := range keptBytes/keptEach + 1 {
		tag := strconv.Itoa(i)
		_, _, done := k.answer(t.Context(), tag)
		done(&keptAnswer{tag: tag, body: []byte("{}")})
	}
	if len(k.byTag) > keptBytes/keptEach {
		t.Errorf("%d small answers are kept", len(k.byTag))
	}
	_, _, done := k.answer(t.Context(), "long")
	if done(&keptAnswer{tag: "long", body: make([]byte, keptOne+1)}); k.byTag["long"] != nil {
		t.Error("an answer that is too long is kept")
	}
}
