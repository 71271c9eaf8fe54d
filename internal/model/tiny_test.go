package model

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// writer makes weights files for tests.
type writer struct {
	header Header
	data   []byte
	rnd    *rand.Rand
}

func (w *writer) put(name, kind string, rows, cols int, data []byte) {
	w.header.Tensors = append(w.header.Tensors, tensor{name, kind, rows, cols, int64(len(w.data))})
	w.data = append(w.data, data...)
	w.data = append(w.data, make([]byte, roundUp(len(w.data), alignment)-len(w.data))...)
}

func (w *writer) floats(name string, x []float32, cols int) {
	var b []byte
	for _, v := range x {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	w.put(name, "f32", len(x)/cols, cols, b)
}

func (w *writer) matrix(name string, out, in int) {
	b := make([]byte, out*in)
	for i := range b {
		b[i] = byte(int8(w.rnd.IntN(2*topWeightByte+1) - topWeightByte))
	}
	w.put(name+".weight", "i8", out, in, b)
	scale := make([]float32, out)
	for i := range scale {
		scale[i] = float32(0.08 / math.Sqrt(float64(in)) * (0.5 + w.rnd.Float64()))
	}
	w.floats(name+".scale", scale, 1)
	w.floats(name+".bias", random(w.rnd, out, 0.1), 1)
}

func (w *writer) transform(name string, n int) {
	mul := random(w.rnd, n, 0.1)
	for i := range mul {
		mul[i] += 1
	}
	w.floats(name+".mul", mul, 1)
	w.floats(name+".add", random(w.rnd, n, 0.1), 1)
}

func (w *writer) norm(name string, n int) {
	w.floats(name+".gain", random(w.rnd, n, 1), 1)
	w.floats(name+".bias", random(w.rnd, n, 0.1), 1)
}

func (w *writer) bytes() []byte {
	w.header.Size = int64(len(w.data))
	header, err := json.Marshal(w.header)
	if err != nil {
		panic(err)
	}
	body := append([]byte{}, header...)
	body = append(body, make([]byte, roundUp(headerStart+len(header), alignment)-headerStart-len(header))...)
	body = append(body, w.data...)
	sum := sha256.Sum256(body)
	b := append([]byte(magic), 0, 0, 0, 0, 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(b[8:], formatVersion)
	binary.LittleEndian.PutUint32(b[12:], uint32(len(header)))
	return append(append(b, sum[:]...), body...)
}

// linearHeads are the heads of tiny.
var linearHeads = []string{"sent", "upos", "xpos", "feats", "lemma", "name", "source", "cue", "content"}

// tiny writes a small network with random weights: every label list has a length that is no multiple of a panel.
func tiny() *writer {
	c := Config{Layers: 2, Hidden: 64, Heads: 2, Inner: 96, Vocab: len(smallPieces), Positions: MaxPieces, Shapes: shapes,
		Arc: 32, Rel: 32, Pair: 32, Merge: 1}
	w := &writer{rnd: rand.New(rand.NewPCG(9, 9))}
	w.header = Header{Name: "tiny", Config: c, Labels: map[string][]string{}, Pairs: []string{"link", "coref"}}
	for i, head := range append([]string{relations}, linearHeads...) {
		for k := range 3 + 7*i {
			w.header.Labels[head] = append(w.header.Labels[head], fmt.Sprint(k))
		}
	}
	text := []byte(strings.Join(smallPieces, "\n") + "\n")
	w.put("vocab", "text", len(text), 1, text)
	w.matrix("word", c.Vocab, c.Hidden)
	w.floats("position", random(w.rnd, c.Positions*c.Hidden, 0.2), c.Hidden)
	w.floats("shape", random(w.rnd, c.Shapes*c.Hidden, 0.2), c.Hidden)
	w.norm("norm", c.Hidden)
	for i := range c.Layers {
		at := fmt.Sprintf("layer.%d.", i)
		for _, p := range []struct {
			name    string
			out, in int
		}{{"attention", 3 * c.Hidden, c.Hidden}, {"merge", c.Hidden, c.Hidden}, {"expand", c.Inner, c.Hidden},
			{"reduce", c.Hidden, c.Inner}} {
			w.transform(at+p.name, p.in)
			w.matrix(at+p.name, p.out, p.in)
		}
		w.norm(at+"merge.norm", c.Hidden)
		w.norm(at+"reduce.norm", c.Hidden)
	}
	w.transform("words", c.Hidden)
	for _, head := range linearHeads {
		w.matrix("head."+head, len(w.header.Labels[head]), c.Hidden)
	}
	for _, name := range []string{"arc", "rel"} {
		n := map[string]int{"arc": c.Arc, "rel": c.Rel}[name]
		w.matrix(name+".head", n, c.Hidden)
		w.matrix(name+".dep", n, c.Hidden)
		w.transform(name+".meet", n)
		w.floats(name+".root", random(w.rnd, n, 1), 1)
	}
	for _, name := range w.header.Pairs {
		at := "pair." + name
		w.matrix(at+".head", c.Pair, c.Hidden)
		w.matrix(at+".dep", c.Pair, c.Hidden)
		w.transform(at+".meet", c.Pair)
		w.matrix(at+".meet", c.Pair, c.Pair)
		w.floats(at+".none", random(w.rnd, c.Pair, 1), 1)
	}
	w.floats("coref.near", random(w.rnd, distances, 1), 1)
	w.floats("coref.same", []float32{2}, 1)
	n := len(w.header.Labels["cue"])
	w.floats("chain.cue", random(w.rnd, n*n, 1), n)
	w.matrix("arc.meet", c.Arc, c.Arc)
	w.matrix("rel.meet", len(w.header.Labels[relations])*(c.Rel+1), c.Rel)
	return w
}

// everything returns all scores of a window.
func everything(t testing.TB, m *Model, words []Word, ws *Workspace) []float32 {
	t.Helper()
	out, err := m.Read(words, ws)
	if err != nil {
		t.Fatal(err)
	}
	var all []float32
	for _, head := range linearHeads {
		scores, labels := out.Scores(head)
		if len(scores) != len(words)*len(labels) || len(labels) == 0 {
			t.Fatalf("%s: %d scores for %d words and %d labels", head, len(scores), len(words), len(labels))
		}
		all = append(all, scores...)
	}
	for _, name := range m.header.Pairs {
		from, to := out.Pairs(name)
		for i := range words {
			k := i * m.PairSize()
			all = append(all, m.Dot(from[k:k+m.PairSize()], to[:m.PairSize()]), m.Dot(from[k:k+m.PairSize()], m.Nothing(name)))
		}
	}
	half := len(words) / 2
	all = append(all, out.Arcs(half, len(words))...)
	for i := half; i < len(words); i++ {
		all = append(all, out.Rels(i, half-1)...)
	}
	return all
}

func TestReadSameOnAllRoutes(t *testing.T) {
	data, ws := tiny().bytes(), new(Workspace)
	reference, err := loadRoute(data, plain)
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(10, 10))
	for _, n := range []int{1, 2, 3, 15, 16, 17, 31, 33, 64, 65, 100, 127, 200, 254} {
		words := make([]Word, n)
		for i := range words {
			words[i] = Word{smallPieces[4+rnd.IntN(3)], Gap(rnd.IntN(3))}
		}
		want := everything(t, reference, words, new(Workspace))
		for _, r := range routes() {
			m, err := loadRoute(data, r)
			if err != nil {
				t.Fatal(err)
			}
			sameBits(t, fmt.Sprintf("%s, %d words", r.name, n), everything(t, m, words, ws), want)
		}
	}
}

// The same words give the same bits on every machine and with every Go version: this test runs on amd64 and arm64.
func TestReadSameOnAllMachines(t *testing.T) {
	data := tiny().bytes()
	m, err := LoadBytes(data)
	if err != nil {
		t.Fatal(err)
	}
	words := make([]Word, 60)
	for i := range words {
		words[i] = Word{smallPieces[4+i%7], Gap(i % 3)}
	}
	h := sha256.New()
	if err := binary.Write(h, binary.LittleEndian, everything(t, m, words, new(Workspace))); err != nil {
		t.Fatal(err)
	}
	const want = "56ccb1ec23647523"
	if got := fmt.Sprintf("%x", h.Sum(nil)[:8]); got != want {
		t.Errorf("scores of file %s have checksum %s, want %s", m.Version(), got, want)
	}
}

func TestReadFromSeveralGoroutines(t *testing.T) {
	m, err := LoadBytes(tiny().bytes())
	if err != nil {
		t.Fatal(err)
	}
	words := []Word{{"the", GapLine}, {"spokesman", GapSpace}, {"spoke", GapSpace}, {".", GapNone}}
	want := everything(t, m, words, new(Workspace))
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			ws := new(Workspace)
			for range 20 {
				if got := everything(t, m, words, ws); !slices.Equal(got, want) {
					t.Error("two goroutines disturb each other")
				}
			}
		})
	}
	group.Wait()
}

