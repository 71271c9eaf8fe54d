package serve

import (
	"context"
	"iter"
	"strings"

	"parley/internal/account"
	"parley/internal/record"
)

// located is an archive that tells only its administrators where on this machine an article's file lay: a path gives away
// names of accounts and folders. Others get the name of the file. Web addresses stay.
type located struct {
	Archive
	name string
}

func (l located) Article(ctx context.Context, id record.ID) (record.Article, error) {
	art, err := l.Archive.Article(ctx, id)
	l.hide(ctx, &art)
	return art, err
}

func (l located) Articles(ctx context.Context, q record.ArticleQuery) iter.Seq2[record.Article, error] {
	return func(yield func(record.Article, error) bool) {
		for art, err := range l.Archive.Articles(ctx, q) {
			l.hide(ctx, &art)
			if !yield(art, err) {
				return
			}
		}
	}
}

// Judgements tell where an article was read from too; the hash of such a row is over the whole.
func (l located) Judgements(ctx context.Context, q record.JudgementQuery) iter.Seq2[record.Judgement, error] {
	return func(yield func(record.Judgement, error) bool) {
		for j, err := range l.Archive.Judgements(ctx, q) {
			if from, ok := strings.CutPrefix(j.Why, readFrom); ok && j.Verb == "ingest" {
				j.Why = readFrom + l.shown(ctx, from)
			}
			if !yield(j, err) {
				return
			}
		}
	}
}

// readFrom begins why an article was taken in.
const readFrom = "read from "

func (l located) hide(ctx context.Context, art *record.Article) {
	art.Location = l.shown(ctx, art.Location)
}

// shown is as much of a location as whoever asks may see.
func (l located) shown(ctx context.Context, location string) string {
	if account.From(ctx).May(l.name, account.Admin) || strings.Contains(location, "://") {
		return location
	}
	return location[strings.LastIndexAny(location, `/\`)+1:]
}
