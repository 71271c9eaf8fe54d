package parse

import "parley/internal/document"

func mentions(doc *document.Document) []document.Mention { return nil }
