package view

import (
	"fmt"
	"io"
	"strings"

	"parley/internal/record"
)

// Sentence is a sentence of an article that a search by meaning found.
type Sentence struct {
	Text      string
	Closeness float64
	Entries   []record.ID // that lie in it
	Also      []string    // publishers of other articles in which it stands
}

// Sentences writes an article of a search with the sentences that were found in it, one after the other.
func Sentences(w io.Writer, art record.Article, list []Sentence, opt TextOptions) error {
	p := newPage(nil, opt)
	p.article(art)
	for _, s := range list {
		p.line(2, fmt.Sprintf("%.2f  %s", s.Closeness, Clean(s.Text)))
		ids := make([]string, len(s.Entries))
		for i, id := range s.Entries {
			ids[i] = string(id)
		}
		also := ""
		if len(s.Also) > 0 {
			also = "also in " + Clean(strings.Join(s.Also, ", "))
		}
		p.meta(8, strings.Join(ids, " "), also)
	}
	return p.writeTo(w, "sentences")
}

// Articles writes a list of articles.
func Articles(w io.Writer, list []record.Article, opt TextOptions) error {
	p := newPage(nil, opt)
	for _, art := range list {
		p.article(art)
	}
	return p.writeTo(w, "articles")
}

func (p *page) article(art record.Article) {
	state := ""
	if art.State != record.Current {
		state = art.State
	}
	p.meta(0, art.ID, start1(art.Known), Clean(art.Publisher), Clean(art.Title), state)
}
