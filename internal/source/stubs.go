package source

import (
	"context"
	"errors"
	"strings"

	"parley/internal/document"
)

func looksLikeHTML(text string) bool             { return strings.Contains(text, "</p>") }
func fragmentDraft(text string) (*draft, error)  { return plainDraft(text), nil }
func htmlDraft(text, url string) (*draft, error) { return plainDraft(text), nil }
func markdownDraft(text string) *draft           { return plainDraft(text) }

func Fetch(ctx context.Context, url string, opt Options) (*document.Document, error) {
	return nil, errors.New("not yet")
}
