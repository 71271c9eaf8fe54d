package source

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// fieldNames are our names for what an article in JSON carries: what a field map may map.
var fieldNames = []string{"text", "title", "published", "publisher", "url", "authors", "language", "credits", "guid", "status", "replaces"}

// checkFields refuses a field map with a name of ours that is none.
func checkFields(fields map[string]string) error {
	var wrong []string
	for ours, theirs := range fields {
		if !slices.Contains(fieldNames, ours) || strings.TrimSpace(theirs) == "" {
			wrong = append(wrong, ours)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return &Error{Name: "the field map", Kind: ErrSyntax, Detail: strings.Join(wrong, ", ") + " cannot be mapped",
		Hint: "write our field, =, their field; ours are " + strings.Join(fieldNames, ", ")}
}

// field is the value of an article's field: where the field map says, or else under the first usual name.
func (o Options) field(fields map[string]json.RawMessage, ours string, usual []string) json.RawMessage {
	if path := o.Fields[ours]; path != "" {
		return follow(fields, path)
	}
	return pick(fields, usual)
}

// follow is the value at the end of a dotted path: names of fields, and numbers from 0 in lists. A name that itself
// holds dots is found before it is taken apart.
func follow(fields map[string]json.RawMessage, path string) json.RawMessage {
	if v := pick(fields, []string{path}); v != nil {
		return v
	}
	name, rest, more := strings.Cut(path, ".")
	value := pick(fields, []string{name})
	for more && value != nil {
		value = bytes.TrimSpace(value)
		if value[0] != '[' {
			var inner map[string]json.RawMessage
			if json.Unmarshal(value, &inner) != nil {
				return nil
			}
			return follow(inner, rest)
		}
		var list []json.RawMessage
		name, rest, more = strings.Cut(rest, ".")
		i, err := strconv.Atoi(name)
		if json.Unmarshal(value, &list) != nil || err != nil || i < 0 || i >= len(list) {
			return nil
		}
		value = list[i]
	}
	return value
}
