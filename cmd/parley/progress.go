package main

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// progress shows a line that changes on a terminal, from the second step on; elsewhere it is silent.
type progress struct {
	w     io.Writer     // nil: silent
	line  func() string // asked from a goroutine of the bar's
	pool  *mpb.Progress
	bar   *mpb.Bar
	steps int
}

func newProgress(w io.Writer, line func() string) *progress {
	if f, ok := w.(*os.File); !ok || !term.IsTerminal(int(f.Fd())) {
		w = nil
	}
	return &progress{w: w, line: line}
}

func (p *progress) step() {
	p.steps++
	if p.w == nil || p.steps < 2 {
		return
	}
	if p.pool == nil {
		p.pool = mpb.New(mpb.WithOutput(p.w))
		line := decor.Any(func(decor.Statistics) string { return p.line() })
		p.bar = p.pool.AddSpinner(0, mpb.PrependDecorators(line), mpb.BarRemoveOnComplete())
	}
	p.bar.SetCurrent(int64(p.steps))
}

func (p *progress) end() {
	if p.pool != nil {
		p.bar.SetTotal(-1, true)
		p.pool.Wait()
	}
}

// counter shows how many of something are done.
type counter struct {
	progress *progress
	done     atomic.Int64
}

func newCounter(w io.Writer, what string) *counter {
	c := &counter{}
	c.progress = newProgress(w, func() string { return fmt.Sprintf("%d %s ", c.done.Load(), what) })
	return c
}

func (c *counter) set(done int) {
	c.done.Store(int64(done))
	c.progress.step()
}

func (c *counter) end() { c.progress.end() }
