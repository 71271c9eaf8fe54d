package main

// planted is planted.yaml; its own top says what the fields mean.
type planted struct {
	Articles []struct {
		ID, File, URL, Publisher, Published string
		Story                               int
		Credits                             []string
		mark                                `yaml:",inline"`
	}
	Copies []struct {
		ID, Article, Of, How, Origin string
		Passages                     []struct {
			Origin, Of, Quote string
			mark              `yaml:",inline"`
		}
		mark `yaml:",inline"`
	}
	Origins []struct {
		ID, Kind    string
		At          place
		In          []string
		Articles    int
		Independent int `yaml:"independent_origins"`
		Labels      []string
		mark        `yaml:",inline"`
	}
	Corroborated []struct {
		ID     string
		Stands bool
		A, B   place
		mark   `yaml:",inline"`
	}
	Contradictions []conflict
	Harmless       []conflict `yaml:"no_contradiction"`
	Commitments    []promised
	Identities     []struct {
		ID    string
		Same  bool
		Names []named
		mark  `yaml:",inline"`
	}
	Corrections []struct {
		ID, Earlier, Later string
		Replaced, By       valued
		Before             moment `yaml:"as_of_before"`
		After              moment `yaml:"as_of_after"`
		mark               `yaml:",inline"`
	}
	Kills []struct {
		ID, Article, By string
		Before          moment `yaml:"as_of_before"`
		After           moment `yaml:"as_of_after"`
		Gone            []place
		mark            `yaml:",inline"`
	}
	Ceasefire truce
}

// place is a quotation in an article, and the kind of entry that is meant there.
type place struct {
	Article, Kind, Quote string
	mark                 `yaml:",inline"`
}

type conflict struct {
	ID, Type string
	A, B     place
	Once     []string // articles that carry both places: the contradiction is one all the same
	mark     `yaml:",inline"`
}

type promised struct {
	ID, By      string
	At          place
	Also        []place
	Due         string
	Condition   string
	State       string
	AsOf        string `yaml:"as_of"`
	Evidence    *borne
	NotEvidence []place `yaml:"not_evidence"`
	Before      *moment
	Trigger     *struct {
		Fired       bool
		NotEvidence []place `yaml:"not_evidence"`
	}
	mark `yaml:",inline"`
}

type borne struct {
	Type  string
	place `yaml:",inline"`
}

type named struct {
	Article, Name, Role string
	mark                `yaml:",inline"`
}

type valued struct {
	Value float64
	place `yaml:",inline"`
}

// moment is a time and what holds then: the state of something, or which article is current.
type moment struct {
	At, State, Current string
	AsOf               string `yaml:"as_of"`
	mark               `yaml:",inline"`
}

type truce struct {
	Name               string
	Parties            []string
	Signed             dated
	Start, End, Counts string
	Counted            []counted
	Means              []struct {
		Means string
		place `yaml:",inline"`
	}
	Days        []dated
	Unconfirmed []claimed
}

type dated struct {
	Day, State string
	place      `yaml:",inline"`
}

type counted struct {
	Day   string
	Value float64
	Hours int `yaml:"window_hours"`
	place `yaml:",inline"`
}

type claimed struct {
	By, Said string
	place    `yaml:",inline"`
}
