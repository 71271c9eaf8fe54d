package source

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// layouts are the ways dates are written in metadata, besides those with month names.
var layouts = [...]string{
	time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04",
	"2006-01-02", "2006/01/02", "2006/01/02 15:04:05", "2006.01.02", "20060102T150405Z", "20060102T150405Z0700", "20060102",
	time.RFC1123, time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700",
	time.RFC850, time.ANSIC, time.UnixDate, "02.01.2006", "2.1.2006",
}

// parseTime reads a publication time as metadata gives it. When only a day is given the time is midnight
// UTC; so is an instant without a zone. Days written with slashes after the month or the day are left
// alone, because they mean different days on two sides of an ocean.
func parseTime(s string) (time.Time, bool) {
	s = oneLine(s)
	if len(s) > 80 {
		return time.Time{}, false
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, plausible(t)
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil { // seconds or milliseconds since 1970
		switch len(s) {
		case 9, 10:
			t := time.Unix(n, 0).UTC()
			return t, plausible(t)
		case 13:
			t := time.UnixMilli(n).UTC()
			return t, plausible(t)
		}
		return time.Time{}, false
	}
	if t, _, ok := dayIn(s); ok {
		return t, true
	}
	if len(s) > len("2006-01-02") { // a day with a time of day in some other manner
		if t, err := time.Parse("2006-01-02", s[:len("2006-01-02")]); err == nil {
			return t, plausible(t)
		}
	}
	return time.Time{}, false
}

func plausible(t time.Time) bool { return t.Year() >= 1700 && t.Year() <= 2200 }

// dayIn finds a day written with the name of its month ("February 20, 2022", "20 Feb. 2022") and says how
// many words of the text do not belong to it.
func dayIn(s string) (day time.Time, others int, ok bool) {
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	for i, word := range words {
		month := monthOf(word)
		if month == 0 {
			continue
		}
		var d, y int
		switch {
		case i+2 < len(words) && isDay(words[i+1]) && isYear(words[i+2]): // February 20, 2022
			d, y = i+1, i+2
		case i > 0 && i+1 < len(words) && isDay(words[i-1]) && isYear(words[i+1]): // 20 February 2022
			d, y = i-1, i+1
		default:
			continue
		}
		n, _ := strconv.Atoi(strings.TrimRight(words[d], ".stndrh"))
		year, _ := strconv.Atoi(strings.TrimRight(words[y], "."))
		day = time.Date(year, time.Month(month), n, 0, 0, 0, 0, time.UTC)
		if day.Day() != n || !plausible(day) {
			continue
		}
		others = len(words) - 3
		for _, w := range words {
			if isWord("weekday", w) {
				others--
			}
		}
		return day, others, true
	}
	return time.Time{}, 0, false
}

func isDay(word string) bool {
	n, err := strconv.Atoi(strings.TrimRight(word, ".stndrh"))
	return err == nil && n >= 1 && n <= 31
}

func isYear(word string) bool {
	n, err := strconv.Atoi(strings.TrimRight(word, "."))
	return err == nil && n >= 1700 && n <= 2200
}

// monthOf is the month a word names, whole or by a beginning of three letters or more ("Sept."); 0 for none.
func monthOf(word string) int {
	word = strings.ToLower(strings.TrimRight(word, ".,"))
	if len(word) < 3 {
		return 0
	}
	for name, number := range wordKinds()["month"] {
		if strings.HasPrefix(name, word) {
			return number
		}
	}
	return 0
}
