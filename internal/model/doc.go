// Package model runs the reading network (docs/model.md): words in, scores of labels and of trees out.
//
// What goes in: words as package parse cuts them, in windows of at most 256 word pieces (Pieces counts them). What
// comes out: for every word the score of each label of each head, and for the words of one sentence the scores of
// heads and relations. Decoding — probabilities, trees, spans — is the caller's.
//
// What it promises: a Model never changes after it is loaded and serves any number of goroutines, each with a Workspace of
// its own. The scores are the same bits on every machine and route: weights have 8 bits, activations 7, sums are
// integers, and every floating-point step has one fixed order without fused operations (ops.go). A file that is
// damaged, cut short or of a newer format is refused with an error that says so.
//
// What it will not do: read the environment, open files, start goroutines or cut text into words.
//
// Methods: BERT (Devlin et al. 2019) in the MiniLM-L6 size (Wang et al. 2020), biaffine trees (Dozat & Manning 2017),
// integer inference with scales migrated into the weights (Xiao et al. 2023, SmoothQuant). The kernels are generated
// by the module in gen: AVX-512 VNNI, AVX2 and arm64 with dot products; plain Go runs everywhere else and with the
// build tag purego.
package model
