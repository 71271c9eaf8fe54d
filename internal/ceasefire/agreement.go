package ceasefire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"parley/internal/record"
)

// Agreement is a ceasefire or truce as an object, with the rules by which it is counted. docs/ceasefire.md shows the file.
type Agreement struct {
	ID            string        `yaml:"id" json:"id"`
	Name          string        `yaml:"name" json:"name"`
	Parties       []string      `yaml:"parties" json:"parties"`
	Area          Area          `yaml:"area,omitempty" json:"area"`
	Start         Day           `yaml:"start" json:"start"`
	End           Day           `yaml:"end,omitempty" json:"end"` // last day in force; unknown: open
	Recommitments []Day         `yaml:"recommitments,omitempty" json:"recommitments,omitempty"`
	DeclaredEnds  []DeclaredEnd `yaml:"declared_ends,omitempty" json:"declared_ends,omitempty"`
	Terms         []string      `yaml:"terms,omitempty" json:"terms,omitempty"`
	Entries       []record.ID   `yaml:"entries,omitempty" json:"entries,omitempty"` // what a draft was taken from
	Observers     []Observer    `yaml:"observers" json:"observers"`
	Counts        []Counted     `yaml:"counts" json:"counts"`
	Rule          Rule          `yaml:"rule,omitempty" json:"rule"`
}

// Area is where a ceasefire holds. What is reported elsewhere is left out, with that reason. An empty area is anywhere.
type Area struct {
	Places []string  `yaml:"places,omitempty" json:"places,omitempty"` // regions or towns, each with a series of its own
	Box    []float64 `yaml:"box,flow,omitempty" json:"box,omitempty"`  // west, south, east, north in degrees
	Points []Point   `yaml:"points,omitempty" json:"points,omitempty"`
}

// Point is a place within an area that has coordinates.
type Point struct {
	Name string  `yaml:"name" json:"name"`
	Lat  float64 `yaml:"lat" json:"lat"`
	Lon  float64 `yaml:"lon" json:"lon"`
	Km   float64 `yaml:"km" json:"km"` // reports within this distance belong to it
}

// DeclaredEnd is a party's own word that it no longer holds to the agreement. A person enters it, with the evidence.
type DeclaredEnd struct {
	Party string    `yaml:"party" json:"party"`
	Date  Day       `yaml:"date" json:"date"`
	Entry record.ID `yaml:"entry,omitempty" json:"entry,omitempty"`
	URL   string    `yaml:"url,omitempty" json:"url,omitempty"`
	Note  string    `yaml:"note,omitempty" json:"note,omitempty"`
}

// Observer is somebody whose reports count, under any of the names.
type Observer struct {
	Name    string   `yaml:"name" json:"name"`
	Aliases []string `yaml:"aliases,omitempty" json:"aliases,omitempty"`
	LagDays int      `yaml:"lag_days,omitempty" json:"lag_days,omitempty"` // its reports come out so many days after the day they are about
}

// Counted is a thing whose counts move the state, with its own thresholds where they differ from the rule's.
type Counted struct {
	What     string     `yaml:"what" json:"what"`
	Strained *Threshold `yaml:"strained,omitempty" json:"strained,omitempty"`
	Broken   *Threshold `yaml:"broken,omitempty" json:"broken,omitempty"`
}

// Load reads an agreement. It is strict: a key that means nothing, or a value that cannot be right, is an error that names
// its line and says what to write. At most 1 MiB is read.
func Load(r io.Reader) (*Agreement, error) {
	var a Agreement
	root, err := decode(r, &a)
	if err != nil {
		return nil, fmt.Errorf("reading the agreement: %w", err)
	}
	a.defaults()
	if err := a.check(lines{root}); err != nil {
		return nil, fmt.Errorf("reading the agreement: %w", err)
	}
	return &a, nil
}

// Write writes an agreement as Load reads it.
func (a *Agreement) Write(w io.Writer) error {
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := errors.Join(enc.Encode(a), enc.Close()); err != nil {
		return fmt.Errorf("writing the agreement: %w", err)
	}
	return nil
}

const maxYAML = 1 << 20

// decode reads one small YAML document into a value, strictly, and gives its tree for the line numbers.
func decode(r io.Reader, into any) (*yaml.Node, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxYAML+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxYAML {
		return nil, errors.New("the file is larger than 1 MiB: this is not an agreement or map; check the name of the file")
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(into); errors.Is(err, io.EOF) {
		return nil, errors.New("line 1: the file is empty: docs/ceasefire.md shows one to start from")
	} else if err != nil {
		return nil, explain(err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more than one document in the file: keep one, and take out the line with ---")
	}
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, explain(err)
	}
	return &root, nil
}

var (
	unknownKey = regexp.MustCompile(`^line (\d+): field (.+) not found in type .*$`)
	wrongKind  = regexp.MustCompile(`^line (\d+): cannot unmarshal (\S+) (.*?)\s*into (\S+)$`)
)

// explain turns errors of the YAML reader into what a person can act on.
func explain(err error) error {
	var te *yaml.TypeError
	if !errors.As(err, &te) {
		if !strings.HasPrefix(err.Error(), "yaml: ") {
			return err // one of ours, with line and remedy
		}
		return fmt.Errorf("%s: correct the YAML there; indent with spaces, and quote text that holds a colon", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	var out []error
	for _, e := range te.Errors {
		if m := unknownKey.FindStringSubmatch(e); m != nil {
			out = append(out, fmt.Errorf("line %s: there is no key %q here: correct it or take it out; docs/ceasefire.md lists the keys", m[1], short(m[2])))
		} else if m := wrongKind.FindStringSubmatch(e); m != nil {
			out = append(out, fmt.Errorf("line %s: %s cannot stand here: write a %s as docs/ceasefire.md shows it", m[1], short(m[3]), kindWords(m[4])))
		} else {
			out = append(out, fmt.Errorf("%s: correct that line; docs/ceasefire.md shows how it is written", short(e)))
		}
	}
	return errors.Join(out...)
}

func kindWords(goType string) string {
	switch {
	case strings.HasPrefix(goType, "[]"):
		return "list"
	case strings.HasPrefix(goType, "float"), strings.HasPrefix(goType, "int"):
		return "number"
	case goType == "string":
		return "text"
	}
	return "group of keys"
}
