package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
	if err := among("--label", c.Label, labels(kinds)); err != nil {
		return err
	}
	return among("--status", c.Status, statuses(kinds))
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

// among refuses what is not in a closed list; where the list is empty, anything goes.
func among(flag string, given, list []string) error {
	for _, value := range given {
		if len(list) > 0 && !slices.Contains(list, value) {
			return usage("%s %s: there is no such thing here; choose of %s", flag, value, strings.Join(list, ", "))
		}
	}
	return nil
}

// labels are what entries of these kinds can be labelled with; none where one of them takes any word.
func labels(kinds []string) []string {
	return closed(kinds, map[string][]string{"statement": {"statement.act"}, "event": {"event.type"}, "contact": {"contact.kind"}})
}

// conflictTypes are the ways in which two entries cannot both be so.
func conflictTypes() []string {
	return []string{"denial", "opposite", "number", "time", "place", "strength", "omission"}
}

// statuses are those that entries of these kinds can have.
func statuses(kinds []string) []string {
	list := closed(kinds, map[string][]string{"event": {"event.status"}, "contact": {"contact.status"}, "commitment": {"commitment.state"}})
	if slices.Contains(kinds, "commitment") && len(list) > 0 {
		list = append(list, record.States()...)
	}
	return list
}

func closed(kinds []string, fields map[string][]string) []string {
	var out []string
	for _, kind := range kinds {
		if fields[kind] == nil {
			return nil
		}
		for _, field := range fields[kind] {
			for _, k := range record.Kinds()[field] {
				out = append(out, k.Name)
			}
		}
	}
	return out
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
