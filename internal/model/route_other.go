//go:build (!amd64 && !arm64) || purego

package model

// routes lists what this machine can run, fastest first.
func routes() []route { return []route{plain} }
