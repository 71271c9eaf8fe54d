//go:build amd64 && !purego

package model

import "golang.org/x/sys/cpu"

// routes lists what this machine can run, fastest first.
func routes() []route {
	x, list := &cpu.X86, []route{plain}
	if x.HasAVX2 {
		list = append([]route{avx2.route("avx2")}, list...)
		if x.HasAVXVNNI {
			list = append([]route{avxVNNI.route("avx-vnni")}, list...)
		}
		if x.HasAVX512F && x.HasAVX512BW && x.HasAVX512VL && x.HasAVX512DQ && x.HasAVX512VNNI {
			list = append([]route{vnni.route("avx512-vnni")}, list...)
		}
	}
	return list
}

var avx2 = kernels{
	bytes: dotBytesAVX2, words: dotWordsAVX2, quantise: quantiseAVX2, gelu: geluAVX2, addNorm: addNormAVX2,
	dot: dotAVX2, peak: peakAVX2, packPairs: packPairsAVX2, weigh: weighAVX2,
}

var avxVNNI = kernels{
	bytes: dotBytesAVXVNNI, words: dotWordsAVXVNNI, quantise: quantiseAVX2, gelu: geluAVX2, addNorm: addNormAVX2,
	dot: dotAVX2, peak: peakAVX2, packPairs: packPairsAVX2, weigh: weighAVX2,
}

var vnni = kernels{
	bytes: dotBytesVNNI, words: dotWordsVNNI, quantise: quantiseAVX512, gelu: geluAVX512, addNorm: addNormAVX512,
	dot: dotAVX512, peak: peakAVX512, packPairs: packPairsAVX512, weigh: weighAVX512,
}
