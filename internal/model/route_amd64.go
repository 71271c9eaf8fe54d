//go:build amd64 && !purego

package model

import "golang.org/x/sys/cpu"

// routes lists what this machine can run, fastest first.
func routes() []route {
	x, list := &cpu.X86, []route{plain}
	if x.HasAVX2 {
		list = append([]route{vector.with("avx2", dotBytesAVX2, dotWordsAVX2)}, list...)
		if x.HasAVX512F && x.HasAVX512BW && x.HasAVX512VL && x.HasAVX512VNNI {
			list = append([]route{vector.with("avx512-vnni", dotBytesVNNI, dotWordsVNNI)}, list...)
		}
	}
	return list
}
