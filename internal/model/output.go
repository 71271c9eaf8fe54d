package model

// Output gives the scores of one window. They are computed when asked for and belong to the workspace of the reading:
// valid until its next Read, and for one goroutine.
type Output struct {
	m      *Model
	ws     *Workspace
	words  int
	vector activations // word vectors: the last layer

	scores map[string]*headScores
	pairs  map[string]*pairVectors
	tree   treeScores
}

type headScores struct {
	values []float32 // words × labels
	ready  bool
}

func (o *Output) reset(m *Model, ws *Workspace, words int) {
	if o.scores == nil || o.m != m {
		o.scores = map[string]*headScores{}
		for name := range m.heads {
			o.scores[name] = &headScores{}
		}
		o.pairs = map[string]*pairVectors{}
		for name := range m.pairs {
			o.pairs[name] = &pairVectors{}
		}
	}
	for _, v := range o.pairs {
		v.ready = false
	}
	for _, s := range o.scores {
		s.ready = false
	}
	o.m, o.ws, o.words = m, ws, words
	o.tree.reset()
	hidden := m.header.Config.Hidden
	o.vector.quantise(&m.route, ws.x[hidden:], words, hidden, m.inputs) // row 0 is [CLS]
}

// Words is the number of words of the window.
func (o *Output) Words() int { return o.words }

// Scores returns the scores of a linear head, words × labels in rows, and its labels. Both are nil for a head that
// the model does not have.
func (o *Output) Scores(head string) (scores []float32, labels []string) {
	s, m := o.scores[head], o.m.heads[head]
	if s == nil {
		return nil, nil
	}
	if !s.ready {
		s.values = grow(s.values, roundUp(o.words, rowTile)*m.wide)
		o.m.route.multiply(s.values, m.wide, &o.vector, o.words, m)
		for i := 1; i < o.words; i++ {
			copy(s.values[i*m.out:(i+1)*m.out], s.values[i*m.wide:])
		}
		s.ready = true
	}
	return s.values[:o.words*m.out], o.m.header.Labels[head]
}
