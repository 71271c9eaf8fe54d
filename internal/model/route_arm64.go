//go:build arm64 && !purego

package model

import "golang.org/x/sys/cpu"

// routes lists what this machine can run, fastest first. Dot products came with Armv8.2 and are in all Apple chips.
func routes() []route {
	if !cpu.ARM64.HasASIMDDP {
		return []route{plain}
	}
	return []route{neon.route("neon-dot"), plain}
}

var neon = kernels{
	bytes: dotBytesNEON, words: dotWordsNEON, quantise: quantiseNEON, gelu: geluNEON, addNorm: addNormNEON,
	dot: dotNEON, peak: peakNEON, packPairs: packPairsNEON, weigh: weighNEON,
}
