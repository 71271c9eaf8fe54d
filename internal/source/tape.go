package source

import (
	"bufio"
	"bytes"
	"io"
)

// tapeBytes is how far a tape can be wound back at least, when more than that was read.
const tapeBytes = 1 << 20

// tape reads a stream, knows where it is in it, and can be wound back a little: to look for the next record inside what a
// broken one has swallowed.
type tape struct {
	r    *bufio.Reader
	at   int64  // of the next byte
	seen []byte // what was read before it, since mark
	back []byte // what is read again before r
}

// Read reads on.
func (t *tape) Read(p []byte) (n int, err error) {
	if len(t.back) > 0 {
		n = copy(p, t.back)
		t.back = t.back[n:]
	} else {
		n, err = t.r.Read(p)
	}
	t.keep(p[:n])
	return n, err
}

// ReadByte reads one byte; with it gzip takes no byte too many.
func (t *tape) ReadByte() (byte, error) {
	var c byte
	if len(t.back) > 0 {
		c, t.back = t.back[0], t.back[1:]
	} else {
		var err error
		if c, err = t.r.ReadByte(); err != nil {
			return 0, err
		}
	}
	t.at++
	t.seen = append(t.seen, c)
	t.forget()
	return c, nil
}

func (t *tape) keep(p []byte) {
	t.at += int64(len(p))
	t.seen = append(t.seen, p...)
	t.forget()
}

// forget keeps the memory bounded.
func (t *tape) forget() {
	if len(t.seen) > 2*tapeBytes {
		t.seen = append(t.seen[:0], t.seen[len(t.seen)-tapeBytes:]...)
	}
}

// mark says that nothing before this place is wanted again.
func (t *tape) mark() { t.seen = t.seen[:0] }

// rewind goes back to a place, or as near to it as can be gone.
func (t *tape) rewind(to int64) {
	first := t.at - int64(len(t.seen))
	cut := min(max(to-first, 0), int64(len(t.seen)))
	t.back = append(bytes.Clone(t.seen[cut:]), t.back...)
	t.at -= int64(len(t.seen)) - cut
	t.seen = t.seen[:cut]
}

// Peek is the next n bytes, or as many as there are, without reading them.
func (t *tape) Peek(n int) ([]byte, error) {
	if len(t.back) == 0 {
		return t.r.Peek(n)
	}
	if missing := n - len(t.back); missing > 0 {
		more := make([]byte, missing)
		got, err := io.ReadFull(t.r, more)
		t.back = append(t.back, more[:got]...)
		return t.back, err
	}
	return t.back[:n], nil
}
