package serve

import (
	"container/list"
	"context"
	"runtime"
	"sync"
)

// How much is kept of answers: bytes of all, and of one.
const (
	keptBytes = 64 << 20
	keptOne   = 1 << 20
	keptEach  = 512 // counted for each beside its body, so that many small ones are bounded too
)

// turnsEach is how many answers are worked out at once for each processor. Whoever comes later waits in the order of coming:
// with all at once the unlucky wait many times as long as the others.
const turnsEach = 2

// kept are answers by their tags. A tag says everything that an answer depends on, so that an answer under its tag never
// gets old; those that nobody asked for longest go first. Of several who ask for one thing at once, one works it out and
// the others wait. It is safe for concurrent use.
type kept struct {
	mu      sync.Mutex
	byTag   map[string]*list.Element
	recent  *list.List // of keptAnswer, those asked for last first
	bytes   int
	working map[string]chan struct{} // closed when the work is done
	turns   chan struct{}            // holds one for each answer being worked out
}

type keptAnswer struct {
	tag, mediaType string
	body           []byte
}

func newKept() *kept {
	return &kept{
		byTag: map[string]*list.Element{}, recent: list.New(), working: map[string]chan struct{}{},
		turns: make(chan struct{}, turnsEach*runtime.GOMAXPROCS(0)),
	}
}

// answer is what is kept under a tag. Where nothing is, whoever asks has to work it out and call done, with what came of
// it or with nothing; done is nil when there is an answer, or when ctx ended while another worked on it.
func (k *kept) answer(ctx context.Context, tag string) (a keptAnswer, found bool, done func(*keptAnswer)) {
	for {
		k.mu.Lock()
		if e, ok := k.byTag[tag]; ok {
			k.recent.MoveToFront(e)
			k.mu.Unlock()
			return e.Value.(keptAnswer), true, nil
		}
		busy, ok := k.working[tag]
		if !ok {
			k.working[tag] = make(chan struct{})
			k.mu.Unlock()
			select {
			case k.turns <- struct{}{}:
				return a, false, func(got *keptAnswer) { <-k.turns; k.done(tag, got) }
			case <-ctx.Done():
				k.done(tag, nil)
				return a, false, nil
			}
		}
		k.mu.Unlock()
		select {
		case <-busy:
		case <-ctx.Done():
			return a, false, nil
		}
	}
}

// done ends the work on an answer, and keeps it where it is not too long.
func (k *kept) done(tag string, got *keptAnswer) {
	k.mu.Lock()
	defer k.mu.Unlock()
	close(k.working[tag])
	delete(k.working, tag)
	if got == nil || len(got.body) > keptOne {
		return
	}
	k.byTag[tag] = k.recent.PushFront(*got)
	for k.bytes += len(got.body) + keptEach; k.bytes > keptBytes; {
		last := k.recent.Back()
		old := k.recent.Remove(last).(keptAnswer)
		delete(k.byTag, old.tag)
		k.bytes -= len(old.body) + keptEach
	}
}
