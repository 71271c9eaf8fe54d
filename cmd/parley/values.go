package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"parley/internal/record"
)

// usage is an error of the command line.
func usage(format string, args ...any) error {
	return coded{fmt.Errorf(format, args...), exitUsage}
}

// check refuses values that nothing in an archive can have: an empty list would look like an answer.
func (c *listFlags) check(kinds ...string) error {
	if c.Limit < 1 {
		return usage("--limit wants a whole number from 1 on")
	}
	if err := checkSpan(c.From, c.To, c.Confidence); err != nil {
		return err
	}
	if c.Article != "" && record.KindOf(record.ID(c.Article)) != "article" {
		return usage("--article wants the id of an article (d-…), not %q", c.Article)
	}
	return asUsage((&record.Query{Kinds: kinds, Labels: c.Label, Status: c.Status}).Check())
}

// checkSpan refuses times and confidences between which nothing can be.
func checkSpan(from instant, to until, confidence float64) error {
	switch a, b := from.time(), to.time(); {
	case !a.IsZero() && !b.IsZero() && b.Before(a):
		return usage("--to is before --from")
	case confidence < 0 || confidence > 1:
		return usage("--min-confidence wants a number from 0 to 1")
	}
	return nil
}

// asUsage makes an error of the command line of a word that nothing in an archive can have, and leaves other errors as they are.
func asUsage(err error) error {
	var none *record.NoSuch
	if errors.As(err, &none) {
		return usage("--%s: %w", none.Field, err)
	}
	return err
}

// placeFor refuses a path at which no file can be made, in words that name what is in the way.
func placeFor(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return hinted{fmt.Errorf("writing %s: it is a folder", path), "name a file in it"}
	}
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return hinted{fmt.Errorf("writing %s: there is no folder %s", path, folder), "make the folder first"}
	}
	return nil
}

// unread says with the exit code that some inputs could not be read; nil where all could.
func unread(failed, total int) error {
	switch {
	case failed == 0:
		return nil
	case total == 1:
		return coded{errors.New("nothing was read"), exitFailed}
	case failed == total:
		return coded{fmt.Errorf("none of the %d inputs could be read", failed), exitFailed}
	}
	return coded{fmt.Errorf("%d of %d inputs could not be read", failed, total), exitPartial}
}
