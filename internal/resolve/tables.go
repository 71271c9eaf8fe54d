package resolve

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed tables/*.tsv
var tableFiles embed.FS

// country is one line of countries.tsv.
type country struct {
	iso3, iso2, name, adjective, wikidata string
	lat, lon                              float64
}

// role is one line of roles.tsv: an office under all its names.
type role struct {
	key, sector, heads, shown string
}

// body is one line of bodies.tsv: a body of a state named by a common noun.
type body struct {
	key, kind, sector, shown string
}

// organization is one line of organizations.tsv, armed_groups.tsv, media.tsv or seats.tsv.
type organization struct {
	name, kind, sector, country, partOf, wikidata string
	body                                          string // for a seat: the key of the body that sits there
}

// senseKind says in which way a name stands for something.
type senseKind int

const (
	senseCountry   senseKind = iota // "France"
	senseAdjective                  // "French"
	sensePeople                     // "Ukrainians"
	senseCapital                    // "Kyiv": the city, or the government
	senseOrg                        // "NATO", "the Kremlin"
)

// sense is one thing a name can stand for.
type sense struct {
	kind senseKind
	iso3 string        // of country, demonym, capital
	org  *organization // of senseOrg
	caps bool          // an acronym: only when the text has it in capitals
}

// tables is everything this package knows of the world but the gazetteer.
type tables struct {
	countries map[string]*country // by ISO alpha-3
	names     map[string][]sense  // by folded name
	longest   int                 // words in the longest name
	heads     map[string]bool     // first words of names
	tails     map[string]bool     // last words of names
	roleTails map[string]bool     // last words of roles
	roles     map[string]*role    // by folded noun phrase; "ISO:" before it restricts it to a country
	roleKeys  map[string]*role
	bodies    map[string]*body // by folded noun phrase
	bodyKeys  map[string]*body
	people    map[string]person // nouns for people and groups, by lemma
	regions   map[string]*region
	titles    map[string]bool
	orgHints  map[string]hint
	orgs      map[string]*organization   // by name
	seats     map[string]*organization   // by country and body
	words     map[string]map[string]bool // by list, of words.tsv
	leaders   map[string][]*leader       // by the skeletons of first and last names
}

// rows are the fields of a table, without comments; every row has want columns.
func rows(name string, want int) ([][]string, error) {
	raw, err := tableFiles.ReadFile("tables/" + name)
	if err != nil {
		return nil, fmt.Errorf("opening table %s: %w", name, err)
	}
	var out [][]string
	n := 0
	for line := range strings.Lines(string(raw)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != want {
			return nil, fmt.Errorf("reading table %s, line %d: %d columns, want %d", name, n, len(f), want)
		}
		for i := range f {
			if f[i] == "-" {
				f[i] = ""
			}
		}
		out = append(out, f)
	}
	return out, nil
}

// list takes apart a cell that holds several values.
func list(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ";")
}

func loadTables() (*tables, error) {
	t := &tables{
		heads: map[string]bool{}, tails: map[string]bool{}, roleTails: map[string]bool{},
		countries: map[string]*country{}, names: map[string][]sense{},
		roles: map[string]*role{}, roleKeys: map[string]*role{},
		bodies: map[string]*body{}, bodyKeys: map[string]*body{},
		people: map[string]person{}, regions: map[string]*region{},
		titles: map[string]bool{}, orgHints: map[string]hint{}, orgs: map[string]*organization{}, leaders: map[string][]*leader{}, words: map[string]map[string]bool{}, seats: map[string]*organization{},
	}
	for _, load := range []func() error{
		t.loadCountries, t.loadRoles, t.loadBodies, t.loadSeats,
		t.loadOrganizations, t.loadGroups, t.loadMedia, t.loadPeople, t.loadRegions, t.loadLeaders, t.loadWords,
	} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// add files a sense under a name. A name written in capitals alone in the table ("WHO") is an acronym, and
// counts only where the text has capitals, too.
func (t *tables) add(name string, s sense) {
	s.caps = name == strings.ToUpper(name)
	key := fold(name)
	if key == "" {
		return
	}
	for _, have := range t.names[key] {
		if have.kind == s.kind && have.iso3 == s.iso3 && have.org == s.org {
			return
		}
	}
	t.names[key] = append(t.names[key], s)
	t.heads[headWord(key)], t.tails[tailWord(key)] = true, true
	if parted := fold(strings.ReplaceAll(strings.ReplaceAll(name, "'", " "), "’", " ")); parted != key { // an apostrophe may part tokens
		t.heads[headWord(parted)], t.tails[tailWord(parted)] = true, true
	}
	t.longest = max(t.longest, strings.Count(key, " ")+strings.Count(key, "-")*2+strings.Count(name, "'")+1)
}

// Countries are the English names of states and territories by their ISO 3166 alpha-3 codes, as records have them. An error
// means that the program was built with a table that cannot be read.
func Countries() (map[string]string, error) {
	lines, err := rows("countries.tsv", 11)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, f := range lines {
		names[f[0]] = f[2]
	}
	return names, nil
}

func (t *tables) loadCountries() error {
	lines, err := rows("countries.tsv", 11)
	if err != nil {
		return err
	}
	for _, f := range lines {
		c := &country{iso3: f[0], iso2: f[1], name: f[2], wikidata: f[8]}
		if c.lat, err = strconv.ParseFloat(f[9], 64); err != nil {
			return fmt.Errorf("reading table countries.tsv, %s: latitude: %w", c.iso3, err)
		}
		if c.lon, err = strconv.ParseFloat(f[10], 64); err != nil {
			return fmt.Errorf("reading table countries.tsv, %s: longitude: %w", c.iso3, err)
		}
		t.countries[c.iso3] = c
		for _, name := range append([]string{f[2], f[3]}, list(f[7])...) {
			t.add(name, sense{kind: senseCountry, iso3: c.iso3})
		}
		for i, name := range list(f[4]) {
			if i == 0 {
				c.adjective = name
			}
			t.add(name, sense{kind: senseAdjective, iso3: c.iso3})
		}
		for _, name := range list(f[5]) {
			t.add(name, sense{kind: sensePeople, iso3: c.iso3})
		}
		for _, name := range list(f[6]) {
			t.add(name, sense{kind: senseCapital, iso3: c.iso3})
		}
		if c.adjective == "" {
			c.adjective = c.name
		}
	}
	t.countries["USA"].adjective = "US"
	return nil
}

func (t *tables) loadRoles() error {
	lines, err := rows("roles.tsv", 5)
	if err != nil {
		return err
	}
	for _, f := range lines {
		r := &role{key: f[0], sector: f[1], heads: f[2], shown: f[3]}
		t.roleKeys[r.key] = r
		for _, name := range list(f[4]) {
			key := fold(name)
			if t.roles[key] == nil {
				t.roles[key] = r
				t.roleTails[tailWord(key)] = true
			}
		}
	}
	return nil
}

func (t *tables) loadBodies() error {
	lines, err := rows("bodies.tsv", 5)
	if err != nil {
		return err
	}
	for _, f := range lines {
		b := &body{key: f[0], kind: f[1], sector: f[2], shown: f[3]}
		t.bodyKeys[b.key] = b
		for _, name := range list(f[4]) {
			if t.bodies[fold(name)] == nil {
				t.bodies[fold(name)] = b
			}
		}
	}
	return nil
}

func (t *tables) addOrg(o *organization, names []string) {
	if t.orgs[o.name] == nil {
		t.orgs[o.name] = o
	}
	for _, name := range append([]string{o.name}, names...) {
		if name == o.name && fold(name) == strings.ToLower(name) && strings.ToUpper(name) == name {
			t.add(name, sense{kind: senseOrg, org: o})
			continue
		}
		t.add(name, sense{kind: senseOrg, org: o})
	}
}

func (t *tables) loadSeats() error {
	lines, err := rows("seats.tsv", 5)
	if err != nil {
		return err
	}
	for _, f := range lines {
		o := &organization{name: f[2], kind: "office", sector: "GOV", country: f[0], wikidata: f[3], body: f[1]}
		if b := t.bodyKeys[f[1]]; b != nil {
			o.kind, o.sector = b.kind, b.sector
		} else {
			o.kind = "body"
			switch {
			case strings.Contains(f[1], "intelligence"):
				o.sector = "SPY"
			case strings.HasPrefix(f[1], "command"), f[1] == "guards":
				o.kind, o.sector = "armed_force", "MIL"
			case f[1] == "party":
				o.sector = "PTY"
			}
		}
		if t.bodyKeys[o.body] != nil && t.seats[o.country+":"+o.body] == nil {
			t.seats[o.country+":"+o.body] = o
		}
		t.addOrg(o, list(f[4]))
	}
	return nil
}

func (t *tables) loadOrganizations() error {
	lines, err := rows("organizations.tsv", 7)
	if err != nil {
		return err
	}
	for _, f := range lines {
		o := &organization{name: f[0], kind: f[1], sector: f[2], country: f[3], partOf: f[4], wikidata: f[5]}
		t.addOrg(o, list(f[6]))
	}
	return nil
}

func (t *tables) loadGroups() error {
	lines, err := rows("armed_groups.tsv", 5)
	if err != nil {
		return err
	}
	for _, f := range lines {
		t.addOrg(&organization{name: f[0], kind: "armed_group", sector: f[1], country: f[2], wikidata: f[3]}, list(f[4]))
	}
	return nil
}

func (t *tables) loadMedia() error {
	lines, err := rows("media.tsv", 4)
	if err != nil {
		return err
	}
	for _, f := range lines {
		t.addOrg(&organization{name: f[0], kind: "media", sector: "MED", country: f[1], wikidata: f[2]}, list(f[3]))
	}
	return nil
}
