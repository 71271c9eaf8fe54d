package times

import (
	"embed"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"sync"

	"parley/internal/number"
)

//go:embed tables/*.tsv
var tableFiles embed.FS

// class is the part a word plays in an expression of time, named as in words.tsv.
type class uint8

const (
	other class = iota
	monthName
	weekdayName
	weekdaysName
	unitName
	unitsName
	shortUnit
	spanWord
	whichWord
	dayWord
	tonightWord
	overnightWord
	partName
	partsName
	hourName
	seasonName
	pieceWord
	earlierWord
	laterWord
	halfWord
	vagueWord
	coupleWord
	oftenWord
	everyWord
	allWord
	otherWord
	articleWord
	theWord
	ofWord
	inWord
	onWord
	atWord
	forWord
	fromWord
	toWord
	untilWord
	sinceWord
	byWord
	beforeWord
	afterWord
	betweenWord
	andWord
	orWord
	agoWord
	henceWord
	nowWord
	withinWord
	aboutWord
	amWord
	pmWord
	oWord
	startingWord
	moreWord
	qWord
	eveWord
	oclockWord
	clockWord
	sWord
	timeWord
	noWord
	asWord
	onceWord
	sameWord
	labelWord
	lastsWord    // words before "an hour" that make it a length: lasted, than
	cardinalWord // from package number
	ordinalWord  // from package number
	holidayWord  // the first word of a holiday's name
)

func classNames() map[string]class {
	return map[string]class{
		"month": monthName, "weekday": weekdayName, "weekdays": weekdaysName, "unit": unitName, "units": unitsName,
		"short": shortUnit, "span": spanWord, "which": whichWord, "day": dayWord, "tonight": tonightWord,
		"overnight": overnightWord, "part": partName, "parts": partsName, "hour": hourName, "season": seasonName,
		"piece": pieceWord, "earlier": earlierWord, "later": laterWord, "half": halfWord, "vague": vagueWord,
		"couple": coupleWord, "often": oftenWord, "every": everyWord, "all": allWord, "other": otherWord,
		"article": articleWord, "the": theWord, "of": ofWord, "in": inWord, "on": onWord, "at": atWord, "for": forWord,
		"from": fromWord, "to": toWord, "until": untilWord, "since": sinceWord, "by": byWord, "before": beforeWord,
		"after": afterWord, "between": betweenWord, "and": andWord, "or": orWord, "ago": agoWord, "hence": henceWord,
		"now": nowWord, "within": withinWord, "about": aboutWord, "am": amWord, "pm": pmWord, "o": oWord,
		"starting": startingWord, "more": moreWord, "q": qWord, "eve": eveWord, "oclock": oclockWord, "clock": clockWord,
		"s": sWord, "time": timeWord, "no": noWord, "as": asWord, "once": onceWord, "same": sameWord, "label": labelWord, "lasts": lastsWord,
	}
}

func unitNames() map[string]unit {
	return map[string]unit{
		"second": second, "minute": minute, "hour": hour, "day": day, "night": night, "weekend": weekend, "week": week,
		"fortnight": fortnight, "month": month, "quarter": quarter, "year": year, "decade": decade, "century": century,
	}
}

type entry struct {
	class class
	value int
}

// holiday is a feast whose date follows from the year.
type holiday struct {
	words []string
	rule  string // date, weekday, easter
	month int
	day   int // day of the month; days after Easter
	week  int // weekday rule: weekday in day, nth here
}

type lexicon struct {
	entries  map[string]entry
	zones    map[string]int
	holidays []holiday
	byFirst  map[string][]int // holidays by first word, the longest first
}

// words parses the tables, once, when the first text is read.
var words = sync.OnceValue(func() *lexicon {
	lex, err := parseTables()
	if err != nil {
		panic("internal error: " + err.Error()) // the tables are part of the program
	}
	return lex
})

func parseTables() (*lexicon, error) {
	lex := &lexicon{entries: map[string]entry{}, zones: map[string]int{}, byFirst: map[string][]int{}}
	names, units := classNames(), unitNames()
	err := eachRow("tables/words.tsv", 3, func(f []string) error {
		c, ok := names[f[1]]
		if !ok {
			return fmt.Errorf("unknown class %q", f[1])
		}
		if u, ok := units[f[2]]; ok {
			lex.entries[f[0]] = entry{c, int(u)}
			return nil
		}
		v, err := strconv.Atoi(f[2])
		lex.entries[f[0]] = entry{c, v}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = eachRow("tables/zones.tsv", 2, func(f []string) error {
		v, err := strconv.Atoi(f[1])
		lex.zones[f[0]] = v
		return err
	})
	if err != nil {
		return nil, err
	}
	err = eachRow("tables/holidays.tsv", 3, lex.addHoliday)
	if err != nil {
		return nil, err
	}
	for _, list := range lex.byFirst {
		sort.SliceStable(list, func(i, j int) bool {
			return len(lex.holidays[list[i]].words) > len(lex.holidays[list[j]].words)
		})
	}
	return lex, nil
}

func (l *lexicon) addHoliday(f []string) error {
	h := holiday{rule: f[1]}
	var err error
	switch h.rule {
	case "date":
		_, err = fmt.Sscanf(f[2], "%d-%d", &h.month, &h.day)
	case "weekday":
		_, err = fmt.Sscanf(f[2], "%d-%d-%d", &h.month, &h.day, &h.week)
	case "easter":
		h.day, err = strconv.Atoi(f[2])
	default:
		err = fmt.Errorf("unknown rule %q", h.rule)
	}
	for at := 0; ; {
		piece, ok := number.Next(f[0], at)
		if !ok {
			break
		}
		h.words = append(h.words, f[0][piece.Start:piece.End])
		at = piece.End
	}
	l.byFirst[h.words[0]] = append(l.byFirst[h.words[0]], len(l.holidays))
	l.holidays = append(l.holidays, h)
	return err
}

// eachRow reads a table of so many columns.
func eachRow(name string, columns int, row func(f []string) error) error {
	data, err := tableFiles.ReadFile(name)
	if err != nil {
		return fmt.Errorf("reading table: %w", err)
	}
	for i, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != columns {
			return fmt.Errorf("%s, line %d: %d columns, want %d", name, i+1, len(f), columns)
		}
		if err := row(f); err != nil {
			return fmt.Errorf("%s, line %d: %w", name, i+1, err)
		}
	}
	return nil
}

// word says what a word means; number words come from package number.
func (l *lexicon) word(w string) entry {
	if e, ok := number.Fold(l.entries, w); ok {
		return e
	}
	if _, ok := number.Fold(l.byFirst, w); ok {
		return entry{holidayWord, 0}
	}
	if v, ordinal, ok := number.Word(w); ok {
		if ordinal {
			return entry{ordinalWord, v}
		}
		return entry{cardinalWord, v}
	}
	return entry{}
}
