package times

// unit is a unit of the calendar or the clock, from short to long.
type unit uint8

const (
	noUnit unit = iota
	second
	minute
	hour
	day
	night
	weekend
	week
	fortnight
	month
	quarter
	season
	half
	year
	decade
	century
)

// op says how a node is resolved.
type op uint8

const (
	opNone    op = iota
	opCycle      // comes back every week, month or year: weekday, day, month, season, quarter; fixed when year is set
	opHoliday    // day n of the table, in year when it is set
	opShift      // the unit that holds the reference, n units on
	opWeekday    // weekday within the week a
	opOffset     // n units before (negative) or after a; a nil: the reference
	opNth        // the n-th unit in a (negative: from the end), count of them
	opPart       // piece of a
	opSide       // the part of a before (piece early) or after (late) the reference
	opClock      // a clock time on day a; a nil: the day of the reference
	opDaypart    // a part of day a: resolved as the whole day
	opWeekOf     // the week that holds a
	opNow
	opPeriod // n units up to the reference (negative) or from it; n 0: unknown number
	opSpan   // from a to b
	opSince
	opAfter
	opUntil // until, by
	opBefore
	opIn     // "in two days"
	opBegins // n units from a on: "three days from Monday"
	opLength // a bare length; a: the next part ("1 hour" and "30 minutes")
	opSet
)

// which picks one of the times a cycle comes round.
type which uint8

const (
	anyOne which = iota
	lastOne
	thisOne
	nextOne
	comingOne // the first to come, even this week: "this coming Friday"
)

// piece is a part of a longer time.
type piece uint8

const (
	early piece = iota + 1
	mid
	late
	atStart
	atEnd
)

// clockTime is an hour of the day; zoned when the text names its zone.
type clockTime struct {
	hour, minute, second int
	zoned                bool
	zone                 int  // minutes east of Greenwich
	half                 bool // twelve-hour clock without a.m. or p.m.
}

// node is what an expression means, as a small tree. Fields that an op does not name are zero.
type node struct {
	op    op
	unit  unit
	which which
	piece piece
	n     float64
	count int
	year  int
	month int
	// day is the day of the month; number the number of a quarter, half or season
	day, number int
	weekday     int // 1 to 7 from Monday
	clock       clockTime
	// context says that the time is counted from another in the text, not from the reference ("the following
	// day"): seen from a past verb it cannot be placed
	context bool
	a, b    *node
}
