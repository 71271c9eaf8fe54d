package ceasefire

// Report is what can be said of a ceasefire, day by day, and what it rests on. Its JSON is what the command line prints.
type Report struct {
	Agreement    *Agreement    `json:"agreement"`
	Rule         []string      `json:"rule"` // in words
	From         Day           `json:"from"`
	To           Day           `json:"to"`
	Days         []DayState    `json:"days"`
	Today        []Sentence    `json:"brief"` // of the last day
	Series       []Series      `json:"series"`
	Claims       []Claim       `json:"claims"`
	LeftOut      []LeftOut     `json:"left_out"`
	Observations []Observation `json:"observations"` // all, by window and id
	Offers       []Offer       `json:"offers"`       // for a person to judge, for the caller to add
	Problems     []Problem     `json:"problems"`     // of reading the input, for the caller to add
}

// DayState is the state of a day and why.
type DayState struct {
	Day     Day      `json:"day"`
	State   State    `json:"state"`
	Since   Day      `json:"since"`
	Reasons []Reason `json:"reasons"`
}

// Reason is one thing a state rests on.
type Reason struct {
	Text         string   `json:"text"`
	Series       string   `json:"series,omitempty"`       // its id
	Days         []Day    `json:"days,omitempty"`         // that decide
	Observations []string `json:"observations,omitempty"` // of those days
	Ref          *Ref     `json:"ref,omitempty"`          // of what the agreement itself says
}

// Series are the reported days of one observer, one thing counted, by one means, counted in one way, in one place.
type Series struct {
	ID       string    `json:"id"`
	Observer string    `json:"observer"`
	What     string    `json:"what"`
	Means    string    `json:"means"`
	Counting string    `json:"counting"`
	Place    string    `json:"place"`
	Points   []Reading `json:"points"` // reported days only, in order: a day that is not there was not reported
	Bases    []Base    `json:"baselines"`
}

// Reading is a reported day of a series.
type Reading struct {
	Day          Day      `json:"day"`
	Rate         float64  `json:"rate"`            // count a day
	Bound        string   `json:"bound"`           // of the count
	Window       int      `json:"window"`          // days of the window it comes from
	From         Day      `json:"from"`            // first day of that window
	Level        string   `json:"level,omitempty"` // quiet, raised, severe; empty before the start
	State        State    `json:"state,omitempty"` // of the series after this day
	Observations []string `json:"observations"`    // all of the day
	Rates        int      `json:"rates,omitempty"` // how many different rates the observer gave; 0: one
}

// Base is a baseline of a series and from when it counts.
type Base struct {
	From Day     `json:"from"` // first day measured against it
	Rate float64 `json:"rate"` // counts a day; zero: none was had
	Days int     `json:"days"` // reported days with violations it rests on
	Why  string  `json:"why"`
}

// Claim is what somebody says of violations whose reports do not count.
type Claim struct {
	Observation string   `json:"observation"`
	Party       bool     `json:"party"`          // a party to the agreement says so
	Alone       bool     `json:"alone"`          // no observer of the agreement reports violations in its window
	With        []string `json:"with,omitempty"` // observations of observers in its window
}

// LeftOut is an observation that no series holds, and why.
type LeftOut struct {
	Observation string `json:"observation"`
	Reason      string `json:"reason"`
}

// Sentence is a sentence of a brief and what it rests on; there is no sentence without.
type Sentence struct {
	Kind string `json:"kind"` // state, why, report, missing, claim, denial
	Text string `json:"text"`
	Refs []Ref  `json:"refs"`
}