// A reading must not depend on what the workspace read before.
func TestReadLeavesNoTrace(t *testing.T) {
	m, err := LoadBytes(tiny().bytes())
	if err != nil {
		t.Fatal(err)
	}
	short, long := []Word{{"the", GapLine}, {"minister", GapSpace}}, make([]Word, 150)
	for i := range long {
		long[i].Text = "unbelievable"[:2]
	}
	ws := new(Workspace)
	want := everything(t, m, short, ws)
	everything(t, m, long, ws)
	sameBits(t, "second reading", everything(t, m, short, ws), want)
}

func TestReadRefusesLongAndEmptyWindows(t *testing.T) {
	m, err := LoadBytes(tiny().bytes())
	if err != nil {
		t.Fatal(err)
	}
	words := make([]Word, 254)
	for i := range words {
		words[i].Text = "the"
	}
	if _, err := m.Read(words, new(Workspace)); err != nil {
		t.Errorf("254 pieces: %v", err)
	}
	words[17].Text = "ministers"
	_, err = m.Read(words, new(Workspace))
	expectError(t, "255 pieces", err, ErrTooLong)
	_, err = m.Read(nil, new(Workspace))
	expectError(t, "no words", err, ErrNoWords)
	if n := m.Pieces("ministers"); n != 2 {
		t.Errorf("ministers takes %d pieces, want 2", n)
	}
}
