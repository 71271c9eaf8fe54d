// Package parse turns the text of a document into what the readers work on: tokens, sentences, tags,
// dependency trees, names, marks of attribution, quotation spans, mentions and coreference chains.
//
// What goes in is a document with its text and paragraphs; Parser.Parse fills the second part of it and
// changes nothing else, save that it adds a Notice for each stretch of text it could not read. Tokens
// follow the conventions of the English Web Treebank (EWT) and together with the white space between them
// rebuild the text exactly. Tags, trees, names, marks and sentence starts come from the model
// (internal/model), which is reached through the small interface Reader; everything else is rules over
// text and trees with its knowledge of words in tables/*.tsv.
//
// The package never fails on odd text: its time is linear in the length of the text (quadratic in the
// length of a sentence, which is bounded by the model's window), and the same text always gives the same
// analysis. It knows nothing of the world: that "the Kremlin" speaks for Russia is for resolve to know.
package parse
