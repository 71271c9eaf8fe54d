package source

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"parley/internal/document"
)

// Walk yields the documents of files, folders and standard input ("-"), in the order of paths. A folder is
// read with all folders below it, names in order; in it only files with the endings of a format that is
// read are taken, and names that begin with a dot are passed over. A file named by itself is read whatever
// its ending. Symbolic links to folders are not followed, so no loop can arise. At any time one document
// is in memory. Errors come in their places, and the walk goes on after them.
func Walk(paths []string, opt Options) iter.Seq2[*document.Document, error] {
	return documents(Items(paths, opt))
}

func walkOne(path string, opt Options, yield yielder) bool {
	if path == "-" {
		in := opt.Stdin
		if in == nil {
			in = os.Stdin
		}
		return readItems(in, "standard input", opt, yield)
	}
	info, err := os.Stat(path)
	if err != nil {
		return yield(Item{}, unreadable(path, err))
	}
	if !info.IsDir() {
		return readFile(path, opt, yield)
	}
	more, found := true, false
	err = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			more = yield(Item{}, unreadable(name, err))
		case name != path && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.Type().IsRegular() && formatOf(name) != "":
			found = true
			more = readFile(name, opt, yield)
		}
		if !more {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil && more {
		more = yield(Item{}, unreadable(path, err))
	}
	if more && !found {
		more = yield(Item{}, &Error{Name: path, Kind: ErrEmpty, Detail: "no article in this folder",
			Hint: "articles end in .txt, .md, .html, .json, .jsonl or .xml, each also with .gz; name other files one by one"})
	}
	return more
}

func readFile(path string, opt Options, yield yielder) bool {
	file, err := os.Open(path)
	if err != nil {
		return yield(Item{}, unreadable(path, err))
	}
	defer file.Close()
	return readItems(file, path, opt, yield)
}

// unreadable is an error of the file system without the path, which it would say twice.
func unreadable(path string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("reading %s: %w", path, err)
}
