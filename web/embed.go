// Package web holds the desk's pages, built by "make web" into dist and compiled into the program: HTML, scripts and styles
// that need nothing from another host.
package web

import (
	"embed"
	"errors"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// ErrNotBuilt is what Pages returns in a program that was compiled before its pages were built.
var ErrNotBuilt = errors.New(`this program was built without its pages: run "make web", then build it again`)

// Pages are the built files, with index.html at the root; every page of the desk is that file, which shows what the address asks for.
func Pages() (fs.FS, error) {
	pages, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(pages, "index.html"); err != nil {
		return nil, ErrNotBuilt
	}
	return pages, nil
}
