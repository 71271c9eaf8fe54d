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

func (l located) hide(ctx context.Context, art *record.Article) {
	if account.From(ctx).May(l.name, account.Admin) || strings.Contains(art.Location, "://") {
		return
	}
	art.Location = art.Location[strings.LastIndexAny(art.Location, `/\`)+1:]
}
